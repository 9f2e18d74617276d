import { diagnostic } from '@fairlead/diagnostics';
import {
  AzureStack,
  ClusterRouting,
  ClusterScraping,
  Dashboards,
  GoogleStack,
  PlatformMonitoring,
  PrometheusStack,
  dashboards,
  environmentReceivers,
  googleAlertmanagerSecret,
  googlePublicNamespace,
  hasAzureRules,
  receiverSecrets,
} from '@fairlead/monitoring';
import type { WorkloadReference } from '@fairlead/objects';
import { joinName, ownershipLabels, selectorLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { principalOf, workloadIdentity } from '@fairlead/rbac';
import type { Secret } from '@fairlead/vault-csi';
import { Secrets, consumptionOf, secretMount } from '@fairlead/vault-csi';
import type { Construct } from 'constructs';
import { Construct as Scope } from 'constructs';
import type { AppGraph } from './builder.ts';
import { readsAsPod } from './secret-readers.ts';

/** What watches a cluster as a whole, stated by the one app that sets clusters up. */
export interface ClusterMonitoringOptions {
  /** Records what the services count for the business, and watches logins. Default `false`. */
  readonly business?: boolean;
  /** PriorityClass of what the cluster runs for it. Default: none. */
  readonly priorityClass?: string;
}

/**
 * The metrics stack of a cluster: its own settings with the external labels, what is scraped for all apps, rules of the cluster as a
 * whole, who hears of alerts, and dashboards. What an environment says of receivers is told by this one app for all others.
 */
export function composeClusterMonitoring(chart: Construct, graph: AppGraph): void {
  const { cluster, ownership, clusterMonitoring } = graph;
  if (!clusterMonitoring) return;
  const { implementation, namespace } = cluster.capabilities.metrics;
  const { business, priorityClass } = clusterMonitoring;
  const scope = new Scope(chart, 'cluster-monitoring');
  new PlatformMonitoring(scope, 'rules', { cluster, ownership, namespace, business });
  const alerting = alertingSecret(graph);
  if (implementation === 'prometheus-operator') {
    new ClusterScraping(scope, 'scraping', { cluster, ownership, namespace });
    new Dashboards(scope, 'dashboards', { cluster, ownership, namespace, dashboards });
    const { serviceAccount } = alertmanagerReference(graph);
    const identity =
      alerting && readsAsPod.has(cluster.capabilities.secrets.implementation) && identityOf(scope, graph);
    const consumption = alerting && consumptionOf(alerting);
    new PrometheusStack(scope, 'stack', {
      cluster,
      ownership,
      namespace,
      priorityClass,
      alertmanager: {
        serviceAccount,
        ...(identity && {
          serviceAccountAnnotations: identity.serviceAccountAnnotations,
          podLabels: identity.podLabels,
        }),
        // The Secret exists while a pod mounts the volume: the Alertmanager brings its own keys.
        ...(consumption?.mountRequired && {
          volumes: [{ volume: consumption.volume, mount: secretMount(consumption) }],
        }),
      },
    });
    if (alerting) new Secrets(scope, 'keys', alerting);
    new ClusterRouting(scope, 'routes', { cluster, ownership, namespace, secret: secretName(graph) });
  }
  if (implementation === 'google-managed') {
    new ClusterScraping(scope, 'scraping', { cluster, ownership, namespace });
    new GoogleStack(scope, 'stack', { cluster, ownership });
    if (alerting) googleKeys(scope, graph, alerting);
  }
  if (implementation === 'azure-managed') {
    new AzureStack(scope, 'stack', { cluster, ownership });
    if (environmentReceivers(cluster, '') && hasAzureRules(cluster) && !cluster.capabilities.metrics.actionGroups) {
      unrouted(
        scope,
        graph,
        'Azure keeps them in action groups',
        `create these and name them in clusters/${cluster.name}.yaml: capabilities: { metrics: { actionGroups: { page: …, ticket: … } } }`,
      );
    }
  }
}

/** The secret that holds the keys of the environment's receivers; undefined where nothing is secret, or nobody is told. */
export function alertingSecret(graph: AppGraph): Secret | undefined {
  const { cluster, ownership, clusterMonitoring } = graph;
  const { implementation } = cluster.capabilities.metrics;
  const receivers = environmentReceivers(cluster, secretName(graph));
  if (!clusterMonitoring || receivers === undefined) return undefined;
  const { namespace, serviceAccount } = alertmanagerReference(graph);
  const reader = { cluster, owner: ownership, namespace, serviceAccount, ...clientOf(graph) };
  if (implementation === 'google-managed') {
    // The managed Alertmanager reads one file and no keys, so the file is what is secret.
    const { secret: name, key } = googleAlertmanagerSecret;
    return { ...reader, name, secret: name, keys: [key] };
  }
  const keys = [...new Set(receiverSecrets(receivers).map(({ key }) => key))].sort();
  if (implementation !== 'prometheus-operator' || keys.length === 0) return undefined;
  return { ...reader, name: secretName(graph), secret: cluster.environment.alerts.secret ?? 'alerting', keys };
}

/** Who reads the keys of the receivers. It is a workload of the operator's, so no app declares it. */
export function alertmanagerReference({ cluster, definition, ownership }: AppGraph): WorkloadReference {
  const { implementation, namespace } = cluster.capabilities.metrics;
  const component = 'alertmanager';
  const name = joinName(definition.name, component);
  return {
    app: definition.name,
    component,
    namespace: implementation === 'google-managed' ? googlePublicNamespace : namespace,
    kind: 'StatefulSet',
    name,
    serviceAccount: name,
    ports: [],
    labels: ownershipLabels({ ...ownership, component }),
    selector: selectorLabels(definition.name, component),
  };
}

function secretName({ cluster, definition }: AppGraph): string {
  return joinName(definition.name, cluster.environment.alerts.secret ?? 'alerting');
}

function clientOf(graph: AppGraph): Pick<Secret, 'clientId'> {
  if (graph.cluster.capabilities.secrets.implementation !== 'azure') return {};
  return { clientId: principalOf(graph.cluster, alertmanagerReference(graph)).principal ?? false };
}

function identityOf(scope: Construct, graph: AppGraph) {
  const { diagnostics, ...identity } = workloadIdentity(graph.cluster, alertmanagerReference(graph));
  for (const each of diagnostics) report(scope, each);
  return identity;
}

/** No pod of ours could mount a volume there, so only what brings a Secret by itself will do. */
function googleKeys(scope: Construct, graph: AppGraph, secret: Secret): void {
  const { implementation, addon } = graph.cluster.capabilities.secrets;
  const synced = implementation === 'gcp' && addon === true;
  if (!synced && implementation !== 'external-secrets') {
    unrouted(
      scope,
      graph,
      `its Secret ${secret.name} would need a pod that mounts it with secrets ${implementation}`,
      'use External Secrets or the managed add-on there, or make the Secret by hand: docs/alerting.md has the file',
    );
    return;
  }
  if (synced) {
    const { name, namespace, labels } = alertmanagerReference(graph);
    const { serviceAccountAnnotations: annotations } = identityOf(scope, graph);
    new KubernetesObject(scope, 'reader', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace, labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
      automountServiceAccountToken: false,
    });
  }
  new Secrets(scope, 'keys', secret);
}

/** Alerts that nobody hears of are worth a warning. */
function unrouted(scope: Construct, { cluster, definition }: AppGraph, reason: string, hint: string): void {
  const message = `${definition.name}: the receivers of environment ${cluster.environment.name} are not made there: ${reason}`;
  report(scope, diagnostic('metrics/unsupported', { message, hint, clusters: [cluster.name] }));
}
