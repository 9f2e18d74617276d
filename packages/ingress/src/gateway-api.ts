import type { Manifest } from '@fairlead/objects';
import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IGatewaySpec } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewaySpec';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IHTTPRouteFilter } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteFilter';
import type { IHTTPRouteMatch } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteMatch';
import type { IHTTPRouteRule } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteRule';
import type { IListener } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Listener';
import type { IReferenceGrant } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1/ReferenceGrant';
import { backendsOf, backendsOfPath, isForwarded, seconds } from './backends.ts';
import { dnsAnnotations, metadataOf } from './common.ts';
import type { IngressRequest } from './request.ts';
import { type HeaderChanges, type RoutePath, securityHeaders } from './route.ts';

/** What an implementation adds to the standard objects. */
export interface GatewayOptions {
  readonly className: string;
  /** Termination of the HTTPS listeners; undefined where the implementation takes certificates elsewhere. */
  readonly tls?: IListener['tls'];
  /** One HTTPS listener per host, where certificates are chosen by listener; otherwise one for all hosts. */
  readonly listenerPerHost?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly infrastructure?: IGatewaySpec['infrastructure'];
  /** Filters of every rule that forwards, after the standard ones. */
  readonly filters?: readonly IHTTPRouteFilter[];
  /** Headers that every request must carry, beside its path. */
  readonly requiredHeaders?: Readonly<Record<string, string>>;
  /** Header filters, CORS and timeouts in the HTTPRoute itself. */
  readonly inRoute?: { readonly headers?: boolean; readonly cors?: boolean; readonly requestTimeout?: boolean };
}

/**
 * A Gateway, the HTTPRoute of the route, and the HTTPRoute that redirects plain HTTP.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export function gatewayObjects(request: IngressRequest, options: GatewayOptions): Manifest[] {
  const listeners = httpsListeners(request, options);
  const redirectHttp = request.route.redirectHttp !== false;
  return [
    gateway(request, options, redirectHttp ? [httpListener, ...listeners] : listeners),
    httpRoute(request, options, listeners),
    ...(redirectHttp ? [redirectRoute(request)] : []),
    ...referenceGrants(request),
  ];
}

/** Routes of other namespaces cannot attach themselves to the app's Gateway. */
const allowedRoutes: NonNullable<IListener['allowedRoutes']> = { namespaces: { from: 'Same' } };
const httpListener: IListener = { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes };

function httpsListeners({ route }: IngressRequest, { tls, listenerPerHost }: GatewayOptions): IListener[] {
  const listener = (name: string, hostname?: string): IListener => ({
    name,
    port: 443,
    protocol: 'HTTPS',
    allowedRoutes,
    ...(hostname === undefined ? {} : { hostname }),
    ...(tls === undefined ? {} : { tls }),
  });
  const [first, ...others] = route.hosts;
  if (listenerPerHost !== true) return [listener('https')];
  if (others.length === 0) return [listener('https', first)];
  // Named for their hosts, so that one more host does not rename the others.
  return route.hosts.map((host) =>
    listener(`https-${host.replace('*', 'any').replaceAll('.', '-')}`.slice(0, 253), host),
  );
}

function gateway(
  request: IngressRequest,
  { className, annotations, infrastructure }: GatewayOptions,
  listeners: IListener[],
) {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: metadataOf(request, request.name, annotations),
    spec: { gatewayClassName: className, listeners, ...(infrastructure === undefined ? {} : { infrastructure }) },
  } satisfies IGateway;
}

function httpRoute(request: IngressRequest, options: GatewayOptions, listeners: readonly IListener[]) {
  const { name, route } = request;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(request, name, dnsAnnotations(request)),
    spec: {
      parentRefs: listeners.map((listener) => ({ name, sectionName: listener.name })),
      hostnames: [...route.hosts],
      rules: rules(request, options),
    },
  } satisfies IHTTPRoute;
}

/** What lets the route reach Services of other namespaces, one per namespace. v1 is not served by clusters below 1.36. */
function referenceGrants(request: IngressRequest): Manifest[] {
  const byNamespace = new Map<string, string[]>();
  for (const { service, workload } of backendsOf(request.route)) {
    if (workload.namespace === request.namespace) continue;
    byNamespace.set(workload.namespace, [...(byNamespace.get(workload.namespace) ?? []), service]);
  }
  return [...byNamespace].map(
    ([namespace, services]) =>
      ({
        apiVersion: 'gateway.networking.k8s.io/v1beta1',
        kind: 'ReferenceGrant',
        metadata: metadataOf(request, request.name, {}, namespace),
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: request.namespace }],
          to: services.map((name) => ({ group: '', kind: 'Service', name })),
        },
      }) satisfies IReferenceGrant,
  );
}

function redirectRoute(request: IngressRequest) {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(request, `${request.name}-redirect`),
    spec: {
      parentRefs: [{ name: request.name, sectionName: 'http' }],
      hostnames: [...request.route.hosts],
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
    },
  } satisfies IHTTPRoute;
}

/** Matches that a rule can have at most; rules there can be 16, and matches of all rules 128. */
const mostMatches = 64;

