import type { CodeEntry } from './index.ts';

/** Faults of routes: what a route wants and the cluster's ingress cannot give, or cannot read. */
export const ingressCodes = {
  'ingress/unsupported-intent': {
    severity: 'error',
    sentence: 'A route wants something that the ingress implementation of the cluster cannot express.',
    bad: "app.route({ host, to: { '/': api }, rateLimit: { requests: 50, per: '1s' } }) // on a cluster with `implementation: alb`",
    good: 'capabilities:\n  ingress:\n    implementation: envoy-gateway',
  },
  'ingress/certificate-source': {
    severity: 'error',
    sentence: 'The certificates of the cluster come from a source that its ingress implementation cannot read.',
    bad: 'ingress: { implementation: alb, certificates: { source: cert-manager } }',
    good: 'ingress: { implementation: alb, certificates: { source: acm } }',
  },
  'ingress/missing-setting': {
    severity: 'error',
    sentence: 'A route needs a fact that the cluster file does not state, such as the web ACL behind `firewall: true`.',
    bad: 'ingress: { implementation: alb } # and a route states firewall: true',
    good: 'ingress:\n  implementation: alb\n  firewall: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1a2b3c4d',
  },
  'ingress/invalid-route': {
    severity: 'error',
    sentence:
      'A route contradicts itself: a path twice, weights of zero, a host that is no DNS name, a backend without Service.',
    bad: "app.route({ host: 'shop', to: { '/': web } })",
    good: "app.route({ host: 'shop.example.com', to: { '/': web } })",
  },
  'ingress/retired': {
    severity: 'warning',
    sentence: 'The ingress implementation of the cluster is retired upstream and gets no security fixes any more.',
    bad: 'ingress: nginx',
    good: 'ingress: envoy-gateway',
  },
  'ingress/health-check-ignored': {
    severity: 'info',
    sentence:
      "The ingress implementation sends traffic to ready endpoints only and has no health check of its own; the pods' readiness probe decides.",
    bad: "paths: [{ path: '/', to: [{ workload: web, health: { path: '/ready', interval: 5 } }] }] # on a cluster with ingress: nginx",
    good: "app.deployment('web', { port: 8080, health: '/ready' })",
  },
} as const satisfies Record<string, CodeEntry>;
