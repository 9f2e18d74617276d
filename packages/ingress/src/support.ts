import type { IngressImplementation } from '@fairlead/inventory/model';
import type { Route } from './route.ts';

/** Whether an implementation expresses an intent: always, only in some forms (its adapter says which), or not at all. */
export interface Support {
  readonly level: 'yes' | 'some' | 'no';
  /** By which object or field, or why not. */
  readonly how: string;
}

const yes = (how: string): Support => ({ level: 'yes', how });
const some = (how: string): Support => ({ level: 'some', how });
const no = (how: string): Support => ({ level: 'no', how });

type Row = Readonly<Record<IngressImplementation, Support>>;

/** What a route can want beyond hosts, paths and TLS, in the words of a diagnostic. */
export const intents = {
  publicExposure: 'to be reachable from the internet',
  internalExposure: 'to be reachable from inside the network only',
  weights: 'weights between backends',
  redirectHttp: 'plain HTTP to be redirected',
  otherNamespace: 'backends in another namespace',
  redirectPath: 'to redirect a path',
  rewrite: 'to rewrite a path',
  minimumTls13: 'TLS 1.3 as the oldest version',
  requestHeaders: 'to change request headers',
  responseHeaders: 'to change response headers',
  securityHeaders: 'security headers',
  cors: 'CORS',
  requestTimeout: 'a request timeout',
  idleTimeout: 'an idle timeout',
  maximumBodySize: 'a limit on body size',
  rateLimit: 'a rate limit',
  sessionAffinity: 'session affinity',
  authentication: 'login by OIDC',
  firewall: 'a web application firewall',
  ddosProtection: 'DDoS protection',
  healthCheck: 'a health check of its own',
  accessLog: 'an access log',
} as const;

export type Intent = keyof typeof intents;

/** All intents, in the order of the documentation. */
// `Object.keys` is typed as strings, because objects can have more keys than their type; a literal cannot.
export const intentNames = Object.keys(intents) as readonly Intent[];

