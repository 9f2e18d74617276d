import { Autoscaling, EventDrivenJob, checkNodes, scalesReplicas } from '@fairlead/autoscaling';
import { diagnostic } from '@fairlead/diagnostics';
import type { Scrape } from '@fairlead/monitoring';
import { report } from '@fairlead/objects/report';
import { jobTemplate } from '@fairlead/workload';
import type { Construct } from 'constructs';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import type { ComposedWorkload } from './compose-workload.ts';

/** What scales a workload, and whether the nodes that take its pods can hold them. */
export function composeScaling(
  scope: Construct,
  { cluster }: AppGraph,
  declaration: WorkloadDeclaration,
  scrape: Scrape | undefined,
  { scheduled, resources, pod }: ComposedWorkload,
): void {
  const { reference: workload } = declaration;
  // Only the pools that take its pods can hold them.
  const context = { cluster: { ...cluster, nodePools: scheduled.pools }, workload, resources };
  if (declaration.kind === 'Job' && declaration.options.startedBy) {
    const { events, max, min = 0 } = declaration.options.startedBy;
    for (const each of checkNodes({ ...context, scaling: { events, max, min } })) report(scope, each);
    new EventDrivenJob(scope, 'Autoscaling', {
      cluster,
      workload,
      job: jobTemplate(declaration.options, pod, cluster.kubernetes),
      scaling: { events, max, min },
    });
    return;
  }
  const { replicas, vertical } =
    declaration.kind === 'Deployment' || declaration.kind === 'StatefulSet'
      ? declaration.options
      : { replicas: undefined, vertical: undefined };
  const scaling = scalesReplicas(replicas) ? replicas : undefined;
  const unread = scrape === undefined ? (scaling?.pods ?? []) : [];
  for (const { metric } of unread) {
    report(
      scope,
      diagnostic('scaling/metric-not-exported', {
        message: `workload "${declaration.name}" scales on ${metric} of its pods, and nothing reads its metrics`,
        hint: 'state metrics: true, or the path and port where it exports them',
        clusters: [cluster.name],
      }),
    );
  }
  if (scaling ?? vertical) new Autoscaling(scope, 'Autoscaling', { ...context, scaling, vertical });
  else for (const each of checkNodes(context)) report(scope, each);
}
