import type {
  ContainerTarget,
  CronSource,
  ExternalMetric,
  KafkaSource,
  ObjectMetric,
  PodsMetric,
  PrometheusSource,
  PubSubSource,
  RedisListSource,
  RedisStreamSource,
  Scaling,
  ScalingDirection,
  ScalingPolicy,
  SecretKey,
  ServiceBusSource,
  SqsSource,
  VerticalBounds,
  VerticalScaling,
} from '@fairlead/autoscaling';
import type { Cors, HeaderChanges, OidcAuthentication } from '@fairlead/ingress';
import type {
  AlertIntent,
  ConnectionPool,
  LatencyObjective,
  Objective,
  RecordingIntent,
  RequestMetrics,
  RequestThresholds,
} from '@fairlead/monitoring';
import type { SecurityOptOuts } from '@fairlead/workload';
import { priorities } from '@fairlead/workload';
import type { NamespaceOptions } from './builder.ts';
import type { ValueCheck } from './check-values.ts';
import { flag, isRecord, leaf, list, object, port, quantity, text, texts } from './check-values.ts';
import { anything, either, listOf, mapOf, number, numberOrText, oneOf, reason, shape } from './shape.ts';
import type { NeighbourOptions, SchedulingOptions } from './workload-options.ts';

/** What a workload gives up, each with a sentence. */
export const security = shape<SecurityOptOuts>({
  writableRoot: reason,
  root: reason,
  capabilities: shape<NonNullable<SecurityOptOuts['capabilities']>>({ add: texts, reason }, ['add', 'reason']),
  privileged: reason,
});

const strength = either((value) => value === false, oneOf('soft', 'strict'));
const neighbour = either(
  (value) => isRecord(value) && 'kind' in value,
  shape<NeighbourOptions>({ of: object, over: oneOf('node', 'zone'), strict: flag }, ['of']),
);

/** Where pods may and should run. */
export const scheduling = shape<SchedulingOptions>({
  spot: either(
    (value) => value === true,
    shape<Exclude<NonNullable<SchedulingOptions['spot']>, true>>({ onDemand: numberOrText, strict: flag }, [
      'onDemand',
    ]),
  ),
  architecture: oneOf('amd64', 'arm64'),
  spread: shape<NonNullable<SchedulingOptions['spread']>>({ zone: strength, node: strength }),
  together: listOf(neighbour),
  apart: listOf(neighbour),
  priority: oneOf(...Object.keys(priorities)),
  devices: mapOf(number),
  pool: text,
  undisturbed: flag,
});

export const requests = shape<RequestMetrics>({ total: text, errors: text, duration: text, selector: text });

/** Seconds that one request may take: whoever writes a hundred or more has milliseconds in mind. */
const requestSeconds: ValueCheck = (value, at, fault) => {
  number(value, at, fault);
  if (typeof value === 'number' && value >= 100)
    fault(`${at} is ${value}, and seconds are wanted`, `write ${leaf(at)}: ${value / 1000}`);
};

export const thresholds = shape<RequestThresholds>({ errorRate: number, latency: requestSeconds });

export const objective = shape<Objective>({
  availability: number,
  latency: shape<LatencyObjective>({ threshold: requestSeconds, ratio: number }, ['threshold', 'ratio']),
});

export const connectionPool = either((value) => value === true, shape<ConnectionPool>({ used: text, max: text }));

export const alerts = listOf(
  shape<AlertIntent>(
    {
      name: text,
      expression: text,
      severity: oneOf('page', 'ticket'),
      for: text,
      summary: text,
      description: text,
    },
    ['name', 'expression', 'severity', 'summary', 'description'],
  ),
);

export const recordings = listOf(
  shape<RecordingIntent>({ name: text, expression: text, labels: mapOf(text) }, ['name', 'expression']),
);

const amounts = shape<NonNullable<VerticalBounds['min']>>({ cpu: quantity, memory: quantity });

export const vertical = shape<VerticalScaling>(
  {
    mode: oneOf('recommend', 'initial', 'update'),
    containers: mapOf(shape<VerticalBounds>({ min: amounts, max: amounts })),
  },
  ['mode'],
);

const labels = mapOf(text);
const direction = shape<ScalingDirection>({
  stabilization: number,
  select: oneOf('Max', 'Min', 'Disabled'),
  policies: listOf(
    shape<ScalingPolicy>({ type: oneOf('Pods', 'Percent'), value: number, periodSeconds: number }, [
      'type',
      'value',
      'periodSeconds',
    ]),
  ),
  tolerance: text,
});

const secretKey = shape<SecretKey>({ secret: text, key: text }, ['secret', 'key']);

