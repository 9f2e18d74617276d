import type { Cluster } from '@fairlead/inventory';
import { joinName, ownershipLabels, type Labels, type Manifest, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import type { IAlertmanager } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Alertmanager';
import type { IPrometheus } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Prometheus';
import { Construct } from 'constructs';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { prometheusSettings } from './external-labels.ts';

export interface PrometheusStackProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  readonly namespace: string;
  readonly alertmanager: {
    readonly serviceAccount: string;
    readonly serviceAccountAnnotations?: Labels | undefined;
    readonly podLabels?: Labels | undefined;
    /** What its pods mount, such as the volume that brings the keys of its receivers. */
    readonly volumes?: readonly { readonly volume: IVolume; readonly mount: IVolumeMount }[] | undefined;
  };
  /** Class of the priority of both. Default: none. */
  readonly priorityClass?: string | undefined;
}

/**
 * The Prometheus and the Alertmanager of a cluster, which the operator runs: with the intervals that the requirements state, the
 * external labels by which one view over the fleet tells clusters apart, and selectors that find what Fairlead renders. The chart
 * that installs the operator makes neither of the two (`prometheus.enabled`, `alertmanager.enabled`: false in its values).
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
export class PrometheusStack extends Construct {
  constructor(scope: Construct, id: string, props: PrometheusStackProps) {
    super(scope, id);
    const { cluster, ownership, namespace, alertmanager } = props;
    const labels = ownershipLabels(ownership);
    const prometheusAccount = joinName(ownership.app, 'prometheus');
    const add = (object: Manifest) => new KubernetesObject(this, `${object.kind}-${object.metadata.name}`, object);
    const redundant = cluster.environment.minimumReplicas > 1;
    for (const object of readerOfAll(prometheusAccount, namespace, labels)) add(object);
    add(prometheus(props, prometheusAccount, labels));
    if (redundant) add(disruptionBudget(prometheusAccount, namespace, labels, ownership.app, 'prometheus'));
    if (!cluster.environment.alerts.enabled) return;
    if (redundant) add(disruptionBudget(alertmanager.serviceAccount, namespace, labels, ownership.app, 'alertmanager'));
    const annotations = alertmanager.serviceAccountAnnotations ?? {};
    add({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: alertmanager.serviceAccount,
        namespace,
        labels,
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
      automountServiceAccountToken: false,
    });
    add(alertmanagerObject(props, labels));
  }
}

/** Names of the Services that the operator makes for all Prometheus and Alertmanager objects of a namespace. */
const operated = { alertmanager: 'alertmanager-operated', port: 'web' } as const;

/** The operator's own user of both images; group of their volumes. */
const securityContext = {
  fsGroup: 2000,
  runAsGroup: 2000,
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

function prometheus(
  { cluster, ownership, namespace, priorityClass }: PrometheusStackProps,
  account: string,
  labels: Labels,
) {
  const { evaluationInterval, externalLabels, retention, scrapeInterval } = prometheusSettings(cluster);
  const { alerts, minimumReplicas } = cluster.environment;
  const found = selector(cluster);
  const object = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: ownership.app, namespace, labels },
    spec: {
      ...(alerts.enabled && {
        alerting: {
          alertmanagers: [{ namespace, name: operated.alertmanager, port: operated.port, apiVersion: 'v2' }],
        },
      }),
      evaluationInterval,
      externalLabels,
      podMetadata: { labels: costLabels(ownership) },
      podMonitorNamespaceSelector: {},
      podMonitorSelector: found,
      ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
      probeNamespaceSelector: {},
      probeSelector: found,
      // Two that see the same; the Alertmanager takes what both send for one.
      replicas: minimumReplicas > 1 ? 2 : 1,
      resources: { limits: { memory: '4Gi' }, requests: { cpu: '500m', memory: '4Gi' } },
      retention,
      retentionSize: '40GB',
      ruleNamespaceSelector: {},
      ruleSelector: found,
      scrapeConfigNamespaceSelector: {},
      scrapeConfigSelector: found,
      scrapeInterval,
      securityContext,
      serviceAccountName: account,
      serviceMonitorNamespaceSelector: {},
      serviceMonitorSelector: found,
      topologySpreadConstraints: apart(ownership.app, 'prometheus'),
    },
  } satisfies IPrometheus;
  return { ...object, spec: { ...object.spec, storage: claim('50Gi') } };
}

