import type { Cluster } from '@fairlead/inventory';
import { joinName, ownershipLabels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { quantityNumber } from '@fairlead/objects/quantity';
import { Construct } from 'constructs';
import type { RecordingIntent } from './intent.ts';
import { fillExpression, fillTemplate } from './rules/alert-template.ts';
import { businessRecordings } from './rules/business-metrics.ts';
import { costAboveBudget, failedLoginsAnomaly, platformAlerts } from './rules/platform-alerts.ts';
import { platformRecordingParts } from './rules/platform-recordings.ts';
import { azureRules, hasAzureRules } from './rules/azure-rules.ts';
import { googleRules, prometheusRule } from './rules/rule-objects.ts';
import type { Rule, RuleGroup } from './rules/rule.ts';
import { severityLabels } from './rules/severity-labels.ts';

export interface PlatformMonitoringProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  /** Namespace of the rules; the metrics stack's own is usual. */
  readonly namespace: string;
  /** Records orders, revenue, user activity and failed logins from the counters of the business contract. */
  readonly business?: boolean | undefined;
  /** Most that the nodes may cost an hour, in the currency that OpenCost counts in. Default: what the environment says. */
  readonly hourlyBudget?: number | undefined;
}

/**
 * Rules of a cluster as a whole: certificates, nodes, growth, delivery, cost, what requests could be, and the recorded business
 * metrics.
 * On Google's stack they become ClusterRules, because Rules see the series of their own namespace only.
 */
export class PlatformMonitoring extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, ownership, namespace, business, hourlyBudget }: PlatformMonitoringProps,
  ) {
    super(scope, id);
    const { implementation } = cluster.capabilities.metrics;
    const azure = hasAzureRules(cluster);
    if (implementation !== 'prometheus-operator' && implementation !== 'google-managed' && !azure) return;
    const groups = platformRules({ cluster, ownership, business, hourlyBudget });
    if (groups.length === 0) return;

    const metadata = { name: joinName(ownership.app, 'cluster'), namespace, labels: ownershipLabels(ownership) };
    if (azure) {
      for (const each of azureRules(cluster, metadata, groups))
        new KubernetesObject(this, `rules-${each.metadata.name}`, each);
    } else if (implementation === 'google-managed') {
      const {
        metadata: { namespace: _none, ...clusterScoped },
        ...rules
      } = googleRules(cluster, metadata, groups);
      new KubernetesObject(this, 'rules', { ...rules, kind: 'ClusterRules', metadata: clusterScoped });
    } else {
      new KubernetesObject(this, 'rules', prometheusRule(cluster, metadata, groups));
    }
  }
}

/** The rules of a cluster as a whole. Where the environment does not alert, only recorded metrics are left. */
export function platformRules({
  cluster,
  ownership,
  business,
  hourlyBudget,
}: Omit<PlatformMonitoringProps, 'namespace'>): RuleGroup[] {
  const { runbooks } = cluster.capabilities.metrics;
  const { enabled, thresholds } = cluster.environment.alerts;
  const budget = hourlyBudget ?? thresholds?.hourlyCost;
  const templates = [
    ...platformAlerts(cluster),
    ...(budget === undefined ? [] : [costAboveBudget]),
    ...(business === true ? [failedLoginsAnomaly] : []),
  ];
  const values = {
    ...poolLimits(cluster),
    ...(budget === undefined ? {} : { budget: `${budget}`, limit: `${budget}` }),
  };
  const alerts = (enabled ? templates : []).map(({ name, expression, for: hold, severity, summary, description }) => ({
    alert: name,
    expr: fillExpression(expression, values),
    ...(hold === undefined ? {} : { for: hold }),
    labels: { ...severityLabels(cluster.environment, severity), app: ownership.app, team: ownership.team },
    annotations: { summary, description: fillTemplate(description, values), runbook_url: `${runbooks}/${name}.md` },
  }));
  const { capacity, cost, rightSizing } = platformRecordingParts;
  return [
    group(`${ownership.app}.capacity`, recorded(capacity)),
    group(`${ownership.app}.cost`, recorded(cost)),
    // A week is read anew each time, for a report that nobody reads by the minute.
    { ...group(`${ownership.app}.right-sizing`, recorded(rightSizing)), interval: '4m' },
    group(`${ownership.app}.business`, recorded(business === true ? businessRecordings : [])),
    // After what they read.
    group(`${ownership.app}.cluster`, alerts),
  ].filter(({ rules }) => rules.length > 0);
}

function recorded(recordings: readonly RecordingIntent[]): Rule[] {
  return recordings.map(({ name, expression }) => ({ record: name, expr: expression }));
}

/** What the node pools of a cluster can grow to, in cores and bytes. */
function poolLimits({ nodePools }: Cluster): Record<'cpu' | 'gib' | 'memory', string> {
  const sum = (resource: 'cpu' | 'memory') =>
    nodePools.reduce((total, pool) => total + (quantityNumber(pool[resource]) ?? 0) * pool.max, 0);
  const bytes = Math.floor(sum('memory'));
  return { cpu: `${Number(sum('cpu').toFixed(2))}`, gib: `${Math.floor(bytes / 2 ** 30)}`, memory: `${bytes}` };
}

function group(name: string, rules: readonly Rule[]): RuleGroup {
  return { name, rules };
}
