import { everythingSelector, labelSelector, metadata } from './common.ts';
import { persistentVolumeClaimSpec, podSpec, podTemplate } from './pod.ts';
import {
  always,
  by,
  duration,
  each,
  intOrString,
  map,
  off,
  on,
  or,
  orElse,
  ordered,
  present,
  quantity,
  set,
  zero,
  type Field,
  type Shape,
  type Values,
} from './shape.ts';

// Merge keys: k8s.io/api v0.34.1 and sigs.k8s.io/gateway-api v1.3.0 types (`patchMergeKey`, `+listMapKey`).
// Defaults: kubernetes/pkg/apis/*/v1/defaults.go. Lists that upstream calls atomic but that mean a set are compared as sets.
// Custom resources: the lists' natural keys, from their reference pages.

const isHeadless = (spec: Values) => spec['clusterIP'] === 'None';
const rolling = { maxSurge: or('25%', intOrString), maxUnavailable: or('25%', intOrString) };

const deploymentSpec: Shape = {
  replicas: or(1),
  selector: map(labelSelector),
  template: map(podTemplate),
  strategy: map({
    type: or('RollingUpdate'),
    rollingUpdate: map(rolling),
  }),
  revisionHistoryLimit: or(10),
  progressDeadlineSeconds: or(600),
  minReadySeconds: zero,
  paused: off,
};

const statefulSetSpec: Shape = {
  replicas: or(1),
  selector: map(labelSelector),
  template: map(podTemplate),
  podManagementPolicy: or('OrderedReady'),
  updateStrategy: map({
    type: or('RollingUpdate'),
    rollingUpdate: map({ partition: zero, maxUnavailable: or(1, intOrString) }),
  }),
  revisionHistoryLimit: or(10),
  minReadySeconds: zero,
  volumeClaimTemplates: by('metadata.name', {
    metadata: map(metadata),
    spec: map(persistentVolumeClaimSpec),
    apiVersion: or('v1'),
    kind: or('PersistentVolumeClaim'),
  }),
  persistentVolumeClaimRetentionPolicy: map({ whenDeleted: or('Retain'), whenScaled: or('Retain') }),
  ordinals: map({ start: zero }),
};

const daemonSetSpec: Shape = {
  selector: map(labelSelector),
  template: map(podTemplate),
  updateStrategy: map({
    type: or('RollingUpdate'),
    rollingUpdate: map({ maxUnavailable: or(1, intOrString), maxSurge: or(0, intOrString) }),
  }),
  revisionHistoryLimit: or(10),
  minReadySeconds: zero,
};

const jobSpec: Shape = {
  parallelism: or(1),
  completions: or(1),
  backoffLimit: or(6),
  completionMode: or('NonIndexed'),
  suspend: off,
  manualSelector: off,
  podReplacementPolicy: {},
  selector: map(labelSelector),
  template: map(podTemplate),
};

const cronJobSpec: Shape = {
  concurrencyPolicy: or('Allow'),
  suspend: off,
  successfulJobsHistoryLimit: or(3),
  failedJobsHistoryLimit: or(1),
  jobTemplate: map({ metadata: map(metadata), spec: map(jobSpec) }),
};

const serviceSpec: Shape = {
  type: or('ClusterIP'),
  ports: by('port+protocol', { protocol: or('TCP'), targetPort: orElse((port) => port['port'], intOrString) }),
  selector: each({}),
  sessionAffinity: or('None'),
  sessionAffinityConfig: map({ clientIP: map({ timeoutSeconds: or(10800) }) }),
  internalTrafficPolicy: or('Cluster'),
  externalTrafficPolicy: orElse((spec) =>
    spec['type'] === 'LoadBalancer' || spec['type'] === 'NodePort' ? 'Cluster' : undefined,
  ),
  ipFamilyPolicy: or('SingleStack'),
  allocateLoadBalancerNodePorts: orElse((spec) => (spec['type'] === 'LoadBalancer' ? true : undefined)),
  publishNotReadyAddresses: off,
  clusterIPs: orElse((spec) => (isHeadless(spec) ? ['None'] : undefined), ordered()),
  loadBalancerSourceRanges: set(),
  externalIPs: set(),
  ipFamilies: ordered(),
};

const peers: Field = set({
  podSelector: everythingSelector,
  namespaceSelector: everythingSelector,
  ipBlock: present({ except: set() }),
});
const policyPorts: Field = by('protocol+port+endPort', { protocol: or('TCP'), port: {} });

