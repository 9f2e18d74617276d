import { sampleCluster, sampleOwner, sampleWorkload } from '@fairlead/fixtures';
import type { Cluster, IngressCapability, IngressImplementation, Provider } from '@fairlead/inventory/model';
import { reported } from '@fairlead/objects/report';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { Ingress } from '../src/ingress.ts';
import type { Route } from '../src/route.ts';

/** A capability as a cluster file states it, with all that routes can ask for, per implementation. */
const capability: Readonly<Record<IngressImplementation, IngressCapability>> = {
  alb: {
    implementation: 'alb',
    class: 'alb',
    certificates: { source: 'acm' },
    firewall: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/abc',
    accessLogs: { bucket: 'example-logs' },
    sources: [],
  },
  'alb-gateway': {
    implementation: 'alb-gateway',
    class: 'alb',
    certificates: { source: 'acm', name: 'arn:aws:acm:eu-west-1:111122223333:certificate/abc' },
    firewall: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/abc',
    accessLogs: { bucket: 'example-logs' },
    sources: [],
  },
  'gke-gateway': {
    implementation: 'gke-gateway',
    class: 'gke-l7-global-external-managed',
    internalClass: 'gke-l7-rilb',
    certificates: { source: 'google-managed', name: 'web', internalName: 'web-internal' },
    tlsPolicy: 'modern',
    firewall: 'edge',
    sources: [],
  },
  'gke-ingress': {
    implementation: 'gke-ingress',
    class: 'gce',
    certificates: { source: 'cert-manager', name: 'letsencrypt' },
    tlsPolicy: 'modern',
    firewall: 'edge',
    sources: [],
  },
  'aks-approuting': {
    implementation: 'aks-approuting',
    class: 'approuting-istio',
    certificates: {
      source: 'key-vault',
      name: 'https://example.vault.azure.net/certificates/web',
      identity: '00000000-0000-4000-8000-000000000001',
    },
    firewall: '00000000-0000-4000-8000-00000000f00d',
    sources: [],
  },
  'envoy-gateway': {
    implementation: 'envoy-gateway',
    class: 'eg',
    internalClass: 'eg-internal',
    certificates: { source: 'cert-manager', name: 'letsencrypt' },
    firewall: 'registry.example.com/coraza-proxy-wasm:0.6.0',
    sources: [],
  },
  nginx: {
    implementation: 'nginx',
    class: 'nginx',
    internalClass: 'nginx-internal',
    certificates: { source: 'cert-manager', name: 'letsencrypt' },
    sources: [],
  },
};

const provider: Readonly<Record<IngressImplementation, Provider>> = {
  alb: 'eks',
  'alb-gateway': 'eks',
  'gke-gateway': 'gke',
  'gke-ingress': 'gke',
  'aks-approuting': 'aks',
  'envoy-gateway': 'onprem',
  nginx: 'onprem',
};

/** A staging cluster with an ingress implementation, changed where a test says so. */
export function clusterOf(
  implementation: IngressImplementation,
  ingress: Partial<IngressCapability> = {},
  more: { environment?: string; kubernetes?: string; dns?: 'external-dns' | 'none'; provider?: Provider } = {},
): Cluster {
  const on = more.provider ?? provider[implementation];
  return sampleCluster({
    name: `${on}-staging`,
    provider: on,
    environment: { name: more.environment ?? 'staging' },
    kubernetes: more.kubernetes ?? '1.34',
    network: {
      vpc: ['10.0.0.0/16'],
      pods: ['10.0.0.0/16'],
      services: ['172.20.0.0/16'],
      nodes: ['10.0.0.0/16'],
      controlPlane: [],
      loadBalancerSubnets: [{ cidr: '10.0.0.0/24' }, { cidr: '10.0.1.0/24' }],
    },
    capabilities: {
      ingress: { ...capability[implementation], ...ingress },
      networkPolicy: { implementation: 'cilium', fqdn: 'none', dns: { apps: ['kube-dns'], cidrs: [] }, metadata: [] },
      dns: { implementation: more.dns ?? 'none' },
    },
  });
}

export const owner = sampleOwner;
export const web = sampleWorkload({ component: 'web' });
export const api = sampleWorkload();

/** The smallest route; a test adds the one intent it is about. */
export function route(more: Partial<Route> = {}): Route {
  return { hosts: ['shop.example.com'], paths: [{ path: '/', to: [{ workload: web, health: '/ready' }] }], ...more };
}

/** Renders a route in a cdk8s chart: its objects, and its diagnostics as `code: message`. */
export function render(cluster: Cluster, given: Route = route()) {
  const chart = new Chart(Testing.app(), 'chart');
  const ingress = new Ingress(chart, 'route', { cluster, owner, namespace: 'shop', name: 'shop', route: given });
  // Not Chart.toJson, which throws where a diagnostic is reported.
  const objects = ingress.node
    .findAll()
    .filter((each) => ApiObject.isApiObject(each))
    .map((each): Record<string, unknown> => {
      const { metadata, ...rest } = each.toJson();
      const { labels: _, ...shown } = metadata;
      return { apiVersion: rest.apiVersion, kind: rest.kind, metadata: shown, ...rest };
    });
  return { objects, diagnostics: reported(ingress) };
}

/** The objects as YAML documents, without labels, which one test of their own covers. */
export function yamlOf(cluster: Cluster, given: Route = route()): string {
  const { objects, diagnostics } = render(cluster, given);
  if (diagnostics.length > 0) throw new Error(diagnostics.map((each) => each.message).join('\n'));
  return objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}
