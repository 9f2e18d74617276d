import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { capacityTable } from './capacity-table.ts';
import { quotaUse, writeAmount } from './quota-use.ts';

/**
 * Quotas that hold a namespace's workloads at their fewest pods and not at their most: its autoscalers would stop at a number that
 * nobody stated. A quota that does not even hold the fewest is a finding of the verdict.
 */
export function quotaHeadroom(manifests: readonly Manifest[], cluster: Cluster): Diagnostic[] {
  if (!manifests.some(({ kind }) => kind === 'ResourceQuota')) return [];
  const rows = capacityTable(new Map([[cluster.name, manifests]]), [cluster]);
  return quotaUse(manifests, rows, cluster.name)
    .filter(({ hard, least, most }) => most > hard && least <= hard)
    .map(({ namespace, quota, resource, hard, most }) =>
      diagnostic('scaling/exceeds-quota', {
        message: `at their most pods the workloads of namespace ${namespace} need ${writeAmount(resource, most)} of ${resource}, and its quota is ${writeAmount(resource, hard)}`,
        hint: `lower \`max\` of replicas, or raise quota in environments/${cluster.environment.name}.yaml`,
        object: { apiVersion: 'v1', kind: 'ResourceQuota', namespace, name: quota },
        clusters: [cluster.name],
      }),
    );
}
