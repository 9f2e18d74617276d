import type { Cluster, NodePool } from '@fairlead/inventory';
import { compareText, podTemplateKind, type Manifest } from '@fairlead/objects';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { Requests } from '../pod-requests.ts';
import { at, number, text } from './json.ts';
import { defaultsByNamespace, podDemand, podSpecOf, type PodDemand } from './pod-demand.ts';
import { podsPerNode } from './pool-fit.ts';

/** What one workload asks for on one cluster, and how it fits there. Cores and bytes. */
export interface CapacityRow extends PodDemand {
  readonly cluster: string;
  readonly app: string;
  readonly kind: string;
  readonly namespace: string;
  readonly workload: string;
  /** Fewest and most pods: the autoscaler's range, or the stated number twice. */
  readonly replicas: { readonly min: number; readonly max: number };
  /** Of all pods, at most. */
  readonly total: Requests;
  /** How many such pods one empty node of each pool holds, of the pools that take them. */
  readonly perNode: Readonly<Record<string, number>>;
}

/** A cluster's sums beside what its node pools can grow to. */
export interface CapacitySummary {
  readonly cluster: string;
  readonly workloads: number;
  readonly pods: { readonly min: number; readonly max: number };
  readonly least: Requests;
  readonly most: Requests;
  /** Undefined where the cluster file describes no node pools. */
  readonly nodes: Requests | undefined;
  /**
   * The largest share of the nodes that is asked for at most, of CPU or memory, over the sets of pools that workloads are bound to;
   * above 1 it does not fit.
   */
  readonly share: number | undefined;
  /** Workloads that fit on no node of the cluster, however many there are. */
  readonly unplaced: number;
  /** Where `share` comes from: the resource, and the pools that it is a share of. */
  readonly bottleneck: { readonly resource: 'cpu' | 'memory'; readonly pools: readonly string[] } | undefined;
}

/** The capacity that the workloads of each cluster ask for, in the order of clusters, apps and workloads. */
export function capacityTable(
  manifests: ReadonlyMap<string, readonly Manifest[]>,
  clusters: readonly Cluster[],
): CapacityRow[] {
  return clusters.flatMap((cluster) => {
    const rendered = manifests.get(cluster.name) ?? [];
    const ranges = autoscalerRanges(rendered);
    const defaults = defaultsByNamespace(rendered);
    return rendered
      .filter((manifest) => podTemplateKind(manifest) !== undefined)
      .map((manifest) => toRow(manifest, cluster, ranges, defaults))
      .sort(
        (left, right) =>
          compareText(left.app, right.app) ||
          compareText(left.namespace, right.namespace) ||
          compareText(left.workload, right.workload),
      );
  });
}

/** One summary per cluster. */
export function capacitySummary(rows: readonly CapacityRow[], clusters: readonly Cluster[]): CapacitySummary[] {
  return clusters.map((cluster) => {
    const own = rows.filter((row) => row.cluster === cluster.name);
    const { nodePools: pools } = cluster;
    const { share, bottleneck } = tightest(own, pools);
    return {
      cluster: cluster.name,
      workloads: own.length,
      pods: {
        min: own.reduce((sum, { replicas }) => sum + replicas.min, 0),
        max: own.reduce((sum, { replicas }) => sum + replicas.max, 0),
      },
      least: sum(own.map(({ requests, replicas }) => times(requests, replicas.min))),
      most: sum(own.map(({ total }) => total)),
      nodes: pools.length === 0 ? undefined : sum(pools.map(grown)),
      share,
      unplaced: pools.length === 0 ? 0 : own.filter((row) => row.replicas.max > 0 && !isPlaced(row)).length,
      bottleneck,
    };
  });
}

/**
 * The fullest set of pools: whoever may run on nothing else has to fit there. Sets are those that some workload is bound to and all
 * pools together; what does not divide into whole nodes is left out.
 */
function tightest(
  rows: readonly CapacityRow[],
  pools: readonly NodePool[],
): Pick<CapacitySummary, 'share' | 'bottleneck'> {
  let share: number | undefined;
  let bottleneck: CapacitySummary['bottleneck'];
  if (pools.length === 0) return { share, bottleneck };
  const sets = new Map([pools.map(({ name }) => name), ...rows.map(takers)].map((set) => [set.join(), set] as const));
  for (const set of sets.values()) {
    if (set.length === 0) continue;
    const bound = rows.filter((row) => isPlaced(row) && takers(row).every((pool) => set.includes(pool)));
    const asked = sum(bound.map(({ total }) => total));
    const has = sum(pools.filter(({ name }) => set.includes(name)).map(grown));
    for (const resource of ['cpu', 'memory'] as const) {
      const part = asked[resource] / has[resource];
      if (share === undefined || part > share) {
        share = part;
        bottleneck = { resource, pools: set };
      }
    }
  }
  return { share, bottleneck };
}

