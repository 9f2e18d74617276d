import type { MetricsImplementation } from '@fairlead/inventory/model';

/** Whether a metrics stack expresses an intent: always, only in some forms, or not at all. */
export interface MonitoringSupport {
  readonly level: 'yes' | 'some' | 'no';
  /** By which object, or why not and who is told. */
  readonly how: string;
}

const yes = (how: string): MonitoringSupport => ({ level: 'yes', how });
const some = (how: string): MonitoringSupport => ({ level: 'some', how });
const no = (how: string): MonitoringSupport => ({ level: 'no', how });

/** What an app or a cluster can want to be watched. */
export const monitoringIntents = {
  scrape: 'metrics of a workload (`metrics`)',
  standardAlerts: 'the alerts of every workload',
  requests: 'alerts on requests and objectives (`requests`, `thresholds`, `objective`)',
  ownRules: 'alerts and recordings of its own (`alerts`, `recordings`)',
  probe: 'public routes asked from outside (`probe`)',
  routing: 'who hears of alerts (`alerting`)',
  dashboards: 'dashboards',
  business: 'recorded business metrics',
  clusterScraping: 'pods by annotation, and nodes',
} as const;

export type MonitoringIntentName = keyof typeof monitoringIntents;

type Row = Readonly<Record<MetricsImplementation, MonitoringSupport>>;

const azureRules = 'rules are Azure resources (`prometheusRuleGroups`)';
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
    'azure-managed': no(`${azureRules}; left out`),
    annotations: no(`${annotationRules}; left out`),
    none: no(`${nothing}; left out`),
  },
  requests: {
    'prometheus-operator': yes('PrometheusRule'),
    'google-managed': yes('Rules'),
    'azure-managed': no(`${azureRules}; a diagnostic`),
    annotations: no(`${annotationRules}; a diagnostic`),
    none: no(`${nothing}; a diagnostic`),
  },
  ownRules: {
    'prometheus-operator': yes('PrometheusRule'),
    'google-managed': yes('Rules'),
    'azure-managed': no(`${azureRules}; a diagnostic`),
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
    'azure-managed': no(`${azureRules}; left out`),
    annotations: no(`${annotationRules}; left out`),
    none: no(`${nothing}; left out`),
  },
  clusterScraping: {
    'prometheus-operator': yes('ScrapeConfig'),
    'google-managed': no(
      'a ClusterPodMonitoring selects by label, not by annotation; the cloud scrapes nodes itself; an info',
    ),
    'azure-managed': no('ConfigMap `ama-metrics-prometheus-config`, which belongs to the add-on; an info'),
    annotations: no('the configuration of Prometheus itself; an info'),
    none: no(`${nothing}; an info`),
  },
};

const marks: Readonly<Record<MonitoringSupport['level'], string>> = { yes: 'yes', some: 'in part', no: 'no' };

/** The table of monitoring as a Markdown page. */
export function renderMonitoringPage(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const rows = Object.entries(monitoringSupport).map(([intent, supports]) => {
    const words = Object.entries(monitoringIntents).find(([name]) => name === intent)?.[1] ?? intent;
    return row([words, ...Object.values(supports).map(({ level, how }) => `${marks[level]}: ${how}`)]);
  });
  const columns = ['intent', ...Object.keys(monitoringSupport.scrape)];
  return `# Metrics, alerts, dashboards\n\n${row(columns)}${row(columns.map(() => '---'))}${rows.join('')}`;
}
