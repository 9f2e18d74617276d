/** One object of every kind that the table of changes edits. */
export const objects = {
  deployment: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
  labels: { app.kubernetes.io/name: api, app.kubernetes.io/version: "1.4.2" }
  annotations: { example.com/note: first }
spec:
  replicas: 3
  selector: { matchLabels: { app: api } }
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app: api }, annotations: { checksum/config: aaaa } }
    spec:
      serviceAccountName: api
      automountServiceAccountToken: false
      priorityClassName: high
      terminationGracePeriodSeconds: 60
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      topologySpreadConstraints:
        - { topologyKey: topology.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: api } } }
      containers:
        - name: api
          image: example.com/api:1.4.2
          command: [serve, --fast]
          ports: [{ name: http, containerPort: 8080 }]
          env:
            - { name: LOG, value: info }
            - { name: PASSWORD, valueFrom: { secretKeyRef: { name: credentials, key: password } } }
          envFrom: [{ configMapRef: { name: settings } }]
          resources: { requests: { cpu: 500m, memory: 1Gi }, limits: { memory: 1Gi } }
          readinessProbe: { httpGet: { path: /health, port: http }, periodSeconds: 10 }
          livenessProbe: { httpGet: { path: /health, port: http } }
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
          volumeMounts: [{ name: tmp, mountPath: /tmp }]
      volumes: [{ name: tmp, emptyDir: {} }]
`,
  statefulSet: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  replicas: 3
  podManagementPolicy: OrderedReady
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: "example.com/db:16.1" }] }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
`,
  daemonSet: `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  updateStrategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 1 } }
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: agent, image: "example.com/agent:1.0.0" }] }
`,
  job: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: shop }
spec:
  backoffLimit: 3
  completions: 1
  template: { spec: { restartPolicy: Never, containers: [{ name: migrate, image: "example.com/api:1.4.2" }] } }
`,
  cronJob: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: database-backup, namespace: shop }
spec:
  schedule: "0 */6 * * *"
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: backup, image: "example.com/backup:2.0.0" }] } } } }
`,
  scaledJob: `
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: render, namespace: shop }
spec:
  maxReplicaCount: 20
  jobTargetRef:
    template:
      metadata: { labels: { app: render } }
      spec:
        restartPolicy: Never
        containers: [{ name: render, image: "example.com/render:1.0.0", resources: { requests: { cpu: 500m, memory: 1Gi } }, securityContext: { allowPrivilegeEscalation: false } }]
  triggers: [{ type: aws-sqs-queue, metadata: { queueURL: "https://queue.example.com/1", queueLength: "5" } }]
`,
  pod: `
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: shop }
spec: { nodeName: one, containers: [{ name: probe, image: "example.com/probe:1.0.0" }] }
`,
  service: `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal } }
spec:
  type: ClusterIP
  clusterIP: 10.0.0.10
  ipFamilies: [IPv4]
  loadBalancerSourceRanges: [10.0.0.0/8]
  selector: { app: api }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
`,
  ingress: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/scheme: internal
    alb.ingress.kubernetes.io/wafv2-acl-arn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1
    alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-3-2021-06
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'
    nginx.ingress.kubernetes.io/auth-url: https://auth.example.com
    nginx.ingress.kubernetes.io/ssl-redirect: "true"
    nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8
spec:
  ingressClassName: nginx-internal
  tls: [{ hosts: [shop.example.com], secretName: tls }]
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] }
`,
  gateway: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  gatewayClassName: envoy
  listeners:
    - { name: https, port: 443, protocol: HTTPS, hostname: shop.example.com, tls: { certificateRefs: [{ name: tls }] }, allowedRoutes: { namespaces: { from: Same } } }
`,
  httpRoute: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec:
  parentRefs: [{ name: public }]
  hostnames: [shop.example.com]
  rules: [{ matches: [{ path: { type: PathPrefix, value: / } }], backendRefs: [{ name: api, port: 80 }] }]
`,
  configMap: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data:
  LOG: info
  app.yaml: "server:\\n  port: 8080\\n  hosts: [a, b]\\n"
  app.json: '{"retries": 3}'
  app.properties: "a.b=1\\nc.d=2\\n"
  nginx.conf: "server {\\n  listen 80;\\n  location / { proxy_pass http://api; }\\n}\\n"
  run.sh: "#!/bin/sh\\necho one\\n"
`,
  frozen: `
apiVersion: v1
kind: ConfigMap
metadata: { name: frozen, namespace: shop }
immutable: true
data: { A: "1" }
`,
  secret: `
apiVersion: v1
kind: Secret
metadata: { name: credentials, namespace: shop }
type: Opaque
stringData: { password: one }
`,
  claim: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], storageClassName: gp3, resources: { requests: { storage: 10Gi } } }
