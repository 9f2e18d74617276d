import type { Labels } from './labels.ts';

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';

/** The API that a kind of workload belongs to. */
export function apiVersionOf(kind: WorkloadKind): 'apps/v1' | 'batch/v1' {
  return kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
}

/** A port of a workload, under the one name that container, Service, policy and monitor share. */
export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** What the capabilities need to know of a workload: plain data, so that no capability imports another. */
export interface WorkloadReference {
  readonly app: string;
  /** The workload's name within its app. */
  readonly component: string;
  readonly namespace: string;
  readonly kind: WorkloadKind;
  /** `metadata.name` of the workload. */
  readonly name: string;
  readonly serviceAccount: string;
  /** Name of its Service, if it has one. */
  readonly service?: string | undefined;
  readonly ports: readonly NamedPort[];
  /** Labels of its objects and pods. */
  readonly labels: Labels;
  /** Labels that select its pods. */
  readonly selector: Labels;
}
