import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import { aboutWorkload } from '@fairlead/objects/about-workload';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { Construct } from 'constructs';
import { checkMonitoring, expressionFault } from './check-monitoring.ts';
import { azureRules, hasAzureRules } from './rules/azure-rules.ts';
import { googleRules, prometheusRule } from './rules/rule-objects.ts';
import type { RuleGroup } from './rules/rule.ts';
import { workloadRules, type RuleContext } from './rules/workload-rules.ts';
import { operatorMonitor } from './scrape/operator-monitor.ts';
import { podMonitoring } from './scrape/pod-monitoring.ts';

export type MonitoringProps = RuleContext;

/**
 * What watches one workload on a cluster: its scrape target and its rules, in the objects of the cluster's metrics stack.
 * Faults, and what the stack cannot express, are reported on the construct. Pod annotations, for the stack that reads those,
 * come from `scrapeAnnotations`, because they belong to the workload's own manifest.
 */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const faults = checkMonitoring(props);
    for (const each of faults) report(this, each);
    if (faults.some(({ severity }) => severity === 'error')) return;

    const { cluster, workload, intent } = props;
    const { implementation } = cluster.capabilities.metrics;
    if (intent.scrape !== undefined) {
      if (implementation === 'google-managed')
        new KubernetesObject(this, 'monitor', podMonitoring(cluster, workload, intent.scrape));
      if (implementation === 'prometheus-operator' || implementation === 'azure-managed') {
        new KubernetesObject(this, 'monitor', operatorMonitor(cluster, workload, intent.scrape));
      }
    }
    const azure = hasAzureRules(cluster);
    if (implementation !== 'prometheus-operator' && implementation !== 'google-managed' && !azure) {
      const lost = withoutRules(props);
      if (lost !== undefined) report(this, aboutWorkload(lost, props));
      return;
    }
    const groups = workloadRules(props);
    if (intent.requests !== undefined || typeof intent.connectionPool === 'object') {
      // Matchers of the app's own stand in these expressions, so they are not of a shape that was parsed before.
      for (const broken of brokenRules(groups)) report(this, aboutWorkload(broken, props));
    }
    if (groups.length === 0) return;
    const { name, namespace, labels } = workload;
    const metadata = { name, namespace, labels };
    if (azure) {
      for (const each of azureRules(cluster, metadata, groups))
        new KubernetesObject(this, `rules-${each.metadata.name}`, each);
      return;
    }
    const manifest =
      implementation === 'google-managed'
        ? googleRules(cluster, metadata, groups)
        : prometheusRule(cluster, metadata, groups);
    new KubernetesObject(this, 'rules', manifest);
  }
}

/** Rules that do not parse once they are filled in. */
function brokenRules(groups: readonly RuleGroup[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { rules } of groups) {
    for (const rule of rules) {
      const broken = expressionFault(
        'alert' in rule ? `alert ${rule.alert}` : `recorded metric ${rule.record}`,
        rule.expr,
      );
      if (broken !== undefined) found.push(broken);
    }
  }
  return found;
}

const reasons = {
  'azure-managed':
    'Azure Monitor evaluates rules as Azure resources (prometheusRuleGroups), and the cluster does not say in which workspace',
  annotations: 'a stack that is configured by annotations reads no rule objects',
  none: 'the cluster has no metrics stack',
} as const;

/** What a stack without rule objects leaves out; only told of what the app stated itself. */
function withoutRules({ cluster, intent }: MonitoringProps): Diagnostic | undefined {
  const { implementation } = cluster.capabilities.metrics;
  if (implementation === 'prometheus-operator' || implementation === 'google-managed') return undefined;
  const stated = [
    ...(intent.objective === undefined ? [] : ['its objective']),
    ...((intent.connectionPool ?? intent.exporter) !== undefined && cluster.environment.alerts.enabled
      ? ['its connections']
      : []),
    ...(intent.alerts ?? []).map(({ name }) => `alert ${name}`),
    ...(intent.recordings ?? []).map(({ name }) => name),
    ...(implementation === 'none' && intent.scrape !== undefined ? ['its metrics'] : []),
  ];
  if (stated.length === 0) return undefined;
  const otherwise = `prometheus-operator and google-managed support it; state capabilities.metrics.implementation in clusters/${cluster.name}.yaml`;
  return diagnostic('metrics/unsupported', {
    message: `${stated.join(', ')}: not watched there, because ${reasons[implementation]}`,
    hint:
      implementation === 'azure-managed'
        ? `where Azure Service Operator runs, state capabilities.metrics.workspace and resourceGroup in clusters/${cluster.name}.yaml; else ${otherwise}`
        : otherwise,
  });
}
