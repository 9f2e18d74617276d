import { sampleCluster } from '@fairlead/fixtures';
import type { Cluster, MetricsImplementation } from '@fairlead/inventory';

export { hubWorkload as workload, lines, renderChart as render, toYaml } from '@fairlead/fixtures';

/** A resolved cluster; tests change what they are about. */
export function cluster(
  changes: { metrics?: MetricsImplementation; provider?: Cluster['provider']; alerts?: boolean } = {},
): Cluster {
  const implementation = changes.metrics ?? 'prometheus-operator';
  return sampleCluster({
    name: 'eks-production',
    provider: changes.provider ?? 'eks',
    region: 'eu-central-1',
    environment: {
      name: 'production',
      minimumReplicas: 2,
      alerts: { enabled: changes.alerts ?? true, severity: { page: 'oncall', ticket: 'team' } },
    },
    domain: 'production.example.com',
    capabilities: {
      autoscaling: { resourceMetrics: true, customMetrics: false, keda: false, vpa: false, nodes: 'karpenter' },
      identity: { implementation: 'irsa' },
      metrics: {
        implementation,
        namespace: 'monitoring',
        labels: implementation === 'prometheus-operator' ? { release: 'kube-prometheus-stack' } : {},
        runbooks: 'https://git.example.com/fleet/runbooks',
      },
      networkPolicy: { implementation: 'vpc-cni', fqdn: 'none', dns: { apps: [], cidrs: [] }, metadata: [] },
    },
  });
}
