import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { registry } from './registry.ts';

// What the documentation of each operator shows, so that a strict schema never refuses what works.
const documented = `
{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, namespaceSelector: {matchNames: [a]}, endpoints: [{port: http, path: /metrics, interval: 30s, relabelings: [{action: replace, sourceLabels: [a], targetLabel: b}]}]}}
---
{apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, metadata: {name: a}, spec: {selector: {}, podMetricsEndpoints: [{port: http}]}}
---
{apiVersion: azmonitoring.coreos.com/v1, kind: PodMonitor, metadata: {name: a}, spec: {labelLimit: 63, selector: {}, podMetricsEndpoints: [{port: http}]}}
---
{apiVersion: monitoring.coreos.com/v1, kind: Probe, metadata: {name: a}, spec: {prober: {url: 'blackbox:9115'}, module: http_2xx, targets: {staticConfig: {static: ['https://a.example.com'], labels: {a: b}}}}}
---
{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {name: a}, spec: {groups: [{name: a, interval: 30s, rules: [{record: 'a:b', expr: vector(1)}, {alert: A, expr: vector(1), for: 5m, labels: {severity: page}, annotations: {summary: s}}]}]}}
---
{apiVersion: monitoring.coreos.com/v1alpha1, kind: ScrapeConfig, metadata: {name: a}, spec: {staticConfigs: [{targets: ['a:80']}], metricsPath: /metrics, scrapeInterval: 30s}}
---
{apiVersion: monitoring.coreos.com/v1alpha1, kind: AlertmanagerConfig, metadata: {name: a}, spec: {route: {receiver: a, groupBy: [alertname], groupWait: 30s, repeatInterval: 4h, matchers: [{name: severity, value: page, matchType: '='}], routes: [{receiver: a}]}, receivers: [{name: a, slackConfigs: [{apiURL: {name: s, key: url}, channel: '#a', sendResolved: true}], emailConfigs: [{to: a@example.com}], pagerdutyConfigs: [{routingKey: {name: s, key: k}}]}]}}
---
{apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: a}, spec: {replicas: 2, serviceAccountName: p, serviceMonitorSelector: {}, externalLabels: {cluster: a}, resources: {requests: {memory: 400Mi}}, retention: 15d, storage: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 10Gi}}}}}}}
---
{apiVersion: monitoring.coreos.com/v1, kind: Alertmanager, metadata: {name: a}, spec: {replicas: 3}}
---
{apiVersion: monitoring.googleapis.com/v1, kind: PodMonitoring, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, endpoints: [{port: metrics, interval: 30s}], targetLabels: {metadata: [pod, container], fromPod: [{from: app}]}}}
---
{apiVersion: monitoring.googleapis.com/v1, kind: ClusterRules, metadata: {name: a}, spec: {groups: [{name: a, interval: 30s, rules: [{alert: A, expr: vector(1), for: 5m}]}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd}, spec: {project: a, source: {repoURL: 'https://git.example.com/a.git', targetRevision: main, path: a, directory: {recurse: true}}, destination: {server: 'https://kubernetes.default.svc', namespace: a}, syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true], retry: {limit: 5, backoff: {duration: 5s, factor: 2, maxDuration: 3m}}}, ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: a, namespace: argocd}, spec: {description: a, sourceRepos: ['https://git.example.com/a.git'], destinations: [{server: '*', namespace: a}], clusterResourceWhitelist: [{group: '', kind: Namespace}], namespaceResourceWhitelist: [{group: '*', kind: '*'}], roles: [{name: r, policies: ['p, proj:a:r, applications, get, a/*, allow']}], syncWindows: [{kind: allow, schedule: '0 0 * * *', duration: 1h, applications: ['*']}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: a}, spec: {goTemplate: true, goTemplateOptions: [missingkey=error], generators: [{list: {elements: [{cluster: a}]}}, {git: {repoURL: a, revision: main, directories: [{path: a/*}]}}, {matrix: {generators: [{clusters: {}}, {list: {elements: []}}]}}], template: {metadata: {name: '{{.cluster}}'}, spec: {project: a, source: {repoURL: a, path: a}, destination: {name: a}}}}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: a}, spec: {replicas: 2, selector: {matchLabels: {a: b}}, strategy: {canary: {canaryService: a, stableService: b, trafficRouting: {alb: {ingress: a, servicePort: 80, rootService: a}}, steps: [{setWeight: 20}, {pause: {duration: 10m}}, {pause: {}}, {analysis: {templates: [{templateName: a}]}}]}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a, ports: [{containerPort: 80}], resources: {limits: {cpu: 1}}}]}}}}
---
{apiVersion: argoproj.io/v1alpha1, kind: AnalysisTemplate, metadata: {name: a}, spec: {args: [{name: service}], metrics: [{name: success, interval: 1m, count: 3, successCondition: 'result[0] > 0.9', failureLimit: 3, provider: {prometheus: {address: 'http://p:9090', query: up}}}]}}
---
{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: a, namespace: flux-system}, spec: {interval: 1m, url: 'https://git.example.com/a.git', ref: {branch: main}, secretRef: {name: a}, ignore: '/*'}}
---
{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: {name: a}, spec: {interval: 1m, url: 'oci://registry.example.com/a', ref: {tag: latest}, provider: aws, verify: {provider: cosign}}}
---
{apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRepository, metadata: {name: a}, spec: {interval: 1h, url: 'https://charts.example.com'}}
---
{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {interval: 10m, retryInterval: 1m, timeout: 5m, path: ./a, prune: true, wait: true, sourceRef: {kind: GitRepository, name: a}, dependsOn: [{name: b}], postBuild: {substitute: {a: b}}, healthChecks: [{apiVersion: apps/v1, kind: Deployment, name: a, namespace: a}]}}
---
{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {interval: 5m, chart: {spec: {chart: a, version: '1.x', sourceRef: {kind: HelmRepository, name: a}}}, values: {replicas: 2, any: {thing: [1]}}, install: {remediation: {retries: 3}}}}
---
{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: a}, spec: {secretName: a, dnsNames: [a.example.com], issuerRef: {name: a, kind: ClusterIssuer}, duration: 2160h, renewBefore: 360h, privateKey: {algorithm: ECDSA, size: 256, rotationPolicy: Always}, usages: [server auth]}}
---
{apiVersion: cert-manager.io/v1, kind: ClusterIssuer, metadata: {name: a}, spec: {acme: {server: 'https://acme.example.com', email: a@example.com, privateKeySecretRef: {name: a}, solvers: [{dns01: {route53: {region: eu-west-1}}}, {http01: {gatewayHTTPRoute: {parentRefs: [{name: a, namespace: b, kind: Gateway}]}}}, {http01: {ingress: {ingressClassName: nginx}}}, {dns01: {azureDNS: {hostedZoneName: a, resourceGroupName: b, subscriptionID: c, environment: AzurePublicCloud, managedIdentity: {clientID: d}}}}]}}}
---
{apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {name: a}, spec: {selfSigned: {}}}
---
{apiVersion: secret-sync.gke.io/v1, kind: SecretSync, metadata: {name: a, namespace: b}, spec: {serviceAccountName: a, secretProviderClassName: a, secretObject: {type: Opaque, data: [{sourcePath: a.txt, targetKey: a}]}}}
---
{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: EnvoyExtensionPolicy, metadata: {name: a}, spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: a}], wasm: [{name: a, rootID: a, failOpen: false, code: {type: Image, image: {url: 'oci://registry.example.com/a:1'}}, config: {a: b}}]}}
---
{apiVersion: cloud.google.com/v1, kind: BackendConfig, metadata: {name: a}, spec: {customResponseHeaders: {headers: ['X-Frame-Options:DENY']}}}
---
{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: a}, spec: {refreshInterval: 1h, secretStoreRef: {name: a, kind: ClusterSecretStore}, target: {name: a, creationPolicy: Owner}, data: [{secretKey: a, remoteRef: {key: a, property: b}}], dataFrom: [{extract: {key: a}}]}}
---
{apiVersion: external-secrets.io/v1, kind: ClusterSecretStore, metadata: {name: a}, spec: {provider: {vault: {server: 'https://vault.example.com', path: secret, version: v2, auth: {kubernetes: {mountPath: kubernetes, role: a, serviceAccountRef: {name: a, namespace: b}}}}}}}
---
{apiVersion: external-secrets.io/v1, kind: SecretStore, metadata: {name: a}, spec: {provider: {aws: {service: SecretsManager, region: eu-west-1, auth: {jwt: {serviceAccountRef: {name: a}}}}}}}
---
{apiVersion: external-secrets.io/v1, kind: SecretStore, metadata: {name: a}, spec: {provider: {gcpsm: {projectID: a, auth: {workloadIdentity: {clusterLocation: a, clusterName: b, serviceAccountRef: {name: c}}}}}}}
---
{apiVersion: external-secrets.io/v1, kind: SecretStore, metadata: {name: a}, spec: {provider: {azurekv: {authType: WorkloadIdentity, vaultUrl: 'https://a.vault.azure.net', serviceAccountRef: {name: a}}}}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: a}, spec: {gatewayClassName: gke-l7-gxlb, infrastructure: {annotations: {a: b}}, addresses: [{type: NamedAddress, value: a}], listeners: [{name: https, port: 443, protocol: HTTPS, hostname: a.example.com, tls: {mode: Terminate, certificateRefs: [{name: a}], options: {a: b}}, allowedRoutes: {namespaces: {from: All}}}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: a}, spec: {controllerName: gateway.k8s.aws/alb, parametersRef: {group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: a, namespace: b}}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {parentRefs: [{name: a, sectionName: https}], hostnames: [a.example.com], rules: [{matches: [{path: {type: PathPrefix, value: /}, headers: [{name: a, value: b}]}], filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}], remove: [c]}}, {type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}, {type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}, {type: ExtensionRef, extensionRef: {group: gateway.k8s.aws, kind: ListenerRuleConfiguration, name: a}}], backendRefs: [{name: a, port: 80, weight: 1}], timeouts: {request: 10s}}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GRPCRoute, metadata: {name: a}, spec: {parentRefs: [{name: a}], rules: [{matches: [{method: {service: a, method: b}}], backendRefs: [{name: a, port: 80}]}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: a}, spec: {targetRefs: [{group: '', kind: Service, name: a}], validation: {hostname: a.example.com, wellKnownCACertificates: System}}}
---
{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: a}, spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: a}], to: [{group: '', kind: Service}]}}
---
{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: a}, spec: {scaleTargetRef: {name: a}, minReplicaCount: 0, maxReplicaCount: 10, cooldownPeriod: 300, fallback: {failureThreshold: 3, replicas: 6}, advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {stabilizationWindowSeconds: 300, policies: [{type: Percent, value: 10, periodSeconds: 60}]}}}}, triggers: [{type: cron, metadata: {timezone: UTC, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: '3'}}, {type: aws-sqs-queue, metadata: {queueURL: a}, authenticationRef: {name: a}}]}}
---
{apiVersion: keda.sh/v1alpha1, kind: ScaledJob, metadata: {name: a}, spec: {jobTargetRef: {template: {spec: {containers: [{name: a, image: b}], restartPolicy: Never}}}, pollingInterval: 30, maxReplicaCount: 10, triggers: [{type: redis, metadata: {address: 'a:6379', listName: a, listLength: '5'}}]}}
---
{apiVersion: keda.sh/v1alpha1, kind: TriggerAuthentication, metadata: {name: a}, spec: {podIdentity: {provider: aws, identityOwner: workload}}}
---
{apiVersion: keda.sh/v1alpha1, kind: ClusterTriggerAuthentication, metadata: {name: a}, spec: {podIdentity: {provider: azure-workload, identityId: a}}}
---
{apiVersion: autoscaling.k8s.io/v1, kind: VerticalPodAutoscaler, metadata: {name: a}, spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, updatePolicy: {updateMode: 'Off'}, resourcePolicy: {containerPolicies: [{containerName: '*', minAllowed: {cpu: 10m}, maxAllowed: {cpu: 1, memory: 1Gi}, controlledResources: [cpu]}]}}}
---
{apiVersion: karpenter.sh/v1, kind: NodePool, metadata: {name: a}, spec: {template: {metadata: {labels: {a: b}}, spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}, requirements: [{key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand]}], expireAfter: 720h, taints: [{key: a, value: b, effect: NoSchedule}]}}, limits: {cpu: 100}, disruption: {consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 1m, budgets: [{nodes: 10%}]}, weight: 10}}
---
{apiVersion: karpenter.k8s.aws/v1, kind: EC2NodeClass, metadata: {name: a}, spec: {role: a, amiSelectorTerms: [{alias: al2023@latest}], subnetSelectorTerms: [{tags: {a: b}}], securityGroupSelectorTerms: [{tags: {a: b}}], blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 100Gi, volumeType: gp3, encrypted: true}}], metadataOptions: {httpTokens: required, httpPutResponseHopLimit: 1}, tags: {a: b}}}
---
{apiVersion: karpenter.azure.com/v1beta1, kind: AKSNodeClass, metadata: {name: a}, spec: {imageFamily: AzureLinux, osDiskSizeGB: 128}}
---
{apiVersion: networking.gke.io/v1, kind: GCPBackendPolicy, metadata: {name: a}, spec: {default: {timeoutSec: 30, securityPolicy: a, logging: {enabled: true, sampleRate: 500000}, connectionDraining: {drainingTimeoutSec: 60}, sessionAffinity: {type: GENERATED_COOKIE, cookieTtlSec: 50}}, targetRef: {group: '', kind: Service, name: a}}}
---
{apiVersion: networking.gke.io/v1, kind: GCPGatewayPolicy, metadata: {name: a}, spec: {default: {sslPolicy: a, allowGlobalAccess: true}, targetRef: {group: gateway.networking.k8s.io, kind: Gateway, name: a}}}
---
{apiVersion: networking.gke.io/v1, kind: HealthCheckPolicy, metadata: {name: a}, spec: {default: {checkIntervalSec: 15, timeoutSec: 5, healthyThreshold: 1, unhealthyThreshold: 2, logConfig: {enabled: true}, config: {type: HTTP, httpHealthCheck: {port: 8080, portSpecification: USE_FIXED_PORT, requestPath: /health}}}, targetRef: {group: '', kind: Service, name: a}}}
---
{apiVersion: networking.gke.io/v1, kind: ManagedCertificate, metadata: {name: a}, spec: {domains: [a.example.com]}}
---
{apiVersion: networking.gke.io/v1beta1, kind: FrontendConfig, metadata: {name: a}, spec: {sslPolicy: a, redirectToHttps: {enabled: true, responseCodeName: PERMANENT_REDIRECT}}}
---
{apiVersion: cloud.google.com/v1, kind: BackendConfig, metadata: {name: a}, spec: {timeoutSec: 40, securityPolicy: {name: a}, iap: {enabled: true, oauthclientCredentials: {secretName: a}}, healthCheck: {type: HTTP, requestPath: /health, port: 8080, checkIntervalSec: 15}, connectionDraining: {drainingTimeoutSec: 60}, sessionAffinity: {affinityType: GENERATED_COOKIE, affinityCookieTtlSec: 50}, customRequestHeaders: {headers: ['X-Region:{client_region}']}, logging: {enable: true, sampleRate: 0.5}, cdn: {enabled: true}}}
---
{apiVersion: cloud.google.com/v1, kind: ComputeClass, metadata: {name: a}, spec: {priorities: [{machineFamily: n2, spot: true, minCores: 4}], activeMigration: {optimizeRulePriority: true}, nodePoolAutoCreation: {enabled: true}, whenUnsatisfiable: DoNotScaleUp}}
---
{apiVersion: networking.gke.io/v1alpha1, kind: FQDNNetworkPolicy, metadata: {name: a}, spec: {podSelector: {matchLabels: {a: b}}, egress: [{matches: [{name: a.example.com}, {pattern: '*.example.com'}], ports: [{protocol: TCP, port: 443}]}]}}
---
{apiVersion: elbv2.k8s.aws/v1beta1, kind: IngressClassParams, metadata: {name: a}, spec: {scheme: internal, group: {name: a}, sslPolicy: a, tags: [{key: a, value: b}], loadBalancerAttributes: [{key: a, value: b}]}}
---
{apiVersion: elbv2.k8s.aws/v1beta1, kind: TargetGroupBinding, metadata: {name: a}, spec: {serviceRef: {name: a, port: http}, targetGroupARN: 'arn:aws:a', targetType: ip}}
---
{apiVersion: gateway.k8s.aws/v1, kind: LoadBalancerConfiguration, metadata: {name: a}, spec: {scheme: internet-facing, wafV2: {webACL: a}, listenerConfigurations: [{protocolPort: 'HTTPS:443', defaultCertificate: a, sslPolicy: b}]}}
---
{apiVersion: gateway.k8s.aws/v1, kind: TargetGroupConfiguration, metadata: {name: a}, spec: {targetReference: {kind: Service, name: a}, defaultConfiguration: {targetType: ip, healthCheckConfig: {healthCheckPath: /health, healthCheckInterval: 15, matcher: {httpCode: 200-299}}}}}
---
{apiVersion: gateway.k8s.aws/v1, kind: ListenerRuleConfiguration, metadata: {name: a}, spec: {actions: [{type: authenticate-oidc, authenticateOIDCConfig: {authorizationEndpoint: a, issuer: b, secret: {name: c}, tokenEndpoint: d, userInfoEndpoint: e}}]}}
---
{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: BackendTrafficPolicy, metadata: {name: a}, spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: a}], rateLimit: {type: Local, local: {rules: [{limit: {requests: 10, unit: Second}}]}}, timeout: {http: {requestTimeout: 30s}}, retry: {numRetries: 3}, loadBalancer: {type: ConsistentHash, consistentHash: {type: Cookie, cookie: {name: a, ttl: 60s}}}}}
---
{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: ClientTrafficPolicy, metadata: {name: a}, spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: a}], tls: {minVersion: '1.3'}, connection: {bufferLimit: 32Ki}, timeout: {http: {requestReceivedTimeout: 5s}}}}
---
{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: SecurityPolicy, metadata: {name: a}, spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: a}], cors: {allowOrigins: ['https://a.example.com'], allowMethods: [GET], maxAge: 10m}, oidc: {provider: {issuer: 'https://a.example.com'}, clientID: a, clientSecret: {name: a}, redirectURL: 'https://a.example.com/callback'}, jwt: {providers: [{name: a, remoteJWKS: {uri: 'https://a.example.com'}}]}}}
---
{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: EnvoyProxy, metadata: {name: a}, spec: {provider: {type: Kubernetes, kubernetes: {envoyDeployment: {replicas: 2, container: {resources: {requests: {cpu: 100m}}}}, envoyService: {type: LoadBalancer, annotations: {a: b}}}}, telemetry: {accessLog: {settings: [{format: {type: JSON, json: {a: b}}, sinks: [{type: File, file: {path: /dev/stdout}}]}]}}}}
---
{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: a}, spec: {endpointSelector: {matchLabels: {a: b}}, egress: [{toEndpoints: [{matchLabels: {'k8s:io.kubernetes.pod.namespace': kube-system}}], toPorts: [{ports: [{port: '53', protocol: UDP}], rules: {dns: [{matchPattern: '*'}]}}]}, {toFQDNs: [{matchName: a.example.com}, {matchPattern: '*.example.com'}], toPorts: [{ports: [{port: '443', protocol: TCP}]}]}, {toEntities: [kube-apiserver]}, {toCIDRSet: [{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}]}], ingress: [{fromEndpoints: [{}]}]}}
---
{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name: a}, spec: {volumeSnapshotClassName: a, source: {persistentVolumeClaimName: a}}}
---
{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotClass, metadata: {name: a}, driver: ebs.csi.aws.com, deletionPolicy: Retain, parameters: {a: b}}
---
{apiVersion: approuting.kubernetes.azure.com/v1alpha1, kind: ClusterExternalDNS, metadata: {name: a}, spec: {resourceName: a, resourceNamespace: b, dnsZoneResourceIDs: [a], resourceTypes: [gateway], identity: {type: workloadIdentity, serviceAccount: a}}}
---
{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: a}, spec: {addresses: [192.0.2.0/24], autoAssign: false}}
---
{apiVersion: metallb.io/v1beta1, kind: L2Advertisement, metadata: {name: a}, spec: {ipAddressPools: [a]}}
---
{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: a}, spec: {instances: 3, storage: {size: 10Gi, storageClass: a}, bootstrap: {initdb: {database: a, owner: b, secret: {name: c}}}, postgresql: {parameters: {max_connections: '100'}, synchronous: {method: any, number: 1}}, monitoring: {enablePodMonitor: false}, resources: {requests: {cpu: 1}}, affinity: {topologyKey: topology.kubernetes.io/zone}, backup: {retentionPolicy: 30d}, plugins: [{name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: {barmanObjectName: a}}]}}
---
{apiVersion: postgresql.cnpg.io/v1, kind: ScheduledBackup, metadata: {name: a}, spec: {schedule: 0 0 2 * * *, cluster: {name: a}, method: plugin, pluginConfiguration: {name: a}, backupOwnerReference: self}}
---
{apiVersion: postgresql.cnpg.io/v1, kind: Pooler, metadata: {name: a}, spec: {cluster: {name: a}, instances: 2, type: rw, pgbouncer: {poolMode: session, parameters: {max_client_conn: '100'}}}}
`;

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

const manifests = parseAllDocuments(documented).map((document) => document.toJS() as ApiObject);

test.each(manifests.map((manifest) => [manifest.apiVersion, manifest.kind, manifest] as const))(
  '%s %s as documented fits its schema',
  (_apiVersion, _kind, manifest) => {
    expect(registry.validate('1.36', manifest)).toEqual([]);
  },
);

test.each(manifests.map((manifest) => [manifest.apiVersion, manifest.kind, manifest] as const))(
  '%s %s with a field that no one knows does not',
  (_apiVersion, _kind, manifest) => {
    const misplaced = { ...manifest, spce: {} };
    expect(registry.validate('1.36', misplaced)).toMatchObject([{ pointer: '/spce' }]);
    if (typeof manifest['spec'] !== 'object') return;
    const misspelt = { ...manifest, spec: { ...manifest['spec'], unknownField: true } };
    expect(registry.validate('1.36', misspelt)).toMatchObject([{ pointer: '/spec/unknownField' }]);
  },
);
