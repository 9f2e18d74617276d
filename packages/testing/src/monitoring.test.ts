import type { AlertingOptions, DeploymentOptions, RouteOptions } from '@fairlead/app';
import { defineApp } from '@fairlead/app';
import type { Cluster, MetricsImplementation } from '@fairlead/inventory';
import type { MonitoringIntentName } from '@fairlead/monitoring';
import { monitoringSupport } from '@fairlead/monitoring';
import { describe, expect, test } from 'vitest';
import type { RenderedApp } from './render-app.ts';
import { renderApp } from './render-app.ts';
import { testCluster } from './test-cluster.ts';

const implementations: readonly MetricsImplementation[] = [
  'prometheus-operator',
  'google-managed',
  'azure-managed',
  'annotations',
  'none',
];
/** What an app states; what the platform states is held by `packages/monitoring/src/platform.test.ts`. */
const intents = [
  'scrape',
  'standardAlerts',
  'requests',
  'ownRules',
  'connections',
  'probe',
  'routing',
  'dashboards',
] as const satisfies readonly MonitoringIntentName[];
type Intent = (typeof intents)[number];

function clusterOf(implementation: MetricsImplementation): Cluster {
  const site =
    implementation === 'google-managed'
      ? { provider: 'gke', region: 'europe-west1', account: 'example-project' }
      : implementation === 'azure-managed'
        ? { provider: 'aks', region: 'westeurope', account: '00000000-0000-4000-8000-000000000000' }
        : {};
  const group = '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/metrics';
  const metrics =
    implementation === 'azure-managed'
      ? { implementation, workspace: `${group}/providers/Microsoft.Monitor/accounts/fleet`, resourceGroup: 'metrics' }
      : { implementation };
  const ingress = { implementation: 'envoy-gateway', certificates: { source: 'cert-manager', name: 'letsencrypt' } };
  return testCluster({
    environment: { minimumReplicas: 1 },
    cluster: {
      ...site,
      network: { vpc: '10.20.0.0/16', loadBalancerSubnets: ['10.20.240.0/24'] },
      capabilities: { metrics, ingress },
    },
  });
}

interface Stated {
  readonly options?: Partial<DeploymentOptions>;
  readonly route?: Partial<RouteOptions>;
  readonly alerting?: AlertingOptions;
}

function shop(cluster: Cluster, { options, route, alerting }: Stated): RenderedApp {
  const app = defineApp({
    name: 'shop',
    owner: 'shop-team',
    build({ app }) {
      const web = app.deployment('web', { port: 8080, health: '/healthz', replicas: 1, ...options });
      if (route) app.route({ host: 'shop.example.com', to: { '/': web }, exposure: 'public', ...route });
      if (alerting) app.alerting(alerting);
    },
  });
  return renderApp(app, cluster);
}

const alerting: AlertingOptions = {
  receivers: {
    duty: { pager: { routingKey: { secret: 'pager', key: 'routing-key' } } },
    chat: { slack: { channel: '#shop', webhook: { secret: 'slack', key: 'url' } }, email: { to: 'shop@example.com' } },
  },
  routes: { page: 'duty', ticket: 'chat' },
};

const stating: Readonly<Record<Intent, Stated>> = {
  scrape: { options: { metrics: { path: '/stats', interval: '1m' } } },
  standardAlerts: {},
  requests: { options: { metrics: true, objective: { availability: 99.9 }, thresholds: { errorRate: 5 } } },
  ownRules: {
    options: {
      alerts: [
        {
          name: 'OrdersStuck',
          expression: 'sum by (namespace) (orders_open) > 100',
          severity: 'page',
          summary: 'Orders are stuck',
          description: 'More than a hundred orders are open.',
        },
      ],
    },
  },
  connections: { options: { metrics: true, connectionPool: true } },
  probe: { route: { probe: '/ready' } },
  routing: { alerting },
  dashboards: {},
};

