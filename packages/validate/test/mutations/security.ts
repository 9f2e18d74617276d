import type { HarmlessEdit, Mutation } from '../mutation.ts';

const web = 'shop/web-deployment.yaml';
const api = 'shop/api-deployment.yaml';
const worker = 'shop/worker-deployment.yaml';
const rbac = 'shop/rbac.yaml';
const settings = 'shop/configuration.yaml';
const digest = '@sha256:4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f';

const podSecurity = (title: string, file: string, find: string, put: string): Mutation => ({
  title,
  code: 'security/pod-security',
  edits: [{ file, find, put }],
});

const rule = (title: string, text: string): Mutation => ({
  title,
  code: 'security/escalation',
  edits: [
    {
      file: rbac,
      put: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: extra, namespace: shop }
rules: [${text}]
`,
    },
  ],
});

const binding = (title: string, code: Mutation['code'], role: string, subject: string): Mutation => ({
  title,
  code,
  edits: [
    {
      file: rbac,
      put: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: extra }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [${subject}]
`,
    },
  ],
});

const variable = (title: string, name: string, value: string): Mutation => ({
  title,
  code: 'security/plaintext-secret',
  edits: [
    {
      file: web,
      find: '          env:\n',
      put: `          env:\n            - { name: ${name}, value: ${JSON.stringify(value)} }\n`,
    },
  ],
});

