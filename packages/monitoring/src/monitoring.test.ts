import type { Cluster, MetricsImplementation } from '@fairlead/inventory';
import { describe, expect, test } from 'vitest';
import { cluster, lines, render, toYaml, workload } from '../test/fixtures.ts';
import type { MonitoringIntent } from './intent.ts';
import { Monitoring, type MonitoringProps } from './monitoring.ts';
import { isoDuration } from './rules/azure-rules.ts';
import { scrapeAnnotations } from './scrape/annotations.ts';

function watch(intent: MonitoringIntent, changes: Partial<MonitoringProps> = {}) {
  return render((chart) => {
    new Monitoring(chart, 'monitoring', { cluster: cluster(), workload: workload(), intent, ...changes });
  });
}

/** Names of the alerts of the rules object, in order. */
function alerts({ objects }: ReturnType<typeof watch>): string[] {
  return [...JSON.stringify(objects.at(-1) ?? {}).matchAll(/"alert":"(\w+)"/g)].map(([, name = '']) => name);
}

const scrape = { port: 'http' };
const quiet = { standardAlerts: false } as const;

describe('scraping', () => {
  test('prometheus-operator: a ServiceMonitor', () => {
    const { kinds, yaml, diagnostics } = watch({
      scrape: { port: 'http', path: '/internal/metrics', interval: '15s' },
      ...quiet,
    });
    expect(diagnostics).toEqual([]);
    expect(kinds).toEqual(['ServiceMonitor']);
    expect(yaml['ServiceMonitor']).toBe(`apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  labels:
    app.kubernetes.io/component: api
    app.kubernetes.io/name: hub
    release: kube-prometheus-stack
    team: hub-team
  name: hub-api
  namespace: hub
spec:
  endpoints:
    - interval: 15s
      path: /internal/metrics
      port: http
      relabelings:
        - replacement: hub-api
          targetLabel: job
        - replacement: aws
          targetLabel: cloud_provider
  selector:
    matchLabels:
      app.kubernetes.io/component: api
      app.kubernetes.io/name: hub
`);
  });

  test('prometheus-operator: a PodMonitor where there is no Service', () => {
    const { objects } = watch({ scrape, ...quiet }, { workload: workload({ service: undefined }) });
    expect(objects).toMatchObject([
      {
        kind: 'PodMonitor',
        spec: {
          podMetricsEndpoints: [
            {
              port: 'http',
              relabelings: [
                { targetLabel: 'job' },
                { targetLabel: 'cloud_provider' },
                { targetLabel: 'service', replacement: 'hub-api' },
              ],
            },
          ],
        },
      },
    ]);
  });

  test('prometheus-operator: the pods of a StatefulSet once, although two Services select them', () => {
    const { yaml } = watch({ scrape, ...quiet }, { workload: workload({ kind: 'StatefulSet' }) });
    expect(yaml['ServiceMonitor']).toContain(`        - action: keep
          regex: hub-api
          sourceLabels:
            - __meta_kubernetes_service_name
`);
  });

  test('google-managed: a PodMonitoring, which states an interval', () => {
    const { yaml } = watch({ scrape, ...quiet }, { cluster: cluster({ metrics: 'google-managed', provider: 'gke' }) });
    expect(yaml['PodMonitoring']).toContain(`apiVersion: monitoring.googleapis.com/v1
kind: PodMonitoring
`);
    expect(yaml['PodMonitoring']).toContain(`spec:
  endpoints:
    - interval: 30s
      metricRelabeling:
        - replacement: hub-api
          targetLabel: service
        - replacement: gcp
          targetLabel: cloud_provider
      path: /metrics
      port: http
  selector:
`);
  });

  test('azure-managed: a ServiceMonitor of its own group, with its limits', () => {
    const { objects } = watch(
      { scrape, ...quiet },
      { cluster: cluster({ metrics: 'azure-managed', provider: 'aks' }) },
    );
    expect(objects).toMatchObject([
      {
        apiVersion: 'azmonitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        spec: { labelLimit: 63, labelNameLengthLimit: 511, labelValueLengthLimit: 1023 },
      },
    ]);
  });

  test('annotations: for the pod template, and no object', () => {
    const annotated = cluster({ metrics: 'annotations' });
    expect(watch({ scrape }, { cluster: annotated }).kinds).toEqual([]);
    expect(scrapeAnnotations(annotated, workload(), { port: 'http', scheme: 'https' })).toEqual({
      'prometheus.io/path': '/metrics',
      'prometheus.io/port': '4000',
      'prometheus.io/scheme': 'https',
      'prometheus.io/scrape': 'true',
    });
    expect(scrapeAnnotations(cluster(), workload(), scrape)).toEqual({});
  });
});