function alertmanagerObject(
  { cluster, ownership, namespace, alertmanager, priorityClass }: PrometheusStackProps,
  labels: Labels,
) {
  const { volumes = [] } = alertmanager;
  const object = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Alertmanager',
    metadata: { name: ownership.app, namespace, labels },
    spec: {
      // What lies beside it speaks for the cluster, what lies beside an app for that app's namespace.
      alertmanagerConfigMatcherStrategy: { type: 'OnNamespaceExceptForAlertmanagerNamespace' },
      alertmanagerConfigNamespaceSelector: {},
      alertmanagerConfigSelector: selector(cluster),
      automountServiceAccountToken: false,
      podMetadata: { labels: { ...costLabels(ownership), ...alertmanager.podLabels } },
      ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
      replicas: cluster.environment.minimumReplicas > 1 ? 3 : 1,
      resources: { limits: { memory: '256Mi' }, requests: { cpu: '50m', memory: '256Mi' } },
      retention: '120h',
      securityContext,
      serviceAccountName: alertmanager.serviceAccount,
      topologySpreadConstraints: apart(ownership.app, 'alertmanager'),
      ...(volumes.length > 0 && {
        volumeMounts: volumes.map(({ mount }) => mount),
        volumes: volumes.map(({ volume }) => volume),
      }),
    },
  } satisfies IAlertmanager;
  return { ...object, spec: { ...object.spec, storage: claim('2Gi') } };
}

/** Whose the pods are and what they cost; the operator names them itself. */
function costLabels(ownership: Ownership): Labels {
  return Object.fromEntries(Object.entries(ownershipLabels(ownership)).filter(([key]) => !key.includes('/')));
}

/** By the labels that a cluster's objects carry for its stack; a stack that wants none takes all. */
function selector({ capabilities: { metrics } }: Cluster) {
  return Object.keys(metrics.labels).length === 0 ? {} : { matchLabels: { ...metrics.labels } };
}

/** The types of the package want an apiVersion and a kind of it, which the resource does not. */
function claim(size: string) {
  return {
    volumeClaimTemplate: {
      spec: { accessModes: ['ReadWriteOnce' as const], resources: { requests: { storage: size } } },
    },
  };
}

/** The labels that the operator gives the pods of an object. */
function operatedLabels(instance: string, name: 'alertmanager' | 'prometheus'): Labels {
  return { 'app.kubernetes.io/instance': instance, 'app.kubernetes.io/name': name };
}

/** One at a time, when nodes are drained. */
function disruptionBudget(
  name: string,
  namespace: string,
  labels: Labels,
  instance: string,
  kind: 'alertmanager' | 'prometheus',
): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace, labels },
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: operatedLabels(instance, kind) },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}

/** On nodes and in zones apart. */
function apart(instance: string, name: 'alertmanager' | 'prometheus') {
  const matchLabels = { ...operatedLabels(instance, name) };
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    labelSelector: { matchLabels },
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway' as const,
  }));
}

/** What discovery and scraping of a whole cluster read, and nothing that they would write. */
function readerOfAll(name: string, namespace: string, labels: Labels) {
  const read = ['get', 'list', 'watch'];
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace, labels },
      // The operator mounts the token where it is needed.
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name, labels },
      rules: [
        { apiGroups: [''], resources: ['endpoints', 'nodes', 'pods', 'services'], verbs: read },
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
        { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: read },
        { nonResourceURLs: ['/metrics', '/metrics/cadvisor'], verbs: ['get'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}
