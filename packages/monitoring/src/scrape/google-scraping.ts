import type { Cluster } from '@fairlead/inventory';
import { ownershipLabels, type Manifest, type Ownership } from '@fairlead/objects';
import type {
  ClusterNodeMonitoring,
  ClusterPodMonitoring,
} from '@fairlead/schemas/custom-resources/google-managed-prometheus';
import { cloudProvider } from '../cloud-provider.ts';
import type { Duration } from '../intent.ts';
import { metricsRead } from '../metrics-read.ts';

/** What the kubelet itself and its cAdvisor export; the rest of `container_` and `kubelet_` has no reader here. */
const paths = [
  { path: '/metrics', prefix: 'kubelet_' },
  { path: '/metrics/cadvisor', prefix: 'container_' },
] as const;

/** Metrics of OpenCost begin like those of cAdvisor. */
const ofOpenCost = /_allocation(?:_bytes)?$/;

/**
 * What the platform app scrapes of a cluster as a whole on Google's stack, where the cloud's own packages do not: every kubelet, and
 * kube-state-metrics, if the cluster runs one. Google bills by sample, so only metrics are kept that a rule or a dashboard reads.
 * The API server's certificate does not cover kubelets on GKE, as Google's own samples of this object have it.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/collect-specific-prometheus-metrics
 */
export function googleScraping(cluster: Cluster, ownership: Ownership, interval: Duration): Manifest[] {
  const labels = { ...ownershipLabels(ownership), ...cluster.capabilities.metrics.labels };
  const relabeling = (prefix: string) => [
    {
      action: 'keep',
      sourceLabels: ['__name__'],
      regex: metricsRead(prefix)
        .filter((name) => !ofOpenCost.test(name))
        .join('|'),
    },
    { targetLabel: 'cloud_provider', replacement: cloudProvider(cluster.provider) },
  ];
  const nodes = {
    apiVersion: 'monitoring.googleapis.com/v1',
    kind: 'ClusterNodeMonitoring',
    metadata: { name: 'kubernetes-nodes', labels },
    spec: {
      // All nodes.
      selector: {},
      endpoints: paths.map(({ path, prefix }) => ({
        path,
        scheme: 'https' as const,
        interval,
        tls: { insecureSkipVerify: true },
        metricRelabeling: relabeling(prefix),
      })),
    },
  } satisfies ClusterNodeMonitoring;
  const objects = {
    apiVersion: 'monitoring.googleapis.com/v1',
    kind: 'ClusterPodMonitoring',
    metadata: { name: 'kube-state-metrics', labels },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'kube-state-metrics' } },
      // The port of the community's chart and manifests.
      endpoints: [{ port: 8080, interval, metricRelabeling: relabeling('kube_') }],
      // Its labels speak of the objects it reports, not of its own pod; rules of a namespace find them only so.
      targetLabels: { metadata: [] },
    },
  } satisfies ClusterPodMonitoring;
  return [nodes, objects];
}
