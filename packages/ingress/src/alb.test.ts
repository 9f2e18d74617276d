import { describe, expect, test } from 'vitest';
import { api, clusterOf, render, route, web, yamlOf } from '../test/fixture.ts';
import type { Route } from './route.ts';

/** The annotations of the Ingress, without the controller's prefix. */
function annotations(given: Route, cluster = clusterOf('alb')): Record<string, string> {
  const [object] = render(cluster, given).objects as { metadata: { annotations: Record<string, string> } }[];
  return Object.fromEntries(
    Object.entries(object?.metadata.annotations ?? {}).map(([key, value]) => [
      key.replace('alb.ingress.kubernetes.io/', ''),
      value,
    ]),
  );
}

test('a public route in production is what an AWS engineer would have written', () => {
  const cluster = clusterOf(
    'alb',
    {
      certificates: { source: 'acm', name: 'arn:aws:acm:eu-west-1:111122223333:certificate/abc' },
      firewall: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/abc',
      accessLogs: { bucket: 'example-alb-logs', prefix: 'shop' },
    },
    { environment: 'production', dns: 'external-dns' },
  );
  expect(
    yamlOf(
      cluster,
      route({ exposure: 'public', firewall: true, ddosProtection: true, securityHeaders: true, idleTimeout: '2m' }),
    ),
  ).toBe(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  annotations:
    alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:111122223333:certificate/abc
    alb.ingress.kubernetes.io/group.name: shop-public
    alb.ingress.kubernetes.io/healthcheck-interval-seconds: "10"
    alb.ingress.kubernetes.io/healthcheck-path: /ready
    alb.ingress.kubernetes.io/healthcheck-timeout-seconds: "5"
    alb.ingress.kubernetes.io/healthy-threshold-count: "2"
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80},{"HTTPS":443}]'
    alb.ingress.kubernetes.io/listener-attributes.HTTPS-443: routing.http.response.server.enabled=false,routing.http.response.strict_transport_security.header_value=max-age=31536000; includeSubDomains,routing.http.response.x_content_type_options.header_value=nosniff,routing.http.response.x_frame_options.header_value=SAMEORIGIN
    alb.ingress.kubernetes.io/load-balancer-attributes: routing.http.drop_invalid_header_fields.enabled=true,idle_timeout.timeout_seconds=120,deletion_protection.enabled=true,access_logs.s3.enabled=true,access_logs.s3.bucket=example-alb-logs,access_logs.s3.prefix=shop
    alb.ingress.kubernetes.io/scheme: internet-facing
    alb.ingress.kubernetes.io/shield-advanced-protection: "true"
    alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-2-Res-2021-06
    alb.ingress.kubernetes.io/ssl-redirect: "443"
    alb.ingress.kubernetes.io/success-codes: 200-299
    alb.ingress.kubernetes.io/tags: app=shop,environment=staging,team=shop-team
    alb.ingress.kubernetes.io/target-group-attributes: deregistration_delay.timeout_seconds=30
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/unhealthy-threshold-count: "3"
    alb.ingress.kubernetes.io/wafv2-acl-arn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/abc
    external-dns.alpha.kubernetes.io/hostname: shop.example.com
  name: shop
  namespace: shop
spec:
  ingressClassName: alb
  rules:
    - host: shop.example.com
      http:
        paths:
          - backend:
              service:
                name: shop-web
                port:
                  name: http
            path: /
            pathType: Prefix
`);
});

describe('an intent becomes an annotation', () => {
  test.each<[string, Partial<Route>, Record<string, string>]>([
    ['internal exposure is the default', {}, { scheme: 'internal', 'group.name': 'shop-internal' }],
    ['no redirect means no listener for plain HTTP', { redirectHttp: false }, { 'listen-ports': '[{"HTTPS":443}]' }],
    ['TLS 1.3 alone', { minimumTls: '1.3' }, { 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06' }],
    [
      'session affinity',
      { sessionAffinity: { ttl: '1h' } },
      {
        'target-group-attributes':
          'deregistration_delay.timeout_seconds=30,stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds=3600',
      },
    ],
    [
      'a response header that an ALB knows; commas are escaped',
      { responseHeaders: { set: { 'Content-Security-Policy': "default-src 'self', *.example.com" } } },
      {
        'listener-attributes.HTTPS-443':
          "routing.http.response.server.enabled=false,routing.http.response.content_security_policy.header_value=default-src 'self'\\, *.example.com",
      },
    ],
    [
      'weights',
      {
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
      {
        'actions.shop-0':
          '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"shop-web","servicePort":"http","weight":90},{"serviceName":"shop-api","servicePort":"http","weight":10}]}}',
      },
    ],
    [
      'a redirected path',
      { paths: [{ path: '/old', redirect: { host: 'www.example.com', path: '/new' } }] },
      {
        'actions.shop-0':
          '{"type":"redirect","redirectConfig":{"protocol":"HTTPS","port":"443","host":"www.example.com","path":"/new","statusCode":"HTTP_301"}}',
      },
    ],
    [
      'a rewritten prefix',
      { paths: [{ path: '/api', to: [{ workload: api }], rewrite: '/v1' }] },
      {
        'transforms.shop-api':
          '[{"type":"url-rewrite","urlRewriteConfig":{"rewrites":[{"regex":"^/api/?(.*)$","replace":"/v1/$1"}]}}]',
      },
    ],
    [
      'login by OIDC',
      {
        authentication: {
          issuer: 'https://id.example.com',
          endpoints: {
            authorization: 'https://id.example.com/a',
            token: 'https://id.example.com/t',
            userInfo: 'https://id.example.com/u',
          },
          secret: 'shop-login',
          scopes: ['openid', 'email'],
        },
      },
      {
        'auth-type': 'oidc',
        'auth-idp-oidc':
          '{"issuer":"https://id.example.com","authorizationEndpoint":"https://id.example.com/a","tokenEndpoint":"https://id.example.com/t","userInfoEndpoint":"https://id.example.com/u","secretName":"shop-login"}',
        'auth-scope': 'openid email',
        'auth-on-unauthenticated-request': 'authenticate',
      },
    ],
  ])('%s', (_, intent, expected) => {
    expect(render(clusterOf('alb'), route(intent)).diagnostics).toEqual([]);
    expect(annotations(route(intent))).toMatchObject(expected);
  });

  test('a shared group is one load balancer per exposure, and its members do not tag it', () => {
    const given = annotations(route(), clusterOf('alb', { group: 'platform' }));
    expect(given).toMatchObject({ 'group.name': 'platform-internal' });
    expect(given).not.toHaveProperty('tags');
  });
});

describe('what an ALB cannot do is said', () => {
  const bare = clusterOf('alb', { firewall: undefined, accessLogs: undefined });

  test.each<[string, Partial<Route>, string]>([
    ['another response header', { responseHeaders: { set: { 'X-Robots-Tag': 'none' } } }, 'it cannot set X-Robots-Tag'],
    ['removing a header', { responseHeaders: { remove: ['X-Powered-By'] } }, 'it cannot remove X-Powered-By'],
    ['adding a header', { responseHeaders: { add: { 'X-Frame-Options': 'DENY' } } }, 'not add it to one that is there'],
    [
      'OIDC without endpoints',
      { authentication: { issuer: 'https://id.example.com', secret: 's' } },
      "does not say the issuer's endpoints",
    ],
    ['a firewall without web ACL', { firewall: true }, 'does not say which web ACL'],
    ['an access log without bucket', { accessLog: true }, 'does not say where it goes'],
    [
      'two rewrites of one Service',
      {
        paths: [
          { path: '/a', to: [{ workload: api }], rewrite: '/' },
          { path: '/b', to: [{ workload: api }], rewrite: '/' },
        ],
      },
      'its transforms are per Service, and shop-api has one already',
    ],
  ])('%s', (_, intent, message) => {
    expect(render(bare, route(intent)).diagnostics.map((each) => each.message)).toEqual([
      expect.stringContaining(message),
    ]);
  });
});
