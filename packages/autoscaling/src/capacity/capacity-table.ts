import type { Cluster } from '@fairlead/inventory';
import { groupOf, type Manifest } from '@fairlead/objects';
import type { ContainerResources } from '../intent.ts';
import { podRequests, type Requests } from '../pod-requests.ts';
import { quantityNumber } from '@fairlead/objects/quantity';
import { at, list, number, quantity, text } from './json.ts';

/** What one workload asks for on one cluster, and how it fits there. Cores and bytes. */
export interface CapacityRow {
  readonly cluster: string;
  readonly app: string;
  readonly kind: string;
  readonly namespace: string;
  readonly workload: string;
  /** Fewest and most pods: the autoscaler's range, or the stated number twice. */
  readonly replicas: { readonly min: number; readonly max: number };
  /** Of one pod. */
  readonly requests: Requests;
  /** Of one pod; a resource that some container leaves unlimited is undefined. */
  readonly limits: { readonly cpu: number | undefined; readonly memory: number | undefined };
  /** Of all pods, at most. */
  readonly total: Requests;
  /** How many such pods one empty node of each pool holds. */
  readonly perNode: Readonly<Record<string, number>>;
}

/** A cluster's sums beside what its node pools can grow to. */
export interface CapacitySummary {
  readonly cluster: string;
  readonly least: Requests;
  readonly most: Requests;
  /** Undefined where the cluster file describes no node pools. */
  readonly nodes: Requests | undefined;
  /** The largest share of the nodes that is asked for at most, of CPU or memory; above 1 it does not fit. */
  readonly share: number | undefined;
}

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** The capacity that the workloads of each cluster ask for, in the order of clusters, apps and workloads. */
export function capacityTable(
  manifests: ReadonlyMap<string, readonly Manifest[]>,
  clusters: readonly Cluster[],
): CapacityRow[] {
  return clusters.flatMap((cluster) => {
    const rendered = manifests.get(cluster.name) ?? [];
    const ranges = autoscalerRanges(rendered);
    return rendered
      .filter(({ kind, apiVersion }) => workloadKinds.has(kind) && ['apps', 'batch'].includes(groupOf(apiVersion)))
      .map((manifest) => toRow(manifest, cluster, ranges))
      .sort(
        (left, right) =>
          compare(left.app, right.app) ||
          compare(left.namespace, right.namespace) ||
          compare(left.workload, right.workload),
      );
  });
}

/** One summary per cluster that has rows or node pools. */
export function capacitySummary(rows: readonly CapacityRow[], clusters: readonly Cluster[]): CapacitySummary[] {
  return clusters.map((cluster) => {
    const own = rows.filter((row) => row.cluster === cluster.name);
    const least = sum(own.map(({ requests, replicas }) => times(requests, replicas.min)));
    const most = sum(own.map(({ total }) => total));
    const pools = cluster.nodePools.map(({ cpu, memory, max }) =>
      times({ cpu: quantityNumber(cpu) ?? 0, memory: quantityNumber(memory) ?? 0 }, max),
    );
    const nodes = pools.length === 0 ? undefined : sum(pools);
    return {
      cluster: cluster.name,
      least,
      most,
      nodes,
      share: nodes && Math.max(most.cpu / nodes.cpu, most.memory / nodes.memory),
    };
  });
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

function toRow(manifest: Manifest, cluster: Cluster, ranges: Ranges): CapacityRow {
  const { kind, metadata, spec } = manifest;
  const namespace = metadata.namespace ?? '';
  const template = at(spec, ...(kind === 'CronJob' ? ['jobTemplate', 'spec', 'template'] : ['template']));
  const containers = containersOf(at(template, 'spec'));
  const requests = podRequests(containers);
  const replicas = ranges.get(`${kind}/${namespace}/${metadata.name}`) ?? fixedReplicas(manifest, cluster);
  return {
    cluster: cluster.name,
    app: metadata.labels?.['app.kubernetes.io/part-of'] ?? metadata.labels?.['app.kubernetes.io/name'] ?? '',
    kind,
    namespace,
    workload: metadata.name,
    replicas,
    requests,
    limits: { cpu: limit(containers, 'cpu'), memory: limit(containers, 'memory') },
    total: times(requests, replicas.max),
    perNode: Object.fromEntries(cluster.nodePools.map((pool) => [pool.name, perNode(requests, pool)])),
  };
}

function fixedReplicas({ kind, spec }: Manifest, cluster: Cluster): { min: number; max: number } {
  if (kind === 'DaemonSet') {
    // One pod per node; how many nodes there are at least is not known.
    return { min: cluster.nodePools.length, max: cluster.nodePools.reduce((total, pool) => total + pool.max, 0) };
  }
  if (kind === 'CronJob') return { min: 0, max: number(at(spec, 'jobTemplate', 'spec', 'parallelism')) ?? 1 };
  if (kind === 'Job') return { min: 0, max: number(at(spec, 'parallelism')) ?? 1 };
  const replicas = number(at(spec, 'replicas')) ?? 1;
  return { min: replicas, max: replicas };
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

function amounts(value: unknown) {
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

function perNode({ cpu, memory }: Requests, pool: { readonly cpu: string; readonly memory: string }): number {
  const fit = Math.min((quantityNumber(pool.cpu) ?? 0) / cpu, (quantityNumber(pool.memory) ?? 0) / memory);
  // 110 pods is the kubelet's own limit, which is what holds where nothing is requested.
  return Math.min(Number.isFinite(fit) ? Math.floor(fit) : 110, 110);
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

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
