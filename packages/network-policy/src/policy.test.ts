import type { Cluster } from '@fairlead/inventory';
import { loadInventory } from '@fairlead/inventory';
import type { Manifest, Peer, WorkloadReference } from '@fairlead/objects';
import { selectorLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { reported } from '@fairlead/objects/report';
import { App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { nodeDns } from './node-dns.ts';
import { WorkloadPolicy } from './policy.ts';
import { createReachability } from './reachability.ts';

function cluster(networkPolicy: Record<string, unknown> = {}): Cluster {
  const file = {
    provider: 'onprem',
    region: 'dc-1',
    account: 'dc-1',
    environment: 'staging',
    kubernetes: '1.34',
    delivery: 'flux',
    domain: 'example.com',
    network: { vpc: '10.0.0.0/16', services: '10.96.0.0/16' },
    capabilities: { networkPolicy },
    apps: {},
  };
  const environment = { order: 1, images: 'tag', podSecurity: 'restricted', minimumReplicas: 1 };
  const { clusters, diagnostics } = loadInventory({
    clusters: [{ file: 'clusters/test.yaml', text: JSON.stringify(file) }],
    environments: [{ file: 'environments/staging.yaml', text: JSON.stringify(environment) }],
    repository: 'https://github.com/example/fairlead.git',
  });
  const [first] = clusters;
  if (!first) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return first;
}

const web: WorkloadReference = {
  app: 'shop',
  component: 'web',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'shop-web',
  serviceAccount: 'shop-web',
  ports: [{ name: 'http', port: 8080 }],
  labels: {},
  selector: selectorLabels('shop', 'web'),
};

function rendered(on: Cluster, egress: readonly { peer: Peer; ports: readonly { port: number }[] }[]) {
  const chart = new Chart(new App(), 'chart');
  const policy = new WorkloadPolicy(chart, 'policy', { cluster: on, workload: web, ingress: [], egress });
  return {
    manifests: policy.node
      .findAll()
      .flatMap((each) => (each instanceof KubernetesObject ? [each.toJson() as unknown as Manifest] : [])),
    diagnostics: reported(policy),
  };
}

test('equal ports become one rule, each peer once, and DNS is always there', () => {
  const api: Peer = { namespace: 'shop', selector: selectorLabels('shop', 'api') };
  const { manifests } = rendered(cluster(), [
    { peer: api, ports: [{ port: 4000 }] },
    { peer: { cidrs: ['10.1.0.0/24'], except: ['10.1.0.128/25'] }, ports: [{ port: 4000 }] },
    { peer: api, ports: [{ port: 4000 }] },
    { peer: { namespace: 'queue' }, ports: [{ port: 5672 }] },
  ]);
  const { egress } = manifests[0]?.['spec'] as { egress: { ports: unknown; to: unknown }[] };
  const [dns, ...rules] = egress;
  expect(dns?.ports).toEqual([
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ]);
  expect(rules).toEqual([
    {
      ports: [{ port: 4000, protocol: 'TCP' }],
      to: [
        { ipBlock: { cidr: '10.1.0.0/24', except: ['10.1.0.128/25'] } },
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
          podSelector: { matchLabels: selectorLabels('shop', 'api') },
        },
      ],
    },
    {
      ports: [{ port: 5672, protocol: 'TCP' }],
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'queue' } } }],
    },
  ]);
  const reach = createReachability([
    ...manifests,
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop', labels: web.selector } },
  ]);
  expect(reach.reach('shop/Pod/web', '10.1.0.5', { port: 4000 }).allowed).toBe(true);
  expect(reach.reach('shop/Pod/web', '10.1.0.200', { port: 4000 }).allowed).toBe(false);
});

test.each([
  ['cilium', { implementation: 'cilium', fqdn: 'cilium' }, ['NetworkPolicy', 'CiliumNetworkPolicy'], []],
  ['none', { implementation: 'calico', fqdn: 'none' }, ['NetworkPolicy'], ['app/hosts-not-supported']],
])('hosts by name where the network knows %s', (_, networkPolicy, kinds, codes) => {
  const { manifests, diagnostics } = rendered(cluster(networkPolicy), [
    { peer: { hosts: ['api.example.com', '*.example.org'] }, ports: [{ port: 443 }] },
  ]);
  expect(manifests.map(({ kind }) => kind)).toEqual(kinds);
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
});

test('AKS with LocalDNS resolves names on the node, which no address block names there', () => {
  const dns = { apps: ['kube-dns'], cidrs: ['169.254.10.10/32'] };
  const aks = (implementation: string, cidrs: readonly string[]): Cluster => {
    const base = cluster();
    const networkPolicy = {
      ...base.capabilities.networkPolicy,
      implementation: implementation as 'calico',
      dns: { ...dns, cidrs },
    };
    return { ...base, capabilities: { ...base.capabilities, networkPolicy } };
  };
  expect(nodeDns(aks('azure-cilium', dns.cidrs), 'shop', {})?.['spec']).toMatchObject({
    egress: [{ toEntities: ['host'] }, { toCIDR: ['169.254.10.10/32'] }],
    endpointSelector: {},
  });
  expect(nodeDns(aks('azure-cilium', []), 'shop', {})).toBeUndefined();
  expect(nodeDns(aks('calico', dns.cidrs), 'shop', {})).toBeUndefined();
});
