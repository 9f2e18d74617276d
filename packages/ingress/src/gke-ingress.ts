import type { Diagnostic } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { IBackendConfig } from '@kubernetes-models/gke/cloud.google.com/v1/BackendConfig';
import type { IManagedCertificate } from '@kubernetes-models/gke/networking.gke.io/v1/ManagedCertificate';
import type { IFrontendConfig } from '@kubernetes-models/gke/networking.gke.io/v1beta1/FrontendConfig';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { backendsOf, seconds } from './backends.ts';
import { dnsAnnotations, metadataOf } from './common.ts';
import { cloudArmor, identityAwareProxy, wantsAccessLog } from './google-settings.ts';
import { ingressRules } from './ingress-rules.ts';
import type { Adapter, IngressRequest } from './request.ts';
import { securityHeaders } from './route.ts';
import { type Intent, intentsOf } from './support.ts';
import { tlsCertificate, tlsSecretName } from './tls-certificate.ts';
import { missingSetting, unsupported } from './unsupported.ts';

/**
 * What Google's load balancer offers to public Ingresses only.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/backendconfig (feature comparison)
 */
const publicOnly: ReadonlySet<Intent> = new Set<Intent>([
  'redirectHttp',
  'minimumTls13',
  'requestHeaders',
  'responseHeaders',
  'securityHeaders',
  'firewall',
  'ddosProtection',
]);

/**
 * Ingress of class gce, with BackendConfig and FrontendConfig.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration
 */
