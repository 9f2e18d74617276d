import { report } from '@fairlead/objects/report';
import type { WorkloadReference } from '@fairlead/objects';
import type { WorkloadIdentity } from '@fairlead/rbac';
import { WorkloadRole, workloadIdentity } from '@fairlead/rbac';
import type { Construct } from 'constructs';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import { alertingSecret, alertmanagerReference } from './compose-cluster-monitoring.ts';
import { secretsOf } from './compose-secrets.ts';
import { readsAsPod } from './secret-readers.ts';

/** The role of a workload at the API server and its identity at the cloud, where it asks for them. */
export function composeIdentity(
  scope: Construct,
  graph: AppGraph,
  declaration: WorkloadDeclaration,
): Omit<WorkloadIdentity, 'diagnostics' | 'principal'> {
  const { cluster } = graph;
  const { reference, options } = declaration;
  if (options.permissions && options.permissions.length > 0) {
    new WorkloadRole(scope, 'Role', {
      cluster,
      owner: { ...graph.ownership, component: declaration.name },
      workload: reference,
      rules: options.permissions,
      ...(options.clusterWide !== undefined && { clusterWide: { reason: options.clusterWide } }),
    });
  }
  if (!wantsIdentity(graph, declaration)) return { serviceAccountAnnotations: {}, podLabels: {}, nodeSelector: {} };
  const { diagnostics, ...identity } = workloadIdentity(cluster, reference);
  for (const each of diagnostics) report(scope, each);
  return identity;
}

/** True for a workload that asks for an identity of the cloud, or whose secrets are read in its name. */
export function wantsIdentity(graph: AppGraph, declaration: WorkloadDeclaration): boolean {
  if (declaration.options.identity) return true;
  return readsAsPod.has(graph.cluster.capabilities.secrets.implementation) && secretsOf(graph, declaration).length > 0;
}

/** Everything of an app that acts under an identity of the cloud, with what the operator runs for it. */
export function identities(graph: AppGraph): { readonly name: string; readonly reference: WorkloadReference }[] {
  const own = graph.workloads.filter((workload) => wantsIdentity(graph, workload));
  const alerting = alertingSecret(graph);
  if (!alerting || !readsAsPod.has(graph.cluster.capabilities.secrets.implementation)) return own;
  const reference = alertmanagerReference(graph);
  return [...own, { name: reference.component, reference }];
}
