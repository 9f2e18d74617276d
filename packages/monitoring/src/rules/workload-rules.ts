import type { Cluster } from '@fairlead/inventory';
import type { WorkloadReference } from '@fairlead/objects';
import type { AlertIntent, MonitoringIntent, Objective, RequestMetrics, WorkloadFacts } from '../intent.ts';
import { fillExpression, fillTemplate, type AlertTemplate } from './alert-template.ts';
import {
  availabilityObjective,
  burnRateAlert,
  burnRates,
  burnThreshold,
  latencyObjective,
  ratioRules,
  type ObjectiveTemplate,
} from './burn-rate.ts';
import { anomalyAlerts, requestRules } from './anomaly-alerts.ts';
import * as connections from './connection-alerts.ts';
import { highErrorRate, highLatency, targetDown } from './request-alerts.ts';
import type { AlertingRule, Rule, RuleGroup } from './rule.ts';
import { severityLabels } from './severity-labels.ts';
import { workloadValues, type TemplateValues } from './values.ts';
import * as library from './workload-alerts.ts';

export interface RuleContext {
  readonly cluster: Cluster;
  readonly workload: WorkloadReference;
  readonly intent: MonitoringIntent;
  readonly facts?: WorkloadFacts | undefined;
}

/**
 * The rules of one workload: standard alerts as they fit its kind, alerts on its requests, its objectives, and its own.
 * Where the environment does not alert, only recorded metrics are left.
 */
export function workloadRules(context: RuleContext): RuleGroup[] {
  const { workload, intent } = context;
  const alerts = context.cluster.environment.alerts.enabled;
  const groups: RuleGroup[] = [];
  const add = (part: string, rules: readonly Rule[]) => {
    if (rules.length > 0) groups.push({ name: `${workload.name}.${part}`, rules });
  };
  const toRule = alertBuilder(context);
  const values = workloadValues(workload, context.facts?.startedByEvents);

  if (alerts && intent.standardAlerts !== false)
    add(
      'workload',
      standardAlerts(context, values).map((each) => toRule(...each)),
    );
  const stated = context.cluster.environment.alerts.thresholds ?? {};
  if ((intent.requests ?? intent.objective ?? intent.thresholds) !== undefined) {
    const requests = requestValues(intent.requests, values);
    const { errorRate = stated.errorRate ?? 10, latency = stated.latency ?? 2 } = intent.thresholds ?? {};
    add('requests', [
      ...requestRules((text) => fillExpression(text, requests), ownLabels(intent, values)),
      ...(alerts
        ? [
            toRule(highErrorRate, { ...requests, limit: share(errorRate), percent: `${errorRate}` }),
            toRule(highLatency, { ...requests, limit: `${latency}` }),
            ...anomalyAlerts.map((each) => toRule(each, { ...requests, limit: `${latency}` })),
          ]
        : []),
    ]);
  }
  if (alerts) {
    const percent = stated.connections ?? 80;
    add(
      'connections',
      connectionAlerts(intent, values).map(([template, more]) =>
        toRule(template, { ...values, ...more, limit: share(percent), percent: `${percent}` }),
      ),
    );
  }
  for (const [part, rules] of objectiveGroups(context, values, toRule, alerts)) add(part, rules);
  add('custom', [
    ...(intent.recordings ?? []).map(({ name, expression, labels }) => ({
      record: name,
      expr: expression,
      ...(labels === undefined ? {} : { labels: { ...labels } }),
    })),
    ...(alerts ? (intent.alerts ?? []) : []).map((alert) => ownAlert(alert, context)),
  ]);
  return groups;
}

type ToRule = (template: AlertTemplate, values: TemplateValues) => AlertingRule;

/** Pairs of a template and the values it is filled with. */
function standardAlerts(
  { workload, intent, facts = {} }: RuleContext,
  values: TemplateValues,
): [AlertTemplate, TemplateValues][] {
  const { kind } = workload;
  const chosen: [AlertTemplate, TemplateValues][] = [
    [library.podCrashLooping, values],
    [library.containerOutOfMemory, values],
  ];
  for (const template of library.replicaAlertsOf[kind] ?? []) chosen.push([template, values]);
  if (kind === 'Job' || kind === 'CronJob') chosen.push([library.jobFailed, values]);
  if (kind === 'CronJob')
    chosen.push([library.cronJobNotSucceeding, { ...values, within: facts.succeedWithin ?? '2h' }]);
  if (facts.cpuLimit === true) chosen.push([library.containerThrottled, values]);
  if (facts.autoscaler !== undefined)
    chosen.push([library.autoscalerAtMaximum, { ...values, autoscaler: facts.autoscaler }]);
  if (facts.claims !== undefined && facts.claims.length > 0) {
    // The claims of a StatefulSet are called <template>-<name>-<ordinal>.
    const suffix = kind === 'StatefulSet' ? `-${workload.name}-[0-9]+` : '';
    const claims = facts.claims.map((claim) => `${claim}${suffix}`).join('|');
    for (const template of library.volumeAlerts) chosen.push([template, { ...values, claims }]);
  }
  const desired = library.desiredReplicas(kind);
  if (facts.spot === true && desired !== undefined) {
    chosen.push([library.spotChurn, { ...values, replicas: fillTemplate(desired, values) }]);
  }
  if (intent.scrape !== undefined) chosen.push([targetDown, values]);
  return chosen;
}

/** A percentage as the share that expressions compare with. */
function share(percent: number): string {
  return `${Number((percent / 100).toPrecision(12))}`;
}