export const securityMutations: readonly Mutation[] = [
  podSecurity(
    'a container is privileged',
    web,
    'allowPrivilegeEscalation: false',
    'allowPrivilegeEscalation: false\n            privileged: true',
  ),
  podSecurity('a container may escalate', web, 'allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true'),
  podSecurity('an init container says nothing of escalation', api, '            allowPrivilegeEscalation: false\n', ''),
  podSecurity('a container keeps its capabilities', web, '- ALL', '- NET_RAW'),
  podSecurity('a container adds a capability', web, 'drop:', 'add: [SYS_ADMIN]\n              drop:'),
  podSecurity('a pod may run as root', web, 'runAsNonRoot: true', 'runAsNonRoot: false'),
  podSecurity('a pod runs as user 0', web, 'runAsUser: 10001', 'runAsUser: 0'),
  podSecurity('a pod has no seccomp profile', web, 'type: RuntimeDefault', 'type: Unconfined'),
  podSecurity(
    'a pod uses the network of its node',
    worker,
    '      securityContext:',
    '      hostNetwork: true\n      securityContext:',
  ),
  podSecurity(
    'a pod sees the processes of its node',
    worker,
    '      securityContext:',
    '      hostPID: true\n      securityContext:',
  ),
  podSecurity(
    'a volume is a folder of the node',
    web,
    'emptyDir:\n            sizeLimit: 64Mi',
    'hostPath:\n            path: /tmp',
  ),
  podSecurity(
    'a port is opened on the node',
    web,
    'containerPort: 8080',
    'containerPort: 8080\n              hostPort: 8080',
  ),
  podSecurity('a probe goes to another host', web, 'path: /healthz', 'path: /healthz\n              host: 10.0.0.1'),
  podSecurity(
    'a sysctl is not a safe one',
    web,
    'runAsUser: 10001',
    'runAsUser: 10001\n        sysctls: [{ name: kernel.msgmax, value: "65536" }]',
  ),
  podSecurity(
    'a job is judged like everything else',
    'shop/report-cronjob.yaml',
    'runAsNonRoot: true',
    'runAsNonRoot: false',
  ),
  {
    title: 'a namespace enforces less than its environment',
    code: 'security/namespace-level',
    edits: [{ file: 'cluster/namespaces.yaml', find: 'enforce: restricted', put: 'enforce: privileged' }],
  },
  {
    title: 'a namespace enforces nothing',
    code: 'security/namespace-level',
    edits: [{ file: 'cluster/namespaces.yaml', find: '    pod-security.kubernetes.io/enforce: restricted\n', put: '' }],
  },
  {
    title: 'the level of a namespace has a typo',
    code: 'security/namespace-level',
    edits: [{ file: 'cluster/namespaces.yaml', find: 'enforce: restricted', put: 'enforce: resticted' }],
  },
  {
    title: 'the version of a level is no version',
    code: 'security/namespace-level',
    edits: [{ file: 'cluster/namespaces.yaml', find: 'enforce-version: latest', put: 'enforce-version: "1.34"' }],
  },
  {
    title: 'a wildcard verb',
    code: 'security/escalation',
    edits: [{ file: rbac, find: '      - get\n      - list\n      - watch', put: '      - "*"' }],
  },
  {
    title: 'a wildcard resource',
    code: 'security/escalation',
    edits: [{ file: rbac, find: '      - configmaps', put: '      - "*"' }],
  },
  {
    title: 'a wildcard group',
    code: 'security/escalation',
    edits: [{ file: rbac, find: '- apiGroups:\n      - ""', put: '- apiGroups:\n      - "*"' }],
  },
  {
    title: 'Secrets instead of ConfigMaps',
    code: 'security/escalation',
    edits: [{ file: rbac, find: '      - configmaps', put: '      - secrets' }],
  },
  rule('a role may escalate', '{ apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [escalate] }'),
  rule('a role may bind', '{ apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind] }'),
  rule('a role may impersonate', '{ apiGroups: [""], resources: [serviceaccounts], verbs: [impersonate] }'),
  rule('a role may create pods', '{ apiGroups: [""], resources: [pods], verbs: [create] }'),
  rule('a role may create workloads', '{ apiGroups: [apps], resources: [daemonsets], verbs: [create] }'),
  rule('a role may run commands in pods', '{ apiGroups: [""], resources: [pods/exec], verbs: [create] }'),
  rule('a role may get tokens', '{ apiGroups: [""], resources: [serviceaccounts/token], verbs: [create] }'),
  rule('a role may reach nodes', '{ apiGroups: [""], resources: [nodes/proxy], verbs: [get] }'),
  binding(
    'everybody gets a role',
    'security/powerful-binding',
    'view',
    '{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: system:unauthenticated }',
  ),
  binding(
    'a service account becomes cluster-admin',
    'security/powerful-binding',
    'cluster-admin',
    '{ kind: ServiceAccount, name: api, namespace: shop }',
  ),
  binding(
    'a group is the one that nothing limits',
    'security/powerful-binding',
    'view',
    '{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: system:masters }',
  ),
  {
    title: 'a role is bound to the default service account',
    code: 'security/default-service-account',
    edits: [
      {
        file: rbac,
        find: 'subjects:\n  - kind: ServiceAccount\n    name: worker',
        put: 'subjects:\n  - kind: ServiceAccount\n    name: default',
      },
    ],
  },
  {
    title: 'a workload loses its service account and carries a token',
    code: 'security/default-service-account',
    edits: [
      { file: web, find: 'serviceAccountName: web\n      automountServiceAccountToken: false', put: 'hostname: web' },
    ],
  },
  {
    title: 'a token nobody needs is mounted',
    code: 'security/needless-token',
    edits: [{ file: web, find: 'automountServiceAccountToken: false', put: 'automountServiceAccountToken: true' }],
  },
  {
    title: 'an image is latest',
    code: 'security/image-latest',
    edits: [{ file: web, find: `web${digest}`, put: 'web:latest' }],
  },
  {
    title: 'an image has no tag',
    code: 'security/image-latest',
    edits: [{ file: api, find: `api${digest}`, put: 'api' }],
  },
  {
    title: 'an image has a tag where a digest is demanded',
    code: 'security/image-tag',
    edits: [{ file: web, find: `web${digest}`, put: 'web:1.4.2' }],
  },
  {
    title: 'a Secret in plain text',
    code: 'security/plaintext-secret',
    edits: [
      {
        file: 'shop/plain.yaml',
        put: 'apiVersion: v1\nkind: Secret\nmetadata: { name: plain, namespace: shop }\nstringData: { password: correct-horse }\n',
      },
    ],
  },
  {
    title: 'a Secret in base64',
    code: 'security/plaintext-secret',
    edits: [
      {
        file: 'shop/plain.yaml',
        put: 'apiVersion: v1\nkind: Secret\nmetadata: { name: plain, namespace: shop }\ndata: { password: Y29ycmVjdC1ob3JzZQ== }\n',
      },
    ],
  },
  variable('a password in a variable', 'DATABASE_PASSWORD', 'correct-horse'),
  variable('a password in a URL', 'DATABASE_URL', 'postgresql://shop:correct-horse@db.example.com:5432/shop'),
  variable('an AWS key in a variable', 'ID', 'AKIAIOSFODNN7EXAMPLE'),
  variable('a token in a variable', 'SLACK', 'xoxb-000000000000-abcdefghijkl'),
  {
    title: 'a connection string in a ConfigMap',
    code: 'security/plaintext-secret',
    edits: [
      {
        file: settings,
        find: 'LOG_LEVEL: info',
        put: 'LOG_LEVEL: info\n  CONNECTION: "Server=db;User Id=shop;Password=correct-horse;"',
      },
    ],
  },
  {
    title: 'a password in a file of a ConfigMap',
    code: 'security/plaintext-secret',
    edits: [
      {
        file: settings,
        find: 'LOG_LEVEL: info',
        put: 'LOG_LEVEL: info\n  app.properties: |\n    mode=fast\n    db.password=correct-horse',
      },
    ],
  },
  {
    title: 'a private key in a ConfigMap',
    code: 'security/plaintext-secret',
    edits: [
      {
        file: settings,
        find: 'LOG_LEVEL: info',
        put: 'LOG_LEVEL: info\n  key.pem: |\n    -----BEGIN RSA PRIVATE KEY-----\n    MIIE\n    -----END RSA PRIVATE KEY-----',
      },
    ],
  },
  {
    title: 'a token in an argument',
    code: 'security/plaintext-secret',
    edits: [{ file: worker, find: '- /app/worker', put: '- /app/worker\n            - --password=correct-horse' }],
  },
  {
    title: 'a token in an annotation',
    code: 'security/plaintext-secret',
    edits: [
      {
        file: web,
        find: '  name: web\n',
        put: '  name: web\n  annotations: { note: "ghp_0123456789abcdefghijABCDEFGHIJ012345" }\n',
      },
    ],
  },
  {
    title: 'a Service becomes a public load balancer',
    code: 'security/open-load-balancer',
    edits: [{ file: 'shop/web-service.yaml', find: 'type: ClusterIP', put: 'type: LoadBalancer' }],
  },
  {
    title: 'a load balancer admits every address in words',
    code: 'security/open-load-balancer',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: 'type: ClusterIP',
        put: 'type: LoadBalancer\n  loadBalancerSourceRanges: [10.0.0.0/8, 0.0.0.0/0]',
      },
    ],
  },
  {
    title: 'a Service becomes a NodePort',
    code: 'security/node-port',
    edits: [{ file: 'shop/api-service.yaml', find: 'type: ClusterIP', put: 'type: NodePort' }],
  },
  {
    title: 'an Ingress loses its TLS',
    code: 'security/no-tls',
    edits: [
      {
        file: 'shop/ingress.yaml',
        find: '  tls:\n    - hosts:\n        - shop.example.com\n      secretName: web-tls\n',
        put: '',
      },
    ],
  },
  {
    title: 'an Ingress has TLS for another host',
    code: 'security/no-tls',
    edits: [{ file: 'shop/ingress.yaml', find: '- shop.example.com', put: '- www.example.com' }],
  },
  {
    title: 'a Gateway serves plain HTTP',
    code: 'security/no-tls',
    edits: [
      {
        file: 'shop/gateway.yaml',
        find: '      protocol: HTTPS\n      port: 443\n      hostname: "*.partners.example.com"\n      tls:\n        mode: Terminate\n        certificateRefs:\n          - name: web-tls\n',
        put: '      protocol: HTTP\n      port: 80\n      hostname: "*.partners.example.com"\n',
      },
    ],
  },
];

