import { report } from '@fairlead/objects/report';
import type { WorkloadIdentity } from '@fairlead/rbac';
import { WorkloadRole, workloadIdentity } from '@fairlead/rbac';
import type { Construct } from 'constructs';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import { secretsOf } from './compose-secrets.ts';

/** Secrets drivers that read in the name of the pod's own identity at the cloud. Vault knows the service account itself. */
const readsAsPod: ReadonlySet<string> = new Set(['aws', 'gcp', 'azure']);

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
