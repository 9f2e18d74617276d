import type { AlertTemplate } from './alert-template.ts';

const logs = [
  'kubectl -n {namespace} get pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} -o wide',
  'kubectl -n {namespace} rollout history {kind}/{workload}',
  'kubectl -n {namespace} logs {kind}/{workload} --all-containers --since=15m --prefix',
] as const;

/**
 * Needs `{selector}`, `{byservice}`, `{total}`, `{errors}`, `{limit}` and the same as `{percent}`.
 *
 * The requirements of the Delivery Platform state `sum(rate(http_requests_total{status=~"5.."}[5m])) by (service) > 0.1` with the
 * text "error rate above 10%". That compares failures per second with 0.1, so a busy service at 0.01 % would fire and an idle one
 * that always fails would not; here the failures are divided by all requests, and the text holds.
 */
export const highErrorRate: AlertTemplate = {
  name: 'HighErrorRate',
  severity: 'page',
  expression:
    'sum {byservice}(rate({total}{{selector},{errors}}[5m])) / sum {byservice}(rate({total}{{selector}}[5m])) > {limit}',
  for: '2m',
  summary: 'High error rate detected',
  description: 'Service {workload} has error rate above {percent}% ({{ $value | humanizePercentage }}).',
  meaning: 'Too large a share of the requests of the last five minutes failed; a tenth, where nothing else is stated.',
  commands: logs,
};

/** Needs `{selector}`, `{duration}` and `{limit}`; two seconds as the wanted alerts of the Delivery Platform say. */
export const highLatency: AlertTemplate = {
  name: 'HighLatency',
  severity: 'ticket',
  expression: 'histogram_quantile(0.95, sum {byservicebucket}(rate({duration}_bucket{{selector}}[5m]))) > {limit}',
  for: '5m',
  summary: 'High latency detected',
  description: 'One request in twenty of {workload} takes longer than {{ $value | humanizeDuration }}.',
  meaning:
    'The slowest twentieth of the requests of the last five minutes took longer than the stated limit; two seconds, where nothing else is stated.',
  commands: logs,
};

/** Needs `{job}`. All targets, because a rollout or a drained node makes one target vanish for a moment. */
export const targetDown: AlertTemplate = {
  name: 'TargetDown',
  severity: 'page',
  expression: 'max by (namespace, job) (up{namespace="{namespace}",job="{job}"}) == 0',
  for: '1m',
  summary: 'No target answers',
  description: 'None of the pods of {workload} answers when its metrics are scraped.',
  meaning:
    'The pods are there but none answers on its metrics port: they hang, or the network or a policy is in the way. Alerts on requests are blind meanwhile.',
  commands: [
    logs[0],
    'kubectl -n {namespace} get networkpolicy',
    'kubectl -n {namespace} logs {kind}/{workload} --all-containers --since=15m --prefix',
  ],
};