/**
 * One rule for all paths that are answered alike, because an HTTPRoute holds only 16; which rule a request meets depends on its path alone,
 * never on the order. A path that is rewritten keeps a rule of its own: there the prefix that is replaced must be the only one.
 */
function rules(request: IngressRequest, options: GatewayOptions): IHTTPRouteRule[] {
  const result: IHTTPRouteRule[] = [];
  const open = new Map<string, IHTTPRouteMatch[]>();
  for (const path of request.route.paths) {
    const { matches = [], ...answer } = rule(request, path, options);
    const key = path.rewrite === undefined ? JSON.stringify(answer) : path.path;
    const alike = open.get(key);
    if (alike && alike.length < mostMatches) alike.push(...matches);
    else {
      open.set(key, matches);
      result.push({ matches, ...answer });
    }
  }
  return result;
}

function rule({ namespace, route }: IngressRequest, path: RoutePath, options: GatewayOptions): IHTTPRouteRule {
  const required = Object.entries(options.requiredHeaders ?? {}).map(([name, value]) => ({ name, value }));
  const match: IHTTPRouteMatch = {
    path: { type: path.match === 'exact' ? 'Exact' : 'PathPrefix', value: path.path },
    ...(required.length === 0 ? {} : { headers: required }),
  };
  if (!isForwarded(path)) {
    const { host, path: target, permanent } = path.redirect;
    const requestRedirect: NonNullable<IHTTPRouteFilter['requestRedirect']> = {
      scheme: 'https',
      ...(host === undefined ? {} : { hostname: host }),
      ...(target === undefined ? {} : { path: { type: 'ReplaceFullPath', replaceFullPath: target } }),
      statusCode: permanent === false ? 302 : 301,
    };
    return { matches: [match], filters: [{ type: 'RequestRedirect', requestRedirect }] };
  }
  const filters = [
    ...(options.inRoute?.headers === true ? headerFilters(route) : []),
    ...(path.rewrite === undefined ? [] : [rewriteFilter(path.match ?? 'prefix', path.rewrite)]),
    ...(options.inRoute?.cors === true && route.cors !== undefined ? [corsFilter(route.cors)] : []),
    ...(options.filters ?? []),
  ];
  const weighted = path.to.length > 1;
  return {
    matches: [match],
    ...(filters.length === 0 ? {} : { filters }),
    ...(options.inRoute?.requestTimeout === true && route.requestTimeout !== undefined
      ? { timeouts: { request: route.requestTimeout } }
      : {}),
    backendRefs: backendsOfPath(path).map(({ service, port, weight, workload }) => ({
      name: service,
      ...(workload.namespace === namespace ? {} : { namespace: workload.namespace }),
      port: port.port,
      ...(weighted ? { weight } : {}),
    })),
  };
}

function rewriteFilter(match: 'prefix' | 'exact', target: string): IHTTPRouteFilter {
  return {
    type: 'URLRewrite',
    urlRewrite: {
      path:
        match === 'exact'
          ? { type: 'ReplaceFullPath', replaceFullPath: target }
          : { type: 'ReplacePrefixMatch', replacePrefixMatch: target },
    },
  };
}

function corsFilter(cors: NonNullable<IngressRequest['route']['cors']>): IHTTPRouteFilter {
  return {
    type: 'CORS',
    cors: {
      allowOrigins: [...cors.origins],
      allowMethods: [...(cors.methods ?? ['GET' as const, 'HEAD' as const, 'POST' as const])],
      ...(cors.headers === undefined ? {} : { allowHeaders: [...cors.headers] }),
      ...(cors.exposeHeaders === undefined ? {} : { exposeHeaders: [...cors.exposeHeaders] }),
      ...(cors.credentials === true ? { allowCredentials: true } : {}),
      maxAge: seconds(cors.maxAge ?? '10m'),
    },
  };
}

function headerFilters({
  requestHeaders,
  responseHeaders,
  securityHeaders: preset,
}: IngressRequest['route']): IHTTPRouteFilter[] {
  const request = modifier(requestHeaders);
  const response = modifier({
    ...responseHeaders,
    set: { ...(preset === true ? securityHeaders : {}), ...responseHeaders?.set },
  });
  return [
    ...(request === undefined ? [] : [{ type: 'RequestHeaderModifier' as const, requestHeaderModifier: request }]),
    ...(response === undefined ? [] : [{ type: 'ResponseHeaderModifier' as const, responseHeaderModifier: response }]),
  ];
}

/** The changes as Gateway API states them; undefined where there are none. */
function modifier(
  changes: HeaderChanges | undefined,
): NonNullable<IHTTPRouteFilter['requestHeaderModifier']> | undefined {
  const list = (values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).map(([name, value]) => ({ name, value }));
  const set = list(changes?.set);
  const add = list(changes?.add);
  const remove = [...(changes?.remove ?? [])];
  if (set.length + add.length + remove.length === 0) return undefined;
  return {
    ...(set.length > 0 ? { set } : {}),
    ...(add.length > 0 ? { add } : {}),
    ...(remove.length > 0 ? { remove } : {}),
  };
}