`,
  volume: `
apiVersion: v1
kind: PersistentVolume
metadata: { name: disk }
spec: { capacity: { storage: 10Gi }, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Retain, csi: { driver: ebs.csi.aws.com, volumeHandle: vol-1 } }
`,
  storageClass: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: gp3 }
provisioner: ebs.csi.aws.com
reclaimPolicy: Retain
allowVolumeExpansion: true
parameters: { type: gp3 }
`,
  namespace: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted, istio-injection: enabled } }
`,
  crd: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: orders.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Order, plural: orders }
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, description: An order } } }
    - { name: v1beta1, served: true, storage: false, schema: { openAPIV3Schema: { type: object } } }
`,
  role: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules: [{ apiGroups: [""], resources: [configmaps], verbs: [get, list] }]
`,
  clusterRole: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: viewer }
rules: [{ apiGroups: [apps], resources: [deployments], verbs: [get] }]
`,
  binding: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: api, namespace: shop }]
`,
  serviceAccount: `
apiVersion: v1
kind: ServiceAccount
metadata: { name: api, namespace: shop, annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/api" } }
automountServiceAccountToken: false
`,
  networkPolicy: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]
`,
  hpa: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
  minReplicas: 3
  maxReplicas: 10
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`,
  budget: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec: { minAvailable: 2, selector: { matchLabels: { app: api } } }
`,
  rules: `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: api, namespace: shop }
spec:
  groups:
    - name: api
      rules:
        - { alert: Errors, expr: 'sum(rate(errors_total[5m])) > 10', for: 5m, labels: { severity: critical }, annotations: { summary: Many errors } }
        - { alert: Slow, expr: latency > 1, for: 10m, labels: { severity: warning } }
`,
  monitor: `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, endpoints: [{ port: metrics, interval: 30s, scheme: https }] }
`,
  database: `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: orders, namespace: shop }
spec: { instances: 3, imageName: "example.com/postgresql:16.1", storage: { size: 20Gi }, backup: { retentionPolicy: 30d } }
`,
  scheduledBackup: `
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: orders, namespace: shop }
spec: { schedule: "0 0 2 * * *", cluster: { name: orders } }
`,
  velero: `
apiVersion: velero.io/v1
kind: Schedule
metadata: { name: daily, namespace: velero }
spec: { schedule: "0 1 * * *", template: { ttl: 720h0m0s, includedNamespaces: [shop] } }
`,
  quota: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { requests.cpu: "10", requests.memory: 20Gi } }
`,
  application: `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io] }
spec:
  project: shop
  source: { repoURL: "https://git.example.com/fleet", path: dist/clusters/one/shop }
  destination: { name: one, namespace: shop }
  syncPolicy: { automated: { prune: true } }
`,
  project: `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: shop, namespace: argocd }
spec: { sourceRepos: ["https://git.example.com/fleet"], destinations: [{ name: one, namespace: shop }] }
`,
  kustomization: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, path: ./dist/clusters/one/shop, prune: true, sourceRef: { kind: GitRepository, name: fleet } }
`,
  webhook: `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: check }
webhooks: [{ name: check.example.com, failurePolicy: Fail, sideEffects: None, admissionReviewVersions: [v1], clientConfig: { service: { name: check, namespace: shop } } }]
`,
  priority: `
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 1000
description: Goes first
`,
  ingressClass: `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: example.com/nginx }
`,
  runtimeClass: `
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: { name: gvisor }
handler: runsc
`,
  csiDriver: `
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: { name: ebs.csi.aws.com }
spec: { attachRequired: true, podInfoOnMount: false }
`,
  secretProviderClass: `
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: vault, namespace: shop }
spec:
  provider: vault
  parameters:
    roleName: api
    objects: |
      - objectName: password
        secretPath: secret/data/shop
        secretKey: password
`,
  certificate: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop, namespace: shop }
spec: { secretName: tls, dnsNames: [shop.example.com], issuerRef: { name: issuer } }
`,
  peerAuthentication: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`,
  nodePool: `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: default }
spec: { limits: { cpu: "100" }, template: { spec: { requirements: [{ key: kubernetes.io/arch, operator: In, values: [amd64] }] } } }
`,
} as const;