export const securityHarmlessEdits: readonly HarmlessEdit[] = [
  {
    title: 'the seccomp profile stands on the container',
    edits: [
      {
        file: web,
        find: 'allowPrivilegeEscalation: false',
        put: 'allowPrivilegeEscalation: false\n            seccompProfile: { type: RuntimeDefault }',
      },
    ],
  },
  {
    title: 'a container may bind low ports',
    edits: [{ file: web, find: 'drop:', put: 'add: [NET_BIND_SERVICE]\n              drop:' }],
  },
  {
    title: 'variables that only sound secret',
    edits: [
      {
        file: settings,
        find: 'LOG_LEVEL: info',
        put: [
          'LOG_LEVEL: info',
          'TOKEN_TTL: "3600"',
          'PASSWORD_FILE: /run/secrets/password',
          'DB_PASSWORD: ${DB_PASSWORD}',
          'API_TOKEN: REPLACE_ME',
          'EXISTING_SECRET: api-credentials',
          'ALLOW_EMPTY_PASSWORD: "no"',
          'CHECKSUM: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          'TENANT: 3f2504e0-4f89-11d3-9a0c-0305e82c3301',
          'DOCS: https://docs.example.com/a/very/long/path/with-Many-Words-1234567890/and?query=AbCdEfGh',
          'SETTINGS: eyJmZWF0dXJlcyI6IHsiY2hlY2tvdXQiOiB0cnVlfX0=',
          'ca.crt: |\n    -----BEGIN CERTIFICATE-----\n    MIIBszCCAVmgAwIBAgIUQ2h1Y2tOb3JyaXM\n    -----END CERTIFICATE-----',
        ].join('\n  '),
      },
    ],
  },
  {
    title: 'a checksum annotation',
    edits: [
      {
        file: web,
        find: '    metadata:\n      labels:',
        put: '    metadata:\n      annotations: { checksum/config: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 }\n      labels:',
      },
    ],
  },
  {
    title: 'an image with both a tag and a digest',
    edits: [{ file: web, find: `web${digest}`, put: `web:1.4.2${digest}` }],
  },
  {
    title: 'an internal load balancer',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: '  name: web\n',
        put: '  name: web\n  annotations: { networking.gke.io/load-balancer-type: Internal }\n',
      },
      { file: 'shop/web-service.yaml', find: 'type: ClusterIP', put: 'type: LoadBalancer' },
    ],
  },
  {
    title: 'a Gateway with a plain listener for redirects beside TLS',
    edits: [
      {
        file: 'shop/gateway.yaml',
        find: '  listeners:\n',
        put: '  listeners:\n    - { name: http, protocol: HTTP, port: 80, hostname: "*.partners.example.com" }\n',
      },
    ],
  },
  {
    title: 'a role for one named Secret',
    edits: [
      {
        file: rbac,
        put: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: extra, namespace: shop }
rules: [{ apiGroups: [""], resources: [secrets], resourceNames: [api-credentials], verbs: [get] }]
`,
      },
    ],
  },
];