describe('standard alerts fit the kind', () => {
  const common = ['PodCrashLooping', 'ContainerOutOfMemory'];
  const replicas = ['WorkloadUnavailable', 'WorkloadNotReady', 'RolloutStuck'];
  test.each([
    ['Deployment', {}, [...common, ...replicas]],
    ['StatefulSet', { claims: ['data'] }, [...common, ...replicas, 'VolumeFillingUp', 'VolumeAlmostFull']],
    ['DaemonSet', { cpuLimit: true }, [...common, ...replicas, 'ContainerThrottled']],
    ['Job', {}, [...common, 'JobFailed']],
    ['CronJob', {}, [...common, 'JobFailed', 'CronJobNotSucceeding']],
    ['Deployment', { autoscaler: 'hub-api', spot: true }, [...common, ...replicas, 'AutoscalerAtMaximum', 'SpotChurn']],
  ] as const)('%s %j', (kind, facts, expected) => {
    const rendered = watch({}, { workload: workload({ kind }), facts });
    expect(rendered.diagnostics).toEqual([]);
    expect(alerts(rendered)).toEqual(expected);
  });

  test('severity, team and runbook come from environment, workload and cluster', () => {
    const { yaml } = watch({});
    expect(yaml['PrometheusRule']).toContain(`        - alert: PodCrashLooping
          annotations:
            description: Pod {{ $labels.pod }} (container {{ $labels.container }}) of hub-api is restarting frequently.
            runbook_url: https://git.example.com/fleet/runbooks/PodCrashLooping.md
            summary: Pod is crash looping
          expr: rate(kube_pod_container_status_restarts_total{namespace="hub",pod=~"hub-api-[a-z0-9]+-[a-z0-9]{5}"}[15m]) > 0
          for: 5m
          labels:
            app: hub
            component: api
            receiver: team
            severity: warning
            team: hub-team
`);
  });

  test('the pods of one workload are not taken for another whose name begins alike', () => {
    const pods = /pod=~\\"([^"]+)\\"/;
    const pattern = (kind: 'Deployment' | 'StatefulSet' | 'CronJob') =>
      new RegExp(`^(?:${pods.exec(JSON.stringify(watch({}, { workload: workload({ kind }) }).objects))?.[1] ?? ''})$`);
    expect(pattern('Deployment').test('hub-api-7d9f8c6b54-x2x9k')).toBe(true);
    expect(pattern('Deployment').test('hub-api-worker-7d9f8c6b54-x2x9k')).toBe(false);
    expect(pattern('StatefulSet').test('hub-api-10')).toBe(true);
    expect(pattern('StatefulSet').test('hub-api-worker-0')).toBe(false);
    expect(pattern('CronJob').test('hub-api-29370120-x2x9k')).toBe(true);
  });

  test('a Job per piece of work is found by the name that KEDA gives it', () => {
    const text = JSON.stringify(
      watch({}, { workload: workload({ kind: 'Job' }), facts: { startedByEvents: true } }).objects,
    );
    expect(text).toContain('job_name=~\\"hub-api-[a-z0-9]{5}\\"');
    expect(text).toContain('pod=~\\"hub-api-[a-z0-9]{5}-[a-z0-9]{5}\\"');
  });

  test('an environment that does not alert keeps recorded metrics only', () => {
    const rendered = watch({ scrape, objective: { availability: 99 } }, { cluster: cluster({ alerts: false }) });
    expect(alerts(rendered)).toEqual([]);
    expect(rendered.yaml['PrometheusRule']).toContain('record: workload:availability_errors:ratio_rate3d');
  });
});

