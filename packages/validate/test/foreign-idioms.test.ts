import { expect, test } from 'vitest';
import { validateManifests } from '../src/index.ts';
import { schemas } from '@fairlead/fixtures';

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

const gateway = (listener: string): string =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: edge, namespace: shop }\nspec: { gatewayClassName: edge, listeners: [{ name: ${listener}, protocol: HTTP, port: 80 }] }\n`;

/** What a folder of another project does, the code it may earn, and how loud that may be at most. */
test.each<[string, Record<string, string>, string, 'error' | 'warning' | 'info' | 'told elsewhere' | undefined]>([
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
    'a Secret of whose name the letters of another are a part',
    { 'a.yaml': `${reads('secrets-store-creds')}${secret('secret')}` },
    'references/missing-secret',
    'warning',
  ],
  [
    'a Secret whose counterpart is there',
    { 'a.yaml': `${reads('external-login')}${secret('internal-login')}` },
    'references/missing-secret',
    'warning',
  ],
  [
    'a Secret that an operator makes, mistyped',
    {
      'a.yaml': `${reads('orders-ap')}apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: orders, namespace: shop }\nspec: { instances: 1, storage: { size: 1Gi } }\n`,
    },
    'references/missing-secret',
    'error',
  ],
  [
    'a namespace that is kept elsewhere',
    {
      'a.yaml': `${workload('web')}apiVersion: v1\nkind: Namespace\nmetadata: { name: catalog }\n`,
    },
    'references/missing-namespace',
    'warning',
  ],
  [
    'a namespace whose name is mistyped',
    {
      'a.yaml': `${workload('web')}apiVersion: v1\nkind: Namespace\nmetadata: { name: shopp }\n`,
    },
    'references/missing-namespace',
    'error',
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
    undefined,
  ],
  [
    'a Service for one pod of a StatefulSet, as of Redis with sentinels',
    {
      'a.yaml': `${workload('redis', { kind: 'StatefulSet', spec: 'replicas: 3, serviceName: redis,' })}${service('redis', 'app: redis')}${service('announce-2', 'app: redis, statefulset.kubernetes.io/pod-name: redis-2')}`,
    },
    'references/service-selects-nothing',
    undefined,
  ],
  [
    'a Service for a pod that the StatefulSet does not have',
    {
      'a.yaml': `${workload('redis', { kind: 'StatefulSet', spec: 'replicas: 3, serviceName: redis,' })}${service('redis', 'app: redis')}${service('announce-3', 'app: redis, statefulset.kubernetes.io/pod-name: redis-3')}`,
    },
    'references/service-selects-nothing',
    'error',
  ],
  [
    'a Service for pods whose labels a custom resource states',
    {
      'a.yaml': `${workload('web')}${service('db', 'tier: db')}apiVersion: example.com/v1\nkind: Database\nmetadata: { name: main, namespace: shop }\nspec: { podTemplate: { metadata: { labels: { tier: db } } } }\n`,
    },
    'references/service-selects-nothing',
    undefined,
  ],
  [
    'a PodMonitor for pods of an operator beside other pods',
    {
      'a.yaml': `${workload('web')}apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: proxies, namespace: shop }\nspec: { selector: { matchLabels: { managed-by: gateway } }, podMetricsEndpoints: [{ port: http }] }\n`,
    },
    'references/monitor-selects-nothing',
    'warning',
  ],
  [
    'a PodMonitor with a slip in a label',
    {
      'a.yaml': `${workload('web')}apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: web, namespace: shop }\nspec: { selector: { matchLabels: { app: wbe } }, podMetricsEndpoints: [{ port: http }] }\n`,
    },
    'references/monitor-selects-nothing',
    'error',
  ],
  [
    'a ServiceMonitor for the API server',
    {
      'a.yaml': `${service('web', 'app: web', 'http', 'default')}${workload('web').replace('namespace: shop', 'namespace: default')}apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: apiserver, namespace: shop }\nspec: { namespaceSelector: { matchNames: [default] }, selector: { matchLabels: { component: apiserver, provider: kubernetes } }, endpoints: [{ port: https }] }\n`,
    },
    'references/monitor-selects-nothing',
    undefined,
  ],
  [
    'the address of the API server beside other Services of its namespace',
    {
      'a.yaml': `${service('web', 'app: web', 'http', 'default')}${workload('web', { container: 'args: ["--server=https://kubernetes.default.svc:443"],' }).replace('namespace: shop', 'namespace: default')}`,
    },
    'references/missing-address',
    undefined,
  ],
  [
    'accounts that `kubectl apply -n` places, bound where they will be',
    {
      'install.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: server }\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: server }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }\nsubjects: [{ kind: ServiceAccount, name: server, namespace: argocd }]\n',
    },
    'references/missing-subject',
    'warning',
  ],
  [
    'an account of another namespace than the binding says',
    {
      'install.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: server, namespace: shop }\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: server }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }\nsubjects: [{ kind: ServiceAccount, name: server, namespace: argocd }]\n',
    },
    'references/missing-subject',
    'error',
  ],
  [
    'SYS_ADMIN without escalation, as API servers take it',
    {
      'a.yaml': workload('frr', {
        container:
          'securityContext: { allowPrivilegeEscalation: false, capabilities: { add: [NET_ADMIN, SYS_ADMIN] } },',
      }),
    },
    'rules/security-context',
    undefined,
  ],
  [
    'a port for probes that the command line names',
    {
      'a.yaml': workload('manager', {
        container:
          'args: ["--health-probe-bind-address=:8081"], livenessProbe: { httpGet: { path: /healthz, port: 8081 } },',
      }),
    },
    'rules/probe-port',
    undefined,
  ],
  [
    'a patch that a kustomization of the old form lists',
    {
      'kustomization.yaml': 'resources: [web.yaml]\npatches: [args.yaml]\n',
      'web.yaml': workload('web'),
      'args.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { template: { spec: { containers: [{ name: a, args: [--v=2] }] } } }\n',
    },
    'validate/duplicate-object',
    undefined,
  ],
  [
    'a chart beside what is applied',
    {
      'web.yaml': workload('web'),
      'charts/api/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
      'charts/api/values.yaml': 'image: example\n',
      'charts/api/templates/deployment.yaml': 'kind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n',
      'charts/api/templates/role.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web }\n',
    },
    'validate/template',
    'warning',
  ],
  [
    'JSON objects one after another, as kubectl takes them',
    {
      'all.json': `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"shop"},"data":{"a":"}{"}}\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b","namespace":"shop"}}\n`,
    },
    'validate/syntax',
    undefined,
  ],
  [
    'settings of a program in the form of an object, and a question to the API server',
    {
      'a.yaml':
        'apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: EnvoyGateway\nlogging: { level: { default: info } }\n',
      'b.json': '{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"a"}}',
    },
    'validate/no-name',
    undefined,
  ],
  [
    'broken YAML that is no manifest',
    { 'snapcraft.yaml': 'name: a\ndescription:| A\n  text\ngrade: stable\n', 'web.yaml': workload('web') },
    'validate/syntax',
    'warning',
  ],
  [
    'an empty value in a ConfigMap',
    { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\ndata:\n  A:\n' },
    'rules/config-value',
    'warning',
  ],
  [
    'a field of a newer version of a custom resource',
    {
      'a.yaml':
        'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: a, namespace: shop }\nspec: { secretName: a, dnsNames: [a.example.com], issuerRef: { name: a, kind: ClusterIssuer }, quantumSafe: true }\n',
    },
    'schema/invalid',
    'warning',
  ],
  [
    'a field of a custom resource in the wrong place',
    {
      'a.yaml':
        'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: a, namespace: shop }\nspec: { secretName: a, issuerRef: { name: a, kind: ClusterIssuer, dnsNames: [a.example.com] } }\n',
    },
    'schema/invalid',
    'error',
  ],
  [
    'a Service for a Deployment whose file is broken',
    {
      'web.yaml': service('web', 'app: web'),
      'deployment.yaml': `${workload('web')}`.replace('kind: Deployment', '\tkind: Deployment'),
      'api.yaml': workload('api'),
    },
    'references/service-selects-nothing',
    'told elsewhere',
  ],
  [
    'a Service for a Deployment of a misspelt kind',
    { 'web.yaml': service('web', 'app: web') + workload('web', { kind: 'Deploymnt' }), 'api.yaml': workload('api') },
    'references/service-selects-nothing',
    'told elsewhere',
  ],
  [
    'a kind under a group that is none',
    { 'web.yaml': workload('web').replace('apps/v1', 'app/v1') },
    'schema/unknown-kind',
    'error',
  ],
  [
    'anti-affinity with a key that no pod has',
    {
      'zk.yaml': workload('zk', { kind: 'StatefulSet', spec: 'replicas: 3,' }).replace(
        'spec: { containers',
        'spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchExpressions: [{ key: name, operator: In, values: [zk] }] } }] } }, containers',
      ),
    },
    'operations/spread-mismatch',
    'warning',
  ],
  [
    'anti-affinity to pods of somebody else',
    {
      'zk.yaml': workload('zk', { kind: 'StatefulSet', spec: 'replicas: 3,' }).replace(
        'spec: { containers',
        'spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: kafka } } }] } }, containers',
      ),
    },
    'operations/spread-mismatch',
    undefined,
  ],
  [
    'objects of Argo CD in the namespace that it lives in',
    {
      'a.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---\napiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: shop, namespace: argocd }\nspec: { sourceRepos: ["*"], destinations: [{ server: "*", namespace: shop }] }\n',
    },
    'references/missing-namespace',
    undefined,
  ],
  [
    'a route for the listener that one of two variants of its Gateway has',
    {
      'one.yaml': gateway('http'),
      'two.yaml': `${gateway('grpc')}---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web, namespace: shop }\nspec: { parentRefs: [{ name: edge, sectionName: grpc }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }] }\n`,
    },
    'references/missing-listener',
    undefined,
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
  [
    'a base that gets its namespace from a kustomization, and a route that names it',
    {
      'apps/network/kustomization.yaml': 'namespace: network\nresources: [gateway.yaml]\n',
      'apps/network/gateway.yaml': gateway('http').replace(', namespace: shop', ''),
      'apps/web/route.yaml':
        'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web, namespace: network }\nspec: { parentRefs: [{ name: edge, namespace: network }] }\n---\n' +
        gateway('http').replace('edge', 'other'),
    },
    'references/missing-gateway',
    undefined,
  ],
  [
    'a Gateway that is in no namespace of that name',
    {
      'apps/network/kustomization.yaml': 'namespace: networks\nresources: [gateway.yaml]\n',
      'apps/network/gateway.yaml': gateway('http').replace(', namespace: shop', ''),
      'apps/web/route.yaml':
        'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web, namespace: shop }\nspec: { parentRefs: [{ name: edge, namespace: network }] }\n',
    },
    'references/missing-gateway',
    'error',
  ],
  [
    'what Flux puts into a namespace, whose name a component lends to all',
    {
      'apps/media/kustomization.yaml':
        'namespace: media\ncomponents: [../../components/common]\nresources: [web.yaml]\n',
      'apps/tools/kustomization.yaml':
        'namespace: tools\ncomponents: [../../components/common]\nresources: [db.yaml]\n',
      'components/common/kustomization.yaml': 'kind: Component\nresources: [namespace.yaml]\n',
      'components/common/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: _ }\n',
      'apps/media/web.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: web }\nspec: { interval: 1h, prune: true, path: ./apps/media/web, targetNamespace: media, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }, dependsOn: [{ name: db, namespace: tools }], postBuild: { substitute: { APP: web } } }\n',
      'apps/tools/db.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: db }\nspec: { interval: 1h, prune: true, path: ./apps/tools/db, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } }\n',
      'apps/media/web/all.yaml': `${workload('web', { container: 'volumeMounts: [{ name: v, mountPath: /v }],' })
        .replace(', namespace: shop', '')
        .replace('"ghcr.io/example/a:1.0.0"', '"ghcr.io/example/a:${TAG:=1.0.0}"')
        .replace(
          'containers:',
          'volumes: [{ name: v, persistentVolumeClaim: { claimName: web } }], containers:',
        )}apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: "\${APP}" }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: "\${SIZE:-1Gi}" } } }\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: "\${APP}" }\nspec: { hostnames: ["\${APP}.\${DOMAIN}"], rules: [{ backendRefs: [{ name: web, namespace: media, port: 80 }] }] }\n---\n${service('web', 'app: web').replace(', namespace: shop', '')}`,
    },
    'rules/name',
    undefined,
  ],
  [
    'variables that something other than Flux fills in',
    { 'a.yaml': workload('web').replace('"ghcr.io/example/a:1.0.0"', '"ghcr.io/${OWNER}/a:${TAG}"') },
    'rules/image',
    'warning',
  ],
  [
    'patches of kubebuilder that are switched off',
    {
      'config/default/kustomization.yaml': 'namespace: shop\nresources: [../manager, ../crd]\n',
      'config/manager/kustomization.yaml': 'resources: [manager.yaml]\n',
      'config/manager/manager.yaml': workload('web'),
      'config/default/manager_auth_proxy_patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { template: { spec: { containers: [{ name: proxy }] } } }\n',
      'config/crd/kustomization.yaml': 'resources: []\n',
      'config/crd/patches/cainjection_in_widgets.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.example.com, annotations: { a: b } }\n',
    },
    'schema/invalid',
    undefined,
  ],
  [
    'a file called a patch that is a resource',
    {
      'kustomization.yaml': 'resources: [web-patch.yaml]\n',
      'web-patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: 1 }\n',
    },
    'rules/incomplete',
    'error',
  ],
  [
    'a sample of a custom resource with nothing filled in',
    {
      'crd.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.example.com }\nspec: { group: example.com, scope: Namespaced, names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer } } } } } } }] }\n',
      'sample.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a, namespace: shop }\nspec:\n',
    },
    'schema/invalid',
    'warning',
  ],
  [
    'a required field of a custom resource that is empty',
    {
      'a.yaml':
        'apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: a, namespace: shop }\nspec:\n  podMetricsEndpoints: [{ port: http }]\n  selector:\n',
    },
    'schema/invalid',
    'error',
  ],
  [
    'an image that ko builds',
    { 'a.yaml': workload('web').replace('"ghcr.io/example/a:1.0.0"', 'ko://github.com/example/web/cmd/web') },
    'rules/image',
    undefined,
  ],
  [
    'examples that are applied one at a time',
    Object.fromEntries(
      ['http', 'grpc', 'tls'].map((name) => [
        `${name}.yaml`,
        `${gateway(name)}---\n${workload(name)}apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { type: NodePort, selector: { app: ${name} }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }] }\n`,
      ]),
    ),
    'validate/duplicate-object',
    'warning',
  ],
  [
    'examples that leave out what the reader has',
    Object.fromEntries(
      ['http', 'grpc', 'tls'].map((name) => [
        `${name}.yaml`,
        `${gateway(name)}---\n${workload(name)}${service(name, `app: ${name}`)}apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: ${name}, namespace: shop }\nspec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: productpage, port: 80 }] }] }\n`,
      ]),
    ),
    'references/missing-service',
    'warning',
  ],
  [
    'two files with one object',
    { 'a.yaml': gateway('http'), 'b.yaml': gateway('http') },
    'validate/duplicate-object',
    'error',
  ],
  [
    'a node port that two Services want',
    Object.fromEntries(
      ['a', 'b'].map((name) => [
        `${name}.yaml`,
        `${workload(name)}apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { type: NodePort, selector: { app: ${name} }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }] }\n`,
      ]),
    ),
    'rules/duplicate-port',
    'error',
  ],
  [
    'a node port of a Service that two examples have',
    Object.fromEntries(
      ['a', 'b'].map((name) => [
        `${name}/all.yaml`,
        `${workload(name)}apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { type: NodePort, selector: { app: ${name} }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }] }\n`,
      ]),
    ),
    'rules/duplicate-port',
    undefined,
  ],
  [
    'autoscalers of what another system put into its namespace',
    {
      'a.yaml': `${workload('web')}apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: { name: collector, namespace: gmp-system }\nspec: { targetRef: { apiVersion: apps/v1, kind: DaemonSet, name: collector } }\n`,
    },
    'references/missing-scale-target',
    'warning',
  ],
  [
    'an account whose namespace a kustomization writes into its binding',
    {
      'config/default/kustomization.yaml': 'namespace: shop\nresources: [../rbac]\n',
      'config/rbac/kustomization.yaml': 'resources: [all.yaml]\n',
      'config/rbac/all.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: speaker }\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: speaker }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }\nsubjects: [{ kind: ServiceAccount, name: speaker }]\n',
    },
    'rules/binding',
    undefined,
  ],
  [
    'a base of two environments, with what one of them adds',
    {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': workload('web', { container: 'resources: { requests: { cpu: 100m } },' }).replace(
        ', namespace: shop',
        '',
      ),
      'overlays/test/kustomization.yaml': 'namespace: test\nresources: [../../base]\n',
      'overlays/live/kustomization.yaml': 'namespace: live\nresources: [../../base, hpa.yaml]\n',
      'overlays/live/hpa.yaml':
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }] }\n',
    },
    'references/missing-scale-target',
    undefined,
  ],
  [
    'a Job of another API group whose name begins like that of Kubernetes',
    {
      'a.yaml': `${workload('web')}apiVersion: batch.volcano.sh/v1alpha1\nkind: Job\nmetadata: { name: a, namespace: shop }\nspec: { minAvailable: 1 }\n`,
    },
    'schema/unknown-kind',
    'warning',
  ],
  [
    'a Deployment of a group that only looks like one of Kubernetes',
    { 'a.yaml': workload('web').replace('apps/v1', 'apps.k8s.io/v1') },
    'schema/unknown-kind',
    'error',
  ],
  [
    'the Service that Tekton makes for an EventListener',
    {
      'a.yaml': `${workload('web')}${service('web', 'app: web')}apiVersion: triggers.tekton.dev/v1beta1\nkind: EventListener\nmetadata: { name: hook, namespace: shop }\nspec: { triggers: [] }\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: hook, namespace: shop }\nspec: { defaultBackend: { service: { name: el-hook, port: { number: 8080 } } } }\n`,
    },
    'references/missing-service',
    undefined,
  ],
])('%s', (_, tree, code, loudest) => {
  const found = judge(tree);
  expect(found.filter((each) => each.endsWith(` ${code}`)).slice(0, 1)).toEqual(
    loudest === undefined || loudest === 'told elsewhere' ? [] : [`${loudest} ${code}`],
  );
  if (loudest === 'told elsewhere') expect(found.some((each) => each.startsWith('error'))).toBe(true);
  else if (loudest !== 'error') {
    // Pods without anything break the levels that namespaces of these trees enforce.
    const errors = found.filter(
      (each) =>
        each.startsWith('error') &&
        each !== 'error security/pod-security' &&
        each !== 'error validate/duplicate-object',
    );
    expect(errors).toEqual([]);
  }
});
