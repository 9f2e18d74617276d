import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { listAt, numberAt, step, textAt, textsAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { podsMayBeMade } from '../../made-pods.ts';
import { missingSeverity } from '../../missing.ts';
import { type IndexedService, serviceIndex, type ServicePort } from '../../service-index.ts';
import type { Workload } from '../../workload.ts';

/** A Service selects pods, and its target ports are ports of theirs. */
export const serviceReferences: Check = (set, report) => {
  const services = serviceIndex(set);
  for (const service of services.all) {
    if (service.pods === undefined) continue;
    if (service.pods.length > 0) {
      for (const port of service.ports) checkTarget(set, report, service, service.pods, port);
      continue;
    }
    const selector = textsAt(service.manifest, 'spec', 'selector');
    if (podsMayBeMade(set, service.namespace, selector)) continue;
    reportNobody(set, report, service, selector);
  }
  checkSlices(set, report);
};

/** Slices written by hand belong to a Service that is there. */
function checkSlices(set: ManifestSet, report: Report): void {
  const label = 'kubernetes.io/service-name';
  const services = serviceIndex(set);
  for (const slice of set.ofKind('discovery.k8s.io', 'EndpointSlice')) {
    const name = textAt(slice, 'metadata', 'labels', label);
    const namespace = set.namespaceOf(slice);
    if (name === undefined || services.get(namespace, name) !== undefined || services.mayBeMade(namespace, name))
      continue;
    const known = services.in(namespace).map((each) => each.name);
    report(
      'references/missing-service',
      slice,
      `/metadata/labels/${step(label)}`,
      `Service "${name}" does not exist in namespace ${namespace}`,
      { hint: hintFrom(name, known), severity: missingSeverity(set, known) },
    );
  }
}

function reportNobody(
  set: ManifestSet,
  report: Report,
  service: IndexedService,
  selector: Readonly<Record<string, string>>,
): void {
  const candidates = set.workloadsIn(service.namespace);
  const text = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  report(
    'references/service-selects-nothing',
    service.manifest,
    '/spec/selector',
    `Service "${service.name}" selects no pods: none in namespace ${service.namespace} has the labels ${text.join(', ')}`,
    {
      hint: nearestWorkload(candidates, selector),
      // Pods of kube-system (DNS, scheduler, proxies) come with the cluster.
      severity:
        set.context === 'folder' && (candidates.length === 0 || service.namespace === 'kube-system')
          ? 'warning'
          : undefined,
    },
  );
}

/** Names the workload that agrees with most of a selector, and where it does not. */
export function nearestWorkload(
  candidates: readonly Workload[],
  selector: Readonly<Record<string, string>>,
): string | undefined {
  let best: Workload | undefined;
  let bestScore = 0;
  for (const each of candidates.slice(0, 500)) {
    const score = Object.entries(selector).filter(
      ([key, value]) => each.labels[key] === value || Object.values(each.labels).includes(value),
    ).length;
    if (score > bestScore) [best, bestScore] = [each, score];
  }
  if (best === undefined) {
    const [key, value] = Object.entries(selector)[0] ?? ['', ''];
    return hintFrom(value, new Set(candidates.slice(0, 500).flatMap((each) => each.labels[key] ?? [])));
  }
  return `nearest is ${best.kind} "${best.name}" with ${Object.entries(best.labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')}`;
}

function checkTarget(
  set: ManifestSet,
  report: Report,
  service: IndexedService,
  pods: readonly Workload[],
  port: ServicePort,
): void {
  const { targetPort } = port;
  if (targetPort === undefined) return;
  const pointer = `${port.pointer}/${port.stated ? 'targetPort' : 'port'}`;
  const serving = pods.filter((each) => !isPassing(each));
  const lacking = serving.filter((each) => !declares(each, targetPort, port.protocol));
  const first = lacking[0];
  if (first === undefined) return;
  const known = new Set(pods.flatMap((each) => portNames(each)));
  if (typeof targetPort === 'string') {
    report(
      'references/missing-target-port',
      service.manifest,
      pointer,
      `${first.kind} "${first.name}" has no container port named "${targetPort}" (${port.protocol})`,
      {
        hint: hintFrom(targetPort, known),
        // Kubernetes leaves out pods without the port, and a gossip Service that selects all of an application relies on that.
        severity: lacking.length < serving.length ? set.offered : undefined,
      },
    );
    return;
  }
  // Legal in Kubernetes; but where containers list their ports, one that is not among them is nearly always a slip.
  if (
    lacking.length === serving.length &&
    serving.some((each) => each.containers.some((container) => listAt(container.spec, 'ports').length > 0))
  ) {
    report(
      'references/undeclared-target-port',
      service.manifest,
      pointer,
      `no container of ${first.kind} "${first.name}" declares port ${targetPort}/${port.protocol}`,
      {
        hint: `declared: ${[...new Set(pods.flatMap(portNumbers))].join(', ')}`,
      },
    );
  }
}

/** Pods that come and go (hooks of Helm, jobs) serve nobody, although they often carry the labels of the application. */
function isPassing({ kind, manifest }: Workload): boolean {
  return (
    kind === 'Job' || kind === 'CronJob' || textAt(manifest, 'metadata', 'annotations', 'helm.sh/hook') !== undefined
  );
}

/** True when a container of the pods declares the port, by name or number, with the protocol. */
export function declares(workload: Workload, port: string | number, protocol = 'TCP'): boolean {
  return workload.containers.some(
    (container) =>
      container.role !== 'init' &&
      listAt(container.spec, 'ports').some(
        (each) =>
          (textAt(each, 'protocol') ?? 'TCP') === protocol &&
          (typeof port === 'string' ? textAt(each, 'name') === port : numberAt(each, 'containerPort') === port),
      ),
  );
}

/** Names of the container ports of a workload. */
export function portNames(workload: Workload): string[] {
  return workload.containers.flatMap((container) =>
    listAt(container.spec, 'ports').flatMap((each) => textAt(each, 'name') ?? []),
  );
}

function portNumbers(workload: Workload): number[] {
  return workload.containers.flatMap((container) =>
    listAt(container.spec, 'ports').flatMap((each) => numberAt(each, 'containerPort') ?? []),
  );
}