const monitor = (apiVersion: string): [string, string] => [
  'ServiceMonitor',
  `apiVersion: ${apiVersion} kind: ServiceMonitor`,
];
const rules = (text: string) =>
  ({
    'prometheus-operator': ['PrometheusRule', text],
    'google-managed': ['Rules', text],
    'azure-managed': ['PrometheusRuleGroup', text],
  }) as const;
const dashboard = ['ConfigMap', 'name: shop-dashboard-overview'] as const;

/** The kind and a part of its YAML; a cell that is left out is a diagnostic, or nothing at all. */
const becomes: Readonly<Record<Intent, Partial<Record<MetricsImplementation, readonly [string, string]>>>> = {
  scrape: {
    'prometheus-operator': monitor('monitoring.coreos.com/v1'),
    'google-managed': ['PodMonitoring', 'path: /stats port: http selector:'],
    'azure-managed': monitor('azmonitoring.coreos.com/v1'),
    annotations: ['Deployment', 'prometheus.io/path: /stats prometheus.io/port: "8080" prometheus.io/scrape: "true"'],
  },
  standardAlerts: rules('alert: PodCrashLooping'),
  requests: rules('alert: HighErrorRate'),
  ownRules: rules('alert: OrdersStuck'),
  connections: rules('alert: ConnectionPoolNearLimit'),
  probe: { 'prometheus-operator': ['Probe', 'static: - https://shop.example.com/ready'] },
  routing: {
    'prometheus-operator': [
      'AlertmanagerConfig',
      'routes: - groupWait: 10s matchers: - name: severity matchType: "=" value: critical receiver: duty repeatInterval: 1h',
    ],
  },
  dashboards: {
    'prometheus-operator': dashboard,
    'google-managed': dashboard,
    'azure-managed': dashboard,
    annotations: dashboard,
  },
};

/** How a stack says that it cannot; what nobody stated is left out without a word. */
const refusals: Readonly<Record<Intent, RegExp | undefined>> = {
  scrape: /^warning metrics\/unsupported: shop\/web: its metrics: not watched there/,
  standardAlerts: undefined,
  requests: /^warning metrics\/unsupported: shop\/web: its objective.*: not watched there/,
  ownRules: /^warning metrics\/unsupported: shop\/web: alert OrdersStuck: not watched there/,
  connections: /^warning metrics\/unsupported: shop\/web: its connections.*: not watched there/,
  probe: /^info metrics\/unsupported: shop: its public routes are not probed there/,
  routing: /^info metrics\/unsupported: shop: routes of alerts are not made there/,
  dashboards: undefined,
};

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
const lines = ({ diagnostics }: RenderedApp): string[] =>
  diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

describe('everything that an app wants watched on every metrics stack', () => {
  const cells = intents.flatMap((intent) => implementations.map((implementation) => [intent, implementation] as const));
  test.each(cells)('%s on %s', (intent, implementation) => {
    const app = shop(clusterOf(implementation), stating[intent]);
    const cell = becomes[intent][implementation];
    expect(cell === undefined).toBe(monitoringSupport[intent][implementation].level === 'no');
    const refusal = refusals[intent];
    if (cell === undefined) {
      expect(lines(app)).toEqual(refusal ? [expect.stringMatching(refusal)] : []);
      return;
    }
    const [kind, text] = cell;
    expect(
      flat(
        app
          .all(kind)
          .map(({ metadata }) => app.yaml(kind, metadata.name))
          .join('\n'),
      ),
    ).toContain(text);
    expect(lines(app)).toEqual([]);
  });
});

