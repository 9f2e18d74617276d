import type { IngressImplementation } from '@fairlead/inventory/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { api, clusterOf, render, route, web } from '../test/fixture.ts';
import { schemaFaults } from '@fairlead/fixtures';
import type { Route } from './route.ts';
import { type Intent, intentNames, intents, intentsOf, support } from './support.ts';

const implementations: readonly IngressImplementation[] = [
  'alb',
  'alb-gateway',
  'gke-gateway',
  'gke-ingress',
  'aks-approuting',
  'envoy-gateway',
  'nginx',
];

/** A route that states one intent. What is not about exposure is public, so that every intent has its chance. */
const stating: Readonly<Record<Intent, Partial<Route>>> = {
  publicExposure: { exposure: 'public' },
  internalExposure: { exposure: 'internal' },
  weights: {
    exposure: 'public',
    paths: [
      {
        path: '/',
        to: [
          { workload: web, weight: 90 },
          { workload: api, weight: 10 },
        ],
      },
    ],
  },
  redirectHttp: { exposure: 'public', redirectHttp: true },
  otherNamespace: { exposure: 'public', paths: [{ path: '/', to: [{ workload: { ...api, namespace: 'vault' } }] }] },
  redirectPath: { exposure: 'public', paths: [{ path: '/old', redirect: { path: '/new' } }] },
  rewrite: { exposure: 'public', paths: [{ path: '/api', to: [{ workload: api }], rewrite: '/v1' }] },
  minimumTls13: { exposure: 'public', minimumTls: '1.3' },
  requestHeaders: { exposure: 'public', requestHeaders: { set: { 'X-Site': 'shop' } } },
  responseHeaders: { exposure: 'public', responseHeaders: { set: { 'X-Frame-Options': 'DENY' } } },
  securityHeaders: { exposure: 'public', securityHeaders: true },
  cors: { exposure: 'public', cors: { origins: ['https://app.example.com'] } },
  requestTimeout: { exposure: 'public', requestTimeout: '30s' },
  idleTimeout: { exposure: 'public', idleTimeout: '2m' },
  maximumBodySize: { exposure: 'public', maximumBodySize: '10Mi' },
  rateLimit: { exposure: 'public', rateLimit: { requests: 50, per: 'second' } },
  sessionAffinity: { exposure: 'public', sessionAffinity: { ttl: '1h' } },
  authentication: {
    exposure: 'public',
    authentication: {
      issuer: 'https://accounts.google.com',
      clientId: 'shop',
      secret: 'shop-login',
      endpoints: {
        authorization: 'https://id.example.com/a',
        token: 'https://id.example.com/t',
        userInfo: 'https://id.example.com/u',
      },
    },
  },
  firewall: { exposure: 'public', firewall: true },
  ddosProtection: { exposure: 'public', ddosProtection: true },
  healthCheck: {
    exposure: 'public',
    paths: [{ path: '/', to: [{ workload: web, health: { path: '/healthz', interval: '7s' } }] }],
  },
  accessLog: { exposure: 'public', accessLog: true },
};

