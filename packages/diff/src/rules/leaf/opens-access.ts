import { contains, parseBlock } from '@fairlead/network-policy/reachability';
import type { Leaf } from '../../compare.ts';
import type { ObjectChange } from '../../pair.ts';
import { dig, list, maps } from '../../workloads.ts';
import { ingress, service, what, becomes, gone, annotation, type LeafRule } from './leaf-rule.ts';

function widened(leaf: Leaf): boolean {
  if (leaf.after === undefined) return true;
  if (leaf.before === undefined) return false;
  const ranges = (value: unknown) =>
    String(value)
      .split(/[\s,]+/)
      .filter((each) => each !== '');
  const before = ranges(leaf.before);
  return ranges(leaf.after).some((each) => !isWithin(each, before));
}

/** True when one of the ranges holds all addresses of another. */
function isWithin(range: string, ranges: readonly string[]): boolean {
  const inner = parseBlock(range);
  return ranges.some((each) => {
    const outer = parseBlock(each);
    return each === range || (inner !== undefined && outer !== undefined && contains(outer, inner));
  });
}

function tlsVersion(policy: unknown): number {
  const match = /TLS-?1-?([0-3])/i.exec(String(policy ?? ''));
  return match === null ? 1 : Number(match[1]);
}

/** Fields that let more callers reach a workload, or with less protection on the way. */
export const opensAccessRules: readonly LeafRule[] = [
  {
    code: 'exposed',
    kind: service,
    path: /^spec\.type$/,
    when: (leaf) => leaf.before !== 'LoadBalancer' && (leaf.after === 'LoadBalancer' || leaf.after === 'NodePort'),
    words: (leaf) => ({
      what:
        leaf.after === 'LoadBalancer'
          ? 'gets a load balancer of its own: it is reachable from outside the cluster'
          : 'opens a port on every node',
    }),
    onAdded: true,
  },
  {
    code: 'exposed',
    kind: service,
    path: /^spec\.externalIPs\.\*$/,
    when: (leaf) => leaf.after !== undefined,
    words: what('answers on an external address'),
    onAdded: true,
  },
  {
    code: 'exposed',
    kind: service,
    path: annotation(
      '(service\\.beta\\.kubernetes\\.io/aws-load-balancer-scheme|alb\\.ingress\\.kubernetes\\.io/scheme)',
    ),
    when: (leaf) => leaf.after === 'internet-facing' || leaf.before === 'internal',
    words: what('is reachable from the internet'),
    onAdded: true,
  },
  {
    code: 'exposed',
    kind: ingress,
    path: annotation('alb\\.ingress\\.kubernetes\\.io/scheme'),
    when: becomes('internet-facing'),
    words: what('is reachable from the internet'),
    onAdded: true,
  },
  {
    code: 'exposed',
    kind: service,
    path: annotation(
      '(service\\.beta\\.kubernetes\\.io/[a-z-]*internal[a-z-]*|networking\\.gke\\.io/load-balancer-type|cloud\\.google\\.com/load-balancer-type)',
    ),
    when: (leaf) => /^(true|internal)$/i.test(String(leaf.before)) && !/^(true|internal)$/i.test(String(leaf.after)),
    words: what('is reachable from the internet'),
  },
  {
    code: 'exposed',
    kind: ingress,
    path: annotation('(kubernetes\\.io/ingress\\.class)'),
    when: (leaf) => /internal|private/.test(String(leaf.before)) && !/internal|private/.test(String(leaf.after)),
    words: what('moves to a public ingress controller'),
  },
  {
    code: 'exposed',
    kind: ingress,
    path: /^spec\.ingressClassName$/,
    when: (leaf) => /internal|private/.test(String(leaf.before)) && !/internal|private/.test(String(leaf.after)),
    words: what('moves to a public ingress controller'),
  },
  {
    code: 'source-ranges',
    kind: service,
    path: /^spec\.loadBalancerSourceRanges\.\*$/,
    when: (leaf, { before, after }) => {
      const ranges = (side: ObjectChange['before']) => list(dig(side?.manifest, 'spec', 'loadBalancerSourceRanges'));
      const old = ranges(before).map(String);
      // Without a range every address is admitted.
      if (old.length === 0) return false;
      if (ranges(after).length === 0) return true;
      return leaf.after !== undefined && !isWithin(String(leaf.after), old);
    },
  },
  {
    code: 'source-ranges',
    path: annotation(
      '(nginx\\.ingress\\.kubernetes\\.io/(whitelist-source-range|allowlist-source-range)|alb\\.ingress\\.kubernetes\\.io/inbound-cidrs|service\\.beta\\.kubernetes\\.io/(load-balancer-source-ranges|aws-load-balancer-source-ranges))',
    ),
    when: (leaf) => widened(leaf),
  },
  {
    code: 'firewall-removed',
    path: annotation(
      '(alb\\.ingress\\.kubernetes\\.io/(wafv2-acl-arn|wafv2-acl-name|waf-acl-id|shield-advanced-protection)|appgw\\.ingress\\.kubernetes\\.io/waf-policy-for-path|nginx\\.ingress\\.kubernetes\\.io/(enable-modsecurity|enable-owasp-core-rules|enable-owasp-modsecurity-crs)|cloud\\.google\\.com/backend-config)',
    ),
    when: (leaf) =>
      leaf.before !== undefined && (leaf.after === undefined || leaf.after === 'false' || leaf.after === ''),
  },
  {
    code: 'firewall-removed',
    kind: /^cloud\.google\.com\/BackendConfig$|^networking\.gke\.io\/GCPBackendPolicy$/,
    path: /securityPolicy(\.name)?$/,
    when: gone,
  },
  {
    code: 'authentication-removed',
    path: annotation(
      '(nginx\\.ingress\\.kubernetes\\.io/(auth-url|auth-type|auth-secret|auth-signin|auth-tls-secret|auth-tls-verify-client)|alb\\.ingress\\.kubernetes\\.io/(auth-type|auth-idp-oidc|auth-idp-cognito|auth-on-unauthenticated-request)|traefik\\.ingress\\.kubernetes\\.io/router\\.middlewares)',
    ),
    when: (leaf) =>
      leaf.after === undefined || leaf.after === 'none' || leaf.after === 'off' || leaf.after === 'optional',
    words: (leaf) => ({ field: leaf.path.replace('metadata.annotations.', '') }),
  },
  {
    code: 'tls-weakened',
    path: annotation('(nginx\\.ingress\\.kubernetes\\.io/(ssl-redirect|force-ssl-redirect))'),
    when: (leaf) => leaf.after === 'false' || (leaf.after === undefined && leaf.before === 'true'),
    words: what('plain HTTP is no longer redirected to HTTPS'),
  },
  {
    code: 'tls-weakened',
    path: annotation(
      '(alb\\.ingress\\.kubernetes\\.io/ssl-redirect|traefik\\.ingress\\.kubernetes\\.io/router\\.tls|kubernetes\\.io/ingress\\.allow-http)',
    ),
    when: (leaf) =>
      leaf.after === undefined || leaf.after === 'false' || (leaf.after === 'true' && leaf.path.endsWith('allow-http')),
    words: what('plain HTTP is admitted'),
  },
  {
    code: 'tls-weakened',
    path: annotation('alb\\.ingress\\.kubernetes\\.io/listen-ports'),
    when: (leaf) => !String(leaf.after).includes('HTTPS') && String(leaf.before).includes('HTTPS'),
    words: what('HTTPS is no longer served'),
  },
  {
    code: 'tls-weakened',
    path: annotation(
      '(alb\\.ingress\\.kubernetes\\.io/ssl-policy|service\\.beta\\.kubernetes\\.io/aws-load-balancer-ssl-negotiation-policy)',
    ),
    when: (leaf) => tlsVersion(leaf.after) < tlsVersion(leaf.before),
    words: what('older TLS versions are accepted'),
  },
  {
    code: 'tls-weakened',
    path: annotation(
      '(service\\.beta\\.kubernetes\\.io/aws-load-balancer-ssl-cert|alb\\.ingress\\.kubernetes\\.io/certificate-arn)',
    ),
    when: gone,
    words: what('its certificate is removed'),
  },
  {
    code: 'tls-weakened',
    path: annotation('nginx\\.ingress\\.kubernetes\\.io/(ssl-protocols|proxy-ssl-verify|backend-protocol|hsts)'),
    when: (leaf) =>
      /TLSv1(\.[01])?\b(?!\.)/.test(String(leaf.after)) ||
      leaf.after === 'off' ||
      leaf.after === 'false' ||
      leaf.before === 'HTTPS' ||
      leaf.before === 'GRPCS',
    words: what('TLS is weaker than before'),
  },
  {
    code: 'tls-weakened',
    kind: ingress,
    path: /^spec\.tls\.\*(\..*)?$/,
    when: (leaf, change) => leaf.after === undefined && uncovered(change).length > 0,
    words: (_, change) => ({ what: `${uncovered(change).slice(0, 3).join(', ')} is served without TLS` }),
  },
  {
    code: 'tls-weakened',
    kind: /^gateway\.networking\.k8s\.io\/Gateway$/,
    path: /^spec\.listeners\.\*\.protocol$/,
    when: (leaf) =>
      (leaf.before === 'HTTPS' || leaf.before === 'TLS') &&
      leaf.after !== undefined &&
      leaf.after !== 'HTTPS' &&
      leaf.after !== 'TLS',
    words: what('a listener serves without TLS'),
  },
  {
    code: 'tls-weakened',
    path: /(^|\.)(insecureSkipVerify|insecureSkipTLSVerify|insecure|skipTLSVerify|tlsInsecureSkipVerify)$/,
    when: becomes(true),
    words: what('certificates are no longer verified'),
  },
  {
    code: 'tls-weakened',
    path: /(^|\.)scheme$/,
    kind: /^monitoring\.coreos\.com\//,
    when: (leaf) => /^https$/i.test(String(leaf.before)) && !/^https$/i.test(String(leaf.after)),
    words: what('metrics are read without TLS'),
  },
  {
    code: 'exposed',
    kind: /^gateway\.networking\.k8s\.io\/Gateway$/,
    path: /^spec\.listeners\.\*\.allowedRoutes\.namespaces\.from$/,
    when: (leaf) => leaf.after === 'All',
    words: what('admits routes from every namespace'),
  },
  {
    code: 'exposed',
    kind: ingress,
    path: annotation(
      'nginx\\.ingress\\.kubernetes\\.io/(cors-allow-origin|enable-cors|configuration-snippet|server-snippet)',
    ),
    when: (leaf) =>
      leaf.after === '*' || leaf.after === 'true' || (leaf.path.endsWith('snippet') && leaf.after !== undefined),
    words: (leaf) => ({
      what: leaf.path.endsWith('snippet')
        ? 'passes raw configuration to the ingress controller'
        : 'answers to more origins',
    }),
  },
  {
    code: 'exposed',
    kind: ingress,
    path: annotation('appgw\\.ingress\\.kubernetes\\.io/use-private-ip'),
    when: (leaf) => leaf.before === 'true' && leaf.after !== 'true',
    words: what('is reachable from the internet'),
  },
  {
    code: 'exposed',
    kind: ingress,
    path: /^spec\.rules\.\*\.http\b.*$/,
    when: (leaf, { before, after }) => leaf.after !== undefined && !hasCatchAll(before) && isCatchAll(leaf, after),
    words: what('answers for every host that no other rule names'),
    onAdded: true,
  },
  {
    code: 'exposed',
    path: annotation('external-dns\\.alpha\\.kubernetes\\.io/hostname'),
    when: (leaf) => leaf.before === undefined,
    words: (leaf) => ({ what: `gets the DNS name ${String(leaf.after)}` }),
    onAdded: true,
  },
  {
    code: 'tls-weakened',
    kind: /^networking\.istio\.io\/Gateway$/,
    path: /^spec\.servers\.\*\.tls\.httpsRedirect$/,
    when: (leaf) => leaf.before === true && leaf.after !== true,
    words: what('plain HTTP is no longer redirected to HTTPS'),
  },
  {
    code: 'tls-weakened',
    kind: /^networking\.istio\.io\/Gateway$/,
    path: /^spec\.servers\.\*\.tls\.mode$/,
    when: (leaf) => leaf.before === 'MUTUAL' && leaf.after !== 'MUTUAL',
    words: what('clients no longer have to show a certificate'),
  },
];

/** Hosts that are served on both sides, and by TLS only before. */
function uncovered({ before, after }: ObjectChange): string[] {
  const hosts = (side: ObjectChange['before']) =>
    new Set(maps(dig(side?.manifest, 'spec', 'rules')).map((each) => String(each['host'] ?? '*')));
  const tls = (side: ObjectChange['before']) => maps(dig(side?.manifest, 'spec', 'tls'));
  const covers = (side: ObjectChange['before'], host: string) =>
    tls(side).some((each) => {
      const named = list(each['hosts']);
      return named.length === 0 || named.some((one) => one === host || one === host.replace(/^[^.]+/, '*'));
    });
  const served = hosts(after);
  return [...hosts(before)].filter((host) => served.has(host) && covers(before, host) && !covers(after, host));
}

function hasCatchAll(side: ObjectChange['before']): boolean {
  return maps(dig(side?.manifest, 'spec', 'rules')).some((each) => each['host'] === undefined);
}

function isCatchAll(leaf: Leaf, side: ObjectChange['after']): boolean {
  const rule = list(dig(side?.manifest, 'spec', 'rules'))[Number(leaf.pointer.split('/')[3])];
  return rule !== undefined && dig(rule, 'host') === undefined;
}
