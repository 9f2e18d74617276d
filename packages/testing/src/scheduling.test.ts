import type { DeploymentOptions, ImageResolver } from '@fairlead/app';
import { defineApp } from '@fairlead/app';
import type { Architecture, Cluster, IngressImplementation } from '@fairlead/inventory';
import { balancerDrainSeconds } from '@fairlead/workload';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { RenderedApp } from './render-app.ts';
import { renderApp } from './render-app.ts';
import { testCluster } from './test-cluster.ts';

const pool = { cpu: '4', memory: '16Gi', max: 9 };
const mixed = testCluster({
  environment: { minimumReplicas: 1 },
  cluster: {
    nodePools: [
      { name: 'intel', ...pool },
      { name: 'arm', ...pool, architecture: 'arm64' },
    ],
  },
  apps: { ledger: null },
});

function web(cluster: Cluster, options: Partial<DeploymentOptions>, images?: ImageResolver): RenderedApp {
  const app = defineApp({
    name: 'shop',
    owner: 'shop-team',
    build: ({ app }) => void app.deployment('web', { port: 8080, replicas: 1, ...options }),
  });
  return renderApp(app, cluster, images);
}

/** Images that are built for what the table says. */
function builtFor(platforms: Readonly<Record<string, readonly Architecture[]>>): ImageResolver {
  return (key) => ({ reference: `registry.example.com/${key}:1.0.0`, digest: false, platforms: platforms[key] });
}

const lines = ({ diagnostics }: RenderedApp): string[] =>
  diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

describe('pods run where all of their images run', () => {
  const init = [{ name: 'migrate', image: 'migrate' }];
  test.each<[string, Parameters<typeof builtFor>[0], readonly string[] | undefined]>([
    ['on both', { web: ['amd64', 'arm64'], migrate: ['amd64', 'arm64'] }, undefined],
    ['on what they have in common', { web: ['amd64', 'arm64'], migrate: ['arm64'] }, ['arm64']],
    ['on amd64 where one of them does not say', { web: ['arm64'] }, ['amd64']],
  ])('%s', (_, platforms, expected) => {
    const rendered = web(mixed, { init }, builtFor(platforms));
    const wanted = expected?.map((each) => `        - ${each}\n`).join('') ?? '';
    const affinity = rendered.get('Deployment', 'shop-web');
    expect(lines(rendered)).toEqual([]);
    if (expected === undefined) expect(affinity).not.toHaveProperty('spec.template.spec.affinity');
    else expect(rendered.yaml('Deployment', 'shop-web', '/spec/template/spec/affinity')).toContain(wanted.trim());
  });

  test('nowhere if they have nothing in common', () => {
    const rendered = web(mixed, { init }, builtFor({ web: ['amd64'], migrate: ['arm64'] }));
    expect(lines(rendered)).toEqual([
      'error scheduling/architecture: shop/web: its images are built for no architecture in common',
    ]);
  });
});

describe('neighbours are handles', () => {
  const shop = (strict: boolean, cluster: Cluster): RenderedApp =>
    renderApp(
      defineApp({
        name: 'shop',
        owner: 'shop-team',
        build({ app }) {
          const cache = app.deployment('cache', { replicas: 1 });
          const ledger = app.peer('ledger', 'api');
          app.deployment('web', {
            replicas: 1,
            scheduling: {
              together: [cache, { of: ledger, over: 'zone', strict }],
              apart: [{ of: cache, over: 'zone' }],
            },
          });
        },
      }),
      cluster,
    );

  test('of this app and of others, in the namespaces where they live', () => {
    const rendered = shop(true, mixed);
    expect(lines(rendered)).toEqual([]);
    expect(rendered.yaml('Deployment', 'shop-web', '/spec/template/spec/affinity/podAffinity')).toBe(`\
preferredDuringSchedulingIgnoredDuringExecution:
- podAffinityTerm:
    labelSelector:
      matchLabels:
        app.kubernetes.io/component: cache
        app.kubernetes.io/name: shop
    topologyKey: kubernetes.io/hostname
  weight: 100
requiredDuringSchedulingIgnoredDuringExecution:
- labelSelector:
    matchLabels:
      app.kubernetes.io/component: api
      app.kubernetes.io/name: ledger
  namespaces:
  - ledger
  topologyKey: topology.kubernetes.io/zone
`);
  });

  test('one that must be near and is not on the cluster is told', () => {
    const elsewhere = testCluster({ environment: { minimumReplicas: 1 } });
    expect(lines(shop(false, elsewhere))).toEqual([]);
    expect(lines(shop(true, elsewhere))).toEqual([
      'error scheduling/no-neighbour: workload "web" must run together with ledger/api, and app "ledger" is not on the cluster',
    ]);
  });
});