export const gkeIngress: Adapter = (request) => {
  const { cluster, name, route } = request;
  const { ingress } = cluster.capabilities;
  const { source, name: certificate } = ingress.certificates;
  const armor = cloudArmor(request);
  const proxy = identityAwareProxy(request);
  const headers = headersOf(request);
  const diagnostics: Diagnostic[] = [...armor.diagnostics, ...proxy.diagnostics, ...headers.diagnostics];
  const internal = route.exposure !== 'public';
  if (internal) {
    for (const intent of intentsOf(route, request.namespace)) {
      if (publicOnly.has(intent))
        diagnostics.push(unsupported(request, intent, 'an internal Ingress of Google has none of it'));
    }
  }
  const redirectHttp = !internal && route.redirectHttp !== false;
  const managed = source === 'google-managed' && certificate === undefined;
  if (managed && internal) {
    const hint = 'set capabilities.ingress.certificates.name to a regional certificate';
    diagnostics.push(missingSetting(request, 'a certificate inside the network', 'which', hint));
  }
  for (const host of managed ? route.hosts : []) {
    if (host.startsWith('*.'))
      diagnostics.push(
        missingSetting(
          request,
          `a certificate for ${host}, which a ManagedCertificate cannot be`,
          'another',
          'set capabilities.ingress.certificates.name',
        ),
      );
  }
  if (route.minimumTls === '1.3' && ingress.tlsPolicy === undefined) {
    const hint = 'set capabilities.ingress.tlsPolicy to the name of an SSL policy that allows TLS 1.3 only';
    diagnostics.push(missingSetting(request, 'TLS 1.3 as the oldest version', 'which SSL policy', hint));
  }
  const annotations = {
    // The controller does not read spec.ingressClassName.
    'kubernetes.io/ingress.class': internal ? (ingress.internalClass ?? 'gce-internal') : ingress.class,
    ...(internal ? {} : { 'networking.gke.io/v1beta1.FrontendConfig': name }),
    // Not together with a redirect, which needs the listener.
    ...(redirectHttp ? {} : { 'kubernetes.io/ingress.allow-http': 'false' }),
    ...(managed ? { 'networking.gke.io/managed-certificates': name } : {}),
    ...(source === 'google-managed' && certificate !== undefined
      ? { 'ingress.gcp.kubernetes.io/pre-shared-cert': certificate }
      : {}),
    ...dnsAnnotations(request),
  };
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(request, name, annotations),
    spec: {
      ...(source === 'cert-manager' ? { tls: [{ hosts: [...route.hosts], secretName: tlsSecretName(request) }] } : {}),
      rules: ingressRules(route, (path) => ({
        path: path.path,
        pathType: path.match === 'exact' ? 'Exact' : 'Prefix',
      })),
    },
  } satisfies IIngress;
  const backendConfigs = backendsOf(route).map(
    ({ service, port, health }): Manifest =>
      ({
        apiVersion: 'cloud.google.com/v1',
        kind: 'BackendConfig',
        metadata: metadataOf(request, service),
        spec: {
          ...(route.requestTimeout === undefined ? {} : { timeoutSec: seconds(route.requestTimeout) }),
          connectionDraining: { drainingTimeoutSec: 30 },
          ...(armor.policy === undefined ? {} : { securityPolicy: { name: armor.policy } }),
          ...(wantsAccessLog(request) ? { logging: { enable: true, sampleRate: 1 } } : {}),
          ...(route.sessionAffinity === undefined
            ? {}
            : {
                sessionAffinity: {
                  affinityType: 'GENERATED_COOKIE',
                  affinityCookieTtlSec: seconds(route.sessionAffinity.ttl),
                },
              }),
          ...(proxy.secret === undefined
            ? {}
            : { iap: { enabled: true, oauthclientCredentials: { secretName: proxy.secret } } }),
          ...(headers.request.length === 0 ? {} : { customRequestHeaders: { headers: headers.request } }),
          ...(headers.response.length === 0 ? {} : { customResponseHeaders: { headers: headers.response } }),
          healthCheck: {
            type: 'HTTP',
            // The container's port, since network endpoint groups are made of pods.
            port: port.port,
            requestPath: health.path,
            checkIntervalSec: health.interval,
            timeoutSec: health.timeout,
            healthyThreshold: health.healthyThreshold,
            unhealthyThreshold: health.unhealthyThreshold,
          },
        },
      }) satisfies IBackendConfig,
  );
  const frontend = {
    apiVersion: 'networking.gke.io/v1beta1',
    kind: 'FrontendConfig',
    metadata: metadataOf(request, name),
    spec: {
      ...(ingress.tlsPolicy === undefined ? {} : { sslPolicy: ingress.tlsPolicy }),
      redirectToHttps: { enabled: redirectHttp },
    },
  } satisfies IFrontendConfig;
  const certificates: Manifest[] = managed
    ? [
        {
          apiVersion: 'networking.gke.io/v1',
          kind: 'ManagedCertificate',
          metadata: metadataOf(request, name),
          spec: { domains: [...route.hosts] },
        } satisfies IManagedCertificate,
      ]
    : tlsCertificate(request);
  return { objects: [object, ...(internal ? [] : [frontend]), ...backendConfigs, ...certificates], diagnostics };
};

/** `Name:value` lines; the load balancer sets headers and neither appends nor removes them. */
function headersOf(request: IngressRequest): { request: string[]; response: string[]; diagnostics: Diagnostic[] } {
  const { requestHeaders, responseHeaders, securityHeaders: preset } = request.route;
  const lines = (values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).map(([name, value]) => `${name}:${value}`);
  const diagnostics: Diagnostic[] = [];
  for (const [intent, changes] of [
    ['requestHeaders', requestHeaders],
    ['responseHeaders', responseHeaders],
  ] as const) {
    for (const header of Object.keys(changes?.add ?? {}))
      diagnostics.push(unsupported(request, intent, `it can set ${header}, not add it to one that is there`));
    for (const header of changes?.remove ?? [])
      diagnostics.push(unsupported(request, intent, `it cannot remove ${header}`));
  }
  return {
    request: lines(requestHeaders?.set),
    response: lines({ ...(preset === true ? securityHeaders : {}), ...responseHeaders?.set }),
    diagnostics,
  };
}