/** Alerts on connections, each with what its own row needs. */
function connectionAlerts(
  { connectionPool, exporter }: MonitoringIntent,
  values: TemplateValues,
): [AlertTemplate, TemplateValues][] {
  const own = `namespace="${values['namespace']}",job="${values['job']}"`;
  const chosen: [AlertTemplate, TemplateValues][] = [];
  if (connectionPool !== undefined) {
    const {
      used = `db_client_connection_count{${own},db_client_connection_state="used"}`,
      max = `db_client_connection_max{${own}}`,
    } = connectionPool === true ? {} : connectionPool;
    chosen.push([connections.connectionPoolNearLimit, { used, max }]);
  }
  if (exporter === 'postgresql')
    chosen.push([connections.databaseConnectionsNearLimit, {}], [connections.databaseConnectionsExhausted, {}]);
  return chosen;
}

/** Labels that a recorded metric needs where the series it is made of carry those of another component. */
function ownLabels({ requests }: MonitoringIntent, values: TemplateValues): Record<string, string> | undefined {
  const { namespace = '', job = '' } = values;
  return requests?.selector === undefined ? undefined : { namespace, job };
}

/** The request metrics of a workload, with their defaults. Series of another component are one sum, whatever labels they carry. */
function requestValues(requests: RequestMetrics | undefined, values: TemplateValues): TemplateValues {
  const foreign = requests?.selector !== undefined;
  return {
    ...values,
    by: foreign ? '' : 'by (namespace, job) ',
    bybucket: foreign ? 'by (le) ' : 'by (namespace, job, le) ',
    byservice: foreign ? '' : 'by (namespace, service) ',
    byservicebucket: foreign ? 'by (le) ' : 'by (namespace, service, le) ',
    total: requests?.total ?? 'http_requests_total',
    errors: requests?.errors ?? 'status=~"5.."',
    duration: requests?.duration ?? 'http_request_duration_seconds',
    selector: requests?.selector ?? `namespace="${values['namespace']}",job="${values['job']}"`,
  };
}

function* objectiveGroups(
  { intent }: RuleContext,
  values: TemplateValues,
  toRule: ToRule,
  alerts: boolean,
): Generator<[string, Rule[]]> {
  const { objective } = intent;
  if (objective === undefined) return;
  const requests = requestValues(intent.requests, values);
  for (const { part, template, percent, extra } of objectives(objective)) {
    const filled = { ...requests, ...extra, percent: `${percent}` };
    const rules: Rule[] = ratioRules(
      template,
      (text, { window = '' }) => fillExpression(text, { ...filled, window }),
      ownLabels(intent, values),
    );
    for (const row of alerts ? burnRates : []) {
      const rule = toRule(burnRateAlert(template, row), {
        ...filled,
        limit: `${burnThreshold(percent, row.factor)}`,
        long: row.long,
      });
      rules.push({ ...rule, labels: { ...rule.labels, window: row.long } });
    }
    yield [part, rules];
  }
}

interface ObjectivePart {
  readonly part: string;
  readonly template: ObjectiveTemplate;
  readonly percent: number;
  readonly extra: TemplateValues;
}

/** The parts of an objective, each with the percentage that is promised. */
export function objectives({ availability, latency }: Objective): ObjectivePart[] {
  const parts: ObjectivePart[] = [];
  if (availability !== undefined)
    parts.push({ part: 'availability', template: availabilityObjective, percent: availability, extra: {} });
  if (latency !== undefined) {
    const { threshold, ratio } = latency;
    parts.push({
      part: 'latency',
      template: latencyObjective,
      percent: ratio,
      extra: { threshold: `${threshold}`, bucket: bucketMatcher(threshold) },
    });
  }
  return parts;
}

/** Prometheus 3 reads the bound 1 of a bucket as `1.0`, earlier ones as the client writes it; both are matched. */
function bucketMatcher(threshold: number): string {
  return Number.isInteger(threshold) ? `le=~"${threshold}(\\\\.0)?"` : `le="${threshold}"`;
}

function alertBuilder(context: RuleContext): ToRule {
  const labels = alertLabels(context);
  const { runbooks } = context.cluster.capabilities.metrics;
  return ({ name, severity, expression, for: hold, summary, description }, values) => ({
    alert: name,
    expr: fillExpression(expression, values),
    ...(hold === undefined ? {} : { for: fillTemplate(hold, values) }),
    labels: labels(severity),
    annotations: { summary, description: fillTemplate(description, values), runbook_url: `${runbooks}/${name}.md` },
  });
}

function ownAlert(
  { name, expression, severity, for: hold, summary, description }: AlertIntent,
  context: RuleContext,
): AlertingRule {
  return {
    alert: name,
    expr: expression,
    ...(hold === undefined ? {} : { for: hold }),
    // Routes of a namespace match this label, which an expression such as sum(…) loses.
    labels: { ...alertLabels(context)(severity), namespace: context.workload.namespace },
    annotations: { summary, description, runbook_url: `${context.cluster.capabilities.metrics.runbooks}/${name}.md` },
  };
}

/** Labels that routes and people sort alerts by. Cluster, environment and cloud are external labels of the whole stack. */
function alertLabels({
  cluster,
  workload,
  intent,
}: RuleContext): (severity: AlertIntent['severity']) => Record<string, string> {
  const team = workload.labels['team'];
  return (severity) => ({
    ...severityLabels(cluster.environment, severity),
    app: workload.app,
    component: workload.component,
    // Routes of an app's own are matched on its namespace, which sums over series of another component do not keep.
    ...(intent.requests?.selector === undefined ? {} : { namespace: workload.namespace }),
    ...(team === undefined ? {} : { team }),
  });
}