const networkPolicySpec: Shape = {
  podSelector: map(labelSelector),
  ingress: set({ from: peers, ports: policyPorts }),
  egress: set({ to: peers, ports: policyPorts }),
  policyTypes: orElse(
    (spec) => ['Ingress', ...(Array.isArray(spec['egress']) && spec['egress'].length > 0 ? ['Egress'] : [])],
    set(),
  ),
};

const metrics: Field = by(
  'type+resource.name+containerResource.name+containerResource.container+pods.metric.name+object.metric.name+external.metric.name',
  {
    resource: map({ target: map({ averageValue: quantity, value: quantity }) }),
    containerResource: map({ target: map({ averageValue: quantity, value: quantity }) }),
    pods: map({
      metric: map({ selector: map(labelSelector) }),
      target: map({ averageValue: quantity, value: quantity }),
    }),
    object: map({
      metric: map({ selector: map(labelSelector) }),
      target: map({ averageValue: quantity, value: quantity }),
    }),
    external: map({
      metric: map({ selector: map(labelSelector) }),
      target: map({ averageValue: quantity, value: quantity }),
    }),
  },
);
const scaling: Field = map({ selectPolicy: or('Max'), policies: by('type+periodSeconds'), tolerance: quantity });

const hpaSpec: Shape = {
  minReplicas: or(1),
  metrics,
  behavior: map({ scaleUp: scaling, scaleDown: scaling }),
};

const policyRules: Field = by('apiGroups+resources+resourceNames+nonResourceURLs', {
  apiGroups: set(),
  resources: set(),
  verbs: set(),
  resourceNames: set(),
  nonResourceURLs: set(),
});
const subjects: Field = by('kind+namespace+name', {
  apiGroup: orElse((subject) => (subject['kind'] === 'ServiceAccount' ? '' : 'rbac.authorization.k8s.io')),
});
const roleRef: Field = map({ apiGroup: or('rbac.authorization.k8s.io') });

const webhooks: Field = by('name', {
  failurePolicy: or('Fail'),
  matchPolicy: or('Equivalent'),
  timeoutSeconds: or(10),
  reinvocationPolicy: or('Never'),
  namespaceSelector: map(labelSelector),
  objectSelector: map(labelSelector),
  matchConditions: by('name'),
  admissionReviewVersions: ordered(),
  clientConfig: map({ service: map({ port: or(443) }) }),
  rules: set({ apiGroups: set(), apiVersions: set(), operations: set(), resources: set(), scope: or('*') }),
});

const ruleGroups: Field = by('name', {
  interval: duration,
  rules: by('alert+record', {
    expr: { scalar: 'promql' },
    for: or('0s', duration),
    keep_firing_for: or('0s', duration),
    labels: each({}),
    annotations: each({}),
  }),
});

const endpoint: Shape = {
  interval: duration,
  scrapeTimeout: duration,
  path: or('/metrics'),
  scheme: { default: 'http', scalar: 'ignore-case' },
  honorLabels: off,
  relabelings: ordered(),
  metricRelabelings: ordered(),
  targetPort: intOrString,
};

const backendRefs: Field = by('kind+namespace+name+port', { group: or(''), kind: or('Service'), weight: or(1) });
const parentRefs: Field = by('namespace+name+sectionName+port', {
  group: or('gateway.networking.k8s.io'),
  kind: or('Gateway'),
});
const matches: Field = set({
  path: orElse(() => ({}), map({ type: or('PathPrefix'), value: or('/') })),
  headers: by('name', { type: or('Exact') }),
  queryParams: by('name', { type: or('Exact') }),
});
const routeRules: Field = by('matches', {
  matches,
  filters: ordered(),
  backendRefs,
  timeouts: map({ request: duration, backendRequest: duration }),
});

const istioHttp: Field = ordered({ route: by('destination.host+destination.subset'), timeout: duration });

