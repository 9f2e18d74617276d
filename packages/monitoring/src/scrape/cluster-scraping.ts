import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import { ownershipLabels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { IRelabelConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RelabelConfig';
import type { IScrapeConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/ScrapeConfig';
import { Construct } from 'constructs';
import { cloudProvider } from '../cloud-provider.ts';
import type { Duration } from '../intent.ts';
import { googleScraping } from './google-scraping.ts';

export interface ClusterScrapingProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  readonly namespace: string;
  /** Default `15s`, as the requirements of the Delivery Platform state it; `30s` on Google's stack, which bills by sample. */
  readonly interval?: Duration | undefined;
}

const pod = '__meta_kubernetes_pod_';
const annotation = `${pod}annotation_prometheus_io_`;

/**
 * Scrape jobs of a cluster as a whole, for the platform app: `kubernetes-pods`, every pod that is annotated `prometheus.io/scrape`,
 * and `kubernetes-nodes`, the node exporter of every node with the node's labels. `v1alpha1` is the only version of ScrapeConfig.
 * Google's stack finds no pods by annotation; there the kubelets and kube-state-metrics are scraped, where the cloud's own packages
 * do not.
 */
export class ClusterScraping extends Construct {
  constructor(scope: Construct, id: string, { cluster, ownership, namespace, interval }: ClusterScrapingProps) {
    super(scope, id);
    const { implementation, labels, nodeMetrics } = cluster.capabilities.metrics;
    if (implementation === 'google-managed') {
      if (nodeMetrics !== 'platform') return;
      for (const each of googleScraping(cluster, ownership, interval ?? '30s'))
        new KubernetesObject(this, each.kind, each);
      return;
    }
    if (implementation !== 'prometheus-operator') {
      report(
        this,
        diagnostic('metrics/unsupported', {
          message: `${ownership.app}: pods are not found by annotation there, because ${implementation} has no ScrapeConfig object`,
          hint: 'azure-managed: ConfigMap ama-metrics-settings-configmap of kube-system; annotations: the configuration of Prometheus',
          severity: 'info',
          clusters: [cluster.name],
        }),
      );
      return;
    }
    const cloud: IRelabelConfig = { targetLabel: 'cloud_provider', replacement: cloudProvider(cluster.provider) };
    const jobs: readonly [name: string, role: 'Pod' | 'Node', relabelings: IRelabelConfig[]][] = [
      ['kubernetes-pods', 'Pod', [...podRelabelings, cloud]],
      ['kubernetes-nodes', 'Node', [...nodeRelabelings, cloud]],
    ];
    for (const [name, role, relabelings] of jobs) {
      new KubernetesObject(this, name, {
        apiVersion: 'monitoring.coreos.com/v1alpha1',
        kind: 'ScrapeConfig',
        metadata: { name, namespace, labels: { ...ownershipLabels(ownership), ...labels } },
        spec: { jobName: name, scrapeInterval: interval ?? '15s', kubernetesSDConfigs: [{ role }], relabelings },
      } satisfies IScrapeConfig);
    }
  }
}

const podRelabelings: readonly IRelabelConfig[] = [
  { action: 'keep', sourceLabels: [`${annotation}scrape`], regex: 'true' },
  { action: 'replace', sourceLabels: [`${annotation}scheme`], regex: '(https?)', targetLabel: '__scheme__' },
  { action: 'replace', sourceLabels: [`${annotation}path`], regex: '(.+)', targetLabel: '__metrics_path__' },
  {
    action: 'replace',
    sourceLabels: ['__address__', `${annotation}port`],
    regex: '([^:]+)(?::\\d+)?;(\\d+)',
    replacement: '$1:$2',
    targetLabel: '__address__',
  },
  { sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'namespace' },
  { sourceLabels: [`${pod}name`], targetLabel: 'pod' },
  // Rules of the library find a workload's series by its name, as they do where a monitor finds its pods.
  {
    sourceLabels: [`${pod}label_app_kubernetes_io_name`, `${pod}label_app_kubernetes_io_component`],
    separator: '-',
    regex: '(.+-.+)',
    targetLabel: 'job',
  },
  {
    sourceLabels: [`${pod}label_app_kubernetes_io_name`, `${pod}label_app_kubernetes_io_component`],
    separator: '-',
    regex: '(.+-.+)',
    targetLabel: 'service',
  },
];

/** The node exporter's port; the kubelet itself is scraped by the metrics stack, with credentials that no manifest should hold. */
const nodeExporterPort = 9100;

const nodeRelabelings: readonly IRelabelConfig[] = [
  {
    action: 'replace',
    sourceLabels: ['__address__'],
    regex: '([^:]+)(?::\\d+)?',
    replacement: `$1:${nodeExporterPort}`,
    targetLabel: '__address__',
  },
  { action: 'labelmap', regex: '__meta_kubernetes_node_label_(.+)' },
  { sourceLabels: ['__meta_kubernetes_node_name'], targetLabel: 'node' },
];
