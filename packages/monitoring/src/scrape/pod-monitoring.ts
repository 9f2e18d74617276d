import type { Cluster } from '@fairlead/inventory';
import type { WorkloadReference } from '@fairlead/objects';
import { cloudProvider } from '../cloud-provider.ts';
import type { Scrape } from '../intent.ts';

/**
 * The PodMonitoring of Google Cloud Managed Service for Prometheus, named like the workload: its name becomes the `job` label.
 * An interval is required there. `cluster`, `location`, `namespace` and `project_id` are set by Google and must not be relabelled.
 *
 * @see https://github.com/GoogleCloudPlatform/prometheus-engine/blob/main/doc/api.md
 */
export function podMonitoring(cluster: Cluster, workload: WorkloadReference, scrape: Scrape) {
  const { name, namespace, labels, selector } = workload;
  return {
    apiVersion: 'monitoring.googleapis.com/v1',
    kind: 'PodMonitoring',
    metadata: { name, namespace, labels: { ...labels, ...cluster.capabilities.metrics.labels } },
    spec: {
      selector: { matchLabels: selector },
      endpoints: [
        {
          port: scrape.port,
          path: scrape.path ?? '/metrics',
          interval: scrape.interval ?? '30s',
          ...(scrape.scheme === undefined ? {} : { scheme: scrape.scheme }),
          metricRelabeling: [
            { targetLabel: 'service', replacement: name },
            { targetLabel: 'cloud_provider', replacement: cloudProvider(cluster.provider) },
          ],
        },
      ],
    },
  };
}
