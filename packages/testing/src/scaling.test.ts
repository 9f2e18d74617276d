import type { DeploymentOptions, SingleJobOptions } from '@fairlead/app';
import { defineApp } from '@fairlead/app';
import type { ScalingColumn, ScalingIntent } from '@fairlead/autoscaling';
import { scalingColumns, scalingIntents, scalingSupport } from '@fairlead/autoscaling';
import type { Cluster } from '@fairlead/inventory';
import { describe, expect, test } from 'vitest';
import type { RenderedApp } from './render-app.ts';
import { renderApp } from './render-app.ts';
import { testCluster } from './test-cluster.ts';

const providers = Object.keys(scalingColumns) as ScalingColumn[];
// Nodes are no matter of an app; `packages/autoscaling/src/nodes.test.ts` holds them.
const intents = (Object.keys(scalingIntents) as ScalingIntent[]).filter((intent) => intent !== 'nodes');

const sites = {
  eks: { region: 'eu-west-1', account: '111122223333', kubernetes: '1.36' },
  gke: { region: 'europe-west1', account: 'example-project', kubernetes: '1.36' },
  aks: { region: 'westeurope', account: '00000000-0000-4000-8000-000000000000', kubernetes: '1.36' },
  onprem: { region: 'berlin', account: 'berlin-1', kubernetes: '1.36' },
} as const;

/** A cluster that runs everything that scales, unless a test says otherwise. */
function clusterOf(provider: ScalingColumn, autoscaling: Readonly<Record<string, unknown>> = {}): Cluster {
  return testCluster({
    environment: { minimumReplicas: 1 },
    cluster: {
      provider,
      ...sites[provider],
      network: { vpc: '10.20.0.0/16' },
      capabilities: {
        autoscaling: { keda: true, vpa: true, customMetrics: true, ...autoscaling },
        metrics: { queryUrl: 'http://prometheus.monitoring.svc:9090' },
      },
    },
  });
}

function web(cluster: Cluster, options: Partial<DeploymentOptions>, job?: SingleJobOptions['startedBy']): RenderedApp {
  const app = defineApp({
    name: 'shop',
    owner: 'shop-team',
    build({ app }) {
      app.deployment('web', { port: 8080, metrics: true, ...options });
      if (job) app.job('work', { startedBy: job });
    },
  });
  return renderApp(app, cluster);
}

const range = { min: 2, max: 8 } as const;
const redis = { source: 'redis-list', address: 'redis.shop.svc:6379', list: 'orders', length: 20 } as const;

