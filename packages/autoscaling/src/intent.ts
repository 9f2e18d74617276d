import type { EventSource } from './event-source.ts';

/** A quantity of a metric as Kubernetes writes it: `20`, `500m`, `1Gi`. */
export type MetricQuantity = number | string;

/** Selects series of a metric by their labels. */
export type MetricLabels = Readonly<Record<string, string>>;

/** The CPU or memory of one container, where a sidecar would blur the pod's average. */
export interface ContainerTarget {
  readonly container: string;
  readonly resource: 'cpu' | 'memory';
  /** Percent of the container's request. */
  readonly utilization: number;
}

/** A metric of every pod, averaged over them: custom.metrics.k8s.io. */
export interface PodsMetric {
  readonly metric: string;
  readonly labels?: MetricLabels | undefined;
  readonly average: MetricQuantity;
}

/** A metric of one object in the workload's namespace: custom.metrics.k8s.io. Exactly one of `value` and `average`. */
export interface ObjectMetric {
  readonly metric: string;
  readonly labels?: MetricLabels | undefined;
  readonly object: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  readonly value?: MetricQuantity | undefined;
  /** Divided by the number of replicas. */
  readonly average?: MetricQuantity | undefined;
}

/** A metric of something outside the cluster: external.metrics.k8s.io. Exactly one of `value` and `average`. */
export interface ExternalMetric {
  readonly metric: string;
  readonly labels?: MetricLabels | undefined;
  readonly value?: MetricQuantity | undefined;
  /** Divided by the number of replicas. */
  readonly average?: MetricQuantity | undefined;
}

/** How fast replicas may change in one direction. What is left out keeps Fairlead's default of that direction. */
export interface ScalingDirection {
  /** Seconds to look back for a more cautious recommendation, 0 to 3600. */
  readonly stabilization?: number | undefined;
  /** `Max` takes the fastest policy, `Min` the slowest, `Disabled` forbids the direction. */
  readonly select?: 'Max' | 'Min' | 'Disabled' | undefined;
  readonly policies?: readonly ScalingPolicy[] | undefined;
  /** Share by which a metric may miss its target without a change, such as `0.05`; Kubernetes 1.35 and later. */
  readonly tolerance?: string | undefined;
}

export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  /** 1 to 1800. */
  readonly periodSeconds: number;
}

/** How a workload's replicas follow its load; at least one metric or event source. */
export interface Scaling {
  /** Fewest replicas; 0 only with `events`. */
  readonly min: number;
  readonly max: number;
  /** Percent of the CPU request, averaged over the pods. */
  readonly cpu?: number | undefined;
  /** Percent of the memory request, averaged over the pods. */
  readonly memory?: number | undefined;
  readonly containers?: readonly ContainerTarget[] | undefined;
  readonly pods?: readonly PodsMetric[] | undefined;
  readonly object?: readonly ObjectMetric[] | undefined;
  readonly external?: readonly ExternalMetric[] | undefined;
  /** Sources that KEDA reads; with any of these the workload is scaled by a ScaledObject. */
  readonly events?: readonly EventSource[] | undefined;
  readonly behavior?:
    { readonly up?: ScalingDirection | undefined; readonly down?: ScalingDirection | undefined } | undefined;
}

/** How a workload's requests follow its use. */
export interface VerticalScaling {
  /**
   * `recommend` only writes recommendations into the object's status; `initial` sets requests when a pod starts;
   * `update` also recreates pods whose requests are far off.
   */
  readonly mode: 'recommend' | 'initial' | 'update';
  /** Bounds per container; `*` stands for the others. */
  readonly containers?: Readonly<Record<string, VerticalBounds>> | undefined;
}

export interface VerticalBounds {
  readonly min?: { readonly cpu?: string | undefined; readonly memory?: string | undefined } | undefined;
  readonly max?: { readonly cpu?: string | undefined; readonly memory?: string | undefined } | undefined;
}

/** What one container of a workload asks for, as quantities. */
export interface ContainerResources {
  readonly container: string;
  readonly requests?: { readonly cpu?: string | undefined; readonly memory?: string | undefined } | undefined;
  readonly limits?: { readonly cpu?: string | undefined; readonly memory?: string | undefined } | undefined;
  /** Kubernetes' own sidecar or init container: counts for the node, not for a utilization target unless it is a sidecar. */
  readonly init?: boolean | undefined;
}

/** True when an autoscaler owns the replica count, so that the workload's manifest must leave `replicas` out. */
export function scalesReplicas(scaling: number | Scaling | undefined): scaling is Scaling {
  return typeof scaling === 'object';
}
