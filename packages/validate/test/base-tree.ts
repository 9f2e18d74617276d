import type { Environment, NodePool, Offers } from '@fairlead/inventory';

/** A working tree that every mutation starts from: file by path. Clean under production strictness, every check on. */
export const baseTree: Readonly<Record<string, string>> = {
  'cluster/namespaces.yaml': yaml`
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: restricted
        pod-security.kubernetes.io/enforce-version: latest
    ---
    apiVersion: v1
    kind: Namespace
    metadata:
      name: data
      labels:
        pod-security.kubernetes.io/enforce: restricted
        pod-security.kubernetes.io/enforce-version: latest
  `,
  'cluster/priority-class.yaml': yaml`
    apiVersion: scheduling.k8s.io/v1
    kind: PriorityClass
    metadata:
      name: business
    value: 100000
    globalDefault: false
    description: What customers see
  `,
  'cluster/storage-class.yaml': yaml`
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata:
      name: fast
    provisioner: ebs.csi.aws.com
    reclaimPolicy: Retain
    volumeBindingMode: WaitForFirstConsumer
    allowVolumeExpansion: true
    parameters:
      type: gp3
      encrypted: "true"
  `,
  'shop/web-deployment.yaml': yaml`
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      namespace: shop
      labels:
        app.kubernetes.io/name: shop
        app.kubernetes.io/component: web
    spec:
      revisionHistoryLimit: 3
      progressDeadlineSeconds: 600
      selector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: web
      strategy:
        type: RollingUpdate
        rollingUpdate:
          maxSurge: 1
          maxUnavailable: 0
      template:
        metadata:
          labels:
            app.kubernetes.io/name: shop
            app.kubernetes.io/component: web
        spec:
          serviceAccountName: web
          automountServiceAccountToken: false
          priorityClassName: business
          terminationGracePeriodSeconds: 30
          securityContext:
            runAsNonRoot: true
            runAsUser: 10001
            fsGroup: 10001
            seccompProfile:
              type: RuntimeDefault
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: ScheduleAnyway
              labelSelector:
                matchLabels:
                  app.kubernetes.io/name: shop
                  app.kubernetes.io/component: web
          containers:
            - name: web
              image: registry.example.com/shop/web@sha256:4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f
              imagePullPolicy: IfNotPresent
              ports:
                - name: http
                  containerPort: 8080
                  protocol: TCP
              env:
                - name: API_URL
                  value: http://api.shop.svc.cluster.local:4000
              readinessProbe:
                httpGet:
                  path: /healthz
                  port: http
                periodSeconds: 10
              livenessProbe:
                httpGet:
                  path: /healthz
                  port: http
                periodSeconds: 20
              resources:
                requests:
                  cpu: 100m
                  memory: 128Mi
                limits:
                  cpu: "1"
                  memory: 128Mi
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop:
                    - ALL
              volumeMounts:
                - name: configuration
                  mountPath: /etc/nginx/nginx.conf
                  subPath: nginx.conf
                  readOnly: true
                - name: tmp
                  mountPath: /tmp
          volumes:
            - name: configuration
              configMap:
                name: web-files
                items:
                  - key: nginx.conf
                    path: nginx.conf
            - name: tmp
              emptyDir:
                sizeLimit: 64Mi
  `,
  'shop/api-deployment.yaml': yaml`
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
      namespace: shop
      labels:
        app.kubernetes.io/name: shop
        app.kubernetes.io/component: api
    spec:
      revisionHistoryLimit: 3
      progressDeadlineSeconds: 600
      selector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: api
      strategy:
        type: RollingUpdate
        rollingUpdate:
          maxSurge: 1
          maxUnavailable: 0
      template:
        metadata:
          labels:
            app.kubernetes.io/name: shop
            app.kubernetes.io/component: api
        spec:
          serviceAccountName: api
          automountServiceAccountToken: false
          priorityClassName: business
          terminationGracePeriodSeconds: 30
          securityContext:
            runAsNonRoot: true
            runAsUser: 10001
            fsGroup: 10001
            seccompProfile:
              type: RuntimeDefault
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: ScheduleAnyway
              labelSelector:
                matchLabels:
                  app.kubernetes.io/name: shop
                  app.kubernetes.io/component: api
          initContainers:
            - name: migrate
              image: registry.example.com/shop/api@sha256:4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f
              command:
                - /app/migrate
              envFrom:
                - configMapRef:
                    name: api-settings
                - secretRef:
                    name: api-credentials
              resources:
                requests:
                  cpu: 100m
                  memory: 256Mi
                limits:
                  cpu: "1"
                  memory: 256Mi
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop:
                    - ALL
          containers:
            - name: api
              image: registry.example.com/shop/api@sha256:4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f
              imagePullPolicy: IfNotPresent
              ports:
                - name: http
                  containerPort: 4000
                  protocol: TCP
                - name: metrics
                  containerPort: 9090
                  protocol: TCP
              envFrom:
                - configMapRef:
                    name: api-settings
              env:
                - name: LOG_LEVEL
                  valueFrom:
                    configMapKeyRef:
                      name: api-settings
                      key: LOG_LEVEL
                - name: DATABASE_USER
                  valueFrom:
                    secretKeyRef:
                      name: api-credentials
                      key: username
                - name: DATABASE_PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: api-credentials
                      key: password
                - name: POD_NAME
                  valueFrom:
                    fieldRef:
                      fieldPath: metadata.name
                - name: MEMORY_LIMIT
                  valueFrom:
                    resourceFieldRef:
                      containerName: api
                      resource: limits.memory
              readinessProbe:
                httpGet:
                  path: /health
                  port: http
                periodSeconds: 10
              livenessProbe:
                httpGet:
                  path: /health
                  port: http
                periodSeconds: 20
              startupProbe:
                httpGet:
                  path: /health
                  port: http
                failureThreshold: 30
                periodSeconds: 2
              lifecycle:
                preStop:
                  sleep:
                    seconds: 5
              resources:
                requests:
                  cpu: 250m
                  memory: 512Mi
                limits:
                  cpu: "1"
                  memory: 512Mi
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop:
                    - ALL
              volumeMounts:
                - name: runtime
                  mountPath: /var/run/api
                  readOnly: true
                - name: tmp
                  mountPath: /tmp
          volumes:
            - name: runtime
              projected:
                sources:
                  - configMap:
                      name: api-settings
                      items:
                        - key: features.json
                          path: features.json
                  - secret:
                      name: api-credentials
                      items:
                        - key: password
                          path: password
                  - downwardAPI:
                      items:
                        - path: labels
                          fieldRef:
                            fieldPath: metadata.labels
            - name: tmp
              emptyDir: {}
  `,
  'shop/worker-deployment.yaml': yaml`
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: worker
      namespace: shop
      labels:
        app.kubernetes.io/name: shop
        app.kubernetes.io/component: worker
    spec:
      revisionHistoryLimit: 3
      progressDeadlineSeconds: 600
      selector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: worker
      strategy:
        type: RollingUpdate
        rollingUpdate:
          maxSurge: 1
          maxUnavailable: 0
      template:
        metadata:
          labels:
            app.kubernetes.io/name: shop
            app.kubernetes.io/component: worker
        spec:
          serviceAccountName: worker
          automountServiceAccountToken: true
          priorityClassName: business
          terminationGracePeriodSeconds: 30
          securityContext:
            runAsNonRoot: true
            runAsUser: 10001
            fsGroup: 10001
            seccompProfile:
              type: RuntimeDefault
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: ScheduleAnyway
              labelSelector:
                matchLabels:
                  app.kubernetes.io/name: shop
                  app.kubernetes.io/component: worker
          containers:
            - name: worker
              image: registry.example.com/shop/worker@sha256:4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f
              imagePullPolicy: IfNotPresent
              command:
                - /app/worker
              ports:
                - name: metrics
                  containerPort: 9100
                  protocol: TCP
              env:
                - name: QUEUE_TOKEN
                  valueFrom:
                    secretKeyRef:
                      name: worker-secrets
                      key: token
                - name: DATABASE_HOST
                  value: database.data.svc.cluster.local
              livenessProbe:
                exec:
                  command:
                    - /app/alive
              readinessProbe:
                httpGet:
                  path: /ready
                  port: metrics
              resources:
                requests:
                  cpu: 100m
                  memory: 256Mi
                limits:
                  cpu: "1"
                  memory: 256Mi
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop:
                    - ALL
              volumeMounts:
                - name: secrets
                  mountPath: /mnt/secrets
                  readOnly: true
          volumes:
            - name: secrets
              csi:
                driver: secrets-store.csi.k8s.io
                readOnly: true
                volumeAttributes:
                  secretProviderClass: worker-secrets
  `,
  'shop/web-service.yaml': yaml`
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      namespace: shop
      labels:
        app.kubernetes.io/name: shop
        app.kubernetes.io/component: web
    spec:
      type: ClusterIP
      selector:
        app.kubernetes.io/name: shop
        app.kubernetes.io/component: web
      ports:
        - name: http
          port: 80
          targetPort: http
          protocol: TCP
  `,
  'shop/api-service.yaml': yaml`
    apiVersion: v1
    kind: Service
    metadata:
      name: api
      namespace: shop
      labels:
        app.kubernetes.io/name: shop
        app.kubernetes.io/component: api
    spec:
      type: ClusterIP
      selector:
        app.kubernetes.io/name: shop
        app.kubernetes.io/component: api
      ports:
        - name: http
          port: 4000
          targetPort: 4000
          protocol: TCP
        - name: metrics
          port: 9090
          targetPort: metrics
          protocol: TCP
  `,
  'shop/configuration.yaml': yaml`
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: api-settings
      namespace: shop
    data:
      LOG_LEVEL: info
      DATABASE_HOST: database.data.svc.cluster.local
      DATABASE_PORT: "5432"
      features.json: |
        { "checkout": true }
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-files
      namespace: shop
    data:
      nginx.conf: |
        server {
          listen 8080;
          location / { proxy_pass http://api.shop.svc.cluster.local:4000; }
        }
  `,
  'shop/secrets.yaml': yaml`
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata:
      name: api-credentials
      namespace: shop
    spec:
      refreshInterval: 1h0m0s
      secretStoreRef:
        kind: ClusterSecretStore
        name: vault
      target:
        name: api-credentials
        creationPolicy: Owner
      data:
        - secretKey: username
          remoteRef:
            key: production/shop/database
            property: username
        - secretKey: password
          remoteRef:
            key: production/shop/database
            property: password
    ---
    apiVersion: secrets-store.csi.x-k8s.io/v1
    kind: SecretProviderClass
    metadata:
      name: worker-secrets
      namespace: shop
    spec:
      provider: vault
      parameters:
        roleName: shop-worker
        objects: |
          - objectName: token
            secretPath: secret/data/production/shop/worker
            secretKey: token
      secretObjects:
        - secretName: worker-secrets
          type: Opaque
          data:
            - key: token
              objectName: token
    ---
    apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata:
      name: web
      namespace: shop
    spec:
      secretName: web-tls
      dnsNames:
        - shop.example.com
      issuerRef:
        group: cert-manager.io
        kind: ClusterIssuer
        name: letsencrypt
  `,
  'shop/ingress.yaml': yaml`
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      namespace: shop
    spec:
      ingressClassName: nginx
      tls:
        - hosts:
            - shop.example.com
          secretName: web-tls
      rules:
        - host: shop.example.com
          http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: web
                    port:
                      name: http
              - path: /api
                pathType: Prefix
                backend:
                  service:
                    name: api
                    port:
                      number: 4000
  `,
  'shop/gateway.yaml': yaml`
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata:
      name: partners
      namespace: shop
    spec:
      gatewayClassName: envoy
      listeners:
        - name: https
          protocol: HTTPS
          port: 443
          hostname: "*.partners.example.com"
          tls:
            mode: Terminate
            certificateRefs:
              - name: web-tls
          allowedRoutes:
            namespaces:
              from: Same
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: partners
      namespace: shop
    spec:
      parentRefs:
        - name: partners
          sectionName: https
      hostnames:
        - api.partners.example.com
      rules:
        - matches:
            - path:
                type: PathPrefix
                value: /
          backendRefs:
            - name: api
              port: 4000
  `,
  'shop/autoscaling.yaml': yaml`
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
      namespace: shop
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
      minReplicas: 3
      maxReplicas: 6
      metrics:
        - type: Resource
          resource:
            name: cpu
            target:
              type: Utilization
              averageUtilization: 70
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: api
      namespace: shop
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: api
      minReplicas: 3
      maxReplicas: 9
      metrics:
        - type: Resource
          resource:
            name: cpu
            target:
              type: Utilization
              averageUtilization: 70
    ---
    apiVersion: keda.sh/v1alpha1
    kind: ScaledObject
    metadata:
      name: worker
      namespace: shop
    spec:
      scaleTargetRef:
        name: worker
      minReplicaCount: 2
      maxReplicaCount: 6
      triggers:
        - type: prometheus
          metadata:
            serverAddress: http://prometheus.monitoring.svc.cluster.local:9090
            query: sum(shop_queue_length)
            threshold: "20"
  `,
  'shop/disruption-budgets.yaml': yaml`
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
      namespace: shop
    spec:
      maxUnavailable: 1
      unhealthyPodEvictionPolicy: AlwaysAllow
      selector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: web
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: api
      namespace: shop
    spec:
      maxUnavailable: 1
      unhealthyPodEvictionPolicy: AlwaysAllow
      selector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: api
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: worker
      namespace: shop
    spec:
      maxUnavailable: 1
      unhealthyPodEvictionPolicy: AlwaysAllow
      selector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: worker
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: database
      namespace: data
    spec:
      maxUnavailable: 1
      unhealthyPodEvictionPolicy: AlwaysAllow
      selector:
        matchLabels:
          app.kubernetes.io/name: data
          app.kubernetes.io/component: database
  `,
  'shop/rbac.yaml': yaml`
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      namespace: shop
    automountServiceAccountToken: false
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: api
      namespace: shop
    automountServiceAccountToken: false
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: worker
      namespace: shop
    automountServiceAccountToken: false
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: report
      namespace: shop
    automountServiceAccountToken: false
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: worker
      namespace: shop
    rules:
      - apiGroups:
          - ""
        resources:
          - configmaps
        verbs:
          - get
          - list
          - watch
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: worker
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: worker
    subjects:
      - kind: ServiceAccount
        name: worker
        namespace: shop
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: support
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: support
  `,
  'shop/report-cronjob.yaml': yaml`
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: report
      namespace: shop
      labels:
        app.kubernetes.io/name: shop
        app.kubernetes.io/component: report
    spec:
      schedule: 15 2 * * 1-5
      timeZone: Europe/Berlin
      concurrencyPolicy: Forbid
      startingDeadlineSeconds: 600
      successfulJobsHistoryLimit: 1
      failedJobsHistoryLimit: 3
      jobTemplate:
        spec:
          backoffLimit: 2
          activeDeadlineSeconds: 3600
          ttlSecondsAfterFinished: 86400
          template:
            metadata:
              labels:
                app.kubernetes.io/name: shop
                app.kubernetes.io/component: report
            spec:
              serviceAccountName: report
              automountServiceAccountToken: false
              restartPolicy: Never
              securityContext:
                runAsNonRoot: true
                runAsUser: 10001
                seccompProfile:
                  type: RuntimeDefault
              containers:
                - name: report
                  image: registry.example.com/shop/worker@sha256:4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f
                  command:
                    - /app/report
                  envFrom:
                    - configMapRef:
                        name: api-settings
                  env:
                    - name: SMTP_TOKEN
                      valueFrom:
                        secretKeyRef:
                          name: report-mail
                          key: token
                          optional: true
                  resources:
                    requests:
                      cpu: 100m
                      memory: 256Mi
                    limits:
                      cpu: 500m
                      memory: 256Mi
                  securityContext:
                    allowPrivilegeEscalation: false
                    readOnlyRootFilesystem: true
                    capabilities:
                      drop:
                        - ALL
  `,
  'shop/quota.yaml': yaml`
    apiVersion: v1
    kind: ResourceQuota
    metadata:
      name: shop
      namespace: shop
    spec:
      hard:
        requests.cpu: "8"
        requests.memory: 16Gi
        limits.cpu: "40"
        limits.memory: 32Gi
        pods: "60"
    ---
    apiVersion: v1
    kind: LimitRange
    metadata:
      name: shop
      namespace: shop
    spec:
      limits:
        - type: Container
          max:
            cpu: "4"
            memory: 4Gi
          min:
            cpu: 10m
            memory: 16Mi
          defaultRequest:
            cpu: 100m
            memory: 128Mi
  `,
  'shop/network-policies.yaml': yaml`
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: default-deny
      namespace: shop
    spec:
      podSelector: {}
      policyTypes:
        - Ingress
        - Egress
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: default-deny
      namespace: data
    spec:
      podSelector: {}
      policyTypes:
        - Ingress
        - Egress
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: web
      policyTypes:
        - Ingress
        - Egress
      ingress:
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: ingress-nginx
          ports:
            - port: 8080
              protocol: TCP
      egress:
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: shop
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: shop
                  app.kubernetes.io/component: api
          ports:
            - port: 4000
              protocol: TCP
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: kube-system
              podSelector:
                matchLabels:
                  k8s-app: kube-dns
          ports:
            - port: 53
              protocol: UDP
            - port: 53
              protocol: TCP
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: api
      policyTypes:
        - Ingress
        - Egress
      ingress:
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: ingress-nginx
          ports:
            - port: 4000
              protocol: TCP
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: envoy-gateway-system
          ports:
            - port: 4000
              protocol: TCP
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: shop
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: shop
                  app.kubernetes.io/component: web
          ports:
            - port: 4000
              protocol: TCP
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: monitoring
          ports:
            - port: 9090
              protocol: TCP
      egress:
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: data
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: data
                  app.kubernetes.io/component: database
          ports:
            - port: 5432
              protocol: TCP
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: kube-system
              podSelector:
                matchLabels:
                  k8s-app: kube-dns
          ports:
            - port: 53
              protocol: UDP
            - port: 53
              protocol: TCP
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: worker
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: worker
      policyTypes:
        - Ingress
        - Egress
      ingress:
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: monitoring
          ports:
            - port: 9100
              protocol: TCP
      egress:
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: data
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: data
                  app.kubernetes.io/component: database
          ports:
            - port: 5432
              protocol: TCP
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: kube-system
              podSelector:
                matchLabels:
                  k8s-app: kube-dns
          ports:
            - port: 53
              protocol: UDP
            - port: 53
              protocol: TCP
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: report
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: report
      policyTypes:
        - Ingress
        - Egress
      ingress: []
      egress:
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: data
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: data
                  app.kubernetes.io/component: database
          ports:
            - port: 5432
              protocol: TCP
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: kube-system
              podSelector:
                matchLabels:
                  k8s-app: kube-dns
          ports:
            - port: 53
              protocol: UDP
            - port: 53
              protocol: TCP
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: database
      namespace: data
    spec:
      podSelector:
        matchLabels:
          app.kubernetes.io/name: data
          app.kubernetes.io/component: database
      policyTypes:
        - Ingress
        - Egress
      ingress:
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: shop
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: shop
                  app.kubernetes.io/component: api
          ports:
            - port: 5432
              protocol: TCP
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: shop
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: shop
                  app.kubernetes.io/component: worker
          ports:
            - port: 5432
              protocol: TCP
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: shop
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: shop
                  app.kubernetes.io/component: report
          ports:
            - port: 5432
              protocol: TCP
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: monitoring
          ports:
            - port: 9187
              protocol: TCP
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: data
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: data
                  app.kubernetes.io/component: database
          ports:
            - port: 5432
              protocol: TCP
      egress:
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: data
              podSelector:
                matchLabels:
                  app.kubernetes.io/name: data
                  app.kubernetes.io/component: database
          ports:
            - port: 5432
              protocol: TCP
        - to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: kube-system
              podSelector:
                matchLabels:
                  k8s-app: kube-dns
          ports:
            - port: 53
              protocol: UDP
            - port: 53
              protocol: TCP
  `,
  'data/database.yaml': yaml`
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: database
      namespace: data
    automountServiceAccountToken: false
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: database
      namespace: data
    spec:
      selector:
        app.kubernetes.io/name: data
        app.kubernetes.io/component: database
      ports:
        - name: postgresql
          port: 5432
          targetPort: postgresql
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: database-members
      namespace: data
    spec:
      clusterIP: None
      publishNotReadyAddresses: true
      selector:
        app.kubernetes.io/name: data
        app.kubernetes.io/component: database
      ports:
        - name: postgresql
          port: 5432
          targetPort: postgresql
    ---
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata:
      name: database
      namespace: data
    spec:
      refreshInterval: 1h0m0s
      secretStoreRef:
        kind: ClusterSecretStore
        name: vault
      dataFrom:
        - extract:
            key: production/shop/database
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: database
      namespace: data
      labels:
        app.kubernetes.io/name: data
        app.kubernetes.io/component: database
    spec:
      replicas: 3
      revisionHistoryLimit: 3
      serviceName: database-members
      podManagementPolicy: OrderedReady
      selector:
        matchLabels:
          app.kubernetes.io/name: data
          app.kubernetes.io/component: database
      template:
        metadata:
          labels:
            app.kubernetes.io/name: data
            app.kubernetes.io/component: database
        spec:
          serviceAccountName: database
          automountServiceAccountToken: false
          priorityClassName: business
          terminationGracePeriodSeconds: 120
          securityContext:
            runAsNonRoot: true
            runAsUser: 999
            fsGroup: 999
            seccompProfile:
              type: RuntimeDefault
          affinity:
            podAntiAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 100
                  podAffinityTerm:
                    topologyKey: topology.kubernetes.io/zone
                    labelSelector:
                      matchLabels:
                        app.kubernetes.io/name: data
                        app.kubernetes.io/component: database
          containers:
            - name: postgresql
              image: registry.example.com/postgresql@sha256:4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f
              ports:
                - name: postgresql
                  containerPort: 5432
                - name: metrics
                  containerPort: 9187
              env:
                - name: POSTGRES_PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: database
                      key: password
                - name: PGDATA
                  value: /var/lib/postgresql/data/pgdata
              readinessProbe:
                exec:
                  command:
                    - pg_isready
              livenessProbe:
                tcpSocket:
                  port: postgresql
              resources:
                requests:
                  cpu: 500m
                  memory: 1Gi
                limits:
                  cpu: "2"
                  memory: 1Gi
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop:
                    - ALL
              volumeMounts:
                - name: data
                  mountPath: /var/lib/postgresql/data
                - name: run
                  mountPath: /var/run/postgresql
          volumes:
            - name: run
              emptyDir: {}
      volumeClaimTemplates:
        - metadata:
            name: data
          spec:
            accessModes:
              - ReadWriteOnce
            storageClassName: fast
            resources:
              requests:
                storage: 20Gi
  `,
  'shop/monitoring.yaml': yaml`
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: api
      namespace: shop
    spec:
      selector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: api
      endpoints:
        - port: metrics
          interval: 30s
          path: /metrics
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: PodMonitor
    metadata:
      name: worker
      namespace: shop
    spec:
      selector:
        matchLabels:
          app.kubernetes.io/name: shop
          app.kubernetes.io/component: worker
      podMetricsEndpoints:
        - port: metrics
          interval: 30s
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata:
      name: shop
      namespace: shop
    spec:
      groups:
        - name: shop.recording
          rules:
            - record: job:http_requests:rate5m
              expr: sum by (job) (rate(http_requests_total{namespace="shop"}[5m]))
            - record: job:http_errors:rate5m
              expr: sum by (job) (rate(http_requests_total{namespace="shop",code=~"5.."}[5m]))
        - name: shop.alerts
          rules:
            - alert: ShopErrors
              expr: job:http_errors:rate5m / job:http_requests:rate5m > 0.05
              for: 10m
              labels:
                severity: page
              annotations:
                summary: More than 5 % of requests fail
                runbook_url: https://runbooks.example.com/ShopErrors.md
            - alert: ShopQueueGrows
              expr: sum(shop_queue_length) > 200
              for: 15m
              labels:
                severity: ticket
              annotations:
                summary: The queue grows
                runbook_url: https://runbooks.example.com/ShopQueueGrows.md
  `,
  'delivery/argocd.yaml': yaml`
    apiVersion: argoproj.io/v1alpha1
    kind: AppProject
    metadata:
      name: shop
      namespace: argocd
    spec:
      sourceRepos:
        - https://git.example.com/shop/manifests.git
      destinations:
        - server: https://kubernetes.default.svc
          namespace: shop
        - server: https://kubernetes.default.svc
          namespace: data
      clusterResourceWhitelist:
        - group: ""
          kind: Namespace
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: shop
      namespace: argocd
    spec:
      project: shop
      source:
        repoURL: https://git.example.com/shop/manifests.git
        targetRevision: main
        path: shop
      destination:
        server: https://kubernetes.default.svc
        namespace: shop
      syncPolicy:
        automated:
          prune: true
          selfHeal: true
  `,
};