/** Intent × implementation: adapters consult it, documentation is rendered from it. */
export const support: Readonly<Record<Intent, Row>> = {
  publicExposure: {
    alb: yes('`scheme: internet-facing`'),
    'alb-gateway': yes('LoadBalancerConfiguration `scheme: internet-facing`'),
    'gke-gateway': yes('external GatewayClass'),
    'gke-ingress': yes('class `gce`'),
    'aks-approuting': yes('public Azure load balancer'),
    'envoy-gateway': yes('GatewayClass, load balancer Service'),
    nginx: yes('IngressClass'),
  },
  internalExposure: {
    alb: yes('`scheme: internal`'),
    'alb-gateway': yes('LoadBalancerConfiguration `scheme: internal`'),
    'gke-gateway': yes('internal GatewayClass'),
    'gke-ingress': yes('class `gce-internal`'),
    'aks-approuting': yes('`azure-load-balancer-internal` on the Gateway'),
    'envoy-gateway': yes("internal GatewayClass, or the cloud's annotation on the Gateway"),
    nginx: some('a second IngressClass, which the cluster file names'),
  },
  weights: {
    alb: yes('`actions.<name>` with target groups'),
    'alb-gateway': yes('HTTPRoute'),
    'gke-gateway': yes('HTTPRoute'),
    'gke-ingress': no('an Ingress of class gce has one Service per path'),
    'aks-approuting': yes('HTTPRoute'),
    'envoy-gateway': yes('HTTPRoute'),
    nginx: no('it needs a second, canary Ingress; not offered, as the controller is retired'),
  },
  redirectHttp: {
    alb: yes('`ssl-redirect`'),
    'alb-gateway': yes('HTTPRoute of the HTTP listener'),
    'gke-gateway': yes('HTTPRoute of the HTTP listener'),
    'gke-ingress': some('FrontendConfig `redirectToHttps`, public routes only; internal ones listen to HTTPS alone'),
    'aks-approuting': yes('HTTPRoute of the HTTP listener'),
    'envoy-gateway': yes('HTTPRoute of the HTTP listener'),
    nginx: yes('`ssl-redirect`'),
  },
  otherNamespace: {
    alb: no('an Ingress reaches Services of its own namespace only'),
    'alb-gateway': yes('ReferenceGrant'),
    'gke-gateway': yes('ReferenceGrant'),
    'gke-ingress': no('an Ingress reaches Services of its own namespace only'),
    'aks-approuting': yes('ReferenceGrant'),
    'envoy-gateway': yes('ReferenceGrant'),
    nginx: no('an Ingress reaches Services of its own namespace only'),
  },
  redirectPath: {
    alb: yes('`actions.<name>`'),
    'alb-gateway': yes('HTTPRoute'),
    'gke-gateway': yes('HTTPRoute'),
    'gke-ingress': no('FrontendConfig redirects to HTTPS only'),
    'aks-approuting': yes('HTTPRoute'),
    'envoy-gateway': yes('HTTPRoute'),
    nginx: no('its redirect annotations hold for a whole Ingress'),
  },
  rewrite: {
    alb: yes('`transforms.<service>`'),
    // The controller's own table (docs/guide/gateway/l7gateway.md) says no; other pages of it say yes.
    'alb-gateway': no('the controller does not translate URLRewrite filters'),
    // GKE's conformance report lists no path rewrite, which stands for prefixes and whole paths; URL maps replace prefixes.
    'gke-gateway': some('HTTPRoute, prefixes only'),
    'gke-ingress': no('an Ingress of class gce passes paths on as they are'),
    'aks-approuting': yes('HTTPRoute'),
    'envoy-gateway': yes('HTTPRoute'),
    nginx: some('`rewrite-target`, where every path of the route has a rewrite'),
  },
  minimumTls13: {
    alb: yes('`ssl-policy`'),
    'alb-gateway': yes('LoadBalancerConfiguration `sslPolicy`'),
    'gke-gateway': some('GCPGatewayPolicy `sslPolicy`, which the cluster file names'),
    'gke-ingress': some('FrontendConfig `sslPolicy`, which the cluster file names; public routes only'),
    'aks-approuting': no('the Istio objects that say so are not usable with application routing'),
    'envoy-gateway': yes('ClientTrafficPolicy `tls.minVersion`'),
    nginx: no('`ssl-protocols` is a setting of the whole controller'),
  },
  requestHeaders: {
    alb: no('an ALB does not change request headers'),
    'alb-gateway': no('an ALB does not change request headers'),
    'gke-gateway': yes('HTTPRoute'),
    'gke-ingress': some('BackendConfig `customRequestHeaders`: set only, public routes only'),
    'aks-approuting': yes('HTTPRoute'),
    'envoy-gateway': yes('HTTPRoute'),
    nginx: no('snippets are off by default, for good reason'),
  },
  responseHeaders: {
    alb: some('`listener-attributes`: set only, and only the headers that an ALB knows'),
    'alb-gateway': some('`listenerAttributes`: set only, and only the headers that an ALB knows'),
    'gke-gateway': yes('HTTPRoute'),
    'gke-ingress': some('BackendConfig `customResponseHeaders`: set only, public routes only'),
    'aks-approuting': yes('HTTPRoute'),
    'envoy-gateway': yes('HTTPRoute'),
    nginx: no('snippets are off by default, for good reason'),
  },
  securityHeaders: {
    alb: yes('`listener-attributes`'),
    'alb-gateway': yes('`listenerAttributes`'),
    'gke-gateway': yes('HTTPRoute'),
    'gke-ingress': some('BackendConfig `customResponseHeaders`, public routes only'),
    'aks-approuting': yes('HTTPRoute'),
    'envoy-gateway': yes('HTTPRoute'),
    nginx: no('snippets are off by default, for good reason'),
  },
  cors: {
    alb: no('an ALB adds fixed headers but does not answer preflight requests'),
    'alb-gateway': no('an ALB adds fixed headers but does not answer preflight requests'),
    'gke-gateway': no('the CORS filter is not among the features of GKE Gateway'),
    'gke-ingress': no('BackendConfig adds fixed headers but does not answer preflight requests'),
    'aks-approuting': some('HTTPRoute `CORS` filter, from Kubernetes 1.36 (Gateway API 1.5)'),
    'envoy-gateway': yes('SecurityPolicy `cors`'),
    nginx: yes('`enable-cors`'),
  },
  requestTimeout: {
    alb: no('an ALB has an idle timeout only'),
    'alb-gateway': no('an ALB has an idle timeout only'),
    'gke-gateway': yes('GCPBackendPolicy `timeoutSec`'),
    'gke-ingress': yes('BackendConfig `timeoutSec`'),
    'aks-approuting': yes('HTTPRoute `timeouts.request`'),
    'envoy-gateway': yes('HTTPRoute `timeouts.request`'),
    nginx: no('it has timeouts between two reads or writes only'),
  },
  idleTimeout: {
    alb: yes('`idle_timeout.timeout_seconds`'),
    'alb-gateway': yes('`idle_timeout.timeout_seconds`'),
    'gke-gateway': no("the load balancer's idle timeout is fixed"),
    'gke-ingress': no("the load balancer's idle timeout is fixed"),
    'aks-approuting': no('the Istio objects that say so are not usable with application routing'),
    'envoy-gateway': yes('ClientTrafficPolicy `timeout.http.idleTimeout`'),
    nginx: yes('`proxy-read-timeout`, `proxy-send-timeout`'),
  },
  maximumBodySize: {
    alb: no('an ALB has no such limit; a rule of its web ACL can have one'),
    'alb-gateway': no('an ALB has no such limit; a rule of its web ACL can have one'),
    'gke-gateway': no('the load balancer has no such limit; a rule of its Cloud Armor policy can have one'),
    'gke-ingress': no('the load balancer has no such limit; a rule of its Cloud Armor policy can have one'),
    'aks-approuting': no('the Istio objects that say so are not usable with application routing'),
    'envoy-gateway': yes('BackendTrafficPolicy `requestBuffer.limit`'),
    nginx: yes('`proxy-body-size`'),
  },
  rateLimit: {
    alb: no('an ALB has none; a rate-based rule of its web ACL is one'),
    'alb-gateway': no('an ALB has none; a rate-based rule of its web ACL is one'),
    'gke-gateway': no('the load balancer has none; a rule of its Cloud Armor policy is one'),
    'gke-ingress': no('the load balancer has none; a rule of its Cloud Armor policy is one'),
    'aks-approuting': no('the Istio objects that say so are not usable with application routing'),
    'envoy-gateway': yes('BackendTrafficPolicy `rateLimit`'),
    nginx: some('`limit-rps`, `limit-rpm`: per second or minute'),
  },
  sessionAffinity: {
    alb: yes('`stickiness`'),
    'alb-gateway': yes('TargetGroupConfiguration `stickiness`'),
    'gke-gateway': yes('GCPBackendPolicy `sessionAffinity`'),
    'gke-ingress': yes('BackendConfig `sessionAffinity`'),
    'aks-approuting': no('HTTPRoute `sessionPersistence` is experimental and not installed'),
    'envoy-gateway': yes('BackendTrafficPolicy `loadBalancer.consistentHash`'),
    nginx: yes('`affinity: cookie`'),
  },
  authentication: {
    alb: yes('`auth-type: oidc`'),
    'alb-gateway': yes('ListenerRuleConfiguration `authenticate-oidc`'),
    'gke-gateway': some('Identity-Aware Proxy: Google as the issuer'),
    'gke-ingress': some('Identity-Aware Proxy: Google as the issuer'),
    'aks-approuting': no('the Istio objects that say so are not usable with application routing'),
    'envoy-gateway': yes('SecurityPolicy `oidc`'),
    nginx: no('it needs a proxy of its own, such as oauth2-proxy'),
  },
  firewall: {
    alb: yes('`wafv2-acl-arn`'),
    'alb-gateway': yes('LoadBalancerConfiguration `wafV2.webACL`'),
    'gke-gateway': yes('GCPBackendPolicy `securityPolicy`'),
    'gke-ingress': some('BackendConfig `securityPolicy`, public routes only'),
    'aks-approuting': some('Azure Front Door in front of a public route, which then admits nothing else'),
    'envoy-gateway': yes('EnvoyExtensionPolicy with the Wasm firewall that the cluster file names'),
    nginx: yes('ModSecurity with the OWASP core rules'),
  },
  ddosProtection: {
    alb: yes('`shield-advanced-protection`'),
    'alb-gateway': yes('LoadBalancerConfiguration `shieldConfiguration`'),
    'gke-gateway': yes('Cloud Armor: GCPBackendPolicy `securityPolicy`'),
    'gke-ingress': some('Cloud Armor: BackendConfig `securityPolicy`, public routes only'),
    'aks-approuting': some('Azure Front Door in front of a public route, which then admits nothing else'),
    'envoy-gateway': no('a proxy in the cluster cannot absorb an attack on its network'),
    nginx: no('a proxy in the cluster cannot absorb an attack on its network'),
  },
  healthCheck: {
    alb: yes('`healthcheck-*`'),
    'alb-gateway': yes('TargetGroupConfiguration `healthCheckConfig`'),
    'gke-gateway': yes('HealthCheckPolicy'),
    'gke-ingress': yes('BackendConfig `healthCheck`'),
    'aks-approuting': some("endpoints by the pods' readiness probes"),
    'envoy-gateway': some('BackendTrafficPolicy `healthCheck.active`, one for all backends of a route'),
    nginx: some("endpoints by the pods' readiness probes"),
  },
  accessLog: {
    alb: yes('`access_logs.s3`'),
    'alb-gateway': yes('`access_logs.s3`'),
    'gke-gateway': yes('GCPBackendPolicy `logging`'),
    'gke-ingress': yes('BackendConfig `logging`'),
    'aks-approuting': yes("the proxies' standard output"),
    'envoy-gateway': yes("the proxies' standard output"),
    nginx: yes('`enable-access-log`'),
  },
};

