import type { WorkloadKind, WorkloadReference } from '@fairlead/objects';

export type TemplateValues = Readonly<Record<string, string>>;

/** What a controller appends to its own name for its pods. Names of pods are matched whole. */
const podSuffix: Readonly<Record<WorkloadKind, string>> = {
  Deployment: '-[a-z0-9]+-[a-z0-9]{5}',
  StatefulSet: '-[0-9]+',
  DaemonSet: '-[a-z0-9]{5}',
  Job: '-[a-z0-9]{5}',
  CronJob: '-[0-9]+-[a-z0-9]{5}',
};

/**
 * The values of a workload that every template of the rule library may use. Jobs that events start (`startedByEvents`) are named by KEDA
 * like the pods of a Job, and their pods like those of Jobs of that name.
 */
export function workloadValues(workload: WorkloadReference, startedByEvents = false): TemplateValues {
  const { app, component, namespace, kind, name } = workload;
  const job = startedByEvents ? `${name}${podSuffix.Job}` : name;
  return {
    app,
    component,
    namespace,
    kind: kind.toLowerCase(),
    workload: name,
    pods: `${kind === 'Job' ? job : name}${podSuffix[kind]}`,
    job: name,
    jobs: kind === 'CronJob' ? `${name}-[0-9]+` : job,
  };
}
