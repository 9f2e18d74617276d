import type { Diagnostic } from '@fairlead/diagnostics';
import type { Provider } from '@fairlead/inventory/model';
import type { Manifest } from '@fairlead/objects';
import type { IBackendTrafficPolicy } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/BackendTrafficPolicy';
import type { IBackendTrafficPolicySpec } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/BackendTrafficPolicySpec';
import type { IClientTrafficPolicy } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/ClientTrafficPolicy';
import type { IEnvoyExtensionPolicy } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/EnvoyExtensionPolicy';
import type { ISecurityPolicy } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/SecurityPolicy';
import type { ISecurityPolicySpec } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/SecurityPolicySpec';
import { backendsOf, seconds } from './backends.ts';
import { metadataOf } from './common.ts';
import { gatewayObjects } from './gateway-api.ts';
import type { Adapter, IngressRequest } from './request.ts';
import type { Duration } from './route.ts';
import { terminateWithSecret, tlsCertificate } from './tls-certificate.ts';
import { missingSetting, unsupported } from './unsupported.ts';

const apiVersion = 'gateway.envoyproxy.io/v1alpha1';
const group = 'gateway.networking.k8s.io';

/** How a cloud makes the load balancer of a Service internal; on premises that is the address pool's matter. */
const internalService: Readonly<Record<Provider, Readonly<Record<string, string>>>> = {
  eks: {
    'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
    'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
    'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
  },
  gke: { 'networking.gke.io/load-balancer-type': 'Internal' },
  aks: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
  onprem: {},
};

/**
 * Gateway API on Envoy Gateway, with its policies beside the standard objects.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/
 */
export const envoyGateway: Adapter = (request) => {
  const { cluster, route } = request;
  const { ingress } = cluster.capabilities;
  const diagnostics: Diagnostic[] = [];
  const internal = route.exposure !== 'public';
  const annotations = internal && ingress.internalClass === undefined ? internalService[cluster.provider] : {};
  if (internal && ingress.internalClass === undefined && Object.keys(annotations).length === 0) {
    const hint =
      'set capabilities.ingress.internalClass to a GatewayClass whose addresses are internal (the same class, if all are)';
    diagnostics.push(missingSetting(request, 'to be internal', 'the GatewayClass for that', hint));
  }
  const standard = gatewayObjects(request, {
    className: internal ? (ingress.internalClass ?? ingress.class) : ingress.class,
    listenerPerHost: true,
    tls: terminateWithSecret(request),
    inRoute: { headers: true, requestTimeout: true },
    ...(Object.keys(annotations).length === 0 ? {} : { infrastructure: { annotations: { ...annotations } } }),
  });
  const objects = [
    ...standard,
    ...tlsCertificate(request),
    clientTrafficPolicy(request),
    backendTrafficPolicy(request, diagnostics),
    ...securityPolicy(request, diagnostics),
    ...firewall(request, diagnostics),
  ];
  return { objects, diagnostics };
};

function targetOf(request: IngressRequest, kind: 'Gateway' | 'HTTPRoute') {
  return [{ group, kind, name: request.name }];
}

/** How the proxies speak with clients. */
function clientTrafficPolicy(request: IngressRequest): Manifest {
  const { idleTimeout, minimumTls, requestTimeout } = request.route;
  return {
    apiVersion,
    kind: 'ClientTrafficPolicy',
    metadata: metadataOf(request, request.name),
    spec: {
      targetRefs: targetOf(request, 'Gateway'),
      tls: { minVersion: minimumTls ?? '1.2' },
      // Slow clients must not hold connections for ever (CVE-2007-6750 and its kin).
      timeout: { http: { requestReceivedTimeout: longest('60s', requestTimeout), idleTimeout: idleTimeout ?? '5m' } },
      headers: { withUnderscoresAction: 'RejectRequest' },
      path: { escapedSlashesAction: 'UnescapeAndRedirect' },
    },
  } satisfies IClientTrafficPolicy;
}

function longest(least: Duration, stated: Duration | undefined): Duration {
  return stated !== undefined && seconds(stated) > seconds(least) ? stated : least;
}

/** How the proxies speak with pods. One per HTTPRoute: there can be no second. */
function backendTrafficPolicy(request: IngressRequest, diagnostics: Diagnostic[]): Manifest {
  const { maximumBodySize, rateLimit, sessionAffinity } = request.route;
  const spec: IBackendTrafficPolicySpec = {
    targetRefs: targetOf(request, 'HTTPRoute'),
    healthCheck: activeHealthCheck(request, diagnostics),
    ...(maximumBodySize === undefined ? {} : { requestBuffer: { limit: maximumBodySize } }),
    ...(rateLimit === undefined ? {} : { rateLimit: rateLimitOf(rateLimit) }),
    ...(sessionAffinity === undefined
      ? {}
      : {
          loadBalancer: {
            type: 'ConsistentHash' as const,
            consistentHash: {
              type: 'Cookie' as const,
              cookie: {
                name: 'affinity',
                ttl: sessionAffinity.ttl,
                attributes: { HttpOnly: 'true', Secure: 'true', SameSite: 'Lax' },
              },
            },
          },
        }),
  };
  return {
    apiVersion,
    kind: 'BackendTrafficPolicy',
    metadata: metadataOf(request, request.name),
    spec,
  } satisfies IBackendTrafficPolicy;
}