/** What the intent becomes; a cell that is left out is a diagnostic. Lines are compared without their indentation. */
const becomes: Readonly<Record<Intent, Partial<Record<IngressImplementation, string>>>> = {
  publicExposure: {
    alb: 'alb.ingress.kubernetes.io/scheme: internet-facing',
    'alb-gateway': 'scheme: internet-facing',
    'gke-gateway': 'gatewayClassName: gke-l7-global-external-managed',
    'gke-ingress': 'kubernetes.io/ingress.class: gce\n',
    'aks-approuting': 'gatewayClassName: approuting-istio\nlisteners:',
    'envoy-gateway': 'gatewayClassName: eg\n',
    nginx: 'ingressClassName: nginx\n',
  },
  internalExposure: {
    alb: 'alb.ingress.kubernetes.io/scheme: internal',
    'alb-gateway': 'scheme: internal',
    'gke-gateway': 'gatewayClassName: gke-l7-rilb\n',
    'gke-ingress': 'kubernetes.io/ingress.class: gce-internal',
    'aks-approuting': 'service.beta.kubernetes.io/azure-load-balancer-internal: "true"',
    'envoy-gateway': 'gatewayClassName: eg-internal',
    nginx: 'ingressClassName: nginx-internal',
  },
  weights: {
    alb: '{"serviceName":"shop-web","servicePort":"http","weight":90},{"serviceName":"shop-api","servicePort":"http","weight":10}',
    'alb-gateway': '- name: shop-web\nport: 8080\nweight: 90\n- name: shop-api\nport: 8080\nweight: 10',
    'gke-gateway': '- name: shop-web\nport: 8080\nweight: 90\n- name: shop-api\nport: 8080\nweight: 10',
    'aks-approuting': '- name: shop-web\nport: 8080\nweight: 90\n- name: shop-api\nport: 8080\nweight: 10',
    'envoy-gateway': '- name: shop-web\nport: 8080\nweight: 90\n- name: shop-api\nport: 8080\nweight: 10',
  },
  redirectHttp: {
    alb: 'alb.ingress.kubernetes.io/ssl-redirect: "443"',
    'alb-gateway': 'kind: HTTPRoute\nmetadata:\nname: shop-redirect',
    'gke-gateway': 'kind: HTTPRoute\nmetadata:\nname: shop-redirect',
    'gke-ingress': 'redirectToHttps:\nenabled: true',
    'aks-approuting': 'kind: HTTPRoute\nmetadata:\nname: shop-redirect',
    'envoy-gateway': 'kind: HTTPRoute\nmetadata:\nname: shop-redirect',
    nginx: 'nginx.ingress.kubernetes.io/ssl-redirect: "true"',
  },
  otherNamespace: {
    'alb-gateway': 'kind: TargetGroupConfiguration\nmetadata:\nname: shop-api\nnamespace: vault',
    'gke-gateway': 'kind: HealthCheckPolicy\nmetadata:\nname: shop-api\nnamespace: vault',
    'aks-approuting': '- backendRefs:\n- name: shop-api\nnamespace: vault\nport: 8080',
    'envoy-gateway':
      'kind: ReferenceGrant\nmetadata:\nname: shop\nnamespace: vault\nspec:\nfrom:\n- group: gateway.networking.k8s.io\nkind: HTTPRoute\nnamespace: shop\nto:\n- group: ""\nkind: Service\nname: shop-api',
  },
  redirectPath: {
    alb: '"type":"redirect","redirectConfig":{"protocol":"HTTPS","port":"443","path":"/new","statusCode":"HTTP_301"}',
    'alb-gateway': 'path:\nreplaceFullPath: /new\ntype: ReplaceFullPath\nscheme: https\nstatusCode: 301',
    'gke-gateway': 'path:\nreplaceFullPath: /new\ntype: ReplaceFullPath\nscheme: https\nstatusCode: 301',
    'aks-approuting': 'path:\nreplaceFullPath: /new\ntype: ReplaceFullPath\nscheme: https\nstatusCode: 301',
    'envoy-gateway': 'path:\nreplaceFullPath: /new\ntype: ReplaceFullPath\nscheme: https\nstatusCode: 301',
  },
  rewrite: {
    alb: '"rewrites":[{"regex":"^/api/?(.*)$","replace":"/v1/$1"}]',
    'gke-gateway': 'urlRewrite:\npath:\nreplacePrefixMatch: /v1\ntype: ReplacePrefixMatch',
    'aks-approuting': 'urlRewrite:\npath:\nreplacePrefixMatch: /v1\ntype: ReplacePrefixMatch',
    'envoy-gateway': 'urlRewrite:\npath:\nreplacePrefixMatch: /v1\ntype: ReplacePrefixMatch',
    nginx: 'nginx.ingress.kubernetes.io/rewrite-target: /v1/$2',
  },
  minimumTls13: {
    alb: 'alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-3-2021-06',
    'alb-gateway': 'sslPolicy: ELBSecurityPolicy-TLS13-1-3-2021-06',
    'gke-gateway': 'sslPolicy: modern',
    'gke-ingress': 'sslPolicy: modern',
    'envoy-gateway': 'minVersion: "1.3"',
  },
  requestHeaders: {
    'gke-gateway': 'requestHeaderModifier:\nset:\n- name: X-Site\nvalue: shop',
    'gke-ingress': 'customRequestHeaders:\nheaders:\n- X-Site:shop',
    'aks-approuting': 'requestHeaderModifier:\nset:\n- name: X-Site\nvalue: shop',
    'envoy-gateway': 'requestHeaderModifier:\nset:\n- name: X-Site\nvalue: shop',
  },
  responseHeaders: {
    alb: 'routing.http.response.x_frame_options.header_value=DENY',
    'alb-gateway': '- key: routing.http.response.x_frame_options.header_value\nvalue: DENY',
    'gke-gateway': 'responseHeaderModifier:\nset:\n- name: X-Frame-Options\nvalue: DENY',
    'gke-ingress': 'customResponseHeaders:\nheaders:\n- X-Frame-Options:DENY',
    'aks-approuting': 'responseHeaderModifier:\nset:\n- name: X-Frame-Options\nvalue: DENY',
    'envoy-gateway': 'responseHeaderModifier:\nset:\n- name: X-Frame-Options\nvalue: DENY',
  },
  securityHeaders: {
    alb: 'routing.http.response.strict_transport_security.header_value=max-age=31536000; includeSubDomains',
    'alb-gateway':
      '- key: routing.http.response.strict_transport_security.header_value\nvalue: max-age=31536000; includeSubDomains',
    'gke-gateway': '- name: Strict-Transport-Security\nvalue: max-age=31536000; includeSubDomains',
    'gke-ingress': '- Strict-Transport-Security:max-age=31536000; includeSubDomains',
    'aks-approuting': '- name: Strict-Transport-Security\nvalue: max-age=31536000; includeSubDomains',
    'envoy-gateway': '- name: Strict-Transport-Security\nvalue: max-age=31536000; includeSubDomains',
  },
  cors: {
    'aks-approuting':
      '- cors:\nallowMethods:\n- GET\n- HEAD\n- POST\nallowOrigins:\n- https://app.example.com\nmaxAge: 600\ntype: CORS',
    'envoy-gateway':
      'cors:\nallowMethods:\n- GET\n- HEAD\n- POST\nallowOrigins:\n- https://app.example.com\nmaxAge: 10m',
    nginx: 'nginx.ingress.kubernetes.io/cors-allow-origin: https://app.example.com',
  },
  requestTimeout: {
    'gke-gateway': 'timeoutSec: 30\ntargetRef:',
    'gke-ingress': 'timeoutSec: 30\n',
    'aks-approuting': 'timeouts:\nrequest: 30s',
    'envoy-gateway': 'timeouts:\nrequest: 30s',
  },
  idleTimeout: {
    alb: 'idle_timeout.timeout_seconds=120',
    'alb-gateway': '- key: idle_timeout.timeout_seconds\nvalue: "120"',
    'envoy-gateway': 'idleTimeout: 2m',
    nginx:
      'nginx.ingress.kubernetes.io/proxy-read-timeout: "120"\nnginx.ingress.kubernetes.io/proxy-send-timeout: "120"',
  },
  maximumBodySize: {
    'envoy-gateway': 'requestBuffer:\nlimit: 10Mi',
    nginx: 'nginx.ingress.kubernetes.io/proxy-body-size: 10m',
  },
  rateLimit: {
    'envoy-gateway':
      'rateLimit:\nlocal:\nrules:\n- clientSelectors:\n- sourceCIDR:\ntype: Distinct\nvalue: 0.0.0.0/0\nlimit:\nrequests: 50\nunit: Second',
    nginx: 'nginx.ingress.kubernetes.io/limit-rps: "50"',
  },
  sessionAffinity: {
    alb: 'stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds=3600',
    'alb-gateway': '- key: stickiness.lb_cookie.duration_seconds\nvalue: "3600"',
    'gke-gateway': 'sessionAffinity:\ncookieTtlSec: 3600\ntype: GENERATED_COOKIE',
    'gke-ingress': 'sessionAffinity:\naffinityCookieTtlSec: 3600\naffinityType: GENERATED_COOKIE',
    'envoy-gateway':
      'consistentHash:\ncookie:\nattributes:\nHttpOnly: "true"\nSameSite: Lax\nSecure: "true"\nname: affinity\nttl: 1h\ntype: Cookie',
    nginx: 'nginx.ingress.kubernetes.io/affinity: cookie',
  },
  authentication: {
    alb: 'alb.ingress.kubernetes.io/auth-type: oidc',
    'alb-gateway':
      '- extensionRef:\ngroup: gateway.k8s.aws\nkind: ListenerRuleConfiguration\nname: shop\ntype: ExtensionRef',
    'gke-gateway': 'iap:\nclientID: shop\nenabled: true\noauth2ClientSecret:\nname: shop-login',
    'gke-ingress': 'iap:\nenabled: true\noauthclientCredentials:\nsecretName: shop-login',
    'envoy-gateway': 'oidc:\nclientID: shop\nclientSecret:\nname: shop-login\nprovider:',
  },
  firewall: {
    alb: 'alb.ingress.kubernetes.io/wafv2-acl-arn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/abc',
    'alb-gateway': 'wafV2:\nwebACL: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/abc',
    'gke-gateway': 'securityPolicy: edge',
    'gke-ingress': 'securityPolicy:\nname: edge',
    'aks-approuting': '- headers:\n- name: X-Azure-FDID\nvalue: 00000000-0000-4000-8000-00000000f00d',
    'envoy-gateway': 'image:\nurl: registry.example.com/coraza-proxy-wasm:0.6.0',
    nginx:
      'nginx.ingress.kubernetes.io/enable-modsecurity: "true"\nnginx.ingress.kubernetes.io/enable-owasp-core-rules: "true"',
  },
  ddosProtection: {
    alb: 'alb.ingress.kubernetes.io/shield-advanced-protection: "true"',
    'alb-gateway': 'shieldConfiguration:\nenabled: true',
    'gke-gateway': 'securityPolicy: edge',
    'gke-ingress': 'securityPolicy:\nname: edge',
    'aks-approuting': 'service.beta.kubernetes.io/azure-allowed-service-tags: AzureFrontDoor.Backend',
  },
  healthCheck: {
    alb: 'alb.ingress.kubernetes.io/healthcheck-interval-seconds: "7"\nalb.ingress.kubernetes.io/healthcheck-path: /healthz',
    'alb-gateway': 'healthCheckInterval: 7\nhealthCheckPath: /healthz',
    'gke-gateway':
      'checkIntervalSec: 7\nconfig:\nhttpHealthCheck:\nportSpecification: USE_SERVING_PORT\nrequestPath: /healthz',
    'gke-ingress': 'healthCheck:\ncheckIntervalSec: 7\nhealthyThreshold: 2\nport: 8080\nrequestPath: /healthz',
    'aks-approuting': 'info ingress/health-check-ignored',
    'envoy-gateway': 'http:\npath: /healthz\ninterval: 7s',
    nginx: 'info ingress/health-check-ignored',
  },
  accessLog: {
    alb: 'access_logs.s3.enabled=true,access_logs.s3.bucket=example-logs',
    'alb-gateway': '- key: access_logs.s3.bucket\nvalue: example-logs',
    'gke-gateway': 'logging:\nenabled: true\nsampleRate: 1000000',
    'gke-ingress': 'logging:\nenable: true\nsampleRate: 1',
    // These write it without being told.
    'aks-approuting': 'gatewayClassName: approuting-istio',
    'envoy-gateway': 'gatewayClassName: eg\n',
    nginx: 'nginx.ingress.kubernetes.io/enable-access-log: "true"',
  },
};

