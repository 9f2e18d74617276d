import { markdownTable } from '@fairlead/diagnostics/markdown-table';
import { no, some, type Support, supportText, yes } from '@fairlead/diagnostics/support';
import type { MetricsImplementation } from '@fairlead/inventory/model';

/** What an app or a cluster can want to be watched. */
export const monitoringIntents = {
  scrape: 'metrics of a workload (`metrics`)',
  standardAlerts: 'the alerts of every workload',
  requests: 'alerts on requests and objectives (`requests`, `thresholds`, `objective`)',
  ownRules: 'alerts and recordings of its own (`alerts`, `recordings`)',
  connections: 'alerts on connections (`connectionPool`, `exporter`)',
  probe: 'public routes asked from outside (`probe`)',
  receivers: 'who hears of alerts, by environment (`alerts.receivers`)',
  routing: 'who hears besides (`alerting`)',
  dashboards: 'dashboards',
  business: 'recorded business metrics',
  clusterScraping: 'pods by annotation, and nodes',
  externalLabels: 'external labels `cloud_provider`, `cluster`, `environment`',
} as const;

export type MonitoringIntentName = keyof typeof monitoringIntents;

type Row = Readonly<Record<MetricsImplementation, Support>>;

const azureRules = some(
  'PrometheusRuleGroup of Azure Service Operator, where the cluster file names a `workspace`; else a diagnostic',
);
const annotationRules = 'no rule objects';
const nothing = 'there is no stack';
const sidecar = yes('ConfigMap for the sidecar of Grafana’s chart');

/** Intent × implementation: documentation is rendered from it, and the feature tests hold it true. */
export const monitoringSupport: Readonly<Record<MonitoringIntentName, Row>> = {
  scrape: {
    'prometheus-operator': yes('ServiceMonitor; PodMonitor without a Service'),
    'google-managed': yes('PodMonitoring'),
    'azure-managed': yes('ServiceMonitor, PodMonitor of `azmonitoring.coreos.com`'),
    annotations: yes('`prometheus.io/*` on the pods'),
    none: no('a diagnostic where metrics are stated'),
  },
  standardAlerts: {
    'prometheus-operator': yes('PrometheusRule'),
    'google-managed': yes('Rules'),
    'azure-managed': some('PrometheusRuleGroup, where the cluster file names a `workspace`; else left out'),
    annotations: no(`${annotationRules}; left out`),
    none: no(`${nothing}; left out`),
  },
  requests: {
    'prometheus-operator': yes('PrometheusRule'),
    'google-managed': yes('Rules'),
    'azure-managed': azureRules,
    annotations: no(`${annotationRules}; a diagnostic`),
    none: no(`${nothing}; a diagnostic`),
  },
  ownRules: {
    'prometheus-operator': yes('PrometheusRule'),
    'google-managed': yes('Rules'),
    'azure-managed': azureRules,
    annotations: no(`${annotationRules}; a diagnostic`),
    none: no(`${nothing}; a diagnostic`),
  },
  connections: {
    'prometheus-operator': yes('PrometheusRule'),
    'google-managed': yes('Rules'),
    'azure-managed': azureRules,
    annotations: no(`${annotationRules}; a diagnostic`),
    none: no(`${nothing}; a diagnostic`),
  },
  probe: {
    'prometheus-operator': yes('Probe, PrometheusRule'),
    'google-managed': no('no such object; an info where a path is stated'),
    'azure-managed': no('no such object; an info where a path is stated'),
    annotations: no('no such object; an info where a path is stated'),
    none: no('no such object; an info where a path is stated'),
  },
  receivers: {
    'prometheus-operator': yes('one AlertmanagerConfig beside the Alertmanager; keys from the secrets store'),
    'google-managed': some(
      'Secret `alertmanager` of `gmp-public`, where it comes without a pod (External Secrets, the managed add-on); else a diagnostic',
    ),
    'azure-managed': some('`metrics.actionGroups` of the cluster file, on each alert; Azure keeps who is in them'),
    annotations: no('the configuration of the Alertmanager'),
    none: no(nothing),
  },
  routing: {
    'prometheus-operator': yes('AlertmanagerConfig'),
    'google-managed': no('a Secret of `gmp-public`; an info'),
    'azure-managed': no('action groups; an info'),
    annotations: no('the configuration of the Alertmanager; an info'),
    none: no(`${nothing}; an info`),
  },
  dashboards: {
    'prometheus-operator': sidecar,
    'google-managed': some('the same ConfigMap; a Grafana in the cluster reads Google’s query API'),
    'azure-managed': some('the same ConfigMap; Azure’s managed Grafana imports the JSON'),
    annotations: sidecar,
    none: no('nothing to show; left out'),
  },
  business: {
    'prometheus-operator': yes('PrometheusRule'),
    'google-managed': yes('ClusterRules'),
    'azure-managed': some('PrometheusRuleGroup, where the cluster file names a `workspace`; else left out'),
    annotations: no(`${annotationRules}; left out`),
    none: no(`${nothing}; left out`),
  },
  clusterScraping: {
    'prometheus-operator': yes('ScrapeConfig'),
    'google-managed': some(
      'ClusterNodeMonitoring and ClusterPodMonitoring with `nodeMetrics: platform`, else the cloud’s packages; no pods by annotation',
    ),
    'azure-managed': some(
      'ConfigMap `ama-metrics-settings-configmap`: pods by annotation; the add-on scrapes nodes itself',
    ),
    annotations: no('the configuration of Prometheus itself; an info'),
    none: no(`${nothing}; an info`),
  },
  externalLabels: {
    'prometheus-operator': yes('`spec.externalLabels` of Prometheus'),
    'google-managed': yes(
      'OperatorConfig, for what is collected and for what rules make; Google itself sets `cluster`',
    ),
    'azure-managed': some('`cluster_alias` of the add-on; the others on the targets of each monitor'),
    annotations: no('`prometheusSettings(cluster)`, for whoever configures Prometheus'),
    none: no(nothing),
  },
};

/** The table of monitoring as a Markdown page. */
export function renderMonitoringPage(): string {
  const rows = Object.entries(monitoringSupport).map(([intent, supports]) => {
    const words = Object.entries(monitoringIntents).find(([name]) => name === intent)?.[1] ?? intent;
    return [words, ...Object.values(supports).map(supportText)];
  });
  const columns = ['intent', ...Object.keys(monitoringSupport.scrape)];
  return `# Metrics, alerts, dashboards\n\n${markdownTable(columns, rows)}`;
}
