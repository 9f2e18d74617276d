import type { WorkloadReference } from '@fairlead/objects';

/** A whole number of seconds, minutes or hours, such as `60s`. */
export type Duration = `${number}s` | `${number}m` | `${number}h`;

/** A size in binary units, such as `10Mi`. */
export type ByteSize = `${number}${'Ki' | 'Mi' | 'Gi'}`;

/** An absolute URL path, such as `/api`. */
export type UrlPath = `/${string}`;

/** Who can reach a route: the internet, or only the network that the cluster lies in. */
export type Exposure = 'public' | 'internal';

/** How the load balancer asks a backend whether it is healthy. */
export interface HealthCheck {
  readonly path: UrlPath;
  /** Default `10s`. */
  readonly interval?: Duration | undefined;
  /** Default `5s`; must be less than the interval. */
  readonly timeout?: Duration | undefined;
  /** Successes in a row before a backend gets traffic. Default 2. */
  readonly healthyThreshold?: number | undefined;
  /** Failures in a row before a backend loses its traffic. Default 3. */
  readonly unhealthyThreshold?: number | undefined;
}

/** A workload that answers, by way of its Service. */
export interface Backend {
  readonly workload: WorkloadReference;
  /** Name of one of the workload's ports. Default: its first one. */
  readonly port?: string | undefined;
  /** Share of the traffic relative to the other backends of the path. Default 1. */
  readonly weight?: number | undefined;
  /** The readiness path of the workload, or a whole check. Default `/`. */
  readonly health?: UrlPath | HealthCheck | undefined;
}

/** Where a request is sent instead. What is left out stays as the client asked for it. */
export interface Redirect {
  readonly host?: string | undefined;
  readonly path?: UrlPath | undefined;
  /** 301 instead of 302. Default true. */
  readonly permanent?: boolean | undefined;
}

interface PathMatch {
  readonly path: UrlPath;
  /** `prefix` matches whole path elements, as Kubernetes defines it. Default `prefix`. */
  readonly match?: 'prefix' | 'exact' | undefined;
}

/** A path that workloads answer. */
export interface ForwardedPath extends PathMatch {
  readonly to: readonly [Backend, ...Backend[]];
  /** What the matched prefix is replaced with before the request reaches the backend. */
  readonly rewrite?: UrlPath | undefined;
  readonly redirect?: never;
}

/** A path that is answered with a redirect. */
export interface RedirectedPath extends PathMatch {
  readonly redirect: Redirect;
  readonly to?: never;
  readonly rewrite?: never;
}

export type RoutePath = ForwardedPath | RedirectedPath;

/** Changes to the headers of a message: `set` overwrites, `add` appends, `remove` drops. */
export interface HeaderChanges {
  readonly set?: Readonly<Record<string, string>> | undefined;
  readonly add?: Readonly<Record<string, string>> | undefined;
  readonly remove?: readonly string[] | undefined;
}

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** Which other origins a browser may call the route from. */
export interface Cors {
  readonly origins: readonly [string, ...string[]];
  /** Default GET, HEAD and POST. */
  readonly methods?: readonly HttpMethod[] | undefined;
  readonly headers?: readonly string[] | undefined;
  readonly exposeHeaders?: readonly string[] | undefined;
  readonly credentials?: boolean | undefined;
  /** How long a browser may remember the answer. Default `10m`. */
  readonly maxAge?: Duration | undefined;
}

/** Login with OpenID Connect before a request reaches the backend. */
export interface OidcAuthentication {
  readonly issuer: string;
  /** Needed where the implementation does not discover them from the issuer. */
  readonly endpoints?:
    { readonly authorization: string; readonly token: string; readonly userInfo: string } | undefined;
  /** Needed where the implementation does not read it from the Secret. */
  readonly clientId?: string | undefined;
  /** Secret in the route's namespace with the client's credentials, under the keys of {@link oidcSecretKeys}. */
  readonly secret: string;
  /** Default `openid`. */
  readonly scopes?: readonly string[] | undefined;
  /** Default `authenticate`: the browser is sent to the login. */
  readonly onUnauthenticated?: 'authenticate' | 'allow' | 'deny' | undefined;
}

/** What a route wants from whatever carries it; it names no provider. */
export interface Route {
  readonly hosts: readonly [string, ...string[]];
  readonly paths: readonly [RoutePath, ...RoutePath[]];
  /** Default `internal`. */
  readonly exposure?: Exposure | undefined;
  /** Oldest TLS version that clients may use. Default `1.2`, with 1.3 preferred; TLS itself is not optional. */
  readonly minimumTls?: '1.2' | '1.3' | undefined;
  /** Answer plain HTTP with a redirect to HTTPS, instead of not listening. Default true. */
  readonly redirectHttp?: boolean | undefined;
  readonly requestHeaders?: HeaderChanges | undefined;
  readonly responseHeaders?: HeaderChanges | undefined;
  /** The preset of {@link securityHeaders} on every response. Default false. */
  readonly securityHeaders?: boolean | undefined;
  readonly cors?: Cors | undefined;
  /** Longest time until a response is complete. */
  readonly requestTimeout?: Duration | undefined;
  /** Longest silence on a connection. */
  readonly idleTimeout?: Duration | undefined;
  readonly maximumBodySize?: ByteSize | undefined;
  /** Requests of one client address. */
  readonly rateLimit?: { readonly requests: number; readonly per: 'second' | 'minute' | 'hour' } | undefined;
  /** Keeps a client on one pod by a cookie. */
  readonly sessionAffinity?: { readonly ttl: Duration } | undefined;
  readonly authentication?: OidcAuthentication | undefined;
  /** Web application firewall; the cluster says which policy. */
  readonly firewall?: boolean | undefined;
  readonly ddosProtection?: boolean | undefined;
  readonly accessLog?: boolean | undefined;
}

/**
 * The headers that `securityHeaders: true` sets.
 *
 * @see https://owasp.org/www-project-secure-headers/
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
};