/** Which intents a route in `namespace` states. Defaults that every implementation gives are none. */
export function intentsOf(route: Route, namespace: string): Intent[] {
  const changes = (headers: Route['requestHeaders']) =>
    headers !== undefined &&
    [...Object.keys(headers.set ?? {}), ...Object.keys(headers.add ?? {}), ...(headers.remove ?? [])].length > 0;
  const stated: Readonly<Record<Intent, boolean>> = {
    publicExposure: route.exposure === 'public',
    internalExposure: route.exposure !== 'public',
    weights: route.paths.some((path) => (path.to?.length ?? 0) > 1),
    redirectHttp: route.redirectHttp === true,
    otherNamespace: route.paths.some((path) => path.to?.some(({ workload }) => workload.namespace !== namespace)),
    redirectPath: route.paths.some((path) => path.redirect !== undefined),
    rewrite: route.paths.some((path) => path.rewrite !== undefined),
    minimumTls13: route.minimumTls === '1.3',
    requestHeaders: changes(route.requestHeaders),
    responseHeaders: changes(route.responseHeaders),
    securityHeaders: route.securityHeaders === true,
    cors: route.cors !== undefined,
    requestTimeout: route.requestTimeout !== undefined,
    idleTimeout: route.idleTimeout !== undefined,
    maximumBodySize: route.maximumBodySize !== undefined,
    rateLimit: route.rateLimit !== undefined,
    sessionAffinity: route.sessionAffinity !== undefined,
    authentication: route.authentication !== undefined,
    firewall: route.firewall === true,
    ddosProtection: route.ddosProtection === true,
    healthCheck: route.paths.some((path) => path.to?.some((backend) => typeof backend.health === 'object') ?? false),
    accessLog: route.accessLog === true,
  };
  return intentNames.filter((intent) => stated[intent]);
}
