import { diagnostic, type Diagnostic, type Finding } from '@fairlead/diagnostics';
import { aboutWorkload } from '@fairlead/objects/about-workload';
import { checkExpression, type ExpressionFault } from './check-expression.ts';
import type { Duration, LatencyObjective, MonitoringIntent } from './intent.ts';
import { parsePromql } from './promql.ts';
import { isCapped } from './rules/burn-rate.ts';
import { alertLibrary } from './rules/library.ts';
import type { RuleContext } from './rules/workload-rules.ts';

const duration = /^(?=.)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/;
const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const alertName = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** Everything that keeps a monitoring intent from working, wherever it is placed. */
export function checkMonitoring(context: RuleContext): Diagnostic[] {
  const { intent } = context;
  return [
    ...checkScrape(context),
    ...checkObjective(context),
    ...checkThresholds(context),
    ...checkRequests(intent),
    ...checkConnections(context),
    ...checkOwnRules(context),
  ].map((found) => aboutWorkload(found, context));
}

/** A finding about an expression, with a caret under the place where it breaks. */
export function expressionFault(where: string, expression: string): Diagnostic | undefined {
  const found = checkExpression(expression);
  return found === undefined ? undefined : pointAt(where, expression, found);
}

/** The same for matchers, which are tried inside a selector of their own. */
function matchersFault(where: string, matchers: string): Diagnostic | undefined {
  const before = 'x{';
  const { errors, selectors } = parsePromql(`${before}${matchers}}`);
  const [error] = errors;
  if (error === undefined) {
    // Braces of its own would end the selector and begin another.
    const one = selectors.length === 1 && selectors[0]?.to === before.length + matchers.length + 1;
    return one
      ? undefined
      : pointAt(where, matchers, { from: 0, to: matchers.length, message: 'these are not matchers' });
  }
  const from = Math.min(Math.max(error.from - before.length, 0), matchers.length);
  return pointAt(where, matchers, { from, to: error.to - before.length, message: error.message });
}

function pointAt(where: string, expression: string, { from, to, message }: ExpressionFault): Diagnostic {
  const start = expression.lastIndexOf('\n', from - 1) + 1;
  const end = expression.indexOf('\n', from);
  const line = expression.slice(start, end < 0 ? undefined : end);
  return diagnostic('metrics/expression', {
    message: `${where}: ${message}, at character ${from + 1} of its PromQL`,
    hint: `${line}\n${' '.repeat(from - start)}${'^'.repeat(Math.max(1, Math.min(to, start + line.length) - from))}`,
  });
}

function checkScrape({ workload, intent }: RuleContext): Diagnostic[] {
  const { scrape } = intent;
  if (scrape === undefined) return [];
  const found: Diagnostic[] = [];
  if (!workload.ports.some(({ name }) => name === scrape.port)) {
    const known = workload.ports.map(({ name }) => name).join(', ');
    found.push(
      fault(
        'metrics/unknown-port',
        `there is no port "${scrape.port}" to scrape`,
        known === '' ? 'state `port`' : `known: ${known}`,
      ),
    );
  }
  return [...found, ...checkDuration('metrics.interval', scrape.interval)];
}

function checkDuration(what: string, text: Duration | undefined): Diagnostic[] {
  if (text === undefined || duration.test(text)) return [];
  return [fault('metrics/duration', `${what} "${text}" is no duration`, 'state one such as 30s, 5m or 1h30m')];
}

/** The words with which the author of an app states where the metrics of a workload are. */
function metricsOf({ ports }: RuleContext['workload']): string {
  return ports.length > 0 ? '`metrics: true`' : '`port` and `metrics: true`';
}

function checkObjective({ workload, intent: { objective, scrape, requests } }: RuleContext): Diagnostic[] {
  if (objective === undefined) return [];
  const found: Diagnostic[] = [];
  if (scrape === undefined && requests?.selector === undefined) {
    found.push(
      fault(
        'metrics/objective-without-requests',
        'an objective without request metrics to judge it by',
        `state ${metricsOf(workload)}, or \`requests.selector\` where another component counts them`,
      ),
    );
  }
  for (const [name, percent] of [
    ['availability', objective.availability],
    ['latency', objective.latency?.ratio],
  ] as const) {
    if (percent === undefined) continue;
    if (!(percent >= 50 && percent < 100)) {
      const hint =
        percent === 1 || percent < 1
          ? `a percentage is wanted: ${percent * 100}`
          : 'state a percentage from 50 to below 100, such as 99.9';
      found.push(fault('metrics/objective', `the ${name} objective ${percent} leaves no error budget to watch`, hint));
    } else if (isCapped(percent)) {
      found.push(
        fault(
          'metrics/objective-capped',
          `the ${name} objective ${percent} is so low that its fast alert fires at 90 % bad requests only`,
          'from 93.75 up the alert is exact',
        ),
      );
    }
  }
  return [...found, ...checkThreshold(objective.latency)];
}

