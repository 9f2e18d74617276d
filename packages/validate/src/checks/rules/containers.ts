import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, mapAt, numberAt, step, textAt } from '../../json.ts';
import { quantityNumber } from '@fairlead/objects/quantity';
import { dnsLabel, isPort, portName } from '@fairlead/objects/forms';
import type { Container, Workload } from '../../workload.ts';

/** Containers of pods: names, images, ports, environment, probes, resources. */
export const containerRules: Check = (set, report) => {
  const relaxed = minor(set.kubernetes) >= 32;
  for (const workload of set.workloads) {
    const { manifest } = workload;
    const names = new Set<string>();
    if (!workload.containers.some((each) => each.role === 'main'))
      report('rules/container', manifest, workload.specPointer, 'the pod has no containers', {
        hint: 'add spec.containers',
      });
    const ports = new Map<string, string>();
    for (const container of workload.containers) {
      const { name, pointer } = container;
      const fault = name === '' ? 'is missing' : dnsLabel(name);
      if (fault !== undefined)
        report('rules/container', manifest, `${pointer}/name`, `the container name "${name}" ${fault}`);
      if (names.has(name) && name !== '')
        report('rules/duplicate-name', manifest, `${pointer}/name`, `two containers of the pod are named "${name}"`, {
          hint: 'rename one of them',
        });
      names.add(name);
      checkImage(report, workload, container);
      checkPorts(report, workload, container, ports);
      checkEnvironment(report, workload, container, relaxed);
      checkProbes(report, workload, container);
      checkResources(report, workload, container);
      checkSecurity(report, workload, container);
    }
  }
};

/** The minor version of `1.34`. */
export function minor(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? Number.NaN);
}

const imageReference =
  /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/;

function checkImage(report: Report, { manifest, specPointer }: Workload, { name, spec, pointer }: Container): void {
  const image = at(spec, 'image');
  if (image === undefined || image === null || image === '') {
    // A template that an injector fills (Istio, Dapr) says so.
    report(
      'rules/image',
      manifest,
      image === undefined ? pointer : `${pointer}/image`,
      `container "${name}" has no image`,
      { hint: `add an image to ${specPointer}` },
    );
    return;
  }
  // What ko builds is named by its Go package until then: https://ko.build/features/k8s/
  if (typeof image !== 'string' || imageReference.test(image) || image === 'auto' || image.startsWith('ko://')) return;
  const hint =
    image !== image.trim()
      ? 'remove the white space'
      : /[A-Z]/.test(image.split(/[:@]/)[0] ?? '')
        ? 'repositories are written in lower case'
        : undefined;
  report('rules/image', manifest, `${pointer}/image`, `"${image}" is no image reference`, { hint });
}

function checkPorts(
  report: Report,
  { manifest, spec }: Workload,
  container: Container,
  seen: Map<string, string>,
): void {
  const names = new Set<string>();
  for (const [index, each] of listAt(container.spec, 'ports').entries()) {
    const pointer = `${container.pointer}/ports/${index}`;
    const port = numberAt(each, 'containerPort');
    const host = numberAt(each, 'hostPort');
    if (port !== undefined && !isPort(port))
      report('rules/port', manifest, `${pointer}/containerPort`, `${port} is no port (1-65535)`);
    if (host !== undefined && host !== 0 && !isPort(host))
      report('rules/port', manifest, `${pointer}/hostPort`, `${host} is no port (1-65535)`);
    if (host !== undefined && host !== 0 && spec['hostNetwork'] === true && host !== port)
      report(
        'rules/port',
        manifest,
        `${pointer}/hostPort`,
        `with hostNetwork, hostPort ${host} must equal containerPort ${port}`,
      );
    const name = textAt(each, 'name');
    if (name !== undefined) {
      const fault = portName(name);
      if (fault !== undefined) report('rules/port', manifest, `${pointer}/name`, `the port name "${name}" ${fault}`);
      if (names.has(name))
        report(
          'rules/duplicate-port',
          manifest,
          `${pointer}/name`,
          `two ports of container "${container.name}" are named "${name}"`,
          { hint: 'rename one of them' },
        );
      names.add(name);
    }
    if (container.role === 'init' || port === undefined) continue;
    const key = `${port}/${textAt(each, 'protocol') ?? 'TCP'}/${textAt(each, 'hostIP') ?? ''}`;
    const other = seen.get(key);
    if (other !== undefined) {
      report(
        'rules/duplicate-port',
        manifest,
        `${pointer}/containerPort`,
        `port ${port}/${textAt(each, 'protocol') ?? 'TCP'} is declared twice${other === container.name ? '' : `, also by container "${other}"`}`,
        {
          hint: 'containers of one pod share their network: only one can listen',
          severity: 'warning',
        },
      );
    }
    seen.set(key, container.name);
  }
}