test('devices are asked for by the main container alone, as request and as limit', () => {
  const rendered = web(testCluster({ environment: { minimumReplicas: 1 } }), {
    init: [{ name: 'warm', image: 'warm' }],
    scheduling: { devices: { 'nvidia.com/gpu': 2 }, priority: 'batch' },
  });
  const spec = rendered.yaml('Deployment', 'shop-web', '/spec/template/spec');
  expect(spec.match(/nvidia\.com\/gpu: "2"/g)).toHaveLength(2);
  expect(spec).toContain('priorityClassName: batch\n');
});

describe('the time that a load balancer gives to requests', () => {
  const route = (cluster: Cluster, graceSeconds: number): RenderedApp => {
    const app = defineApp({
      name: 'shop',
      owner: 'shop-team',
      build({ app }) {
        const web = app.deployment('web', { port: 8080, health: '/health', replicas: 1, graceSeconds });
        app.route({ host: 'shop.example.com', to: { '/': web }, exposure: 'public' });
      },
    });
    return renderApp(app, cluster);
  };
  const eks = testCluster({ environment: { minimumReplicas: 1 } });

  const google = { provider: 'gke', region: 'europe-west1', account: 'example-project' };
  const azure = { provider: 'aks', region: 'westeurope', account: '00000000-0000-4000-8000-000000000000' };
  const issuer = { source: 'cert-manager', name: 'letsencrypt' };
  const arn = { name: 'arn:aws:acm:eu-west-1:111122223333:certificate/970d0c71-0003-4a3a-8b3b-0123456789ab' };

  // Pods drain for 15 s and then get 30 s; on spot nodes all of it has to fit into the cloud's notice, and on GKE into half of it.
  test.each<[IngressImplementation, object, object, string, string | RegExp, number, number]>([
    ['alb', {}, arn, 'Ingress', 'deregistration_delay.timeout_seconds=30', 15, 45],
    [
      'alb-gateway',
      {},
      arn,
      'TargetGroupConfiguration',
      /deregistration_delay.timeout_seconds\n\s+value: "30"/,
      15,
      45,
    ],
    ['gke-gateway', google, { name: 'certificates' }, 'GCPBackendPolicy', 'drainingTimeoutSec: 30', 10, 30],
    ['gke-ingress', google, { name: 'certificates' }, 'BackendConfig', 'drainingTimeoutSec: 30', 10, 30],
    ['aks-approuting', azure, issuer, 'HTTPRoute', '', 15, 30],
    ['envoy-gateway', { provider: 'onprem', region: 'berlin', account: 'berlin-1' }, issuer, 'HTTPRoute', '', 15, 45],
  ])(
    '%s: what the adapter sets, a preStop, and an end in time',
    (implementation, site, certificates, kind, sets, drain, grace) => {
      const cluster = testCluster({
        environment: { minimumReplicas: 1 },
        cluster: {
          ...site,
          capabilities: { ingress: { implementation, certificates } },
          nodePools: [{ name: 'spot', cpu: 4, memory: '16Gi', max: 4, spot: true }],
        },
      });
      const rendered = renderApp(
        defineApp({
          name: 'shop',
          owner: 'shop-team',
          build({ app }) {
            const scheduling = { spot: true } as const;
            const web = app.deployment('web', { port: 8080, health: '/health', replicas: 2, scheduling });
            app.route({ host: 'shop.example.com', to: { '/': web }, minimumTls: '1.2' });
          },
        }),
        cluster,
      );
      const objects = rendered.all(kind).map((each) => stringify(each));
      expect(objects.join()).toMatch(sets);
      expect(/drain|deregistration/.test(objects.join())).toBe(balancerDrainSeconds[implementation] > 0);
      const pod = rendered.yaml('Deployment', 'shop-web', '/spec/template/spec');
      expect(pod).toContain(`terminationGracePeriodSeconds: ${grace}\n`);
      expect(pod.replaceAll(/\s+/g, ' ')).toContain(`preStop: sleep: seconds: ${drain} `);
    },
  );

  test('is not cut short by the end of a pod behind it', () => {
    expect(lines(route(eks, 15))).toEqual([]);
    expect(lines(route(eks, 10))).toEqual([
      'warning scheduling/grace-below-draining: shop/web: its pods end within 25 s, and the load balancer lets requests end on them for 30 s',
    ]);
  });
});
