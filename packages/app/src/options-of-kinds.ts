import type { WorkloadKind } from '@fairlead/objects';
import type {
  ContainerOptions,
  CronJobOptions,
  DaemonSetOptions,
  DeploymentOptions,
  JobOptions,
  ServerOptions,
  SingleJobOptions,
  StatefulSetOptions,
} from './workload-options.ts';

/** The keys that one interface adds to another, written out so that the compiler keeps them complete. */
type Added<T, Base> = Readonly<Record<Exclude<keyof T, keyof Base>, true>>;

const container: Added<ContainerOptions, object> = {
  image: true,
  command: true,
  args: true,
  size: true,
  env: true,
  config: true,
  files: true,
  secretFiles: true,
  writable: true,
  user: true,
  security: true,
  calls: true,
  admits: true,
  namespace: true,
  graceSeconds: true,
  init: true,
  permissions: true,
  clusterWide: true,
  identity: true,
  volumes: true,
  scheduling: true,
  priorityClass: true,
  metadata: true,
  patch: true,
};

const server: Added<ServerOptions, ContainerOptions> = {
  port: true,
  ports: true,
  health: true,
  metrics: true,
  objective: true,
  requests: true,
  thresholds: true,
  alerts: true,
  recordings: true,
  connectionPool: true,
  exporter: true,
  counts: true,
};

const deployment: Added<DeploymentOptions, ServerOptions> = { replicas: true, vertical: true, singleton: true };
const statefulSet: Added<StatefulSetOptions, ServerOptions> = {
  replicas: true,
  vertical: true,
  singleton: true,
  clustered: true,
  storage: true,
};
const daemonSet: Added<DaemonSetOptions, ServerOptions> = { everyNode: true };
const anyJob: Added<JobOptions, ContainerOptions> = { retries: true, timeoutSeconds: true };
const job: Added<SingleJobOptions, JobOptions> = { before: true, startedBy: true };
const cronJob: Added<CronJobOptions, JobOptions> = { schedule: true, timeZone: true };

/** The options of each kind of workload, and how an app states it, as hints name it. */
export const kinds: Readonly<Record<WorkloadKind, { readonly method: string; readonly options: ReadonlySet<string> }>> =
  {
    Deployment: { method: 'deployment', options: keys(container, server, deployment) },
    StatefulSet: { method: 'statefulSet', options: keys(container, server, statefulSet) },
    DaemonSet: { method: 'daemonSet', options: keys(container, server, daemonSet) },
    Job: { method: 'job', options: keys(container, anyJob, job) },
    CronJob: { method: 'cronJob', options: keys(container, anyJob, cronJob) },
  };

/** The methods whose workloads have an option, such as `app.deployment and app.statefulSet`. */
export function methodsWith(option: string): string {
  return Object.values(kinds)
    .flatMap(({ method, options }) => (options.has(option) ? [`app.${method}`] : []))
    .join(' and ');
}

function keys(...parts: readonly object[]): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => Object.keys(part)));
}
