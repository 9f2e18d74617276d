import { nodeObjects } from '@fairlead/inventory/node-objects';
import { capacitySpreadLabel, capacitySpreads } from '@fairlead/objects';
import { shared } from '@fairlead/objects/plain';
import { matching } from '@fairlead/objects/shared-parts';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { NodeFamily } from './scheduling-nodes.ts';
import type { SchedulingContext, Strength } from './scheduling.ts';

export const topologyKeys = { node: 'kubernetes.io/hostname', zone: 'topology.kubernetes.io/zone' } as const;

const templateHash = shared(['pod-template-hash']);

type Constraint = NonNullable<IPodSpec['topologySpreadConstraints']>[number];

/**
 * Even over zones, then over nodes, then, where a part of the replicas is to stay on demand, over spot and on-demand nodes.
 *
 * `ScheduleAnyway` unless strictness is asked for: a full zone must not stop a scale-out, and a shortage of spot nodes must not leave
 * pods pending that on-demand nodes could take. `pod-template-hash` keeps a rolling update from counting the old pods. A strict rule
 * looks at nodes that the pod tolerates only, or a zone with nothing but dedicated nodes would hold it back.
 */
export function spreadConstraints(context: SchedulingContext, family: NodeFamily, spot: boolean): Constraint[] {
  const { workload, intent, replicas } = context;
  const constraint = (topologyKey: string, strength: Strength, maxSkew = 1): Constraint => {
    const result: Constraint = {
      labelSelector: matching(workload.selector),
      maxSkew,
      topologyKey,
      whenUnsatisfiable: strength === 'strict' ? 'DoNotSchedule' : 'ScheduleAnyway',
    };
    if (workload.kind === 'Deployment') result.matchLabelKeys = templateHash;
    if (strength === 'strict') result.nodeTaintsPolicy = 'Honor';
    return result;
  };
  const result: Constraint[] = [];
  for (const over of ['zone', 'node'] as const) {
    const strength = intent.spread?.[over] ?? (replicas > 1 ? 'soft' : false);
    if (strength !== false) result.push(constraint(topologyKeys[over], strength));
  }
  const kept = onDemandReplicas(context);
  if (!spot || kept === undefined || Number.isNaN(kept)) return result;
  const domains = capacityDomains(context, kept);
  if (domains !== undefined) {
    // One domain in `domains` is on demand, and an even spread puts as many pods into it as into any other.
    const strict = typeof intent.spot === 'object' && intent.spot.strict === true;
    result.push({
      ...constraint(capacitySpreadLabel(domains), strict ? 'strict' : 'soft'),
      // Without it the scheduler takes the domains that have nodes for all there are.
      ...(strict && { minDomains: domains }),
    });
  } else if (family.balance !== undefined) {
    // With at most this many more pods on spot nodes than on others, `kept` of all replicas are on others.
    result.push(constraint(family.balance, 'soft', Math.max(1, replicas - 2 * kept)));
  }
  return result;
}

/**
 * Over how many domains the pods are spread to keep `kept` of the fewest that run on demand, and that share of however many run; undefined
 * where nodes carry no such domains, because the platform does not make them or makes no nodes of one of the sorts.
 */
export function capacityDomains({ cluster, replicas }: SchedulingContext, kept: number): number | undefined {
  const made = nodeObjects(cluster);
  const sorts = new Set(cluster.nodePools.map((pool) => pool.spot));
  if ((made !== 'karpenter' && made !== 'aks') || sorts.size < 2) return undefined;
  const most = Math.floor(replicas / kept);
  return capacitySpreads.findLast((domains) => domains <= most) ?? capacitySpreads[0];
}

/** The number of replicas that are to stay on demand; undefined where none is asked for, NaN for what is no number or share. */
export function onDemandReplicas({ intent: { spot }, replicas }: SchedulingContext): number | undefined {
  if (typeof spot !== 'object') return undefined;
  const { onDemand } = spot;
  if (typeof onDemand === 'number') return Number.isInteger(onDemand) && onDemand > 0 ? onDemand : Number.NaN;
  const share = /^(\d{1,3}(?:\.\d+)?)%$/.exec(onDemand)?.[1];
  const percent = Number(share);
  return share !== undefined && percent > 0 && percent <= 100 ? Math.ceil((replicas * percent) / 100) : Number.NaN;
}
