import { type AppBuilder, defineApp } from '@fairlead/app';
import { renderPlacement } from '@fairlead/render';
import { describe, expect, test } from 'vitest';
import { renderApp, testCluster } from './index.ts';

const cluster = testCluster();
const shop = (build: (app: AppBuilder) => unknown) =>
  defineApp({ name: 'shop', owner: 'shop-team', build: ({ app }) => void build(app) });
const rendered = (build: (app: AppBuilder) => unknown) => renderApp(shop(build), cluster);

describe('a clustered StatefulSet', () => {
  const app = rendered((app) => {
    const queue = app.statefulSet('queue', {
      ports: { client: 9092, controller: 9093 },
      health: { tcp: 'client' },
      replicas: 3,
      clustered: true,
      env: { VOTERS: { field: 'metadata.name' } },
    });
    app.deployment('api', { port: 80, health: '/', config: { FIRST: queue.replica(0) }, calls: [queue.on('client')] });
  });

  test('starts its members together, which find one another before they are ready', () => {
    expect(app.diagnostics).toEqual([]);
    expect(app.get('StatefulSet', 'shop-queue')).toMatchObject({
      spec: { podManagementPolicy: 'Parallel', serviceName: 'shop-queue-peers' },
    });
    expect(app.get('Service', 'shop-queue-peers')).toMatchObject({
      spec: { clusterIP: 'None', publishNotReadyAddresses: true },
    });
    expect(app.get('Service', 'shop-queue')).not.toHaveProperty('spec.publishNotReadyAddresses');
    expect(app.yaml('ConfigMap', 'shop-api-config', '/data/FIRST')).toBe('shop-queue-0.shop-queue-peers.shop.svc\n');
  });

  test('lets members talk on all ports, and clients on the one that they name', () => {
    const [queue, api] = ['StatefulSet/shop-queue', 'Deployment/shop-api'];
    expect([app.reaches(queue, queue, 9092), app.reaches(queue, queue, 9093)]).toEqual([true, true]);
    expect([app.reaches(api, queue, 9092), app.reaches(api, queue, 9093)]).toEqual([true, false]);
  });

  test('is scraped once: a monitor selects the Service of clients alone', () => {
    expect(app.get('Service', 'shop-queue-peers').metadata.labels).toMatchObject({
      'app.kubernetes.io/component': 'queue-peers',
    });
  });
});

test('a workload by one of its ports has the address of that port, and a port that there is not is told', () => {
  const app = rendered((app) => {
    const search = app.statefulSet('search', { ports: { http: 9200, transport: 9300 }, health: '/', replicas: 2 });
    app.deployment('web', { config: { BOTH: search.url(), SECOND: search.on('transport').url('', 'tcp') } });
    search.on('transprot');
  });
  expect(app.get('ConfigMap', 'shop-web-config')).toMatchObject({
    data: { BOTH: 'http://shop-search.shop.svc:9200', SECOND: 'tcp://shop-search.shop.svc:9300' },
  });
  expect(app.diagnostics.map(({ message, hint }) => `${message}: ${hint}`)).toEqual([
    'workload "search": it has no port "transprot": did you mean "transport"? known: http, transport',
  ]);
});

test('a secret with any keys can be mounted, and all of its keys can be variables at once', () => {
  const app = rendered((app) => {
    const key = app.secret('deploy-key', { keys: ['ssh', 'known_hosts'] });
    const login = app.secret('login', { keys: ['DB_USER', 'DB_PASSWORD'] });
    app.deployment('web', { secretFiles: { '/etc/git': key }, env: login.all() });
  });
  expect(app.diagnostics).toEqual([]);
  expect(app.yaml('Deployment', 'shop-web', '/spec/template/spec/containers/0/env')).toBe(
    `- name: DB_PASSWORD
  valueFrom:
    secretKeyRef:
      name: shop-login
      key: DB_PASSWORD
- name: DB_USER
  valueFrom:
    secretKeyRef:
      name: shop-login
      key: DB_USER
`,
  );
});

test('what others in the cluster read is added, and takes nothing from what Fairlead writes', () => {
  const app = rendered((app) =>
    app.deployment('web', {
      port: 80,
      health: '/',
      metadata: {
        podAnnotations: { 'sidecar.istio.io/inject': 'false' },
        podLabels: { tier: 'edge', 'app.kubernetes.io/name': 'mine' },
        serviceAnnotations: { 'zuul/route-path': 'shop' },
      },
    }),
  );
  expect(app.get('Deployment', 'shop-web')).toMatchObject({
    spec: {
      template: {
        metadata: {
          annotations: { 'sidecar.istio.io/inject': 'false' },
          labels: { tier: 'edge', 'app.kubernetes.io/name': 'shop' },
        },
      },
    },
  });
  expect(app.get('Service', 'shop-web').metadata.annotations).toMatchObject({ 'zuul/route-path': 'shop' });
});

test('a fault of a route is told where the route is stated', () => {
  const first = (app: AppBuilder): void =>
    app.route({
      host: 'shop.example.com',
      to: { '/': app.deployment('web', { port: 80, health: '/' }) },
      maximumBodySize: '1Mi',
    });
  const second = (app: AppBuilder): void =>
    app.route({ name: 'jobs', host: 'jobs.example.com', to: { '/': app.deployment('jobs') } });
  const states = shop((app) => [first(app), second(app)]);
  const place = ({ stack = '' }: { stack?: string }) => ({
    line: 1,
    column: 1,
    file: /at (first|second) /.exec(stack)?.[1] ?? 'elsewhere',
  });
  const { diagnostics } = renderPlacement(states, cluster, () => undefined, place);
  const routes = diagnostics.filter(({ message }) => message.startsWith('route '));
  expect(routes.map(({ code, file }) => [code, file])).toEqual(
    expect.arrayContaining([
      ['ingress/unsupported-intent', 'first'],
      ['app/connection-without-port', 'second'],
    ]),
  );
});