describe('requests and objectives', () => {
  test('HighErrorRate divides failures by requests, as its text says', () => {
    const { yaml } = watch({ scrape, requests: {}, ...quiet });
    expect(yaml['PrometheusRule']).toContain(`        - alert: HighErrorRate
          annotations:
            description: Service hub-api has error rate above 10% ({{ $value | humanizePercentage }}).
            runbook_url: https://git.example.com/fleet/runbooks/HighErrorRate.md
            summary: High error rate detected
          expr: sum by (namespace, service) (rate(http_requests_total{namespace="hub",job="hub-api",status=~"5.."}[5m])) / sum by (namespace, service) (rate(http_requests_total{namespace="hub",job="hub-api"}[5m])) > 0.1
          for: 2m
          labels:
            app: hub
            component: api
            receiver: oncall
            severity: critical
            team: hub-team
`);
  });

  test('thresholds move the alerts on requests', () => {
    const { yaml } = watch({ scrape, thresholds: { errorRate: 5, latency: 0.5 }, ...quiet });
    expect(yaml['PrometheusRule']).toContain('has error rate above 5% (');
    expect(
      [...(yaml['PrometheusRule'] ?? '').matchAll(/ (?:\/|histogram_quantile).* > (\S+[0-9])$/gm)].map(
        ([, limit]) => limit,
      ),
    ).toEqual(['0.05', '0.5']);
    expect(watch({ scrape, thresholds: { errorRate: 0 } }).diagnostics.map(({ code }) => code)).toEqual([
      'metrics/objective',
    ]);
  });

  test('an availability objective records seven windows and alerts on four pairs', () => {
    const { yaml } = watch({ scrape, objective: { availability: 99.9 }, ...quiet });
    const text = yaml['PrometheusRule'] ?? '';
    expect([...text.matchAll(/record: (\S+)/g)].map(([, name]) => name).slice(3)).toEqual(
      ['5m', '30m', '1h', '2h', '6h', '1d', '3d'].map((window) => `workload:availability_errors:ratio_rate${window}`),
    );
    const series = '{namespace="hub",job="hub-api"}';
    const pair = (long: string, short: string, limit: number) =>
      `expr: workload:availability_errors:ratio_rate${long}${series} > ${limit} and workload:availability_errors:ratio_rate${short}${series} > ${limit}`;
    for (const expression of [
      pair('1h', '5m', 0.0144),
      pair('6h', '30m', 0.006),
      pair('1d', '2h', 0.003),
      pair('3d', '6h', 0.001),
    ]) {
      expect(text).toContain(expression);
    }
    expect(
      [...text.matchAll(/severity: (\w+)\n.*\n +window: (\w+)/g)].map(
        ([, severity, window]) => `${severity} ${window}`,
      ),
    ).toEqual(['critical 1h', 'critical 6h', 'warning 1d', 'warning 3d']);
  });

  test('a latency objective counts what is slower than a bucket', () => {
    const half = watch({ scrape, objective: { latency: { threshold: 0.5, ratio: 99 } }, ...quiet }).yaml[
      'PrometheusRule'
    ];
    expect(half).toContain(
      'expr: 1 - sum by (namespace, job) (rate(http_request_duration_seconds_bucket{namespace="hub",job="hub-api",le="0.5"}[5m])) / (sum by (namespace, job) (rate(http_request_duration_seconds_count{namespace="hub",job="hub-api"}[5m])) > 0)',
    );
    const whole = watch({ scrape, objective: { latency: { threshold: 2, ratio: 99 } }, ...quiet }).yaml[
      'PrometheusRule'
    ];
    expect(whole).toContain(String.raw`le=~"2(\\.0)?"`);
  });

  test('metrics of another name, counted by another component', () => {
    const { yaml, diagnostics } = watch({
      objective: { availability: 99 },
      requests: { total: 'istio_requests_total', errors: 'response_code=~"5.."', selector: 'destination_app="hub"' },
      ...quiet,
    });
    expect(diagnostics).toEqual([]);
    expect(yaml['PrometheusRule']).toContain(
      'rate(istio_requests_total{destination_app="hub",response_code=~"5.."}[1h])',
    );
    // The series carry the labels of whoever counted, so what is recorded of them gets those that alerts select by.
    expect(yaml['PrometheusRule'])
      .toContain(`        - expr: sum (rate(istio_requests_total{destination_app="hub"}[5m]))
          labels:
            job: hub-api
            namespace: hub
          record: workload:requests:rate5m
`);
    expect(yaml['PrometheusRule']).toContain(
      'expr: workload:availability_errors:ratio_rate1h{namespace="hub",job="hub-api"} > 0.144 and',
    );
  });

  test('fire where the environment says, unless the app says otherwise', () => {
    const plain = cluster();
    const alerts = { ...plain.environment.alerts, thresholds: { errorRate: 20, latency: 4, connections: 90 } };
    const strict = { ...plain, environment: { ...plain.environment, alerts } };
    const text = (intent: MonitoringIntent) =>
      watch({ scrape, ...intent, ...quiet }, { cluster: strict }).yaml['PrometheusRule'] ?? '';
    expect(text({ requests: {} })).toMatch(
      /by \(namespace, service\) .* > 0\.2\n[^]*by \(namespace, service, le\) .* > 4\n/,
    );
    expect(text({ thresholds: { latency: 1 } })).toMatch(/> 0\.2\n[^]*by \(namespace, service, le\) .* > 1\n/);
    expect(text({ connectionPool: true })).toMatch(/db_client_connection_max.* > 0\.9\n/);
  });

  test('are compared with their own past', () => {
    expect(alerts(watch({ scrape, requests: {}, ...quiet }))).toEqual([
      'HighErrorRate',
      'HighLatency',
      'TrafficDropped',
      'LatencyAnomaly',
      'ErrorRateAnomaly',
    ]);
  });
});

