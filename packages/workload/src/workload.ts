import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { IPersistentVolumeClaimSpec } from 'kubernetes-models/v1/PersistentVolumeClaimSpec';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import type { IService } from 'kubernetes-models/v1/Service';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { Manifest, WorkloadReference } from '@fairlead/objects';
import { joinName } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { shared } from '@fairlead/objects/plain';
import { matching, SharedParts } from '@fairlead/objects/shared-parts';
import { Construct } from 'constructs';
import { portsKey } from './containers.ts';
import type { PodSpec } from './pod-template.ts';
import { podTemplate } from './pod-template.ts';

/** What differs between the kinds of workloads. */
export type Behaviour =
  | {
      readonly kind: 'Deployment';
      /** Absent where an autoscaler owns the number. */
      readonly replicas?: number | undefined;
      /** Stops the old pod before the new one starts, for a workload that must never run twice. */
      readonly recreate?: boolean | undefined;
    }
  | {
      readonly kind: 'StatefulSet';
      readonly replicas?: number | undefined;
      readonly claims: readonly { readonly name: string; readonly spec: IPersistentVolumeClaimSpec }[];
      /** The pods are one system: they start and stop together and find one another, by {@link peersName}, before they are ready. */
      readonly clustered?: boolean | undefined;
    }
  | { readonly kind: 'DaemonSet' }
  | {
      readonly kind: 'Job';
      readonly run: Run;
      /** Something else starts the Job from {@link jobTemplate}, so no Job is made here. */
      readonly template?: boolean | undefined;
    }
  | {
      readonly kind: 'CronJob';
      readonly run: Run;
      /** Five fields, as cron. */
      readonly schedule: string;
      /** IANA name. Default `Etc/UTC`. */
      readonly timeZone?: string | undefined;
      readonly suspend?: boolean | undefined;
    };

/** One execution of a Job. */
export interface Run {
  /** Attempts after the first. Default 3. */
  readonly retries?: number | undefined;
  /** Longest run in seconds, retries included. Default 3600. */
  readonly timeoutSeconds?: number | undefined;
  /** Seconds for which a finished Job is kept; absent: until its owner deletes it. */
  readonly keepSeconds?: number | undefined;
}

export interface WorkloadProps {
  readonly reference: WorkloadReference;
  /** Minor version of the cluster, such as `1.34`. */
  readonly kubernetes: string;
  readonly behaviour: Behaviour;
  readonly pod: PodSpec;
  /** Fewest pods that run, an autoscaler's minimum included; decides about disruption budget and spread. */
  readonly minimumReplicas: number;
  /** Annotations of the workload object. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/**
 * A workload with what belongs to it: ServiceAccount, Service (if it has ports and a Service name), PodDisruptionBudget (if it runs
 * more than one pod) and the Deployment, StatefulSet, DaemonSet, Job or CronJob itself.
 */
export class Workload extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { reference, behaviour } = props;
    const add = (manifest: Manifest, id = manifest.kind): void => void new KubernetesObject(this, id, manifest);
    add(serviceAccount(props));
    if (reference.service !== undefined && reference.ports.length > 0) add(service(props));
    if (behaviour.kind === 'StatefulSet' && behaviour.clustered) add(peersService(reference), 'Peers');
    if (props.minimumReplicas > 1 && (behaviour.kind === 'Deployment' || behaviour.kind === 'StatefulSet')) {
      add(disruptionBudget(reference));
    }
    if (behaviour.kind !== 'Job' || behaviour.template !== true) add(controller(props));
  }
}

function metadata(
  { namespace, labels }: WorkloadReference,
  name: string,
  annotations: Readonly<Record<string, string>> = {},
): { name: string; namespace: string; labels: Record<string, string>; annotations?: Record<string, string> } {
  const result = { name, namespace, labels };
  return Object.keys(annotations).length > 0 ? { ...result, annotations } : result;
}

function serviceAccount({ reference, serviceAccountAnnotations }: WorkloadProps): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(reference, reference.serviceAccount, serviceAccountAnnotations),
    automountServiceAccountToken: false,
  } satisfies IServiceAccount & Manifest;
}

function service({ reference, behaviour, serviceAnnotations }: WorkloadProps): Manifest {
  const headless = behaviour.kind === 'StatefulSet';
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(reference, reference.service ?? reference.name, serviceAnnotations),
    spec: {
      ports: servicePorts(reference),
      selector: reference.selector,
      type: 'ClusterIP',
      ...(headless && { clusterIP: 'None' }),
    },
  } satisfies IService & Manifest;
}

type ServicePorts = NonNullable<NonNullable<IService['spec']>['ports']>;
const portLists = new SharedParts<ServicePorts>();

