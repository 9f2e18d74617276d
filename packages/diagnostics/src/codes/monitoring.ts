import type { CodeEntry } from './index.ts';

/** Faults of rules and dashboards as they stand in manifests. */
export const monitoringCodes = {
  'monitoring/expression': {
    severity: 'error',
    sentence: 'An expression is not PromQL, so Prometheus refuses the whole rule file, or a panel stays empty.',
    bad: 'expr: sum(rate(http_requests_total[5m])',
    good: 'expr: sum(rate(http_requests_total[5m]))',
  },
  'monitoring/unknown-metric': {
    severity: 'warning',
    sentence:
      'An autoscaler acts on a metric that nothing on the cluster is known to export: no app states it, no rule records it, and no exporter of the metrics stack has it.',
    bad: "events: [{ source: 'prometheus', query: 'sum(orders_pendign)', threshold: 20 }]",
    good: "metrics: { exports: ['orders_pending'] }   # on the workload that exports it",
  },
  'monitoring/rule': {
    severity: 'error',
    sentence:
      'A rule is one that Prometheus refuses: both alert and record, a name or duration it does not read, a group twice.',
    bad: 'rules: [{ record: orders per minute, expr: "sum(rate(orders_total[1m]))" }]',
    good: 'rules: [{ record: "orders:rate1m", expr: "sum(rate(orders_total[1m]))" }]',
  },
  'monitoring/alert-without-runbook': {
    severity: 'warning',
    sentence: 'An alert does not say what to do: it has no annotation runbook_url.',
    bad: 'annotations: { summary: Requests fail }',
    good: 'annotations: { summary: Requests fail, runbook_url: "https://runbooks.example.com/ShopErrors.md" }',
  },
  'monitoring/alert-without-severity': {
    severity: 'warning',
    sentence: 'An alert has no severity label, so it reaches whoever the default receiver is.',
    bad: 'alert: ShopErrors  # without labels',
    good: 'labels: { severity: page }',
  },
  'monitoring/unknown-severity': {
    severity: 'warning',
    sentence: 'An alert has a severity that no route knows, so it reaches whoever hears of all the rest, or nobody.',
    bad: 'labels: { severity: critcal }  # routes match critical and warning',
    good: 'labels: { severity: critical }',
  },
  'monitoring/unknown-receiver': {
    severity: 'error',
    sentence: 'A route leads to a receiver that its object does not have, so the operator refuses all of it.',
    bad: 'route: { receiver: pagr }\nreceivers: [{ name: pager, pagerdutyConfigs: [ … ] }]',
    good: 'route: { receiver: pager }\nreceivers: [{ name: pager, pagerdutyConfigs: [ … ] }]',
  },
  'monitoring/duplicate-alert': {
    severity: 'warning',
    sentence:
      'Two alerts of a namespace have one name and the same labels, so they cannot be told apart, and one runbook is for two things.',
    bad: '- alert: ShopErrors\n- alert: ShopErrors',
    good: '- alert: ShopErrors\n- alert: ShopLatency',
  },
  'monitoring/duplicate-record': {
    severity: 'error',
    sentence: 'Two recording rules write the same series, so Prometheus drops one of them at random.',
    bad: '- record: job:errors:rate5m\n- record: job:errors:rate5m',
    good: '- record: job:errors:rate5m\n- record: job:requests:rate5m',
  },
  'monitoring/record-name': {
    severity: 'info',
    sentence: 'The name of a recording rule does not say what it is aggregated by: level:metric:operation.',
    bad: 'record: errors',
    good: 'record: job:errors:rate5m',
  },
  'monitoring/unknown-record': {
    severity: 'warning',
    sentence: 'A rule reads a recorded metric that no rule records, under a name that is nearly that of one.',
    bad: 'expr: job:errors:rate5n > 1  # the rule records job:errors:rate5m',
    good: 'expr: job:errors:rate5m > 1',
  },
  'monitoring/label-mismatch': {
    severity: 'error',
    sentence:
      'A rule selects or groups by a label that the recording rule it reads has aggregated away, so it finds nothing.',
    bad: 'record: job:errors:rate5m  # sum by (job)\nexpr: job:errors:rate5m{code="500"} > 1',
    good: 'expr: sum by (job, code) (rate(http_requests_total[5m]))',
  },
  'monitoring/dashboard': {
    severity: 'warning',
    sentence: 'A Grafana dashboard in a ConfigMap is no JSON, so Grafana ignores it.',
    bad: 'data: { shop.json: "{ title: Shop }" }',
    good: 'data: { shop.json: \'{ "title": "Shop" }\' }',
  },
} as const satisfies Record<string, CodeEntry>;
