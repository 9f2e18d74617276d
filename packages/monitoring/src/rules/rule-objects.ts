import type { Cluster } from '@fairlead/inventory';
import type { Labels } from '@fairlead/objects';
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { RuleGroup } from './rule.ts';

/** What an object of rules is called. */
export interface RulesMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}

/** The PrometheusRule of the Prometheus operator. */
export function prometheusRule(cluster: Cluster, metadata: RulesMetadata, groups: readonly RuleGroup[]) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { ...metadata, labels: { ...metadata.labels, ...cluster.capabilities.metrics.labels } },
    spec: { groups: groups.map(({ rules, ...group }) => ({ ...group, rules: [...rules] })) },
  } satisfies IPrometheusRule;
}

/**
 * The Rules of Google Cloud Managed Service for Prometheus, which see the series of their own namespace only; each group states an
 * interval there.
 *
 * @see https://github.com/GoogleCloudPlatform/prometheus-engine/blob/main/doc/api.md
 */
export function googleRules(cluster: Cluster, metadata: RulesMetadata, groups: readonly RuleGroup[]) {
  return {
    apiVersion: 'monitoring.googleapis.com/v1',
    kind: 'Rules',
    metadata: { ...metadata, labels: { ...metadata.labels, ...cluster.capabilities.metrics.labels } },
    spec: { groups: groups.map(({ rules, ...group }) => ({ interval: '30s', ...group, rules: [...rules] })) },
  };
}
