import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { IHTTPIngressPath } from 'kubernetes-models/networking.k8s.io/v1/HTTPIngressPath';
import {
  healthCheckAnnotations,
  listenerAttributes,
  loadBalancerAttributes,
  rewriteRule,
  targetGroupAttributes,
  tlsPolicy,
  webAcl,
} from './alb-settings.ts';
import { backendsOf, backendsOfPath, isForwarded } from './backends.ts';
import { costTags, dnsAnnotations, metadataOf, stringMap } from './common.ts';
import type { Adapter, IngressRequest } from './request.ts';
import type { Redirect, RoutePath } from './route.ts';
import { missingSetting, unsupported } from './unsupported.ts';

const prefix = 'alb.ingress.kubernetes.io';
type Strings = Record<string, string>;

/**
 * Ingress on the AWS Load Balancer Controller.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export const alb: Adapter = (request) => {
  const { cluster, name, route } = request;
  const { ingress } = cluster.capabilities;
  const listener = listenerAttributes(request);
  const balancer = loadBalancerAttributes(request);
  const routing = routingOf(request);
  const login = authentication(request);
  const firewall = webAcl(request);
  const redirectHttp = route.redirectHttp !== false;
  const health = backendsOf(route)[0]?.health;
  const diagnostics = [
    ...listener.diagnostics,
    ...balancer.diagnostics,
    ...routing.diagnostics,
    ...login.diagnostics,
    ...firewall.diagnostics,
  ];

  const group = albGroup(request);
  if (group.length > 63) {
    const message = `route ${request.namespace}/${name}: the ingress group "${group}" has more than 63 characters`;
    const hint = 'set a shorter capabilities.ingress.group, or name the app or namespace shorter';
    diagnostics.push(diagnostic('ingress/invalid-route', { message, hint, clusters: [cluster.name] }));
  }

  const annotations: Strings = {
    [`${prefix}/scheme`]: route.exposure === 'public' ? 'internet-facing' : 'internal',
    [`${prefix}/target-type`]: 'ip',
    [`${prefix}/group.name`]: group,
    [`${prefix}/listen-ports`]: redirectHttp ? '[{"HTTP":80},{"HTTPS":443}]' : '[{"HTTPS":443}]',
    ...(redirectHttp ? { [`${prefix}/ssl-redirect`]: '443' } : {}),
    ...(ingress.certificates.name === undefined ? {} : { [`${prefix}/certificate-arn`]: ingress.certificates.name }),
    [`${prefix}/ssl-policy`]: tlsPolicy(request),
    [`${prefix}/listener-attributes.HTTPS-443`]: stringMap(listener.attributes),
    [`${prefix}/load-balancer-attributes`]: stringMap(balancer.attributes),
    [`${prefix}/target-group-attributes`]: stringMap(targetGroupAttributes(request)),
    ...(health === undefined ? {} : healthCheckAnnotations(health)),
    ...(firewall.arn === undefined ? {} : { [`${prefix}/wafv2-acl-arn`]: firewall.arn }),
    ...(route.ddosProtection === true ? { [`${prefix}/shield-advanced-protection`]: 'true' } : {}),
    // Members of a shared group must not tag its load balancer differently.
    ...(ingress.group === undefined ? { [`${prefix}/tags`]: stringMap(costTags(request.owner)) } : {}),
    ...login.annotations,
    ...routing.annotations,
    ...dnsAnnotations(request),
  };

  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(request, name, annotations),
    spec: {
      ingressClassName: ingress.class,
      rules: route.hosts.map((host) => ({ host, http: { paths: routing.paths } })),
    },
  } satisfies IIngress;
  return { objects: [object], diagnostics };
};

/**
 * Name of the ingress group, which is one load balancer: the cluster's, or one per app and namespace.
 * The exposure is part of it, because a load balancer has one scheme.
 */