/** True where some pool holds at least one pod of a workload. */
export function isPlaced(row: CapacityRow): boolean {
  return takers(row).length > 0;
}

function takers({ perNode }: CapacityRow): string[] {
  return Object.keys(perNode).filter((pool) => (perNode[pool] ?? 0) > 0);
}

function grown({ cpu, memory, max }: NodePool): Requests {
  return times({ cpu: quantityNumber(cpu) ?? 0, memory: quantityNumber(memory) ?? 0 }, max);
}

type Ranges = ReadonlyMap<string, { readonly min: number; readonly max: number }>;

function autoscalerRanges(manifests: readonly Manifest[]): Ranges {
  const ranges = new Map<string, { min: number; max: number }>();
  for (const { kind, metadata, spec } of manifests) {
    if (kind !== 'HorizontalPodAutoscaler' && kind !== 'ScaledObject') continue;
    const keda = kind === 'ScaledObject';
    const key = `${text(at(spec, 'scaleTargetRef', 'kind')) ?? 'Deployment'}/${metadata.namespace ?? ''}/${text(at(spec, 'scaleTargetRef', 'name')) ?? ''}`;
    ranges.set(key, {
      min: number(at(spec, keda ? 'minReplicaCount' : 'minReplicas')) ?? (keda ? 0 : 1),
      max: number(at(spec, keda ? 'maxReplicaCount' : 'maxReplicas')) ?? 100,
    });
  }
  return ranges;
}

function toRow(
  manifest: Manifest,
  cluster: Cluster,
  ranges: Ranges,
  defaults: ReturnType<typeof defaultsByNamespace>,
): CapacityRow {
  const { kind, metadata } = manifest;
  const namespace = metadata.namespace ?? '';
  const pod = podSpecOf(manifest);
  const demand = podDemand(pod, defaults.get(namespace));
  const perNode: Record<string, number> = {};
  for (const pool of cluster.nodePools) {
    const count = podsPerNode(pod, demand, pool);
    if (count !== undefined) perNode[pool.name] = count;
  }
  const taking = cluster.nodePools.filter(({ name }) => name in perNode);
  const replicas = ranges.get(`${kind}/${namespace}/${metadata.name}`) ?? fixedReplicas(manifest, taking);
  return {
    cluster: cluster.name,
    app: metadata.labels?.['app.kubernetes.io/part-of'] ?? metadata.labels?.['app.kubernetes.io/name'] ?? '',
    kind,
    namespace,
    workload: metadata.name,
    replicas,
    ...demand,
    total: times(demand.requests, replicas.max),
    perNode,
  };
}

/** How many pods a workload runs that no HorizontalPodAutoscaler and no ScaledObject scales. */
function fixedReplicas(manifest: Manifest, pools: readonly NodePool[]): { min: number; max: number } {
  const { kind, spec } = manifest;
  const facts = podTemplateKind(manifest);
  if (facts?.runs === 'nodes') {
    // One pod per node; how many nodes there are at least is not known.
    return { min: pools.length, max: pools.reduce((total, pool) => total + pool.max, 0) };
  }
  if (facts?.runs === 'done') {
    const each = number(at(manifest, ...facts.path.slice(0, -1), 'parallelism')) ?? 1;
    if (kind !== 'ScaledJob') return { min: 0, max: each };
    const min = number(at(spec, 'minReplicaCount')) ?? 0;
    return { min: min * each, max: Math.max(min, number(at(spec, 'maxReplicaCount')) ?? 100) * each };
  }
  const replicas = number(at(spec, 'replicas')) ?? 1;
  return { min: replicas, max: replicas };
}

function times({ cpu, memory }: Requests, count: number): Requests {
  return { cpu: cpu * count, memory: memory * count };
}

function sum(requests: readonly Requests[]): Requests {
  return requests.reduce((total, { cpu, memory }) => ({ cpu: total.cpu + cpu, memory: total.memory + memory }), {
    cpu: 0,
    memory: 0,
  });
}
