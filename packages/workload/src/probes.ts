import { SharedParts } from '@fairlead/objects/shared-parts';
import type { IProbe } from 'kubernetes-models/v1/Probe';

/** How a kubelet asks a container whether it is well. A string is an HTTP path on the container's first port. */
export type Check =
  | string
  | { readonly http: string; readonly port?: string | number; readonly scheme?: 'HTTP' | 'HTTPS' }
  | { readonly tcp: string | number }
  | { readonly grpc: number; readonly service?: string }
  | { readonly exec: readonly string[] };

/** Thresholds of one probe, in seconds and counts. */
export interface Timing {
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
}

/**
 * The probes of a container. One check for all three is the usual case; a liveness probe must not depend on other systems.
 * `false` leaves a probe out.
 */
export interface Health {
  readonly ready: Check;
  /** Default: as `ready`. */
  readonly live?: Check | false;
  /** Default: as `live`; gives a slow start its time before liveness begins to count. */
  readonly start?: Check | false;
  /** Longest start-up in seconds. Default 150. */
  readonly startWithin?: number;
  /** The start-up is given the time of one answer that `live` has. */
  readonly timing?: { readonly ready?: Partial<Timing>; readonly live?: Partial<Timing> };
}

/** Ready after one success, out of rotation after 30 s of failure. */
const ready: Timing = { period: 10, timeout: 3, failures: 3 };
/** Slower and more patient than readiness: a restart is the last resort. */
const live: Timing = { period: 20, timeout: 5, failures: 3 };
const startPeriod = 5;

export interface Probes {
  startupProbe?: IProbe;
  readinessProbe?: IProbe;
  livenessProbe?: IProbe;
}

/** The three probes of a container; `port` is the name of its first port, the default target. */
export function probes(health: Check | Health, port: string | undefined): Probes {
  const given: Health = typeof health === 'object' && 'ready' in health ? health : { ready: health };
  const liveness = given.live ?? given.ready;
  const start = given.start ?? liveness;
  const result: Probes = { readinessProbe: probe(given.ready, port, { ...ready, ...given.timing?.ready }) };
  if (liveness !== false) result.livenessProbe = probe(liveness, port, { ...live, ...given.timing?.live });
  if (start !== false) {
    const failures = Math.ceil((given.startWithin ?? 150) / startPeriod);
    const timeout = given.timing?.live?.timeout ?? live.timeout;
    result.startupProbe = probe(start, port, { period: startPeriod, timeout, failures });
  }
  return result;
}

const httpProbes = new SharedParts<IProbe>();

function probe(check: Check, port: string | undefined, timing: Timing): IProbe {
  const { period, timeout, failures } = timing;
  const make = (): IProbe => newProbe(check, port, timing);
  return typeof check === 'string' ? httpProbes.of([check, port, period, timeout, failures], make) : make();
}

function newProbe(check: Check, port: string | undefined, { period, timeout, failures }: Timing): IProbe {
  const result: IProbe = { failureThreshold: failures, periodSeconds: period, timeoutSeconds: timeout };
  if (typeof check === 'string') result.httpGet = { path: check, port: port ?? 'http' };
  else if ('http' in check) {
    result.httpGet = { path: check.http, port: check.port ?? port ?? 'http' };
    if (check.scheme !== undefined) result.httpGet.scheme = check.scheme;
  } else if ('tcp' in check) result.tcpSocket = { port: check.tcp };
  else if ('grpc' in check) {
    result.grpc = { port: check.grpc };
    if (check.service !== undefined) result.grpc.service = check.service;
  } else result.exec = { command: [...check.exec] };
  return result;
}

/** The HTTP path under which a load balancer can ask for readiness, if readiness is an HTTP check. */
export function healthPath(health: Check | Health | undefined): string | undefined {
  if (health === undefined) return undefined;
  const check = typeof health === 'object' && 'ready' in health ? health.ready : health;
  if (typeof check === 'string') return check;
  return 'http' in check ? check.http : undefined;
}
