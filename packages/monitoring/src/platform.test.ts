import type { Cluster } from '@fairlead/inventory';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { cluster, lines, render, toYaml } from '../test/fixtures.ts';
import { AlertRouting, type AlertRoutingProps } from './alert-routing.ts';
import { alertmanagerFile } from './alertmanager-file.ts';
import { AzureStack } from './azure-stack.ts';
import { ClusterRouting } from './cluster-routing.ts';
import { Dashboards } from './dashboards/dashboard-objects.ts';
import { dashboardFaults, dashboardJson, type DashboardDefinition } from './dashboards/dashboard.ts';
import { dashboards } from './dashboards/library.ts';
import { externalLabels } from './external-labels.ts';
import { GoogleStack } from './google-stack.ts';
import { PlatformMonitoring } from './platform-monitoring.ts';
import { PrometheusStack } from './prometheus-stack.ts';
import { parsePromql } from './promql.ts';
import { businessCounters, businessRecordings } from './rules/business-metrics.ts';
import { alertLibrary } from './rules/library.ts';
import { platformRecordings } from './rules/platform-recordings.ts';
import { ClusterScraping } from './scrape/cluster-scraping.ts';
import { RouteProbe } from './scrape/probe.ts';

const ownership = { app: 'platform', team: 'platform-team', environment: 'production', cloud: 'eks' };
const hub = { ...ownership, app: 'hub', team: 'hub-team' };

describe('public routes', () => {
  const probe = (metrics: Parameters<typeof cluster>[0]) =>
    render((chart) => {
      new RouteProbe(chart, 'probe', {
        cluster: cluster(metrics),
        ownership: hub,
        namespace: 'hub',
        urls: ['https://hub.example.com/', 'https://api.example.com/health'],
      });
    });

  test('are probed from outside, with alerts on answer and certificate', () => {
    const { yaml, kinds, diagnostics } = probe({});
    expect(diagnostics).toEqual([]);
    expect(kinds).toEqual(['Probe', 'PrometheusRule']);
    expect(yaml['Probe']).toContain(`spec:
  jobName: hub-routes
  module: http_2xx
  prober:
    url: prometheus-blackbox-exporter.monitoring.svc:9115
  targets:
    staticConfig:
      relabelingConfigs:
        - replacement: aws
          targetLabel: cloud_provider
      static:
        - https://api.example.com/health
        - https://hub.example.com/
`);
    expect(yaml['PrometheusRule']).toContain('expr: probe_success{job="hub-routes"} == 0');
    expect(yaml['PrometheusRule']).toContain(
      'expr: probe_ssl_earliest_cert_expiry{job="hub-routes"} - time() < 1209600',
    );
  });

  test.each(['google-managed', 'azure-managed', 'annotations', 'none'] as const)('%s has no such object', (metrics) => {
    const { kinds, diagnostics } = probe({ metrics });
    expect(kinds).toEqual([]);
    expect(lines(diagnostics)).toEqual([
      `info metrics/unsupported: hub: its public routes are not probed there, because ${metrics} has no Probe object`,
    ]);
  });
});

