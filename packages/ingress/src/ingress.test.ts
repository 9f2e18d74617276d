import { sampleWorkload } from '@fairlead/fixtures';
import type { IngressImplementation } from '@fairlead/inventory/model';
import { Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { api, clusterOf, owner, render, route, web, yamlOf } from '../test/fixture.ts';
import { certificateSupport } from './certificates.ts';
import { Ingress } from './ingress.ts';
import type { Route } from './route.ts';
import { serviceAnnotations } from './service-annotations.ts';
import { renderSupportPage } from './support-page.ts';
import { proxyTraffic, trafficSources } from './traffic-sources.ts';

test('objects carry the labels of their owner, in any cdk8s chart', () => {
  const chart = new Chart(Testing.app(), 'chart');
  new Ingress(chart, 'route', { cluster: clusterOf('alb'), owner, namespace: 'shop', name: 'shop', route: route() });
  expect(Testing.synth(chart)[0].metadata.labels).toEqual({
    'app.kubernetes.io/managed-by': 'fairlead',
    'app.kubernetes.io/name': 'shop',
    'app.kubernetes.io/part-of': 'shop',
    cloud: 'any',
    environment: 'staging',
    team: 'shop-team',
  });
});

test('a public route on Envoy Gateway: the standard objects, a certificate, and policies with careful defaults', () => {
  expect(yamlOf(clusterOf('envoy-gateway'), route({ exposure: 'public' })))
    .toBe(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: shop
  namespace: shop
spec:
  gatewayClassName: eg
  listeners:
    - allowedRoutes:
        namespaces:
          from: Same
      name: http
      port: 80
      protocol: HTTP
    - allowedRoutes:
        namespaces:
          from: Same
      hostname: shop.example.com
      name: https
      port: 443
      protocol: HTTPS
      tls:
        certificateRefs:
          - kind: Secret
            name: shop-tls
        mode: Terminate
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
  namespace: shop
spec:
  hostnames:
    - shop.example.com
  parentRefs:
    - name: shop
      sectionName: https
  rules:
    - backendRefs:
        - name: shop-web
          port: 8080
      matches:
        - path:
            type: PathPrefix
            value: /
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop-redirect
  namespace: shop
spec:
  hostnames:
    - shop.example.com
  parentRefs:
    - name: shop
      sectionName: http
  rules:
    - filters:
        - requestRedirect:
            scheme: https
            statusCode: 301
          type: RequestRedirect
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: shop-tls
  namespace: shop
spec:
  dnsNames:
    - shop.example.com
  issuerRef:
    group: cert-manager.io
    kind: ClusterIssuer
    name: letsencrypt
  privateKey:
    algorithm: ECDSA
    rotationPolicy: Always
    size: 256
  secretName: shop-tls
  usages:
    - digital signature
    - key encipherment
    - server auth
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ClientTrafficPolicy
metadata:
  name: shop
  namespace: shop
spec:
  headers:
    withUnderscoresAction: RejectRequest
  path:
    escapedSlashesAction: UnescapeAndRedirect
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      name: shop
  timeout:
    http:
      idleTimeout: 5m
      requestReceivedTimeout: 60s
  tls:
    minVersion: "1.2"
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: shop
  namespace: shop
spec:
  healthCheck:
    active:
      healthyThreshold: 2
      http:
        path: /ready
      interval: 10s
      timeout: 5s
      type: HTTP
      unhealthyThreshold: 3
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: shop
`);
});

test('several hosts get a listener each where certificates belong to listeners, named for the host', () => {
  const [gateway] = render(clusterOf('envoy-gateway'), route({ hosts: ['a.example.com', '*.b.example.com'] })).objects;
  expect(gateway).toMatchObject({
    spec: { listeners: [{ name: 'http' }, { name: 'https-a-example-com' }, { name: 'https-any-b-example-com' }] },
  });
});

test('a route of a hundred paths fits into one HTTPRoute, which holds sixteen rules', () => {
  const paths: Route['paths'] = [
    { path: '/', to: [{ workload: web }] },
    { path: '/old', to: [{ workload: api }], rewrite: '/' },
    { path: '/older', to: [{ workload: api }], rewrite: '/' },
    ...Array.from({ length: 97 }, (_, index) => ({
      path: `/service-${index}` as const,
      to: [{ workload: api }] as const,
    })),
  ];
  const { objects } = render(clusterOf('envoy-gateway'), route({ paths }));
  const httpRoute = objects.find(({ kind }) => kind === 'HTTPRoute') as unknown as {
    spec: { rules: { matches: unknown[] }[] };
  };
  const matches = httpRoute.spec.rules.map((each) => each.matches.length);
  expect(matches).toEqual([1, 1, 1, 64, 33]);
});

test('where external-dns keeps names, the object that it reads says which', () => {
  const annotation = (implementation: IngressImplementation, kind: string) =>
    render(clusterOf(implementation, {}, { dns: 'external-dns' })).objects.find((each) => each.kind === kind);
  const metadata = { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'shop.example.com' } };
  expect(annotation('alb', 'Ingress')).toMatchObject({ metadata });
  expect(annotation('gke-gateway', 'HTTPRoute')).toMatchObject({ metadata });
});

describe('a route that contradicts itself is reported, on every implementation', () => {
  test.each<[string, Partial<Route>, string]>([
    ['host', { hosts: ['shop'] }, '"shop" is no host name'],
    ['host with a scheme', { hosts: ['https://shop.example.com'] }, '"https://shop.example.com" is no host name'],
    ['a duration', { requestTimeout: '1.5h' }, 'the request timeout "1.5h" is no duration'],
    ['a body size', { maximumBodySize: '-1Mi' }, 'the body size "-1Mi" is no size'],
    ['host twice', { hosts: ['a.example.com', 'a.example.com'] }, 'a host occurs twice'],
    [
      'path twice',
      {
        paths: [
          { path: '/', to: [{ workload: web }] },
          { path: '/', to: [{ workload: api }] },
        ],
      },
      'the path / occurs twice',
    ],
    [
      'weights',
      { paths: [{ path: '/', to: [{ workload: web, weight: 0 }] }] },
      'the weights of the path / are all zero',
    ],
    [
      'fractional weight',
      { paths: [{ path: '/', to: [{ workload: web, weight: 0.5 }] }] },
      'the weight 0.5 of shop/web is no whole number',
    ],
    [
      'port',
      { paths: [{ path: '/', to: [{ workload: web, port: 'htp' }] }] },
      'the backend shop/web has no port "htp"; it has: http',
    ],
    [
      'no Service',
      { paths: [{ path: '/', to: [{ workload: { ...web, service: undefined } }] }] },
      'the backend shop/web has no Service',
    ],
    ['empty redirect', { paths: [{ path: '/', redirect: {} }] }, 'the path / redirects to itself'],
    ['CORS', { cors: { origins: ['*'], credentials: true } }, 'CORS with credentials cannot allow every origin'],
    [
      'health check',
      { paths: [{ path: '/', to: [{ workload: web, health: { path: '/', interval: '5s', timeout: '5s' } }] }] },
      'the health check of shop/web times out only after the next one is due',
    ],
  ])('%s', (_, intent, message) => {
    const { diagnostics } = render(clusterOf('envoy-gateway'), route(intent));
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'ingress/invalid-route',
        message: `route shop/shop: ${message}`,
        clusters: ['onprem-staging'],
      }),
    );
  });
});

describe('certificates', () => {
  test.each(
    Object.entries(certificateSupport).flatMap(([implementation, sources]) =>
      Object.entries(sources).map(([source, { how }]) => ({ implementation, source, readable: how !== undefined })),
    ) as { implementation: IngressImplementation; source: 'acm'; readable: boolean }[],
  )('$source on $implementation: readable $readable', ({ implementation, source, readable }) => {
    const cluster = clusterOf(implementation, { certificates: { source, name: 'web', identity: 'id' } });
    const codes = render(cluster).diagnostics.map((each) => each.code);
    expect(codes.includes('ingress/certificate-source')).toBe(!readable);
  });

  test('regional and internal Gateways of GKE take no certificate map', () => {
    const [gateway] = render(clusterOf('gke-gateway'), route()).objects;
    expect(gateway).toMatchObject({
      metadata: { name: 'shop' },
      spec: {
        listeners: [{ name: 'http' }, { tls: { options: { 'networking.gke.io/cert-manager-certs': 'web-internal' } } }],
      },
    });
    expect(gateway).not.toHaveProperty('metadata.annotations');
  });

  test('an internal Ingress of Google listens to HTTPS alone, and says what it lacks', () => {
    const { objects, diagnostics } = render(clusterOf('gke-ingress'), route({ securityHeaders: true, firewall: true }));
    expect(objects.map((each) => each.kind)).toEqual(['Ingress', 'BackendConfig', 'Certificate']);
    expect(objects[0]).toMatchObject({
      metadata: {
        annotations: { 'kubernetes.io/ingress.class': 'gce-internal', 'kubernetes.io/ingress.allow-http': 'false' },
      },
    });
    expect(diagnostics.map((each) => each.message)).toEqual([
      'route shop/shop wants security headers, which gke-ingress cannot express: an internal Ingress of Google has none of it',
      'route shop/shop wants a web application firewall, which gke-ingress cannot express: an internal Ingress of Google has none of it',
    ]);
  });

  test('a ManagedCertificate on Ingress of class gce knows no wildcard', () => {
    const cluster = clusterOf('gke-ingress', { certificates: { source: 'google-managed' } });
    const { objects, diagnostics } = render(cluster, route({ exposure: 'public', hosts: ['*.example.com'] }));
    expect(objects).toContainEqual(
      expect.objectContaining({ kind: 'ManagedCertificate', spec: { domains: ['*.example.com'] } }),
    );
    expect(diagnostics).toMatchObject([{ code: 'ingress/missing-setting' }]);
  });

  test('the AKS add-on reads Key Vault as a ServiceAccount of its own', () => {
    expect(render(clusterOf('aks-approuting')).objects).toContainEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        annotations: { 'azure.workload.identity/client-id': '00000000-0000-4000-8000-000000000001' },
        name: 'shop-tls',
        namespace: 'shop',
      },
      automountServiceAccountToken: false,
    });
  });
});

test('settings of a Service exist once, however many routes lead to it; two different ones are a diagnostic', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const add = (name: string, given: Route) =>
    new Ingress(chart, name, { cluster: clusterOf('gke-gateway'), owner, namespace: 'shop', name, route: given });
  add('public', route({ exposure: 'public' }));
  const same = add('internal', route());
  expect(same.node.children.map((child) => child.node.id)).not.toContain('HealthCheckPolicy-shop-web');
  expect(() => Testing.synth(chart)).not.toThrow();
  add('slow', route({ requestTimeout: '90s' }));
  expect(() => Testing.synth(chart)).toThrow('wants another GCPBackendPolicy shop-web than a route before it');
});

test('what the Service of a routed workload must say is data for its builder', () => {
  const given = route({
    paths: [
      { path: '/', to: [{ workload: web, health: '/ready' }] },
      { path: '/api', to: [{ workload: api, health: '/health' }] },
    ],
  });
  expect(serviceAnnotations(clusterOf('gke-ingress'), given, api)).toEqual({
    'cloud.google.com/backend-config': '{"default":"shop-api"}',
    'cloud.google.com/neg': '{"ingress":true}',
  });
  expect(serviceAnnotations(clusterOf('alb'), given, web)).toEqual({});
  expect(serviceAnnotations(clusterOf('alb'), given, api)).toMatchObject({
    'alb.ingress.kubernetes.io/healthcheck-path': '/health',
  });
  expect(serviceAnnotations(clusterOf('alb'), given, sampleWorkload({ component: 'worker' }))).toEqual({});
});

describe('traffic reaches pods from', () => {
  const google = ['130.211.0.0/22', '35.191.0.0/16'];
  test.each<[IngressImplementation, 'public' | 'internal', unknown[]]>([
    ['alb', 'public', [{ cidrs: ['10.0.0.0/24', '10.0.1.0/24'] }]],
    ['alb-gateway', 'internal', [{ cidrs: ['10.0.0.0/24', '10.0.1.0/24'] }]],
    ['gke-gateway', 'public', [{ cidrs: google }]],
    ['gke-gateway', 'internal', [{ cidrs: [...google, '10.0.0.0/24', '10.0.1.0/24'] }]],
    ['gke-ingress', 'public', [{ cidrs: google }]],
    [
      'aks-approuting',
      'public',
      [{ namespace: 'shop', selector: { 'gateway.networking.k8s.io/gateway-class-name': 'approuting-istio' } }],
    ],
    [
      'envoy-gateway',
      'public',
      [
        {
          namespace: 'envoy-gateway-system',
          selector: { 'app.kubernetes.io/component': 'proxy', 'app.kubernetes.io/managed-by': 'envoy-gateway' },
        },
      ],
    ],
    ['nginx', 'public', [{ namespace: 'ingress-nginx', selector: { 'app.kubernetes.io/name': 'ingress-nginx' } }]],
  ])('%s, %s', (implementation, exposure, expected) => {
    expect(trafficSources(clusterOf(implementation), exposure, 'shop')).toEqual(expected);
  });

  test('nobody knows where: the route says so, instead of being closed', () => {
    const cluster = clusterOf('alb');
    const network = { ...cluster.network, loadBalancerSubnets: [] };
    expect(render({ ...cluster, network }).diagnostics).toMatchObject([
      { code: 'ingress/missing-setting', hint: 'set network.loadBalancerSubnets, or capabilities.ingress.sources' },
    ]);
  });

  test('the proxy-only subnet too, where a load balancer of Google is regional', () => {
    const cluster = clusterOf('gke-gateway', { class: 'gke-l7-regional-external-managed', sources: google });
    expect(trafficSources(cluster, 'public', 'shop')).toEqual([{ cidrs: [...google, '10.0.0.0/24', '10.0.1.0/24'] }]);
  });

  test('the cluster file, where it says so', () => {
    expect(trafficSources(clusterOf('alb', { sources: ['10.9.0.0/16'] }), 'public', 'shop')).toEqual([
      { cidrs: ['10.9.0.0/16'] },
    ]);
  });
});

test('proxies that run beside the app get out of its default deny, and no further', () => {
  expect(proxyTraffic(clusterOf('alb'), route())).toBeUndefined();
  expect(proxyTraffic(clusterOf('aks-approuting'), route())).toEqual({
    selector: { 'gateway.networking.k8s.io/gateway-class-name': 'approuting-istio' },
    ingress: [{ peer: { cidrs: ['10.0.0.0/16'] }, ports: [{ port: 80 }, { port: 443 }, { port: 15021 }] }],
    egress: [
      { peer: { namespace: 'shop', selector: web.selector }, ports: [{ port: 8080 }] },
      { peer: { namespace: 'aks-istio-system', selector: { app: 'istiod' } }, ports: [{ port: 15012 }] },
    ],
  });
});

test('the table for the documentation has a row per intent and a column per implementation', () => {
  const page = renderSupportPage();
  expect(page).toContain(
    '| a route wants | alb | alb-gateway | gke-gateway | gke-ingress | aks-approuting | envoy-gateway | nginx |',
  );
  expect(page).toContain('| a rate limit | no: an ALB has none; a rate-based rule of its web ACL is one |');
});