/** The shape of every kind known, by group and kind. */
export const kinds: Readonly<Record<string, Shape>> = {
  'apps/Deployment': { spec: map(deploymentSpec) },
  'apps/ReplicaSet': {
    spec: map({ replicas: or(1), minReadySeconds: zero, selector: map(labelSelector), template: map(podTemplate) }),
  },
  'apps/StatefulSet': { spec: map(statefulSetSpec) },
  'apps/DaemonSet': { spec: map(daemonSetSpec) },
  'argoproj.io/Rollout': {
    spec: map({ ...deploymentSpec, strategy: map({ blueGreen: present({}), canary: present({ steps: ordered() }) }) }),
  },
  'batch/Job': { spec: map(jobSpec) },
  'batch/CronJob': { spec: map(cronJobSpec) },
  'apps.kruise.io/CloneSet': {
    spec: map({ replicas: or(1), selector: map(labelSelector), template: map(podTemplate) }),
  },
  '/Pod': { spec: map(podSpec) },
  '/ReplicationController': { spec: map({ replicas: or(1), template: map(podTemplate) }) },
  '/Service': { spec: map(serviceSpec) },
  '/ConfigMap': { data: each({}), binaryData: each({}), immutable: off },
  '/Secret': { data: each({}), stringData: each({}), type: or('Opaque'), immutable: off },
  '/ServiceAccount': { secrets: by('name'), imagePullSecrets: by('name'), automountServiceAccountToken: on },
  '/PersistentVolumeClaim': { spec: map(persistentVolumeClaimSpec) },
  '/PersistentVolume': {
    spec: map({
      capacity: each(quantity),
      accessModes: set(),
      mountOptions: set(),
      persistentVolumeReclaimPolicy: or('Retain'),
      volumeMode: or('Filesystem'),
      csi: present({ readOnly: off }),
      nfs: present({ readOnly: off }),
    }),
  },
  '/Namespace': { spec: map({ finalizers: or(['kubernetes'], set()) }) },
  '/ResourceQuota': { spec: map({ hard: each(quantity), scopes: set() }) },
  '/LimitRange': {
    spec: map({
      limits: by('type', {
        max: each(quantity),
        min: each(quantity),
        default: each(quantity),
        defaultRequest: each(quantity),
        maxLimitRequestRatio: each(quantity),
      }),
    }),
  },
  '/Endpoints': {
    subsets: set({ addresses: by('ip'), notReadyAddresses: by('ip'), ports: by('name+port', { protocol: or('TCP') }) }),
  },
  'discovery.k8s.io/EndpointSlice': {
    endpoints: set({ addresses: set() }),
    ports: by('name+port', { protocol: or('TCP') }),
  },
  'networking.k8s.io/Ingress': {
    spec: map({
      rules: by('host', { host: or(''), http: map({ paths: by('path+pathType', { path: or('/') }) }) }),
      tls: by('secretName', { hosts: set() }),
    }),
  },
  'networking.k8s.io/NetworkPolicy': { spec: map(networkPolicySpec) },
  'networking.k8s.io/IngressClass': { spec: map({ parameters: map({ scope: or('Cluster') }) }) },
  'autoscaling/HorizontalPodAutoscaler': { spec: map(hpaSpec) },
  'policy/PodDisruptionBudget': {
    spec: map({
      minAvailable: intOrString,
      maxUnavailable: intOrString,
      selector: everythingSelector,
      unhealthyPodEvictionPolicy: or('IfHealthyBudget'),
    }),
  },
  'rbac.authorization.k8s.io/Role': { rules: policyRules },
  'rbac.authorization.k8s.io/ClusterRole': {
    rules: policyRules,
    aggregationRule: map({ clusterRoleSelectors: set(labelSelector) }),
  },
  'rbac.authorization.k8s.io/RoleBinding': { subjects, roleRef },
  'rbac.authorization.k8s.io/ClusterRoleBinding': { subjects, roleRef },
  'storage.k8s.io/StorageClass': {
    reclaimPolicy: or('Delete'),
    volumeBindingMode: or('Immediate'),
    allowVolumeExpansion: off,
    mountOptions: set(),
    allowedTopologies: set({ matchLabelExpressions: set({ values: set() }) }),
    parameters: each({}),
  },
  'storage.k8s.io/CSIDriver': {
    spec: map({
      attachRequired: on,
      podInfoOnMount: off,
      storageCapacity: off,
      requiresRepublish: off,
      seLinuxMount: off,
      fsGroupPolicy: or('ReadWriteOnceWithFSType'),
      volumeLifecycleModes: or(['Persistent'], set()),
      tokenRequests: by('audience'),
    }),
  },
  'scheduling.k8s.io/PriorityClass': { globalDefault: off, preemptionPolicy: or('PreemptLowerPriority') },
  'node.k8s.io/RuntimeClass': {
    overhead: map({ podFixed: each(quantity) }),
    scheduling: map({ nodeSelector: each({}), tolerations: by('key+operator+value+effect') }),
  },
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': { webhooks },
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': { webhooks },
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': {
    spec: map({
      failurePolicy: or('Fail'),
      variables: by('name', {}, always),
      matchConditions: by('name'),
      validations: set({}),
      auditAnnotations: by('key'),
    }),
  },
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': { spec: map({ validationActions: set() }) },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    spec: map({
      versions: by('name', { additionalPrinterColumns: by('name'), served: on, deprecated: off }),
      names: map({ shortNames: set(), categories: set(), singular: {}, listKind: {} }),
      preserveUnknownFields: off,
      conversion: map({ strategy: or('None') }),
    }),
  },
  'apiregistration.k8s.io/APIService': { spec: map({ insecureSkipTLSVerify: off, service: map({ port: or(443) }) }) },
  'monitoring.coreos.com/PrometheusRule': { spec: map({ groups: ruleGroups }) },
  'operator.victoriametrics.com/VMRule': { spec: map({ groups: ruleGroups }) },
  'monitoring.googleapis.com/Rules': { spec: map({ groups: ruleGroups }) },
  'monitoring.googleapis.com/ClusterRules': { spec: map({ groups: ruleGroups }) },
  'monitoring.coreos.com/ServiceMonitor': {
    spec: map({
      endpoints: by('port+path', endpoint),
      selector: everythingSelector,
      namespaceSelector: map({ matchNames: set(), any: off }),
      targetLabels: set(),
      podTargetLabels: set(),
    }),
  },
  'monitoring.coreos.com/PodMonitor': {
    spec: map({
      podMetricsEndpoints: by('port+path', endpoint),
      selector: everythingSelector,
      namespaceSelector: map({ matchNames: set(), any: off }),
      podTargetLabels: set(),
    }),
  },
  'monitoring.coreos.com/Probe': {
    spec: map({ interval: duration, scrapeTimeout: duration, targets: map({ staticConfig: map({ static: set() }) }) }),
  },
  'monitoring.coreos.com/AlertmanagerConfig': {
    spec: map({
      receivers: by('name'),
      route: map({
        groupBy: set(),
        groupWait: duration,
        groupInterval: duration,
        repeatInterval: duration,
        routes: ordered(),
      }),
      inhibitRules: set({}),
    }),
  },
  'gateway.networking.k8s.io/Gateway': {
    spec: map({
      listeners: by('name', {
        hostname: or(''),
        tls: map({
          mode: or('Terminate'),
          certificateRefs: by('kind+namespace+name', { group: or(''), kind: or('Secret') }),
        }),
        allowedRoutes: map({
          namespaces: map({ from: or('Same'), selector: everythingSelector }),
          kinds: set({ group: or('gateway.networking.k8s.io') }),
        }),
      }),
      addresses: set({ type: or('IPAddress') }),
    }),
  },
  'gateway.networking.k8s.io/HTTPRoute': { spec: map({ parentRefs, hostnames: set(), rules: routeRules }) },
  'gateway.networking.k8s.io/GRPCRoute': {
    spec: map({
      parentRefs,
      hostnames: set(),
      rules: by('matches', { matches: set({}), filters: ordered(), backendRefs }),
    }),
  },
  'gateway.networking.k8s.io/TLSRoute': {
    spec: map({ parentRefs, hostnames: set(), rules: ordered({ backendRefs }) }),
  },
  'gateway.networking.k8s.io/TCPRoute': { spec: map({ parentRefs, rules: ordered({ backendRefs }) }) },
  'gateway.networking.k8s.io/ReferenceGrant': { spec: map({ from: set({}), to: set({}) }) },
  'secrets-store.csi.x-k8s.io/SecretProviderClass': {
    spec: map({
      secretObjects: by('secretName', { data: by('key'), type: or('Opaque'), labels: each({}) }),
      parameters: each({}),
    }),
  },
  'external-secrets.io/ExternalSecret': {
    spec: map({
      refreshInterval: duration,
      data: by('secretKey'),
      dataFrom: ordered({}),
      target: map({ creationPolicy: or('Owner'), deletionPolicy: or('Retain') }),
      secretStoreRef: map({ kind: or('SecretStore') }),
    }),
  },
  'cert-manager.io/Certificate': {
    spec: map({
      dnsNames: set(),
      ipAddresses: set(),
      usages: set(),
      duration,
      renewBefore: duration,
      issuerRef: map({ kind: or('Issuer'), group: or('cert-manager.io') }),
    }),
  },
  'keda.sh/ScaledJob': {
    spec: map({
      jobTargetRef: map(jobSpec),
      minReplicaCount: zero,
      maxReplicaCount: or(100),
      pollingInterval: or(30),
      successfulJobsHistoryLimit: or(100),
      failedJobsHistoryLimit: or(100),
      rollout: map({ strategy: or('default') }),
      scalingStrategy: map({ strategy: or('default') }),
      triggers: by('type+name+metadata', {}),
    }),
  },
  'keda.sh/ScaledObject': {
    spec: map({
      minReplicaCount: zero,
      maxReplicaCount: or(100),
      pollingInterval: or(30),
      cooldownPeriod: or(300),
      triggers: by('type+name+metadata', {}),
      scaleTargetRef: map({ kind: or('Deployment'), apiVersion: or('apps/v1') }),
    }),
  },
  'autoscaling.k8s.io/VerticalPodAutoscaler': {
    spec: map({
      resourcePolicy: map({
        containerPolicies: by('containerName', {
          minAllowed: each(quantity),
          maxAllowed: each(quantity),
          controlledResources: set(),
        }),
      }),
    }),
  },
  'argoproj.io/Application': {
    spec: map({
      project: or(''),
      ignoreDifferences: set({ jsonPointers: set(), jqPathExpressions: set() }),
      syncPolicy: map({ automated: present({ prune: off, selfHeal: off, allowEmpty: off }), syncOptions: set() }),
      sources: ordered(),
    }),
  },
  'argoproj.io/AppProject': {
    spec: map({
      sourceRepos: set(),
      destinations: set({}),
      clusterResourceWhitelist: set({}),
      namespaceResourceWhitelist: set({}),
      clusterResourceBlacklist: set({}),
      namespaceResourceBlacklist: set({}),
      roles: by('name', { policies: set(), groups: set() }),
    }),
  },
  'kustomize.toolkit.fluxcd.io/Kustomization': {
    spec: map({
      interval: duration,
      retryInterval: duration,
      timeout: duration,
      dependsOn: by('namespace+name'),
      healthChecks: by('kind+namespace+name'),
      suspend: off,
      force: off,
    }),
  },
  'helm.toolkit.fluxcd.io/HelmRelease': {
    spec: map({
      interval: duration,
      timeout: duration,
      dependsOn: by('namespace+name'),
      valuesFrom: ordered(),
      suspend: off,
    }),
  },
  'source.toolkit.fluxcd.io/GitRepository': { spec: map({ interval: duration, timeout: duration, suspend: off }) },
  'source.toolkit.fluxcd.io/OCIRepository': { spec: map({ interval: duration, timeout: duration, suspend: off }) },
  'postgresql.cnpg.io/Cluster': {
    spec: map({
      instances: or(1),
      imagePullSecrets: by('name'),
      resources: map({ limits: each(quantity), requests: each(quantity) }),
      storage: map({ size: quantity }),
      walStorage: map({ size: quantity }),
      postgresql: map({ parameters: each({}), pg_hba: ordered() }),
    }),
  },
  'karpenter.sh/NodePool': {
    spec: map({
      limits: each(quantity),
      template: map({
        spec: map({
          requirements: by('key', { values: set() }),
          taints: by('key+value+effect'),
          startupTaints: by('key+value+effect'),
          expireAfter: duration,
        }),
      }),
      disruption: map({ consolidateAfter: duration, budgets: set({}) }),
    }),
  },
  'networking.istio.io/VirtualService': {
    spec: map({ hosts: set(), gateways: set(), http: istioHttp, tls: ordered(), tcp: ordered() }),
  },
  'networking.istio.io/Gateway': {
    spec: map({ servers: by('port.number+port.name', { hosts: set() }), selector: each({}) }),
  },
  'networking.istio.io/DestinationRule': { spec: map({ subsets: by('name'), exportTo: set() }) },
  'security.istio.io/AuthorizationPolicy': {
    spec: map({
      action: or('ALLOW'),
      rules: set({ from: set({}), to: set({}), when: set({}) }),
      selector: map({ matchLabels: each({}) }),
    }),
  },
  'snapshot.storage.k8s.io/VolumeSnapshotClass': { parameters: each({}) },
  'velero.io/Schedule': {
    spec: map({
      template: map({
        includedNamespaces: set(),
        excludedNamespaces: set(),
        includedResources: set(),
        excludedResources: set(),
        ttl: duration,
      }),
    }),
  },
};

const common: Shape = { metadata: map(metadata) };
const joined = new Map<string, Shape>();

/** The shape of a kind; of an unknown kind only its metadata is known. */
export function shapeOf(group: string, kind: string): Shape {
  const key = `${group}/${kind}`;
  let shape = joined.get(key);
  if (shape === undefined) {
    const known = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
    shape = { ...common, ...known };
    joined.set(key, shape);
  }
  return shape;
}
