import { expect, test } from 'vitest';
import { diffManifests } from '../src/diff.ts';
import type { ChangeClass, DiffReport } from '../src/model.ts';
import { parseManifests } from '../src/parse.ts';
import type { Code } from '../src/rules/codes.ts';
import { objects } from './objects.ts';

type Kind = keyof typeof objects;
/** A text to replace, and its replacement; `gone`: the object is removed; `new`: it is added. */
type Edit = readonly [from: string, to: string] | 'gone' | 'new';
type Row = readonly [kind: Kind, edit: Edit, wanted: ChangeClass, code: Code, says: string];

const rows: readonly Row[] = [
  // destroys
  ['claim', 'gone', 'destroys', 'claim-deleted', 'its data is gone'],
  ['statefulSet', 'gone', 'destroys', 'stateful-set-deleted', 'volume claims stay behind'],
  ['crd', 'gone', 'destroys', 'crd-deleted', 'every custom resource of that kind'],
  ['namespace', 'gone', 'destroys', 'namespace-deleted', 'every object and volume claim inside'],
  ['volume', 'gone', 'destroys', 'volume-deleted', 'its disk stays'],
  ['database', 'gone', 'destroys', 'database-deleted', 'removes the data'],
  ['application', 'gone', 'destroys', 'delivery-deleted', 'Argo CD deletes everything'],
  ['kustomization', 'gone', 'destroys', 'delivery-deleted', 'Flux deletes everything'],
  ['configMap', 'gone', 'destroys', 'object-pruned', 'prune what git no longer has'],
  ['volume', ['Retain', 'Delete'], 'destroys', 'reclaim-policy-delete', 'reclaims by Delete'],
  [
    'statefulSet',
    ['  replicas: 3', '  persistentVolumeClaimRetentionPolicy: { whenDeleted: Delete }\n  replicas: 3'],
    'destroys',
    'claims-deleted-with-set',
    'when it is deleted',
  ],
  [
    'statefulSet',
    ['  replicas: 3', '  persistentVolumeClaimRetentionPolicy: { whenScaled: Delete }\n  replicas: 3'],
    'destroys',
    'claims-deleted-with-set',
    'scaled down',
  ],
  ['kustomization', ['one/shop', 'two/shop'], 'destroys', 'prune-everything', 'pruned'],
  ['application', ['name: one,', 'name: two,'], 'destroys', 'prune-everything', 'pruned'],
  [
    'statefulSet',
    ['name: db, namespace', 'name: store, namespace'],
    'destroys',
    'identity-replaced',
    'created anew as store',
  ],
  ['claim', ['namespace: shop', 'namespace: other'], 'destroys', 'identity-replaced', 'namespace other'],
  // rejected
  [
    'deployment',
    ['matchLabels: { app: api } }\n  strategy', 'matchLabels: { app: other } }\n  strategy'],
    'rejected',
    'immutable-selector',
    'delete and create it again',
  ],
  [
    'daemonSet',
    ['matchLabels: { app: agent }', 'matchLabels: { app: other }'],
    'rejected',
    'immutable-selector',
    'spec.selector',
  ],
  [
    'deployment',
    ['labels: { app: api }, annotations', 'labels: { app: other }, annotations'],
    'rejected',
    'selector-mismatch',
    'keep the labels',
  ],
  ['statefulSet', ['storage: 10Gi', 'storage: 20Gi'], 'rejected', 'immutable-claim-templates', '--cascade=orphan'],
  ['statefulSet', ['serviceName: db', 'serviceName: other'], 'rejected', 'immutable-stateful-set', 'spec.serviceName'],
  ['statefulSet', ['OrderedReady', 'Parallel'], 'rejected', 'immutable-stateful-set', 'spec.podManagementPolicy'],
  ['job', ['api:1.4.2', 'api:1.5.0'], 'rejected', 'immutable-job', 'new name'],
  ['job', ['completions: 1', 'completions: 2'], 'rejected', 'immutable-job', 'spec.completions'],
  ['pod', ['nodeName: one', 'nodeName: two'], 'rejected', 'immutable-pod', 'delete and create the Pod'],
  ['service', ['10.0.0.10', '10.0.0.11'], 'rejected', 'immutable-cluster-ip', 'spec.clusterIP'],
  ['service', ['10.0.0.10', 'None'], 'rejected', 'immutable-cluster-ip', 'delete and create the Service'],
  ['service', ['[IPv4]', '[IPv6]'], 'rejected', 'immutable-cluster-ip', 'spec.ipFamilies'],
  ['claim', ['gp3', 'gp2'], 'rejected', 'immutable-claim', 'spec.storageClassName'],
  ['claim', ['ReadWriteOnce', 'ReadWriteMany'], 'rejected', 'immutable-claim', 'spec.accessModes'],
  ['claim', ['10Gi', '5Gi'], 'rejected', 'claim-shrunk', 'cannot shrink (10Gi to 5Gi)'],
  ['volume', ['vol-1', 'vol-2'], 'rejected', 'immutable-volume', 'create a new volume'],
  ['storageClass', ['type: gp3', 'type: io2'], 'rejected', 'immutable-storage-class', 'another name'],
  ['storageClass', ['Retain', 'Delete'], 'rejected', 'immutable-storage-class', 'reclaimPolicy'],
  ['storageClass', ['ebs.csi.aws.com', 'pd.csi.storage.gke.io'], 'rejected', 'immutable-storage-class', 'provisioner'],
  [
    'binding',
    ['kind: Role, name: reader', 'kind: Role, name: writer'],
    'rejected',
    'immutable-role-ref',
    'delete and create the binding',
  ],
  ['frozen', ['"1"', '"2"'], 'rejected', 'immutable-data', 'a new name'],
  ['frozen', ['true', 'false'], 'rejected', 'immutable-data', 'marked immutable'],
  ['secret', ['Opaque', 'kubernetes.io/basic-auth'], 'rejected', 'immutable-secret-type', 'type of a Secret'],
  ['priority', ['1000', '500'], 'rejected', 'immutable-field', 'another name'],
  ['ingressClass', ['example.com/nginx', 'example.com/other'], 'rejected', 'immutable-field', 'spec.controller'],
  ['runtimeClass', ['runsc', 'kata'], 'rejected', 'immutable-field', 'handler'],
  [
    'csiDriver',
    ['attachRequired: true', 'attachRequired: false'],
    'rejected',
    'immutable-field',
    'spec.attachRequired',
  ],
  ['crd', ['scope: Namespaced', 'scope: Cluster'], 'rejected', 'immutable-field', 'migrate the objects'],
  [
    'crd',
    ['\n    - { name: v1beta1, served: true, storage: false, schema: { openAPIV3Schema: { type: object } } }', ''],
    'rejected',
    'crd-version-removed',
    'storedVersions',
  ],
  ['deployment', ['type: RollingUpdate', 'type: Recreate'], 'rejected', 'recreate-with-rolling-update', 'remove it'],
  [
    'deployment',
    ['memory: 1Gi }, limits', 'memory: 2Gi }, limits'],
    'rejected',
    'request-above-limit',
    'memory request',
  ],
  ['hpa', ['minReplicas: 3', 'minReplicas: 11'], 'rejected', 'bounds-crossed', 'above maxReplicas'],
  [
    'budget',
    ['minAvailable: 2', 'minAvailable: 2, maxUnavailable: 1'],
    'rejected',
    'budget-twice',
    'exclude each other',
  ],
  ['database', ['20Gi', '10Gi'], 'rejected', 'claim-shrunk', '20Gi to 10Gi'],
  // interrupts
  ['deployment', ['api:1.4.2', 'api:1.5.0'], 'interrupts', 'pods-restart', '3 pods restart rolling, new ones first'],
  ['scaledJob', ['render:1.0.0', 'render:1.1.0'], 'interrupts', 'running-jobs-end', 'at work are ended'],
  ['scaledJob', 'gone', 'interrupts', 'workload-deleted', 'pods included'],
  ['deployment', ['value: info', 'value: debug'], 'interrupts', 'pods-restart', '3 pods restart'],
  ['deployment', ['aaaa', 'bbbb'], 'interrupts', 'pods-restart', '3 pods restart'],
  ['deployment', ['[serve, --fast]', '[serve, --slow]'], 'interrupts', 'pods-restart', '3 pods restart'],
  ['deployment', ['mountPath: /tmp', 'mountPath: /var/tmp'], 'interrupts', 'pods-restart', '3 pods restart'],
  ['deployment', ['cpu: 500m', 'cpu: 600m'], 'interrupts', 'pods-restart', '3 pods restart'],
  [
    'deployment',
    ['serviceAccountName: api', 'serviceAccountName: other'],
    'interrupts',
    'pods-restart',
    '3 pods restart',
  ],
  ['deployment', ['replicas: 3', 'replicas: 0'], 'interrupts', 'workload-stopped', 'no pod runs any more'],
  ['deployment', 'gone', 'interrupts', 'workload-deleted', 'pods included'],
  [
    'deployment',
    ['name: api\n  namespace', 'name: backend\n  namespace'],
    'interrupts',
    'workload-replaced',
    'created anew as backend',
  ],
  [
    'deployment',
    ['type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }', 'type: Recreate'],
    'interrupts',
    'rollouts-interrupt',
    'stops all pods',
  ],
  [
    'deployment',
    ['path: /health, port: http }, periodSeconds', 'path: /ready, port: http }, periodSeconds'],
    'interrupts',
    'probe-changed',
    'a probe changes',
  ],
  ['deployment', ['periodSeconds: 10', 'periodSeconds: 5'], 'interrupts', 'probe-changed', 'a probe changes'],
  ['deployment', ['containerPort: 8080', 'containerPort: 8081'], 'interrupts', 'container-port', 'another port'],
  ['statefulSet', ['db:16.1', 'db:16.2'], 'interrupts', 'pods-restart', '3 pods restart one after the other'],
  ['daemonSet', ['agent:1.0.0', 'agent:1.1.0'], 'interrupts', 'pods-restart', 'node by node'],
  ['pod', ['probe:1.0.0', 'probe:1.1.0'], 'interrupts', 'pods-restart', 'in place'],
  ['service', ['port: 80,', 'port: 81,'], 'interrupts', 'service-port', 'cut off'],
  ['service', ['targetPort: 8080', 'targetPort: 9090'], 'interrupts', 'service-port', 'a port changes'],
  ['service', ['selector: { app: api }', 'selector: { app: other }'], 'interrupts', 'service-selector', 'other pods'],
  ['service', 'gone', 'interrupts', 'service-deleted', 'stop answering'],
  ['ingress', ['host: shop.example.com', 'host: store.example.com'], 'interrupts', 'host-changed', 'no longer served'],
  ['ingress', ['secretName: tls', 'secretName: other'], 'interrupts', 'tls-changed', 'another certificate'],
  ['ingress', ['number: 80', 'number: 81'], 'interrupts', 'route-changed', 'routed elsewhere'],
  ['ingress', 'gone', 'interrupts', 'route-deleted', 'no longer reachable'],
  ['gateway', ['port: 443', 'port: 8443'], 'interrupts', 'listener-changed', 'a listener changes'],
  ['gateway', ['name: tls', 'name: other'], 'interrupts', 'tls-changed', 'another certificate'],
  [
    'httpRoute',
    ['hostnames: [shop.example.com]', 'hostnames: [store.example.com]'],
    'interrupts',
    'host-changed',
    'no longer served',
  ],
  ['httpRoute', ['port: 80', 'port: 81'], 'interrupts', 'route-changed', 'routed elsewhere'],
  [
    'certificate',
    ['dnsNames: [shop.example.com]', 'dnsNames: [store.example.com]'],
    'interrupts',
    'tls-changed',
    'TLS',
  ],
  ['nodePool', ['[amd64]', '[arm64]'], 'interrupts', 'nodes-replaced', 'nodes drift'],
  ['database', ['16.1', '16.2'], 'interrupts', 'database-restarts', 'restarts or fails over'],
  ['crd', ['v1beta1, served: true', 'v1beta1, served: false'], 'interrupts', 'version-unserved', 'no longer served'],
  // opens
  ['scaledJob', ['allowPrivilegeEscalation: false', 'privileged: true'], 'opens', 'container-loosened', 'privileged'],
  ['deployment', ['allowPrivilegeEscalation: false', 'privileged: true'], 'opens', 'container-loosened', 'privileged'],
  [
    'deployment',
    ['allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true'],
    'opens',
    'container-loosened',
    'more privileges',
  ],
  ['deployment', ['runAsNonRoot: true', 'runAsNonRoot: false'], 'opens', 'container-loosened', 'as root'],
  ['deployment', ['runAsNonRoot: true', 'runAsUser: 0'], 'opens', 'container-loosened', 'root'],
  [
    'deployment',
    ['readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'],
    'opens',
    'container-loosened',
    'root file system',
  ],
  ['deployment', ['drop: [ALL]', 'drop: [ALL], add: [NET_ADMIN]'], 'opens', 'container-loosened', 'NET_ADMIN'],
  ['deployment', ['drop: [ALL]', 'drop: []'], 'opens', 'container-loosened', 'no longer drops'],
  ['deployment', ['RuntimeDefault', 'Unconfined'], 'opens', 'container-loosened', 'seccomp'],
  [
    'deployment',
    ['      priorityClassName', '      hostNetwork: true\n      priorityClassName'],
    'opens',
    'container-loosened',
    "node's network",
  ],
  ['deployment', ['emptyDir: {}', 'hostPath: { path: /etc }'], 'opens', 'container-loosened', 'path of the node'],
  [
    'deployment',
    ['automountServiceAccountToken: false', 'automountServiceAccountToken: true'],
    'opens',
    'container-loosened',
    'token',
  ],
  [
    'serviceAccount',
    ['automountServiceAccountToken: false', 'automountServiceAccountToken: true'],
    'opens',
    'container-loosened',
    'token',
  ],
  ['serviceAccount', ['role/api', 'role/admin'], 'opens', 'cloud-identity', 'another cloud identity'],
  ['namespace', ['restricted', 'baseline'], 'opens', 'pod-security-loosened', 'from restricted to baseline'],
  [
    'namespace',
    ['pod-security.kubernetes.io/enforce: restricted, ', ''],
    'opens',
    'pod-security-loosened',
    'to privileged',
  ],
  ['namespace', ['istio-injection: enabled', 'istio-injection: disabled'], 'opens', 'mesh-opened', 'service mesh'],
  ['role', ['[get, list]', '[get, list, watch]'], 'opens', 'permissions-gained', 'watch configmaps'],
  ['role', ['[configmaps]', '[configmaps, secrets]'], 'opens', 'escalation-gained', 'secrets'],
  ['clusterRole', ['verbs: [get]', 'verbs: ["*"]'], 'opens', 'escalation-gained', '* deployments.apps'],
  [
    'clusterRole',
    ['name: viewer', 'name: viewer, labels: { rbac.authorization.k8s.io/aggregate-to-edit: "true" }'],
    'opens',
    'aggregated',
    'cluster role edit',
  ],
  [
    'binding',
    ['namespace: shop }]', 'namespace: shop }, { kind: Group, name: "system:authenticated" }]'],
    'opens',
    'subjects-gained',
    'Group system:authenticated',
  ],
  ['binding', 'new', 'opens', 'subjects-gained', 'ServiceAccount shop/api'],
  ['service', ['type: ClusterIP', 'type: LoadBalancer'], 'opens', 'exposed', 'load balancer'],
  ['service', ['type: ClusterIP', 'type: NodePort'], 'opens', 'exposed', 'every node'],
  ['service', ['scheme: internal', 'scheme: internet-facing'], 'opens', 'exposed', 'internet'],
  ['service', ['[10.0.0.0/8]', '[0.0.0.0/0]'], 'opens', 'source-ranges', 'more source addresses'],
  ['ingress', ['scheme: internal', 'scheme: internet-facing'], 'opens', 'exposed', 'internet'],
  ['ingress', ['nginx-internal', 'nginx'], 'opens', 'exposed', 'public ingress controller'],
  [
    'ingress',
    ['\n    alb.ingress.kubernetes.io/wafv2-acl-arn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1', ''],
    'opens',
    'firewall-removed',
    'firewall',
  ],
  [
    'ingress',
    ['\n    nginx.ingress.kubernetes.io/auth-url: https://auth.example.com', ''],
    'opens',
    'authentication-removed',
    'no longer authenticated',
  ],
  ['ingress', ['ssl-redirect: "true"', 'ssl-redirect: "false"'], 'opens', 'tls-weakened', 'no longer redirected'],
  ['ingress', ['TLS13-1-3-2021-06', '2016-08'], 'opens', 'tls-weakened', 'older TLS'],
  ['ingress', ['[{"HTTPS": 443}]', '[{"HTTP": 80}]'], 'opens', 'tls-weakened', 'HTTPS is no longer served'],
  [
    'ingress',
    ['  tls: [{ hosts: [shop.example.com], secretName: tls }]\n', ''],
    'opens',
    'tls-weakened',
    'without TLS',
  ],
  ['ingress', ['range: 10.0.0.0/8', 'range: 0.0.0.0/0'], 'opens', 'source-ranges', 'more source addresses'],
  ['gateway', ['protocol: HTTPS', 'protocol: HTTP'], 'opens', 'tls-weakened', 'without TLS'],
  ['gateway', ['from: Same', 'from: All'], 'opens', 'exposed', 'every namespace'],
  ['networkPolicy', 'gone', 'opens', 'policy-deleted', 'no other policy forbids'],
  [
    'networkPolicy',
    ['app: web } } }]', 'app: web } } }, { namespaceSelector: {} }]'],
    'opens',
    'policy-opened',
    'more than before',
  ],
  [
    'networkPolicy',
    ['ports: [{ port: 8080 }]', 'ports: [{ port: 8080 }, { port: 9090 }]'],
    'opens',
    'policy-opened',
    'more than before',
  ],
  [
    'networkPolicy',
    ['from: [{ podSelector: { matchLabels: { app: web } } }], ', ''],
    'opens',
    'policy-opened',
    'more than before',
  ],
  ['peerAuthentication', ['STRICT', 'PERMISSIVE'], 'opens', 'mesh-opened', 'mutual TLS'],
  ['project', ['["https://git.example.com/fleet"]', '["*"]'], 'opens', 'delivery-opened', 'more sources'],
  ['monitor', ['scheme: https', 'scheme: http'], 'opens', 'tls-weakened', 'without TLS'],
  // weakens
  ['deployment', ['replicas: 3', 'replicas: 2'], 'weakens', 'replicas-lowered', '3 to 2'],
  [
    'deployment',
    ['          livenessProbe: { httpGet: { path: /health, port: http } }\n', ''],
    'weakens',
    'probe-removed',
    'the liveness probe',
  ],
  [
    'deployment',
    ['          readinessProbe: { httpGet: { path: /health, port: http }, periodSeconds: 10 }\n', ''],
    'weakens',
    'probe-removed',
    'the readiness probe',
  ],
  [
    'deployment',
    ['memory: 1Gi }, limits', 'memory: 512Mi }, limits'],
    'weakens',
    'requests-lowered',
    'from 1Gi to 512Mi',
  ],
  ['deployment', [', limits: { memory: 1Gi }', ''], 'weakens', 'limits-lowered', 'memory limit'],
  [
    'deployment',
    ['terminationGracePeriodSeconds: 60', 'terminationGracePeriodSeconds: 10'],
    'weakens',
    'shutdown-shortened',
    'less time',
  ],
  [
    'deployment',
    ['          lifecycle: { preStop: { sleep: { seconds: 5 } } }\n', ''],
    'weakens',
    'shutdown-shortened',
    'hook',
  ],
  ['deployment', ['DoNotSchedule', 'ScheduleAnyway'], 'weakens', 'spread-removed', 'one node or zone'],
  ['deployment', ['      priorityClassName: high\n', ''], 'weakens', 'priority-removed', 'priority'],
  ['deployment', ['maxUnavailable: 0', 'maxUnavailable: 1'], 'weakens', 'rollout-weakened', '0 to 1'],
  ['hpa', ['minReplicas: 3', 'minReplicas: 1'], 'weakens', 'scaling-lowered', 'from 3 to 1'],
  ['hpa', ['maxReplicas: 10', 'maxReplicas: 5'], 'weakens', 'scaling-lowered', 'from 10 to 5'],
  ['hpa', ['averageUtilization: 70', 'averageUtilization: 90'], 'weakens', 'scaling-lowered', 'from 70 to 90'],
  ['hpa', 'gone', 'weakens', 'scaling-deleted', 'follows the load'],
  ['budget', ['minAvailable: 2', 'minAvailable: 1'], 'weakens', 'budget-lowered', '2 to 1'],
  ['budget', ['minAvailable: 2', 'maxUnavailable: 50%'], 'weakens', 'budget-lowered', 'maxUnavailable'],
  ['budget', 'gone', 'weakens', 'budget-deleted', 'node drain'],
  ['rules', ["> 10'", "> 100'"], 'weakens', 'alert-weakened', 'Errors'],
  ['rules', ['for: 5m', 'for: 15m'], 'weakens', 'alert-weakened', 'Errors fires later'],
  ['rules', ['severity: critical', 'severity: warning'], 'weakens', 'alert-weakened', '(severity)'],
  [
    'rules',
    ['\n        - { alert: Slow, expr: latency > 1, for: 10m, labels: { severity: warning } }', ''],
    'weakens',
    'alert-removed',
    'Slow is removed',
  ],
  ['rules', 'gone', 'weakens', 'alerts-deleted', 'nobody is told'],
  ['monitor', 'gone', 'weakens', 'metrics-deleted', 'go silent'],
  ['scheduledBackup', ['0 0 2 * * *', '0 0 2 * * 0'], 'weakens', 'backup-weakened', 'less often'],
  ['scheduledBackup', 'gone', 'weakens', 'backup-schedule-deleted', 'no more backups'],
  ['velero', ['720h0m0s', '24h0m0s'], 'weakens', 'backup-weakened', 'kept shorter'],
  ['cronJob', ['*/6', '*/12'], 'weakens', 'backup-weakened', 'less often'],
  ['cronJob', ['  schedule', '  suspend: true\n  schedule'], 'weakens', 'backup-weakened', 'suspended'],
  ['database', ['instances: 3', 'instances: 1'], 'weakens', 'instances-lowered', '3 to 1'],
  ['database', ['30d', '7d'], 'weakens', 'backup-weakened', 'kept shorter'],
  ['quota', ['"10"', '"100"'], 'behaves', 'quota-raised', '10 to 100'],
  ['quota', 'gone', 'weakens', 'quota-deleted', 'nothing bounds'],
  ['webhook', ['failurePolicy: Fail', 'failurePolicy: Ignore'], 'weakens', 'admission-weakened', 'admitted'],
  ['webhook', 'gone', 'weakens', 'admission-deleted', 'admitted'],
  // behaves
  ['deployment', ['replicas: 3', 'replicas: 5'], 'behaves', 'replicas-raised', '3 to 5'],
  ['deployment', ['api:1.4.2', 'api:1.3.0'], 'behaves', 'image-downgraded', 'older image'],
  ['deployment', ['api:1.4.2', 'api:1.5.0'], 'behaves', 'image-upgraded', '(minor)'],
  ['deployment', ['example.com/api:1.4.2', 'example.org/api:1.4.2'], 'behaves', 'image-replaced', 'another repository'],
  ['cronJob', ['backup:2.0.0', 'backup:2.1.0'], 'behaves', 'nothing-restarts-yet', 'next run'],
  ['claim', ['10Gi', '20Gi'], 'behaves', 'claim-grown', '10Gi to 20Gi'],
  ['configMap', ['LOG: info', 'LOG: debug'], 'behaves', 'configuration-changed', 'ConfigMap settings'],
  ['secret', ['password: one', 'password: two'], 'behaves', 'configuration-changed', 'Secret credentials'],
  ['role', ['[get, list]', '[get]'], 'behaves', 'permissions-lost', 'list configmaps'],
  [
    'binding',
    ['subjects: [{ kind: ServiceAccount, name: api, namespace: shop }]', 'subjects: []'],
    'behaves',
    'subjects-lost',
    'ServiceAccount shop/api',
  ],
  ['rules', ['latency > 1', 'latency offset 5m > 1'], 'behaves', 'alert-changed', 'Slow'],
  ['deployment', 'new', 'behaves', 'object-added', 'is added'],
  ['networkPolicy', 'new', 'behaves', 'policy-added', 'accept only'],
  ['monitor', ['interval: 30s', 'interval: 15s'], 'behaves', 'field-changed', 'spec.endpoints.interval'],
  ['secretProviderClass', ['secretKey: password', 'secretKey: other'], 'behaves', 'field-changed', 'spec.parameters'],
  // cosmetic
  ['deployment', ['note: first', 'note: second'], 'cosmetic', 'labels-changed', 'nothing acts on'],
  ['deployment', ['version: "1.4.2"', 'version: "1.5.0"'], 'cosmetic', 'labels-changed', 'nothing acts on'],
  ['rules', ['Many errors', 'Too many errors'], 'cosmetic', 'description-changed', 'descriptions'],
  ['crd', ['An order', 'One order'], 'cosmetic', 'description-changed', 'descriptions'],
  ['priority', ['Goes first', 'Goes early'], 'cosmetic', 'description-changed', 'descriptions'],
  ['budget', ['policy/v1', 'policy/v1beta1'], 'cosmetic', 'version-moved', 'policy/v1 to policy/v1beta1'],
  [
    'role',
    ['verbs: [get, list] }]', 'verbs: [get] }, { apiGroups: [""], resources: [configmaps], verbs: [list] }]'],
    'cosmetic',
    'same-permissions',
    'same permissions',
  ],
];

