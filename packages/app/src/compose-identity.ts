import type { EventSource } from '@fairlead/autoscaling';
import { asksAsWorkload, scalesReplicas } from '@fairlead/autoscaling';
import type { Diagnostic } from '@fairlead/diagnostics';
import { report } from '@fairlead/objects/report';
import type { WorkloadReference } from '@fairlead/objects';
import type { WorkloadIdentity } from '@fairlead/rbac';
import { WorkloadRole, lacksIdentity, missingIdentity, workloadIdentity } from '@fairlead/rbac';
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
  for (const each of lacksIdentity(cluster, reference) ? lacking(graph, declaration) : diagnostics) report(scope, each);
  return identity;
}

/** What the cluster's file lacks for the identities of an app, told once: of the first workload that wants one. */
function lacking(graph: AppGraph, declaration: WorkloadDeclaration): Diagnostic[] {
  const { cluster, workloads } = graph;
  const waiting = workloads.filter((each) => wantsIdentity(graph, each) && lacksIdentity(cluster, each.reference));
  const [first, ...others] = waiting.map(({ reference }) => reference);
  return first && declaration === waiting[0] ? [missingIdentity(cluster, [first, ...others])] : [];
}

/** True for a workload that asks for an identity of the cloud, or in whose name secrets are read or queues are watched. */
export function wantsIdentity(graph: AppGraph, declaration: WorkloadDeclaration): boolean {
  if (declaration.options.identity || asksAsWorkload(graph.cluster, eventsOf(declaration))) return true;
  return readsAsPod.has(graph.cluster.capabilities.secrets.implementation) && secretsOf(graph, declaration).length > 0;
}

/** What wakes or scales a workload from outside. */
function eventsOf(declaration: WorkloadDeclaration): readonly EventSource[] {
  switch (declaration.kind) {
    case 'Job':
      return declaration.options.startedBy?.events ?? [];
    case 'Deployment':
    case 'StatefulSet': {
      const { replicas } = declaration.options;
      return (scalesReplicas(replicas) ? replicas.events : undefined) ?? [];
    }
    case 'CronJob':
    case 'DaemonSet':
      return [];
  }
}

/** Everything of an app that acts under an identity of the cloud, with what the operator runs for it. */
export function identities(graph: AppGraph): { readonly name: string; readonly reference: WorkloadReference }[] {
  const own = graph.workloads.filter((workload) => wantsIdentity(graph, workload));
  const alerting = alertingSecret(graph);
  if (!alerting || !readsAsPod.has(graph.cluster.capabilities.secrets.implementation)) return own;
  const reference = alertmanagerReference(graph);
  return [...own, { name: reference.component, reference }];
}
