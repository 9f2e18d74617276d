import { labelSelector, everythingSelector, metadata } from './common.ts';
import {
  always,
  by,
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

// Merge keys: k8s.io/api v0.34.1 core/v1 types.go (`patchMergeKey`, `+listMapKey`). Defaults: kubernetes/pkg/apis/core/v1/defaults.go.

const action: Shape = {
  httpGet: present({ scheme: or('HTTP'), port: intOrString, httpHeaders: by('name'), path: or('/') }),
  tcpSocket: present({ port: intOrString }),
  grpc: present({ service: or('') }),
  exec: present({ command: ordered() }),
};

const probe: Field = present({
  ...action,
  initialDelaySeconds: zero,
  timeoutSeconds: or(1),
  periodSeconds: or(10),
  successThreshold: or(1),
  failureThreshold: or(3),
});

/** The pull policy that the API server writes: `Always` for `latest` or no tag, otherwise `IfNotPresent`. */
export function defaultPullPolicy(container: Values): string {
  const image = typeof container['image'] === 'string' ? container['image'] : '';
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

const resources: Shape = {
  limits: each(quantity),
  requests: orElse((owner) => owner['limits'], each(quantity)),
  claims: by('name'),
};

const fieldRef: Shape = { apiVersion: or('v1') };

const env: Shape = {
  value: or(''),
  valueFrom: present({
    fieldRef: present(fieldRef),
    resourceFieldRef: present({ divisor: or('0', quantity) }),
    configMapKeyRef: present({ optional: off }),
    secretKeyRef: present({ optional: off }),
  }),
};

// $(NAME) expands only to variables that stand before it.
const refersToOthers = (items: readonly unknown[]): boolean =>
  items.some(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      'value' in item &&
      typeof item.value === 'string' &&
      item.value.includes('$('),
  );

const securityContext: Shape = {
  privileged: off,
  readOnlyRootFilesystem: off,
  procMount: or('Default'),
  capabilities: map({ add: set(), drop: set() }),
};

const container: Shape = {
  ports: by('containerPort+protocol', { protocol: or('TCP') }),
  env: by('name', env, refersToOthers),
  envFrom: ordered({ configMapRef: present({ optional: off }), secretRef: present({ optional: off }) }),
  volumeMounts: by('mountPath', { readOnly: off, mountPropagation: or('None'), recursiveReadOnly: or('Disabled') }),
  volumeDevices: by('devicePath'),
  resources: map(resources),
  command: ordered(),
  args: ordered(),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: map({ postStart: present(action), preStop: present(action) }),
  securityContext: map(securityContext),
  imagePullPolicy: orElse(defaultPullPolicy),
  terminationMessagePath: or('/dev/termination-log'),
  terminationMessagePolicy: or('File'),
  stdin: off,
  stdinOnce: off,
  tty: off,
  resizePolicy: by('resourceName'),
};

const items: Field = by('key+path');
const claimSpec: Shape = {
  accessModes: set(),
  resources: map(resources),
  volumeMode: or('Filesystem'),
  selector: everythingSelector,
};

const volume: Shape = {
  emptyDir: orElse(
    (owner) => (Object.keys(owner).some((key) => key !== 'name') ? undefined : {}),
    present({ sizeLimit: quantity, medium: or('') }),
  ),
  configMap: present({ defaultMode: or(420), optional: off, items }),
  secret: present({ defaultMode: or(420), optional: off, items }),
  downwardAPI: present({ defaultMode: or(420), items: by('path', { fieldRef: present(fieldRef) }) }),
  projected: present({
    defaultMode: or(420),
    sources: set({
      serviceAccountToken: present({ expirationSeconds: or(3600) }),
      configMap: present({ items, optional: off }),
      secret: present({ items, optional: off }),
      downwardAPI: present({ items: by('path', { fieldRef: present(fieldRef) }) }),
    }),
  }),
  hostPath: present({ type: or('') }),
  persistentVolumeClaim: present({ readOnly: off }),
  csi: present({ readOnly: off }),
  nfs: present({ readOnly: off }),
  ephemeral: present({ volumeClaimTemplate: map({ spec: map(claimSpec) }) }),
};

const nodeTerm: Shape = { matchExpressions: set({ values: set() }), matchFields: set({ values: set() }) };
const podTerm: Shape = { labelSelector: everythingSelector, namespaceSelector: everythingSelector, namespaces: set() };
const podAffinity: Shape = {
  requiredDuringSchedulingIgnoredDuringExecution: set(podTerm),
  preferredDuringSchedulingIgnoredDuringExecution: set({ podAffinityTerm: map(podTerm) }),
};

/** `core/v1 PodSpec`. */
export const podSpec: Shape = {
  containers: by('name', container),
  initContainers: by('name', container, always),
  ephemeralContainers: by('name', container),
  volumes: by('name', volume),
  imagePullSecrets: by('name'),
  hostAliases: by('ip', { hostnames: set() }),
  tolerations: by('key+operator+value+effect', { operator: or('Equal') }),
  topologySpreadConstraints: by('topologyKey+whenUnsatisfiable', {
    labelSelector: map(labelSelector),
    matchLabelKeys: set(),
    nodeAffinityPolicy: or('Honor'),
    nodeTaintsPolicy: or('Ignore'),
    maxSkew: {},
  }),
  readinessGates: by('conditionType'),
  schedulingGates: by('name'),
  resourceClaims: by('name'),
  restartPolicy: or('Always'),
  terminationGracePeriodSeconds: or(30),
  dnsPolicy: or('ClusterFirst'),
  dnsConfig: map({ nameservers: ordered(), searches: ordered(), options: by('name') }),
  schedulerName: or('default-scheduler'),
  serviceAccountName: orElse((owner) => owner['serviceAccount'] ?? 'default'),
  serviceAccount: orElse((owner) => owner['serviceAccountName'] ?? 'default'),
  enableServiceLinks: on,
  hostNetwork: off,
  hostPID: off,
  hostIPC: off,
  shareProcessNamespace: off,
  setHostnameAsFQDN: off,
  preemptionPolicy: or('PreemptLowerPriority'),
  securityContext: map({
    runAsNonRoot: off,
    fsGroupChangePolicy: or('Always'),
    supplementalGroups: set(),
    sysctls: by('name'),
  }),
  nodeSelector: each({}),
  overhead: each(quantity),
  affinity: map({
    nodeAffinity: map({
      requiredDuringSchedulingIgnoredDuringExecution: present({ nodeSelectorTerms: set(nodeTerm) }),
      preferredDuringSchedulingIgnoredDuringExecution: set({ preference: map(nodeTerm) }),
    }),
    podAffinity: map(podAffinity),
    podAntiAffinity: map(podAffinity),
  }),
};

/** `core/v1 PodTemplateSpec`. */
export const podTemplate: Shape = { metadata: map(metadata), spec: map(podSpec) };

/** `core/v1 PersistentVolumeClaimSpec`. */
export const persistentVolumeClaimSpec = claimSpec;