const strictEnvironment = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const fieldPaths =
  /^(?:metadata\.(?:name|namespace|uid)|metadata\.(?:annotations|labels)\['[^']+'\]|spec\.(?:nodeName|serviceAccountName)|status\.(?:hostIPs?|podIPs?))$/;

function checkEnvironment(
  report: Report,
  { manifest, containers }: Workload,
  container: Container,
  relaxed: boolean,
): void {
  const names = new Map<string, number>();
  for (const [index, each] of listAt(container.spec, 'env').entries()) {
    const pointer = `${container.pointer}/env/${index}`;
    const name = textAt(each, 'name');
    if (name === undefined || name === '') {
      report('rules/env-name', manifest, pointer, 'an environment variable has no name');
      continue;
    }
    const printable = /^[\x20-\x7e]+$/.test(name) && !name.includes('=');
    if (relaxed ? !printable : !strictEnvironment.test(name))
      report('rules/env-name', manifest, `${pointer}/name`, `"${name}" is no name of an environment variable`, {
        hint: 'use letters, digits and _',
      });
    else if (!strictEnvironment.test(name))
      report('rules/env-name', manifest, `${pointer}/name`, `"${name}" is a name that shells cannot read`, {
        hint: 'use letters, digits and _',
        severity: 'warning',
      });
    if (names.has(name))
      report(
        'rules/duplicate-env',
        manifest,
        `${pointer}/name`,
        `environment variable ${name} is set twice; the last one wins`,
        { hint: 'remove one of them' },
      );
    names.set(name, index);
    const from = at(each, 'valueFrom');
    const value = at(each, 'value');
    if (value !== undefined && value !== null && typeof value !== 'string')
      report(
        'rules/env-source',
        manifest,
        `${pointer}/value`,
        `the value of ${name} is ${JSON.stringify(value)}, not text`,
        { hint: `quote it: "${String(value)}"` },
      );
    if (!isMap(from)) continue;
    const sources = Object.keys(from).filter((key) => from[key] !== null && from[key] !== undefined);
    if (typeof value === 'string' && value !== '')
      report('rules/env-source', manifest, pointer, `environment variable ${name} has both value and valueFrom`, {
        hint: 'keep one of the two',
      });
    if (sources.length !== 1)
      report(
        'rules/env-source',
        manifest,
        `${pointer}/valueFrom`,
        `valueFrom of ${name} needs exactly one source, not ${sources.length}`,
      );
    const path = textAt(from, 'fieldRef', 'fieldPath');
    if (path !== undefined && !fieldPaths.test(path))
      report(
        'rules/env-source',
        manifest,
        `${pointer}/valueFrom/fieldRef/fieldPath`,
        `"${path}" is no field that an environment variable can take`,
        {
          hint: hintFrom(path, [
            'metadata.name',
            'metadata.namespace',
            'metadata.uid',
            'spec.nodeName',
            'spec.serviceAccountName',
            'status.hostIP',
            'status.podIP',
            'status.podIPs',
          ]),
        },
      );
    for (const [reference, fields] of [
      ['secretKeyRef', ['name', 'key']],
      ['configMapKeyRef', ['name', 'key']],
    ] as const) {
      for (const field of fields) {
        if (isMap(from[reference]) && textAt(from[reference], field) === undefined)
          report(
            'rules/env-source',
            manifest,
            `${pointer}/valueFrom/${reference}`,
            `${reference} of ${name} has no ${field}`,
          );
      }
    }
    const resource = at(from, 'resourceFieldRef');
    const owner = textAt(resource, 'containerName');
    if (owner !== undefined && !containers.some((other) => other.name === owner))
      report(
        'rules/env-source',
        manifest,
        `${pointer}/valueFrom/resourceFieldRef/containerName`,
        `the pod has no container "${owner}"`,
        {
          hint: hintFrom(
            owner,
            containers.map((other) => other.name),
          ),
        },
      );
    const path2 = textAt(resource, 'resource');
    if (path2 !== undefined && !/^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.+)$/.test(path2))
      report(
        'rules/env-source',
        manifest,
        `${pointer}/valueFrom/resourceFieldRef/resource`,
        `"${path2}" is no resource that can be read`,
        { hint: 'such as limits.memory' },
      );
  }
}

const probeNumbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;
const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;

