import type { HarmlessEdit, Mutation } from '../mutation.ts';

const api = 'shop/api-deployment.yaml';
const web = 'shop/web-deployment.yaml';
const worker = 'shop/worker-deployment.yaml';
const database = 'data/database.yaml';
const report = 'shop/report-cronjob.yaml';

export const rulesMutations: readonly Mutation[] = [
  // Files
  {
    title: 'a tab indents',
    code: 'validate/syntax',
    edits: [{ file: web, find: '  namespace: shop', put: '\tnamespace: shop' }],
  },
  {
    title: 'a quote is not closed',
    code: 'validate/syntax',
    edits: [{ file: 'shop/web-service.yaml', find: 'targetPort: http', put: 'targetPort: "http' }],
  },
  {
    title: 'a key stands twice',
    code: 'validate/duplicate-key',
    edits: [{ file: web, find: '  namespace: shop', put: '  namespace: shop\n  namespace: shop' }],
  },
  {
    title: 'an apiVersion is missing',
    code: 'validate/no-api-version',
    edits: [{ file: 'shop/web-service.yaml', find: 'apiVersion: v1\n', put: '' }],
  },
  {
    title: 'a kind is missing',
    code: 'validate/no-kind',
    edits: [{ file: 'shop/web-service.yaml', find: 'kind: Service\n', put: '' }],
  },
  {
    title: 'a name is missing',
    code: 'validate/no-name',
    edits: [{ file: 'shop/web-service.yaml', find: '  name: web\n', put: '' }],
  },
  {
    title: 'a Helm template slips in',
    code: 'validate/template',
    edits: [{ file: 'shop/web-service.yaml', find: 'name: web', put: 'name: {{ .Release.Name }}' }],
  },
  {
    title: 'an object is declared twice',
    code: 'validate/duplicate-object',
    edits: [
      {
        file: 'shop/copy.yaml',
        put: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-files\n  namespace: shop\ndata:\n  nginx.conf: ""\n',
      },
    ],
  },
  // Metadata
  {
    title: 'a name has capitals',
    code: 'rules/name',
    edits: [{ file: 'shop/configuration.yaml', find: 'name: web-files', put: 'name: Web-files' }],
  },
  {
    title: 'a Service name starts with a digit',
    code: 'rules/name',
    edits: [{ file: 'shop/web-service.yaml', find: 'name: web', put: 'name: 2web' }],
  },
  {
    title: 'a CronJob name is too long',
    code: 'rules/name',
    edits: [{ file: report, find: 'name: report', put: `name: ${'report-'.repeat(8)}x` }],
  },
  {
    title: 'a label is a number',
    code: 'rules/label',
    edits: [{ file: web, find: '  labels:', put: '  labels:\n    version: 1.0' }],
  },
  {
    title: 'a label value has a blank',
    code: 'rules/label',
    edits: [{ file: web, find: '  labels:', put: '  labels:\n    team: shop team' }],
  },
  {
    title: 'a label key has two slashes',
    code: 'rules/label',
    edits: [{ file: web, find: '  labels:', put: '  labels:\n    a/b/c: x' }],
  },
  {
    title: 'an annotation is a boolean, as yes is one',
    code: 'rules/annotation',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: '  labels:',
        put: '  annotations:\n    example.com/enabled: yes\n  labels:',
      },
    ],
  },
  {
    title: 'annotations are too large',
    code: 'rules/annotation-size',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: '  labels:',
        put: `  annotations:\n    example.com/blob: ${'x'.repeat(270_000)}\n  labels:`,
      },
    ],
  },
  // Versions
  {
    title: 'an API version is gone',
    code: 'rules/removed-api',
    edits: [{ file: 'shop/disruption-budgets.yaml', find: 'policy/v1', put: 'policy/v1beta1' }],
  },
  {
    title: 'an autoscaler of an old version',
    code: 'rules/removed-api',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'autoscaling/v2', put: 'autoscaling/v2beta2' }],
  },
  {
    title: 'an API version is gone in the next but one version',
    code: 'rules/soon-removed-api',
    kubernetes: '1.30',
    edits: [
      {
        file: 'cluster/flow.yaml',
        put: 'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata:\n  name: shop\nspec:\n  priorityLevelConfiguration:\n    name: workload-low\n',
      },
    ],
  },
  {
    title: 'an API is deprecated',
    code: 'rules/deprecated-api',
    edits: [
      {
        file: 'shop/endpoints.yaml',
        put: 'apiVersion: v1\nkind: Endpoints\nmetadata:\n  name: legacy\n  namespace: shop\n',
      },
    ],
  },
  {
    title: 'a deprecated field',
    code: 'rules/deprecated-field',
    edits: [{ file: web, find: 'serviceAccountName: web', put: 'serviceAccount: web' }],
  },
  // Workloads
  {
    title: 'a template loses a label that the selector needs',
    code: 'rules/selector-mismatch',
    edits: [{ file: web, after: 'template:', find: '        app.kubernetes.io/component: web\n', put: '' }],
  },
  {
    title: 'a selector has a typo',
    code: 'rules/selector-mismatch',
    edits: [
      {
        file: database,
        after: 'kind: StatefulSet\nmetadata',
        find: '      app.kubernetes.io/component: database',
        put: '      app.kubernetes.io/component: databse',
      },
    ],
  },
  {
    title: 'two workloads select each other',
    code: 'rules/overlapping-selectors',
    edits: [{ file: web, after: 'matchLabels', find: '      app.kubernetes.io/component: web\n', put: '' }],
  },
  {
    title: 'an operator of a selector needs values',
    code: 'rules/selector',
    edits: [
      {
        file: web,
        after: 'selector:',
        find: '    matchLabels:',
        put: '    matchExpressions:\n      - key: app.kubernetes.io/name\n        operator: In\n    matchLabels:',
      },
    ],
  },
  {
    title: 'a Deployment cannot roll',
    code: 'rules/rollout',
    edits: [{ file: web, find: 'maxSurge: 1', put: 'maxSurge: 0' }],
  },
  {
    title: 'Recreate with a rolling update',
    code: 'rules/rollout',
    edits: [{ file: web, find: 'type: RollingUpdate', put: 'type: Recreate' }],
  },
  {
    title: 'a percentage is none',
    code: 'rules/rollout',
    edits: [{ file: web, find: 'maxSurge: 1', put: 'maxSurge: 25 %' }],
  },
  {
    title: 'negative replicas',
    code: 'rules/replicas',
    edits: [{ file: database, find: 'replicas: 3', put: 'replicas: -3' }],
  },
  {
    title: 'a Deployment with restartPolicy Never',
    code: 'rules/restart-policy',
    edits: [
      { file: web, find: '      serviceAccountName', put: '      restartPolicy: Never\n      serviceAccountName' },
    ],
  },
  {
    title: 'a CronJob without restartPolicy',
    code: 'rules/restart-policy',
    edits: [{ file: report, find: '          restartPolicy: Never\n', put: '' }],
  },
  {
    title: 'a schedule with six fields',
    code: 'rules/schedule',
    edits: [{ file: report, find: '15 2 * * 1-5', put: '0 15 2 * * 1-5' }],
  },
  {
    title: 'a schedule at hour 25',
    code: 'rules/schedule',
    edits: [{ file: report, find: '15 2 * * 1-5', put: '15 25 * * 1-5' }],
  },
  {
    title: 'a schedule on day of week 7',
    code: 'rules/schedule',
    edits: [{ file: report, find: '15 2 * * 1-5', put: '15 2 * * 7' }],
  },
  {
    title: 'a schedule on a date that never comes',
    code: 'rules/schedule',
    edits: [{ file: report, find: '15 2 * * 1-5', put: '15 2 31 2 *' }],
  },
  {
    title: 'a backup of Velero at hour 24',
    code: 'rules/schedule',
    in: 'velero/backup.yaml',
    edits: [
      {
        file: 'velero/backup.yaml',
        put: 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: { name: nightly, namespace: shop }\nspec: { schedule: "0 24 * * *", template: {} }\n',
      },
    ],
  },
  {
    title: 'one of the schedules of an Argo workflow at minute 60',
    code: 'rules/schedule',
    in: 'argo/nightly.yaml',
    edits: [
      {
        file: 'argo/nightly.yaml',
        put: 'apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: { name: nightly, namespace: shop }\nspec: { schedules: ["0 1 * * *", "60 1 * * *"], workflowSpec: { entrypoint: main } }\n',
      },
    ],
  },
  {
    title: 'a time zone has a typo',
    code: 'rules/time-zone',
    edits: [{ file: report, find: 'Europe/Berlin', put: 'Europe/Berlln' }],
  },
  {
    title: 'a time zone is an abbreviation',
    code: 'rules/time-zone',
    edits: [{ file: report, find: 'Europe/Berlin', put: 'CEST' }],
  },
  {
    title: 'an indexed Job without completions',
    code: 'rules/job',
    edits: [{ file: report, find: 'backoffLimit: 2', put: 'backoffLimit: 2\n      completionMode: Indexed' }],
  },
  {
    title: 'a negative backoff limit',
    code: 'rules/job',
    edits: [{ file: report, find: 'backoffLimit: 2', put: 'backoffLimit: -2' }],
  },
  // Pods
  {
    title: 'two containers of one name',
    code: 'rules/duplicate-name',
    edits: [{ file: api, find: '- name: migrate', put: '- name: api' }],
  },
  {
    title: 'a volume of a medium that there is not',
    code: 'rules/volume',
    edits: [
      {
        file: web,
        find: 'emptyDir:\n            sizeLimit: 64Mi',
        put: 'emptyDir:\n            medium: memory\n            sizeLimit: 64Mi',
      },
    ],
  },
  {
    title: 'two volumes of one name',
    code: 'rules/duplicate-name',
    edits: [
      {
        file: web,
        find: '        - name: tmp\n          emptyDir',
        put: '        - name: configuration\n          emptyDir',
      },
    ],
  },
  {
    title: 'a mount without a volume',
    code: 'rules/mount-without-volume',
    edits: [{ file: web, find: '            - name: tmp\n', put: '            - name: temp\n' }],
  },
  {
    title: 'a volume is removed',
    code: 'rules/mount-without-volume',
    edits: [{ file: api, find: '        - name: tmp\n          emptyDir: {}\n', put: '' }],
  },
  {
    title: 'a claim template is renamed',
    code: 'rules/mount-without-volume',
    edits: [{ file: database, after: 'volumeClaimTemplates', find: 'name: data', put: 'name: storage' }],
  },
  {
    title: 'a volume that nobody mounts',
    code: 'rules/unused-volume',
    edits: [
      { file: web, find: '      volumes:\n', put: '      volumes:\n        - name: cache\n          emptyDir: {}\n' },
    ],
  },
  {
    title: 'two mounts at one path',
    code: 'rules/mount',
    edits: [{ file: web, find: 'mountPath: /tmp', put: 'mountPath: /etc/nginx/nginx.conf' }],
  },
  {
    title: 'a volume with two sources',
    code: 'rules/volume',
    edits: [
      {
        file: web,
        find: '        - name: configuration\n          configMap:',
        put: '        - name: configuration\n          emptyDir: {}\n          configMap:',
      },
    ],
  },
  {
    title: 'a port out of range',
    code: 'rules/port',
    edits: [{ file: web, find: 'containerPort: 8080', put: 'containerPort: 80800' }],
  },
  {
    title: 'a port name is too long',
    code: 'rules/port',
    edits: [{ file: worker, find: 'name: metrics', put: 'name: prometheus-metrics' }],
  },
  {
    title: 'two ports of one name',
    code: 'rules/duplicate-port',
    edits: [{ file: api, find: '- name: metrics', put: '- name: http' }],
  },
  {
    title: 'two containers on one port',
    code: 'rules/duplicate-port',
    edits: [{ file: api, find: 'containerPort: 9090', put: 'containerPort: 4000' }],
  },
  {
    title: 'a probe with two handlers',
    code: 'rules/probe',
    edits: [
      { file: web, find: 'readinessProbe:', put: 'readinessProbe:\n            tcpSocket:\n              port: http' },
    ],
  },
  {
    title: 'a probe without handler',
    code: 'rules/probe',
    edits: [
      {
        file: database,
        find: '            exec:\n              command:\n                - pg_isready',
        put: '            periodSeconds: 5',
      },
    ],
  },
  {
    title: 'a probe asks a port that is not there',
    code: 'rules/probe-port',
    edits: [{ file: web, find: 'port: http', put: 'port: web' }],
  },
  {
    title: 'a liveness probe with a success threshold',
    code: 'rules/probe',
    edits: [{ file: web, after: 'livenessProbe', find: 'periodSeconds: 20', put: 'successThreshold: 2' }],
  },
  {
    title: 'a hook with two handlers',
    code: 'rules/lifecycle',
    edits: [
      {
        file: api,
        find: '              sleep:',
        put: '              exec:\n                command:\n                  - sync\n              sleep:',
      },
    ],
  },
  {
    title: 'an environment variable is a number',
    code: 'rules/env-source',
    edits: [{ file: web, find: 'value: http://api.shop.svc.cluster.local:4000', put: 'value: 4000' }],
  },
  {
    title: 'an environment variable with two sources',
    code: 'rules/env-source',
    edits: [
      {
        file: api,
        find: '            - name: POD_NAME',
        put: '            - name: POD_NAME\n              value: api',
      },
    ],
  },
  {
    title: 'a field that the downward API does not have',
    code: 'rules/env-source',
    edits: [{ file: api, find: 'fieldPath: metadata.name', put: 'fieldPath: metadata.hostname' }],
  },
  {
    title: 'a resource of a container that is not there',
    code: 'rules/env-source',
    edits: [{ file: api, find: 'containerName: api', put: 'containerName: web' }],
  },
  {
    title: 'an environment variable is set twice',
    code: 'rules/duplicate-env',
    edits: [{ file: api, find: '- name: DATABASE_PASSWORD', put: '- name: DATABASE_USER' }],
  },
  {
    title: 'an environment name with an equals sign',
    code: 'rules/env-name',
    edits: [{ file: web, find: 'name: API_URL', put: 'name: API=URL' }],
  },
  {
    title: 'a quantity with a wrong unit',
    code: 'rules/quantity',
    edits: [{ file: web, find: 'memory: 128Mi', put: 'memory: 128MB' }],
  },
  {
    title: 'half a byte of memory',
    code: 'rules/tiny-quantity',
    edits: [{ file: web, find: 'memory: 128Mi', put: 'memory: 128m' }],
  },
  {
    title: 'a request above its limit',
    code: 'rules/request-above-limit',
    edits: [{ file: web, find: 'memory: 128Mi', put: 'memory: 256Mi' }],
  },
  {
    title: 'a resource with a typo',
    code: 'rules/resource-name',
    edits: [{ file: web, find: 'memory: 128Mi', put: 'memroy: 128Mi' }],
  },
  {
    title: 'an image with capitals',
    code: 'rules/image',
    edits: [{ file: web, find: 'registry.example.com/shop/web', put: 'registry.example.com/Shop/web' }],
  },
  {
    title: 'an image is missing',
    code: 'rules/image',
    edits: [{ file: worker, find: 'image: registry.example.com/shop/worker', put: 'workingDir: /app' }],
  },
  {
    title: 'non-root as user 0',
    code: 'rules/security-context',
    edits: [{ file: web, find: 'runAsUser: 10001', put: 'runAsUser: 0' }],
  },
  {
    title: 'a toleration with Exists and a value',
    code: 'rules/toleration',
    edits: [
      {
        file: web,
        find: '      containers:',
        put: '      tolerations:\n        - key: gpu\n          operator: Exists\n          value: "true"\n      containers:',
      },
    ],
  },
  {
    title: 'a spread with skew 0',
    code: 'rules/spread',
    edits: [{ file: web, find: 'maxSkew: 1', put: 'maxSkew: 0' }],
  },
  {
    title: 'an affinity weight of 0',
    code: 'rules/affinity',
    edits: [{ file: database, find: 'weight: 100', put: 'weight: 0' }],
  },
  {
    title: 'dnsPolicy None without name servers',
    code: 'rules/dns',
    edits: [{ file: web, find: '      containers:', put: '      dnsPolicy: None\n      containers:' }],
  },
  // Services, routes, policies
  {
    title: 'a Service port is listed twice',
    code: 'rules/duplicate-port',
    edits: [{ file: 'shop/api-service.yaml', find: 'port: 9090', put: 'port: 4000' }],
  },
  {
    title: 'several Service ports need names',
    code: 'rules/port',
    edits: [{ file: 'shop/api-service.yaml', find: '    - name: http\n      port', put: '    - port' }],
  },
  {
    title: 'a nodePort on a ClusterIP',
    code: 'rules/service',
    edits: [
      { file: 'shop/web-service.yaml', find: '      port: 80\n', put: '      port: 80\n      nodePort: 30080\n' },
    ],
  },
  {
    title: 'a Service without ports',
    code: 'rules/service',
    edits: [
      {
        file: database,
        find: '  ports:\n    - name: postgresql\n      port: 5432\n      targetPort: postgresql\n',
        put: '',
      },
    ],
  },
  {
    title: 'an ExternalName without a name',
    code: 'rules/service',
    edits: [
      {
        file: 'shop/legacy.yaml',
        put: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: legacy\n  namespace: shop\nspec:\n  type: ExternalName\n',
      },
    ],
  },
  {
    title: 'a quoted target port',
    code: 'rules/port',
    edits: [{ file: 'shop/api-service.yaml', find: 'targetPort: 4000', put: 'targetPort: "4000"' }],
  },
  {
    title: 'a path without slash',
    code: 'rules/ingress',
    edits: [{ file: 'shop/ingress.yaml', find: 'path: /api', put: 'path: api' }],
  },
  {
    title: 'a path without type',
    code: 'rules/ingress',
    edits: [{ file: 'shop/ingress.yaml', find: '            pathType: Prefix\n', put: '' }],
  },
  {
    title: 'a backend of the old Ingress',
    code: 'rules/ingress',
    edits: [
      {
        file: 'shop/ingress.yaml',
        find: '              service:\n                name: web\n                port:\n                  name: http',
        put: '              serviceName: web\n              servicePort: http',
      },
    ],
  },
  {
    title: 'two rules for one path',
    code: 'rules/duplicate-route',
    edits: [{ file: 'shop/ingress.yaml', find: 'path: /api', put: 'path: /' }],
  },
  {
    title: 'a host with an underscore',
    code: 'rules/host',
    edits: [{ file: 'shop/ingress.yaml', find: 'host: shop.example.com', put: 'host: shop_web.example.com' }],
  },
  {
    title: 'a certificate for another host',
    code: 'rules/tls-host',
    edits: [{ file: 'shop/ingress.yaml', find: '- shop.example.com', put: '- shp.example.com' }],
  },
  {
    title: 'an HTTPS listener without TLS',
    code: 'rules/gateway',
    edits: [
      {
        file: 'shop/gateway.yaml',
        find: '      tls:\n        mode: Terminate\n        certificateRefs:\n          - name: web-tls\n',
        put: '',
      },
    ],
  },
  {
    title: 'an address block with 33 bits',
    code: 'rules/address',
    edits: [
      {
        file: 'shop/network-policies.yaml',
        find: '    - from:\n        - namespaceSelector:',
        put: '    - from:\n        - ipBlock:\n            cidr: 10.0.0.0/33\n        - namespaceSelector:',
      },
    ],
  },
  {
    title: 'an exception outside its block',
    code: 'rules/network-policy',
    edits: [
      {
        file: 'shop/network-policies.yaml',
        find: '    - from:\n        - namespaceSelector:',
        put: '    - from:\n        - ipBlock:\n            cidr: 10.0.0.0/8\n            except:\n              - 192.168.0.0/16\n        - namespaceSelector:',
      },
    ],
  },
  {
    title: 'a port range that runs backwards',
    code: 'rules/network-policy',
    edits: [
      {
        file: 'shop/network-policies.yaml',
        find: '        - port: 8080\n',
        put: '        - port: 8080\n          endPort: 8000\n',
      },
    ],
  },
  // Configuration, autoscaling, access, storage
  {
    title: 'a ConfigMap value is a number',
    code: 'rules/config-value',
    edits: [{ file: 'shop/configuration.yaml', find: '"5432"', put: '5432' }],
  },
  {
    title: 'a ConfigMap value holds a character that server-side apply changes',
    code: 'rules/config-value',
    edits: [{ file: 'shop/configuration.yaml', find: '"5432"', put: '"5432\\x85"' }],
  },
  {
    title: 'a ConfigMap key has a slash',
    code: 'rules/config-key',
    edits: [{ file: 'shop/configuration.yaml', find: 'nginx.conf:', put: 'nginx/nginx.conf:' }],
  },
  {
    title: 'an autoscaler with its bounds swapped',
    code: 'rules/autoscaler',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'maxReplicas: 6', put: 'maxReplicas: 2' }],
  },
  {
    title: 'an autoscaler down to nothing',
    code: 'rules/autoscaler',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'minReplicas: 3', put: 'minReplicas: 0' }],
  },
  {
    title: 'a metric without its target',
    code: 'rules/autoscaler',
    edits: [
      { file: 'shop/autoscaling.yaml', find: '          averageUtilization: 70', put: '          averageValue: 70m' },
    ],
  },
  {
    title: 'a budget with both bounds',
    code: 'rules/budget',
    edits: [
      { file: 'shop/disruption-budgets.yaml', find: 'maxUnavailable: 1', put: 'maxUnavailable: 1\n  minAvailable: 1' },
    ],
  },
  {
    title: 'a rule without verbs',
    code: 'rules/role',
    edits: [{ file: 'shop/rbac.yaml', find: '    verbs:\n      - get\n      - list\n      - watch\n', put: '' }],
  },
  {
    title: 'a verb with a typo',
    code: 'rules/unknown-verb',
    edits: [{ file: 'shop/rbac.yaml', find: '- list', put: '- lsit' }],
  },
  {
    title: 'a resource in the singular',
    code: 'rules/unknown-resource',
    edits: [{ file: 'shop/rbac.yaml', find: '- configmaps', put: '- configmap' }],
  },
  {
    title: 'a resource of another group',
    code: 'rules/unknown-resource',
    edits: [{ file: 'shop/rbac.yaml', find: '- configmaps', put: '- deployments' }],
  },
  {
    title: 'a subject without namespace',
    code: 'rules/binding',
    edits: [{ file: 'shop/rbac.yaml', after: 'subjects', find: '    namespace: shop\n', put: '' }],
  },
  {
    title: 'a claim without size',
    code: 'rules/claim',
    edits: [{ file: database, find: '        resources:\n          requests:\n            storage: 20Gi\n', put: '' }],
  },
  {
    title: 'an access mode with a typo',
    code: 'rules/claim',
    edits: [{ file: database, find: '- ReadWriteOnce', put: '- ReadWriteOne' }],
  },
  {
    title: 'limits out of order',
    code: 'rules/limit-range',
    edits: [{ file: 'shop/quota.yaml', find: 'cpu: 10m', put: 'cpu: "8"' }],
  },
  {
    title: 'a priority above all others',
    code: 'rules/priority-class',
    edits: [{ file: 'cluster/priority-class.yaml', find: 'value: 100000', put: 'value: 2000000000' }],
  },
  {
    title: 'a Pod Security level with a typo',
    code: 'rules/pod-security-label',
    edits: [{ file: 'cluster/namespaces.yaml', find: 'enforce: restricted', put: 'enforce: restrict' }],
  },
  {
    title: 'an interval in words',
    code: 'rules/duration',
    edits: [{ file: 'shop/monitoring.yaml', find: 'interval: 30s', put: 'interval: 30 seconds' }],
  },
  {
    title: 'a topology key has a typo',
    code: 'rules/topology-key',
    edits: [{ file: web, find: 'topology.kubernetes.io/zone', put: 'topology.kubernetes.io/zones' }],
  },
  {
    title: 'a driver has a typo',
    code: 'rules/provisioner',
    edits: [{ file: 'cluster/storage-class.yaml', find: 'ebs.csi.aws.com', put: 'ebs.csi.aws.co' }],
  },
  {
    title: 'an API group has a typo',
    code: 'rules/unknown-resource',
    edits: [{ file: 'shop/rbac.yaml', find: '- ""', put: '- core' }],
  },
  {
    title: 'a Group of another API group',
    code: 'rules/binding',
    edits: [{ file: 'shop/rbac.yaml', find: '- apiGroup: rbac.authorization.k8s.io', put: '- apiGroup: rbac.k8s.io' }],
  },
  {
    title: 'a LimitRange of no type',
    code: 'rules/limit-range',
    edits: [{ file: 'shop/quota.yaml', find: 'type: Container', put: 'type: Containers' }],
  },
  {
    title: 'a quota of nothing',
    code: 'rules/resource-name',
    edits: [{ file: 'shop/quota.yaml', find: 'requests.memory', put: 'request.memory' }],
  },
  {
    title: 'a Pod Security label has a typo',
    code: 'rules/pod-security-label',
    edits: [{ file: 'cluster/namespaces.yaml', find: 'enforce: restricted', put: 'enforced: restricted' }],
  },
  {
    title: 'secrets come through the wrong driver',
    code: 'rules/volume',
    edits: [{ file: worker, find: 'driver: secrets-store.csi.k8s.io', put: 'driver: secret-store.csi.k8s.io' }],
  },
  {
    title: 'a volume takes a field that only variables have',
    code: 'rules/env-source',
    edits: [{ file: api, find: 'fieldPath: metadata.labels', put: 'fieldPath: status.podIP' }],
  },
  // Objects that have no effect
  {
    title: 'a budget without selector',
    code: 'rules/incomplete',
    edits: [
      {
        file: 'shop/disruption-budgets.yaml',
        find: '  selector:\n    matchLabels:\n      app.kubernetes.io/name: shop\n      app.kubernetes.io/component: web\n',
      },
    ],
  },
  {
    title: 'an ExternalSecret without store',
    code: 'rules/incomplete',
    edits: [{ file: 'shop/secrets.yaml', find: '  secretStoreRef:\n    kind: ClusterSecretStore\n    name: vault\n' }],
  },
  {
    title: 'a rule without backend',
    code: 'rules/incomplete',
    edits: [{ file: 'shop/gateway.yaml', find: '      backendRefs:\n        - name: api\n          port: 4000\n' }],
  },
  {
    title: 'a listener without certificate',
    code: 'rules/incomplete',
    edits: [{ file: 'shop/gateway.yaml', find: '        certificateRefs:\n          - name: web-tls\n' }],
  },
  {
    title: 'a role that grants nothing',
    code: 'rules/incomplete',
    edits: [
      {
        file: 'shop/rbac.yaml',
        find: 'rules:\n  - apiGroups:\n      - ""\n    resources:\n      - configmaps\n    verbs:\n      - get\n      - list\n      - watch\n',
        put: 'rules: []\n',
      },
    ],
  },
  {
    title: 'an Application without cluster',
    code: 'rules/incomplete',
    edits: [
      { file: 'delivery/argocd.yaml', after: 'destination:', find: '    server: https://kubernetes.default.svc\n' },
    ],
  },
  {
    title: 'a Service loses its selector',
    code: 'rules/incomplete',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: '  selector:\n    app.kubernetes.io/name: shop\n    app.kubernetes.io/component: web\n',
      },
    ],
  },
  {
    title: 'an object loses its namespace',
    code: 'rules/no-namespace',
    edits: [{ file: 'shop/configuration.yaml', find: '  namespace: shop\n' }],
  },
  {
    title: 'a volume loses its source',
    code: 'rules/volume',
    edits: [{ file: api, find: '        - name: tmp\n          emptyDir: {}', put: '        - name: tmp' }],
  },
  {
    title: 'a Secret volume says name instead of secretName',
    code: 'rules/volume',
    edits: [{ file: web, find: 'emptyDir:\n            sizeLimit: 64Mi', put: 'secret:\n            name: web-tls' }],
  },
  {
    title: 'an envFrom names nothing',
    code: 'rules/env-source',
    edits: [
      {
        file: api,
        find: '            - secretRef:\n                name: api-credentials\n',
        put: '            - secretRef: {}\n',
      },
    ],
  },
  {
    title: 'a variable without value',
    code: 'rules/env-source',
    edits: [{ file: web, find: '              value: http://api.shop.svc.cluster.local:4000\n' }],
  },
  {
    title: 'a workload without template',
    code: 'rules/incomplete',
    edits: [
      {
        file: 'shop/empty.yaml',
        put: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: empty\n  namespace: shop\n',
      },
    ],
  },
  // The rest of the registry
  {
    title: 'a cluster-scoped object states a namespace',
    code: 'rules/cluster-scoped',
    edits: [
      { file: 'cluster/priority-class.yaml', find: '  name: business', put: '  name: business\n  namespace: shop' },
    ],
  },
  {
    title: 'a container name with an underscore',
    code: 'rules/container',
    edits: [{ file: web, find: '- name: web', put: '- name: web_app' }],
  },
  {
    title: 'a probe that may take longer than its period',
    code: 'rules/probe-timing',
    edits: [{ file: web, find: 'periodSeconds: 10', put: 'timeoutSeconds: 30' }],
  },
  {
    title: 'a Deployment with a deadline for its pods',
    code: 'rules/pod',
    edits: [{ file: web, find: '      terminationGracePeriodSeconds: 30', put: '      activeDeadlineSeconds: 60' }],
  },
  {
    title: 'a ConfigMap above a mebibyte',
    code: 'rules/config-size',
    edits: [
      {
        file: 'shop/configuration.yaml',
        find: '  LOG_LEVEL: info',
        put: `  LOG_LEVEL: info\n  dump: ${'x'.repeat(1_100_000)}`,
      },
    ],
  },
  {
    title: 'a TLS Secret without key',
    code: 'rules/secret-data',
    edits: [
      {
        file: 'shop/tls.yaml',
        put: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: old-tls\n  namespace: shop\ntype: kubernetes.io/tls\ndata:\n  tls.crt: YQ==\n',
      },
    ],
  },
  {
    title: 'a Secret that is not base64',
    code: 'rules/base64',
    edits: [
      {
        file: 'shop/plain.yaml',
        put: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: plain\n  namespace: shop\ndata:\n  token: not encoded\n',
      },
    ],
  },
  {
    title: 'two default StorageClasses',
    code: 'rules/default-class',
    edits: [
      {
        file: 'cluster/classes.yaml',
        put: ['a', 'b']
          .map(
            (name) =>
              `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: ${name}\n  annotations:\n    storageclass.kubernetes.io/is-default-class: "true"\nprovisioner: ebs.csi.aws.com\n`,
          )
          .join('---\n'),
      },
    ],
  },
  {
    title: 'a webhook with a short name',
    code: 'rules/webhook',
    edits: [
      {
        file: 'cluster/webhook.yaml',
        put: 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: policy\nwebhooks:\n  - name: policy\n    admissionReviewVersions: [v1]\n    sideEffects: None\n    clientConfig:\n      url: https://policy.example.com/validate\n',
      },
    ],
  },
  {
    title: 'a definition with the wrong name',
    code: 'rules/definition',
    edits: [
      {
        file: 'cluster/definition.yaml',
        put: 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: widget.example.com\nspec:\n  group: example.com\n  scope: Namespaced\n  names:\n    kind: Widget\n    plural: widgets\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n          type: object\n',
      },
    ],
  },
  {
    title: 'an IngressClass names no controller',
    code: 'rules/incomplete',
    edits: [
      {
        file: 'cluster/new.yaml',
        put: 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: other }\n',
      },
    ],
  },
  {
    title: 'an issuer does not say how it issues',
    code: 'rules/incomplete',
    edits: [
      {
        file: 'cluster/new.yaml',
        put: 'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: other }\nspec: {}\n',
      },
    ],
  },
  {
    title: 'a claim has no spec',
    code: 'rules/claim',
    edits: [
      {
        file: 'shop/new.yaml',
        put: 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: other, namespace: shop }\n',
      },
    ],
  },
  {
    title: 'a spread constraint counts no pods',
    code: 'rules/spread',
    edits: [
      {
        file: 'shop/new.yaml',
        put: `apiVersion: v1
kind: Pod
metadata: { name: other, namespace: shop }
spec:
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule }]
  containers: [{ name: other, image: "example/other:1" }]
`,
      },
    ],
  },
  {
    title: 'a mode of files without its zero is more than 0777',
    code: 'rules/volume',
    edits: [
      {
        file: web,
        find: 'name: web-files',
        put: 'defaultMode: 644\n            name: web-files',
      },
    ],
  },
  {
    title: 'a mode of files without its zero means another mode',
    code: 'rules/volume',
    edits: [
      {
        file: web,
        find: 'name: web-files',
        put: 'defaultMode: 440\n            name: web-files',
      },
    ],
  },
  {
    title: 'a mode of a projected file without its zero is more than 0777',
    code: 'rules/volume',
    edits: [
      {
        file: 'shop/api-deployment.yaml',
        find: 'path: password\n',
        put: 'path: password\n                      mode: 640\n',
      },
    ],
  },
  {
    title: 'a listener speaks a protocol in wrong case',
    code: 'rules/gateway',
    edits: [{ file: 'shop/gateway.yaml', find: 'protocol: HTTPS', put: 'protocol: Https' }],
  },
  {
    title: 'an interval of Flux in words',
    code: 'rules/duration',
    edits: [
      {
        file: 'delivery/flux.yaml',
        put: 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: shop\n  namespace: argocd\nspec:\n  interval: 10 minutes\n  url: https://git.example.com/shop/manifests.git\n',
      },
    ],
  },
  {
    title: 'a Kustomization of Flux without prune',
    code: 'rules/incomplete',
    edits: [
      {
        file: 'delivery/flux.yaml',
        put: 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: argocd\nspec:\n  interval: 10m\n  path: ./shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      },
    ],
  },
  {
    title: 'a finalizer without a domain',
    code: 'rules/name',
    edits: [{ file: web, find: '  namespace: shop\n', put: '  namespace: shop\n  finalizers: [cleanup]\n' }],
  },
  {
    title: 'a role names a version in the place of a group',
    code: 'rules/unknown-resource',
    edits: [{ file: 'shop/rbac.yaml', find: '      - ""', put: '      - v1' }],
  },
  {
    title: 'a role may create what it names',
    code: 'rules/role',
    edits: [
      {
        file: 'shop/rbac.yaml',
        after: 'kind: Role\n',
        find: '    verbs:\n      - get\n      - list\n      - watch\n',
        put: '    resourceNames: [settings]\n    verbs: [create]\n',
      },
    ],
  },
  {
    title: 'the template of an annotation of an alert is not closed',
    code: 'monitoring/rule',
    edits: [
      {
        file: 'shop/monitoring.yaml',
        find: 'summary: The queue grows',
        put: 'summary: "The queue has {{ $value messages"',
      },
    ],
  },
  {
    title: 'a finalizer of Argo CD that nobody removes',
    code: 'rules/known-name',
    edits: [
      {
        file: 'delivery/argocd.yaml',
        after: 'kind: Application',
        find: '  namespace: argocd\n',
        put: '  namespace: argocd\n  finalizers: [resource-finalizer.argocd.argoproj.io]\n',
      },
    ],
  },
  {
    title: 'a sync option that Argo CD does not know',
    code: 'rules/known-name',
    edits: [
      {
        file: 'delivery/argocd.yaml',
        find: '  syncPolicy:\n',
        put: '  syncPolicy:\n    syncOptions: [CreateNamespaces=true]\n',
      },
    ],
  },
  {
    title: 'a destination of Argo CD has both a name and a server',
    code: 'rules/incomplete',
    edits: [
      {
        file: 'delivery/argocd.yaml',
        after: 'kind: Application',
        find: '    server: https://kubernetes.default.svc\n',
        put: '    server: https://kubernetes.default.svc\n    name: in-cluster\n',
      },
    ],
  },
  {
    title: 'a webhook that must admit its own pods',
    code: 'rules/webhook',
    edits: [
      {
        file: 'shop/webhook.yaml',
        put: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: api
webhooks:
  - name: pods.shop.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: { service: { name: api, namespace: shop, port: 80 } }
    rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
`,
      },
    ],
  },
];

export const rulesHarmlessEdits: readonly HarmlessEdit[] = [
  { title: 'a comment', edits: [{ file: web, find: 'apiVersion', put: '# what customers see\napiVersion' }] },
  { title: 'an empty document', edits: [{ file: web, find: 'apiVersion', put: '---\n# nothing\n---\napiVersion' }] },
  {
    title: 'line ends of Windows',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: 'apiVersion: v1\nkind: Service\n',
        put: 'apiVersion: v1\r\nkind: Service\r\n',
      },
    ],
  },
  {
    title: 'a byte order mark',
    edits: [{ file: 'shop/web-service.yaml', find: 'apiVersion', put: '\uFEFFapiVersion' }],
  },
  {
    title: 'keys in another order',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: 'apiVersion: v1\nkind: Service\n',
        put: 'kind: Service\napiVersion: v1\n',
      },
    ],
  },
  { title: 'a quantity written otherwise', edits: [{ file: web, find: 'cpu: 100m', put: 'cpu: "0.1"' }] },
  { title: 'memory written otherwise', edits: [{ file: database, find: 'memory: 1Gi', put: 'memory: 1024Mi' }] },
  {
    title: 'flow style instead of blocks',
    edits: [
      {
        file: 'shop/rbac.yaml',
        find: '    verbs:\n      - get\n      - list\n      - watch\n',
        put: '    verbs: [get, list, watch]\n',
      },
    ],
  },
  {
    title: 'an object inside a List',
    edits: [
      {
        file: 'shop/extra.yaml',
        put: 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: extra\n      namespace: shop\n',
      },
    ],
  },
  {
    title: 'an anchor and its alias',
    edits: [
      {
        file: 'shop/extra.yaml',
        put: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\n  namespace: shop\n  labels: &labels\n    app: extra\n  annotations: *labels\n',
      },
    ],
  },
  {
    title: 'an object in JSON',
    edits: [
      {
        file: 'shop/extra.json',
        put: '{\n\t"apiVersion": "v1",\n\t"kind": "ConfigMap",\n\t"metadata": { "name": "extra", "namespace": "shop" }\n}\n',
      },
    ],
  },
  { title: 'a schedule by name', edits: [{ file: report, find: '15 2 * * 1-5', put: '15 2 * * MON-FRI' }] },
  { title: 'a schedule by descriptor', edits: [{ file: report, find: '15 2 * * 1-5', put: '"@daily"' }] },
  { title: 'an old name of a time zone', edits: [{ file: report, find: 'Europe/Berlin', put: 'Asia/Calcutta' }] },
  { title: 'one probe asks by number', edits: [{ file: web, find: 'port: http', put: 'port: 8080' }] },
  {
    title: 'one container port without protocol',
    edits: [{ file: web, find: '              protocol: TCP\n', put: '' }],
  },
  {
    title: 'a quoted text that needs no quotes',
    edits: [{ file: web, find: 'name: API_URL', put: "name: 'API_URL'" }],
  },
  {
    title: 'an empty map that Kubernetes writes',
    edits: [
      { file: 'shop/web-service.yaml', find: 'spec:\n  type', put: 'status:\n  loadBalancer: {}\nspec:\n  type' },
    ],
  },
  {
    title: 'an octal mode',
    edits: [
      {
        file: web,
        find: '          configMap:\n            name: web-files',
        put: '          configMap:\n            defaultMode: 0444\n            name: web-files',
      },
    ],
  },
];
