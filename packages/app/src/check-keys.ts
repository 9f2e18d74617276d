import { didYouMean } from '@fairlead/diagnostics';
import type { EventSource, Scaling } from '@fairlead/autoscaling';
import type { LatencyObjective, Objective } from '@fairlead/monitoring';
import type { Rule } from '@fairlead/rbac';
import type { Fault } from './check-values.ts';
import { isRecord, list, object, shown } from './check-values.ts';
import type {
  ExtraMetadata,
  Metrics,
  SchedulingOptions,
  SingleJobOptions,
  StorageOptions,
} from './workload-options.ts';
import type { RouteOptions } from './route-options.ts';

/** The names of an interface's keys, written out so that the compiler keeps them complete. */
function keysOf<T>(keys: Readonly<Record<keyof T, true>>): readonly string[] {
  return Object.keys(keys);
}

const objective = keysOf<Objective>({ availability: true, latency: true });
const latency = keysOf<LatencyObjective>({ threshold: true, ratio: true });

/** Keys of options that are objects of a fixed shape. */
export const keysOfOption = {
  replicas: keysOf<Scaling>({
    min: true,
    max: true,
    cpu: true,
    memory: true,
    containers: true,
    pods: true,
    object: true,
    external: true,
    events: true,
    behavior: true,
  }),
  metadata: keysOf<ExtraMetadata>({ podAnnotations: true, podLabels: true, serviceAnnotations: true }),
  permissions: keysOf<Rule>({ apiGroups: true, resources: true, resourceNames: true, verbs: true }),
  storage: keysOf<StorageOptions>({ size: true, path: true, intent: true }),
  metrics: keysOf<Exclude<Metrics, true>>({ path: true, port: true, interval: true, exports: true }),
  startedBy: keysOf<NonNullable<SingleJobOptions['startedBy']>>({ events: true, max: true, min: true }),
  scheduling: keysOf<SchedulingOptions>({
    spot: true,
    architecture: true,
    spread: true,
    together: true,
    apart: true,
    priority: true,
    devices: true,
    pool: true,
    undisturbed: true,
  }),
  route: keysOf<RouteOptions>({
    name: true,
    host: true,
    to: true,
    probe: true,
    exposure: true,
    minimumTls: true,
    redirectHttp: true,
    requestHeaders: true,
    responseHeaders: true,
    securityHeaders: true,
    cors: true,
    requestTimeout: true,
    idleTimeout: true,
    maximumBodySize: true,
    rateLimit: true,
    sessionAffinity: true,
    authentication: true,
    firewall: true,
    ddosProtection: true,
    accessLog: true,
  }),
};

const sources = Object.keys({
  cron: true,
  prometheus: true,
  'redis-list': true,
  'redis-stream': true,
  sqs: true,
  pubsub: true,
  'service-bus': true,
  kafka: true,
} satisfies Record<EventSource['source'], true>);

/** Tells of every key that is none of those known: a misspelt one would be left out of what is rendered without a word. */
export function checkKeys(value: unknown, at: string, fault: Fault, known: readonly string[]): void {
  if (!isRecord(value)) return;
  for (const key in value) {
    if (value[key] === undefined || known.includes(key)) continue;
    fault(`${at === '' ? 'it' : at} has the unknown key ${shown(key)}`, didYouMean(key, known));
  }
}

export function checkObjective(value: unknown, at: string, fault: Fault): void {
  object(value, at, fault);
  checkKeys(value, at, fault, objective);
  if (isRecord(value)) checkKeys(value['latency'], `${at}.latency`, fault, latency);
}

/** A list of event sources, each of a kind that there is; what each kind needs is judged with the cluster. */
export function checkEvents(value: unknown, at: string, fault: Fault): void {
  list(value, at, fault);
  if (!Array.isArray(value)) return;
  value.forEach((each: unknown, index) => {
    const source = isRecord(each) ? each['source'] : undefined;
    if (typeof source === 'string' && sources.includes(source)) return;
    const what = isRecord(each) ? `${at}[${index}].source is ${shown(source)}` : `${at}[${index}] is ${shown(each)}`;
    fault(what, didYouMean(typeof source === 'string' ? source : '', sources));
  });
}