describe('routes of alerts', () => {
  const route = (changes: Partial<AlertRoutingProps> = {}) =>
    render((chart) => {
      new AlertRouting(chart, 'alerts', {
        cluster: cluster(),
        ownership: hub,
        namespace: 'hub',
        receivers: {
          oncall: {
            pager: { routingKey: { secret: 'hub-alerting', key: 'pagerduty' } },
            slack: { channel: '#hub-alerts', webhook: { secret: 'hub-alerting', key: 'slack' } },
          },
          team: { email: { to: 'hub-team@example.com' } },
        },
        ...changes,
      });
    });

  test('pages go to the pager and Slack, tickets by e-mail; addresses are Secrets', () => {
    const { yaml, diagnostics } = route();
    expect(diagnostics).toEqual([]);
    expect(yaml['AlertmanagerConfig']).toContain(`spec:
  inhibitRules:
    - equal:
        - namespace
        - app
        - component
      sourceMatch:
        - matchType: =
          name: severity
          value: critical
        - matchType: "!="
          name: app
          value: ""
      targetMatch:
        - matchType: =
          name: severity
          value: warning
`);
    expect(yaml['AlertmanagerConfig']).toContain('[production] eks-production: {{ .CommonLabels.alertname }}');
    expect(yaml['AlertmanagerConfig']).toContain(`          routingKey:
            key: pagerduty
            name: hub-alerting
          sendResolved: true
`);
    expect(yaml['AlertmanagerConfig']).toContain(`  route:
    groupBy:
      - alertname
      - namespace
      - app
      - component
    groupInterval: 5m
    groupWait: 30s
    receiver: nobody
    repeatInterval: 24h
    routes:
      - groupWait: 10s
        matchers:
          - matchType: =
            name: severity
            value: critical
        receiver: oncall
        repeatInterval: 1h
      - matchers:
          - matchType: =
            name: severity
            value: warning
        receiver: team
`);
  });

  test('a lone receiver hears of all, and one severity alone may be told', () => {
    const chat = { chat: { slack: { channel: '#hub', webhook: { secret: 'hub-chat', key: 'url' } } } };
    const receiversOf = (changes: Partial<AlertRoutingProps>) =>
      [...(route(changes).yaml['AlertmanagerConfig'] ?? '').matchAll(/^ +receiver: (\S+)/gm)].map(([, name]) => name);
    expect(receiversOf({ receivers: chat })).toEqual(['nobody', 'chat', 'chat']);
    expect(receiversOf({ receivers: chat, routes: { page: 'chat' } })).toEqual(['nobody', 'chat']);
  });

  test('an unknown receiver and one without an address are errors', () => {
    const { kinds, diagnostics } = route({ receivers: { team: {} }, routes: { page: 'oncal', ticket: 'team' } });
    expect(kinds).toEqual([]);
    expect(lines(diagnostics)).toEqual([
      'error metrics/route: hub: alerts of severity page go to "oncal", which is no receiver; known: team',
      'error metrics/route: hub: receiver team has neither slack, email nor pager',
    ]);
  });

  test('other stacks say where routes are made', () => {
    expect(route({ cluster: cluster({ metrics: 'azure-managed' }) }).diagnostics).toMatchObject([
      { code: 'metrics/unsupported', severity: 'info' },
    ]);
    expect(route({ cluster: cluster({ alerts: false }) })).toMatchObject({ kinds: [], diagnostics: [] });
  });
});

describe('what an environment says of receivers', () => {
  const told = (changes: Parameters<typeof cluster>[0] = {}): Cluster => {
    const plain = cluster(changes);
    const alerts = {
      ...plain.environment.alerts,
      severity: { page: 'pager', ticket: 'chat' },
      repeat: { page: '30m' },
      receivers: {
        pager: {
          pager: { service: 'pagerduty', routingKey: 'pagerduty-routing-key' },
          slack: { channel: '#fire', webhook: 'slack-webhook' },
        },
        chat: { slack: { channel: '#smoke', webhook: 'slack-webhook' } },
        mail: {
          email: {
            to: 'team@example.com',
            from: 'alerts@example.com',
            server: 'smtp.example.com:587',
            username: 'alerts',
            password: 'smtp-password',
          },
        },
      },
    } as const;
    return { ...plain, environment: { ...plain.environment, alerts } };
  };
  const routing = (resolved: Cluster) =>
    render((chart) => {
      new ClusterRouting(chart, 'routes', {
        cluster: resolved,
        ownership,
        namespace: 'monitoring',
        secret: 'platform-alerting',
      });
    });

  test('holds for all namespaces: pages, tickets, and whatever severity nobody thought of; a watchdog wakes nobody', () => {
    const { objects } = routing(told());
    expect(objects).toMatchObject([
      {
        kind: 'AlertmanagerConfig',
        metadata: { namespace: 'monitoring', labels: { release: 'kube-prometheus-stack' } },
        spec: {
          route: {
            receiver: 'chat',
            repeatInterval: '24h',
            routes: [
              { receiver: 'pager', matchers: [{ name: 'severity', value: 'critical' }], repeatInterval: '30m' },
              { receiver: 'chat', matchers: [{ name: 'severity', value: 'warning' }] },
              { receiver: 'nobody', matchers: [{ name: 'severity', value: 'info|none', matchType: '=~' }] },
            ],
          },
          receivers: [
            {
              name: 'pager',
              pagerdutyConfigs: [{ routingKey: { name: 'platform-alerting', key: 'pagerduty-routing-key' } }],
              slackConfigs: [{ channel: '#fire', apiURL: { name: 'platform-alerting', key: 'slack-webhook' } }],
            },
            { name: 'chat' },
            { name: 'nobody' },
          ],
        },
      },
    ]);
  });

  test('is nothing where nobody is to be told', () => {
    expect(routing(cluster()).kinds).toEqual([]);
    const quiet = told();
    const alerts = { ...quiet.environment.alerts, enabled: false };
    expect(routing({ ...quiet, environment: { ...quiet.environment, alerts } }).kinds).toEqual([]);
  });

  test('as a file for an Alertmanager that reads no objects: what is secret stands as its key', () => {
    expect(stringify(alertmanagerFile(told({ metrics: 'google-managed', provider: 'gke' })))).toContain(`receivers:
  - name: pager
    slack_configs:
      - channel: "#fire"
        api_url: <slack-webhook>
        send_resolved: true
`);
    expect(stringify(alertmanagerFile(told()))).toContain(`        smarthost: smtp.example.com:587
        auth_username: alerts
        auth_password: <smtp-password>
`);
    expect(alertmanagerFile(cluster())).toBeUndefined();
  });
});

