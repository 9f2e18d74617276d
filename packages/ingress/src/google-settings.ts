import type { Diagnostic } from '@fairlead/diagnostics';
import type { IngressRequest } from './request.ts';
import { missingSetting, unsupported } from './unsupported.ts';

/** The Cloud Armor policy, where the route wants a firewall or DDoS protection: both are rules of it. */
export function cloudArmor(request: IngressRequest): { policy?: string; diagnostics: Diagnostic[] } {
  const { route, cluster } = request;
  if (route.firewall !== true && route.ddosProtection !== true) return { diagnostics: [] };
  const { firewall } = cluster.capabilities.ingress;
  if (firewall !== undefined) return { policy: firewall, diagnostics: [] };
  const wants = route.firewall === true ? 'a firewall' : 'DDoS protection';
  const hint = 'set capabilities.ingress.firewall to the name of a Cloud Armor policy';
  return { diagnostics: [missingSetting(request, wants, 'which Cloud Armor policy', hint)] };
}

/** What Identity-Aware Proxy needs; it logs in with Google accounts and nothing else. */
export function identityAwareProxy(request: IngressRequest): {
  clientId?: string;
  secret?: string;
  diagnostics: Diagnostic[];
} {
  const { authentication: oidc } = request.route;
  if (oidc === undefined) return { diagnostics: [] };
  if (oidc.issuer !== 'https://accounts.google.com') {
    const why = `Identity-Aware Proxy trusts https://accounts.google.com, not ${oidc.issuer}`;
    return { diagnostics: [unsupported(request, 'authentication', why)] };
  }
  if (oidc.onUnauthenticated !== undefined && oidc.onUnauthenticated !== 'authenticate') {
    return {
      diagnostics: [
        unsupported(
          request,
          'authentication',
          `Identity-Aware Proxy cannot ${oidc.onUnauthenticated} requests without login`,
        ),
      ],
    };
  }
  return { ...(oidc.clientId === undefined ? {} : { clientId: oidc.clientId }), secret: oidc.secret, diagnostics: [] };
}

/** True where the route or, by naming a place for logs, the cluster wants them. */
export function wantsAccessLog({ cluster, route }: IngressRequest): boolean {
  return route.accessLog ?? cluster.capabilities.ingress.accessLogs !== undefined;
}
