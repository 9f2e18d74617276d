/** A duration as Prometheus writes it: `30s`, `5m`, `1h30m`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'y'}` | (string & {});

/** Where a workload exposes its metrics. */
export interface Scrape {
  /** Name of one of the workload's ports. */
  readonly port: string;
  /** Default `/metrics`. */
  readonly path?: string | undefined;
  /** Default: the metrics stack's own, 30s where it has none. */
  readonly interval?: Duration | undefined;
  /** Default `http`. */
  readonly scheme?: 'http' | 'https' | undefined;
}

/**
 * The metrics that count a workload's requests.
 *
 * @see https://prometheus.io/docs/practices/naming/
 */
export interface RequestMetrics {
  /** Counter of all requests. Default `http_requests_total`. */
  readonly total?: string | undefined;
  /** Matchers of the requests that failed. Default `status=~"5.."`. */
  readonly errors?: string | undefined;
  /** Histogram of durations in seconds, without `_bucket`. Default `http_request_duration_seconds`. */
  readonly duration?: string | undefined;
  /** Matchers that select the workload's series. Default: its namespace and its scrape job. */
  readonly selector?: string | undefined;
}

/** What a workload promises, over 30 days. */
export interface Objective {
  /** Percent of requests that do not fail, such as `99.9`. */
  readonly availability?: number | undefined;
  readonly latency?: LatencyObjective | undefined;
}

export interface LatencyObjective {
  /** Seconds within which a request is fast enough; must be the bound of a bucket of the histogram. */
  readonly threshold: number;
  /** Percent of requests that must be fast enough. */
  readonly ratio: number;
}

/** How urgent an alert is: `page` wakes somebody, `ticket` waits for working hours. */
export type AlertSeverity = 'page' | 'ticket';

/** An alert of an app's own. It gets the label `namespace` of its workload, which routes are matched on, whatever its expression keeps. */
export interface AlertIntent {
  /** CamelCase; names the runbook. */
  readonly name: string;
  readonly expression: string;
  readonly severity: AlertSeverity;
  readonly for?: Duration | undefined;
  readonly summary: string;
  readonly description: string;
}

/** A recorded metric of an app's own. */
export interface RecordingIntent {
  /** `level:metric:operations`. */
  readonly name: string;
  readonly expression: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** Where the alerts on requests fire; an app states them per environment through its values. */
export interface RequestThresholds {
  /** Percent of failed requests. Default `10`. */
  readonly errorRate?: number | undefined;
  /** Seconds that one request in twenty may take. Default `2`. */
  readonly latency?: number | undefined;
}

/**
 * The gauges of a workload's own connection pools: the selectors of those in use and of the most. `true`: as OpenTelemetry names them.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
 */
export interface ConnectionPool {
  /** Default `db_client_connection_count` of the state `used`. */
  readonly used?: string | undefined;
  /** Default `db_client_connection_max`. */
  readonly max?: string | undefined;
}

/** Exporters of other systems' metrics, whose alerts the library knows. */
export type Exporter = 'postgresql';

/** What else the standard alerts depend on. */
export interface WorkloadFacts {
  /** Name of the HorizontalPodAutoscaler that acts on the workload. */
  readonly autoscaler?: string | undefined;
  /** Names of its claims; of a StatefulSet, names of its claim templates. */
  readonly claims?: readonly string[] | undefined;
  /** True when its pods may run on nodes that the cloud takes back. */
  readonly spot?: boolean | undefined;
  /** True when a container has a CPU limit, so that it can be throttled. */
  readonly cpuLimit?: boolean | undefined;
  /** True for a Job of which events start one per piece of work (a ScaledJob): each has a name of its own. */
  readonly startedByEvents?: boolean | undefined;
  /** How long a CronJob may go without the success of its last scheduled run. Default `2h`. */
  readonly succeedWithin?: Duration | undefined;
}

/** What an app states about watching one workload. */
export interface MonitoringIntent {
  readonly scrape?: Scrape | undefined;
  readonly requests?: RequestMetrics | undefined;
  readonly objective?: Objective | undefined;
  readonly thresholds?: RequestThresholds | undefined;
  readonly alerts?: readonly AlertIntent[] | undefined;
  readonly recordings?: readonly RecordingIntent[] | undefined;
  /** It exports the gauges of its connection pools: an alert before they are used up follows. */
  readonly connectionPool?: true | ConnectionPool | undefined;
  /** Its metrics are those of another system: alerts on that system's connections follow. */
  readonly exporter?: Exporter | undefined;
  /** `false` leaves the standard alerts of the workload out. Default `true`. */
  readonly standardAlerts?: boolean | undefined;
}
