import type { AlertTemplate } from './alert-template.ts';
import type { RecordingRule } from './rule.ts';

/**
 * What a workload's requests are like, recorded so that now can be compared with before: rate, share of failures, and the time that
 * one in twenty takes. Without traffic the latter two are absent, not NaN, which would spoil every average over them.
 */
export const requestRecordings: readonly { readonly name: string; readonly expression: string }[] = [
  { name: 'workload:requests:rate5m', expression: 'sum {by}(rate({total}{{selector}}[5m]))' },
  {
    name: 'workload:errors:ratio_rate5m',
    expression:
      '(sum {by}(rate({total}{{selector},{errors}}[5m])) or 0 * sum {by}(rate({total}{{selector}}[5m]))) / (sum {by}(rate({total}{{selector}}[5m])) > 0)',
  },
  {
    name: 'workload:latency:p95_rate5m',
    expression: 'histogram_quantile(0.95, sum {bybucket}(rate({duration}_bucket{{selector}}[5m]))) >= 0',
  },
];

const own = '{namespace="{namespace}",job="{job}"}';

const compare = [
  'kubectl -n {namespace} rollout history {kind}/{workload}',
  'kubectl -n {namespace} get pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} -o wide',
  'kubectl -n {namespace} logs {kind}/{workload} --all-containers --since=30m --prefix',
] as const;

/** Against the same hour of yesterday and of a week ago, so neither a night nor a Sunday is news. Tickets: nothing need be broken. */
export const trafficDropped: AlertTemplate = {
  name: 'TrafficDropped',
  severity: 'ticket',
  expression: [
    `avg_over_time(workload:requests:rate5m${own}[15m]) < 0.3 * avg_over_time(workload:requests:rate5m${own}[1h] offset 1d)`,
    `avg_over_time(workload:requests:rate5m${own}[15m]) < 0.3 * avg_over_time(workload:requests:rate5m${own}[1h] offset 1w)`,
    `avg_over_time(workload:requests:rate5m${own}[1h] offset 1w) > 0.1`,
  ].join(' and '),
  for: '15m',
  summary: 'Far fewer requests than usual',
  description:
    '{workload} gets {{ $value | humanize }} requests a second, less than a third of what it got at this hour yesterday and a week ago.',
  meaning:
    'Requests do not arrive: a name, a load balancer, a client or a caller changed. Those that arrive may all succeed, so no other alert need fire.',
  commands: [
    'kubectl -n {namespace} get ingress,gateway,httproute',
    compare[0],
    'kubectl -n {namespace} get events --sort-by=.lastTimestamp',
  ],
};

/** Needs `{limit}`, seconds: what is still far from the stated threshold is nobody's trouble. */
export const latencyAnomaly: AlertTemplate = {
  name: 'LatencyAnomaly',
  severity: 'ticket',
  expression: [
    `avg_over_time(workload:latency:p95_rate5m${own}[15m]) > 2 * avg_over_time(workload:latency:p95_rate5m${own}[1d] offset 1h)`,
    `avg_over_time(workload:latency:p95_rate5m${own}[15m]) > 0.25 * {limit}`,
  ].join(' and '),
  for: '15m',
  summary: 'Slower than usual',
  description:
    'One request in twenty of {workload} takes {{ $value | humanizeDuration }} or longer, more than twice the time of the last day.',
  meaning:
    'The workload became slower although it may still be within its threshold: often a rollout, a query without an index, or a neighbour that takes the CPU.',
  commands: compare,
};

/** Below a hundredth a single failure of a quiet service would do. */
export const errorRateAnomaly: AlertTemplate = {
  name: 'ErrorRateAnomaly',
  severity: 'ticket',
  expression: [
    `avg_over_time(workload:errors:ratio_rate5m${own}[15m]) > 5 * avg_over_time(workload:errors:ratio_rate5m${own}[1d] offset 1h)`,
    `avg_over_time(workload:errors:ratio_rate5m${own}[15m]) > 0.01`,
  ].join(' and '),
  for: '15m',
  summary: 'More failures than usual',
  description:
    '{workload} fails {{ $value | humanizePercentage }} of its requests, more than five times the share of the last day.',
  meaning:
    'Failures rose well before they are so many that somebody is paged. Compare the time with the last rollout of the workload and of whom it calls.',
  commands: compare,
};

/** The alerts that compare a workload with its own past. */
export const anomalyAlerts: readonly AlertTemplate[] = [trafficDropped, latencyAnomaly, errorRateAnomaly];

/** {@link requestRecordings}, filled in for a workload. */
export function requestRules(fill: (template: string) => string, labels?: Record<string, string>): RecordingRule[] {
  return requestRecordings.map(({ name, expression }) => ({
    record: name,
    expr: fill(expression),
    ...(labels === undefined ? {} : { labels }),
  }));
}