/** What the cluster of the base tree has without any manifest. */
export const baseOffers: Offers = {
  namespaces: ['kube-system', 'ingress-nginx', 'envoy-gateway-system', 'monitoring', 'argocd'],
  storageClasses: ['gp3'],
  ingressClasses: ['nginx'],
  gatewayClasses: ['envoy'],
  priorityClasses: [],
  clusterRoles: [],
  clusterIssuers: ['letsencrypt'],
  secretStores: ['vault'],
};

/** The production environment of the base tree. */
export const baseEnvironment: Environment = {
  name: 'production',
  order: 3,
  images: 'digest',
  podSecurity: 'restricted',
  minimumReplicas: 2,
  access: { admin: [], deploy: [], readOnly: [] },
  alerts: { enabled: true, severity: { page: 'pager', ticket: 'tickets' } },
  strictness: {},
  waivers: [],
};

export const baseNodePools: readonly NodePool[] = [
  {
    name: 'general',
    cpu: '7500m',
    memory: '28Gi',
    architecture: 'amd64',
    spot: false,
    max: 20,
    labels: {},
    taints: [],
  },
];

/** YAML written at the depth of the code around it. */
export function yaml(strings: TemplateStringsArray): string {
  const lines = (strings[0] ?? '').split('\n').slice(1);
  const depth = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
  return (
    lines
      .map((line) => line.slice(depth))
      .join('\n')
      .trimEnd() + '\n'
  );
}