const stating: Readonly<Record<Exclude<ScalingIntent, 'job' | 'nodes'>, Partial<DeploymentOptions>>> = {
  resource: { replicas: { ...range, cpu: 70, memory: 80 } },
  container: { replicas: { ...range, containers: [{ container: 'web', resource: 'cpu', utilization: 60 }] } },
  pods: { replicas: { ...range, pods: [{ metric: 'http_requests_per_second', average: 50 }] } },
  object: {
    replicas: {
      ...range,
      object: [{ metric: 'requests', object: { apiVersion: 'v1', kind: 'Service', name: 'shop-web' }, value: '2k' }],
    },
  },
  external: { replicas: { ...range, external: [{ metric: 'queue_length', average: 30 }] } },
  behavior: { replicas: { ...range, cpu: 70, behavior: { down: { stabilization: 600, tolerance: '0.05' } } } },
  cron: {
    replicas: {
      ...range,
      events: [{ source: 'cron', timezone: 'Europe/Berlin', start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 6 }],
    },
  },
  prometheus: { replicas: { ...range, events: [{ source: 'prometheus', query: 'sum(orders)', threshold: 10 }] } },
  redis: { replicas: { ...range, events: [redis] } },
  kafka: {
    replicas: {
      ...range,
      events: [{ source: 'kafka', servers: ['kafka.shop.svc:9092'], group: 'web', topic: 'orders', lag: 50 }],
    },
  },
  sqs: {
    replicas: {
      ...range,
      events: [{ source: 'sqs', queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q', length: 5 }],
    },
  },
  pubsub: { replicas: { ...range, events: [{ source: 'pubsub', subscription: 'orders', messages: 5 }] } },
  serviceBus: {
    replicas: { ...range, events: [{ source: 'service-bus', namespace: 'shop', queue: 'orders', messages: 5 }] },
  },
  zero: { replicas: { min: 0, max: 8, events: [redis] } },
  recommend: { replicas: { ...range, cpu: 70 }, vertical: { mode: 'recommend' } },
  update: { replicas: { ...range, cpu: 70 }, vertical: { mode: 'update' } },
};

const scaled = (kind: string, text: string): [string, string] => [kind, text];
const hpa = (text: string): [string, string] => scaled('HorizontalPodAutoscaler', text);
const trigger = (text: string): [string, string] => scaled('ScaledObject', text);
const everywhere = (cell: [string, string]) => Object.fromEntries(providers.map((provider) => [provider, cell]));

/** The kind and a part of its YAML; a cell that is left out is a diagnostic. Compared without line breaks and indentation. */
const becomes: Readonly<Record<Exclude<ScalingIntent, 'nodes'>, Partial<Record<ScalingColumn, [string, string]>>>> = {
  resource: everywhere(
    hpa(
      'metrics: - resource: name: cpu target: averageUtilization: 70 type: Utilization type: Resource - resource: name: memory target: averageUtilization: 80',
    ),
  ),
  container: everywhere(
    hpa('- containerResource: name: cpu container: web target: averageUtilization: 60 type: Utilization'),
  ),
  pods: everywhere(
    hpa('- pods: metric: name: http_requests_per_second target: averageValue: "50" type: AverageValue type: Pods'),
  ),
  object: everywhere(
    hpa(
      '- object: describedObject: name: shop-web apiVersion: v1 kind: Service metric: name: requests target: type: Value value: 2k type: Object',
    ),
  ),
  external: everywhere(
    hpa('- external: metric: name: queue_length target: averageValue: "30" type: AverageValue type: External'),
  ),
  behavior: everywhere(hpa('selectPolicy: Max stabilizationWindowSeconds: 600 tolerance: "0.05"')),
  cron: everywhere(
    trigger('- metadata: desiredReplicas: "6" end: 0 18 * * 1-5 start: 0 8 * * 1-5 timezone: Europe/Berlin type: cron'),
  ),
  prometheus: everywhere(
    trigger(
      '- metadata: query: sum(orders) serverAddress: http://prometheus.monitoring.svc:9090 threshold: "10" type: prometheus',
    ),
  ),
  redis: everywhere(trigger('- metadata: address: redis.shop.svc:6379 listLength: "20" listName: orders type: redis')),
  kafka: everywhere(
    trigger(
      '- metadata: bootstrapServers: kafka.shop.svc:9092 consumerGroup: web lagThreshold: "50" topic: orders type: kafka',
    ),
  ),
  sqs: { eks: scaled('TriggerAuthentication', 'podIdentity: identityOwner: workload provider: aws') },
  pubsub: { gke: scaled('TriggerAuthentication', 'podIdentity: provider: gcp') },
  serviceBus: { aks: scaled('TriggerAuthentication', 'podIdentity: provider: azure-workload') },
  zero: everywhere(trigger('minReplicaCount: 0')),
  job: everywhere(scaled('ScaledJob', 'triggers: - metadata: address: redis.shop.svc:6379')),
  recommend: everywhere(
    scaled('VerticalPodAutoscaler', 'controlledResources: - cpu - memory controlledValues: RequestsOnly'),
  ),
  update: everywhere(scaled('VerticalPodAutoscaler', 'controlledResources: - memory controlledValues: RequestsOnly')),
};

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
const lines = ({ diagnostics }: RenderedApp): string[] =>
  diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

describe('every way of scaling on every provider', () => {
  const cells = intents.flatMap((intent) => providers.map((provider) => [intent, provider] as const));
  test.each(cells)('%s on %s', (intent, provider) => {
    const cluster = clusterOf(provider);
    const app = intent === 'job' ? web(cluster, {}, { events: [redis], max: 20 }) : web(cluster, stating[intent]);
    const cell = becomes[intent][provider];
    expect(cell === undefined ? 'no' : 'offered').toBe(
      scalingSupport[intent][provider].level === 'no' ? 'no' : 'offered',
    );
    if (cell === undefined) {
      expect(lines(app)).toEqual([expect.stringMatching(/^error scaling\/identity: .* cannot sign in there$/)]);
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

describe('who owns the number of replicas', () => {
  test.each(['Deployment', 'StatefulSet'] as const)(
    'a %s that scales states none, in whatever way it scales',
    (kind) => {
      for (const replicas of [
        { ...range, cpu: 70 },
        { min: 0, max: 4, events: [redis] },
      ]) {
        const app = defineApp({
          name: 'shop',
          owner: 'shop-team',
          build({ app }) {
            if (kind === 'Deployment') app.deployment('web', { port: 8080, replicas });
            else app.statefulSet('web', { port: 8080, replicas });
          },
        });
        const rendered = renderApp(app, clusterOf('eks'));
        expect(lines(rendered)).toEqual([]);
        expect(rendered.get(kind, 'shop-web')).not.toHaveProperty('spec.replicas');
      }
    },
  );

  test('Jobs that events start are no Job of their own, and keep its limits', () => {
    const app = web(clusterOf('eks'), {}, { events: [redis], max: 20 });
    expect(app.all('Job')).toEqual([]);
    expect(flat(app.yaml('ScaledJob', 'shop-work', '/spec'))).toMatch(
      /jobTargetRef: activeDeadlineSeconds: 3600 backoffLimit: 3 template: .* maxReplicaCount: 20 minReplicaCount: 0/,
    );
  });
});

test('more Jobs at a time than the nodes hold are told like more replicas', () => {
  const cluster = testCluster({
    environment: { minimumReplicas: 1 },
    cluster: {
      capabilities: { autoscaling: { keda: true } },
      nodePools: [{ name: 'general', cpu: '1', memory: '4Gi', max: 1 }],
    },
  });
  const app = web(cluster, {}, { events: [redis], max: 20 });
  expect(app.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toContain(
    'scaling/exceeds-pool: shop/work: 20 replicas are stated, and all nodes together hold 10',
  );
});

describe('what cannot scale is said, with what the containers ask for and what the nodes have', () => {
  const pools = [
    { name: 'general', cpu: '4', memory: '16Gi', max: 3 },
    { name: 'spot', cpu: '64', memory: '256Gi', max: 3, spot: true },
  ];
  const small = testCluster({ environment: { minimumReplicas: 1 }, cluster: { nodePools: pools } });
  test.each<[string, Cluster, Partial<DeploymentOptions>, string[]]>([
    [
      'a metric of pods that nobody reads',
      clusterOf('eks'),
      stating.pods,
      [
        'error scaling/metric-not-exported: workload "web" scales on http_requests_per_second of its pods, and nothing reads its metrics',
      ],
    ],
    [
      'a metric that no adapter serves',
      clusterOf('eks', { customMetrics: false }),
      stating.external,
      ['error scaling/metric-not-exported: shop/web: nothing serves queue_length to autoscalers'],
    ],
    [
      'events without KEDA',
      clusterOf('gke', { keda: false }),
      stating.cron,
      ['error scaling/keda-missing: shop/web: event sources need KEDA'],
    ],
    [
      'both autoscalers on CPU and memory',
      clusterOf('eks'),
      { replicas: { ...range, cpu: 70, memory: 80 }, vertical: { mode: 'update' } },
      [
        'error scaling/conflict: shop/web: a vertical autoscaler in mode update and a horizontal one both act on CPU and memory',
      ],
    ],
    [
      'a pod that only the spot nodes could hold, which it does not ask for',
      small,
      { replicas: 2, size: { cpu: '8', memory: '8Gi' } },
      ['error scaling/exceeds-node: shop/web: a pod asks for 8 CPU and 8192Mi, and no node has both'],
    ],
    [
      'a limit above every node that takes it',
      small,
      { replicas: 2, size: { cpu: '1', memory: '2Gi', cpuLimit: '8' } },
      ["warning scaling/limit-exceeds-node: shop/web: the cpu limit of web, 8, is above the largest node's 4 CPU"],
    ],
    [
      'more pods than the nodes hold',
      small,
      { replicas: { min: 2, max: 20, cpu: 70 }, size: { cpu: '2', memory: '2Gi' } },
      ['warning scaling/exceeds-pool: shop/web: 20 replicas are stated, and all nodes together hold 6'],
    ],
  ])('%s', (_, cluster, options, expected) => {
    const app = defineApp({
      name: 'shop',
      owner: 'shop-team',
      build: ({ app }) => void app.deployment('web', { port: 8080, ...options }),
    });
    expect(lines(renderApp(app, cluster))).toEqual(expected);
  });
});

test.each([
  ['a queue of the cloud, which KEDA watches in its name', stating.sqs, true],
  ['the time of day', stating.cron, false],
])('a workload that follows %s', (_, options, hasRole) => {
  const app = defineApp({
    name: 'shop',
    owner: 'shop-team',
    build: ({ app }) => void app.deployment('web', { port: 8080, ...options }),
  });
  const account = renderApp(app, clusterOf('eks')).yaml('ServiceAccount', 'shop-web');
  expect(account.includes('eks.amazonaws.com/role-arn: ')).toBe(hasRole);
});