test('hosts that the network cannot name are told once, however many reach them, with the line of the cluster file', () => {
  const app = rendered((app) => {
    const github = app.external('github', { hosts: ['github.com'], port: 22 });
    for (const name of ['indexer', 'persister']) app.deployment(name, { calls: [github] });
  });
  expect(app.diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
    [
      'app/hosts-not-supported',
      expect.stringContaining('stores: { shop/github: { host: github.com, port: 22, cidrs: [ … ] } }'),
    ],
  ]);
});

describe('a sidecar', () => {
  const web = (app: AppBuilder) =>
    app.deployment('web', {
      port: 8080,
      health: '/',
      init: [
        { name: 'migrate', image: 'web', command: ['migrate'] },
        { name: 'proxy', image: 'proxy', env: {}, sidecar: true, health: { tcp: 5432 } },
      ],
    });

  test('starts in its place among the init containers, and stays', () => {
    expect(rendered(web).diagnostics).toEqual([]);
    const { spec } = rendered(web).get('Deployment', 'shop-web') as unknown as {
      spec: { template: { spec: { initContainers: object[] } } };
    };
    const [migrate, proxy] = spec.template.spec.initContainers;
    expect(migrate).not.toHaveProperty('restartPolicy');
    expect(proxy).toMatchObject({ restartPolicy: 'Always', startupProbe: { tcpSocket: { port: 5432 } } });
  });

  test('is refused where Kubernetes would wait for its end', () => {
    const old = renderApp(shop(web), testCluster({ cluster: { kubernetes: '1.28' } }));
    expect(old.diagnostics.map(({ message }) => message)).toEqual([
      'workload "web" has a sidecar, which Kubernetes 1.28 of cluster "test" would run to its end first',
    ]);
  });
});

test('an image without a digest is told by the app alone, where one is demanded', () => {
  const web = shop((app) => app.deployment('web', { image: 'registry.example.com/web:1.0.0' }));
  const app = renderApp(web, testCluster({ environment: { images: 'digest' } }));
  expect(app.diagnostics.map(({ code }) => code)).toEqual(['app/image-without-digest']);
  // What the verdict would tell a second time.
  expect(app.yaml('Deployment', 'shop-web')).not.toMatch(/image: \S+:1\.0\.0$/m);
});

test('an environment keeps single namespaces for other people, and at another level of Pod Security', () => {
  const environment = {
    access: { admin: 'platform', deploy: 'developers', readOnly: 'engineering' },
    podSecurity: 'restricted',
    namespaces: { agents: { access: { admin: ['node-team', 'platform'] }, podSecurity: 'privileged' } },
  };
  const app = renderApp(
    shop((app) => {
      app.namespace('agents');
      app.deployment('web');
    }),
    testCluster({ environment }),
  );
  expect(app.diagnostics).toEqual([]);
  const admins = app.all('RoleBinding').filter(({ metadata }) => metadata.name === 'shop-admin-admin');
  expect(
    admins.map((each) => [
      each.metadata.namespace,
      (each as unknown as { subjects: { name: string }[] }).subjects.map(({ name }) => name),
    ]),
  ).toEqual([
    ['agents', ['node-team', 'platform']],
    ['shop', ['platform']],
  ]);
  const levels = app
    .all('Namespace')
    .map(({ metadata }) => [metadata.name, metadata.labels?.['pod-security.kubernetes.io/enforce']]);
  expect(levels).toEqual([
    ['agents', 'privileged'],
    ['shop', 'restricted'],
  ]);
});

describe('a DaemonSet', () => {
  const agent = (everyNode: boolean) =>
    shop((app) =>
      app.daemonSet('agent', {
        port: 2020,
        health: '/api/v1/health',
        everyNode,
        volumes: [
          {
            volume: { name: 'logs', hostPath: { path: '/var/log' } },
            mounts: [{ name: 'logs', mountPath: '/var/log', readOnly: true }],
          },
        ],
      }),
    );
  const spot = { name: 'spot', cpu: '4', memory: '16Gi', architecture: 'amd64', spot: true, max: 3 };
  const taints = [{ key: 'example.com/spot', value: 'true', effect: 'NoSchedule' }];
  const on = testCluster({ cluster: { nodePools: [{ ...spot, taints }] } });

  test('runs on spot nodes too, has alerts, and no budget or number of replicas', () => {
    const app = renderApp(agent(false), on);
    expect(app.diagnostics).toEqual([]);
    expect(app.manifests.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['DaemonSet', 'PrometheusRule']));
    expect(app.all('PodDisruptionBudget')).toEqual([]);
    expect(app.get('DaemonSet', 'shop-agent')).not.toHaveProperty('spec.replicas');
    expect(app.yaml('DaemonSet', 'shop-agent', '/spec/template/spec/tolerations')).toBe(
      '- effect: NoSchedule\n  key: example.com/spot\n  operator: Equal\n  value: "true"\n',
    );
    expect(app.get('DaemonSet', 'shop-agent')).not.toHaveProperty('spec.template.spec.affinity');
  });

  test('runs on nodes that are kept for others where it says so', () => {
    const app = renderApp(agent(true), on);
    expect(app.yaml('DaemonSet', 'shop-agent', '/spec/template/spec/tolerations')).toBe('- operator: Exists\n');
  });
});