describe('connections', () => {
  test('of pools, as OpenTelemetry names them or as stated', () => {
    const expression = (connectionPool: MonitoringIntent['connectionPool']) =>
      /expr: (.*)/.exec(watch({ scrape, connectionPool, ...quiet }).yaml['PrometheusRule'] ?? '')?.[1];
    expect(expression(true)).toBe(
      'sum by (namespace, job) (db_client_connection_count{namespace="hub",job="hub-api",db_client_connection_state="used"}) / sum by (namespace, job) (db_client_connection_max{namespace="hub",job="hub-api"}) > 0.8',
    );
    expect(expression({ used: 'pgxpool_acquired_conns', max: 'pgxpool_max_conns' })).toBe(
      'sum by (namespace, job) (pgxpool_acquired_conns) / sum by (namespace, job) (pgxpool_max_conns) > 0.8',
    );
  });

  test('of a database, by its exporter', () => {
    const { yaml, ...rendered } = watch({ scrape, exporter: 'postgresql', ...quiet });
    expect(alerts({ yaml, ...rendered })).toEqual(['DatabaseConnectionsNearLimit', 'DatabaseConnectionsExhausted']);
    expect(yaml['PrometheusRule']).toContain(
      'pg_settings_superuser_reserved_connections{namespace="hub",job="hub-api"}',
    );
  });

  test('need metrics, and selectors that parse', () => {
    expect(lines(watch({ connectionPool: true }).diagnostics)).toEqual([
      'error metrics/not-scraped: hub/api: alerts on connections, and no metrics to read them from',
    ]);
    expect(lines(watch({ scrape, connectionPool: { used: 'a{', max: 'b' } }).diagnostics)).toMatchObject([
      expect.stringContaining('error metrics/expression: hub/api: connectionPool.used: '),
    ]);
  });
});