export function albGroup({ cluster, owner, namespace, route }: IngressRequest): string {
  const shared = cluster.capabilities.ingress.group;
  const own = namespace === owner.app ? owner.app : `${namespace}.${owner.app}`;
  return `${shared ?? own}-${route.exposure ?? 'internal'}`;
}

interface Routing {
  paths: IHTTPIngressPath[];
  annotations: Strings;
  diagnostics: Diagnostic[];
}

/** Paths with their backends; weights, redirects and rewrites become annotations under the backend's name. */
function routingOf(request: IngressRequest): Routing {
  const { name, route } = request;
  const routing: Routing = { paths: [], annotations: {}, diagnostics: [] };
  route.paths.forEach((path, index) => {
    const backend = backendOf(path, `${name}-${index}`, routing.annotations);
    if (backend === undefined) return;
    routing.paths.push({ path: path.path, pathType: path.match === 'exact' ? 'Exact' : 'Prefix', backend });
    if (path.rewrite === undefined) return;
    const key = `${prefix}/transforms.${backend.service?.name}`;
    const value = JSON.stringify([
      {
        type: 'url-rewrite',
        urlRewriteConfig: { rewrites: [rewriteRule(path.path, path.match ?? 'prefix', path.rewrite)] },
      },
    ]);
    if (routing.annotations[key] === undefined) routing.annotations[key] = value;
    else
      routing.diagnostics.push(
        unsupported(request, 'rewrite', `its transforms are per Service, and ${backend.service?.name} has one already`),
      );
  });
  return routing;
}

function backendOf(path: RoutePath, action: string, annotations: Strings): IHTTPIngressPath['backend'] | undefined {
  if (!isForwarded(path)) {
    annotations[`${prefix}/actions.${action}`] = JSON.stringify({
      type: 'redirect',
      redirectConfig: redirectConfig(path.redirect),
    });
    return { service: { name: action, port: { name: 'use-annotation' } } };
  }
  const backends = backendsOfPath(path);
  const [only] = backends;
  if (only === undefined) return undefined;
  if (backends.length === 1) return { service: { name: only.service, port: { name: only.port.name } } };
  const targetGroups = backends.map(({ service, port, weight }) => ({
    serviceName: service,
    servicePort: port.name,
    weight,
  }));
  annotations[`${prefix}/actions.${action}`] = JSON.stringify({ type: 'forward', forwardConfig: { targetGroups } });
  return { service: { name: action, port: { name: 'use-annotation' } } };
}

/** `#{host}` and the like are the ALB's own placeholders for what the client asked for. */
function redirectConfig({ host, path, permanent }: Redirect) {
  return {
    protocol: 'HTTPS',
    port: '443',
    ...(host === undefined ? {} : { host }),
    ...(path === undefined ? {} : { path }),
    statusCode: permanent === false ? 'HTTP_302' : 'HTTP_301',
  };
}

function authentication(request: IngressRequest): { annotations: Strings; diagnostics: Diagnostic[] } {
  const { authentication: oidc } = request.route;
  if (oidc === undefined) return { annotations: {}, diagnostics: [] };
  if (oidc.endpoints === undefined) {
    const example = 'state `endpoints` beside the issuer: authorization, token and userInfo';
    return {
      annotations: {},
      diagnostics: [missingSetting(request, 'login by OIDC', "the issuer's endpoints", example)],
    };
  }
  return {
    annotations: {
      [`${prefix}/auth-type`]: 'oidc',
      [`${prefix}/auth-idp-oidc`]: JSON.stringify({
        issuer: oidc.issuer,
        authorizationEndpoint: oidc.endpoints.authorization,
        tokenEndpoint: oidc.endpoints.token,
        userInfoEndpoint: oidc.endpoints.userInfo,
        secretName: oidc.secret,
      }),
      [`${prefix}/auth-on-unauthenticated-request`]: oidc.onUnauthenticated ?? 'authenticate',
      [`${prefix}/auth-scope`]: (oidc.scopes ?? ['openid']).join(' '),
    },
    diagnostics: [],
  };
}
