import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import type { Labels } from '@fairlead/objects';
import type { ContainerSpec } from './containers.ts';
import { container } from './containers.ts';
import type { MountedVolume } from './files.ts';
import type { SecurityOptOuts } from './security.ts';
import { defaultUser, firstFreePort, podSecurityContext } from './security.ts';

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
  const volumes = uniqueVolumes(pod.containers, pod.initContainers ?? []);
  const hasMounts = pod.containers.some(({ volumes: mounted }) => mounted.length > 0);
  const lowPorts = pod.containers.some(({ ports }) => ports.some(({ port }) => port < firstFreePort));
  const build = (spec: ContainerSpec): IContainer => container(spec, kubernetes);
  const { nodeSelector, tolerations, affinity, priorityClass } = pod.placement;
  const metadata: NonNullable<IPodTemplateSpec['metadata']> = { labels: pod.labels };
  if (Object.keys(pod.annotations).length > 0) metadata.annotations = pod.annotations;
  const spec: IPodSpec = {
    automountServiceAccountToken: pod.mountToken,
    containers: pod.containers.map(build),
    // The variables that Kubernetes adds for each Service of the namespace can collide with an application's own.
    enableServiceLinks: false,
    securityContext: podSecurityContext(pod.user ?? defaultUser, hasMounts, pod.security, lowPorts),
    serviceAccountName: pod.serviceAccount,
    terminationGracePeriodSeconds: pod.graceSeconds,
  };
  if (affinity) spec.affinity = affinity;
  if (pod.imagePullSecrets) spec.imagePullSecrets = pod.imagePullSecrets.map((name) => ({ name }));
  if (pod.initContainers?.length) spec.initContainers = pod.initContainers.map(build);
  if (nodeSelector) spec.nodeSelector = nodeSelector;
  if (priorityClass !== undefined) spec.priorityClassName = priorityClass;
  if (pod.restartPolicy) spec.restartPolicy = pod.restartPolicy;
  if (tolerations?.length) spec.tolerations = [...tolerations];
  if (pod.spread.length > 0) spec.topologySpreadConstraints = [...pod.spread];
  if (volumes.length > 0) spec.volumes = volumes;
  return { metadata, spec };
}

/** The volumes that containers mount, each once and by name. */
function uniqueVolumes(...lists: readonly (readonly ContainerSpec[])[]): NonNullable<IPodSpec['volumes']> {
  const byName = new Map<string, NonNullable<MountedVolume['volume']>>();
  for (const containers of lists) {
    for (const { volumes } of containers) {
      for (const { volume } of volumes) if (volume) byName.set(volume.name, volume);
    }
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