function activeHealthCheck(
  request: IngressRequest,
  diagnostics: Diagnostic[],
): NonNullable<IBackendTrafficPolicySpec['healthCheck']> {
  const backends = backendsOf(request.route);
  const health = backends[0]?.health;
  if (backends.some((each) => JSON.stringify(each.health) !== JSON.stringify(health))) {
    // Pods that are not ready are no endpoints in any case, so nothing is lost but a second opinion.
    if (request.route.paths.some((path) => path.to?.some((backend) => typeof backend.health === 'object') ?? false)) {
      diagnostics.push(
        unsupported(
          request,
          'healthCheck',
          'one BackendTrafficPolicy holds for the whole route, and its backends want different checks',
        ),
      );
    }
    return { panicThreshold: 0 };
  }
  if (health === undefined) return { panicThreshold: 0 };
  return {
    active: {
      type: 'HTTP',
      interval: `${health.interval}s`,
      timeout: `${health.timeout}s`,
      healthyThreshold: health.healthyThreshold,
      unhealthyThreshold: health.unhealthyThreshold,
      http: { path: health.path },
    },
  };
}

const units = { second: 'Second', minute: 'Minute', hour: 'Hour' } as const;

/** Counted by each proxy for itself, by client address; a count over all proxies would need a Redis. */
function rateLimitOf({
  requests,
  per,
}: NonNullable<IngressRequest['route']['rateLimit']>): NonNullable<IBackendTrafficPolicySpec['rateLimit']> {
  return {
    type: 'Local',
    local: {
      rules: ['0.0.0.0/0', '::/0'].map((value) => ({
        clientSelectors: [{ sourceCIDR: { type: 'Distinct' as const, value } }],
        limit: { requests, unit: units[per] },
      })),
    },
  };
}

/** CORS and login. */
function securityPolicy(request: IngressRequest, diagnostics: Diagnostic[]): Manifest[] {
  const { authentication: oidc, cors } = request.route;
  if (oidc === undefined && cors === undefined) return [];
  if (oidc?.onUnauthenticated === 'allow') {
    diagnostics.push(unsupported(request, 'authentication', 'its OIDC filter lets nobody through without login'));
  }
  const login: NonNullable<ISecurityPolicySpec['oidc']> | undefined = oidc && {
    provider: {
      issuer: oidc.issuer,
      ...(oidc.endpoints === undefined
        ? {}
        : { authorizationEndpoint: oidc.endpoints.authorization, tokenEndpoint: oidc.endpoints.token }),
    },
    // Without an id in the route it is read from the Secret; that its key is `client-id` is unverified.
    ...(oidc.clientId === undefined ? { clientIDRef: { name: oidc.secret } } : { clientID: oidc.clientId }),
    clientSecret: { name: oidc.secret },
    scopes: [...(oidc.scopes ?? ['openid'])],
    ...(oidc.onUnauthenticated === 'deny'
      ? { denyRedirect: { headers: [{ name: ':path', type: 'Prefix' as const, value: '/' }] } }
      : {}),
  };
  const spec: ISecurityPolicySpec = {
    targetRefs: targetOf(request, 'HTTPRoute'),
    ...(cors === undefined
      ? {}
      : {
          cors: {
            allowOrigins: [...cors.origins],
            allowMethods: [...(cors.methods ?? ['GET', 'HEAD', 'POST'])],
            ...(cors.headers === undefined ? {} : { allowHeaders: [...cors.headers] }),
            ...(cors.exposeHeaders === undefined ? {} : { exposeHeaders: [...cors.exposeHeaders] }),
            ...(cors.credentials === true ? { allowCredentials: true } : {}),
            maxAge: cors.maxAge ?? '10m',
          },
        }),
    ...(login === undefined ? {} : { oidc: login }),
  };
  return [
    { apiVersion, kind: 'SecurityPolicy', metadata: metadataOf(request, request.name), spec } satisfies ISecurityPolicy,
  ];
}

/**
 * The Coraza Wasm filter with the OWASP core rules, from the image that the cluster file names.
 *
 * @see https://github.com/corazawaf/coraza-proxy-wasm
 */
function firewall(request: IngressRequest, diagnostics: Diagnostic[]): Manifest[] {
  if (request.route.firewall !== true) return [];
  const { firewall: image } = request.cluster.capabilities.ingress;
  if (image === undefined) {
    const hint =
      'set capabilities.ingress.firewall to the image of the Coraza Wasm filter in your registry, with its digest';
    diagnostics.push(missingSetting(request, 'a firewall', 'which Wasm filter', hint));
    return [];
  }
  return [
    {
      apiVersion,
      kind: 'EnvoyExtensionPolicy',
      metadata: metadataOf(request, request.name),
      spec: {
        targetRefs: targetOf(request, 'Gateway'),
        wasm: [
          {
            name: 'coraza',
            code: { type: 'Image', image: { url: image } },
            // A firewall that cannot be loaded must not open the door.
            failOpen: false,
            config: {
              directives_map: {
                default: [
                  'Include @recommended-conf',
                  'SecRuleEngine On',
                  'Include @crs-setup-conf',
                  'Include @owasp_crs/*.conf',
                ],
              },
              default_directives: 'default',
            },
          },
        ],
      },
    } satisfies IEnvoyExtensionPolicy,
  ];
}
