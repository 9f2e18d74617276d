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
