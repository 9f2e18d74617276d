import { sampleCluster } from '@fairlead/fixtures';
import type { AutoscalingCapability, Cluster, IdentityCapability, NodePool } from '@fairlead/inventory';

export { hubWorkload as workload, lines, renderChart as render, toYaml } from '@fairlead/fixtures';

/** A resolved cluster; tests change what they are about. */
export function cluster(
  changes: {
    autoscaling?: Partial<AutoscalingCapability>;
    identity?: IdentityCapability;
    provider?: Cluster['provider'];
    kubernetes?: string;
    nodePools?: readonly NodePool[];
    queryUrl?: string;
  } = {},
): Cluster {
  return sampleCluster({
    name: 'eks-production',
    provider: changes.provider ?? 'eks',
    region: 'eu-central-1',
    environment: { name: 'production', minimumReplicas: 2 },
    kubernetes: changes.kubernetes ?? '1.34',
    domain: 'production.example.com',
    capabilities: {
      identity: changes.identity ?? { implementation: 'irsa' },
      metrics: {
        implementation: 'prometheus-operator',
        namespace: 'monitoring',
        labels: {},
        runbooks: 'https://git.example.com/fleet/runbooks',
        queryUrl: changes.queryUrl,
      },
      autoscaling: {
        resourceMetrics: true,
        customMetrics: false,
        keda: false,
        vpa: false,
        nodes: 'karpenter',
        ...changes.autoscaling,
      },
      networkPolicy: { implementation: 'vpc-cni', fqdn: 'none', dns: { apps: [], cidrs: [] }, metadata: [] },
    },
    nodePools: changes.nodePools ?? [],
  });
}

/** A pool of four-core nodes; tests change what they are about. */
export function nodePool(changes: Partial<NodePool> = {}): NodePool {
  return {
    name: 'general',
    cpu: '3900m',
    memory: '14Gi',
    architecture: 'amd64',
    spot: false,
    max: 10,
    labels: {},
    taints: [],
    ...changes,
  };
}
