import type { HarmlessEdit, Mutation } from '../mutation.ts';

const api = 'shop/api-deployment.yaml';
const web = 'shop/web-deployment.yaml';
const worker = 'shop/worker-deployment.yaml';

export const referencesMutations: readonly Mutation[] = [
  {
    title: 'envFrom names a ConfigMap with a typo',
    code: 'references/missing-config-map',
    edits: [{ file: api, find: 'name: api-settings', put: 'name: api-setings' }],
  },
  {
    title: 'the ConfigMap is renamed',
    code: 'references/missing-config-map',
    in: api,
    edits: [{ file: 'shop/configuration.yaml', find: 'name: api-settings', put: 'name: settings' }],
  },
  {
    title: 'the ConfigMap moves to another namespace',
    code: 'references/missing-config-map',
    in: api,
    edits: [{ file: 'shop/configuration.yaml', find: 'namespace: shop', put: 'namespace: data' }],
  },
  {
    title: 'the file of ConfigMaps is deleted',
    code: 'references/missing-config-map',
    in: web,
    edits: [{ file: 'shop/configuration.yaml', remove: true }],
  },
  {
    title: 'a ConfigMap key is renamed',
    code: 'references/missing-key',
    in: api,
    edits: [{ file: 'shop/configuration.yaml', find: 'LOG_LEVEL:', put: 'LOGLEVEL:' }],
  },
  {
    title: 'a volume projects a key that is gone',
    code: 'references/missing-key',
    in: web,
    edits: [{ file: 'shop/configuration.yaml', find: 'nginx.conf:', put: 'default.conf:' }],
  },
  {
    title: 'a projected source asks for a missing key',
    code: 'references/missing-key',
    edits: [{ file: api, find: 'key: features.json', put: 'key: feature.json' }],
  },
  {
    title: 'an env variable asks a Secret for a missing key',
    code: 'references/missing-key',
    edits: [{ file: api, find: 'key: username', put: 'key: user' }],
  },
  {
    title: 'an ExternalSecret stops writing a key',
    code: 'references/missing-key',
    in: api,
    edits: [{ file: 'shop/secrets.yaml', find: 'secretKey: password', put: 'secretKey: passwd' }],
  },
  {
    title: 'an ExternalSecret writes another Secret',
    code: 'references/missing-secret',
    in: api,
    edits: [{ file: 'shop/secrets.yaml', after: 'target:', find: 'name: api-credentials', put: 'name: credentials' }],
  },
  {
    title: 'a SecretProviderClass drops the Secret it syncs',
    code: 'references/missing-secret',
    in: worker,
    edits: [{ file: 'shop/secrets.yaml', find: 'secretName: worker-secrets', put: 'secretName: worker-secret' }],
  },
  {
    title: 'a SecretProviderClass syncs another key',
    code: 'references/missing-key',
    in: worker,
    edits: [{ file: 'shop/secrets.yaml', find: '- key: token', put: '- key: value' }],
  },
  {
    title: 'a synced Secret is read but its class is no longer mounted',
    code: 'references/unmounted-secret',
    edits: [
      {
        file: worker,
        find: '          csi:\n            driver: secrets-store.csi.k8s.io\n            readOnly: true\n            volumeAttributes:\n              secretProviderClass: worker-secrets',
        put: '          emptyDir: {}',
      },
    ],
  },
  {
    title: 'a volume names a missing SecretProviderClass',
    code: 'references/missing-secret-provider-class',
    edits: [{ file: worker, find: 'secretProviderClass: worker-secrets', put: 'secretProviderClass: worker' }],
  },
  {
    title: 'a pull secret does not exist',
    code: 'references/missing-pull-secret',
    edits: [
      {
        file: web,
        find: '      priorityClassName',
        put: '      imagePullSecrets:\n        - name: registry\n      priorityClassName',
      },
    ],
  },
  {
    title: 'a Service selector has a typo',
    code: 'references/service-selects-nothing',
    edits: [{ file: 'shop/web-service.yaml', after: 'selector', find: 'component: web', put: 'component: wbe' }],
  },
  {
    title: 'a Service moves to another namespace',
    code: 'references/service-selects-nothing',
    edits: [{ file: 'shop/web-service.yaml', find: 'namespace: shop', put: 'namespace: data' }],
  },
  {
    title: 'pod labels change and the Service stays behind',
    code: 'references/service-selects-nothing',
    in: 'shop/web-service.yaml',
    edits: [{ file: web, after: 'template:', find: 'component: web', put: 'component: frontend' }],
  },
  {
    title: 'a Service targets a port name that no container has',
    code: 'references/missing-target-port',
    edits: [{ file: 'shop/web-service.yaml', find: 'targetPort: http', put: 'targetPort: web' }],
  },
  {
    title: 'a container port is renamed',
    code: 'references/missing-target-port',
    in: 'shop/web-service.yaml',
    edits: [{ file: web, find: '- name: http', put: '- name: www' }],
  },
  {
    title: 'a Service targets a number that no container declares',
    code: 'references/undeclared-target-port',
    edits: [{ file: 'shop/api-service.yaml', find: 'targetPort: 4000', put: 'targetPort: 4001' }],
  },
  {
    title: 'the protocol of a Service port differs from the container',
    code: 'references/missing-target-port',
    edits: [{ file: 'shop/web-service.yaml', find: 'protocol: TCP', put: 'protocol: UDP' }],
  },
  {
    title: 'the headless Service of a StatefulSet is missing',
    code: 'references/missing-service',
    edits: [{ file: 'data/database.yaml', find: 'serviceName: database-members', put: 'serviceName: database-peers' }],
  },
  {
    title: 'a StatefulSet names a Service with a cluster IP',
    code: 'references/service-not-headless',
    edits: [{ file: 'data/database.yaml', find: 'serviceName: database-members', put: 'serviceName: database' }],
  },
  {
    title: 'an Ingress backend has a typo',
    code: 'references/missing-service',
    edits: [{ file: 'shop/ingress.yaml', after: 'service:', find: 'name: web', put: 'name: wbe' }],
  },
  {
    title: 'the Service behind an Ingress is deleted',
    code: 'references/missing-service',
    in: 'shop/ingress.yaml',
    edits: [{ file: 'shop/web-service.yaml', remove: true }],
  },
  {
    title: 'an Ingress names a port that the Service lacks',
    code: 'references/missing-service-port',
    edits: [{ file: 'shop/ingress.yaml', find: 'name: http', put: 'name: https' }],
  },
  {
    title: 'an Ingress uses the container port instead of the Service port',
    code: 'references/missing-service-port',
    edits: [{ file: 'shop/ingress.yaml', find: 'number: 4000', put: 'number: 8080' }],
  },
  {
    title: 'an Ingress class does not exist',
    code: 'references/missing-ingress-class',
    edits: [{ file: 'shop/ingress.yaml', find: 'ingressClassName: nginx', put: 'ingressClassName: ngnix' }],
  },
  {
    title: 'an Ingress names no class',
    code: 'references/no-ingress-class',
    edits: [{ file: 'shop/ingress.yaml', find: '  ingressClassName: nginx\n', put: '' }],
  },
  {
    title: 'nobody makes the TLS Secret of an Ingress',
    code: 'references/missing-secret',
    edits: [{ file: 'shop/ingress.yaml', find: 'secretName: web-tls', put: 'secretName: shop-tls' }],
  },
  {
    title: 'a Certificate writes another Secret',
    code: 'references/missing-secret',
    in: 'shop/ingress.yaml',
    edits: [{ file: 'shop/secrets.yaml', find: 'secretName: web-tls', put: 'secretName: web-cert' }],
  },
  {
    title: 'a Gateway class does not exist',
    code: 'references/missing-gateway-class',
    edits: [{ file: 'shop/gateway.yaml', find: 'gatewayClassName: envoy', put: 'gatewayClassName: evnoy' }],
  },
  {
    title: 'a route attaches to a missing Gateway',
    code: 'references/missing-gateway',
    edits: [{ file: 'shop/gateway.yaml', after: 'parentRefs', find: 'name: partners', put: 'name: partner' }],
  },
  {
    title: 'a route attaches to a missing listener',
    code: 'references/missing-listener',
    edits: [{ file: 'shop/gateway.yaml', find: 'sectionName: https', put: 'sectionName: http' }],
  },
  {
    title: 'a route asks for a host that the listener does not serve',
    code: 'references/route-hostname',
    edits: [{ file: 'shop/gateway.yaml', find: 'api.partners.example.com', put: 'api.partner.example.com' }],
  },
  {
    title: 'a listener takes routes of another kind only',
    code: 'references/route-not-allowed',
    edits: [
      {
        file: 'shop/gateway.yaml',
        find: '      allowedRoutes:\n',
        put: '      allowedRoutes:\n        kinds:\n          - kind: GRPCRoute\n',
      },
    ],
  },
  {
    title: 'a Gateway in another namespace takes only its own routes',
    code: 'references/route-not-allowed',
    edits: [
      { file: 'shop/gateway.yaml', find: 'namespace: shop', put: 'namespace: data' },
      {
        file: 'shop/gateway.yaml',
        find: '    - name: partners\n      sectionName',
        put: '    - name: partners\n      namespace: data\n      sectionName',
      },
    ],
  },
  {
    title: 'a route backend has no such port',
    code: 'references/missing-service-port',
    edits: [{ file: 'shop/gateway.yaml', find: 'port: 4000', put: 'port: 80' }],
  },
  {
    title: 'a route goes to another namespace without a grant',
    code: 'references/missing-reference-grant',
    edits: [
      {
        file: 'shop/gateway.yaml',
        find: '        - name: api\n          port: 4000',
        put: '        - name: database\n          namespace: data\n          port: 5432',
      },
    ],
  },
  {
    title: 'an autoscaler scales something that is gone',
    code: 'references/missing-scale-target',
    edits: [{ file: 'shop/autoscaling.yaml', after: 'scaleTargetRef', find: 'name: web', put: 'name: frontend' }],
  },
  {
    title: 'an autoscaler names the wrong kind',
    code: 'references/missing-scale-target',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'kind: Deployment', put: 'kind: StatefulSet' }],
  },
  {
    title: 'an autoscaler names the wrong API group',
    code: 'references/missing-scale-target',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'apiVersion: apps/v1', put: 'apiVersion: extensions/v1beta1' }],
  },
  {
    title: 'a Deployment is renamed under its autoscaler',
    code: 'references/missing-scale-target',
    in: 'shop/autoscaling.yaml',
    edits: [{ file: api, find: 'name: api', put: 'name: backend' }],
  },
  {
    title: 'a ScaledObject scales something that is gone',
    code: 'references/missing-scale-target',
    edits: [
      { file: 'shop/autoscaling.yaml', after: 'ScaledObject', find: '    name: worker', put: '    name: wroker' },
    ],
  },
  {
    title: 'a KEDA trigger names a missing authentication',
    code: 'references/missing-trigger-authentication',
    edits: [
      {
        file: 'shop/autoscaling.yaml',
        find: '    - type: prometheus',
        put: '    - type: prometheus\n      authenticationRef:\n        name: queue',
      },
    ],
  },
  {
    title: 'a disruption budget guards nothing',
    code: 'references/budget-selects-nothing',
    edits: [{ file: 'shop/disruption-budgets.yaml', find: 'component: web', put: 'component: website' }],
  },
  {
    title: 'a disruption budget lies in another namespace',
    code: 'references/budget-selects-nothing',
    edits: [{ file: 'shop/disruption-budgets.yaml', find: 'namespace: shop', put: 'namespace: data' }],
  },
  {
    title: 'a ServiceMonitor scrapes a missing port',
    code: 'references/missing-metrics-port',
    edits: [{ file: 'shop/monitoring.yaml', find: 'port: metrics', put: 'port: metric' }],
  },
  {
    title: 'a Service port loses its name under a ServiceMonitor',
    code: 'references/missing-metrics-port',
    in: 'shop/monitoring.yaml',
    edits: [{ file: 'shop/api-service.yaml', find: 'name: metrics', put: 'name: prometheus' }],
  },
  {
    title: 'a ServiceMonitor selects nothing',
    code: 'references/monitor-selects-nothing',
    edits: [{ file: 'shop/monitoring.yaml', find: 'component: api', put: 'component: backend' }],
  },
  {
    title: 'a ServiceMonitor looks into another namespace',
    code: 'references/monitor-selects-nothing',
    edits: [
      {
        file: 'shop/monitoring.yaml',
        find: '  endpoints:',
        put: '  namespaceSelector:\n    matchNames:\n      - data\n  endpoints:',
      },
    ],
  },
  {
    title: 'a PodMonitor scrapes a missing port',
    code: 'references/missing-metrics-port',
    edits: [{ file: 'shop/monitoring.yaml', after: 'podMetricsEndpoints', find: 'port: metrics', put: 'port: http' }],
  },
  {
    title: 'a PodMonitor selects nothing',
    code: 'references/monitor-selects-nothing',
    edits: [
      { file: 'shop/monitoring.yaml', after: 'PodMonitor', find: 'component: worker', put: 'component: workers' },
    ],
  },
  {
    title: 'a ServiceAccount does not exist',
    code: 'references/missing-service-account',
    edits: [{ file: web, find: 'serviceAccountName: web', put: 'serviceAccountName: website' }],
  },
  {
    title: 'a PriorityClass does not exist',
    code: 'references/missing-priority-class',
    edits: [{ file: web, find: 'priorityClassName: business', put: 'priorityClassName: bussiness' }],
  },
  {
    title: 'a PriorityClass is deleted',
    code: 'references/missing-priority-class',
    in: api,
    edits: [{ file: 'cluster/priority-class.yaml', remove: true }],
  },
  {
    title: 'a StorageClass does not exist',
    code: 'references/missing-storage-class',
    edits: [{ file: 'data/database.yaml', find: 'storageClassName: fast', put: 'storageClassName: faster' }],
  },
  {
    title: 'a claim does not exist',
    code: 'references/missing-claim',
    edits: [
      {
        file: web,
        find: 'emptyDir:\n            sizeLimit: 64Mi',
        put: 'persistentVolumeClaim:\n            claimName: cache',
      },
    ],
  },
  {
    title: 'an object goes to a namespace that nobody declares',
    code: 'references/missing-namespace',
    edits: [{ file: 'shop/report-cronjob.yaml', find: 'namespace: shop', put: 'namespace: shpo' }],
  },
  {
    title: 'a Namespace is deleted',
    code: 'references/missing-namespace',
    in: 'data/database.yaml',
    edits: [{ file: 'cluster/namespaces.yaml', find: 'name: data', put: 'name: date' }],
  },
  {
    title: 'a Certificate names a missing issuer',
    code: 'references/missing-issuer',
    edits: [{ file: 'shop/secrets.yaml', find: 'name: letsencrypt', put: 'name: letsencript' }],
  },
  {
    title: 'a Certificate forgets that its issuer is cluster-wide',
    code: 'references/missing-issuer',
    edits: [{ file: 'shop/secrets.yaml', find: 'kind: ClusterIssuer', put: 'kind: Issuer' }],
  },
  {
    title: 'an ExternalSecret names a missing store',
    code: 'references/missing-secret-store',
    edits: [{ file: 'shop/secrets.yaml', find: 'name: vault', put: 'name: valut' }],
  },
  {
    title: 'a RoleBinding names a missing Role',
    code: 'references/missing-role',
    edits: [{ file: 'shop/rbac.yaml', after: 'roleRef', find: 'name: worker', put: 'name: wroker' }],
  },
  {
    title: 'a RoleBinding takes a Role for a ClusterRole',
    code: 'references/missing-role',
    edits: [{ file: 'shop/rbac.yaml', find: '  kind: Role\n', put: '  kind: ClusterRole\n' }],
  },
  {
    title: 'a RoleBinding names a missing ClusterRole',
    code: 'references/missing-role',
    edits: [{ file: 'shop/rbac.yaml', find: 'name: view', put: 'name: viewer' }],
  },
  {
    title: 'a subject is in the wrong namespace',
    code: 'references/missing-subject',
    edits: [{ file: 'shop/rbac.yaml', after: 'subjects', find: 'namespace: shop', put: 'namespace: data' }],
  },
  {
    title: 'a subject has a typo',
    code: 'references/missing-subject',
    edits: [{ file: 'shop/rbac.yaml', after: 'subjects', find: 'name: worker', put: 'name: worke' }],
  },
  {
    title: 'an Application names a missing project',
    code: 'references/missing-project',
    edits: [{ file: 'delivery/argocd.yaml', find: 'project: shop', put: 'project: shpo' }],
  },
  {
    title: 'an Application goes where its project does not allow it to',
    code: 'references/destination-not-allowed',
    edits: [
      { file: 'delivery/argocd.yaml', after: 'destination:', find: 'namespace: shop', put: 'namespace: monitoring' },
    ],
  },
  {
    title: 'an Application reads a repository that its project does not allow',
    code: 'references/source-not-allowed',
    edits: [
      {
        file: 'delivery/argocd.yaml',
        find: 'repoURL: https://git.example.com/shop/manifests.git',
        put: 'repoURL: https://git.example.com/fork/manifests.git',
      },
    ],
  },
  {
    title: 'a Flux Kustomization waits for one that does not exist',
    code: 'references/missing-dependency',
    edits: [{ file: 'delivery/flux.yaml', put: flux('a', 'fleet', ['b']) }],
    in: 'delivery/flux.yaml',
  },
  {
    title: 'Flux Kustomizations wait for one another',
    code: 'references/dependency-cycle',
    edits: [{ file: 'delivery/flux.yaml', put: `${flux('a', 'fleet', ['b'])}---\n${flux('b', 'fleet', ['a'])}` }],
  },
  {
    title: 'a Flux Kustomization names a missing source',
    code: 'references/missing-flux-source',
    edits: [{ file: 'delivery/flux.yaml', put: flux('a', 'flete', []) }],
  },
  {
    title: 'a webhook calls a missing Service',
    code: 'references/missing-service',
    edits: [
      {
        file: 'cluster/webhook.yaml',
        put: 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: policy\nwebhooks:\n  - name: policy.example.com\n    admissionReviewVersions: [v1]\n    sideEffects: None\n    timeoutSeconds: 5\n    failurePolicy: Ignore\n    clientConfig:\n      service:\n        name: policy\n        namespace: shop\n',
      },
    ],
  },
  {
    title: 'a sync wave is no number',
    code: 'references/late-wave',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: '  labels:',
        put: '  annotations:\n    argocd.argoproj.io/sync-wave: first\n  labels:',
      },
    ],
  },
  {
    title: 'an address names a Service that does not exist',
    code: 'references/missing-address',
    edits: [{ file: web, find: 'http://api.shop.svc', put: 'http://apy.shop.svc' }],
  },
  {
    title: 'an address names a port that the Service lacks',
    code: 'references/missing-address',
    edits: [{ file: web, find: 'cluster.local:4000', put: 'cluster.local:4001' }],
  },
  {
    title: 'a host in a ConfigMap is in the wrong namespace',
    code: 'references/missing-address',
    edits: [{ file: 'shop/configuration.yaml', find: 'database.data.svc', put: 'database.shop.svc' }],
  },
  {
    title: 'a cluster domain has a typo',
    code: 'references/missing-address',
    edits: [{ file: 'shop/configuration.yaml', find: 'cluster.local', put: 'cluster.locla' }],
  },
  {
    title: 'a subPath that the ConfigMap does not have',
    code: 'references/missing-key',
    edits: [{ file: web, find: 'subPath: nginx.conf', put: 'subPath: default.conf' }],
  },
  {
    title: 'a Secret copies an object that is not fetched',
    code: 'references/missing-secret-object',
    edits: [{ file: 'shop/secrets.yaml', after: 'secretObjects', find: 'objectName: token', put: 'objectName: tokn' }],
  },
  {
    title: 'a provider fetches an object under another name',
    code: 'references/missing-secret-object',
    edits: [{ file: 'shop/secrets.yaml', find: '- objectName: token', put: '- objectName: tokn' }],
  },
  {
    title: 'a Certificate for another host',
    code: 'references/certificate-host',
    in: 'shop/ingress.yaml',
    edits: [{ file: 'shop/secrets.yaml', find: '- shop.example.com', put: '- shop.example.org' }],
  },
  {
    title: 'a RuntimeClass that nobody declares',
    code: 'references/missing-runtime-class',
    edits: [
      { file: web, find: '      priorityClassName', put: '      runtimeClassName: gvisor\n      priorityClassName' },
    ],
  },
  {
    title: 'a claim names a missing volume',
    code: 'references/missing-volume',
    edits: [
      {
        file: 'shop/claim.yaml',
        put: 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: disk\n  namespace: shop\nspec:\n  accessModes:\n    - ReadWriteOnce\n  storageClassName: ""\n  volumeName: disk-0\n  resources:\n    requests:\n      storage: 1Gi\n',
      },
    ],
  },
  {
    title: 'a solver of an issuer names a class that does not exist',
    code: 'references/missing-ingress-class',
    edits: [
      {
        file: 'cluster/new.yaml',
        put: `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: other }
spec:
  acme:
    server: https://acme.example.com/directory
    privateKeySecretRef: { name: other }
    solvers: [{ http01: { ingress: { ingressClassName: ngnix } } }]
`,
      },
    ],
  },
  {
    title: 'an EndpointSlice belongs to no Service',
    code: 'references/missing-service',
    edits: [
      {
        file: 'shop/new.yaml',
        put: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: other, namespace: shop, labels: { kubernetes.io/service-name: wbe } }
addressType: IPv4
endpoints: [{ addresses: [203.0.113.7] }]
ports: [{ port: 80 }]
`,
      },
    ],
  },
];

export const referencesHarmlessEdits: readonly HarmlessEdit[] = [
  {
    title: 'an address in its short form',
    edits: [{ file: web, find: 'http://api.shop.svc.cluster.local:4000', put: 'http://api:4000' }],
  },
  {
    title: 'a wildcard certificate',
    edits: [{ file: 'shop/secrets.yaml', find: '- shop.example.com', put: '- "*.example.com"' }],
  },
  {
    title: 'the address of one pod of a StatefulSet',
    edits: [
      { file: 'shop/configuration.yaml', find: 'database.data.svc', put: 'database-0.database-members.data.svc' },
    ],
  },
  {
    title: 'a Service names its target port by number',
    edits: [{ file: 'shop/web-service.yaml', find: 'targetPort: http', put: 'targetPort: 8080' }],
  },
  {
    title: 'an Ingress names a port by number instead of name',
    edits: [{ file: 'shop/ingress.yaml', find: '                  name: http', put: '                  number: 80' }],
  },
  {
    title: 'an optional reference names nothing that exists',
    edits: [{ file: 'shop/report-cronjob.yaml', find: 'name: report-mail', put: 'name: nowhere' }],
  },
  {
    title: 'a pod mounts the root certificates of the cluster',
    edits: [
      {
        file: api,
        find: '              - downwardAPI:',
        put: '              - configMap:\n                  name: kube-root-ca.crt\n                  items:\n                    - key: ca.crt\n                      path: ca.crt\n              - downwardAPI:',
      },
    ],
  },
  {
    title: 'a Secret comes from every key of a store entry',
    edits: [{ file: 'data/database.yaml', find: 'key: password', put: 'key: superuser-password' }],
  },
  {
    title: 'a system PriorityClass needs no declaration',
    edits: [{ file: worker, find: 'priorityClassName: business', put: 'priorityClassName: system-cluster-critical' }],
  },
  {
    title: 'a StorageClass that the cluster offers',
    edits: [{ file: 'data/database.yaml', find: 'storageClassName: fast', put: 'storageClassName: gp3' }],
  },
  {
    title: 'cert-manager makes the TLS Secret that an Ingress annotation asks for',
    edits: [
      {
        file: 'shop/ingress.yaml',
        find: '  namespace: shop',
        put: '  namespace: shop\n  annotations:\n    cert-manager.io/cluster-issuer: letsencrypt',
      },
      { file: 'shop/ingress.yaml', find: 'secretName: web-tls', put: 'secretName: made-by-annotation' },
    ],
  },
  {
    title: 'a Service without selector',
    edits: [
      {
        file: 'shop/external.yaml',
        put: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: legacy\n  namespace: shop\nspec:\n  ports:\n    - port: 443\n---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: legacy\n  namespace: shop\n  labels:\n    kubernetes.io/service-name: legacy\naddressType: IPv4\nendpoints:\n  - addresses:\n      - 192.0.2.7\nports:\n  - port: 443\n',
      },
    ],
  },
  { title: 'a binding of a built-in role', edits: [{ file: 'shop/rbac.yaml', find: 'name: view', put: 'name: edit' }] },
  {
    title: 'a route without section attaches to any listener',
    edits: [{ file: 'shop/gateway.yaml', find: '      sectionName: https\n', put: '' }],
  },
  {
    title: 'quotes around names',
    edits: [
      { file: 'shop/ingress.yaml', find: 'name: web\n                port', put: 'name: "web"\n                port' },
    ],
  },
];

function flux(name: string, source: string, dependsOn: readonly string[]): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: argocd
spec:
  interval: 10m0s
  prune: true
  path: ./shop
  sourceRef:
    kind: GitRepository
    name: ${source}
  dependsOn: ${JSON.stringify(dependsOn.map((each) => ({ name: each })))}
`;
}
