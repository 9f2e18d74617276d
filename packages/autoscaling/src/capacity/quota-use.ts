import type { Manifest } from '@fairlead/objects';
import { quantityNumber } from '@fairlead/objects/quantity';
import { at, entries, list, quantity } from './json.ts';
import type { CapacityRow } from './capacity-table.ts';
import { bytes, cores } from './amounts.ts';

/** One resource of one quota beside what the workloads of its namespace ask for. Cores, bytes and pods. */
export interface QuotaUse {
  readonly cluster: string;
  readonly namespace: string;
  /** Name of the ResourceQuota. */
  readonly quota: string;
  readonly resource: string;
  readonly hard: number;
  /** With the fewest and with the most pods of every workload. */
  readonly least: number;
  readonly most: number;
}

interface Counted {
  of(row: CapacityRow, pods: number): number;
  write(value: number): string;
}

const cpu: Counted = { of: ({ requests }, pods) => requests.cpu * pods, write: cores };
const memory: Counted = { of: ({ requests }, pods) => requests.memory * pods, write: bytes };

/** What a quota counts of one workload with a number of pods, and how it is written. */
const counted: Readonly<Record<string, Counted>> = {
  'requests.cpu': cpu,
  'requests.memory': memory,
  cpu,
  memory,
  'limits.cpu': { of: ({ limits }, pods) => (limits.cpu ?? 0) * pods, write: cores },
  'limits.memory': { of: ({ limits }, pods) => (limits.memory ?? 0) * pods, write: bytes },
  pods: { of: (_, pods) => pods, write: String },
};

/** The quotas of a cluster's manifests, resource by resource; quotas that count only some of the pods are left out. */
export function quotaUse(manifests: readonly Manifest[], rows: readonly CapacityRow[], cluster: string): QuotaUse[] {
  const byNamespace = new Map<string, CapacityRow[]>();
  for (const row of rows) {
    if (row.cluster !== cluster) continue;
    const known = byNamespace.get(row.namespace);
    if (known === undefined) byNamespace.set(row.namespace, [row]);
    else known.push(row);
  }
  return manifests
    .filter(({ kind, apiVersion }) => kind === 'ResourceQuota' && apiVersion === 'v1')
    .filter(
      (quota) => list(at(quota, 'spec', 'scopes')).length === 0 && at(quota, 'spec', 'scopeSelector') === undefined,
    )
    .flatMap((quota) => {
      const { name, namespace = '' } = quota.metadata;
      const own = byNamespace.get(namespace) ?? [];
      return entries(at(quota, 'spec', 'hard')).flatMap(([resource, stated]): QuotaUse[] => {
        const { of } = counted[resource] ?? devices(resource) ?? {};
        const hard = quantityNumber(quantity(stated) ?? '');
        if (of === undefined || hard === undefined) return [];
        const least = own.reduce((sum, row) => sum + of(row, row.replicas.min), 0);
        const most = own.reduce((sum, row) => sum + of(row, row.replicas.max), 0);
        return [{ cluster, namespace, quota: name, resource, hard, least, most }];
      });
    });
}

/** An amount of a counted resource as people write it. */
export function writeAmount(resource: string, value: number): string {
  return (counted[resource]?.write ?? String)(value);
}

/** `requests.nvidia.com/gpu` counts what pods ask of an extended resource. */
function devices(resource: string): Counted | undefined {
  const name = /^requests\.(.+\/.+)$/.exec(resource)?.[1];
  return name === undefined ? undefined : { of: ({ devices }, pods) => (devices[name] ?? 0) * pods, write: String };
}
