import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { Construct } from 'constructs';
import { autoscalerName } from './autoscaler-name.ts';
import { checkNodes } from './check-nodes.ts';
import { checkScaling, type ScalingContext } from './check-scaling.ts';
import { checkVertical } from './check-vertical.ts';
import { horizontalPodAutoscaler } from './horizontal.ts';
import { scaledObject, triggerAuthentications } from './keda.ts';
import { verticalPodAutoscaler } from './vertical.ts';

export type AutoscalingProps = ScalingContext;

/**
 * The autoscalers of one workload: a HorizontalPodAutoscaler, or a ScaledObject where event sources are stated,
 * and a VerticalPodAutoscaler where one is asked for. What cannot work is reported on the construct and left out.
 */
export class Autoscaling extends Construct {
  /** Name of the HorizontalPodAutoscaler that acts in the cluster, for alerts; undefined when nothing scales horizontally. */
  readonly horizontalName: string | undefined;

  constructor(scope: Construct, id: string, props: AutoscalingProps) {
    super(scope, id);
    const { cluster, workload, scaling, vertical } = props;
    const faults = [...checkScaling(props), ...checkVertical(props), ...checkNodes(props)];
    for (const each of faults) report(this, each);

    this.horizontalName = this.horizontal(
      props,
      faults.some(({ severity }) => severity === 'error'),
    );
    if (
      vertical !== undefined &&
      cluster.capabilities.autoscaling.vpa &&
      !faults.some(({ code }) => code === 'scaling/conflict')
    ) {
      new KubernetesObject(this, 'vertical', verticalPodAutoscaler(workload, vertical, scaling));
    }
  }

  private horizontal({ cluster, workload, scaling }: AutoscalingProps, faulty: boolean): string | undefined {
    if (scaling === undefined || faulty) return undefined;
    const { events = [] } = scaling;
    if (events.length === 0) {
      new KubernetesObject(this, 'horizontal', horizontalPodAutoscaler(workload, scaling, cluster.kubernetes));
      return autoscalerName(workload, scaling);
    }
    if (workload.kind === 'Job') return undefined; // A Job is started by its ScaledJob, see EventDrivenJob.
    for (const manifest of triggerAuthentications(workload, events, cluster))
      new KubernetesObject(this, manifest.metadata.name, manifest);
    new KubernetesObject(this, 'scaled', scaledObject(workload, scaling, cluster));
    return autoscalerName(workload, scaling);
  }
}
