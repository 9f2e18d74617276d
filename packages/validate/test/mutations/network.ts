import type { HarmlessEdit, Mutation } from '../mutation.ts';

const policies = 'shop/network-policies.yaml';
const web = 'name: web\n  namespace: shop';
const api = 'name: api\n  namespace: shop';
const worker = 'name: worker\n  namespace: shop';
const database = 'name: database\n  namespace: data';

export const networkMutations: readonly Mutation[] = [
  {
    title: 'the selector of a policy has a typo',
    code: 'network/selects-nothing',
    edits: [{ file: policies, after: web, find: 'component: web', put: 'component: wbe' }],
  },
  {
    title: 'the selector of a policy has a typo in its key',
    code: 'network/selects-nothing',
    edits: [
      { file: policies, after: web, find: 'app.kubernetes.io/component: web', put: 'app.kubernetes.io/componnet: web' },
    ],
  },
  {
    title: 'a policy is in another namespace than its pods',
    code: 'network/selects-nothing',
    edits: [{ file: policies, after: 'name: web', find: 'namespace: shop', put: 'namespace: data' }],
  },
  {
    title: 'a peer is in a namespace that does not exist',
    code: 'network/selects-nothing',
    edits: [{ file: policies, after: api, find: 'metadata.name: monitoring', put: 'metadata.name: montioring' }],
  },
  {
    title: 'a peer is a pod that does not exist',
    code: 'network/selects-nothing',
    edits: [{ file: policies, after: database, find: 'component: worker', put: 'component: workers' }],
  },
  {
    title: 'a peer is looked for in the wrong namespace',
    code: 'network/selects-nothing',
    edits: [{ file: policies, after: api, find: 'metadata.name: data', put: 'metadata.name: shop' }],
  },
  {
    title: 'the default-deny policy is gone and one workload loses its own',
    code: 'network/unselected-workload',
    in: 'shop/report-cronjob.yaml',
    edits: [
      {
        file: policies,
        find: '  name: default-deny\n  namespace: shop\nspec:\n  podSelector: {}',
        put: '  name: default-deny\n  namespace: shop\nspec:\n  podSelector: { matchLabels: { app.kubernetes.io/component: web } }',
      },
      { file: policies, after: 'name: report\n  namespace: shop', find: 'component: report', put: 'component: api' },
    ],
  },
  {
    title: 'no policy is left',
    code: 'network/unselected-workload',
    in: 'shop/web-deployment.yaml',
    edits: [{ file: policies, remove: true }],
  },
  {
    title: 'egress is no longer isolated',
    code: 'network/unselected-workload',
    in: 'data/database.yaml',
    edits: [
      { file: policies, after: 'name: default-deny\n  namespace: data', find: '    - Egress\n', put: '' },
      { file: policies, after: database, find: '    - Egress\n', put: '' },
    ],
  },
  {
    title: 'DNS is allowed over UDP only',
    code: 'network/dns-blocked',
    edits: [{ file: policies, after: web, find: '        - port: 53\n          protocol: TCP\n', put: '' }],
  },
  {
    title: 'DNS is allowed over TCP only',
    code: 'network/dns-blocked',
    edits: [{ file: policies, after: worker, find: '        - port: 53\n          protocol: UDP\n', put: '' }],
  },
  {
    title: 'DNS is looked for on another port',
    code: 'network/dns-blocked',
    edits: [
      {
        file: policies,
        after: api,
        find: '        - port: 53\n          protocol: UDP',
        put: '        - port: 54\n          protocol: UDP',
      },
    ],
  },
  {
    title: 'the DNS pods have a typo',
    code: 'network/dns-blocked',
    edits: [{ file: policies, after: web, find: 'k8s-app: kube-dns', put: 'k8s-app: kube-dsn' }],
  },
  {
    title: 'DNS is looked for in the workload’s own namespace',
    code: 'network/dns-blocked',
    edits: [{ file: policies, after: web, find: 'metadata.name: kube-system', put: 'metadata.name: shop' }],
  },
  {
    title: 'the caller may not call',
    code: 'network/blocked-connection',
    edits: [{ file: policies, after: web, find: '        - port: 4000', put: '        - port: 4001' }],
  },
  {
    title: 'the callee does not admit the caller',
    code: 'network/blocked-connection',
    edits: [{ file: policies, after: api, find: 'component: web', put: 'component: worker' }],
  },
  {
    title: 'the callee admits the caller from another namespace',
    code: 'network/blocked-connection',
    edits: [{ file: policies, after: database, find: 'metadata.name: shop', put: 'metadata.name: data' }],
  },
  {
    title: 'the callee admits over UDP',
    code: 'network/blocked-connection',
    edits: [
      {
        file: policies,
        after: database,
        find: '        - port: 5432\n          protocol: TCP',
        put: '        - port: 5432\n          protocol: UDP',
      },
    ],
  },
  {
    title: 'a policy allows the Service’s port instead of the pods’',
    code: 'network/blocked-connection',
    edits: [
      {
        file: 'data/database.yaml',
        find: 'port: 5432\n      targetPort: postgresql',
        put: 'port: 15432\n      targetPort: postgresql',
      },
      { file: policies, after: worker, find: 'port: 5432', put: 'port: 15432' },
      { file: 'shop/configuration.yaml', find: '"5432"', put: '"15432"' },
    ],
    in: policies,
  },
  {
    title: 'a workload is told to call one that it may not',
    code: 'network/blocked-connection',
    edits: [
      {
        file: 'shop/worker-deployment.yaml',
        find: 'value: database.data.svc.cluster.local',
        put: 'value: http://api:4000',
      },
    ],
    in: policies,
  },
  {
    title: 'a declared connection is allowed at neither end',
    code: 'network/blocked-connection',
    edits: [
      {
        file: 'shop/web-deployment.yaml',
        find: '  name: web\n',
        put: '  name: web\n  annotations: { fairlead.dev/calls: "data/StatefulSet/database:5432" }\n',
      },
    ],
    in: policies,
  },
  {
    title: 'a declared callee does not exist',
    code: 'network/unknown-callee',
    edits: [
      {
        file: 'shop/web-deployment.yaml',
        find: '  name: web\n',
        put: '  name: web\n  annotations: { fairlead.dev/calls: "shop/Deployment/apii:4000" }\n',
      },
    ],
  },
  {
    title: 'a URL has a port that the Service has not',
    code: 'network/unknown-service-port',
    edits: [{ file: 'shop/web-deployment.yaml', find: 'cluster.local:4000', put: 'cluster.local:4040' }],
  },
  {
    title: 'a setting beside a host has a port that the Service has not',
    code: 'network/unknown-service-port',
    edits: [{ file: 'shop/configuration.yaml', find: '"5432"', put: '"5433"' }],
  },
  {
    title: 'one end of a connection that nobody configured is gone',
    code: 'network/half-open',
    edits: [
      { file: policies, after: web, find: '- port: 4000', put: '- port: 4001' },
      { file: 'shop/web-deployment.yaml', find: 'http://api.shop.svc.cluster.local:4000', put: 'plain' },
    ],
  },
  {
    title: 'the ingress controller is not admitted',
    code: 'network/blocked-backend',
    edits: [{ file: policies, after: web, find: '        - port: 8080', put: '        - port: 8081' }],
  },
  {
    title: 'only workloads beside it are admitted to a backend',
    code: 'network/blocked-backend',
    edits: [
      {
        file: policies,
        after: web,
        find: '- namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: ingress-nginx',
        put: '- podSelector: { matchLabels: { app.kubernetes.io/component: api } }',
      },
    ],
  },
  {
    title: 'a backend is moved to a port that no policy opens',
    code: 'network/blocked-backend',
    edits: [{ file: 'shop/web-deployment.yaml', find: 'containerPort: 8080', put: 'containerPort: 8088' }],
    in: policies,
  },
  {
    title: 'a load balancer of the cloud is admitted as a namespace',
    code: 'network/blocked-backend',
    edits: [{ file: 'shop/ingress.yaml', find: 'ingressClassName: nginx', put: 'ingressClassName: alb' }],
    in: policies,
  },
  {
    title: 'Prometheus is not admitted to a Service',
    code: 'network/blocked-scrape',
    edits: [{ file: policies, after: api, find: '        - port: 9090', put: '        - port: 9091' }],
  },
  {
    title: 'Prometheus is not admitted to pods',
    code: 'network/blocked-scrape',
    edits: [{ file: policies, after: worker, find: '        - port: 9100', put: '        - port: 9101' }],
  },
  {
    title: 'a policy names a port that no pod has',
    code: 'network/unknown-port',
    edits: [{ file: policies, after: web, find: 'port: 8080', put: 'port: htpp' }],
  },
  {
    title: 'a policy names a port in the wrong protocol',
    code: 'network/unknown-port',
    edits: [
      {
        file: policies,
        after: web,
        find: 'port: 8080\n          protocol: TCP',
        put: 'port: http\n          protocol: UDP',
      },
    ],
  },
  {
    title: 'an egress rule names a port that the callee has not',
    code: 'network/unknown-port',
    edits: [{ file: policies, after: web, find: 'port: 4000', put: 'port: grpc' }],
  },
  {
    title: 'a policy admits every address',
    code: 'network/open-rule',
    edits: [
      {
        file: policies,
        put: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: open, namespace: shop }
spec:
  podSelector: { matchLabels: { app.kubernetes.io/component: web } }
  ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]
`,
      },
    ],
  },
  {
    title: 'a policy allows everything',
    code: 'network/open-rule',
    edits: [{ file: policies, after: 'name: report\n  namespace: shop', find: 'ingress: []', put: 'ingress: [{}]' }],
  },
  {
    title: 'a workload reaches what it does not declare',
    code: 'network/undeclared-connection',
    in: policies,
    edits: [
      {
        file: 'shop/web-deployment.yaml',
        find: '  name: web\n',
        put: '  name: web\n  annotations: { fairlead.dev/calls: "shop/*/api:4000" }\n',
      },
      {
        file: policies,
        put: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-worker, namespace: shop }
spec:
  podSelector: { matchLabels: { app.kubernetes.io/component: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ podSelector: { matchLabels: { app.kubernetes.io/component: worker } } }], ports: [{ port: 9000 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: worker-from-web, namespace: shop }
spec:
  podSelector: { matchLabels: { app.kubernetes.io/component: worker } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app.kubernetes.io/component: web } } }], ports: [{ port: 9000 }] }]
`,
      },
    ],
  },
  {
    title: 'the only label of a policy’s pods is lost',
    code: 'network/open-rule',
    edits: [
      {
        file: policies,
        after: web,
        find: 'matchLabels:\n      app.kubernetes.io/name: shop\n      app.kubernetes.io/component: web\n',
        put: 'matchLabels:\n',
      },
    ],
  },
  {
    title: 'the only label of a peer is lost',
    code: 'network/open-rule',
    edits: [{ file: policies, after: web, find: '              k8s-app: kube-dns\n', put: '' }],
  },
];

