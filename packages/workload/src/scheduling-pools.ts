import type { Architecture, NodePool } from '@fairlead/inventory';
import type { NodeFamily, Taint } from './scheduling-nodes.ts';
import type { SchedulingContext } from './scheduling.ts';
import { tolerates, tolerationsOf } from './scheduling-tolerations.ts';

/** The described pools that take the pods of a workload, and why the others do not. */
export interface PoolChoice {
  readonly eligible: readonly NodePool[];
  /** Reason by name of the pool. */
  readonly refusals: ReadonlyMap<string, string>;
}

/** Sorts the pools of the cluster file by whether they take the pods. */
export function eligiblePools(context: SchedulingContext, family: NodeFamily): PoolChoice {
  const { cluster, intent } = context;
  const tolerations = tolerationsOf(context, family);
  const architectures = architecturesOf(context);
  const eligible: NodePool[] = [];
  const refusals = new Map<string, string>();
  for (const pool of cluster.nodePools) {
    const refusal =
      intent.pool !== undefined && intent.pool !== pool.name
        ? `is not "${intent.pool}"`
        : architectures !== undefined && !architectures.includes(pool.architecture)
          ? `is ${pool.architecture}`
          : pool.spot && intent.spot === undefined
            ? 'is spot'
            : (missingDevice(pool, intent.devices) ?? untolerated(pool, family, tolerations));
    if (refusal === undefined) eligible.push(pool);
    else refusals.set(pool.name, refusal);
  }
  return { eligible, refusals };
}

/**
 * The architectures that the pods can run on; undefined where nothing is known that would narrow them. Images whose platforms
 * nobody states are taken for amd64 where there are nodes of both sorts, because that is what most builds make.
 */
export function architecturesOf({
  cluster,
  intent,
  platforms,
}: SchedulingContext): readonly Architecture[] | undefined {
  if (intent.architecture !== undefined) return [intent.architecture];
  if (platforms !== undefined) return platforms;
  const there = new Set(cluster.nodePools.map(({ architecture }) => architecture));
  return there.size > 1 ? ['amd64'] : undefined;
}

/** The taints of a pool's nodes: those of the cluster file and those that the cloud adds unasked. */
export function taintsOf(pool: NodePool, { spotTaint, armTaint }: NodeFamily): Taint[] {
  const own: Taint[] = [...pool.taints];
  const add = (taint: Taint | undefined): void => {
    if (taint && !own.some(({ key }) => key === taint.key)) own.push(taint);
  };
  if (pool.spot && spotTaint?.always) add(spotTaint);
  if (pool.architecture === 'arm64') add(armTaint);
  return own.filter(({ effect }) => effect !== 'PreferNoSchedule');
}

function missingDevice({ resources }: NodePool, devices: Readonly<Record<string, number>> = {}): string | undefined {
  for (const [name, count] of Object.entries(devices)) {
    const has = Number(resources?.[name] ?? 0);
    if (has < count) return has === 0 ? `has no ${name}` : `has ${has} ${name} per node`;
  }
  return undefined;
}

function untolerated(
  pool: NodePool,
  family: NodeFamily,
  tolerations: ReturnType<typeof tolerationsOf>,
): string | undefined {
  const taint = taintsOf(pool, family).find((each) => !tolerations.some((toleration) => tolerates(toleration, each)));
  return taint && `is tainted ${taint.key}${taint.value === undefined ? '' : `=${taint.value}`}`;
}