describe('rules as Azure resources', () => {
  const azure = (): Cluster => {
    const plain = cluster({ metrics: 'azure-managed', provider: 'aks' });
    const group = '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/metrics/providers';
    const metrics = {
      ...plain.capabilities.metrics,
      workspace: `${group}/Microsoft.Monitor/accounts/fleet`,
      resourceGroup: 'metrics',
      actionGroups: { page: `${group}/Microsoft.Insights/actionGroups/pager` },
    };
    return { ...plain, capabilities: { ...plain.capabilities, metrics } };
  };

  test('go to the workspace and to the action group of their severity, in the words of Azure', () => {
    const { objects, diagnostics } = watch({ scrape, thresholds: { errorRate: 5 }, ...quiet }, { cluster: azure() });
    expect(diagnostics).toEqual([]);
    expect(toYaml(objects[1])).toContain(`spec:
  azureName: eks-production-hub-hub-api-requests
  clusterName: eks-production
  interval: PT1M
  location: eu-central-1
  owner:
    armId: /subscriptions/111122223333/resourceGroups/metrics
  rules:
    - expression: sum by (namespace, job) (rate(http_requests_total{namespace="hub",job="hub-api"}[5m]))
      record: workload:requests:rate5m
`);
    expect(toYaml(objects[1])).toContain(`    - actions:
        - actionGroupReference:
            armId: /subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/metrics/providers/Microsoft.Insights/actionGroups/pager
      alert: HighErrorRate
      annotations:
        description: Service hub-api has error rate above 5% ({{ $value }}).
`);
    expect(toYaml(objects[1])).toContain(`      for: PT2M
`);
    expect(toYaml(objects[1])).toContain(`      severity: 0
`);
  });

  test('twenty to a group', () => {
    const recordings = Array.from({ length: 45 }, (_, index) => ({ name: `hub:a:${index}`, expression: 'sum(up)' }));
    const { objects } = watch({ recordings, ...quiet }, { cluster: azure() });
    expect(objects.map(({ metadata }) => metadata.name)).toEqual([
      'hub-api-custom',
      'hub-api-custom-2',
      'hub-api-custom-3',
    ]);
  });

  test.each([
    ['5m', 'PT5M'],
    ['1h30m', 'PT1H30M'],
    ['3d', 'P3D'],
    ['1w2d12h', 'P9DT12H'],
    ['500ms', 'PT1S'],
    ['0m', 'PT0M'],
  ])('%s is %s', (text, iso) => {
    expect(isoDuration(text)).toBe(iso);
  });

  test('a low objective is capped, not mute', () => {
    const { yaml, diagnostics } = watch({ scrape, objective: { availability: 90 }, ...quiet });
    expect(yaml['PrometheusRule']).toContain('ratio_rate1h{namespace="hub",job="hub-api"} > 0.9 and');
    expect(lines(diagnostics)).toEqual([
      'info metrics/objective-capped: hub/api: the availability objective 90 is so low that its fast alert fires at 90 % bad requests only',
    ]);
  });
});

describe('rules of an app', () => {
  const own: MonitoringIntent = {
    ...quiet,
    recordings: [
      { name: 'hub:jobs:rate5m', expression: 'sum by (namespace) (rate(jobs_total[5m]))', labels: { tier: 'gold' } },
    ],
    alerts: [
      {
        name: 'QueueLong',
        expression: 'queue_length{namespace="hub"} > 200',
        severity: 'ticket',
        for: '5m',
        summary: 'Queue is long',
        description: '{{ $value }} entries wait.',
      },
    ],
  };

  test('prometheus-operator', () => {
    expect(watch(own).yaml['PrometheusRule']).toContain(`spec:
  groups:
    - name: hub-api.custom
      rules:
        - expr: sum by (namespace) (rate(jobs_total[5m]))
          labels:
            tier: gold
          record: hub:jobs:rate5m
        - alert: QueueLong
          annotations:
            description: "{{ $value }} entries wait."
            runbook_url: https://git.example.com/fleet/runbooks/QueueLong.md
            summary: Queue is long
          expr: queue_length{namespace="hub"} > 200
          for: 5m
          labels:
            app: hub
            component: api
            namespace: hub
            receiver: team
            severity: warning
            team: hub-team
`);
  });

  test('google-managed: Rules, whose groups state an interval', () => {
    expect(watch(own, { cluster: cluster({ metrics: 'google-managed' }) }).objects).toMatchObject([
      {
        apiVersion: 'monitoring.googleapis.com/v1',
        kind: 'Rules',
        spec: { groups: [{ name: 'hub-api.custom', interval: '30s' }] },
      },
    ]);
  });

  test.each<[MetricsImplementation, string]>([
    [
      'azure-managed',
      'Azure Monitor evaluates rules as Azure resources (prometheusRuleGroups), and the cluster does not say in which workspace',
    ],
    ['annotations', 'a stack that is configured by annotations reads no rule objects'],
    ['none', 'the cluster has no metrics stack'],
  ])('%s: a diagnostic', (implementation, reason) => {
    const { kinds, diagnostics } = watch(own, { cluster: cluster({ metrics: implementation }) });
    expect(kinds).toEqual([]);
    expect(lines(diagnostics)).toEqual([
      `warning metrics/unsupported: hub/api: alert QueueLong, hub:jobs:rate5m: not watched there, because ${reason}`,
    ]);
    expect(watch({}, { cluster: cluster({ metrics: implementation }) }).diagnostics).toEqual([]);
  });
});