function checkThreshold(latency: LatencyObjective | undefined): Diagnostic[] {
  if (latency === undefined || (Number.isFinite(latency.threshold) && latency.threshold > 0)) return [];
  return [
    fault('metrics/objective', `${latency.threshold} seconds is no latency`, 'state seconds above zero, such as 0.5'),
  ];
}

function checkThresholds({ workload, intent: { thresholds, scrape, requests } }: RuleContext): Diagnostic[] {
  if (thresholds === undefined) return [];
  const { errorRate, latency } = thresholds;
  const found: Diagnostic[] = [];
  if (scrape === undefined && requests?.selector === undefined) {
    found.push(
      fault(
        'metrics/objective-without-requests',
        'thresholds without request metrics to compare with',
        `state ${metricsOf(workload)}, or \`requests.selector\` where another component counts them`,
      ),
    );
  }
  if (errorRate !== undefined && !(errorRate > 0 && errorRate < 100)) {
    found.push(
      fault(
        'metrics/objective',
        `an error rate of ${errorRate} % is no threshold`,
        'state a percentage above 0 and below 100, such as 5',
      ),
    );
  }
  if (latency !== undefined && !(Number.isFinite(latency) && latency > 0)) {
    found.push(fault('metrics/objective', `${latency} seconds is no latency`, 'state seconds above zero, such as 0.5'));
  }
  return found;
}

function checkConnections({ workload, intent: { connectionPool, exporter, scrape } }: RuleContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  if ((connectionPool ?? exporter) !== undefined && scrape === undefined) {
    found.push(
      fault(
        'metrics/not-scraped',
        'alerts on connections, and no metrics to read them from',
        `state ${metricsOf(workload)}`,
      ),
    );
  }
  if (typeof connectionPool !== 'object') return found;
  for (const name of ['used', 'max'] as const) {
    const expression = connectionPool[name];
    const broken = expression === undefined ? undefined : expressionFault(`connectionPool.${name}`, expression);
    if (broken !== undefined) found.push(broken);
  }
  return found;
}

/** Metric names and matchers are put into expressions as they are, so each is tried in one. */
function checkRequests({ requests }: MonitoringIntent): Diagnostic[] {
  if (requests === undefined) return [];
  const found: Diagnostic[] = [];
  for (const name of ['total', 'duration'] as const) {
    const metric = requests[name];
    if (metric !== undefined && !metricName.test(metric)) {
      found.push(
        fault(
          'metrics/rule-name',
          `requests.${name} "${metric}" is no metric name`,
          'letters, digits, _ and :, not beginning with a digit',
        ),
      );
    }
  }
  for (const name of ['errors', 'selector'] as const) {
    const matchers = requests[name];
    const broken = matchers === undefined ? undefined : matchersFault(`requests.${name}`, matchers);
    if (broken !== undefined) found.push(broken);
  }
  return found;
}

function checkOwnRules(context: RuleContext): Diagnostic[] {
  const { alerts = [], recordings = [] } = context.intent;
  const found: Diagnostic[] = [];
  const add = (broken: Diagnostic | undefined) => broken !== undefined && found.push(broken);
  const names = new Set<string>();
  for (const { name, expression, for: hold } of alerts) {
    if (!alertName.test(name))
      found.push(
        fault(
          'metrics/rule-name',
          `alert "${name}" has no name that fits a file`,
          'CamelCase letters and digits; it names the runbook',
        ),
      );
    if (names.has(name))
      found.push(fault('metrics/rule-name', `alert ${name} is stated twice`, 'give one of them another name'));
    if (alertLibrary.has(name)) {
      found.push(
        fault(
          'metrics/rule-name',
          `alert ${name} is one of the library's`,
          'give it another name, so that it gets a runbook of its own',
        ),
      );
    }
    names.add(name);
    add(expressionFault(`alert ${name}`, expression));
    found.push(...checkDuration(`"for" of alert ${name}:`, hold));
  }
  for (const { name, expression, labels = {} } of recordings) {
    if (!metricName.test(name))
      found.push(
        fault(
          'metrics/rule-name',
          `recorded metric "${name}" is no metric name`,
          'level:metric:operations, from letters, digits, _ and :',
        ),
      );
    for (const label of Object.keys(labels)) {
      if (!labelName.test(label))
        found.push(fault('metrics/rule-name', `label "${label}" of ${name} is no label name`, 'letters, digits and _'));
    }
    add(expressionFault(`recorded metric ${name}`, expression));
  }
  return [...found, ...checkDuration('succeedWithin', context.facts?.succeedWithin)];
}

function fault(code: Diagnostic['code'], message: string, hint: string): Diagnostic {
  return diagnostic(code, { message, hint } satisfies Finding);
}
