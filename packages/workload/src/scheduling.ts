import type { Diagnostic } from '@fairlead/diagnostics';
import type { Architecture, Cluster, NodePool } from '@fairlead/inventory';
import type { Labels, WorkloadReference } from '@fairlead/objects';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { Placement } from './pod-template.ts';
import { affinityOf } from './scheduling-affinity.ts';
import { checkScheduling } from './scheduling-checks.ts';
import { drainWithin, gracefulEnd } from './scheduling-grace.ts';
import { nodeFamily } from './scheduling-nodes.ts';
import { eligiblePools } from './scheduling-pools.ts';
import type { Priority } from './scheduling-priority.ts';
import { spreadConstraints } from './scheduling-spread.ts';
import { tolerationsOf } from './scheduling-tolerations.ts';

/** Whether a rule must hold (a pod waits for ever rather than break it) or is only preferred. */
export type Strength = 'strict' | 'soft';

/** Other pods that this workload wants near or far. */
export interface Neighbour {
  /** As a diagnostic names it: `app/workload`. */
  readonly name: string;
  readonly namespace: string;
  /** Labels that select its pods. */
  readonly selector: Labels;
  /** Same node, or same zone. */
  readonly over: 'node' | 'zone';
  readonly strength: Strength;
}

/** Where the pods of a workload may and should run, in words that no cloud knows. */
export interface Scheduling {
  /**
   * The pods may run on nodes that the cloud takes back at short notice; `onDemand` is the number or the share of replicas that are
   * to stay on others. `strict`: a pod waits rather than break that, also when there are no spot nodes. Absent: they stay off such nodes.
   */
  readonly spot?:
    true | { readonly onDemand: number | `${number}%`; readonly strict?: boolean | undefined } | undefined;
  /** Runs on this architecture only. Absent: on whatever the images are built for. */
  readonly architecture?: Architecture | undefined;
  /** Evenness over zones and over nodes; `false` leaves one out. Default: both `soft` where more than one pod runs. */
  readonly spread?: { readonly zone?: Strength | false; readonly node?: Strength | false } | undefined;
  readonly together?: readonly Neighbour[] | undefined;
  readonly apart?: readonly Neighbour[] | undefined;
  readonly priority?: Priority | undefined;
  /** Extended resources of the main container, such as `nvidia.com/gpu: 1`. */
  readonly devices?: Readonly<Record<string, number>> | undefined;
  /** Name of the node pool that is kept for workloads like this one. */
  readonly pool?: string | undefined;
  /** A running pod is not moved to save nodes. Default: true for a Job and a CronJob, whose work would begin anew. */
  readonly undisturbed?: boolean | undefined;
}

export interface SchedulingContext {
  readonly cluster: Cluster;
  readonly workload: WorkloadReference;
  readonly intent: Scheduling;
  /** Architectures that all images of the pod are built for; absent: not known. */
  readonly platforms?: readonly Architecture[] | undefined;
  /** Fewest pods that run. */
  readonly replicas: number;
  /** Seconds between the pod's removal from its Services and the stop signal. */
  readonly drainSeconds: number;
  /** Seconds that the process gets after the stop signal, if its app states them. */
  readonly graceSeconds?: number | undefined;
  /** Seconds for which a load balancer lets requests end on a pod that leaves; 0: nothing in front. */
  readonly balancerDrainSeconds: number;
}

/** What an intent becomes on a cluster. */
export interface Scheduled {
  readonly placement: Placement;
  readonly spread: NonNullable<IPodSpec['topologySpreadConstraints']>;
  /** Of the pod. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Seconds that a pod waits before the stop signal: those asked for, or less where the cloud leaves it less. */
  readonly drainSeconds: number;
  /** Whole seconds from the removal of the pod to the kill, the drain included. */
  readonly graceSeconds: number;
  /** True when its pods may run on nodes that the cloud takes back. */
  readonly spot: boolean;
  /** The described pools that take its pods; all of them where none is described or none does. */
  readonly pools: readonly NodePool[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Seconds that a process gets to end where its app states none. */
export const defaultGraceSeconds = 30;

/** Turns the intents of a workload into fields of its pods, by the family of the cluster's nodes. */
export function schedule(context: SchedulingContext): Scheduled {
  const { cluster, intent, workload } = context;
  const family = nodeFamily(cluster);
  const { eligible } = eligiblePools(context, family);
  const spot =
    intent.spot !== undefined &&
    family.capacity !== undefined &&
    (cluster.nodePools.length === 0 || eligible.some((pool) => pool.spot));
  const drainSeconds = drainWithin(context.drainSeconds, family, spot);
  const grace = gracefulEnd({ ...context, drainSeconds }, family, spot);
  const { nodeSelector, affinity } = affinityOf(context, family, spot);
  const undisturbed = intent.undisturbed ?? (workload.kind === 'Job' || workload.kind === 'CronJob');
  return {
    placement: {
      nodeSelector,
      tolerations: tolerationsOf(context, family),
      affinity,
      priorityClass: intent.priority,
    },
    spread: spreadConstraints(context, family, spot),
    annotations: undisturbed ? family.undisturbed : {},
    drainSeconds,
    graceSeconds: grace.seconds,
    spot,
    pools: eligible.length > 0 ? eligible : cluster.nodePools,
    diagnostics: [...checkScheduling(context, family), ...grace.diagnostics],
  };
}
