import { apiVersionOf, type WorkloadReference } from '@fairlead/objects';
import { measuredResources } from './check-scaling.ts';
import type { Scaling, VerticalScaling } from './intent.ts';

const updateModes = { recommend: 'Off', initial: 'Initial', update: 'Recreate' } as const;

/**
 * The VerticalPodAutoscaler of a workload, named like it. In recommendation mode it looks at CPU and memory; else only at
 * what no horizontal autoscaler measures, because two loops on one resource chase each other.
 *
 * `update` becomes `Recreate`, which every version of the autoscaler knows; `Auto` is its deprecated alias.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 */
export function verticalPodAutoscaler(
  workload: WorkloadReference,
  vertical: VerticalScaling,
  scaling: Scaling | undefined,
) {
  const controlledResources = controlledBy(vertical, scaling);
  const containers = Object.entries(vertical.containers ?? { '*': {} });
  return {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: { name: workload.name, namespace: workload.namespace, labels: workload.labels },
    spec: {
      targetRef: {
        apiVersion: apiVersionOf(workload.kind),
        kind: workload.kind,
        name: workload.name,
      },
      updatePolicy: { updateMode: updateModes[vertical.mode] },
      resourcePolicy: {
        containerPolicies: containers.map(([containerName, { min, max }]) => ({
          containerName,
          controlledResources,
          // A limit is a promise of its own: scaling it with the request would let a leak grow.
          controlledValues: 'RequestsOnly',
          ...(min === undefined ? {} : { minAllowed: min }),
          ...(max === undefined ? {} : { maxAllowed: max }),
        })),
      },
    },
  };
}

/** What a vertical autoscaler may change beside the horizontal one. */
export function controlledBy(vertical: VerticalScaling, scaling: Scaling | undefined): ('cpu' | 'memory')[] {
  const all = ['cpu', 'memory'] as const;
  if (vertical.mode === 'recommend') return [...all];
  const measured = measuredResources(scaling);
  return all.filter((resource) => !measured.has(resource));
}