function servicePorts({ ports }: WorkloadReference): ServicePorts {
  return portLists.of(portsKey(ports), () =>
    ports.map(({ name, port, protocol }) => ({ name, port, protocol: protocol ?? 'TCP', targetPort: name })),
  );
}

/** Name of the Service by which the pods of a clustered StatefulSet find one another. */
export function peersName({ name }: Pick<WorkloadReference, 'name'>): string {
  return joinName(name, 'peers');
}

/**
 * The names of single pods, before they are ready too: a member that waits for a quorum would wait for ever for names that come only
 * when it is ready. Clients have a Service of their own, which leads to ready pods alone; the component keeps monitors of that one off.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
 */
function peersService(reference: WorkloadReference): Manifest {
  const name = peersName(reference);
  const labels = { ...reference.labels, 'app.kubernetes.io/component': joinName(reference.component, 'peers') };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: reference.namespace, labels },
    spec: {
      clusterIP: 'None',
      ports: servicePorts(reference),
      publishNotReadyAddresses: true,
      selector: reference.selector,
      type: 'ClusterIP',
    },
  } satisfies IService & Manifest;
}

/**
 * One pod at a time may be evicted, however many there are: so a drain always ends.
 * `AlwaysAllow`: a pod that is not ready anyway does not hold a node back.
 */
function disruptionBudget(reference: WorkloadReference): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(reference, reference.name),
    spec: {
      maxUnavailable: 1,
      selector: matching(reference.selector),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  } satisfies IPodDisruptionBudget & Manifest;
}

const recreate = shared({ type: 'Recreate' as const });
const rolling = shared({ rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 }, type: 'RollingUpdate' as const });

function controller(props: WorkloadProps): Manifest {
  const { reference, behaviour, pod, kubernetes } = props;
  const template = podTemplate(pod, kubernetes);
  const selector = matching(reference.selector);
  const meta = metadata(reference, reference.name, props.annotations);
  switch (behaviour.kind) {
    case 'Deployment':
      return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: meta,
        spec: {
          progressDeadlineSeconds: 600,
          revisionHistoryLimit: 5,
          selector,
          strategy: behaviour.recreate ? recreate : rolling,
          template,
          ...(behaviour.replicas !== undefined && { replicas: behaviour.replicas }),
        },
      } satisfies IDeployment & Manifest;
    case 'StatefulSet':
      return {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: meta,
        spec: {
          // Data outlives a deletion or a scale-down; who wants it gone deletes the claim.
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
          podManagementPolicy: behaviour.clustered ? 'Parallel' : 'OrderedReady',
          ...(behaviour.replicas !== undefined && { replicas: behaviour.replicas }),
          revisionHistoryLimit: 5,
          selector,
          serviceName: behaviour.clustered ? peersName(reference) : (reference.service ?? reference.name),
          template,
          updateStrategy: { type: 'RollingUpdate' },
          ...(behaviour.claims.length > 0 && {
            volumeClaimTemplates: behaviour.claims.map(({ name, spec }) => ({
              // Written out, because the API server adds them and a comparison with git would differ for ever.
              apiVersion: 'v1',
              kind: 'PersistentVolumeClaim',
              metadata: { name, labels: { ...reference.selector } },
              spec,
            })),
          }),
        },
      } satisfies Manifest;
    case 'DaemonSet':
      return {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: meta,
        spec: {
          revisionHistoryLimit: 5,
          selector,
          template,
          updateStrategy: { rollingUpdate: { maxUnavailable: '10%' }, type: 'RollingUpdate' },
        },
      } satisfies IDaemonSet & Manifest;
    case 'Job':
      return {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: meta,
        spec: jobSpec(behaviour.run, template),
      } satisfies IJob & Manifest;
    case 'CronJob':
      return {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: meta,
        spec: {
          concurrencyPolicy: 'Forbid',
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels: { ...reference.labels } },
            spec: jobSpec(behaviour.run, template),
          },
          schedule: behaviour.schedule,
          startingDeadlineSeconds: 300,
          successfulJobsHistoryLimit: 3,
          ...(behaviour.suspend && { suspend: true }),
          timeZone: behaviour.timeZone ?? 'Etc/UTC',
        },
      } satisfies ICronJob & Manifest;
  }
}

/** `spec` of the Job of a workload, for what starts one per piece of work. */
export function jobTemplate(run: Run, pod: PodSpec, kubernetes: string): NonNullable<IJob['spec']> {
  return jobSpec(run, podTemplate(pod, kubernetes));
}

function jobSpec({ retries, timeoutSeconds, keepSeconds }: Run, template: IPodTemplateSpec): NonNullable<IJob['spec']> {
  return {
    activeDeadlineSeconds: timeoutSeconds ?? 3600,
    backoffLimit: retries ?? 3,
    template,
    ...(keepSeconds !== undefined && { ttlSecondsAfterFinished: keepSeconds }),
  };
}
