import type { Labels, PeerPort } from '@fairlead/objects';

/** A workload of the same app, as others call it or route to it. */
export interface WorkloadHandle {
  readonly kind: 'workload';
  readonly name: string;
  /** Host name inside the cluster: `<service>.<namespace>.svc`. */
  readonly host: string;
  /** First port, or the one of {@link on}. */
  readonly port: number;
  /** Name of the port that was asked for; absent: all of them. */
  readonly portName?: string;
  /** `http://<host>:<port><path>`; another scheme or path if asked for. */
  url(path?: string, scheme?: string): string;
  /** The workload by one of its ports: whoever calls that reaches no other port, and `port` and `url` are those of it. */
  on(port: string): WorkloadHandle;
  /** Host name of one replica of a StatefulSet, counted from 0. */
  replica(index: number): string;
  /** Adds calls after the fact, for workloads that call one another. */
  calls(...targets: readonly Target[]): void;
}

/** A workload of another app on the same cluster. */
export interface PeerHandle {
  readonly kind: 'peer';
  readonly app: string;
  readonly workload: string;
  readonly namespace: string;
  readonly host: string;
  readonly port: number;
  url(path?: string, scheme?: string): string;
}

/** A data store or system outside the cluster, where the cluster file says it is. */
export interface ExternalHandle {
  readonly kind: 'external';
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly cidrs: readonly string[];
  /** Stated by the app itself instead of the cluster: hosts by name. */
  readonly hosts?: readonly string[];
  url(path?: string, scheme?: string): string;
}

/** The public Internet, without the private ranges. */
export interface InternetHandle {
  readonly kind: 'internet';
  readonly ports: readonly number[];
  readonly reason: string;
}

/** The API server of the cluster. */
export interface KubernetesApiHandle {
  readonly kind: 'kubernetes-api';
}

/** Pods of a namespace that no app of this repository owns, such as an operator's. */
export interface NamespaceHandle {
  readonly kind: 'namespace-pods';
  readonly namespace: string;
  readonly selector?: Labels | undefined;
  readonly ports: readonly PeerPort[];
}

/** Whom a workload may call. */
export type Target =
  WorkloadHandle | PeerHandle | ExternalHandle | InternetHandle | KubernetesApiHandle | NamespaceHandle;

/** Who may call a workload from outside its app. */
export type Caller = PeerHandle | NamespaceHandle;

/** `host`, `port` and `url` of anything with a host and a port. */
export function address(
  host: string,
  port: number,
): { host: string; port: number; url(path?: string, scheme?: string): string } {
  return {
    host,
    port,
    url: (path = '', scheme = 'http') => `${scheme}://${host}:${port}${/^[^/?#]/.test(path) ? '/' : ''}${path}`,
  };
}
