import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { isForwarded, seconds } from './backends.ts';
import { dnsAnnotations, metadataOf } from './common.ts';
import { ingressRules } from './ingress-rules.ts';
import type { Adapter, IngressRequest } from './request.ts';
import { tlsCertificate, tlsSecretName } from './tls-certificate.ts';
import { missingSetting, unsupported } from './unsupported.ts';

const prefix = 'nginx.ingress.kubernetes.io';

/**
 * Ingress on ingress-nginx, which is retired upstream: for clusters that still have it, always with a warning.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
export const nginx: Adapter = (request) => {
  const { cluster, name, route } = request;
  const { ingress } = cluster.capabilities;
  const internal = route.exposure !== 'public';
  const diagnostics: Diagnostic[] = [
    diagnostic('ingress/retired', {
      message: `cluster ${cluster.name} routes through ingress-nginx, which was retired upstream on 2026-03-24 and gets no fixes for vulnerabilities`,
      hint: 'move to another implementation, such as envoy-gateway',
      clusters: [cluster.name],
    }),
  ];
  if (internal && ingress.internalClass === undefined) {
    const hint =
      'set capabilities.ingress.internalClass to the IngressClass of a controller behind an internal load balancer';
    diagnostics.push(missingSetting(request, 'to be internal', 'the IngressClass for that', hint));
  }
  if (route.paths.some((path) => path.to?.some((backend) => typeof backend.health === 'object') ?? false)) {
    diagnostics.push(
      diagnostic('ingress/health-check-ignored', {
        message: `route ${request.namespace}/${name}: nginx has no health checks of its own; the readiness probes decide`,
        clusters: [cluster.name],
      }),
    );
  }
  const rewrite = rewriteOf(request, diagnostics);
  const annotations = {
    ...trafficAnnotations(request, diagnostics),
    ...rewrite.annotations,
    ...dnsAnnotations(request),
  };
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(request, name, annotations),
    spec: {
      ingressClassName: internal ? (ingress.internalClass ?? ingress.class) : ingress.class,
      tls: [{ hosts: [...route.hosts], secretName: tlsSecretName(request) }],
      rules: ingressRules(route, (path) => ({
        path: rewrite.active ? `${path.path.replace(/\/$/, '')}(/|$)(.*)` : path.path,
        pathType: rewrite.active ? 'ImplementationSpecific' : path.match === 'exact' ? 'Exact' : 'Prefix',
      })),
    },
  } satisfies IIngress;
  return { objects: [object, ...tlsCertificate(request)], diagnostics };
};

function trafficAnnotations(request: IngressRequest, diagnostics: Diagnostic[]): Record<string, string> {
  const { route } = request;
  const { cors, idleTimeout, maximumBodySize, rateLimit, sessionAffinity } = route;
  if (rateLimit?.per === 'hour')
    diagnostics.push(unsupported(request, 'rateLimit', 'it counts requests per second or per minute'));
  const set = (key: string, value: string | undefined) => (value === undefined ? {} : { [`${prefix}/${key}`]: value });
  return {
    ...set('ssl-redirect', String(route.redirectHttp !== false)),
    ...set('proxy-read-timeout', idleTimeout && String(seconds(idleTimeout))),
    ...set('proxy-send-timeout', idleTimeout && String(seconds(idleTimeout))),
    // nginx writes k, m and g, and means binary units.
    ...set('proxy-body-size', maximumBodySize?.replace('i', '').toLowerCase()),
    ...set('limit-rps', rateLimit?.per === 'second' ? String(rateLimit.requests) : undefined),
    ...set('limit-rpm', rateLimit?.per === 'minute' ? String(rateLimit.requests) : undefined),
    ...set('affinity', sessionAffinity && 'cookie'),
    ...set('session-cookie-max-age', sessionAffinity && String(seconds(sessionAffinity.ttl))),
    ...set('enable-modsecurity', route.firewall === true ? 'true' : undefined),
    ...set('enable-owasp-core-rules', route.firewall === true ? 'true' : undefined),
    ...set('enable-access-log', route.accessLog === undefined ? undefined : String(route.accessLog)),
    ...set('enable-cors', cors && 'true'),
    ...set('cors-allow-origin', cors?.origins.join(', ')),
    ...set('cors-allow-methods', cors && (cors.methods ?? ['GET', 'HEAD', 'POST']).join(', ')),
    ...set('cors-allow-headers', cors?.headers?.join(', ')),
    ...set('cors-expose-headers', cors?.exposeHeaders?.join(', ')),
    ...set('cors-allow-credentials', cors && String(cors.credentials === true)),
    ...set('cors-max-age', cors && String(seconds(cors.maxAge ?? '10m'))),
  };
}

/** `rewrite-target` holds for all paths of an Ingress, so they must all be prefixes with the same new beginning. */
function rewriteOf(
  request: IngressRequest,
  diagnostics: Diagnostic[],
): { active: boolean; annotations: Record<string, string> } {
  const forwarded = request.route.paths.filter(isForwarded);
  const targets = new Set(forwarded.map((path) => path.rewrite));
  const [target] = targets;
  if (targets.size < 2 && target === undefined) return { active: false, annotations: {} };
  if (targets.size > 1 || target === undefined || forwarded.some((path) => path.match === 'exact')) {
    diagnostics.push(
      unsupported(request, 'rewrite', 'one rewrite holds for all paths of an Ingress, and they must be prefixes'),
    );
    return { active: false, annotations: {} };
  }
  return {
    active: true,
    annotations: { [`${prefix}/use-regex`]: 'true', [`${prefix}/rewrite-target`]: `${target.replace(/\/$/, '')}/$2` },
  };
}
