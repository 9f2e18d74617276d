import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { CapacityRow } from './capacity-table.ts';
import { capacityTable } from './capacity-table.ts';
import { at, quantity } from './json.ts';
import { bytes, cores } from './render-capacity.ts';

/** What a quota counts, of one workload with a number of pods, and how it is written. */
const counted: Readonly<Record<string, { of(row: CapacityRow, pods: number): number; write(value: number): string }>> =
  {
    'requests.cpu': { of: ({ requests }, pods) => requests.cpu * pods, write: cores },
    'requests.memory': { of: ({ requests }, pods) => requests.memory * pods, write: bytes },
    cpu: { of: ({ requests }, pods) => requests.cpu * pods, write: cores },
    memory: { of: ({ requests }, pods) => requests.memory * pods, write: bytes },
    'limits.cpu': { of: ({ limits }, pods) => (limits.cpu ?? 0) * pods, write: cores },
    'limits.memory': { of: ({ limits }, pods) => (limits.memory ?? 0) * pods, write: bytes },
    pods: { of: (_, pods) => pods, write: String },
  };

/**
 * Quotas that hold a namespace's workloads at their fewest pods and not at their most: its autoscalers would stop at a number that
 * nobody stated. A quota that does not even hold the fewest is a finding of the verdict.
 */
export function quotaHeadroom(manifests: readonly Manifest[], cluster: Cluster): Diagnostic[] {
  const quotas = manifests.filter(({ kind, apiVersion }) => kind === 'ResourceQuota' && apiVersion === 'v1');
  if (quotas.length === 0) return [];
  const rows = capacityTable(new Map([[cluster.name, manifests]]), [cluster]);
  return quotas.flatMap((quota) => {
    const { name, namespace = '' } = quota.metadata;
    const own = rows.filter((row) => row.namespace === namespace);
    return Object.entries(counted).flatMap(([resource, { of, write }]): Diagnostic[] => {
      const stated = quantity(at(quota, 'spec', 'hard', resource));
      const hard = stated === undefined ? undefined : quantityNumber(stated);
      if (hard === undefined) return [];
      const least = own.reduce((sum, row) => sum + of(row, row.replicas.min), 0);
      const most = own.reduce((sum, row) => sum + of(row, row.replicas.max), 0);
      if (most <= hard || least > hard) return [];
      return [
        diagnostic('scaling/exceeds-quota', {
          message: `at their most pods the workloads of namespace ${namespace} need ${write(most)} of ${resource}, and its quota is ${write(hard)}`,
          hint: 'lower the highest number of replicas, or raise quota in the environment',
          object: { apiVersion: 'v1', kind: 'ResourceQuota', namespace, name },
          clusters: [cluster.name],
        }),
      ];
    });
  });
}
