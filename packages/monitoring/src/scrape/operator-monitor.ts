import type { Cluster } from '@fairlead/inventory';
import type { WorkloadReference } from '@fairlead/objects';
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IRelabelConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RelabelConfig';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { cloudProvider } from '../cloud-provider.ts';
import type { Scrape } from '../intent.ts';

/** Groups that serve the operator's monitors: Prometheus' own, and Azure Monitor's copy of it. */
export type OperatorGroup = 'monitoring.coreos.com/v1' | 'azmonitoring.coreos.com/v1';

/**
 * A ServiceMonitor, or a PodMonitor for a workload without a Service, named like the workload.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
export function operatorMonitor(cluster: Cluster, workload: WorkloadReference, scrape: Scrape) {
  const group: OperatorGroup =
    cluster.capabilities.metrics.implementation === 'azure-managed'
      ? 'azmonitoring.coreos.com/v1'
      : 'monitoring.coreos.com/v1';
  const manifest =
    workload.service === undefined ? podMonitor(cluster, workload, scrape) : serviceMonitor(cluster, workload, scrape);
  return { ...manifest, apiVersion: group };
}

function serviceMonitor(cluster: Cluster, workload: WorkloadReference, scrape: Scrape) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: metadata(cluster, workload),
    spec: {
      ...limits(cluster),
      selector: { matchLabels: workload.selector },
      endpoints: [{ ...endpoint(scrape), relabelings: relabelings(cluster, workload) }],
    },
  } satisfies IServiceMonitor;
}

function podMonitor(cluster: Cluster, workload: WorkloadReference, scrape: Scrape) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadata(cluster, workload),
    spec: {
      ...limits(cluster),
      selector: { matchLabels: workload.selector },
      podMetricsEndpoints: [{ ...endpoint(scrape), relabelings: relabelings(cluster, workload) }],
    },
  } satisfies IPodMonitor;
}

function metadata(cluster: Cluster, { name, namespace, labels }: WorkloadReference) {
  return { name, namespace, labels: { ...labels, ...cluster.capabilities.metrics.labels } };
}

function endpoint({ port, path, interval, scheme }: Scrape) {
  return {
    port,
    path: path ?? '/metrics',
    ...(interval === undefined ? {} : { interval }),
    ...(scheme === undefined ? {} : { scheme }),
  };
}

/**
 * `job` becomes the workload's name whichever kind of monitor finds it, so that rules need not know. `cloud_provider` is set on the
 * target because external labels are not seen by queries inside the cluster, and the dashboards group by it.
 */
function relabelings(cluster: Cluster, { name, service, kind }: WorkloadReference): IRelabelConfig[] {
  const rules: IRelabelConfig[] = [
    { targetLabel: 'job', replacement: name },
    { targetLabel: 'cloud_provider', replacement: cloudProvider(cluster.provider) },
  ];
  // Azure's add-on has no external labels to put it into.
  if (cluster.capabilities.metrics.implementation === 'azure-managed')
    rules.push({ targetLabel: 'environment', replacement: cluster.environment.name });
  if (service !== name) rules.push({ targetLabel: 'service', replacement: name });
  if (kind === 'StatefulSet' && service !== undefined) {
    // A StatefulSet may have a headless Service beside its own, and each would yield every pod once.
    rules.push({ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: service });
  }
  return rules;
}

/** Azure Monitor drops samples whose labels pass these; saying so makes the scrape fail visibly instead. */
function limits(cluster: Cluster) {
  return cluster.capabilities.metrics.implementation === 'azure-managed'
    ? { labelLimit: 63, labelNameLengthLimit: 511, labelValueLengthLimit: 1023 }
    : {};
}
