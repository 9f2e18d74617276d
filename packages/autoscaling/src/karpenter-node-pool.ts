import type { NodePool } from '@fairlead/inventory';
import { capacitySpreadLabel, capacitySpreads, capacitySpreadValues, type Labels } from '@fairlead/objects';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1/NodePool';

type Template = NonNullable<INodePool['spec']>['template'];

/** What a cloud adds to a NodePool of Karpenter. */
export interface NodePoolCloud {
  readonly nodeClassRef: Template['spec']['nodeClassRef'];
  /** Which machines: families, sizes, devices. */
  readonly requirements: Template['spec']['requirements'];
  /** Labels of the nodes besides those of the cluster file. */
  readonly labels?: Labels | undefined;
  readonly startupTaints?: Template['spec']['startupTaints'] | undefined;
}

/** Whole cores and whole MiB that a machine must have so that what the cluster file promises to pods fits on it. */
export function machineSize({ cpu, memory }: NodePool): { readonly cores: number; readonly mebibytes: number } {
  return {
    cores: Math.ceil(quantityNumber(cpu) ?? 0),
    mebibytes: Math.ceil((quantityNumber(memory) ?? 0) / 2 ** 20),
  };
}

/** At least so much, as a requirement can say it. */
export function atLeast(key: string, amount: number) {
  return { key, operator: 'Gt' as const, values: [`${amount - 1}`] };
}

/**
 * One NodePool of a pool of the cluster file, on whichever cloud Karpenter runs.
 *
 * @see https://karpenter.sh/docs/concepts/nodepools/
 */
export function karpenterNodePool(pool: NodePool, cloud: NodePoolCloud, labels: Labels) {
  const nodeLabels = { ...cloud.labels, ...pool.labels };
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: pool.name, labels },
    spec: {
      template: {
        ...(Object.keys(nodeLabels).length === 0 ? {} : { metadata: { labels: nodeLabels } }),
        spec: {
          nodeClassRef: cloud.nodeClassRef,
          requirements: [
            { key: 'kubernetes.io/arch', operator: 'In' as const, values: [pool.architecture] },
            { key: 'kubernetes.io/os', operator: 'In' as const, values: ['linux'] },
            { key: 'karpenter.sh/capacity-type', operator: 'In' as const, values: [pool.spot ? 'spot' : 'on-demand'] },
            ...cloud.requirements,
            // Domains to spread over where a workload keeps a part of its replicas on demand.
            ...capacitySpreads.map((domains) => ({
              key: capacitySpreadLabel(domains),
              operator: 'In' as const,
              values: capacitySpreadValues(domains, pool.spot),
            })),
          ],
          ...(pool.taints.length === 0
            ? {}
            : {
                taints: pool.taints.map(({ key, value, effect }) => ({
                  key,
                  effect,
                  ...(value === undefined ? {} : { value }),
                })),
              }),
          ...(cloud.startupTaints && { startupTaints: cloud.startupTaints }),
          expireAfter: '720h',
        },
      },
      // Spot nodes are consolidated only when empty: moving pods off a node that the cloud may take anyway disturbs twice.
      disruption: {
        consolidationPolicy: pool.spot ? 'WhenEmpty' : 'WhenEmptyOrUnderutilized',
        consolidateAfter: '5m',
        budgets: [{ nodes: '10%' }],
      },
      // Of processors alone: machines have more memory than they give to pods, so a limit of memory would stop before `max` nodes.
      limits: { cpu: `${machineSize(pool).cores * pool.max}` },
      // Spot first: the higher weight is tried first.
      weight: pool.spot ? 50 : 10,
    },
  } satisfies INodePool;
}
