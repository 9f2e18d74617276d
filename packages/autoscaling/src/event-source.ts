/** Something outside the pods that says how much work there is. KEDA polls it; no keys, the workload's own identity signs in. */
export type EventSource =
  | CronSource
  | PrometheusSource
  | RedisListSource
  | RedisStreamSource
  | SqsSource
  | PubSubSource
  | ServiceBusSource
  | KafkaSource;

/** A floor of replicas during a part of the week. */
export interface CronSource {
  readonly source: 'cron';
  /** IANA name, such as `Europe/Berlin`. */
  readonly timezone: string;
  /** Five cron fields. */
  readonly start: string;
  readonly end: string;
  /** At least 1; outside the window the workload falls to its minimum. */
  readonly replicas: number;
}

/** A PromQL query that yields one number. */
export interface PrometheusSource {
  readonly source: 'prometheus';
  readonly query: string;
  /** Value per replica. */
  readonly threshold: number;
  /** Value above which a workload at zero wakes. Default 0. */
  readonly activation?: number | undefined;
  /** Default: the query API of the cluster's metrics stack. */
  readonly server?: string | undefined;
}

/** A Redis or Valkey list used as a queue. */
export interface RedisListSource {
  readonly source: 'redis-list';
  /** `host:port`. */
  readonly address: string;
  readonly list: string;
  /** Entries per replica. */
  readonly length: number;
  readonly activation?: number | undefined;
  /** Default 0. */
  readonly database?: number | undefined;
  /** Secret whose key holds the password; Redis knows no cloud identity. */
  readonly password?: SecretKey | undefined;
  readonly tls?: boolean | undefined;
}

/** A consumer group of a Redis or Valkey stream. */
export interface RedisStreamSource {
  readonly source: 'redis-stream';
  readonly address: string;
  readonly stream: string;
  readonly group: string;
  /** Entries per replica that the group has taken and not acknowledged. Exactly one of `pending` and `lag`. */
  readonly pending?: number | undefined;
  /** Entries per replica that the group has not taken yet; Redis 7 and later, and the only one that wakes from zero. */
  readonly lag?: number | undefined;
  readonly activation?: number | undefined;
  readonly database?: number | undefined;
  readonly password?: SecretKey | undefined;
  readonly tls?: boolean | undefined;
}

export interface SqsSource {
  readonly source: 'sqs';
  readonly queueUrl: string;
  /** Messages per replica. */
  readonly length: number;
  readonly activation?: number | undefined;
  /** Default: the cluster's region. */
  readonly region?: string | undefined;
}

/** KEDA marks its Pub/Sub scaler deprecated since late 2025; it is still served. */
export interface PubSubSource {
  readonly source: 'pubsub';
  /** Short name, or `projects/<project>/subscriptions/<name>`. */
  readonly subscription: string;
  /** Undelivered messages per replica. */
  readonly messages: number;
  readonly activation?: number | undefined;
}

/** Exactly one of `queue` and `topic` with `subscription`. */
export interface ServiceBusSource {
  readonly source: 'service-bus';
  /** Short name of the Service Bus namespace. */
  readonly namespace: string;
  readonly queue?: string | undefined;
  readonly topic?: string | undefined;
  readonly subscription?: string | undefined;
  /** Messages per replica. */
  readonly messages: number;
  readonly activation?: number | undefined;
}

export interface KafkaSource {
  readonly source: 'kafka';
  /** `host:port` of each bootstrap server. */
  readonly servers: readonly string[];
  readonly group: string;
  readonly topic: string;
  /** Lag per replica. */
  readonly lag: number;
  readonly activation?: number | undefined;
  readonly tls?: boolean | undefined;
}

/** A key of a Secret in the workload's namespace that something else provides. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}