function checkProbes(report: Report, workload: Workload, container: Container): void {
  const { manifest } = workload;
  const told = new Set<number>();
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const probe = at(container.spec, kind);
    if (!isMap(probe)) continue;
    const pointer = `${container.pointer}/${kind}`;
    const used = handlers.filter((each) => isMap(probe[each]));
    if (used.length !== 1)
      report(
        'rules/probe',
        manifest,
        pointer,
        used.length === 0
          ? `the ${kind} of container "${container.name}" has no handler`
          : `the ${kind} of container "${container.name}" has two handlers: ${used.join(' and ')}`,
        { hint: 'state exactly one of exec, httpGet, tcpSocket, grpc' },
      );
    for (const handler of used)
      if (handler !== 'exec')
        checkHandlerPort(report, workload, container, at(probe, handler, 'port'), `${pointer}/${handler}/port`, told);
    const path = at(probe, 'httpGet', 'path');
    if (typeof path === 'string' && path !== '' && !path.startsWith('/'))
      report('rules/probe', manifest, `${pointer}/httpGet/path`, `the path "${path}" does not start with /`, {
        severity: 'warning',
      });
    if (used.includes('exec') && listAt(probe, 'exec', 'command').length === 0)
      report('rules/probe', manifest, `${pointer}/exec`, 'exec has no command');
    if (kind !== 'readinessProbe' && (numberAt(probe, 'successThreshold') ?? 1) !== 1)
      report('rules/probe', manifest, `${pointer}/successThreshold`, `successThreshold of a ${kind} must be 1`);
    if (kind === 'readinessProbe' && probe['terminationGracePeriodSeconds'] !== undefined)
      report(
        'rules/probe',
        manifest,
        `${pointer}/terminationGracePeriodSeconds`,
        'a readinessProbe takes no terminationGracePeriodSeconds',
      );
    for (const field of probeNumbers) {
      const value = numberAt(probe, field);
      if (value !== undefined && value < 0)
        report('rules/probe', manifest, `${pointer}/${field}`, `${field} is ${value}; it cannot be negative`);
    }
    const timeout = numberAt(probe, 'timeoutSeconds') ?? 1;
    const period = numberAt(probe, 'periodSeconds') ?? 10;
    if (timeout > period && timeout > 0 && period > 0)
      report(
        'rules/probe-timing',
        manifest,
        `${pointer}/timeoutSeconds`,
        `the ${kind} may take ${timeout} s but is asked every ${period} s`,
      );
    if (container.role === 'init')
      report('rules/probe', manifest, pointer, `init container "${container.name}" cannot have a ${kind}`, {
        hint: 'only sidecars (restartPolicy: Always) can',
      });
  }
  for (const event of ['postStart', 'preStop'] as const) {
    const handler = at(container.spec, 'lifecycle', event);
    if (!isMap(handler)) continue;
    const pointer = `${container.pointer}/lifecycle/${event}`;
    const used = ['exec', 'httpGet', 'tcpSocket', 'sleep'].filter((each) => isMap(handler[each]));
    if (used.length !== 1)
      report('rules/lifecycle', manifest, pointer, `${event} needs exactly one handler, not ${used.length}`, {
        hint: 'state one of exec, httpGet, sleep',
      });
    checkHandlerPort(report, workload, container, at(handler, 'httpGet', 'port'), `${pointer}/httpGet/port`, told);
  }
}

/** `told` holds the numbers that were reported for the container: probes that ask one port are one finding. */
function checkHandlerPort(
  report: Report,
  workload: Workload,
  container: Container,
  port: unknown,
  pointer: string,
  told: Set<number>,
): void {
  const { manifest } = workload;
  const own = listAt(container.spec, 'ports');
  const field = typeof port === 'number' ? 'containerPort' : 'name';
  const isDeclared = own.some((each) => at(each, field) === port);
  if (typeof port === 'number') {
    if (!isPort(port)) report('rules/port', manifest, pointer, `${port} is no port (1-65535)`);
    else if (!isDeclared && own.length > 0 && !told.has(port) && !listens(workload, container, port)) {
      told.add(port);
      report('rules/probe-port', manifest, pointer, `container "${container.name}" declares no port ${port}`, {
        hint: `declared: ${[...new Set(own.flatMap((each) => numberAt(each, 'containerPort') ?? []))].join(', ')}`,
        severity: 'warning',
      });
    }
  } else if (typeof port === 'string' && !isDeclared) {
    const names = own.flatMap((each) => textAt(each, 'name') ?? []);
    report('rules/probe-port', manifest, pointer, `container "${container.name}" has no port named "${port}"`, {
      hint: /^\d+$/.test(port) ? 'write the number without quotes' : hintFrom(port, names),
    });
  }
}

