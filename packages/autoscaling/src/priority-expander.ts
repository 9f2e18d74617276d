import type { Cluster } from '@fairlead/inventory';
import { ownershipLabels, type Ownership } from '@fairlead/objects';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';

const spotPriority = 50;
const onDemandPriority = 10;

/**
 * The ConfigMap that the Cluster Autoscaler's `--expander=priority` reads: spot pools first, then the others. Its name and key are
 * fixed; it must lie in the autoscaler's own namespace. A pool is found by its name within the node group's.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/expander/priority/readme.md
 */
export function priorityExpander(cluster: Cluster, ownership: Ownership, namespace: string) {
  const patterns = (spot: boolean) =>
    cluster.nodePools.filter((pool) => pool.spot === spot).map(({ name }) => `  - .*${name}.*`);
  const section = (priority: number, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${priority}:`, ...lines];
  const priorities = [...section(onDemandPriority, patterns(false)), ...section(spotPriority, patterns(true))];
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-autoscaler-priority-expander', namespace, labels: ownershipLabels(ownership) },
    data: { priorities: `${priorities.join('\n')}\n` },
  } satisfies IConfigMap;
}