describe.each(intentNames)('%s', (intent) => {
  const given = route(stating[intent]);

  test('is the intent that the route states', () => {
    const exposure = given.exposure === 'public' ? 'publicExposure' : 'internalExposure';
    expect(new Set(intentsOf(given, 'shop'))).toEqual(new Set([exposure, intent]));
  });

  test.each(implementations)('on %s', (implementation) => {
    // The CORS filter came to AKS with 1.36.
    const { objects, diagnostics } = render(clusterOf(implementation, {}, { kubernetes: '1.36' }), given);
    const told = diagnostics.filter((each) => each.code !== 'ingress/retired');
    const errors = told.filter((each) => each.severity === 'error');
    const expected = becomes[intent][implementation];
    if (expected === undefined) {
      expect(support[intent][implementation].level).toBe('no');
      expect(errors).toMatchObject([
        {
          code: 'ingress/unsupported-intent',
          message: `route shop/shop wants ${intents[intent]}, which ${implementation} cannot express: ${support[intent][implementation].how}`,
          hint: expect.stringMatching(/^implementations that can: \S/),
        },
      ]);
      return;
    }
    expect(errors).toEqual([]);
    expect(support[intent][implementation].level).not.toBe('no');
    const text = [
      ...objects.map((object) => stringify(object, { lineWidth: 0 })),
      ...told.map((each) => `${each.severity} ${each.code}`),
    ];
    expect(objects.flatMap((object) => schemaFaults(object))).toEqual([]);
    expect(text.join('').replace(/^ +/gm, '')).toContain(expected);
  });
});

