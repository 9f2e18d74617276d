import type { HarmlessEdit, Mutation } from '../mutation.ts';

const file = 'shop/monitoring.yaml';
const one = (title: string, code: Mutation['code'], find: string, put: string): Mutation => ({
  title,
  code,
  edits: [{ file, find, put }],
});

/** Who hears of the shop's alerts; with `find` replaced by `put`. */
const routes = (find = '', put = ''): string =>
  `apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: shop, namespace: shop }
spec:
  route:
    receiver: nobody
    routes:
      - receiver: chat
        matchers: [{ name: severity, value: page|ticket, matchType: =~ }]
  receivers:
    - name: chat
      slackConfigs:
        - channel: '#shop'
          apiURL: { name: shop-chat, key: webhook }
          fields: [{ title: a, value: b }]
    - name: nobody
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: shop-chat, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: shop-chat }
  data: [{ secretKey: webhook, remoteRef: { key: shop/chat, property: webhook } }]
`.replace(find, put);

export const monitoringMutations: readonly Mutation[] = [
  one('a bracket of an expression is missing', 'monitoring/expression', '[5m]))', '[5m])'),
  one('a range is missing', 'monitoring/expression', '{namespace="shop"}[5m]', '{namespace="shop"}'),
  one('a matcher lacks its quotes', 'monitoring/expression', 'namespace="shop"', 'namespace=shop'),
  one('a comparison has no right side', 'monitoring/expression', '> 0.05', '>'),
  one('a function does not exist', 'monitoring/expression', 'rate(', 'rates('),
  {
    title: 'the query of an autoscaler is broken',
    code: 'monitoring/expression',
    edits: [
      { file: 'shop/autoscaling.yaml', find: 'query: sum(shop_queue_length)', put: 'query: sum(shop_queue_length' },
    ],
  },
  {
    title: 'a KEDA query asks for a metric that nobody exports',
    code: 'monitoring/unknown-metric',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'query: sum(shop_queue_length)', put: 'query: sum(queue_lenght)' }],
  },
  {
    title: 'an autoscaler asks for a metric of pods that nobody exports',
    code: 'monitoring/unknown-metric',
    edits: [
      {
        file: 'shop/autoscaling.yaml',
        find: '  metrics:\n',
        put: '  metrics:\n    - type: Pods\n      pods:\n        metric:\n          name: orders_per_second\n        target:\n          type: AverageValue\n          averageValue: "20"\n',
      },
    ],
  },
  one(
    'an alert has no runbook',
    'monitoring/alert-without-runbook',
    '            runbook_url: https://runbooks.example.com/ShopErrors.md\n',
    '',
  ),
  one('an alert has no severity', 'monitoring/alert-without-severity', 'severity: page', 'team: shop'),
  one(
    'a severity is a slip of one that teams use',
    'monitoring/unknown-severity',
    'severity: page',
    'severity: critcal',
  ),
  {
    title: 'a severity is none that a route knows',
    code: 'monitoring/unknown-severity',
    edits: [
      { file, find: 'severity: ticket', put: 'severity: blue' },
      { file: 'shop/routes.yaml', put: routes() },
    ],
  },
  {
    title: 'a severity has capitals, and the route has none',
    code: 'monitoring/unknown-severity',
    edits: [
      { file, find: 'severity: page', put: 'severity: Page' },
      { file: 'shop/routes.yaml', put: routes() },
    ],
  },
  {
    title: 'a route leads to a receiver that is not there',
    code: 'monitoring/unknown-receiver',
    edits: [{ file: 'shop/routes.yaml', put: routes('receiver: chat', 'receiver: chatt') }],
  },
  {
    title: 'a receiver reads a Secret that is not there',
    code: 'references/missing-secret',
    edits: [{ file: 'shop/routes.yaml', put: routes('name: shop-chat', 'name: shop-chatt') }],
  },
  {
    title: 'a receiver reads a key that its Secret lacks',
    code: 'references/missing-key',
    edits: [{ file: 'shop/routes.yaml', put: routes('key: webhook', 'key: webhok') }],
  },
  one(
    'two alerts have one name',
    'monitoring/duplicate-alert',
    'alert: ShopQueueGrows\n          expr: sum(shop_queue_length) > 200\n          for: 15m\n          labels:\n            severity: ticket',
    'alert: ShopErrors\n          expr: sum(shop_queue_length) > 200\n          for: 15m\n          labels:\n            severity: page',
  ),
  one(
    'a series is recorded twice',
    'monitoring/duplicate-record',
    'record: job:http_errors:rate5m\n          expr: sum by (job) (rate(http_requests_total{namespace="shop",code=~"5.."}[5m]))',
    'record: job:http_requests:rate5m\n          expr: sum by (job) (rate(http_requests_total{namespace="shop"}[5m]))',
  ),
  one(
    'a recorded metric is asked for a label it lost',
    'monitoring/label-mismatch',
    'expr: job:http_errors:rate5m /',
    'expr: job:http_errors:rate5m{code="500"} /',
  ),
  one(
    'a recorded metric is grouped by a label it lost',
    'monitoring/label-mismatch',
    'expr: job:http_errors:rate5m / job:http_requests:rate5m > 0.05',
    'expr: sum by (instance) (job:http_errors:rate5m) > 5',
  ),
  one(
    'a recording rule groups by less than its reader asks',
    'monitoring/label-mismatch',
    'expr: sum by (job) (rate(http_requests_total{namespace="shop",code=~"5.."}[5m]))',
    'expr: sum by (job) (job:http_requests:rate5m{pod="a"})',
  ),
  one('a recorded name has spaces', 'monitoring/rule', 'record: job:http_requests:rate5m', 'record: http requests'),
  one('a duration has a space', 'monitoring/rule', 'for: 10m', 'for: 10 minutes'),
  one(
    'a rule is alert and record',
    'monitoring/rule',
    '- alert: ShopErrors',
    '- alert: ShopErrors\n          record: job:x:y',
  ),
  one('a group stands twice', 'monitoring/rule', 'name: shop.alerts', 'name: shop.recording'),
  {
    title: 'a dashboard is no JSON',
    code: 'monitoring/dashboard',
    edits: [
      {
        file: 'shop/dashboard.yaml',
        put: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dashboard, namespace: shop, labels: { grafana_dashboard: "1" } }\ndata: { shop.json: "{ title: Shop }" }\n',
      },
    ],
  },
  {
    title: 'a panel’s query is broken',
    code: 'monitoring/expression',
    edits: [
      {
        file: 'shop/dashboard.yaml',
        put: `apiVersion: v1
kind: ConfigMap
metadata: { name: dashboard, namespace: shop, labels: { grafana_dashboard: "1" } }
data:
  shop.json: |
    { "title": "Shop", "panels": [{ "title": "Errors", "targets": [{ "expr": "sum(rate(x[$__rate_interval])" }] }] }
`,
      },
    ],
  },
  {
    title: 'an alert reads a recorded metric under a misspelt name',
    code: 'monitoring/unknown-record',
    edits: [
      {
        file: 'shop/new.yaml',
        put: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: other, namespace: shop }
spec:
  groups:
  - name: other
    rules:
    - { record: "job:other_errors:rate5m", expr: "sum by (job) (rate(other_errors_total[5m]))" }
    - alert: OtherErrors
      expr: job:other_erors:rate5m > 1
      labels: { severity: warning }
      annotations: { runbook_url: "https://runbooks.example.com/other" }
`,
      },
    ],
  },
  {
    title: 'the pattern of a matcher is no regular expression',
    code: 'monitoring/expression',
    edits: [
      {
        file: 'shop/new.yaml',
        put: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: other, namespace: shop }
spec:
  groups: [{ name: other, rules: [{ record: "job:other:rate5m", expr: 'sum by (job) (rate(other_total{code=~"5.("}[5m]))' }] }]
`,
      },
    ],
  },
];

