import type { Labels, WorkloadReference } from '@fairlead/objects';
import { SharedParts } from '@fairlead/objects/shared-parts';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IMetricSpec } from 'kubernetes-models/autoscaling/v2/MetricSpec';
import { scalingBehavior } from './behavior.ts';
import type { MetricLabels, MetricQuantity, Scaling } from './intent.ts';

/**
 * The HorizontalPodAutoscaler of a workload, named like it.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/
 */
export function horizontalPodAutoscaler(workload: WorkloadReference, scaling: Scaling, kubernetes: string) {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: workload.name, namespace: workload.namespace, labels: workload.labels },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: workload.kind, name: workload.name },
      minReplicas: scaling.min,
      maxReplicas: scaling.max,
      metrics: metricSpecs(scaling),
      behavior: scalingBehavior(scaling.behavior, kubernetes),
    },
  } satisfies IHorizontalPodAutoscaler;
}

const resources = new SharedParts<IMetricSpec>();

/** The metrics of an intent, in the order in which it names their kinds. */
export function metricSpecs(scaling: Scaling): IMetricSpec[] {
  const specs: IMetricSpec[] = [];
  for (const name of ['cpu', 'memory'] as const) {
    const percent = scaling[name];
    if (percent === undefined) continue;
    const make = (): IMetricSpec => ({ type: 'Resource', resource: { name, target: utilization(percent) } });
    specs.push(resources.of([name, percent], make));
  }
  for (const { container, resource, utilization: percent } of scaling.containers ?? []) {
    specs.push({
      type: 'ContainerResource',
      containerResource: { container, name: resource, target: utilization(percent) },
    });
  }
  for (const { metric, labels, average } of scaling.pods ?? []) {
    specs.push({
      type: 'Pods',
      pods: { metric: identifier(metric, labels), target: { type: 'AverageValue', averageValue: `${average}` } },
    });
  }
  for (const { metric, labels, object, ...amount } of scaling.object ?? []) {
    specs.push({
      type: 'Object',
      object: { describedObject: object, metric: identifier(metric, labels), target: valueTarget(amount) },
    });
  }
  for (const { metric, labels, ...amount } of scaling.external ?? []) {
    specs.push({ type: 'External', external: { metric: identifier(metric, labels), target: valueTarget(amount) } });
  }
  return specs;
}

function utilization(percent: number) {
  return { type: 'Utilization', averageUtilization: percent };
}

function identifier(
  name: string,
  labels: MetricLabels | undefined,
): { name: string; selector?: { matchLabels: Labels } } {
  return labels === undefined ? { name } : { name, selector: { matchLabels: labels } };
}

function valueTarget({ value, average }: { value?: MetricQuantity | undefined; average?: MetricQuantity | undefined }) {
  return value === undefined
    ? { type: 'AverageValue', averageValue: `${average}` }
    : { type: 'Value', value: `${value}` };
}
