import type { Cluster } from '@fairlead/inventory';
import { joinName, type Manifest, type WorkloadReference } from '@fairlead/objects';
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { IScaleTriggers } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaleTriggers';
import type { IAuthPodIdentity } from '@kubernetes-models/keda/keda.sh/v1alpha1/AuthPodIdentity';
import type { ITriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication';
import { scalingBehavior } from './behavior.ts';
import type { EventSource, SecretKey } from './event-source.ts';
import type { Scaling } from './intent.ts';

/**
 * The ScaledObject of a workload, named like it; KEDA makes the HorizontalPodAutoscaler `keda-hpa-<name>` from it.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export function scaledObject(workload: WorkloadReference, scaling: Scaling, cluster: Cluster) {
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: workload.name, namespace: workload.namespace, labels: workload.labels },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: workload.kind, name: workload.name },
      minReplicaCount: scaling.min,
      maxReplicaCount: scaling.max,
      advanced: { horizontalPodAutoscalerConfig: { behavior: scalingBehavior(scaling.behavior, cluster.kubernetes) } },
      triggers: [...resourceTriggers(scaling), ...eventTriggers(workload, scaling.events ?? [], cluster)],
    },
  } satisfies IScaledObject;
}

/** CPU and memory beside event sources; KEDA passes them on to the autoscaler it makes. */
function resourceTriggers({ cpu, memory, containers = [] }: Scaling): IScaleTriggers[] {
  const trigger = (type: string, value: number, containerName?: string) => ({
    type,
    metricType: 'Utilization',
    metadata: { ...(containerName === undefined ? {} : { containerName }), value: `${value}` },
  });
  return [
    ...(cpu === undefined ? [] : [trigger('cpu', cpu)]),
    ...(memory === undefined ? [] : [trigger('memory', memory)]),
    ...containers.map(({ resource, utilization, container }) => trigger(resource, utilization, container)),
  ];
}

/** The triggers of event sources, each with the TriggerAuthentication it signs in with. */
export function eventTriggers(
  workload: WorkloadReference,
  events: readonly EventSource[],
  cluster: Cluster,
): IScaleTriggers[] {
  return events.map((source, index) => {
    const { type, metadata } = trigger(source, cluster);
    return {
      type,
      metadata,
      ...(needsAuthentication(source)
        ? { authenticationRef: { name: authenticationName(workload, source, events, index) } }
        : {}),
    };
  });
}

type TriggerAuthentication = Manifest & Omit<ITriggerAuthentication, 'metadata'>;

/** One TriggerAuthentication per event source that has to sign in; sources of one cloud share it. */
export function triggerAuthentications(
  workload: WorkloadReference,
  events: readonly EventSource[],
  cluster: Cluster,
): TriggerAuthentication[] {
  const byName = new Map<string, TriggerAuthentication>();
  events.forEach((source, index) => {
    if (!needsAuthentication(source)) return;
    const name = authenticationName(workload, source, events, index);
    if (byName.has(name)) return;
    const spec =
      'password' in source && source.password !== undefined
        ? { secretTargetRef: [secretTarget(source.password)] }
        : { podIdentity: podIdentity(workload, cluster) };
    byName.set(name, {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'TriggerAuthentication',
      metadata: { name, namespace: workload.namespace, labels: workload.labels },
      spec,
    } satisfies ITriggerAuthentication);
  });
  return [...byName.values()];
}

function secretTarget({ secret, key }: SecretKey) {
  return { parameter: 'password', name: secret, key };
}

/** Whether KEDA asks one of the sources for its length under the workload's own identity, which the cloud must know then. */
export function asksAsWorkload(cluster: Cluster, events: readonly EventSource[]): boolean {
  const { implementation, pattern } = cluster.capabilities.identity;
  const own =
    implementation === 'irsa' ||
    (pattern !== undefined && (implementation === 'pod-identity' || implementation === 'azure-workload-identity'));
  return own && events.some(({ source }) => cloudSources.has(source));
}

const cloudSources: ReadonlySet<EventSource['source']> = new Set(['sqs', 'pubsub', 'service-bus']);

function needsAuthentication(source: EventSource): boolean {
  if (cloudSources.has(source.source)) return true;
  switch (source.source) {
    case 'redis-list':
    case 'redis-stream':
      return source.password !== undefined;
    default:
      return false;
  }
}

function authenticationName(
  workload: WorkloadReference,
  source: EventSource,
  events: readonly EventSource[],
  index: number,
): string {
  if (!source.source.startsWith('redis')) return joinName(workload.name, 'identity');
  const earlier = events.slice(0, index).filter((each) => each.source.startsWith('redis')).length;
  return joinName(workload.name, earlier === 0 ? 'redis' : `redis-${earlier + 1}`);
}

/**
 * The workload's own identity, as KEDA takes it on each cloud. IRSA is read from the annotation of the workload's service account;
 * a Pod Identity role has no annotation, so its ARN is named. On GKE, KEDA's own service account signs in.
 */
function podIdentity(workload: WorkloadReference, cluster: Cluster): IAuthPodIdentity {
  const { implementation, pattern } = cluster.capabilities.identity;
  const identity = pattern === undefined ? undefined : fill(pattern, workload, cluster);
  switch (implementation) {
    case 'irsa':
      return { provider: 'aws', identityOwner: 'workload' };
    case 'pod-identity':
      return identity === undefined
        ? { provider: 'aws', identityOwner: 'keda' }
        : { provider: 'aws', roleArn: identity };
    case 'azure-workload-identity':
      return identity === undefined
        ? { provider: 'azure-workload' }
        : { provider: 'azure-workload', identityId: identity };
    case 'gke-workload-identity':
    case 'gke-workload-identity-direct':
      return { provider: 'gcp' };
    case 'none':
      return { provider: 'none' };
  }
}

function fill(pattern: string, workload: WorkloadReference, cluster: Cluster): string {
  const values: Readonly<Record<string, string>> = {
    app: workload.app,
    workload: workload.component,
    namespace: workload.namespace,
    serviceAccount: workload.serviceAccount,
    cluster: cluster.name,
    environment: cluster.environment.name,
    account: cluster.account,
    region: cluster.region,
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The scaler of a source; all of its metadata are strings. */
function trigger(source: EventSource, cluster: Cluster): { type: string; metadata: Record<string, string> } {
  const activation = (key: string) =>
    'activation' in source && source.activation !== undefined ? { [key]: `${source.activation}` } : {};
  switch (source.source) {
    case 'cron':
      return {
        type: 'cron',
        metadata: {
          timezone: source.timezone,
          start: source.start,
          end: source.end,
          desiredReplicas: `${source.replicas}`,
        },
      };
    case 'prometheus':
      return {
        type: 'prometheus',
        metadata: {
          serverAddress: source.server ?? cluster.capabilities.metrics.queryUrl ?? '',
          query: source.query,
          threshold: `${source.threshold}`,
          ...activation('activationThreshold'),
        },
      };
    case 'redis-list':
      return {
        type: 'redis',
        metadata: {
          ...redis(source),
          listName: source.list,
          listLength: `${source.length}`,
          ...activation('activationListLength'),
        },
      };
    case 'redis-stream':
      return {
        type: 'redis-streams',
        metadata: {
          ...redis(source),
          stream: source.stream,
          consumerGroup: source.group,
          ...(source.lag === undefined
            ? { pendingEntriesCount: `${source.pending}` }
            : { lagCount: `${source.lag}`, activationLagCount: `${source.activation ?? 0}` }),
        },
      };
    case 'sqs':
      return {
        type: 'aws-sqs-queue',
        metadata: {
          queueURL: source.queueUrl,
          queueLength: `${source.length}`,
          awsRegion: source.region ?? cluster.region,
          ...activation('activationQueueLength'),
        },
      };
    case 'pubsub':
      return {
        type: 'gcp-pubsub',
        metadata: {
          subscriptionName: source.subscription,
          mode: 'SubscriptionSize',
          value: `${source.messages}`,
          ...activation('activationValue'),
        },
      };
    case 'service-bus':
      return {
        type: 'azure-servicebus',
        metadata: {
          namespace: source.namespace,
          ...(source.queue === undefined ? {} : { queueName: source.queue }),
          ...(source.topic === undefined ? {} : { topicName: source.topic }),
          ...(source.subscription === undefined ? {} : { subscriptionName: source.subscription }),
          messageCount: `${source.messages}`,
          ...activation('activationMessageCount'),
        },
      };
    case 'kafka':
      return {
        type: 'kafka',
        metadata: {
          bootstrapServers: source.servers.join(','),
          consumerGroup: source.group,
          topic: source.topic,
          lagThreshold: `${source.lag}`,
          ...(source.tls === true ? { tls: 'enable' } : {}),
          ...activation('activationLagThreshold'),
        },
      };
  }
}

function redis({
  address,
  database,
  tls,
}: {
  address: string;
  database?: number | undefined;
  tls?: boolean | undefined;
}): Record<string, string> {
  return {
    address,
    ...(database === undefined ? {} : { databaseIndex: `${database}` }),
    ...(tls === true ? { enableTLS: 'true' } : {}),
  };
}
