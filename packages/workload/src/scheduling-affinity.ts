import type { NodePool } from '@fairlead/inventory';
import type { IAffinity } from 'kubernetes-models/v1/Affinity';
import type { INodeSelectorRequirement } from 'kubernetes-models/v1/NodeSelectorRequirement';
import type { IPodAffinityTerm } from 'kubernetes-models/v1/PodAffinityTerm';
import type { NodeFamily } from './scheduling-nodes.ts';
import { architecturesOf, eligiblePools, taintsOf } from './scheduling-pools.ts';
import type { Neighbour, SchedulingContext } from './scheduling.ts';
import { topologyKeys } from './scheduling-spread.ts';
import { tolerates, tolerationsOf } from './scheduling-tolerations.ts';

/** The node selector and the affinities of a workload's pods. */
export function affinityOf(
  context: SchedulingContext,
  family: NodeFamily,
  spot: boolean,
): { readonly nodeSelector?: Readonly<Record<string, string>>; readonly affinity?: IAffinity } {
  const required = family.classLabel === undefined ? requiredOfNodes(context, family) : [];
  const { capacity } = family;
  const preferred =
    // A DaemonSet has no choice of nodes.
    spot && capacity && family.classLabel === undefined && context.workload.kind !== 'DaemonSet'
      ? [{ weight: 100, preference: { matchExpressions: [anyOf(capacity.label, [capacity.spot])] } }]
      : [];
  const nodeAffinity = {
    ...(preferred.length > 0 && { preferredDuringSchedulingIgnoredDuringExecution: preferred }),
    ...(required.length > 0 && {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: required }] },
    }),
  };
  const { together = [], apart = [] } = context.intent;
  const affinity: IAffinity = {
    ...(required.length + preferred.length > 0 && { nodeAffinity }),
    ...(together.length > 0 && { podAffinity: neighbourRules(context, together) }),
    ...(apart.length > 0 && { podAntiAffinity: neighbourRules(context, apart) }),
  };
  const nodeSelector = poolSelector(context, family) ?? classSelector(context, family);
  return {
    ...(nodeSelector && { nodeSelector }),
    ...(Object.keys(affinity).length > 0 && { affinity }),
  };
}

/** Labels that only the nodes of the wanted pool carry; undefined where no pool is asked for, or none can be told. */
export function poolSelector(
  { cluster, intent: { pool: name } }: SchedulingContext,
  { poolLabel }: NodeFamily,
): Readonly<Record<string, string>> | undefined {
  if (name === undefined) return undefined;
  if (poolLabel !== undefined) return { [poolLabel]: name };
  const labels = cluster.nodePools.find((pool) => pool.name === name)?.labels ?? {};
  return Object.keys(labels).length > 0 ? { ...labels } : undefined;
}

/**
 * The class that makes nodes for the pods, where nodes are made by classes: a spot one for those that may, else the first that takes them.
 * A DaemonSet runs on nodes of every class.
 */
function classSelector(context: SchedulingContext, family: NodeFamily): Readonly<Record<string, string>> | undefined {
  if (family.classLabel === undefined || context.workload.kind === 'DaemonSet') return undefined;
  const { eligible } = eligiblePools(context, family);
  const chosen = eligible.find(({ spot }) => spot) ?? eligible[0];
  return chosen && { [family.classLabel]: chosen.name };
}

/** What keeps pods off nodes that would take them though they should not: of another architecture, or spot. */
function requiredOfNodes(context: SchedulingContext, family: NodeFamily): INodeSelectorRequirement[] {
  const { cluster, intent } = context;
  const architectures = architecturesOf(context);
  const tolerations = tolerationsOf(context, family);
  const admits = (pool: NodePool): boolean =>
    taintsOf(pool, family).every((taint) => tolerations.some((each) => tolerates(each, taint)));
  const wrong =
    architectures !== undefined &&
    architectures.length > 0 &&
    (intent.architecture !== undefined ||
      // Without described pools, only what most nodes are not needs saying.
      (cluster.nodePools.length === 0
        ? !architectures.includes('amd64')
        : cluster.nodePools.some((pool) => !architectures.includes(pool.architecture))));
  const strays = intent.spot === undefined && cluster.nodePools.some((pool) => pool.spot && admits(pool));
  return [
    ...(wrong ? [anyOf('kubernetes.io/arch', [...architectures].sort())] : []),
    ...(strays && family.capacity
      ? [{ key: family.capacity.label, operator: 'NotIn' as const, values: [family.capacity.spot] }]
      : []),
  ];
}

function anyOf(key: string, values: readonly string[]): INodeSelectorRequirement {
  return { key, operator: 'In', values: [...values] };
}

function neighbourRules({ workload }: SchedulingContext, neighbours: readonly Neighbour[]) {
  const term = ({ namespace, selector, over }: Neighbour): IPodAffinityTerm => ({
    labelSelector: { matchLabels: { ...selector } },
    ...(namespace !== workload.namespace && { namespaces: [namespace] }),
    topologyKey: topologyKeys[over],
  });
  const strict = neighbours.filter(({ strength }) => strength === 'strict').map(term);
  const soft = neighbours.filter(({ strength }) => strength === 'soft').map(term);
  return {
    ...(soft.length > 0 && {
      preferredDuringSchedulingIgnoredDuringExecution: soft.map((podAffinityTerm) => ({
        weight: 100,
        podAffinityTerm,
      })),
    }),
    ...(strict.length > 0 && { requiredDuringSchedulingIgnoredDuringExecution: strict }),
  };
}