test('intents in any combination: each is rendered or refused, once, and what is rendered fits its schema', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...implementations),
      fc.subarray([...intentNames]),
      fc.constantFrom('public' as const, 'internal' as const),
      fc.constantFrom('1.28', '1.34', '1.36'),
      (implementation, chosen, exposure, kubernetes) => {
        const given = route({ ...Object.assign({}, ...chosen.map((intent) => stating[intent])), exposure });
        const { objects, diagnostics } = render(clusterOf(implementation, {}, { kubernetes }), given);
        const stated = intentsOf(given, 'shop');
        const refused = diagnostics
          .filter((each) => each.code === 'ingress/unsupported-intent')
          .map((each) => each.message);
        expect(new Set(refused).size).toBe(refused.length);
        for (const intent of stated.filter((each) => support[each][implementation].level === 'no')) {
          expect(refused.filter((message) => message.includes(` wants ${intents[intent]}, `))).toHaveLength(1);
        }
        for (const intent of stated.filter((each) => support[each][implementation].level === 'yes')) {
          expect(refused.filter((message) => message.includes(` wants ${intents[intent]}, `))).toEqual([]);
        }
        if (diagnostics.some((each) => each.severity === 'error')) return;
        expect(objects.flatMap((object) => schemaFaults(object))).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});