export const monitoringHarmlessEdits: readonly HarmlessEdit[] = [
  ...[
    ['a recording rule', 'sum(job:http_requests:rate5m)'],
    ['kube-state-metrics', 'sum(kube_pod_status_phase{phase="Pending"})'],
    [
      'the requests that a scraped app counts',
      'histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))',
    ],
    ['a name that only a matcher knows', 'sum({__name__=~"shop.*"})'],
  ].map(([title = '', query = '']) => ({
    title: `a KEDA query asks for ${title}`,
    edits: [{ file: 'shop/autoscaling.yaml', find: 'query: sum(shop_queue_length)', put: `query: '${query}'` }],
  })),
  {
    title: 'a KEDA query asks a Prometheus outside the cluster, whose metrics nothing here tells',
    edits: [
      {
        file: 'shop/autoscaling.yaml',
        find: 'http://prometheus.monitoring.svc.cluster.local:9090',
        put: 'https://thanos.example.com',
      },
      { file: 'shop/autoscaling.yaml', find: 'sum(shop_queue_length)', put: 'sum(fleet_queue_length)' },
    ],
  },
  {
    title: 'autoscalers ask for what a workload says that it exports, under the names that adapters give it',
    edits: [
      {
        file: 'shop/web-deployment.yaml',
        find: '  namespace: shop\n',
        put: '  namespace: shop\n  annotations:\n    fairlead.dev/exports: orders_total, backlog\n',
      },
      {
        file: 'shop/autoscaling.yaml',
        find: '  metrics:\n',
        put: `  metrics:
${[
  'orders_per_second',
  'prometheus.googleapis.com|backlog|gauge',
  'pubsub.googleapis.com|subscription|num_undelivered_messages',
]
  .map(
    (name) =>
      `    - type: External\n      external:\n        metric:\n          name: ${name}\n        target:\n          type: AverageValue\n          averageValue: "20"\n`,
  )
  .join('')}`,
      },
    ],
  },
  {
    title: 'routes of alerts with a receiver that reads a Secret',
    edits: [{ file: 'shop/routes.yaml', put: routes() }],
  },
  {
    title: 'severities of a team’s own, and nobody who routes them',
    edits: [
      { file, find: 'severity: page', put: 'severity: sev2' },
      { file, find: 'severity: ticket', put: 'severity: business-hours' },
    ],
  },
  {
    title: 'an expression over several lines, with a comment',
    edits: [
      {
        file,
        find: 'expr: sum(shop_queue_length) > 200',
        put: 'expr: |\n            # all queues\n            sum(shop_queue_length)\n              > 200',
      },
    ],
  },
  {
    title: 'the severity stands on the group',
    edits: [
      { file, find: '- name: shop.alerts\n', put: '- name: shop.alerts\n      labels: { severity: page }\n' },
      { file, find: '          labels:\n            severity: page\n', put: '' },
    ],
  },
  {
    title: 'one alert with two thresholds',
    edits: [{ file, find: '- alert: ShopQueueGrows', put: '- alert: ShopErrors' }],
  },
  {
    title: 'a recorded metric is asked for the label it keeps',
    edits: [{ file, find: 'expr: job:http_errors:rate5m /', put: 'expr: job:http_errors:rate5m{job="api"} /' }],
  },
  {
    title: 'a dashboard with variables',
    edits: [
      {
        file: 'shop/dashboard.yaml',
        put: `apiVersion: v1
kind: ConfigMap
metadata: { name: dashboard, namespace: shop, labels: { grafana_dashboard: "1" } }
data:
  shop.json: |
    { "title": "Shop", "panels": [{ "title": "Errors", "targets": [{ "expr": "sum by ($by) (rate(x{job=~\\"$job\\"}[$__rate_interval]))" }] }] }
`,
      },
    ],
  },
  {
    title: 'patterns in the dialect of Prometheus, and windows of one metric',
    edits: [
      {
        file: 'shop/new.yaml',
        put: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: other, namespace: shop }
spec:
  groups:
  - name: other
    rules:
    - { record: "job:other:rate5m", expr: 'sum by (job) (rate(other_total{code=~"(?i)5..|(?P<a>[[:alpha:]]+)"}[5m]))' }
    - { record: "job:other:max1h", expr: "max_over_time(job:other:rate1h[1h])" }
`,
      },
    ],
  },
];
