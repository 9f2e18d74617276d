import { describe, expect, test } from 'vitest';
import { loadInventory } from './load-inventory.ts';

const eks = 'provider: eks\nregion: eu-west-1\naccount: "111122223333"';
const gke = 'provider: gke\nregion: europe-west1\naccount: example-project';

const load = (...lines: string[]) => loadOn(eks, ...lines);

function loadOn(provider: string, ...lines: string[]) {
  const text = [provider, 'environment: dev', 'kubernetes: "1.36"', 'domain: dev.example.com', ...lines, ''].join('\n');
  return loadInventory({
    clusters: [{ file: 'clusters/a.yaml', text }],
    environments: [{ file: 'environments/dev.yaml', text: 'order: 1\nquota:\n  requests.cpu: 4\n' }],
    repository: 'https://git.example.com/fleet.git',
  });
}

const issuer = '{ issuer: https://oidc.example.com/a }';

test('each value names the line, the default or the value that it comes from', () => {
  const inventory = load(
    'delivery: flux',
    'network:',
    '  vpc: 10.1.0.0/16',
    `capabilities: { identity: ${issuer}, secrets: aws }`,
  );
  const explain = (path: string) =>
    inventory
      .explain('a', path)
      ?.split('\n')
      .map((line) => line.replaceAll(/ {2,}/g, ' | '));
  expect(explain('delivery')).toEqual([
    'delivery.revision | "main" | default',
    'delivery.engine | "flux" | clusters/a.yaml:7',
    'delivery.namespace | "flux-system" | default of delivery flux',
    'delivery.repository | "https://git.example.com/fleet.git" | package.json',
  ]);
  expect(explain('network.pods')).toEqual(['network.pods | ["10.1.0.0/16"] | derived from network.vpc']);
  expect(explain('capabilities.secrets.implementation')).toEqual([
    'capabilities.secrets.implementation | "aws" | clusters/a.yaml:10',
  ]);
  expect(explain('capabilities.storage.blockDriver')).toEqual([
    'capabilities.storage.blockDriver | "ebs.csi.aws.com" | default of provider eks',
  ]);
  expect(explain('capabilities.ingress.class')).toEqual([
    'capabilities.ingress.class | "alb" | default of ingress alb',
  ]);
  expect(explain('environment.quota')).toEqual(['environment.quota.requests.cpu | "4" | environments/dev.yaml:3']);
  expect(explain('environment.name')).toEqual(['environment.name | "dev" | clusters/a.yaml:4']);
});

test('columns are aligned and a path that leads nowhere explains nothing', () => {
  const inventory = load('delivery: argocd', `capabilities: { identity: ${issuer} }`);
  const lines = inventory.explain('a', 'delivery')?.split('\n') ?? [];
  expect(new Set(lines.map((line) => line.indexOf('"')))).toHaveProperty('size', 1);
  expect(inventory.explain('a', 'deliver')).toBeUndefined();
  expect(inventory.explain('b')).toBeUndefined();
});

test('a chosen implementation brings its own defaults, not those of the one it replaces', () => {
  const [cluster] = load(
    'delivery: argocd',
    `capabilities: { identity: ${issuer}, ingress: envoy-gateway, networkPolicy: cilium }`,
  ).clusters;
  expect(cluster?.capabilities.ingress).toEqual({
    implementation: 'envoy-gateway',
    class: 'envoy',
    certificates: { source: 'cert-manager' },
    proxyNamespace: 'envoy-gateway-system',
    sources: [],
  });
  expect(cluster?.capabilities.networkPolicy.fqdn).toBe('cilium');
});