export const networkHarmlessEdits: readonly HarmlessEdit[] = [
  {
    title: 'a policy names a port instead of its number',
    edits: [{ file: policies, after: web, find: 'port: 8080', put: 'port: http' }],
  },
  {
    title: 'a range of ports around one',
    edits: [{ file: policies, after: web, find: 'port: 8080', put: 'port: 8000\n          endPort: 8100' }],
  },
  {
    title: 'the protocol of a policy is left to its default',
    edits: [{ file: policies, after: web, find: 'port: 8080\n          protocol: TCP', put: 'port: 8080' }],
  },
  {
    title: 'DNS is allowed to any pod of kube-system',
    edits: [
      {
        file: policies,
        after: web,
        find: '\n          podSelector:\n            matchLabels:\n              k8s-app: kube-dns',
        put: '',
      },
    ],
  },
  {
    title: 'DNS is allowed to everybody',
    edits: [
      {
        file: policies,
        put: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dns, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{ ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }] }]
`,
      },
    ],
  },
  {
    title: 'a selector is written as an expression',
    edits: [
      {
        file: policies,
        after: web,
        find: 'matchLabels:\n      app.kubernetes.io/name: shop\n      app.kubernetes.io/component: web',
        put: 'matchExpressions:\n      - { key: app.kubernetes.io/name, operator: In, values: [shop] }\n      - { key: app.kubernetes.io/component, operator: In, values: [web] }',
      },
    ],
  },
  {
    title: 'policyTypes follow from the rules',
    edits: [{ file: policies, after: web, find: '  policyTypes:\n    - Ingress\n    - Egress\n', put: '' }],
  },
  {
    title: 'a policy for pods that an operator makes',
    edits: [
      {
        file: policies,
        put: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: postgresql, namespace: data }
spec:
  podSelector: { matchLabels: { cnpg.io/cluster: main } }
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }], ports: [{ port: 9187 }] }]
`,
      },
    ],
  },
  {
    title: 'the calls of a workload are declared',
    edits: [
      {
        file: 'shop/web-deployment.yaml',
        find: '  name: web\n',
        put: '  name: web\n  annotations: { fairlead.dev/calls: "shop/Deployment/api:4000" }\n',
      },
      {
        file: 'shop/api-deployment.yaml',
        find: '  name: api\n',
        put: '  name: api\n  annotations: { fairlead.dev/calls: "data/*/database:5432" }\n',
      },
      {
        file: 'shop/worker-deployment.yaml',
        find: '  name: worker\n',
        put: '  name: worker\n  annotations: { fairlead.dev/calls: "data/StatefulSet/database:5432" }\n',
      },
    ],
  },
];
