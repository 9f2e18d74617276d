import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import type { Labels } from '@fairlead/objects';
import type { ContainerSpec } from './containers.ts';
import { container } from './containers.ts';
import type { MountedVolume } from './files.ts';
import type { SecurityOptOuts } from './security.ts';
import { defaultUser, podSecurityContext } from './security.ts';

/** Where pods may and should run; the adapters of the cluster turn intents into this. */
export interface Placement {
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  readonly tolerations?: IPodSpec['tolerations'];
  readonly affinity?: IPodSpec['affinity'];
  readonly priorityClass?: string | undefined;
}

/** The pod of a workload, all containers together. */
export interface PodSpec {
  readonly containers: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[] | undefined;
  /** Numeric user and group of the processes. Default 10001. */
  readonly user?: number | undefined;
  readonly security: SecurityOptOuts;
  readonly serviceAccount: string;
  /** Mounts the service account's token; only for workloads that call the Kubernetes API. */
  readonly mountToken: boolean;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  /** Whole seconds from the stop signal (drain included) to the kill. */
  readonly graceSeconds: number;
  /** How evenly the pods lie over zones, nodes and sorts of nodes. */
  readonly spread: NonNullable<IPodSpec['topologySpreadConstraints']>;
  readonly placement: Placement;
  readonly restartPolicy?: 'OnFailure' | 'Never' | undefined;
  /** Volumes that no container spec brings, such as a claim of a StatefulSet's own. */
  readonly imagePullSecrets?: readonly string[] | undefined;
}

/** The pod template of a workload. */
export function podTemplate(pod: PodSpec, kubernetes: string): IPodTemplateSpec {
  const volumes = uniqueVolumes([...pod.containers, ...(pod.initContainers ?? [])].flatMap((each) => each.volumes));
  const hasMounts = pod.containers.some(({ volumes: mounted }) => mounted.length > 0);
  const build = (spec: ContainerSpec): IContainer => container(spec, kubernetes);
  const hasAnnotations = Object.keys(pod.annotations).length > 0;
  const { nodeSelector, tolerations, affinity, priorityClass } = pod.placement;
  return {
    metadata: { labels: { ...pod.labels }, ...(hasAnnotations && { annotations: { ...pod.annotations } }) },
    spec: {
      ...(affinity && { affinity }),
      automountServiceAccountToken: pod.mountToken,
      containers: pod.containers.map(build),
      // The variables that Kubernetes adds for each Service of the namespace can collide with an application's own.
      enableServiceLinks: false,
      ...(pod.imagePullSecrets && { imagePullSecrets: pod.imagePullSecrets.map((name) => ({ name })) }),
      ...(pod.initContainers?.length && { initContainers: pod.initContainers.map(build) }),
      ...(nodeSelector && { nodeSelector: { ...nodeSelector } }),
      ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
      ...(pod.restartPolicy && { restartPolicy: pod.restartPolicy }),
      securityContext: podSecurityContext(pod.user ?? defaultUser, hasMounts, pod.security),
      serviceAccountName: pod.serviceAccount,
      terminationGracePeriodSeconds: pod.graceSeconds,
      ...(tolerations?.length && { tolerations: [...tolerations] }),
      ...(pod.spread.length > 0 && { topologySpreadConstraints: [...pod.spread] }),
      ...(volumes.length > 0 && { volumes }),
    },
  };
}

function uniqueVolumes(mounted: readonly MountedVolume[]): NonNullable<IPodSpec['volumes']> {
  const byName = new Map(mounted.flatMap(({ volume }) => (volume ? [[volume.name, volume] as const] : [])));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
