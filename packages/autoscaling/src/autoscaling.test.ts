import { describe, expect, test } from 'vitest';
import { cluster, lines, nodePool, render, workload } from '../test/fixtures.ts';
import { Autoscaling, type AutoscalingProps } from './autoscaling.ts';
import type { EventSource } from './event-source.ts';
import type { ContainerResources, Scaling } from './intent.ts';

const api: readonly ContainerResources[] = [
  { container: 'api', requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
];

function scale(scaling: Scaling | undefined, changes: Partial<AutoscalingProps> = {}) {
  return render((chart) => {
    new Autoscaling(chart, 'scaling', {
      cluster: cluster(),
      workload: workload(),
      resources: api,
      scaling,
      ...changes,
    });
  });
}

describe('a HorizontalPodAutoscaler', () => {
  test('follows CPU, up at once and down slowly', () => {
    const { yaml, diagnostics } = scale({ min: 3, max: 12, cpu: 70 });
    expect(diagnostics).toEqual([]);
    expect(yaml['HorizontalPodAutoscaler']).toBe(`apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  labels:
    app.kubernetes.io/component: api
    app.kubernetes.io/name: hub
    team: hub-team
  name: hub-api
  namespace: hub
spec:
  behavior:
    scaleDown:
      policies:
        - periodSeconds: 60
          type: Percent
          value: 10
        - periodSeconds: 60
          type: Pods
          value: 1
      selectPolicy: Max
      stabilizationWindowSeconds: 300
    scaleUp:
      policies:
        - periodSeconds: 60
          type: Percent
          value: 100
        - periodSeconds: 60
          type: Pods
          value: 4
      selectPolicy: Max
      stabilizationWindowSeconds: 0
  maxReplicas: 12
  metrics:
    - resource:
        name: cpu
        target:
          averageUtilization: 70
          type: Utilization
      type: Resource
  minReplicas: 3
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: hub-api
`);
  });

  test('takes every kind of metric', () => {
    const { objects, diagnostics } = scale(
      {
        min: 2,
        max: 6,
        memory: 80,
        containers: [{ container: 'api', resource: 'cpu', utilization: 60 }],
        pods: [{ metric: 'requests_in_flight', average: 20 }],
        object: [
          { metric: 'queue_depth', object: { apiVersion: 'v1', kind: 'Service', name: 'broker' }, value: '100' },
        ],
        external: [{ metric: 'celery_queue_length', labels: { queue: 'celery' }, average: 20 }],
      },
      { cluster: cluster({ autoscaling: { customMetrics: true } }) },
    );
    expect(diagnostics).toEqual([]);
    expect(objects[0]).toMatchObject({
      spec: {
        metrics: [
          { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
          {
            type: 'ContainerResource',
            containerResource: {
              container: 'api',
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: 60 },
            },
          },
          {
            type: 'Pods',
            pods: { metric: { name: 'requests_in_flight' }, target: { type: 'AverageValue', averageValue: '20' } },
          },
          {
            type: 'Object',
            object: { describedObject: { kind: 'Service', name: 'broker' }, target: { type: 'Value', value: '100' } },
          },
          {
            type: 'External',
            external: { metric: { name: 'celery_queue_length', selector: { matchLabels: { queue: 'celery' } } } },
          },
        ],
      },
    });
  });

  test('changes one field of one direction and keeps the other defaults', () => {
    const { objects } = scale({ min: 2, max: 6, cpu: 80, behavior: { down: { stabilization: 900 } } });
    expect(objects[0]).toMatchObject({
      spec: {
        behavior: {
          scaleDown: { stabilizationWindowSeconds: 900, selectPolicy: 'Max' },
          scaleUp: { stabilizationWindowSeconds: 0 },
        },
      },
    });
  });

  test('states a tolerance from Kubernetes 1.35 on, and says so before', () => {
    const scaling: Scaling = { min: 2, max: 6, cpu: 80, behavior: { up: { tolerance: '0.05' } } };
    expect(scale(scaling, { cluster: cluster({ kubernetes: '1.36' }) }).objects[0]).toHaveProperty(
      'spec.behavior.scaleUp.tolerance',
      '0.05',
    );
    const before = scale(scaling);
    expect(before.objects[0]).not.toHaveProperty('spec.behavior.scaleUp.tolerance');
    expect(lines(before.diagnostics)).toEqual([
      'warning scaling/unsupported: hub/api: tolerance needs Kubernetes 1.35, and the cluster runs 1.34; it is left out',
    ]);
  });
});

describe('what cannot work is said, and nothing is rendered', () => {
  const sqs: EventSource = {
    source: 'sqs',
    queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders',
    length: 5,
  };
  const cases: readonly [string, Scaling, Partial<AutoscalingProps>, string][] = [
    ['an empty range', { min: 6, max: 3, cpu: 70 }, {}, 'scaling/range'],
    ['half a pod', { min: 1.5, max: 3, cpu: 70 }, {}, 'scaling/range'],
    ['one replica behind a Service in production', { min: 1, max: 3, cpu: 70 }, {}, 'scaling/below-minimum'],
    ['zero without events', { min: 0, max: 3, cpu: 70 }, {}, 'scaling/zero'],
    ['nothing to scale on', { min: 2, max: 3 }, {}, 'scaling/no-metric'],
    ['a share of nothing', { min: 2, max: 3, cpu: 0 }, {}, 'scaling/target'],
    [
      'a DaemonSet',
      { min: 2, max: 3, cpu: 70 },
      { workload: workload({ kind: 'DaemonSet' }) },
      'scaling/unsupported-kind',
    ],
    ['a CronJob', { min: 2, max: 3, cpu: 70 }, { workload: workload({ kind: 'CronJob' }) }, 'scaling/unsupported-kind'],
    [
      'a missing request',
      { min: 2, max: 3, cpu: 70 },
      { resources: [{ container: 'api' }] },
      'scaling/requests-missing',
    ],
    [
      'an unknown container',
      { min: 2, max: 3, containers: [{ container: 'ap', resource: 'cpu', utilization: 70 }] },
      {},
      'scaling/unknown-container',
    ],
    [
      'no metrics-server',
      { min: 2, max: 3, cpu: 70 },
      { cluster: cluster({ autoscaling: { resourceMetrics: false } }) },
      'scaling/metric-not-exported',
    ],
    [
      'no metrics adapter',
      { min: 2, max: 3, pods: [{ metric: 'rps', average: 5 }] },
      {},
      'scaling/metric-not-exported',
    ],
    [
      'value and average at once',
      { min: 2, max: 3, external: [{ metric: 'q', value: 1, average: 1 }] },
      { cluster: cluster({ autoscaling: { customMetrics: true } }) },
      'scaling/target',
    ],
    ['events without KEDA', { min: 2, max: 3, events: [sqs] }, {}, 'scaling/keda-missing'],
    [
      'a queue of another cloud',
      { min: 2, max: 3, events: [sqs] },
      { cluster: cluster({ autoscaling: { keda: true }, identity: { implementation: 'azure-workload-identity' } }) },
      'scaling/identity',
    ],
    [
      'a window that asks for zero',
      {
        min: 2,
        max: 3,
        events: [{ source: 'cron', timezone: 'Europe/Berlin', start: '0 8 * * *', end: '0 18 * * *', replicas: 0 }],
      },
      { cluster: cluster({ autoscaling: { keda: true } }) },
      'scaling/event-source',
    ],
    [
      'an unknown timezone',
      {
        min: 2,
        max: 3,
        events: [{ source: 'cron', timezone: 'Europe/Berln', start: '0 8 * * *', end: '0 18 * * *', replicas: 4 }],
      },
      { cluster: cluster({ autoscaling: { keda: true } }) },
      'scaling/event-source',
    ],
    [
      'a Redis without its port',
      { min: 2, max: 3, events: [{ source: 'redis-list', address: 'queue.example.com', list: 'mails', length: 5 }] },
      { cluster: cluster({ autoscaling: { keda: true } }) },
      'scaling/event-source',
    ],
    [
      'a query with nobody to ask',
      { min: 2, max: 3, events: [{ source: 'prometheus', query: 'sum(x)', threshold: 5 }] },
      { cluster: cluster({ autoscaling: { keda: true } }) },
      'scaling/event-source',
    ],
    [
      'a metric of an adapter beside events',
      { min: 2, max: 3, pods: [{ metric: 'rps', average: 5 }], events: [sqs] },
      { cluster: cluster({ autoscaling: { keda: true, customMetrics: true } }) },
      'scaling/conflict',
    ],
    [
      'pending entries cannot wake from zero',
      {
        min: 0,
        max: 3,
        events: [{ source: 'redis-stream', address: 'redis:6379', stream: 's', group: 'g', pending: 5 }],
      },
      { cluster: cluster({ autoscaling: { keda: true } }) },
      'scaling/zero',
    ],
    [
      'a pod larger than any node',
      { min: 2, max: 3, cpu: 70 },
      {
        resources: [{ container: 'api', requests: { cpu: '8', memory: '1Gi' } }],
        cluster: cluster({ nodePools: [nodePool()] }),
      },
      'scaling/exceeds-node',
    ],
  ];

  test.each(cases)('%s', (_, scaling, changes, code) => {
    const { objects, diagnostics } = scale(scaling, changes);
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    expect(objects).toEqual([]);
  });

  test('the hint is an edit', () => {
    const { diagnostics } = scale({ min: 1, max: 3, cpu: 70 });
    expect(diagnostics[0]).toMatchObject({
      message: 'hub/api: the least number of replicas is 1, and production asks for 2 behind a Service',
      hint: 'state `min: 2`, or lower minimumReplicas of environments/production.yaml',
      object: { kind: 'Deployment', namespace: 'hub', name: 'hub-api' },
      clusters: ['eks-production'],
    });
  });
});

describe('node pools', () => {
  test('a limit above the largest node, and a range above all nodes, are warnings', () => {
    const { kinds, diagnostics } = scale(
      { min: 2, max: 50, cpu: 70 },
      {
        resources: [{ container: 'api', requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '6' } }],
        cluster: cluster({ nodePools: [nodePool()] }),
      },
    );
    expect(lines(diagnostics)).toEqual([
      "warning scaling/limit-exceeds-node: hub/api: the cpu limit of api, 6, is above the largest node's 3.9 CPU",
      'warning scaling/exceeds-pool: hub/api: 50 replicas are stated, and all nodes together hold 30',
    ]);
    expect(kinds).toEqual(['HorizontalPodAutoscaler']);
  });
});

