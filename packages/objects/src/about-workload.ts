import type { Diagnostic } from '@fairlead/diagnostics';
import { apiVersionOf, type WorkloadReference } from './workload-reference.ts';

/** A finding as one about a workload on a cluster: its message begins with the workload; its object is the workload, unless it has one. */
export function aboutWorkload(
  found: Diagnostic,
  { workload, cluster }: { readonly workload: WorkloadReference; readonly cluster: { readonly name: string } },
): Diagnostic {
  const { app, component, namespace, name, kind } = workload;
  return {
    ...found,
    message: `${app}/${component}: ${found.message}`,
    object: found.object ?? { apiVersion: apiVersionOf(kind), kind, namespace, name },
    clusters: [cluster.name],
  };
}