describe('namespaces that are there', () => {
  const identity = `capabilities: { identity: ${issuer} }`;
  const system = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

  test('those of the provider, of its delivery engine and of its metrics, with what brings them', () => {
    const { clusters, explain } = loadOn(gke, 'delivery: flux', identity);
    expect(clusters[0]?.offers.namespaces).toEqual([...system, 'flux-system', 'gmp-public', 'gmp-system']);
    expect(explain('a', 'offers.namespaces')).toMatch(
      /"flux-system".* default of provider gke, delivery flux, metrics google-managed$/m,
    );
  });

  test('what a file offers comes on top', () => {
    const offers = 'offers: { namespaces: [monitoring] }';
    const [cluster] = load('delivery: argocd', identity, offers).clusters;
    expect(cluster?.offers.namespaces).toEqual([...system, 'argocd', 'monitoring']);
  });

  test('none of an engine that was put elsewhere, which the file then offers', () => {
    const [cluster] = load('delivery: { engine: argocd, namespace: gitops }', identity).clusters;
    expect(cluster?.offers.namespaces).toEqual(system);
  });

  test('none of a stack that somebody has installed', () => {
    const [cluster] = loadOn(gke, 'delivery: flux', identity).clusters;
    expect(cluster?.offers.namespaces).not.toContain('monitoring');
    expect(load('delivery: flux', identity).clusters[0]?.offers.namespaces).toEqual([...system, 'flux-system']);
  });
});

test('DNS is found at the tenth Service address and load balancers in their subnets', () => {
  const [cluster] = load(
    'delivery: argocd',
    'network: { services: 172.20.0.0/16, loadBalancerSubnets: [10.1.0.0/24] }',
    `capabilities: { identity: ${issuer} }`,
  ).clusters;
  expect(cluster?.capabilities.networkPolicy.dns.cidrs).toEqual(['172.20.0.10/32']);
  expect(cluster?.capabilities.ingress.sources).toEqual(['10.1.0.0/24']);
});

test.each([
  [
    'apps: [shop, cart]',
    [
      { name: 'shop', values: {} },
      { name: 'cart', values: {} },
    ],
  ],
  [
    'apps: { shop: , cart: { values: { replicas: 2 } } }',
    [
      { name: 'shop', values: {} },
      { name: 'cart', values: { replicas: 2 } },
    ],
  ],
])('%s', (line, apps) => {
  const { clusters } = load('delivery: argocd', `capabilities: { identity: ${issuer} }`, line);
  expect(clusters[0]?.apps).toEqual(apps);
});

test.each([
  [
    'gke',
    ['provider: gke', 'region: europe-west1', 'account: example-project', 'capabilities: { secrets: gcp }'],
    {
      ingress: 'gke-gateway',
      identity: 'gke-workload-identity',
      networkPolicy: 'dataplane-v2',
      metrics: 'google-managed',
    },
  ],
  [
    'aks',
    ['provider: aks', 'region: westeurope', 'account: 00000000-1111-2222-3333-444455556666'],
    {
      ingress: 'aks-approuting',
      identity: 'azure-workload-identity',
      networkPolicy: 'azure-cilium',
      metrics: 'azure-managed',
    },
  ],
  [
    'onprem',
    ['provider: onprem', 'region: frankfurt', 'account: fra1'],
    { ingress: 'envoy-gateway', identity: 'none', networkPolicy: 'calico', metrics: 'prometheus-operator' },
  ],
])('a cluster on %s needs to say little', (_provider, lines, expected) => {
  const text = [
    ...lines,
    'environment: dev',
    'kubernetes: "1.35"',
    'domain: dev.example.com',
    'delivery: argocd',
    '',
  ].join('\n');
  const { clusters, diagnostics } = loadInventory({
    clusters: [{ file: 'clusters/a.yaml', text }],
    environments: [{ file: 'environments/dev.yaml', text: 'order: 1\n' }],
    repository: 'https://git.example.com/fleet.git',
  });
  expect(diagnostics).toEqual([]);
  const { ingress, identity, networkPolicy, metrics } = clusters[0]?.capabilities ?? expect.fail('no cluster');
  expect({
    ingress: ingress.implementation,
    identity: identity.implementation,
    networkPolicy: networkPolicy.implementation,
    metrics: metrics.implementation,
  }).toEqual(expected);
});