describe('event sources', () => {
  const keda = cluster({ autoscaling: { keda: true }, queryUrl: 'http://prometheus.monitoring.svc:9090' });

  test('a queue on AWS, with the identity of the workload and no key', () => {
    const { yaml, kinds, diagnostics } = scale(
      {
        min: 0,
        max: 20,
        events: [
          {
            source: 'sqs',
            queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders',
            length: 5,
            activation: 1,
          },
        ],
      },
      { cluster: keda, workload: workload({ service: undefined }) },
    );
    expect(diagnostics).toEqual([]);
    expect(kinds).toEqual(['TriggerAuthentication', 'ScaledObject']);
    expect(yaml['TriggerAuthentication']).toContain(`spec:
  podIdentity:
    identityOwner: workload
    provider: aws
`);
    expect(yaml['ScaledObject']).toContain(`  maxReplicaCount: 20
  minReplicaCount: 0
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: hub-api
  triggers:
    - authenticationRef:
        name: hub-api-identity
      metadata:
        activationQueueLength: "1"
        awsRegion: eu-central-1
        queueLength: "5"
        queueURL: https://sqs.eu-central-1.amazonaws.com/111122223333/orders
      type: aws-sqs-queue
`);
  });

  const triggers: readonly [string, EventSource, unknown][] = [
    [
      'cron',
      { source: 'cron', timezone: 'Europe/Berlin', start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 6 },
      {
        type: 'cron',
        metadata: { timezone: 'Europe/Berlin', start: '0 8 * * 1-5', end: '0 18 * * 1-5', desiredReplicas: '6' },
      },
    ],
    [
      'Prometheus',
      { source: 'prometheus', query: 'sum(rate(x[5m]))', threshold: 20 },
      {
        type: 'prometheus',
        metadata: {
          serverAddress: 'http://prometheus.monitoring.svc:9090',
          query: 'sum(rate(x[5m]))',
          threshold: '20',
        },
      },
    ],
    [
      'a Redis list',
      { source: 'redis-list', address: 'redis:6379', list: 'celery', length: 20, database: 1, tls: true },
      {
        type: 'redis',
        metadata: {
          address: 'redis:6379',
          databaseIndex: '1',
          enableTLS: 'true',
          listName: 'celery',
          listLength: '20',
        },
      },
    ],
    [
      'a Redis stream by pending entries',
      { source: 'redis-stream', address: 'redis:6379', stream: 's', group: 'g', pending: 5 },
      {
        type: 'redis-streams',
        metadata: { address: 'redis:6379', stream: 's', consumerGroup: 'g', pendingEntriesCount: '5' },
      },
    ],
    [
      'a Redis stream by lag',
      { source: 'redis-stream', address: 'redis:6379', stream: 's', group: 'g', lag: 5 },
      {
        type: 'redis-streams',
        metadata: { address: 'redis:6379', stream: 's', consumerGroup: 'g', lagCount: '5', activationLagCount: '0' },
      },
    ],
    [
      'Kafka',
      { source: 'kafka', servers: ['k1:9092', 'k2:9092'], group: 'g', topic: 't', lag: 50 },
      {
        type: 'kafka',
        metadata: { bootstrapServers: 'k1:9092,k2:9092', consumerGroup: 'g', topic: 't', lagThreshold: '50' },
      },
    ],
  ];
  test.each(triggers)('%s', (_, source, trigger) => {
    const { objects, diagnostics } = scale({ min: 2, max: 6, events: [source] }, { cluster: keda });
    expect(diagnostics).toEqual([]);
    expect(objects.at(-1)).toHaveProperty('spec.triggers', [trigger]);
  });

  const clouds: readonly [string, EventSource, Parameters<typeof cluster>[0], unknown, unknown][] = [
    [
      'Pub/Sub on GKE',
      { source: 'pubsub', subscription: 'orders', messages: 10 },
      { provider: 'gke', identity: { implementation: 'gke-workload-identity' } },
      { type: 'gcp-pubsub', metadata: { subscriptionName: 'orders', mode: 'SubscriptionSize', value: '10' } },
      { provider: 'gcp' },
    ],
    [
      'Service Bus on AKS',
      { source: 'service-bus', namespace: 'platform', topic: 'orders', subscription: 'billing', messages: 10 },
      {
        provider: 'aks',
        identity: { implementation: 'azure-workload-identity', pattern: '00000000-0000-0000-0000-000000000000' },
      },
      {
        type: 'azure-servicebus',
        metadata: { namespace: 'platform', topicName: 'orders', subscriptionName: 'billing', messageCount: '10' },
      },
      { provider: 'azure-workload', identityId: '00000000-0000-0000-0000-000000000000' },
    ],
    [
      'SQS with EKS Pod Identity',
      { source: 'sqs', queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders', length: 5 },
      {
        identity: { implementation: 'pod-identity', pattern: 'arn:aws:iam::{account}:role/{cluster}-{app}-{workload}' },
      },
      { type: 'aws-sqs-queue' },
      { provider: 'aws', roleArn: 'arn:aws:iam::111122223333:role/eks-production-hub-api' },
    ],
  ];
  test.each(clouds)('%s', (_, source, changes, trigger, identity) => {
    const { objects, diagnostics } = scale(
      { min: 2, max: 6, events: [source] },
      { cluster: cluster({ ...changes, autoscaling: { keda: true } }) },
    );
    expect(diagnostics).toEqual([]);
    expect(objects[0]).toHaveProperty('spec.podIdentity', identity);
    expect(objects[1]).toMatchObject({ spec: { triggers: [trigger] } });
  });

  test('a password of Redis comes from a Secret, CPU stands beside it', () => {
    const { yaml, objects } = scale(
      {
        min: 2,
        max: 6,
        cpu: 80,
        events: [
          {
            source: 'redis-list',
            address: 'redis:6379',
            list: 'celery',
            length: 20,
            password: { secret: 'hub-redis', key: 'password' },
          },
        ],
      },
      { cluster: keda },
    );
    expect(yaml['TriggerAuthentication']).toContain(`  secretTargetRef:
    - key: password
      name: hub-redis
      parameter: password
`);
    expect(objects[1]).toMatchObject({
      spec: {
        triggers: [
          { type: 'cpu', metricType: 'Utilization', metadata: { value: '80' } },
          { type: 'redis', authenticationRef: { name: 'hub-api-redis' } },
        ],
      },
    });
  });
});

describe('a VerticalPodAutoscaler', () => {
  const withVpa = cluster({ autoscaling: { vpa: true } });

  test('only recommends beside a horizontal one', () => {
    const { yaml, diagnostics } = scale(
      { min: 2, max: 6, cpu: 70 },
      { cluster: withVpa, vertical: { mode: 'recommend' } },
    );
    expect(diagnostics).toEqual([]);
    expect(yaml['VerticalPodAutoscaler']).toContain(`spec:
  resourcePolicy:
    containerPolicies:
      - containerName: "*"
        controlledResources:
          - cpu
          - memory
        controlledValues: RequestsOnly
  targetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: hub-api
  updatePolicy:
    updateMode: Off
`);
  });

  test('updates what nothing else scales on', () => {
    const { objects, diagnostics } = scale(
      { min: 2, max: 6, cpu: 70 },
      {
        cluster: withVpa,
        vertical: { mode: 'update', containers: { api: { min: { memory: '128Mi' }, max: { memory: '2Gi' } } } },
      },
    );
    expect(diagnostics).toEqual([]);
    expect(objects.at(-1)).toMatchObject({
      spec: {
        updatePolicy: { updateMode: 'Recreate' },
        resourcePolicy: {
          containerPolicies: [
            {
              containerName: 'api',
              controlledResources: ['memory'],
              minAllowed: { memory: '128Mi' },
              maxAllowed: { memory: '2Gi' },
            },
          ],
        },
      },
    });
  });

  test('never fights a horizontal one, and is left out where the cluster has none', () => {
    const both = scale({ min: 2, max: 6, cpu: 70, memory: 80 }, { cluster: withVpa, vertical: { mode: 'update' } });
    expect(both.diagnostics.map(({ code }) => code)).toEqual(['scaling/conflict']);
    expect(both.kinds).toEqual([]);
    const missing = scale({ min: 2, max: 6, cpu: 70 }, { vertical: { mode: 'recommend' } });
    expect(missing.diagnostics.map(({ code }) => code)).toEqual(['scaling/vpa-missing']);
    expect(missing.kinds).toEqual(['HorizontalPodAutoscaler']);
  });
});