describe('the stack of a cluster', () => {
  const stack = (changes: Parameters<typeof cluster>[0] = {}) =>
    render((chart) => {
      const props = { cluster: cluster(changes), ownership };
      const { implementation } = props.cluster.capabilities.metrics;
      if (implementation === 'google-managed') new GoogleStack(chart, 'stack', props);
      else if (implementation === 'azure-managed') new AzureStack(chart, 'stack', props);
      else
        new PrometheusStack(chart, 'stack', {
          ...props,
          namespace: 'monitoring',
          alertmanager: { serviceAccount: 'platform-alertmanager' },
        });
    });
  const labels = { cloud_provider: 'aws', cluster: 'eks-production', environment: 'production' };

  test('prometheus-operator: intervals and external labels, and an Alertmanager that reads all routes', () => {
    const { objects, kinds } = stack();
    expect(kinds).toEqual([
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'Prometheus',
      'PodDisruptionBudget',
      'PodDisruptionBudget',
      'ServiceAccount',
      'Alertmanager',
    ]);
    expect(objects.find(({ kind }) => kind === 'Prometheus')).toMatchObject({
      spec: {
        scrapeInterval: '15s',
        evaluationInterval: '15s',
        externalLabels: labels,
        ruleSelector: { matchLabels: { release: 'kube-prometheus-stack' } },
        ruleNamespaceSelector: {},
        alerting: { alertmanagers: [{ namespace: 'monitoring', name: 'alertmanager-operated' }] },
      },
    });
    expect(objects.at(-1)).toMatchObject({
      spec: {
        alertmanagerConfigSelector: { matchLabels: { release: 'kube-prometheus-stack' } },
        alertmanagerConfigMatcherStrategy: { type: 'OnNamespaceExceptForAlertmanagerNamespace' },
      },
    });
    expect(stack({ alerts: false }).kinds).not.toContain('Alertmanager');
  });

  test('google-managed: external labels but Google’s own, and nothing that would delete the stack', () => {
    const { objects } = stack({ metrics: 'google-managed', provider: 'gke' });
    const { cluster: _, ...google } = { ...labels, cloud_provider: 'gcp' };
    expect(objects).toMatchObject([
      {
        kind: 'OperatorConfig',
        metadata: { name: 'config', namespace: 'gmp-public' },
        collection: { externalLabels: google },
        rules: { externalLabels: google },
      },
    ]);
    expect(objects[0]?.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' });
  });

  test('azure-managed: the label of the cluster, and the environment on every target', () => {
    const { yaml } = stack({ metrics: 'azure-managed', provider: 'aks' });
    expect(yaml['ConfigMap']).toContain('cluster_alias = "eks-production"');
  });
});

describe('the cluster as a whole', () => {
  const spot = {
    name: 'burst',
    cpu: '4',
    memory: '16Gi',
    architecture: 'amd64',
    spot: true,
    max: 3,
    labels: {},
    taints: [],
  } as const;
  const platform = (changes: Parameters<typeof cluster>[0]) =>
    render((chart) => {
      const resolved = { ...cluster(changes), nodePools: [spot] };
      new PlatformMonitoring(chart, 'platform', {
        cluster: resolved,
        ownership,
        namespace: 'monitoring',
        business: true,
        hourlyBudget: 12,
      });
    });

  test('spot nodes, cost and business metrics', () => {
    const { yaml } = platform({});
    const text = yaml['PrometheusRule'] ?? '';
    expect([...text.matchAll(/alert: (\S+)/g)].map(([, name]) => name)).toEqual([
      'NodeNotReady',
      'NodePressure',
      'NodeChurn',
      'SpotInterruptions',
      'CapacityRunningOut',
      'DeliveryFailing',
      'CostAnomaly',
      'CostAboveBudget',
      'FailedLoginsAnomaly',
    ]);
    expect([...text.matchAll(/record: (\S+)/g)].map(([, name]) => name)).toEqual(
      expect.arrayContaining([...businessRecordings, ...platformRecordings].map(({ name }) => name)),
    );
    // Three nodes of four cores and 16 GiB.
    expect(text).toContain('predict_linear(cluster:cpu_requests:sum[7d], 1209600) > 12 or');
    expect(text).toContain('(12 cores, 48 GiB)');
    expect(text).toContain('expr: sum(node_total_hourly_cost) > 12');
  });

  test('google-managed: ClusterRules, which have no namespace', () => {
    const { objects } = platform({ metrics: 'google-managed', provider: 'gke' });
    expect(objects).toMatchObject([{ apiVersion: 'monitoring.googleapis.com/v1', kind: 'ClusterRules' }]);
    expect(objects[0]?.metadata.namespace).toBeUndefined();
  });

  test('scrape jobs for annotated pods and for nodes', () => {
    const scraping = (metrics?: Parameters<typeof cluster>[0]) =>
      render((chart) => {
        new ClusterScraping(chart, 'scraping', { cluster: cluster(metrics), ownership, namespace: 'monitoring' });
      });
    const { objects, diagnostics } = scraping();
    expect(diagnostics).toEqual([]);
    expect(objects).toMatchObject([
      {
        apiVersion: 'monitoring.coreos.com/v1alpha1',
        kind: 'ScrapeConfig',
        metadata: { name: 'kubernetes-pods', labels: { release: 'kube-prometheus-stack' } },
        spec: { scrapeInterval: '15s', kubernetesSDConfigs: [{ role: 'Pod' }] },
      },
      {
        kind: 'ScrapeConfig',
        metadata: { name: 'kubernetes-nodes' },
        spec: { kubernetesSDConfigs: [{ role: 'Node' }] },
      },
    ]);
    expect(toYaml(objects[0])).toContain(`    - action: keep
      regex: "true"
      sourceLabels:
        - __meta_kubernetes_pod_annotation_prometheus_io_scrape
`);
    expect(toYaml(objects[1])).toContain(`    - action: labelmap
      regex: __meta_kubernetes_node_label_(.+)
`);
    expect(scraping({ metrics: 'azure-managed' }).diagnostics).toMatchObject([
      { code: 'metrics/unsupported', severity: 'info' },
    ]);
  });

  test('google-managed: kubelets and kube-state-metrics, where the cloud’s own packages do not', () => {
    const scraping = (nodeMetrics?: 'cloud' | 'platform') =>
      render((chart) => {
        const plain = cluster({ metrics: 'google-managed', provider: 'gke' });
        const metrics = { ...plain.capabilities.metrics, nodeMetrics };
        const resolved = { ...plain, capabilities: { ...plain.capabilities, metrics } };
        new ClusterScraping(chart, 'scraping', { cluster: resolved, ownership, namespace: 'gmp-system' });
      });
    expect(scraping()).toMatchObject({ kinds: [], diagnostics: [] });
    const { kinds, yaml } = scraping('platform');
    expect(kinds).toEqual(['ClusterNodeMonitoring', 'ClusterPodMonitoring']);
    expect(yaml['ClusterNodeMonitoring']).toContain(
      'regex: kubelet_volume_stats_available_bytes|kubelet_volume_stats_capacity_bytes\n',
    );
    expect(yaml['ClusterNodeMonitoring']).toContain('container_cpu_cfs_throttled_periods_total');
    expect(yaml['ClusterPodMonitoring']).toContain('kube_horizontalpodautoscaler_spec_max_replicas');
    expect(yaml['ClusterPodMonitoring']).toContain('targetLabels:\n    metadata: []\n');
  });

  test('external labels', () => {
    expect(externalLabels(cluster({ provider: 'aks' }))).toEqual({
      cloud_provider: 'azure',
      cluster: 'eks-production',
      environment: 'production',
    });
  });

  test('business recordings count what the contract names', () => {
    const contract = new Set(businessCounters.map(({ name }) => name));
    const counted = businessRecordings.flatMap(({ expression }) => parsePromql(expression).metrics);
    expect(counted.filter((name) => !contract.has(name))).toEqual([]);
    expect(businessRecordings.flatMap(({ expression }) => parsePromql(expression).errors)).toEqual([]);
  });
});

describe('dashboards', () => {
  test('the four that the requirements name, requests by cloud, and cost', () => {
    expect(Object.values(dashboards).map(({ title }) => title)).toEqual([
      'Multi-Cloud Delivery Platform',
      'Executive',
      'Operations',
      'Development',
      'Cost and right-sizing',
      'Security',
    ]);
    expect(Object.values(dashboards).flatMap((each) => dashboardFaults(each))).toEqual([]);
  });

  test('use recorded metrics that exist', () => {
    const recorded = new Set<string>([...businessRecordings, ...platformRecordings].map(({ name }) => name));
    const used = Object.values(dashboards)
      .flatMap(({ rows }: DashboardDefinition) =>
        rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries)),
      )
      .flatMap(({ expression }) => parsePromql(expression, { grafana: true }).metrics)
      .filter((name) => name.includes(':') && !name.startsWith('workload:'));
    expect(used.filter((name) => !recorded.has(name))).toEqual([]);
  });

  test('request rate by service and cloud_provider, as JSON', () => {
    const { panels } = dashboardJson(dashboards.requests);
    expect(panels[1]).toEqual({
      id: 2,
      type: 'timeseries',
      title: 'Request Rate',
      datasource: { type: 'prometheus', uid: '${datasource}' },
      gridPos: { x: 0, y: 1, w: 12, h: 8 },
      fieldConfig: { defaults: { unit: 'reqps' }, overrides: [] },
      options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
      targets: [
        {
          refId: 'A',
          datasource: { type: 'prometheus', uid: '${datasource}' },
          expr: 'sum(rate(http_requests_total[$__rate_interval])) by (service, cloud_provider)',
          legendFormat: '{{service}} {{cloud_provider}}',
        },
      ],
    });
    const ids = panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('become ConfigMaps for the sidecar; a broken query is a diagnostic', () => {
    const broken: DashboardDefinition = {
      uid: 'broken',
      title: 'Broken',
      description: '',
      rows: [{ title: 'Row', panels: [{ title: 'Panel', queries: [{ expression: 'rate(a[$__rate_interval]' }] }] }],
    };
    const { objects, diagnostics } = render((chart) => {
      new Dashboards(chart, 'dashboards', {
        cluster: cluster(),
        ownership,
        namespace: 'monitoring',
        dashboards: { requests: dashboards.requests, broken },
        folder: 'Fairlead',
      });
    });
    expect(objects).toMatchObject([
      {
        kind: 'ConfigMap',
        metadata: {
          name: 'platform-dashboard-requests',
          labels: { grafana_dashboard: '1' },
          annotations: { grafana_folder: 'Fairlead' },
        },
      },
    ]);
    expect(diagnostics).toMatchObject([
      { code: 'metrics/expression', message: expect.stringContaining('platform: panel "Panel" of dashboard broken: ') },
    ]);
  });
});

test('every alert of the library parses, and has words for whoever it wakes', () => {
  for (const { name, summary, description, meaning, commands } of alertLibrary.values()) {
    expect(
      [summary, description, meaning, ...commands].every((text) => text.length > 5),
      name,
    ).toBe(true);
  }
  expect(alertLibrary.size).toBe(35);
});