describe('what is probed', () => {
  const cluster = clusterOf('prometheus-operator');
  const urls = (stated: Stated): string =>
    flat(
      shop(cluster, stated)
        .all('Probe')
        .map((each) => JSON.stringify(Object(each['spec']).targets.staticConfig.static))
        .join(),
    );
  const login = {
    issuer: 'https://id.example.com',
    clientId: 'shop',
    secret: 'login',
    endpoints: {
      authorization: 'https://id.example.com/a',
      token: 'https://id.example.com/t',
      userInfo: 'https://id.example.com/u',
    },
  } as const;
  test.each<[string, Stated, string]>([
    ['the health of what answers /', { route: {} }, '["https://shop.example.com/healthz"]'],
    [
      '/ itself where health is no path',
      { options: { health: { tcp: 'http' } }, route: {} },
      '["https://shop.example.com/"]',
    ],
    [
      'each host',
      { route: { host: ['shop.example.com', 'www.example.com'] } },
      '["https://shop.example.com/healthz","https://www.example.com/healthz"]',
    ],
    ['nothing that is not public', { route: { exposure: 'internal' } }, ''],
    ['nothing behind a login', { route: { authentication: login } }, ''],
    [
      'a stated path behind a login',
      { route: { authentication: login, probe: '/ping' } },
      '["https://shop.example.com/ping"]',
    ],
    ['nothing where nobody wants it', { route: { probe: false } }, ''],
  ])('%s', (_, stated, expected) => {
    expect(urls(stated)).toBe(expected);
  });
});

describe('what alerts and dashboards know of a workload', () => {
  const spotPool = { name: 'spot', cpu: '4', memory: '16Gi', max: 9, spot: true };
  const events = [{ source: 'cron', timezone: 'Etc/UTC', start: '0 8 * * *', end: '0 9 * * *', replicas: 3 }] as const;
  const cluster = testCluster({
    environment: { minimumReplicas: 1 },
    cluster: { nodePools: [spotPool], capabilities: { autoscaling: { keda: true } } },
  });
  const app = shop(cluster, {
    options: {
      metrics: true,
      replicas: { min: 2, max: 6, events },
      scheduling: { spot: true },
      counts: ['revenue_total'],
    },
  });
  const alerts = flat(app.yaml('PrometheusRule', 'shop-web'));

  test('that it runs on spot nodes, and what its autoscaler is called', () => {
    expect(lines(app)).toEqual([]);
    expect(alerts).toContain('alert: SpotChurn');
    expect(alerts).toContain('horizontalpodautoscaler="keda-hpa-shop-web"');
  });

  test('what it counts for the business', () => {
    expect(app.yaml('ConfigMap', 'shop-dashboard-overview')).toContain(
      String.raw`sum by (currency) (rate(revenue_total{namespace=\"shop\",job=\"shop-web\"}[$__rate_interval])) * 60`,
    );
  });

  test('a counter outside the contract, and one without metrics, are told', () => {
    expect(
      lines(
        shop(cluster, { options: { replicas: 2, scheduling: { spot: true }, counts: ['revenue' as 'revenue_total'] } }),
      ),
    ).toEqual([
      'error app/business-counter: workload "web" counts "revenue", which is not of the business contract',
      'error app/business-counter: workload "web" counts revenue and exports no metrics',
    ]);
  });
});

test('what a workload exports stands on it, for whoever judges the autoscalers that read it', () => {
  const app = shop(clusterOf('prometheus-operator'), {
    options: {
      metrics: { exports: ['queue_*', 'orders_pending'] },
      requests: { total: 'rpc_requests_total' },
      counts: ['revenue_total'],
    },
  });
  expect(app.yaml('Deployment', 'shop-web', '/metadata/annotations')).toContain(
    'fairlead.dev/exports: orders_pending,queue_*,revenue_total,rpc_requests_total\n',
  );
});

