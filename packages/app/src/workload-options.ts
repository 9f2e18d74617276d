import type {
  Check,
  EnvironmentValue,
  Health,
  MountedVolume,
  Resources,
  Scheduling,
  SecurityOptOuts,
  Size,
  WritableFolder,
} from '@fairlead/workload';
import type { StorageIntent } from '@fairlead/inventory';
import type {
  AlertIntent,
  BusinessCounterName,
  ConnectionPool,
  Exporter,
  Objective,
  RecordingIntent,
  RequestMetrics,
  RequestThresholds,
} from '@fairlead/monitoring';
import type { EventSource, Scaling, VerticalScaling } from '@fairlead/autoscaling';
import type { Rule } from '@fairlead/rbac';
import type { AnySecretHandle, NamespaceOwner } from './builder.ts';
import type { Caller, PeerHandle, Target, WorkloadHandle } from './targets.ts';

/** Replicas: a number, or the range of an autoscaler with what it scales on. */
export type Replicas = number | Scaling;

/** A workload that another one wants near or far. */
export type NeighbourHandle = WorkloadHandle | PeerHandle;

/** A neighbour, where its handle alone does not say enough. */
export interface NeighbourOptions {
  readonly of: NeighbourHandle;
  /** Same node, or same zone. Default `node`. */
  readonly over?: 'node' | 'zone';
  /** Pods rather wait for ever than break the rule. Default false. */
  readonly strict?: boolean;
}

/** Where pods may and should run; the words are explained in the workload package. */
export interface SchedulingOptions extends Omit<Scheduling, 'together' | 'apart'> {
  readonly together?: readonly (NeighbourHandle | NeighbourOptions)[];
  readonly apart?: readonly (NeighbourHandle | NeighbourOptions)[];
}

/** One RFC 6902 operation on the workload's object, for fields that have no option here. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  /** JSON pointer into the object. */
  readonly path: string;
  readonly value?: unknown;
}

/** What an HTTP endpoint for Prometheus is; `true`: `/metrics` on the first port. */
export type Metrics =
  | true
  | {
      readonly path?: string;
      readonly port?: string;
      readonly interval?: string;
      /** Names of metrics that it exports, and `prefix_*`, so that autoscalers on them are known to have something to read. */
      readonly exports?: readonly string[];
    };

/** A container that runs to its end before the others start, or (`sidecar`) beside them. */
export interface ExtraContainer {
  readonly name: string;
  /** Key in releases.yaml, or a complete reference. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  readonly size?: Size | Resources;
  /** Starts before the others and runs as long as they do, also beside a Job; from Kubernetes 1.29. Default false. */
  readonly sidecar?: boolean;
  /** Of a sidecar; the others start when it is well. Its ports are numbers: nothing leads to them from outside of the pod. */
  readonly health?: Check | Health;
}

/** What all kinds of workloads share. */
export interface ContainerOptions {
  /** Key in `releases.yaml`, or a complete reference. Default: the workload's name. */
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Requests and limits, by name or explicit. Default `small`. */
  readonly size?: Size | Resources;
  /** Environment variables: literals, keys of secrets, fields; URLs of connections through their handles. */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /** Settings that are no secrets: a ConfigMap whose keys become environment variables; a change rolls the pods. */
  readonly config?: Readonly<Record<string, string | number | boolean>>;
  /** Text files by absolute path, from a ConfigMap; a change rolls the pods. */
  readonly files?: Readonly<Record<string, string>>;
  /** Secrets as files, one per key, in the folder of the given absolute path. */
  readonly secretFiles?: Readonly<Record<string, AnySecretHandle>>;
  /** Writable folders on the read-only root filesystem. `/tmp` is there unless the list is empty. */
  readonly writable?: readonly string[] | Readonly<Record<string, WritableFolder>>;
  /** Numeric user and group of the process. Default 10001. */
  readonly user?: number;
  /** What the workload gives up of Pod Security *restricted*, each with its reason. */
  readonly security?: SecurityOptOuts;
  /** Whom it calls: both network policies follow. */
  readonly calls?: readonly Target[];
  /** Callers from other apps. */
  readonly admits?: readonly Caller[];
  /** Namespace, if not the app's first. */
  readonly namespace?: NamespaceOwner;
  /** Seconds that the process gets to end after the stop signal. Default 30, less where spot nodes go sooner. */
  readonly graceSeconds?: number;
  /** Containers beside the main one, in the order in which they start; they see its settings, secrets and folders. */
  readonly init?: readonly ExtraContainer[];
  /** Rules of a Role of its own, for a workload that calls the Kubernetes API. */
  readonly permissions?: readonly Rule[];
  /** Why these permissions must hold in every namespace. */
  readonly clusterWide?: string;
  /** An identity of the cloud, for a workload that calls the cloud's services. */
  readonly identity?: boolean;
  /** Extra volumes, mounted as stated. */
  readonly volumes?: readonly MountedVolume[];
  /** Spot nodes, architecture, spread, neighbours, priority, devices, a pool of its own. */
  readonly scheduling?: SchedulingOptions;
  /** A PriorityClass that is none of the ladder `scheduling.priority`. */
  readonly priorityClass?: string;
  /** What others in the cluster read from its objects, such as an agent, a mesh or a gateway; what Fairlead writes there stays. */
  readonly metadata?: ExtraMetadata;
  readonly patch?: readonly PatchOperation[];
}

