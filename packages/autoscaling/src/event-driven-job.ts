import type { Cluster } from '@fairlead/inventory';
import type { Manifest, WorkloadReference } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { IScaledJob } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledJob';
import { Construct } from 'constructs';
import { checkScaling } from './check-scaling.ts';
import type { Scaling } from './intent.ts';
import { eventTriggers, triggerAuthentications } from './keda.ts';

export interface EventDrivenJobProps {
  readonly cluster: Cluster;
  /** A workload of kind Job. */
  readonly workload: WorkloadReference;
  /** `spec` of the Job that each piece of work starts. */
  readonly job: NonNullable<IScaledJob['spec']>['jobTargetRef'];
  /** `events` and `max` count; `min` is 0 for work that comes and goes. */
  readonly scaling: Scaling;
}

/** Jobs that event sources start, one per piece of work: a ScaledJob instead of a Job. */
export class EventDrivenJob extends Construct {
  constructor(scope: Construct, id: string, { cluster, workload, job, scaling }: EventDrivenJobProps) {
    super(scope, id);
    const faults = checkScaling({ cluster, workload, scaling });
    for (const each of faults) report(this, each);
    if (faults.some(({ severity }) => severity === 'error')) return;
    const events = scaling.events ?? [];
    for (const manifest of triggerAuthentications(workload, events, cluster))
      new KubernetesObject(this, manifest.metadata.name, manifest);
    new KubernetesObject(this, 'job', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledJob',
      metadata: { name: workload.name, namespace: workload.namespace, labels: workload.labels },
      spec: {
        jobTargetRef: job,
        minReplicaCount: scaling.min,
        maxReplicaCount: scaling.max,
        // A new revision must not end jobs that are at work.
        rollout: { strategy: 'gradual' },
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 5,
        triggers: eventTriggers(workload, events, cluster),
      },
    } satisfies IScaledJob & Manifest);
  }
}