describe('what cannot work is said, and nothing is rendered', () => {
  const alert = { name: 'A', severity: 'page', summary: 's', description: 'd' } as const;
  test.each<[string, MonitoringIntent, string]>([
    [
      'an unknown port',
      { scrape: { port: 'metrics' } },
      'error metrics/unknown-port: hub/api: there is no port "metrics" to scrape',
    ],
    [
      'an interval in words',
      { scrape: { port: 'http', interval: '30 seconds' } },
      'error metrics/duration: hub/api: metrics.interval "30 seconds" is no duration',
    ],
    [
      'an objective of everything',
      { scrape, objective: { availability: 100 } },
      'error metrics/objective: hub/api: the availability objective 100 leaves no error budget to watch',
    ],
    [
      'a share for a percentage',
      { scrape, objective: { availability: 0.999 } },
      'error metrics/objective: hub/api: the availability objective 0.999 leaves no error budget to watch',
    ],
    [
      'an objective without metrics',
      { objective: { availability: 99 } },
      'error metrics/objective-without-requests: hub/api: an objective without request metrics to judge it by',
    ],
    [
      'a matcher that is none',
      { scrape, requests: { errors: 'status=5xx' } },
      'error metrics/expression: hub/api: requests.errors: unexpected "5", at character 8 of its PromQL',
    ],
    [
      'a second selector among matchers',
      { scrape, requests: { errors: 'a="b"} or y{c="d"' } },
      'error metrics/expression: hub/api: requests.errors: these are not matchers, at character 1 of its PromQL',
    ],
    [
      'two alerts of one name',
      {
        alerts: [
          { ...alert, expression: 'a > 1' },
          { ...alert, expression: 'b > 1' },
        ],
      },
      'error metrics/rule-name: hub/api: alert A is stated twice',
    ],
    [
      'an alert of the library again',
      { alerts: [{ ...alert, name: 'TargetDown', expression: 'a > 1' }] },
      "error metrics/rule-name: hub/api: alert TargetDown is one of the library's",
    ],
    [
      'a recorded metric with blanks',
      { recordings: [{ name: 'orders per minute', expression: 'sum(a)' }] },
      'error metrics/rule-name: hub/api: recorded metric "orders per minute" is no metric name',
    ],
    [
      'an expression without its range',
      { alerts: [{ ...alert, expression: 'rate(a) > 1' }] },
      'error metrics/expression: hub/api: alert A: rate needs a range, such as a[5m], at character 6 of its PromQL',
    ],
  ])('%s', (_, intent, line) => {
    const { objects, diagnostics } = watch(intent);
    expect(lines(diagnostics)).toEqual([line]);
    expect(objects).toEqual([]);
  });

  test.each<[string, MonitoringIntent]>([
    ['an objective', { objective: { availability: 99 } }],
    ['thresholds', { thresholds: { errorRate: 5 } }],
    ['alerts on connections', { connectionPool: true }],
  ])('%s without metrics: the way out is in the words of an app', (_, intent) => {
    expect(watch(intent).diagnostics[0]?.hint).toMatch(/^state `metrics: true`/);
    const { diagnostics } = watch(intent, { workload: workload({ ports: [] }) });
    expect(diagnostics[0]?.hint).toMatch(/^state `port` and `metrics: true`/);
  });

  test('a broken expression is shown with a caret', () => {
    const { diagnostics } = watch({ alerts: [{ ...alert, expression: 'sum(rate(jobs_total[5m]) foo' }] });
    expect(diagnostics[0]?.hint).toBe('sum(rate(jobs_total[5m]) foo\n                         ^^^');
  });
});
