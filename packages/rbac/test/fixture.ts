import type { Cluster } from '@fairlead/inventory/model';
import type { Ownership, WorkloadReference } from '@fairlead/objects';

/** A staging cluster on EKS, changed where a test says so. */
export function clusterOf(
  capabilities: Partial<Cluster['capabilities']> = {},
  more: Partial<Omit<Cluster, 'capabilities'>> & { readonly environment?: Cluster['environment'] } = {},
): Cluster {
  return {
    name: 'eks-staging',
    provider: 'eks',
    region: 'eu-west-1',
    account: '111122223333',
    environment: environmentOf('staging'),
    kubernetes: '1.34',
    domain: 'example.com',
    delivery: {
      engine: 'argocd',
      repository: 'https://git.example.com/fleet.git',
      revision: 'main',
      namespace: 'argocd',
    },
    network: { vpc: [], pods: [], services: [], nodes: [], controlPlane: [], loadBalancerSubnets: [] },
    capabilities: {
      ingress: { implementation: 'alb', class: 'alb', certificates: { source: 'acm' }, sources: [] },
      identity: { implementation: 'none' },
      secrets: { implementation: 'vault', prefix: '{environment}/{app}', rotation: true },
      metrics: {
        implementation: 'none',
        namespace: 'monitoring',
        labels: {},
        runbooks: 'https://runbooks.example.com',
      },
      autoscaling: { resourceMetrics: true, customMetrics: false, keda: false, vpa: false, nodes: 'none' },
      storage: { classes: {}, blockDriver: 'ebs.csi.aws.com' },
      networkPolicy: { implementation: 'vpc-cni', fqdn: 'none', dns: { apps: ['kube-dns'], cidrs: [] }, metadata: [] },
      dns: { implementation: 'none' },
      ...capabilities,
    },
    nodePools: [],
    offers: {
      namespaces: [],
      storageClasses: [],
      ingressClasses: [],
      gatewayClasses: [],
      priorityClasses: [],
      clusterRoles: [],
      clusterIssuers: [],
      secretStores: [],
    },
    stores: {},
    apps: [],
    waivers: [],
    ...more,
  };
}

/** An environment by name. */
export function environmentOf(
  name: string,
  access: Partial<Cluster['environment']['access']> = {},
): Cluster['environment'] {
  return {
    name,
    order: 1,
    images: 'tag',
    podSecurity: 'restricted',
    minimumReplicas: 1,
    access: { admin: [], deploy: [], readOnly: [], ...access },
    alerts: { enabled: true, severity: { page: 'critical', ticket: 'warning' } },
    strictness: {},
    waivers: [],
  };
}

export const owner: Ownership = { app: 'shop', team: 'shop-team', environment: 'staging', cloud: 'any' };

/** The API of the shop, with permissions of its own. */
export const api: WorkloadReference = {
  app: 'shop',
  component: 'api',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'shop-api',
  serviceAccount: 'shop-api',
  service: 'shop-api',
  ports: [{ name: 'http', port: 8080 }],
  labels: {},
  selector: { 'app.kubernetes.io/component': 'api', 'app.kubernetes.io/name': 'shop' },
};
