import type { Cluster } from '@fairlead/inventory';
import { cloudProvider } from './cloud-provider.ts';

/**
 * The labels that everything leaving a cluster's metrics stack carries (remote write, federation, alerts), so that one view over the
 * fleet can tell clusters apart: `externalLabels` of a Prometheus object, of a PrometheusAgent, or of Google's OperatorConfig.
 */
export function externalLabels(cluster: Cluster): Record<string, string> {
  return {
    cloud_provider: cloudProvider(cluster.provider),
    cluster: cluster.name,
    environment: cluster.environment.name,
  };
}

/**
 * What a Prometheus object (or the chart that makes it) needs so that Fairlead's rules and dashboards find what they expect:
 * external labels, and the intervals that the requirements of the Delivery Platform state. Retention covers the longest window.
 */
export function prometheusSettings(cluster: Cluster) {
  return {
    evaluationInterval: '15s',
    externalLabels: externalLabels(cluster),
    retention: '10d',
    scrapeInterval: '15s',
  };
}
