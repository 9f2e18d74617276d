import { quantityNumber } from '@fairlead/objects/quantity';
import { configKey, dnsSubdomain } from '@fairlead/objects/forms';
import { at, isMap, listAt, mapAt, numberAt, step, textAt } from '../../json.ts';
import { type Fields, identities, profile, resourceField, type Tell } from './refused-fields.ts';

const keySources = ['secretKeyRef', 'configMapKeyRef'] as const;
const hooks = ['postStart', 'preStop'] as const;

/** Fields of containers whose values API servers refuse. */
export const containerFields: Fields = {
  env(list, tell) {
    listAt(list).forEach((variable, index) => {
      const from = at(variable, 'valueFrom');
      if (!isMap(from)) return;
      const below = `/${index}/valueFrom`;
      for (const kind of keySources) {
        const source = from[kind];
        if (!isMap(source)) continue;
        const object = textAt(source, 'name');
        const key = textAt(source, 'key');
        const fault =
          object === undefined ? undefined : object === '' ? 'needs a name' : prefixed(object, dnsSubdomain(object));
        if (fault !== undefined) tell('rules/env-source', `${kind} ${fault}`, `${below}/${kind}/name`);
        const other = key === undefined ? undefined : prefixed(key, configKey(key));
        if (other !== undefined) tell('rules/env-source', `the key ${other}`, `${below}/${kind}/key`);
      }
      resourceField(from['resourceFieldRef'], tell, `${below}/resourceFieldRef`);
    });
  },
  envFrom(list, tell) {
    listAt(list).forEach((source, index) => {
      if (isMap(at(source, 'configMapRef')) && isMap(at(source, 'secretRef')))
        tell('rules/env-source', 'one entry of envFrom names a ConfigMap and a Secret', `/${index}`);
      const prefix = textAt(source, 'prefix');
      if (prefix !== undefined && /[^ -<>-~]/.test(prefix))
        tell('rules/env-name', `the prefix "${prefix}" holds = or characters that are not ASCII`, `/${index}/prefix`);
    });
  },
  lifecycle(lifecycle, tell, _, { spec }) {
    for (const hook of hooks) {
      const action = at(lifecycle, hook);
      if (action === undefined) continue;
      const exec = at(action, 'exec');
      if (isMap(exec) && listAt(exec, 'command').length === 0)
        tell('rules/lifecycle', `${hook} needs a command`, `/${hook}/exec`);
      const seconds = numberAt(action, 'sleep', 'seconds');
      const grace = numberAt(spec, 'terminationGracePeriodSeconds') ?? 30;
      if (seconds !== undefined && (seconds < 0 || seconds > grace))
        tell(
          'rules/lifecycle',
          `${hook} sleeps ${seconds} s; it must be from 0 to terminationGracePeriodSeconds, which is ${grace}`,
          `/${hook}/sleep/seconds`,
        );
    }
  },
  resizePolicy(list, tell) {
    listAt(list).forEach((policy, index) => {
      const [resource, restart] = [textAt(policy, 'resourceName'), textAt(policy, 'restartPolicy')];
      if (resource !== undefined && !['cpu', 'memory'].includes(resource))
        tell(
          'rules/resource-name',
          `"${resource}" cannot be resized, only cpu and memory can`,
          `/${index}/resourceName`,
        );
      if (restart !== undefined && !['NotRequired', 'RestartContainer'].includes(restart))
        tell('rules/container', `"${restart}" is neither NotRequired nor RestartContainer`, `/${index}/restartPolicy`);
    });
  },
  resources(resources, tell) {
    for (const [resource, value] of Object.entries(mapAt(resources, 'requests'))) {
      if (!isExtended(resource) || quantityNumber(value) === undefined) continue;
      if (at(resources, 'limits', resource) === undefined)
        tell(
          'rules/request-above-limit',
          `${resource} needs a limit, equal to its request`,
          `/requests/${step(resource)}`,
        );
    }
    for (const [resource, value] of Object.entries(mapAt(resources, 'limits'))) {
      const amount = quantityNumber(value);
      if (amount !== undefined && isExtended(resource) && !Number.isInteger(amount))
        tell(
          'rules/quantity',
          `${resource} is ${String(value)}; it is counted in whole numbers`,
          `/limits/${step(resource)}`,
        );
      if (resource.startsWith('hugepages-') && !['cpu', 'memory'].some((each) => asks(resources, each)))
        tell(
          'rules/resource-name',
          `${resource} needs a request of cpu or memory beside it`,
          `/limits/${step(resource)}`,
        );
    }
  },
  securityContext(context, tell) {
    identities(context, tell, ['runAsUser', 'runAsGroup']);
    profile(context, tell);
  },
  volumeMounts(list, tell, container) {
    const privileged = at(container, 'securityContext', 'privileged') === true;
    listAt(list).forEach((mount, index) => {
      if (textAt(mount, 'mountPropagation') === 'Bidirectional' && !privileged)
        tell('rules/mount', 'only privileged containers mount Bidirectional', `/${index}/mountPropagation`);
      const recursive = textAt(mount, 'recursiveReadOnly');
      if (recursive !== undefined && recursive !== 'Disabled' && at(mount, 'readOnly') !== true)
        tell('rules/mount', 'recursiveReadOnly needs readOnly: true', `/${index}/recursiveReadOnly`);
    });
  },
  readinessProbe: headers,
  startupProbe: headers,
  livenessProbe: headers,
};

function headers(probe: unknown, tell: Tell): void {
  listAt(probe, 'httpGet', 'httpHeaders').forEach((header, index) => {
    const name = textAt(header, 'name');
    if (name !== undefined && !/^[-A-Za-z0-9]+$/.test(name))
      tell('rules/probe', `"${name}" is no name of an HTTP header`, `/httpGet/httpHeaders/${index}/name`);
  });
  const grace = numberAt(probe, 'terminationGracePeriodSeconds');
  if (grace !== undefined && grace < 1)
    tell(
      'rules/probe',
      `terminationGracePeriodSeconds is ${grace}; it must be at least 1`,
      '/terminationGracePeriodSeconds',
    );
}

function isExtended(resource: string): boolean {
  return (resource.includes('/') && !/^(?:.+\.)?kubernetes\.io\//.test(resource)) || resource.startsWith('hugepages-');
}

function asks(resources: unknown, name: string): boolean {
  return at(resources, 'requests', name) !== undefined || at(resources, 'limits', name) !== undefined;
}

function prefixed(text: string, fault: string | undefined): string | undefined {
  return fault === undefined ? undefined : `"${text}" ${fault}`;
}
