import type { Cluster } from '@fairlead/inventory';
import { loadInventory } from '@fairlead/inventory';

/** Fields of a cluster file and of its environment's, over those of a plain EKS cluster in production. */
export interface TestClusterOptions {
  /** Over the cluster file, key by key at the top. */
  readonly cluster?: Readonly<Record<string, unknown>>;
  /** Over the capabilities of the cluster file, one by one. */
  readonly capabilities?: Readonly<Record<string, unknown>>;
  /** Over the environment file. */
  readonly environment?: Readonly<Record<string, unknown>>;
  /** Name of the environment. Default `production`. */
  readonly stage?: string;
  /** Values that the cluster overrides, by app. */
  readonly apps?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
}

/**
 * A resolved cluster, loaded and checked like a file of `clusters/`.
 *
 * @throws Error with every diagnostic if the options are no valid cluster
 */
export function testCluster({
  cluster,
  capabilities,
  environment,
  stage = 'production',
  apps = {},
}: TestClusterOptions = {}): Cluster {
  const clusterFile = {
    provider: 'eks',
    region: 'eu-west-1',
    account: '111122223333',
    environment: stage,
    kubernetes: '1.34',
    delivery: 'argocd',
    domain: 'example.com',
    network: {
      vpc: '10.20.0.0/16',
      services: '172.20.0.0/16',
      controlPlane: ['10.20.0.0/28'],
      loadBalancerSubnets: [{ cidr: '10.20.240.0/24' }],
    },
    capabilities: {
      identity: { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE' },
      ingress: {
        certificates: { name: 'arn:aws:acm:eu-west-1:111122223333:certificate/970d0c71-0003-4a3a-8b3b-0123456789ab' },
        firewall: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/970d0c71-aaaa-4bbb-8ccc-0123456789ab',
        accessLogs: { bucket: 'example-access-logs' },
      },
      ...capabilities,
    },
    apps,
    ...cluster,
  };
  const environmentFile = {
    order: 10,
    images: 'tag',
    podSecurity: 'restricted',
    minimumReplicas: 2,
    access: { admin: ['admins'], deploy: ['deployers'], readOnly: ['readers'] },
    alerts: { enabled: true, severity: { page: 'critical', ticket: 'warning' } },
    ...environment,
  };
  // JSON is YAML: the options go through the very checks that files go through.
  const { clusters, diagnostics } = loadInventory({
    clusters: [{ file: 'clusters/test.yaml', text: JSON.stringify(clusterFile) }],
    environments: [{ file: `environments/${stage}.yaml`, text: JSON.stringify(environmentFile) }],
    repository: 'https://github.com/example/fairlead.git',
  });
  const [loaded] = clusters;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!loaded || errors.length > 0) {
    throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n') || 'no cluster was loaded');
  }
  return loaded;
}
