import type { Cluster } from '@fairlead/inventory';
import { joinName, ownershipLabels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { Construct } from 'constructs';
import { fillExpression, fillTemplate } from './rules/alert-template.ts';
import { businessRecordings } from './rules/business-metrics.ts';
import { costAboveBudget, platformAlerts } from './rules/platform-alerts.ts';
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
  /** Most that the nodes may cost an hour, in the currency that OpenCost counts in. */
  readonly hourlyBudget?: number | undefined;
}

/**
 * Rules of a cluster as a whole: certificates, nodes that are taken back, cost, and the recorded business metrics.
 * On Google's stack they become ClusterRules, because Rules see the series of their own namespace only.
 */
export class PlatformMonitoring extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, ownership, namespace, business, hourlyBudget }: PlatformMonitoringProps,
  ) {
    super(scope, id);
    const { implementation, runbooks } = cluster.capabilities.metrics;
    if (implementation !== 'prometheus-operator' && implementation !== 'google-managed') return;
    const { enabled } = cluster.environment.alerts;
    const templates = [...platformAlerts(cluster), ...(hourlyBudget === undefined ? [] : [costAboveBudget])];
    const values = hourlyBudget === undefined ? {} : { budget: `${hourlyBudget}`, limit: `${hourlyBudget}` };
    const alerts = (enabled ? templates : []).map(
      ({ name, expression, for: hold, severity, summary, description }) => ({
        alert: name,
        expr: fillExpression(expression, values),
        ...(hold === undefined ? {} : { for: hold }),
        labels: { ...severityLabels(cluster.environment, severity), app: ownership.app, team: ownership.team },
        annotations: { summary, description: fillTemplate(description, values), runbook_url: `${runbooks}/${name}.md` },
      }),
    );
    const recordings = (business === true ? businessRecordings : []).map(({ name, expression }) => ({
      record: name,
      expr: expression,
    }));
    const groups = [group(`${ownership.app}.cluster`, alerts), group(`${ownership.app}.business`, recordings)].filter(
      ({ rules }) => rules.length > 0,
    );
    if (groups.length === 0) return;

    const metadata = { name: joinName(ownership.app, 'cluster'), namespace, labels: ownershipLabels(ownership) };
    if (implementation === 'google-managed') {
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

function group(name: string, rules: readonly Rule[]): RuleGroup {
  return { name, rules };
}
