import type { CodeEntry } from './index.ts';

/** Faults of scraping, alerts, objectives and dashboards as an app states them. */
export const metricsCodes = {
  'metrics/expression': {
    severity: 'error',
    sentence:
      'A PromQL expression of an alert, a recording rule or a dashboard does not parse, so Prometheus would refuse the whole rule file.',
    bad: 'expr: sum(rate(http_requests_total[5m])',
    good: 'expr: sum(rate(http_requests_total[5m]))',
  },
  'metrics/rule-name': {
    severity: 'error',
    sentence:
      'The name of an alert, a recorded metric or a label is not one that Prometheus accepts, or two alerts of one workload share it.',
    bad: 'record: orders per minute',
    good: 'record: orders:created:rate1m',
  },
  'metrics/duration': {
    severity: 'error',
    sentence:
      'A duration is not one that Prometheus reads: whole numbers with units in falling order, such as 30s or 1h30m.',
    bad: 'interval: 30 seconds',
    good: 'interval: 30s',
  },
  'metrics/unknown-port': {
    severity: 'error',
    sentence: 'Metrics are to be scraped from a port that the workload does not have.',
    bad: "ports: { metrics: 9090 }, metrics: { port: 'metric' }",
    good: "ports: { metrics: 9090 }, metrics: { port: 'metrics' }",
  },
  'metrics/objective': {
    severity: 'error',
    sentence: 'An objective is not a percentage that leaves an error budget: at least 50 and below 100.',
    bad: 'objective: { availability: 100 }',
    good: 'objective: { availability: 99.9 }',
  },
  'metrics/objective-capped': {
    severity: 'info',
    sentence:
      'An objective is so low that its fast burn-rate alert would need more than every request to fail, so its threshold is capped.',
    bad: 'objective: { availability: 90 }',
    good: 'objective: { availability: 95 }',
  },
  'metrics/objective-without-requests': {
    severity: 'error',
    sentence: 'An objective needs request metrics, and the workload neither is scraped nor says where they come from.',
    bad: 'objective: { availability: 99.9 }',
    good: 'metrics: true, objective: { availability: 99.9 }',
  },
  'metrics/not-scraped': {
    severity: 'error',
    sentence: 'Alerts are wanted on metrics that a workload exports itself, and nothing says where it exports any.',
    bad: "app.deployment('api', { connectionPool: true })",
    good: "app.deployment('api', { metrics: true, connectionPool: true })",
  },
  'metrics/unsupported': {
    severity: 'warning',
    sentence: 'The metrics stack of a cluster cannot express what the app states, so that part is left out there.',
    bad: 'alerts: { ShopSlow: { expr: … } } # on a cluster with metrics: annotations',
    good: 'metrics: prometheus-operator',
  },
  'metrics/route': {
    severity: 'error',
    sentence: 'A route of alerts names a receiver that is not declared, or a receiver has nowhere to send to.',
    bad: 'receivers: [{ name: on-call, slack: { … } }], routes: { page: oncall, ticket: on-call }',
    good: 'receivers: [{ name: on-call, slack: { … } }], routes: { page: on-call, ticket: on-call }',
  },
} as const satisfies Record<string, CodeEntry>;