const parse = (text: string) => parseManifests({ path: 'clusters/one/shop/object.yaml', text });

function edited(kind: Kind, edit: Edit): DiffReport {
  const before = objects[kind];
  const manifests = parse(before);
  if (edit === 'gone') return diffManifests({ name: 'a', manifests }, { name: 'b', manifests: [] });
  if (edit === 'new') return diffManifests({ name: 'a', manifests: [] }, { name: 'b', manifests });
  expect(before, 'the text to edit').toContain(edit[0]);
  return diffManifests({ name: 'a', manifests }, { name: 'b', manifests: parse(before.replace(edit[0], edit[1])) });
}

test.each(rows)('%s %j: %s %s', (kind, edit, wanted, code, says) => {
  const { entries } = edited(kind, edit);
  const entry = entries.find((each) => each.code === code && each.sentence.includes(says));
  expect(
    entry,
    `got ${entries.map((each) => `${each.class} ${each.code}: ${each.sentence}`).join('\n') || 'nothing'}`,
  ).toBeDefined();
  expect(entry?.class).toBe(wanted);
});

test('the table covers at least 120 changes and every kind', () => {
  expect(rows.length).toBeGreaterThanOrEqual(120);
  expect(new Set(rows.map(([kind]) => kind))).toEqual(new Set(Object.keys(objects)));
});

test('what KEDA fills into a ScaledJob is no change, a gradual roll-out ends no job, and its highest number counts', () => {
  expect(edited('scaledJob', ['maxReplicaCount', 'pollingInterval: 30\n  maxReplicaCount']).entries).toEqual([]);

  const gradual = objects.scaledJob.replace('  triggers', '  rollout: { strategy: gradual }\n  triggers');
  const report = diffManifests(
    { name: 'a', manifests: parse(gradual) },
    { name: 'b', manifests: parse(gradual.replace('render:1.0.0', 'render:1.1.0')) },
  );
  expect(report.entries.map(({ code }) => code)).toEqual(['nothing-restarts-yet', 'image-upgraded']);

  const { summary } = edited('scaledJob', ['maxReplicaCount: 20', 'maxReplicaCount: 30']);
  expect(summary.capacity).toMatchObject({ cpuMillicores: { min: 0, max: 5000 } });
});
