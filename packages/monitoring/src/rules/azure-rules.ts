import type { Cluster } from '@fairlead/inventory';
import { joinName, type Manifest } from '@fairlead/objects';
import type { PrometheusRuleGroup } from '@fairlead/schemas/custom-resources/azure-rule-group';
import type { RulesMetadata } from './rule-objects.ts';
import type { AlertingRule, Rule, RuleGroup } from './rule.ts';
import { severities } from './severity-labels.ts';

/** What Azure allows of one group. */
const maximumRules = 20;

/** True where rules have somewhere to go: a workspace, and the resource group that Azure Service Operator makes them in. */
export function hasAzureRules({ capabilities: { metrics } }: Cluster): boolean {
  return (
    metrics.implementation === 'azure-managed' && metrics.workspace !== undefined && metrics.resourceGroup !== undefined
  );
}

/**
 * Rules as Azure resources, which Azure Service Operator makes of objects in the cluster: one per group, and one per twenty rules. An
 * alert goes to the action group of its severity. Azure's durations are those of ISO 8601, its severities numbers from 0.
 *
 * @see https://azure.github.io/azure-service-operator/reference/alertsmanagement/v1api20230301
 * @see https://learn.microsoft.com/azure/azure-monitor/essentials/prometheus-rule-groups
 */
export function azureRules(
  cluster: Cluster,
  { name, namespace, labels }: RulesMetadata,
  groups: readonly RuleGroup[],
): Manifest[] {
  const { workspace = '', resourceGroup = '' } = cluster.capabilities.metrics;
  return groups.flatMap((group) =>
    inTwenties(group.rules).map((rules, index) => {
      const part = group.name.slice(group.name.lastIndexOf('.') + 1);
      const ownName = joinName(name, part, ...(index === 0 ? [] : [`${index + 1}`]));
      return {
        apiVersion: 'alertsmanagement.azure.com/v1api20230301',
        kind: 'PrometheusRuleGroup',
        metadata: { name: ownName, namespace, labels },
        spec: {
          // Names of a resource group are shared by all clusters that use it.
          azureName: `${cluster.name}-${namespace}-${ownName}`,
          clusterName: cluster.name,
          interval: isoDuration(group.interval ?? '1m'),
          location: cluster.region,
          owner: { armId: `/subscriptions/${cluster.account}/resourceGroups/${resourceGroup}` },
          rules: rules.map((rule) => azureRule(cluster, rule)),
          scopesReferences: [{ armId: workspace }],
        },
      } satisfies PrometheusRuleGroup;
    }),
  );
}

type AzureRule = PrometheusRuleGroup['spec']['rules'][number];

function azureRule(cluster: Cluster, rule: Rule): AzureRule {
  if (!('alert' in rule)) {
    const { record, expr, labels } = rule;
    return { record, expression: expr, ...(labels === undefined ? {} : { labels }) };
  }
  const { alert, expr, labels, annotations } = rule;
  const action = actionGroup(cluster, rule);
  return {
    alert,
    expression: expr,
    ...(action === undefined ? {} : { actions: [{ actionGroupReference: { armId: action } }] }),
    // Azure fills in labels and the value, and knows no functions of Go templates.
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, text]) => [key, text.replaceAll(/\s*\|\s*\w+\s*}}/g, ' }}')]),
    ),
    enabled: true,
    for: isoDuration(rule.for ?? '0m'),
    labels,
    resolveConfiguration: { autoResolved: true, timeToResolve: 'PT10M' },
    severity: labels['severity'] === severities.page ? 0 : 2,
  };
}

function actionGroup({ capabilities: { metrics } }: Cluster, { labels }: AlertingRule): string | undefined {
  return metrics.actionGroups?.[labels['severity'] === severities.page ? 'page' : 'ticket'];
}

function inTwenties(rules: readonly Rule[]): Rule[][] {
  const parts: Rule[][] = [];
  for (let from = 0; from < rules.length; from += maximumRules) parts.push(rules.slice(from, from + maximumRules));
  return parts;
}

/** `1h30m` as `PT1H30M`, `3d` as `P3D`; weeks and years are days there, and less than a second is a second. */
export function isoDuration(text: string): string {
  const days: Readonly<Record<string, number>> = { y: 365, w: 7, d: 1 };
  let date = 0;
  let time = '';
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) {
    const inDays = days[unit];
    if (inDays !== undefined) date += Number(amount) * inDays;
    else if (unit === 'ms') time += `${Math.ceil(Number(amount) / 1000)}S`;
    else time += `${amount}${unit.toUpperCase()}`;
  }
  return `P${date > 0 ? `${date}D` : ''}${time === '' ? (date > 0 ? '' : 'T0S') : `T${time}`}`;
}