/** Whether a pod evidently listens on a port that the container does not list: a neighbour lists it, or the command line or environment name it. */
function listens({ containers }: Workload, container: Container, port: number): boolean {
  if (containers.some((each) => listAt(each.spec, 'ports').some((known) => at(known, 'containerPort') === port)))
    return true;
  const number = new RegExp(`(?<!\\d)${port}(?!\\d)`);
  return [
    ...listAt(container.spec, 'command'),
    ...listAt(container.spec, 'args'),
    ...listAt(container.spec, 'env').map((each) => at(each, 'value')),
  ].some((each) => typeof each === 'string' && number.test(each));
}

const standardResources = /^(?:cpu|memory|ephemeral-storage|hugepages-.+|.+\/.+)$/;

function checkResources(report: Report, { manifest }: Workload, container: Container): void {
  const resources = at(container.spec, 'resources');
  if (!isMap(resources)) return;
  const limits = mapAt(resources, 'limits');
  for (const kind of ['requests', 'limits'] as const) {
    for (const [name, quantity] of Object.entries(mapAt(resources, kind))) {
      const pointer = `${container.pointer}/resources/${kind}/${step(name)}`;
      if (!standardResources.test(name)) {
        report('rules/resource-name', manifest, pointer, `"${name}" is no resource of a container`, {
          hint: hintFrom(name, ['cpu', 'memory', 'ephemeral-storage']),
        });
        continue;
      }
      const value = quantityNumber(quantity);
      if (value === undefined) {
        report('rules/quantity', manifest, pointer, `${JSON.stringify(quantity)} is no quantity`, {
          hint: quantityHint(name),
        });
        continue;
      }
      if (value < 0) report('rules/quantity', manifest, pointer, `${String(quantity)} is negative`);
      if ((name === 'memory' || name === 'ephemeral-storage') && value > 0 && value < 1024 * 1024)
        report(
          'rules/tiny-quantity',
          manifest,
          pointer,
          `${String(quantity)} of ${name} is ${value < 1 ? 'less than one byte' : `${Math.round(value)} bytes`}`,
          { hint: 'Mi is mebibytes; m is a thousandth of a byte' },
        );
      if (name === 'cpu' && value >= 1000)
        report('rules/tiny-quantity', manifest, pointer, `${String(quantity)} are ${value} whole processors`, {
          hint: 'm is a thousandth of a processor: 500m',
        });
      if (kind !== 'requests') continue;
      const limit = quantityNumber(limits[name]);
      if (limit !== undefined && value > limit)
        report(
          'rules/request-above-limit',
          manifest,
          pointer,
          `container "${container.name}" requests ${String(quantity)} of ${name}, more than its limit of ${String(limits[name])}`,
          { hint: 'raise the limit or lower the request' },
        );
      else if (limit !== undefined && value !== limit && /^(?:hugepages-|.+\/)/.test(name))
        report('rules/request-above-limit', manifest, pointer, `request and limit of ${name} must be equal`);
    }
  }
}

function quantityHint(name: string): string {
  return name === 'cpu' ? 'such as 500m or 2' : 'such as 256Mi or 1Gi (K, KB, MB and mb are none; k, M, Ki and Mi are)';
}

function checkSecurity(report: Report, { manifest, spec }: Workload, container: Container): void {
  const own = at(container.spec, 'securityContext');
  const user = numberAt(own, 'runAsUser') ?? numberAt(spec, 'securityContext', 'runAsUser');
  const nonRoot = at(own, 'runAsNonRoot') ?? at(spec, 'securityContext', 'runAsNonRoot');
  if (nonRoot === true && user === 0)
    report(
      'rules/security-context',
      manifest,
      `${container.pointer}/securityContext`,
      `container "${container.name}" must not run as root but runs as user 0`,
      { hint: 'set runAsUser to another user, or leave it to the image' },
    );
  if (at(own, 'allowPrivilegeEscalation') === false) {
    if (at(own, 'privileged') === true)
      report(
        'rules/security-context',
        manifest,
        `${container.pointer}/securityContext/allowPrivilegeEscalation`,
        'a privileged container cannot forbid privilege escalation',
      );
    // Only under this name: SYS_ADMIN, as runtimes spell it, passes.
    // https://github.com/kubernetes/kubernetes/blob/v1.34.2/pkg/apis/core/validation/validation.go validateSecurityContext
    if (listAt(own, 'capabilities', 'add').includes('CAP_SYS_ADMIN'))
      report(
        'rules/security-context',
        manifest,
        `${container.pointer}/securityContext/allowPrivilegeEscalation`,
        'a container with CAP_SYS_ADMIN cannot forbid privilege escalation',
      );
  }
}
