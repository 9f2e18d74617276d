import type { WorkloadReference } from '@fairlead/objects';
import type { Scaling } from './intent.ts';

/**
 * The name of the HorizontalPodAutoscaler that acts on a workload in the cluster: the workload's own, or the one that KEDA makes
 * where event sources are stated. Alerts on the autoscaler need it.
 */
export function autoscalerName(
  workload: Pick<WorkloadReference, 'name'>,
  { events = [] }: Pick<Scaling, 'events'>,
): string {
  return events.length > 0 ? `keda-hpa-${workload.name}` : workload.name;
}
