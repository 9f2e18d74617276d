import type { Route, RoutePath, UrlPath } from '@fairlead/ingress';
import type { WorkloadHandle } from './targets.ts';

/** A workload behind a path, where the handle alone does not say enough. */
export interface RouteTarget {
  readonly workload: WorkloadHandle;
  /** Name of one of its ports. Default: its first one. */
  readonly port?: string;
  /** Share of the traffic relative to the other workloads of the path. Default 1. */
  readonly weight?: number;
}

/** A path with more than one workload, or with a rewrite. */
export interface PathOptions {
  readonly to: WorkloadHandle | readonly RouteTarget[];
  readonly match?: 'prefix' | 'exact';
  readonly rewrite?: UrlPath;
}

/** A path that is answered with a redirect. */
export interface RedirectOptions {
  readonly redirect: NonNullable<RoutePath['redirect']>;
  readonly match?: 'prefix' | 'exact';
}

/** A way in from outside: hosts, and who answers which path. Everything else as the ingress capability states it. */
export interface RouteOptions extends Omit<Route, 'hosts' | 'paths'> {
  /** Default `public`; becomes part of the objects' names unless it is the only route. */
  readonly name?: string;
  /** Path that answers 2xx, asked from outside if the route is public; `false`: not asked. Default: the health of what answers `/`. */
  readonly probe?: UrlPath | false;
  readonly host: string | readonly [string, ...string[]];
  readonly to: Readonly<Record<UrlPath, WorkloadHandle | PathOptions | RedirectOptions>>;
}