describe('what a namespace may use', () => {
  test('follows from the environment; whoever states nothing gets what the quota counts', () => {
    const app = shop(testCluster({ environment: { minimumReplicas: 1, quota: { 'limits.cpu': 8, pods: 20 } } }), {});
    expect(app.yaml('ResourceQuota', 'quota', '/spec')).toBe('hard:\n  limits.cpu: "8"\n  pods: "20"\n');
    expect(app.yaml('LimitRange', 'defaults', '/spec')).toBe(
      'limits:\n- default:\n    cpu: 400m\n    memory: 128Mi\n  defaultRequest:\n    cpu: 100m\n    memory: 128Mi\n  type: Container\n',
    );
  });

  test('is bounded as the environment says, with defaults that keep within the bounds', () => {
    const limits = {
      container: { min: { memory: '256Mi' }, max: { cpu: '300m', memory: '8Gi' }, maxLimitRequestRatio: { memory: 1 } },
      pod: { max: { memory: '16Gi' } },
      claim: { max: '100Gi' },
    };
    const app = shop(testCluster({ environment: { minimumReplicas: 1, limits } }), {});
    expect(app.all('ResourceQuota')).toEqual([]);
    expect(app.yaml('LimitRange', 'defaults', '/spec')).toBe(`limits:
- default:
    cpu: 300m
    memory: 256Mi
  defaultRequest:
    cpu: 100m
    memory: 256Mi
  max:
    cpu: 300m
    memory: 8Gi
  maxLimitRequestRatio:
    memory: "1"
  min:
    memory: 256Mi
  type: Container
- max:
    memory: 16Gi
  type: Pod
- max:
    storage: 100Gi
  type: PersistentVolumeClaim
`);
  });

  test('gives whoever states no limit of CPU the most there is, not less than some request', () => {
    const limits = { container: { max: { cpu: '8', memory: '8Gi' } } };
    const app = shop(testCluster({ environment: { minimumReplicas: 1, limits } }), {});
    expect(app.yaml('LimitRange', 'defaults', '/spec/limits/0/default')).toBe('cpu: "8"\nmemory: 128Mi\n');
  });

  test('may differ in one namespace, key by key', () => {
    const environment = {
      minimumReplicas: 1,
      quota: { 'requests.cpu': 8, pods: 20 },
      limits: { container: { defaultRequest: { memory: '64Mi' } } },
      namespaces: { shop: { quota: { pods: 5 }, limits: { container: { default: { memory: '192Mi' } } } } },
    };
    const app = shop(testCluster({ environment }), {});
    expect(app.yaml('ResourceQuota', 'quota', '/spec')).toBe('hard:\n  pods: "5"\n  requests.cpu: "8"\n');
    expect(app.yaml('LimitRange', 'defaults', '/spec')).toBe(
      'limits:\n- default:\n    memory: 192Mi\n  defaultRequest:\n    cpu: 100m\n    memory: 64Mi\n  type: Container\n',
    );
  });

  test('is everything where the environment has no quota', () => {
    const app = shop(clusterOf('none'), {});
    expect([...app.all('ResourceQuota'), ...app.all('LimitRange')]).toEqual([]);
  });
});

describe('an app that adds to whom its environment tells', () => {
  const adds = (capabilities: Readonly<Record<string, unknown>>, read = false): RenderedApp =>
    renderApp(
      defineApp({
        name: 'shop',
        owner: 'shop-team',
        build({ app }) {
          const chat = app.secret('chat', { keys: ['webhook'] });
          const env = read ? { env: { CHAT: chat.key('webhook') } } : {};
          app.deployment('web', { port: 8080, health: '/healthz', ...env });
          app.alerting({ receivers: { shop: { slack: { channel: '#shop', webhook: chat.key('webhook') } } } });
        },
      }),
      testCluster({ capabilities }),
    );
  const external = { secrets: { implementation: 'external-secrets', store: 'vault' } };

  test('gets the Secret with its keys into its own namespace', () => {
    const app = adds(external);
    expect(lines(app)).toEqual([]);
    expect(app.get('ExternalSecret', 'shop-chat').metadata.namespace).toBe('shop');
    expect(app.get('AlertmanagerConfig', 'shop-alerts')).toMatchObject({
      metadata: { namespace: 'shop' },
      spec: {
        route: { receiver: 'nobody', routes: [{ receiver: 'shop' }, { receiver: 'shop' }] },
        receivers: [{ name: 'shop', slackConfigs: [{ apiURL: { name: 'shop-chat', key: 'webhook' } }] }, {}],
      },
    });
  });

  test('is told where that Secret would not exist', () => {
    const vault = { secrets: { implementation: 'vault', address: 'https://vault.example.com:8200' } };
    expect(lines(adds(vault))).toEqual([
      'warning metrics/route: shop: receivers of alerts read secret "chat", and no workload of namespace shop does, so it does not exist there',
    ]);
    expect(lines(adds(vault, true))).toEqual([]);
  });
});
