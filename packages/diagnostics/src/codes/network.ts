import type { CodeEntry } from './index.ts';

/** Faults of NetworkPolicies, by simulation of what they allow. */
export const networkCodes = {
  'network/unselected-workload': {
    severity: 'error',
    sentence:
      'No NetworkPolicy selects the pods of a workload, so anything in the cluster reaches them, or they reach anything.',
    bad: 'podSelector: { matchLabels: { app: wbe } }  # the pods are labelled app: web',
    good: 'podSelector: { matchLabels: { app: web } }',
  },
  'network/dns-blocked': {
    severity: 'error',
    sentence: 'The policies of a workload do not let it ask DNS over UDP and TCP, so it finds no host by name.',
    bad: 'egress:\n  - to: [{ podSelector: { matchLabels: { app: api } } }]',
    good: 'egress:\n  - to:\n      - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }\n        podSelector: { matchLabels: { k8s-app: kube-dns } }\n    ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]',
  },
  'network/blocked-connection': {
    severity: 'error',
    sentence:
      'A connection that a workload declares or is configured with is blocked by the NetworkPolicies of one of its ends.',
    bad: 'env: [{ name: API_URL, value: "http://api:4000" }]  # and no policy of api admits this workload on 4000',
    good: 'ingress:\n  - from: [{ podSelector: { matchLabels: { app: web } } }]\n    ports: [{ port: 4000 }]',
  },
  'network/unknown-service-port': {
    severity: 'error',
    sentence: 'A workload is configured with a port on which the Service it names does not listen.',
    bad: 'value: http://api:4001  # the Service has port 4000',
    good: 'value: http://api:4000',
  },
  'network/unknown-callee': {
    severity: 'error',
    sentence: 'A workload declares a connection to a workload that does not exist on the cluster.',
    bad: 'fairlead.dev/calls: shop/Deployment/apii:4000',
    good: 'fairlead.dev/calls: shop/Deployment/api:4000',
  },
  'network/half-open': {
    severity: 'error',
    sentence: 'A policy at one end of a connection allows it and those at the other end do not, so it is blocked.',
    bad: 'egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 4000 }] }]  # api admits 4001 only',
    good: 'egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 4001 }] }]',
  },
  'network/blocked-backend': {
    severity: 'error',
    sentence: 'An Ingress or route leads to pods whose policies admit no proxy or load balancer on that port.',
    bad: 'ingress: [{ from: [{ podSelector: {} }] }]  # of pods behind an Ingress',
    good: 'ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress-nginx } } }], ports: [{ port: 8080 }] }]',
  },
  'network/blocked-scrape': {
    severity: 'error',
    sentence: 'A ServiceMonitor or PodMonitor names pods whose policies admit nobody from outside on the scraped port.',
    bad: 'ingress: []  # of pods with a PodMonitor',
    good: 'ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }], ports: [{ port: 9090 }] }]',
  },
  'network/undeclared-connection': {
    severity: 'error',
    sentence: 'The policies let one workload reach another although no connection declares it.',
    bad: 'ingress: [{ from: [{ podSelector: {} }] }]',
    good: 'ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 4000 }] }]',
  },
  'network/selects-nothing': {
    severity: 'warning',
    sentence: 'A selector of a NetworkPolicy matches no pod or namespace, most often because of a typing error.',
    bad: 'from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: montioring } } }]',
    good: 'from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }]',
  },
  'network/unknown-port': {
    severity: 'error',
    sentence: 'A NetworkPolicy names a port that none of the pods it is about has, so the rule allows nothing.',
    bad: 'ports: [{ port: htpp }]',
    good: 'ports: [{ port: http }]',
  },
  'network/open-rule': {
    severity: 'warning',
    sentence: 'A rule of a NetworkPolicy allows every peer on every port, as if there were no policy.',
    bad: 'ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]',
    good: 'ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 8443 }] }]',
  },
} as const satisfies Record<string, CodeEntry>;
