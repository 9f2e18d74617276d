import type { NamedPort, WorkloadReference } from '@fairlead/objects';
import type { Backend, Duration, ForwardedPath, HealthCheck, Route, RoutePath, UrlPath } from './route.ts';

/** A health check with nothing left open. Times are seconds. */
export interface ResolvedHealthCheck {
  readonly path: UrlPath;
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** A backend with its Service and port looked up. */
export interface ResolvedBackend {
  readonly workload: WorkloadReference;
  readonly service: string;
  readonly port: NamedPort;
  readonly weight: number;
  readonly health: ResolvedHealthCheck;
}

/** Seconds of a duration: `5m` is 300. */
export function seconds(duration: Duration): number {
  const factor = duration.endsWith('h') ? 3600 : duration.endsWith('m') ? 60 : 1;
  return Number(duration.slice(0, -1)) * factor;
}

/** True for a path that workloads answer. */
export function isForwarded(path: RoutePath): path is ForwardedPath {
  return path.to !== undefined;
}

function resolveHealth(health: Backend['health']): ResolvedHealthCheck {
  const given: HealthCheck = typeof health === 'object' ? health : { path: health ?? '/' };
  return {
    path: given.path,
    interval: seconds(given.interval ?? '10s'),
    timeout: seconds(given.timeout ?? '5s'),
    healthyThreshold: given.healthyThreshold ?? 2,
    unhealthyThreshold: given.unhealthyThreshold ?? 3,
  };
}

/** The backend with its defaults; undefined where it has no Service or no such port (`checkRoute` reports it). */
export function resolveBackend(backend: Backend): ResolvedBackend | undefined {
  const { workload } = backend;
  const port =
    backend.port === undefined ? workload.ports[0] : workload.ports.find((each) => each.name === backend.port);
  if (workload.service === undefined || port === undefined) return undefined;
  return {
    workload,
    service: workload.service,
    port,
    weight: backend.weight ?? 1,
    health: resolveHealth(backend.health),
  };
}

/** The backends of one path, in the author's order. */
export function backendsOfPath(path: ForwardedPath): ResolvedBackend[] {
  return path.to.map(resolveBackend).filter((each) => each !== undefined);
}

/** Every Service that a route sends traffic to, once each, in order of appearance. */
export function backendsOf(route: Route): ResolvedBackend[] {
  const found = new Map<string, ResolvedBackend>();
  for (const backend of route.paths.filter(isForwarded).flatMap(backendsOfPath)) {
    const key = `${backend.workload.namespace}/${backend.service}`;
    if (!found.has(key)) found.set(key, backend);
  }
  return [...found.values()];
}
