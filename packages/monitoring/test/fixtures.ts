import { existsSync, readFileSync } from 'node:fs';
import type { Cluster, MetricsImplementation } from '@fairlead/inventory';
import type { Diagnostic } from '@fairlead/diagnostics';
import type { Manifest, WorkloadReference } from '@fairlead/objects';
import { reported } from '@fairlead/objects/report';
import { createSchemaRegistry } from '@fairlead/schemas';
import { ApiObject, App, Chart } from 'cdk8s';
import { stringify } from 'yaml';

/** A resolved cluster; tests change what they are about. */
export function cluster(
  changes: { metrics?: MetricsImplementation; provider?: Cluster['provider']; alerts?: boolean } = {},
): Cluster {
  const implementation = changes.metrics ?? 'prometheus-operator';
  return {
    name: 'eks-production',
    provider: changes.provider ?? 'eks',
    region: 'eu-central-1',
    account: '111122223333',
    environment: {
      name: 'production',
      order: 3,
      images: 'digest',
      podSecurity: 'restricted',
      minimumReplicas: 2,
      access: { admin: [], deploy: [], readOnly: [] },
      alerts: { enabled: changes.alerts ?? true, severity: { page: 'oncall', ticket: 'team' } },
      strictness: {},
      waivers: [],
    },
    kubernetes: '1.34',
    domain: 'production.example.com',
    delivery: {
      engine: 'argocd',
      repository: 'https://git.example.com/fleet.git',
      revision: 'main',
      namespace: 'argocd',
    },
    network: { vpc: [], pods: [], services: [], nodes: [], controlPlane: [], loadBalancerSubnets: [] },
    capabilities: {
      ingress: { implementation: 'alb', class: 'alb', certificates: { source: 'acm' }, sources: [] },
      identity: { implementation: 'irsa' },
      secrets: { implementation: 'vault', prefix: '{environment}/{app}', rotation: true },
      metrics: {
        implementation,
        namespace: 'monitoring',
        labels: implementation === 'prometheus-operator' ? { release: 'kube-prometheus-stack' } : {},
        runbooks: 'https://git.example.com/fleet/runbooks',
      },
      autoscaling: { resourceMetrics: true, customMetrics: false, keda: false, vpa: false, nodes: 'karpenter' },
      storage: { classes: {}, blockDriver: 'ebs.csi.aws.com' },
      networkPolicy: { implementation: 'vpc-cni', fqdn: 'none', dns: { apps: [], cidrs: [] }, metadata: [] },
      dns: { implementation: 'external-dns' },
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
  };
}

/** A workload `hub-api` with one port; tests change what they are about. */
export function workload(changes: Partial<WorkloadReference> = {}): WorkloadReference {
  const selector = { 'app.kubernetes.io/component': 'api', 'app.kubernetes.io/name': 'hub' };
  return {
    app: 'hub',
    component: 'api',
    namespace: 'hub',
    kind: 'Deployment',
    name: 'hub-api',
    serviceAccount: 'hub-api',
    service: 'hub-api',
    ports: [{ name: 'http', port: 4000 }],
    labels: { ...selector, team: 'hub-team' },
    selector,
    ...changes,
  };
}

const registry = new URL('../../schemas/registry/', import.meta.url);
const schemas = createSchemaRegistry({
  read: (path) => {
    const file = new URL(path, registry);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  },
});

export interface Rendered {
  /** The objects as YAML, by kind. */
  readonly yaml: Readonly<Record<string, string>>;
  readonly kinds: readonly string[];
  readonly objects: readonly Manifest[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds constructs in a cdk8s Chart of their own; what comes out must pass the strict schema of its kind. */
export function render(build: (chart: Chart) => void): Rendered {
  const chart = new Chart(new App(), 'test');
  build(chart);
  const constructs = chart.node.findAll();
  const objects: Manifest[] = constructs.filter((each) => each instanceof ApiObject).map((each) => each.toJson());
  for (const each of objects) {
    const errors = schemas.validate('1.36', each);
    if (errors?.length !== 0)
      throw new Error(`${each.kind} ${each.metadata.name}: ${JSON.stringify(errors) ?? 'no schema'}`);
  }
  return {
    yaml: Object.fromEntries(objects.map((each) => [each.kind, toYaml(each)])),
    kinds: objects.map(({ kind }) => kind),
    objects,
    diagnostics: constructs.flatMap(reported),
  };
}

export function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** One line per finding: severity, code, message. */
export function lines(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}
