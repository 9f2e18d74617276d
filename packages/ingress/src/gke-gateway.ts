import type { Diagnostic } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { IGCPBackendPolicy } from '@kubernetes-models/gke/networking.gke.io/v1/GCPBackendPolicy';
import type { IGCPGatewayPolicy } from '@kubernetes-models/gke/networking.gke.io/v1/GCPGatewayPolicy';
import type { IHealthCheckPolicy } from '@kubernetes-models/gke/networking.gke.io/v1/HealthCheckPolicy';
import { backendsOf, isForwarded, seconds } from './backends.ts';
import { metadataOf } from './common.ts';
import { type GatewayOptions, gatewayObjects } from './gateway-api.ts';
import { cloudArmor, identityAwareProxy, wantsAccessLog } from './google-settings.ts';
import type { Adapter, IngressRequest } from './request.ts';
import { terminateWithSecret, tlsCertificate } from './tls-certificate.ts';
import { missingSetting, unsupported } from './unsupported.ts';

const apiVersion = 'networking.gke.io/v1';

/**
 * Gateway API on GKE's own controller, with its policies beside the standard objects.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources
 */
export const gkeGateway: Adapter = (request) => {
  const { cluster, name, route } = request;
  const { ingress } = cluster.capabilities;
  const armor = cloudArmor(request);
  const proxy = identityAwareProxy(request);
  const diagnostics: Diagnostic[] = [...armor.diagnostics, ...proxy.diagnostics];
  const internal = route.exposure !== 'public';
  const className = internal ? ingress.internalClass : ingress.class;
  if (className === undefined) {
    const hint = 'set capabilities.ingress.internalClass, for example to gke-l7-rilb';
    diagnostics.push(missingSetting(request, 'to be internal', 'the GatewayClass for that', hint));
  }
  if (proxy.secret !== undefined && proxy.clientId === undefined) {
    diagnostics.push(
      missingSetting(request, 'login by OIDC', 'the OAuth client id', 'state `clientId` beside the secret'),
    );
  }
  if (route.minimumTls === '1.3' && ingress.tlsPolicy === undefined) {
    const hint = 'set capabilities.ingress.tlsPolicy to the name of an SSL policy that allows TLS 1.3 only';
    diagnostics.push(missingSetting(request, 'TLS 1.3 as the oldest version', 'which SSL policy', hint));
  }
  for (const path of route.paths) {
    // URL maps of the load balancer replace a prefix, never a whole path.
    if (isForwarded(path) && path.rewrite !== undefined && path.match === 'exact') {
      diagnostics.push(unsupported(request, 'rewrite', `it replaces prefixes only, and ${path.path} is exact`));
    }
  }
  const standard = gatewayObjects(request, {
    className: className ?? ingress.class,
    inRoute: { headers: true },
    ...certificates(request, className ?? ingress.class),
  });
  const objects = [
    ...standard,
    ...tlsCertificate(request),
    ...(ingress.tlsPolicy === undefined ? [] : [gatewayPolicy(request, ingress.tlsPolicy)]),
    ...backendsOf(route).flatMap(({ service, health, workload }): Manifest[] => [
      {
        apiVersion,
        kind: 'GCPBackendPolicy',
        metadata: metadataOf(request, service, {}, workload.namespace),
        spec: {
          targetRef: { group: '', kind: 'Service', name: service },
          default: {
            ...(route.requestTimeout === undefined ? {} : { timeoutSec: seconds(route.requestTimeout) }),
            connectionDraining: { drainingTimeoutSec: 30 },
            ...(wantsAccessLog(request) ? { logging: { enabled: true, sampleRate: 1_000_000 } } : {}),
            ...(armor.policy === undefined ? {} : { securityPolicy: armor.policy }),
            ...(route.sessionAffinity === undefined
              ? {}
              : { sessionAffinity: { type: 'GENERATED_COOKIE', cookieTtlSec: seconds(route.sessionAffinity.ttl) } }),
            ...(proxy.secret === undefined || proxy.clientId === undefined
              ? {}
              : { iap: { enabled: true, clientID: proxy.clientId, oauth2ClientSecret: { name: proxy.secret } } }),
          },
        },
      } satisfies IGCPBackendPolicy,
      {
        apiVersion,
        kind: 'HealthCheckPolicy',
        metadata: metadataOf(request, service, {}, workload.namespace),
        spec: {
          targetRef: { group: '', kind: 'Service', name: service },
          default: {
            checkIntervalSec: health.interval,
            timeoutSec: health.timeout,
            healthyThreshold: health.healthyThreshold,
            unhealthyThreshold: health.unhealthyThreshold,
            // Without a policy the load balancer asks for `/` and takes anything but 200 for an outage.
            config: {
              type: 'HTTP',
              httpHealthCheck: { portSpecification: 'USE_SERVING_PORT', requestPath: health.path },
            },
          },
        },
      } satisfies IHealthCheckPolicy,
    ]),
  ];
  return { objects, diagnostics };

  function gatewayPolicy(of: IngressRequest, sslPolicy: string): Manifest {
    return {
      apiVersion,
      kind: 'GCPGatewayPolicy',
      metadata: metadataOf(of, name),
      spec: { targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name }, default: { sslPolicy } },
    } satisfies IGCPGatewayPolicy;
  }
};

/**
 * Global Gateways take a certificate map by annotation; regional and internal ones take regional Certificate Manager certificates
 * by an option of the listener, and no map. Neither goes together with `certificateRefs`.
 */
function certificates(
  request: IngressRequest,
  className: string,
): Pick<GatewayOptions, 'tls' | 'annotations' | 'listenerPerHost'> {
  const { source, name, internalName } = request.cluster.capabilities.ingress.certificates;
  if (source === 'cert-manager') return { tls: terminateWithSecret(request), listenerPerHost: true };
  if (className.includes('global'))
    return name === undefined ? {} : { annotations: { 'networking.gke.io/certmap': name } };
  const regional = request.route.exposure === 'public' ? name : (internalName ?? name);
  return regional === undefined
    ? {}
    : { tls: { mode: 'Terminate', options: { 'networking.gke.io/cert-manager-certs': regional } } };
}
