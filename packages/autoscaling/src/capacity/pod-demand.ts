import { podTemplateKind, type Manifest } from '@fairlead/objects';
import type { ContainerResources } from '../intent.ts';
import { podRequests, type Requests } from '../pod-requests.ts';
import { quantityNumber } from '@fairlead/objects/quantity';
import { at, entries, list, quantity, text } from './json.ts';

/** What one pod of a workload asks for. Cores and bytes. */
export interface PodDemand {
  readonly requests: Requests;
  /** A resource that some container leaves unlimited is undefined. */
  readonly limits: { readonly cpu: number | undefined; readonly memory: number | undefined };
  /** Extended resources, such as `nvidia.com/gpu`. */
  readonly devices: Readonly<Record<string, number>>;
  /** True where a container requests no CPU or no memory, so that the scheduler takes it for free. */
  readonly unstated: boolean;
}

/** What a namespace's LimitRanges give to containers that state nothing. */
export interface ContainerDefaults {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

interface Amounts {
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
}

/** The pod spec of a workload; undefined for other kinds. */
export function podSpecOf(manifest: Manifest): unknown {
  const facts = podTemplateKind(manifest);
  return facts && at(manifest, ...facts.path, 'spec');
}

/** The defaults of each namespace's LimitRanges, by namespace. */
export function defaultsByNamespace(manifests: readonly Manifest[]): ReadonlyMap<string, ContainerDefaults> {
  const found = new Map<string, ContainerDefaults>();
  for (const manifest of manifests) {
    if (manifest.kind !== 'LimitRange') continue;
    const limit = list(at(manifest, 'spec', 'limits')).find((each) => text(at(each, 'type')) === 'Container');
    if (limit === undefined) continue;
    const limits = amounts(at(limit, 'default') ?? at(limit, 'max'));
    const requests = amounts(at(limit, 'defaultRequest') ?? at(limit, 'default') ?? at(limit, 'min'));
    found.set(manifest.metadata.namespace ?? '', { limits, requests });
  }
  return found;
}

/** What a pod asks for once the API server and the LimitRange of its namespace have filled in what it leaves out. */
export function podDemand(pod: unknown, defaults: ContainerDefaults | undefined): PodDemand {
  const containers = containersOf(pod);
  const filled = containers.map((each) => withDefaults(each, defaults));
  const devices: Record<string, number> = {};
  for (const container of list(at(pod, 'containers'))) {
    for (const [name, amount] of entries(at(container, 'resources', 'limits'))) {
      if (name.includes('/')) devices[name] = (devices[name] ?? 0) + (quantityNumber(quantity(amount) ?? '') ?? 0);
    }
  }
  return {
    requests: podRequests(filled),
    limits: { cpu: limit(filled, 'cpu'), memory: limit(filled, 'memory') },
    devices,
    unstated: filled.some(
      ({ requests, init }) => init !== true && (requests?.cpu === undefined || requests.memory === undefined),
    ),
  };
}

function containersOf(pod: unknown): ContainerResources[] {
  const read = (value: unknown, init: boolean): ContainerResources => ({
    container: text(at(value, 'name')) ?? '',
    requests: amounts(at(value, 'resources', 'requests')),
    limits: amounts(at(value, 'resources', 'limits')),
    // An init container that is always restarted is a sidecar: it runs beside the others.
    init: init && text(at(value, 'restartPolicy')) !== 'Always',
  });
  return [
    ...list(at(pod, 'containers')).map((each) => read(each, false)),
    ...list(at(pod, 'initContainers')).map((each) => read(each, true)),
  ];
}

/** A missing request is the stated limit; only then does the LimitRange count. */
function withDefaults(container: ContainerResources, defaults: ContainerDefaults | undefined): ContainerResources {
  const { requests, limits } = container;
  const request = (name: 'cpu' | 'memory') => requests?.[name] ?? limits?.[name] ?? defaults?.requests[name];
  const bound = (name: 'cpu' | 'memory') => limits?.[name] ?? defaults?.limits[name];
  return {
    ...container,
    requests: { cpu: request('cpu'), memory: request('memory') },
    limits: { cpu: bound('cpu'), memory: bound('memory') },
  };
}

function amounts(value: unknown): Amounts {
  return { cpu: quantity(at(value, 'cpu')), memory: quantity(at(value, 'memory')) };
}

function limit(containers: readonly ContainerResources[], name: 'cpu' | 'memory'): number | undefined {
  let total = 0;
  for (const { limits, init } of containers) {
    if (init === true) continue;
    const value = limits?.[name];
    if (value === undefined) return undefined;
    total += quantityNumber(value) ?? 0;
  }
  return total;
}