/** Further annotations and labels. */
export interface ExtraMetadata {
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Of a workload with a port. */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
}

/** What a workload behind a Service has besides. */
export interface ServerOptions extends ContainerOptions {
  /** First port, named `http` unless `ports` says otherwise. */
  readonly port?: number;
  /** Further ports by name. */
  readonly ports?: Readonly<Record<string, number>>;
  /** HTTP path of health, or a check of another kind: all three probes follow. */
  readonly health?: Check | Health;
  readonly metrics?: Metrics;
  /** Objective for the requests it serves: burn-rate alerts follow. */
  readonly objective?: Objective;
  /** How its requests are counted. Default: `http_requests_total` with a `status` label. */
  readonly requests?: RequestMetrics;
  /** Where the alerts on its requests fire. Default: what the environment says, else a tenth of failures and two seconds. */
  readonly thresholds?: RequestThresholds;
  /** Alerts of its own, besides those that every workload has. */
  readonly alerts?: readonly AlertIntent[];
  /** Recorded metrics of its own. */
  readonly recordings?: readonly RecordingIntent[];
  /** Its metrics tell of its connection pools, as OpenTelemetry names them or otherwise: it is told before they are used up. */
  readonly connectionPool?: true | ConnectionPool;
  /** It exports the metrics of another system: alerts on that system's connections follow. */
  readonly exporter?: Exporter;
  /** Counters of the business contract that it exports among its metrics; they appear on the app's dashboard. */
  readonly counts?: readonly BusinessCounterName[];
}

export interface DeploymentOptions extends ServerOptions {
  /** Default: the fewest replicas of the environment. */
  readonly replicas?: Replicas;
  /** Lets requests follow use; updates only where nothing else scales on the same resource. */
  readonly vertical?: VerticalScaling;
  /** Why it must never run twice: one replica, replaced by stopping first. */
  readonly singleton?: string;
}

export interface StatefulSetOptions extends ServerOptions {
  /** Default 1. */
  readonly replicas?: Replicas;
  /** As for a Deployment. */
  readonly vertical?: VerticalScaling;
  /** Why one replica is enough where the environment asks for more. */
  readonly singleton?: string;
  /**
   * Its replicas form one system, such as the brokers of Kafka: they start and stop together, find one another as
   * `handle.replica(0)` before any of them is ready, and may talk to one another on all of their ports.
   */
  readonly clustered?: boolean;
  readonly storage?: StorageOptions;
}

/** One pod per node, such as an agent that reads what lies on it. */
export interface DaemonSetOptions extends ServerOptions {
  /** Also on nodes that are kept for others by a taint, those of the control plane included. Default: on ordinary and spot nodes. */
  readonly everyNode?: boolean;
}

/** A volume of each replica's own. */
export interface StorageOptions {
  /** Such as `20Gi`. */
  readonly size: string;
  /** Where it is mounted. */
  readonly path: string;
  /** Default `default`. */
  readonly intent?: StorageIntent;
}

export interface JobOptions extends ContainerOptions {
  /** Attempts after the first. Default 3. */
  readonly retries?: number;
  /** Longest run in seconds. Default 3600. */
  readonly timeoutSeconds?: number;
}

/** A Job of its own, or one per piece of work. */
export interface SingleJobOptions extends JobOptions {
  /** Workloads that start only when it has run to its end, on every delivery: a migration before the service that needs it. */
  readonly before?: readonly WorkloadHandle[];
  /** Event sources that start one Job per piece of work, instead of one Job per change of its description. */
  readonly startedBy?: {
    readonly events: readonly EventSource[];
    /** Most Jobs at a time. */
    readonly max: number;
    /** Default 0. */
    readonly min?: number;
  };
}

export interface CronJobOptions extends JobOptions {
  /** Five fields, as cron. */
  readonly schedule: string;
  /** IANA name. Default `Etc/UTC`. */
  readonly timeZone?: string;
}
