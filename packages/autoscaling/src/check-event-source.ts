import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import type { Cluster, IdentityImplementation } from '@fairlead/inventory';
import type { EventSource } from './event-source.ts';

/** Which identities sign in to the source of a cloud without keys. */
const identities: Readonly<Partial<Record<EventSource['source'], readonly IdentityImplementation[]>>> = {
  sqs: ['irsa', 'pod-identity'],
  pubsub: ['gke-workload-identity', 'gke-workload-identity-direct'],
  'service-bus': ['azure-workload-identity'],
};

/** What an event source lacks, or cannot do on this cluster. */
export function checkEventSource(source: EventSource, cluster: Cluster): Diagnostic[] {
  const found: Diagnostic[] = [];
  const lacks = (message: string, hint: string) =>
    found.push(diagnostic('scaling/event-source', { message: `${source.source}: ${message}`, hint }));

  const implementation = cluster.capabilities.identity.implementation;
  const able = identities[source.source];
  if (able !== undefined && !able.includes(implementation)) {
    found.push(
      diagnostic('scaling/identity', {
        message: `${source.source}: workload identity of the cluster is ${implementation}, which cannot sign in there`,
        hint: `place the app on a cluster with ${able.join(' or ')}, or scale on another source there`,
      }),
    );
  }
  for (const [field, value] of thresholds(source)) {
    if (!(Number.isFinite(value) && value > 0))
      lacks(`${field} is ${value}, which would divide by nothing`, `state ${field} above zero`);
  }
  if ('activation' in source && source.activation !== undefined && !(source.activation >= 0)) {
    lacks(`activation is ${source.activation}`, 'state zero or more');
  }
  switch (source.source) {
    case 'cron':
      if (!Number.isInteger(source.replicas) || source.replicas < 1)
        lacks(`replicas is ${source.replicas}`, 'state at least 1; outside the window the minimum holds');
      if (source.start === source.end) lacks('start and end are the same moment', 'state when the window ends');
      for (const field of ['start', 'end'] as const) {
        if (source[field].trim().split(/\s+/).length !== 5)
          lacks(
            `${field} "${source[field]}" is no cron expression`,
            'state five fields: minute, hour, day of month, month, day of week',
          );
      }
      if (!isTimezone(source.timezone))
        lacks(`timezone "${source.timezone}" is not known`, 'state an IANA name such as Europe/Berlin');
      break;
    case 'prometheus':
      if ((source.server ?? cluster.capabilities.metrics.queryUrl) === undefined) {
        lacks('no query API to ask', `state capabilities.metrics.queryUrl in clusters/${cluster.name}.yaml`);
      }
      break;
    case 'service-bus':
      if ((source.queue === undefined) === (source.topic === undefined))
        lacks('exactly one of queue and topic is needed', 'state queue, or topic and subscription');
      if (source.topic !== undefined && source.subscription === undefined)
        lacks(`topic ${source.topic} without a subscription`, 'state subscription');
      break;
    case 'redis-list':
      checkAddress(source.address, 'address', lacks);
      break;
    case 'redis-stream':
      checkAddress(source.address, 'address', lacks);
      if ((source.pending === undefined) === (source.lag === undefined))
        lacks('exactly one of pending and lag is needed', 'state pending, or lag');
      break;
    case 'kafka':
      if (source.servers.length === 0) lacks('no bootstrap server', 'state servers');
      for (const server of source.servers) checkAddress(server, 'server', lacks);
      break;
    default:
  }
  return found;
}

/** KEDA takes `host:port` only; it knows no default port. */
function checkAddress(text: string, what: string, lacks: (message: string, hint: string) => void): void {
  const port = Number(/^(?:[^\s:/]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(text)?.[1]);
  if (port >= 1 && port <= 65535) return;
  const hint = /^[^\s:/]+$/.test(text)
    ? `state the port too: ${text}:${what === 'server' ? 9092 : 6379}`
    : 'state host:port';
  lacks(`${what} "${text}" is not made of host and port`, hint);
}

function thresholds(source: EventSource): [string, number][] {
  switch (source.source) {
    case 'cron':
      return [];
    case 'prometheus':
      return [['threshold', source.threshold]];
    case 'redis-list':
    case 'sqs':
      return [['length', source.length]];
    case 'redis-stream':
      return source.lag === undefined ? [['pending', source.pending ?? NaN]] : [['lag', source.lag]];
    case 'pubsub':
    case 'service-bus':
      return [['messages', source.messages]];
    case 'kafka':
      return [['lag', source.lag]];
  }
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