/** What each kind of event source is made of. */
const sources: Readonly<Record<string, ValueCheck>> = {
  cron: shape<CronSource>({ source: text, timezone: text, start: text, end: text, replicas: number }, [
    'timezone',
    'start',
    'end',
    'replicas',
  ]),
  prometheus: shape<PrometheusSource>(
    { source: text, query: text, threshold: number, activation: number, server: text },
    ['query', 'threshold'],
  ),
  'redis-list': shape<RedisListSource>(
    {
      source: text,
      address: text,
      list: text,
      length: number,
      activation: number,
      database: number,
      password: secretKey,
      tls: flag,
    },
    ['address', 'list', 'length'],
  ),
  'redis-stream': shape<RedisStreamSource>(
    {
      source: text,
      address: text,
      stream: text,
      group: text,
      pending: number,
      lag: number,
      activation: number,
      database: number,
      password: secretKey,
      tls: flag,
    },
    ['address', 'stream', 'group'],
  ),
  sqs: shape<SqsSource>({ source: text, queueUrl: text, length: number, activation: number, region: text }, [
    'queueUrl',
    'length',
  ]),
  pubsub: shape<PubSubSource>({ source: text, subscription: text, messages: number, activation: number }, [
    'subscription',
    'messages',
  ]),
  'service-bus': shape<ServiceBusSource>(
    {
      source: text,
      namespace: text,
      queue: text,
      topic: text,
      subscription: text,
      messages: number,
      activation: number,
    },
    ['namespace', 'messages'],
  ),
  kafka: shape<KafkaSource>(
    { source: text, servers: texts, group: text, topic: text, lag: number, activation: number, tls: flag },
    ['servers', 'group', 'topic', 'lag'],
  ),
};

/** A list of event sources; whether the cluster can read them is judged with it. */
export const events = listOf((value, at, fault) => {
  const source = isRecord(value) ? value['source'] : undefined;
  const check = typeof source === 'string' && Object.hasOwn(sources, source) ? sources[source] : undefined;
  if (check) check(value, at, fault);
  else if (isRecord(value)) oneOf(...Object.keys(sources))(source, `${at}.source`, fault);
  else object(value, at, fault);
});

/** A range of replicas with what it follows; that its ends are numbers is told by whoever reads it. */
export const scaling = shape<Scaling>({
  min: anything,
  max: anything,
  cpu: number,
  memory: number,
  containers: listOf(
    shape<ContainerTarget>({ container: text, resource: oneOf('cpu', 'memory'), utilization: number }, [
      'container',
      'resource',
      'utilization',
    ]),
  ),
  pods: listOf(shape<PodsMetric>({ metric: text, labels, average: numberOrText }, ['metric', 'average'])),
  object: listOf(
    shape<ObjectMetric>(
      {
        metric: text,
        labels,
        object: shape<ObjectMetric['object']>({ apiVersion: text, kind: text, name: text }, [
          'apiVersion',
          'kind',
          'name',
        ]),
        value: numberOrText,
        average: numberOrText,
      },
      ['metric', 'object'],
    ),
  ),
  external: listOf(
    shape<ExternalMetric>({ metric: text, labels, value: numberOrText, average: numberOrText }, ['metric']),
  ),
  events,
  behavior: shape<NonNullable<Scaling['behavior']>>({ up: direction, down: direction }),
});

const headers = shape<HeaderChanges>({ set: mapOf(text), add: mapOf(text), remove: texts });

/** What a route is made of, besides its hosts and paths. */
export const routeParts: Readonly<Record<string, ValueCheck>> = {
  requestHeaders: headers,
  responseHeaders: headers,
  cors: shape<Cors>(
    {
      origins: texts,
      methods: listOf(oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')),
      headers: texts,
      exposeHeaders: texts,
      credentials: flag,
      maxAge: text,
    },
    ['origins'],
  ),
  rateLimit: shape<{ requests: number; per: string }>({ requests: number, per: oneOf('second', 'minute', 'hour') }, [
    'requests',
    'per',
  ]),
  sessionAffinity: shape<{ ttl: string }>({ ttl: text }, ['ttl']),
  authentication: shape<OidcAuthentication>(
    {
      issuer: text,
      endpoints: shape<NonNullable<OidcAuthentication['endpoints']>>(
        { authorization: text, token: text, userInfo: text },
        ['authorization', 'token', 'userInfo'],
      ),
      clientId: text,
      secret: text,
      scopes: texts,
      onUnauthenticated: oneOf('authenticate', 'allow', 'deny'),
    },
    ['issuer', 'secret'],
  ),
  redirectHttp: flag,
  securityHeaders: flag,
  firewall: flag,
  ddosProtection: flag,
  accessLog: flag,
  requestTimeout: text,
  idleTimeout: text,
  maximumBodySize: text,
};

/** The options of what an app names besides its workloads, by the builder's method. */
export const statements = {
  external: shape<{ port: number; hosts: string }>({ port: anything, hosts: texts }),
  internet: shape<{ ports: number; reason: string }>({ ports: listOf(port), reason }, ['reason']),
  peer: shape<{ port: number; namespace: string }>({ port: anything, namespace: text }),
  pods: shape<{ selector: object; ports: number }>({ selector: mapOf(text), ports: list }, ['ports']),
  namespace: shape<NamespaceOptions>({ access: oneOf('standard', 'restricted') }),
};
