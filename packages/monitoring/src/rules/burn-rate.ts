import type { AlertSeverity } from '../intent.ts';
import type { AlertTemplate } from './alert-template.ts';
import type { RecordingRule } from './rule.ts';

/** Windows over which the share of bad requests is recorded. */
export const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

export type Window = (typeof windows)[number];

/** One row of a multi-window multi-burn-rate alert: fires when both windows burn the budget `factor` times too fast. */
export interface BurnRate {
  readonly severity: AlertSeverity;
  readonly long: Window;
  readonly short: Window;
  readonly factor: number;
  /** How long both must hold: long enough to outlive one odd evaluation, short beside the long window. */
  readonly for: string;
}

/**
 * The rows for an objective over 30 days: after the long window at this rate, 2, 5, 10 and 10 percent of the budget are gone.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const burnRates: readonly BurnRate[] = [
  { severity: 'page', long: '1h', short: '5m', factor: 14.4, for: '2m' },
  { severity: 'page', long: '6h', short: '30m', factor: 6, for: '15m' },
  { severity: 'ticket', long: '1d', short: '2h', factor: 3, for: '1h' },
  { severity: 'ticket', long: '3d', short: '6h', factor: 1, for: '3h' },
];

/** The highest share of bad requests that an alert may wait for: above it, an outage of everything but a trickle would not fire. */
export const highestThreshold = 0.9;

/** Thresholds are written with at most this many significant digits: 14.4 × 0.001 is 0.014400000000000001 in binary. */
const digits = 12;

/**
 * The share of bad requests above which a row fires: factor × budget. From about 93.75 % down, 14.4 × budget passes
 * {@link highestThreshold} and at last 1, which no share ever exceeds; such a row is capped there instead of being mute.
 */
export function burnThreshold(percent: number, factor: number): number {
  const budget = 1 - percent / 100;
  return Number(Math.min(factor * budget, highestThreshold).toPrecision(digits));
}

/** True when a row of the objective is capped. */
export function isCapped(percent: number): boolean {
  return burnRates.some(({ factor }) => factor * (1 - percent / 100) > highestThreshold);
}

/** A kind of objective: how the share of bad requests is computed, and what its alert says. */
export interface ObjectiveTemplate {
  /** Prefix of the recorded metrics: `<record>:ratio_rate5m`. */
  readonly record: string;
  /** Needs `{selector}`, `{by}`, `{window}` and what its own row says. */
  readonly ratio: string;
  readonly alert: Omit<AlertTemplate, 'severity' | 'expression' | 'for'>;
}

const commands = [
  'kubectl -n {namespace} get pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} -o wide',
  'kubectl -n {namespace} rollout history {kind}/{workload}',
  'kubectl -n {namespace} logs {kind}/{workload} --all-containers --since=15m --prefix',
] as const;

/**
 * Failed requests by all requests. `or 0 *` makes the share 0, not absent, while nothing has failed yet;
 * `> 0` leaves it absent, not NaN, while there is no traffic, so a quiet night neither fires nor heals.
 */
export const availabilityObjective: ObjectiveTemplate = {
  record: 'workload:availability_errors',
  ratio:
    '(sum {by}(rate({total}{{selector},{errors}}[{window}])) or 0 * sum {by}(rate({total}{{selector}}[{window}]))) / (sum {by}(rate({total}{{selector}}[{window}])) > 0)',
  alert: {
    name: 'AvailabilityBudgetBurn',
    summary: 'Error budget is burning',
    description:
      '{workload} fails {{ $value | humanizePercentage }} of its requests over {long}; its objective is {percent} %.',
    meaning:
      'Requests fail so fast that the error budget of 30 days will be used up early. The label `window` says how fast: 1h and 6h page, because a day of it would cost most of the budget; 1d and 3d are slow leaks.',
    commands,
  },
};

/** Needs `{duration}` and `{bucket}`, the matcher of the bucket's bound. */
export const latencyObjective: ObjectiveTemplate = {
  record: 'workload:latency_errors',
  ratio:
    '1 - sum {by}(rate({duration}_bucket{{selector},{bucket}}[{window}])) / (sum {by}(rate({duration}_count{{selector}}[{window}])) > 0)',
  alert: {
    name: 'LatencyBudgetBurn',
    summary: 'Latency budget is burning',
    description:
      '{workload} is too slow in {{ $value | humanizePercentage }} of its requests over {long}; {percent} % are to take at most {threshold} s.',
    meaning:
      'Requests are slower than promised so often that the budget of 30 days will be used up early. The label `window` says how fast.',
    commands,
  },
};

/** The recorded shares of an objective, one per window. Labels: namespace and job, by the expression or else by `labels`. */
export function ratioRules(
  objective: ObjectiveTemplate,
  fill: (template: string, values: Readonly<Record<string, string>>) => string,
  labels?: Record<string, string>,
): RecordingRule[] {
  return windows.map((window) => ({
    record: `${objective.record}:ratio_rate${window}`,
    expr: fill(objective.ratio, { window }),
    ...(labels === undefined ? {} : { labels }),
  }));
}

/** One row of an objective as an alert of the library; needs `{namespace}`, `{job}` and `{limit}`. */
export function burnRateAlert(
  { record, alert }: ObjectiveTemplate,
  { severity, long, short, for: hold }: BurnRate,
): AlertTemplate {
  const above = (window: Window) => `${record}:ratio_rate${window}{namespace="{namespace}",job="{job}"} > {limit}`;
  return { ...alert, severity, for: hold, expression: `${above(long)} and ${above(short)}` };
}
