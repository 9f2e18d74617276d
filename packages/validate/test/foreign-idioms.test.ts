import { expect, test } from 'vitest';
import { validateManifests } from '../src/index.ts';
import { schemas } from './mutation.ts';

/** Codes with severity of what is found in somebody else's folder. */
function judge(tree: Readonly<Record<string, string>>): string[] {
  const documents = Object.entries(tree).map(([file, text]) => ({ file, text }));
  const { diagnostics } = validateManifests({ documents, kubernetes: '1.34', context: 'folder', schemas });
  return diagnostics.map((each) => `${each.severity} ${each.code}`);
}

/** A Deployment or StatefulSet in one line; `spec` goes into its spec, `container` into its container. */
function workload(
  name: string,
  {
    kind = 'Deployment',
    labels = `app: ${name}`,
    port = '{ name: http, containerPort: 8080 }',
    spec = '',
    container = '',
  } = {},
): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} selector: { matchLabels: { ${labels} } }, template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: a, image: "ghcr.io/example/a:1.0.0", ${container} ports: [${port}] }] } } }
---
`;
}

const service = (name: string, selector: string, port = 'http', namespace = 'shop'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { ${selector} }, ports: [{ name: http, port: 80, targetPort: ${port} }] }\n---\n`;

const secret = (name: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: shop }\nstringData: { password: "" }\n---\n`;

const reads = (name: string): string =>
  workload('api', { container: `env: [{ name: P, valueFrom: { secretKeyRef: { name: ${name}, key: password } } }],` });

/** What a folder of another project does, the code it may earn, and how loud that may be at most. */
test.each<[string, Record<string, string>, string, 'error' | 'warning' | 'info' | undefined]>([
  [
    'the pod of `helm create` that tests the Service has no ports',
    {
      'a.yaml': `${workload('web', { labels: 'app.kubernetes.io/name: web' })}${service('web', 'app.kubernetes.io/name: web')}apiVersion: v1\nkind: Pod\nmetadata: { name: web-test-connection, namespace: shop, labels: { app.kubernetes.io/name: web }, annotations: { helm.sh/hook: test } }\nspec: { restartPolicy: Never, containers: [{ name: wget, image: busybox, command: [wget], args: ["web:80"] }] }\n`,
    },
    'references/missing-target-port',
    undefined,
  ],
  [
    'a gossip Service selects all of an application, of which the gateway has no such port',
    {
      'a.yaml': `${workload('read', { labels: 'app: loki, part: read', port: '{ name: gossip, containerPort: 7946 }' })}${workload('gateway', { labels: 'app: loki, part: gateway' })}${service('gossip', 'app: loki', 'gossip')}`,
    },
    'references/missing-target-port',
    'warning',
  ],
  [
    'no pod at all has the port',
    { 'a.yaml': `${workload('web')}${service('web', 'app: web', 'htpp')}` },
    'references/missing-target-port',
    'error',
  ],
  [
    'a Secret that is made by hand',
    { 'a.yaml': `${reads('api-env')}${secret('database')}` },
    'references/missing-secret',
    'warning',
  ],
  [
    'a Secret whose name is mistyped',
    { 'a.yaml': `${reads('databse')}${secret('database')}` },
    'references/missing-secret',
    'error',
  ],
  [
    'the one replica of Argo CD’s controller, whose Service nobody made',
    {
      'a.yaml': `${workload('controller', { kind: 'StatefulSet', spec: 'serviceName: controller,' })}${workload('web')}${service('web', 'app: web')}`,
    },
    'references/missing-service',
    'warning',
  ],
  [
    'three replicas without names',
    {
      'a.yaml': `${workload('db', { kind: 'StatefulSet', spec: 'replicas: 3, serviceName: database,' })}${workload('web')}${service('web', 'app: web')}`,
    },
    'references/missing-service',
    'error',
  ],
  [
    'two controllers under one label, which no Service selects',
    { 'a.yaml': workload('horizontal', { labels: 'app: scaler' }) + workload('vertical', { labels: 'app: scaler' }) },
    'rules/overlapping-selectors',
    'warning',
  ],
  [
    'a Deployment copied with the labels of another, behind its Service',
    {
      'a.yaml': `${workload('web')}${workload('admin', { labels: 'app: web' })}${service('web', 'app: web')}`,
    },
    'rules/overlapping-selectors',
    'error',
  ],
  [
    'one object in two folders for two environments',
    { 'dev/web.yaml': workload('web'), 'prod/web.yaml': workload('web') },
    'validate/duplicate-object',
    'warning',
  ],
  [
    'one object in two files of one folder',
    { 'prod/web.yaml': workload('web'), 'prod/web-2.yaml': workload('web') },
    'validate/duplicate-object',
    'error',
  ],
  [
    'a Service for the scheduler of the control plane',
    {
      'a.yaml': `${workload('agent').replace('namespace: shop', 'namespace: kube-system')}${service('scheduler', 'component: kube-scheduler', '10259', 'kube-system')}`,
    },
    'references/service-selects-nothing',
    'warning',
  ],
  [
    'a PodMonitor for pods that an operator makes',
    {
      'a.yaml': `${workload('web')}apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: kafka, namespace: shop }\nspec: { selector: { matchExpressions: [{ key: strimzi.io/kind, operator: In, values: [Kafka] }] }, podMetricsEndpoints: [{ port: tcp-prometheus }] }\n`,
    },
    'references/monitor-selects-nothing',
    undefined,
  ],
  [
    'a ServiceAccount of the binding’s own namespace',
    {
      'a.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: ci, namespace: shop }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }\nsubjects: [{ kind: ServiceAccount, name: default }]\n',
    },
    'rules/binding',
    'info',
  ],
  [
    'a ServiceAccount of no namespace at all',
    {
      'a.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: ci }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }\nsubjects: [{ kind: ServiceAccount, name: ci }]\n',
    },
    'rules/binding',
    'error',
  ],
  [
    'a User with a namespace, as in the cluster autoscaler’s own manifests',
    {
      'a.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: ci }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }\nsubjects: [{ kind: User, apiGroup: rbac.authorization.k8s.io, name: ci, namespace: kube-system }]\n',
    },
    'rules/binding',
    'warning',
  ],
  [
    'a Secret that SOPS encrypted',
    {
      'a.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: shop }\ndata: { token: "ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]" }\nsops: { mac: "ENC[AES256_GCM,data:a]", version: 3.9.0 }\n',
    },
    'schema/invalid',
    undefined,
  ],
  [
    'a namespace without level beside two that enforce one',
    {
      'a.yaml': [
        ...['one', 'two', 'shop'].map(
          (name) =>
            `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${name === 'shop' ? 'team: a' : 'pod-security.kubernetes.io/enforce: restricted'} } }\n---\n`,
        ),
        ...['one', 'two', 'shop'].map((name) => workload('web').replace('namespace: shop', `namespace: ${name}`)),
      ].join(''),
    },
    'security/namespace-level',
    'warning',
  ],
  [
    'routes of Istio and Traefik to Services that are there, or are none',
    {
      'a.yaml': `${workload('web', { labels: 'app: web, version: v1' })}${service('web', 'app: web')}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: ["*"], gateways: [mesh, istio-system/public], http: [{ route: [{ destination: { host: web, subset: v1, port: { number: 80 } } }, { destination: { host: api.example.com } }] }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: shop }
spec: { host: web.shop.svc.cluster.local, subsets: [{ name: v1, labels: { version: v1 } }] }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: dashboard, namespace: shop }
spec: { routes: [{ match: PathPrefix(\`/\`), kind: Rule, services: [{ name: api@internal, kind: TraefikService }, { name: web, port: 80 }], middlewares: [{ name: auth@file }] }] }
`,
    },
    'references/missing-service',
    undefined,
  ],
  [
    'namespaces none of which states a level',
    { 'a.yaml': `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---\n${workload('web')}` },
    'security/namespace-level',
    undefined,
  ],
])('%s', (_, tree, code, loudest) => {
  const found = judge(tree);
  expect(found.filter((each) => each.endsWith(` ${code}`)).slice(0, 1)).toEqual(
    loudest === undefined ? [] : [`${loudest} ${code}`],
  );
  if (loudest !== 'error') {
    // Pods without anything break the levels that namespaces of these trees enforce.
    const errors = found.filter((each) => each.startsWith('error') && each !== 'error security/pod-security');
    expect(errors).toEqual([]);
  }
});
