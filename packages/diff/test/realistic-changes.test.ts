import { expect, test } from 'vitest';
import { diffManifests } from '../src/diff.ts';
import type { ChangeClass } from '../src/model.ts';
import { parseManifests } from '../src/parse.ts';

type Wanted = ChangeClass | 'none';

const dep = (spec = '', pod = '', container = '', meta = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop${meta} }
spec:
  replicas: 3
  selector: { matchLabels: { app: api } }
${spec}
  template:
    metadata: { labels: { app: api } }
    spec:
${pod}
      containers:
        - name: api
          image: example.com/api:1.4.2
${container}
`;
const o = (apiVersion: string, kind: string, name: string, body: string, namespace = 'shop', meta = '') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`}${meta} }
${body}
`;

const rows: [wanted: Wanted, name: string, before: string, after: string][] = [];
/** A change from one text to another. */
const c = (wanted: Wanted, name: string, before: string, after: string) => rows.push([wanted, name, before, after]);
/** A change by replacing parts of a text. */
const r = (wanted: Wanted, name: string, before: string, ...edits: [from: string, to: string][]) =>
  c(
    wanted,
    name,
    before,
    edits.reduce((text, [from, to]) => {
      expect(text, name).toContain(from);
      return text.replace(from, to);
    }, before),
  );

// defaults none
r(
  'none',
  'defaults',
  dep(),
  [
    '  replicas: 3',
    '  replicas: 3\n  revisionHistoryLimit: 10\n  progressDeadlineSeconds: 600\n  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}',
  ],
  [
    '          image: example.com/api:1.4.2',
    '          image: example.com/api:1.4.2\n          imagePullPolicy: IfNotPresent\n          resources: {}\n          terminationMessagePath: /dev/termination-log\n          terminationMessagePolicy: File',
  ],
);
r('none', 'securityContext privileged false', dep('', '', '          securityContext: {}'), [
  'securityContext: {}',
  'securityContext: {privileged: false}',
]);
r(
  'none',
  'cpu quantity',
  dep('', '', '          resources: {requests: {cpu: 1000m, memory: 1024Mi}}'),
  ['1000m', '"1"'],
  ['1024Mi', '1Gi'],
);
r('none', 'affinity empty', dep(), [
  '      containers',
  '      affinity: {}\n      tolerations: []\n      nodeSelector: {}\n      volumes: []\n      containers',
]);
r(
  'none',
  'minReplicas default',
  o(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'api',
    'spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}, minReplicas: 1, maxReplicas: 5}',
  ),
  ['minReplicas: 1, ', ''],
);
r(
  'none',
  'svc defaults',
  o('v1', 'Service', 's', 'spec: {ports: [{port: 80}], selector: {a: b}}'),
  ['{port: 80}', '{port: 80, protocol: TCP, targetPort: 80}'],
  [
    'selector',
    'type: ClusterIP, sessionAffinity: None, ipFamilyPolicy: SingleStack, internalTrafficPolicy: Cluster, selector',
  ],
);
r(
  'none',
  'kafka resources quantity',
  o('kafka.strimzi.io/v1beta2', 'Kafka', 'k', 'spec: {kafka: {replicas: 3, resources: {requests: {cpu: 1000m}}}}'),
  ['1000m', '"1"'],
);
r(
  'none',
  'promql by',
  o(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    'p',
    'spec: {groups: [{name: a, rules: [{alert: X, expr: "sum by (x, y) (rate(z[5m])) > 1"}]}]}',
  ),
  ['sum by (x, y) (rate(z[5m])) > 1', 'sum(rate(z[5m])) by (y,x) > 1'],
);
r(
  'none',
  'promql matcher order',
  o(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    'p',
    "spec: {groups: [{name: a, rules: [{alert: X, expr: \"z{a='1',b='2'} > 1\"}]}]}",
  ),
  ["{a='1',b='2'}", "{b='2', a='1'}"],
);
r(
  'none',
  'promql 300s',
  o(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    'p',
    'spec: {groups: [{name: a, rules: [{alert: X, expr: "rate(z[300s]) > 1.0"}]}]}',
  ),
  ['300s', '5m'],
  ['1.0', '1'],
);
r(
  'none',
  'pvc defaults',
  o('v1', 'PersistentVolumeClaim', 'd', 'spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}'),
  ['spec: {', 'spec: {volumeMode: Filesystem, '],
);
r(
  'none',
  'netpol policyTypes default',
  o('networking.k8s.io/v1', 'NetworkPolicy', 'one', 'spec: {podSelector: {}, ingress: [{}]}'),
  ['podSelector: {}', 'podSelector: {}, policyTypes: [Ingress]'],
);
r(
  'none',
  'ingress defaults',
  o(
    'networking.k8s.io/v1',
    'Ingress',
    'one',
    'spec: {rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}',
  ),
  ['metadata: { name: one', 'metadata: { annotations: {}, labels: {}, name: one'],
);
r(
  'none',
  'statefulset defaults',
  o(
    'apps/v1',
    'StatefulSet',
    'one',
    'spec: {serviceName: a, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: "x:1"}]}}}',
  ),
  [
    'serviceName: a',
    'serviceName: a, podManagementPolicy: OrderedReady, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}, replicas: 1',
  ],
);
r(
  'none',
  'job defaults',
  o(
    'batch/v1',
    'Job',
    'one',
    'spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "x:1"}]}}}',
  ),
  [
    'spec: {template',
    'spec: {backoffLimit: 6, completions: 1, parallelism: 1, suspend: false, completionMode: NonIndexed, template',
  ],
);
// images
r('interrupts', 'tag->tag@digest', dep(), ['api:1.4.2', 'api:1.4.2@sha256:' + 'a'.repeat(64)]);
r('interrupts', 'latest', dep(), ['api:1.4.2', 'api:latest']);
r('interrupts', 'init image', dep('', '      initContainers: [{name: i, image: "b:1"}]'), ['"b:1"', '"b:2"']);
// replicas etc
r('weakens', 'replicas 3->1', dep(), ['replicas: 3', 'replicas: 1']);
r('interrupts', 'replicas ->0', dep(), ['replicas: 3', 'replicas: 0']);
r('behaves', 'replicas 3->5', dep(), ['replicas: 3', 'replicas: 5']);
r('cosmetic', 'dep label', dep('', '', '', ', labels: {a: b}'), ['a: b', 'a: c']);
r('interrupts', 'tmpl label', dep(), ['labels: { app: api } }\n    spec', 'labels: { app: api, x: y } }\n    spec']);
r(
  'rejected',
  'selector',
  dep(),
  ['matchLabels: { app: api }', 'matchLabels: { app: api2 }'],
  ['labels: { app: api }', 'labels: { app: api2 }'],
);
r('interrupts', 'env', dep('', '', '          env: [{name: A, value: "1"}]'), ['"1"', '"2"']);
r(
  'interrupts',
  'drop NET_RAW -> ALL (tightened)',
  dep('', '', '          securityContext: {capabilities: {drop: [NET_RAW]}}'),
  ['NET_RAW', 'ALL'],
);
r(
  'interrupts',
  'runAsNonRoot moved pod->container',
  dep('', '      securityContext: {runAsNonRoot: true}', '          securityContext: {runAsUser: 1000}'),
  ['securityContext: {runAsNonRoot: true}', 'securityContext: {}'],
  ['{runAsUser: 1000}', '{runAsUser: 1000, runAsNonRoot: true}'],
);
r('opens', 'runAsNonRoot removed', dep('', '      securityContext: {runAsNonRoot: true}'), [
  'securityContext: {runAsNonRoot: true}',
  'securityContext: {}',
]);
r('opens', 'container override runAsNonRoot false', dep('', '      securityContext: {runAsNonRoot: true}'), [
  'image: example.com/api:1.4.2',
  'image: example.com/api:1.4.2\n          securityContext: {runAsNonRoot: false}',
]);
r('opens', 'privileged', dep(), [
  'image: example.com/api:1.4.2',
  'image: example.com/api:1.4.2\n          securityContext: {privileged: true}',
]);
r(
  'opens',
  'new sidecar w/o allowPrivEsc in restricted pod',
  dep(
    '',
    '      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}',
    '          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}',
  ),
  ['        - name: api', '        - name: side\n          image: s:1\n        - name: api'],
);
r('opens', 'hostPath', dep(), [
  '      containers',
  '      volumes: [{name: h, hostPath: {path: /}}]\n      containers',
]);
r('opens', 'hostNetwork', dep(), ['      containers', '      hostNetwork: true\n      containers']);
r('opens', 'SA automount true', dep('', '      automountServiceAccountToken: false'), [
  'automountServiceAccountToken: false',
  'automountServiceAccountToken: true',
]);
r('opens', 'seLinux/windows hostProcess', dep(), [
  '      containers',
  '      securityContext: {windowsOptions: {hostProcess: true}}\n      containers',
]);
r('opens', 'sysctl', dep(), [
  '      containers',
  '      securityContext: {sysctls: [{name: kernel.msgmax, value: "1"}]}\n      containers',
]);
r('weakens', 'requests lowered', dep('', '', '          resources: {requests: {cpu: 500m}}'), ['500m', '100m']);
r('weakens', 'requests removed', dep('', '', '          resources: {requests: {cpu: 500m}}'), [
  'resources: {requests: {cpu: 500m}}',
  'resources: {}',
]);
r('interrupts', 'requests raised', dep('', '', '          resources: {requests: {cpu: 500m}}'), ['500m', '800m']);
r(
  'interrupts',
  'probe loosened',
  dep('', '', '          livenessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 10}'),
  ['periodSeconds: 10', 'periodSeconds: 60, failureThreshold: 30'],
);
r('interrupts', 'probe added', dep(), [
  'image: example.com/api:1.4.2',
  'image: example.com/api:1.4.2\n          livenessProbe: {tcpSocket: {port: 80}}',
]);
r('interrupts', 'prestop removed ', dep('', '', '          lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}'), [
  'lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}',
  'workingDir: /',
]);
r('interrupts', 'strategy recreate', dep('  strategy: {type: RollingUpdate}'), [
  'type: RollingUpdate',
  'type: Recreate',
]);
r('destroys', 'pvc volume -> emptyDir', dep('', '      volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]'), [
  'persistentVolumeClaim: {claimName: d}',
  'emptyDir: {}',
]);
// Jobs
const job = (meta = '') =>
  o(
    'batch/v1',
    'Job',
    'migrate',
    'spec: {backoffLimit: 3, template: {spec: {restartPolicy: Never, containers: [{name: a, image: "x:1"}]}}}',
    'shop',
    meta,
  );
r('rejected', 'job image', job(), ['x:1', 'x:2']);
r(
  'behaves',
  'job image helm hook',
  job(', annotations: {helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: before-hook-creation}'),
  ['x:1', 'x:2'],
);
r('behaves', 'job argo hook', job(', annotations: {argocd.argoproj.io/hook: PreSync}'), ['x:1', 'x:2']);
r('behaves', 'job argo force', job(', annotations: {argocd.argoproj.io/sync-options: "Force=true,Replace=true"}'), [
  'x:1',
  'x:2',
]);
r('behaves', 'job flux force', job(', annotations: {kustomize.toolkit.fluxcd.io/force: enabled}'), ['x:1', 'x:2']);
r('behaves', 'job parallelism', job(), ['backoffLimit: 3', 'backoffLimit: 3, parallelism: 2']);
r('behaves', 'job ttl', job(), ['backoffLimit: 3', 'backoffLimit: 3, ttlSecondsAfterFinished: 100']);
r('interrupts', 'job suspend', job(), ['backoffLimit: 3', 'backoffLimit: 3, suspend: true']);
const cron = o(
  'batch/v1',
  'CronJob',
  'report',
  'spec: {schedule: "0 * * * *", concurrencyPolicy: Forbid, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "x:1"}]}}}}}',
);
r('interrupts', 'cron suspend', cron, ['schedule', 'suspend: true, schedule']);
r('behaves', 'cron image', cron, ['x:1', 'x:2']);
r('behaves', 'cron concurrency', cron, ['Forbid', 'Allow']);
// statefulset
const sts = o(
  'apps/v1',
  'StatefulSet',
  'db',
  'spec: {serviceName: db, replicas: 3, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: "x:1"}]}}, volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}}]}',
);
r('rejected', 'vct size', sts, ['10Gi', '20Gi']);
r('rejected', 'serviceName', sts, ['serviceName: db', 'serviceName: db2']);
r('rejected', 'vct removed', sts, [
  ', volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}}]',
  '',
]);
r('interrupts', 'sts updateStrategy OnDelete', sts, ['replicas: 3', 'replicas: 3, minReadySeconds: 5'], ['x:1', 'x:2']);
r('destroys', 'sts retention', sts, [
  'replicas: 3',
  'replicas: 3, persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}',
]);
r(
  'behaves',
  'sts retention back',
  sts.replace('replicas: 3', 'replicas: 3, persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}'),
  ['whenDeleted: Delete', 'whenDeleted: Retain'],
);
c('destroys', 'sts gone', sts, '');
// Service
const svc = (spec: string, meta = '') =>
  o(
    'v1',
    'Service',
    's',
    `spec: {${spec}ports: [{name: http, port: 80, targetPort: 8080}], selector: {a: b}}`,
    'shop',
    meta,
  );
r('rejected', 'clusterIP none set', svc(''), ['spec: {', 'spec: {clusterIP: None, ']);
r('rejected', 'clusterIP none unset', svc('clusterIP: None, '), ['clusterIP: None, ', '']);
r('interrupts', 'to ExternalName', svc(''), ['spec: {', 'spec: {type: ExternalName, externalName: x.example.com, ']);
r('interrupts', 'externalName changed', svc('type: ExternalName, externalName: x.example.com, '), [
  'x.example.com',
  'y.example.com',
]);
r('opens', 'to LB', svc(''), ['spec: {', 'spec: {type: LoadBalancer, ']);
r('opens', 'LB ranges widened', svc('type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], '), [
  '10.0.0.0/8',
  '0.0.0.0/0',
]);
r('behaves', 'LB ranges narrowed', svc('type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], '), [
  '10.0.0.0/8',
  '10.1.0.0/16',
]);
r('opens', 'LB ranges removed', svc('type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], '), [
  'loadBalancerSourceRanges: [10.0.0.0/8], ',
  '',
]);
r(
  'opens',
  'internal LB annotation removed oci',
  svc('type: LoadBalancer, ', ', annotations: {service.beta.kubernetes.io/oci-load-balancer-internal: "true"}'),
  ['oci-load-balancer-internal: "true"', 'oci-load-balancer-internal: "false"'],
);
r(
  'opens',
  'aws scheme',
  svc('type: LoadBalancer, ', ', annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internal}'),
  ['scheme: internal', 'scheme: internet-facing'],
);
r('rejected', 'loadBalancerClass', svc('type: LoadBalancer, loadBalancerClass: a.example.com/x, '), [
  'a.example.com/x',
  'a.example.com/y',
]);
r('interrupts', 'port', svc(''), ['port: 80,', 'port: 81,']);
r('interrupts', 'targetPort', svc(''), ['targetPort: 8080', 'targetPort: 9090']);
r('interrupts', 'selector', svc(''), ['selector: {a: b}', 'selector: {a: c}']);
r('behaves', 'port added', svc(''), ['ports: [', 'ports: [{name: m, port: 9090}, ']);
r('behaves', 'sessionAffinity', svc(''), ['spec: {', 'spec: {sessionAffinity: ClientIP, ']);
// storage
r(
  'rejected',
  'sc params',
  o('storage.k8s.io/v1', 'StorageClass', 'a', 'provisioner: x\nreclaimPolicy: Retain\nparameters: {a: b}', ''),
  ['a: b}', 'a: c}'],
);
r(
  'destroys',
  'sc reclaim',
  o('storage.k8s.io/v1', 'StorageClass', 'a', 'provisioner: x\nreclaimPolicy: Retain\nparameters: {a: b}', ''),
  ['Retain', 'Delete'],
);
r(
  'behaves',
  'sc expansion off',
  o('storage.k8s.io/v1', 'StorageClass', 'a', 'provisioner: x\nallowVolumeExpansion: true', ''),
  ['true', 'false'],
);
r(
  'behaves',
  'sc default',
  o(
    'storage.k8s.io/v1',
    'StorageClass',
    'a',
    'provisioner: x',
    '',
    ', annotations: {storageclass.kubernetes.io/is-default-class: "true"}',
  ),
  ['"true"', '"false"'],
);
r(
  'rejected',
  'pvc class',
  o(
    'v1',
    'PersistentVolumeClaim',
    'd',
    'spec: {storageClassName: a, accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}',
  ),
  ['storageClassName: a', 'storageClassName: b'],
);
r(
  'rejected',
  'pvc shrink',
  o(
    'v1',
    'PersistentVolumeClaim',
    'd',
    'spec: {storageClassName: a, accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}',
  ),
  ['10Gi', '5Gi'],
);
r(
  'behaves',
  'pvc grow',
  o(
    'v1',
    'PersistentVolumeClaim',
    'd',
    'spec: {storageClassName: a, accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}',
  ),
  ['10Gi', '20Gi'],
);
r(
  'destroys',
  'snapshotclass deletionPolicy',
  o('snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass', 'd', 'driver: x\ndeletionPolicy: Retain', ''),
  ['Retain', 'Delete'],
);
// rbac
r(
  'rejected',
  'roleRef',
  o(
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    'b',
    'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects: [{kind: Group, name: devs, apiGroup: rbac.authorization.k8s.io}]',
    '',
  ),
  ['name: view', 'name: cluster-admin'],
);
r(
  'opens',
  'crb authenticated',
  o(
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    'b',
    'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects: [{kind: Group, name: devs, apiGroup: rbac.authorization.k8s.io}]',
    '',
  ),
  ['name: devs', 'name: "system:authenticated"'],
);
const role = o(
  'rbac.authorization.k8s.io/v1',
  'Role',
  'r',
  'rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]',
);
r('opens', 'role wildcard', role, ['[get, list]', '["*"]']);
r('behaves', 'role loses', role, ['[get, list]', '[get]']);
r('cosmetic', 'role split', role, [
  '[{apiGroups: [""], resources: [pods], verbs: [get, list]}]',
  '[{apiGroups: [""], resources: [pods], verbs: [get]},{apiGroups: [""], resources: [pods], verbs: [list]}]',
]);
r(
  'opens',
  'role resourceNames removed',
  o(
    'rbac.authorization.k8s.io/v1',
    'Role',
    'r',
    'rules: [{apiGroups: [""], resources: [secrets], resourceNames: [a], verbs: [get]}]',
  ),
  ['resourceNames: [a], ', ''],
);
// netpol w/o workloads
r(
  'opens',
  'netpol from emptied',
  o(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'one',
    'spec: {podSelector: {matchLabels: {app: a}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}',
  ),
  ['{from: [{podSelector: {matchLabels: {app: web}}}]}', '{}'],
);
r(
  'opens',
  'netpol 0.0.0.0/0',
  o(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'one',
    'spec: {podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}',
  ),
  ['10.0.0.0/8', '0.0.0.0/0'],
);
r(
  'opens',
  'netpol policyTypes egress dropped',
  o('networking.k8s.io/v1', 'NetworkPolicy', 'one', 'spec: {podSelector: {}, policyTypes: [Ingress, Egress]}'),
  ['[Ingress, Egress]', '[Ingress]'],
);
r(
  'opens',
  'netpol except removed',
  o(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'one',
    'spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]}]}',
  ),
  [', except: [169.254.169.254/32]', ''],
);
r(
  'opens',
  'netpol podSelector narrowed',
  o('networking.k8s.io/v1', 'NetworkPolicy', 'one', 'spec: {podSelector: {}, policyTypes: [Ingress]}'),
  ['podSelector: {}', 'podSelector: {matchLabels: {a: b}}'],
);
c(
  'opens',
  'netpol removed',
  o('networking.k8s.io/v1', 'NetworkPolicy', 'one', 'spec: {podSelector: {}, policyTypes: [Ingress]}'),
  '',
);
r(
  'opens',
  'cilium deny removed',
  o(
    'cilium.io/v2',
    'CiliumNetworkPolicy',
    'one',
    'spec: {endpointSelector: {}, ingressDeny: [{fromEntities: [world]}], ingress: [{fromEntities: [cluster]}]}',
  ),
  ['ingressDeny: [{fromEntities: [world]}], ', ''],
);
r(
  'opens',
  'cilium world',
  o('cilium.io/v2', 'CiliumNetworkPolicy', 'one', 'spec: {endpointSelector: {}, ingress: [{fromEntities: [cluster]}]}'),
  ['cluster', 'world'],
);
r(
  'opens',
  'authz deny rule removed',
  o(
    'security.istio.io/v1',
    'AuthorizationPolicy',
    'one',
    'spec: {action: DENY, rules: [{from: [{source: {namespaces: [x]}}]},{to: [{operation: {paths: [/admin]}}]}]}',
  ),
  [',{to: [{operation: {paths: [/admin]}}]}', ''],
);
r(
  'opens',
  'authz from removed',
  o(
    'security.istio.io/v1',
    'AuthorizationPolicy',
    'one',
    'spec: {rules: [{from: [{source: {namespaces: [x]}}], to: [{operation: {methods: [GET]}}]}]}',
  ),
  ['from: [{source: {namespaces: [x]}}], ', ''],
);
r(
  'behaves',
  'authz allow source removed',
  o('security.istio.io/v1', 'AuthorizationPolicy', 'one', 'spec: {rules: [{from: [{source: {namespaces: [x, y]}}]}]}'),
  ['[x, y]', '[x]'],
);
r(
  'opens',
  'authz DENY->ALLOW',
  o('security.istio.io/v1', 'AuthorizationPolicy', 'one', 'spec: {action: DENY, rules: [{}]}'),
  ['DENY', 'ALLOW'],
);
c(
  'opens',
  'reqauth deleted',
  o('security.istio.io/v1', 'RequestAuthentication', 'one', 'spec: {jwtRules: [{issuer: a}]}'),
  '',
);
r(
  'opens',
  'ANP deny->allow',
  o(
    'policy.networking.k8s.io/v1alpha1',
    'AdminNetworkPolicy',
    'one',
    'spec: {priority: 1, subject: {namespaces: {}}, ingress: [{name: a, action: Deny, from: [{namespaces: {}}]}]}',
    '',
  ),
  ['Deny', 'Allow'],
);
r(
  'opens',
  'ns psa removed',
  o('v1', 'Namespace', 'one', '', '', ', labels: {pod-security.kubernetes.io/enforce: restricted}'),
  ['pod-security.kubernetes.io/enforce: restricted', 'a: b'],
);
r(
  'behaves',
  'ns psa tightened',
  o('v1', 'Namespace', 'one', '', '', ', labels: {pod-security.kubernetes.io/enforce: baseline}'),
  ['baseline', 'restricted'],
);
// ingress
const ing = (
  ann = '',
  tls = 'tls: [{hosts: [a.example.com], secretName: t},{hosts: [b.example.com], secretName: u}], ',
) =>
  o(
    'networking.k8s.io/v1',
    'Ingress',
    'i',
    `spec: {ingressClassName: nginx, ${tls}rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}},{host: b.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: b, port: {number: 80}}}}]}}]}`,
    'shop',
    ann !== '' ? `, annotations: {${ann}}` : '',
  );
r('opens', 'ing tls of one host removed', ing(), [',{hosts: [b.example.com], secretName: u}', '']);
r('opens', 'ing tls removed', ing(), [
  'tls: [{hosts: [a.example.com], secretName: t},{hosts: [b.example.com], secretName: u}], ',
  '',
]);
r('interrupts', 'ing tls secret changed', ing(), ['secretName: t', 'secretName: t2']);
r('interrupts', 'ing host removed', ing(), [
  ',{host: b.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: b, port: {number: 80}}}}]}}',
  '',
]);
r('interrupts', 'ing backend', ing(), ['service: {name: a', 'service: {name: a2']);
r('behaves', 'ing path added', ing(), [
  'paths: [{path: /,',
  'paths: [{path: /x, pathType: Prefix, backend: {service: {name: x, port: {number: 80}}}},{path: /,',
]);
r('opens', 'ing catch-all host', ing(), [
  'rules: [',
  'rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: x, port: {number: 80}}}}]}},',
]);
r('opens', 'appgw private ip', ing('appgw.ingress.kubernetes.io/use-private-ip: "true"'), ['"true"', '"false"']);
r('opens', 'modsecurity snippet', ing('nginx.ingress.kubernetes.io/enable-modsecurity: "true"'), ['"true"', '"false"']);
r('opens', 'waf removed', ing('alb.ingress.kubernetes.io/wafv2-acl-arn: x'), [
  'alb.ingress.kubernetes.io/wafv2-acl-arn: x',
  '',
]);
r('opens', 'whitelist removed', ing('nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8'), [
  'nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8',
  '',
]);
r('opens', 'alb inbound cidr removed', ing('alb.ingress.kubernetes.io/inbound-cidrs: 10.0.0.0/8'), [
  '10.0.0.0/8',
  '"10.0.0.0/8,0.0.0.0/0"',
]);
r('behaves', 'whitelist narrowed to subnet', ing('nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8'), [
  '10.0.0.0/8',
  '10.1.0.0/16',
]);
r('opens', 'auth removed nginx', ing('nginx.ingress.kubernetes.io/auth-type: basic'), [
  'nginx.ingress.kubernetes.io/auth-type: basic',
  '',
]);
r('behaves', 'body size', ing('nginx.ingress.kubernetes.io/proxy-body-size: 1m'), ['1m', '10m']);
r('behaves', 'nginx inc annot', ing('nginx.org/proxy-connect-timeout: 1s'), ['1s', '10s']);
r(
  'interrupts',
  'external-dns host',
  svc('type: LoadBalancer, ', ', annotations: {external-dns.alpha.kubernetes.io/hostname: a.example.com}'),
  ['a.example.com', 'b.example.com'],
);
r(
  'opens',
  'istio gw httpsRedirect',
  o(
    'networking.istio.io/v1',
    'Gateway',
    'g',
    'spec: {selector: {istio: ingress}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"], tls: {httpsRedirect: true}}]}',
  ),
  ['true', 'false'],
);
r(
  'opens',
  'istio gw tls mode',
  o(
    'networking.istio.io/v1',
    'Gateway',
    'g',
    'spec: {selector: {istio: ingress}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: MUTUAL, credentialName: x}}]}',
  ),
  ['MUTUAL', 'SIMPLE'],
);
r(
  'interrupts',
  'gateway listener removed',
  o(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    'g',
    'spec: {gatewayClassName: e, listeners: [{name: a, port: 80, protocol: HTTP},{name: b, port: 443, protocol: HTTPS}]}',
  ),
  [',{name: b, port: 443, protocol: HTTPS}', ''],
);
// scaling
const hpa = o(
  'autoscaling/v2',
  'HorizontalPodAutoscaler',
  'api',
  'spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}, minReplicas: 3, maxReplicas: 10}',
);
r('weakens', 'hpa max', hpa, ['maxReplicas: 10', 'maxReplicas: 5']);
r('weakens', 'hpa min', hpa, ['minReplicas: 3', 'minReplicas: 2']);
r('behaves', 'hpa raised', hpa, ['maxReplicas: 10', 'maxReplicas: 20']);
r('rejected', 'hpa crossed', hpa, ['minReplicas: 3', 'minReplicas: 30']);
r('weakens', 'hpa target', hpa, ['name: api}', 'name: other}']);
const keda = o(
  'keda.sh/v1alpha1',
  'ScaledObject',
  'api',
  'spec: {scaleTargetRef: {name: api}, minReplicaCount: 2, maxReplicaCount: 10, triggers: [{type: cron, metadata: {timezone: UTC}}]}',
  'shop',
  ', annotations: {a: b}',
);
r('weakens', 'keda max', keda, ['maxReplicaCount: 10', 'maxReplicaCount: 5']);
r('weakens', 'keda paused', keda, ['a: b', 'autoscaling.keda.sh/paused: "true"']);
r('weakens', 'keda trigger removed', keda, ['{type: cron, metadata: {timezone: UTC}}', '']);
r(
  'weakens',
  'pdb',
  o('policy/v1', 'PodDisruptionBudget', 'a', 'spec: {maxUnavailable: 1, selector: {matchLabels: {a: b}}}'),
  ['maxUnavailable: 1', 'maxUnavailable: 100%'],
);
r(
  'behaves',
  'pdb tightened',
  o('policy/v1', 'PodDisruptionBudget', 'a', 'spec: {maxUnavailable: 2, selector: {matchLabels: {a: b}}}'),
  ['maxUnavailable: 2', 'maxUnavailable: 1'],
);
r(
  'behaves',
  'vpa',
  o(
    'autoscaling.k8s.io/v1',
    'VerticalPodAutoscaler',
    'a',
    'spec: {targetRef: {kind: Deployment, name: a}, updatePolicy: {updateMode: "Off"}}',
  ),
  ['"Off"', 'Auto'],
);
// crd
const crd = o(
  'apiextensions.k8s.io/v1',
  'CustomResourceDefinition',
  'orders.example.com',
  'spec: {group: example.com, scope: Namespaced, names: {kind: Order, plural: orders}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: string}, b: {type: string}}}}},{name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}]}',
  '',
);
r('rejected', 'crd scope', crd, ['Namespaced', 'Cluster']);
r('rejected', 'crd version removed', crd, [
  ',{name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}',
  '',
]);
r('interrupts', 'crd unserved', crd, ['name: v1beta1, served: true', 'name: v1beta1, served: false']);
r('behaves', 'crd prop added', crd, [', b: {type: string}', ', b: {type: string}, c: {type: string}']);
// webhooks
const wh = o(
  'admissionregistration.k8s.io/v1',
  'ValidatingWebhookConfiguration',
  'w',
  'webhooks: [{name: a.example.com, failurePolicy: Fail, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {name: w, namespace: x}}, rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods]}]}]',
  '',
);
r('weakens', 'webhook ignore', wh, ['Fail', 'Ignore']);
r('weakens', 'webhook op removed', wh, ['[CREATE, UPDATE]', '[CREATE]']);
r('weakens', 'webhook nsSelector', wh, [
  'sideEffects',
  'namespaceSelector: {matchExpressions: [{key: a, operator: DoesNotExist}]}, sideEffects',
]);
r(
  'weakens',
  'gatekeeper',
  o('constraints.gatekeeper.sh/v1beta1', 'K8sRequiredLabels', 'w', 'spec: {enforcementAction: deny}', ''),
  ['deny', 'dryrun'],
);
r(
  'weakens',
  'kyverno',
  o('kyverno.io/v1', 'ClusterPolicy', 'w', 'spec: {validationFailureAction: Enforce, rules: [{name: a}]}', ''),
  ['Enforce', 'Audit'],
);
c(
  'weakens',
  'gatekeeper removed',
  o('constraints.gatekeeper.sh/v1beta1', 'K8sRequiredLabels', 'w', 'spec: {enforcementAction: deny}', ''),
  '',
);
r('weakens', 'quota lowered', o('v1', 'ResourceQuota', 'q', 'spec: {hard: {pods: "10"}}'), ['"10"', '"5"']);
r('behaves', 'quota raised', o('v1', 'ResourceQuota', 'q', 'spec: {hard: {pods: "10"}}'), ['"10"', '"50"']);
// prometheus
const pr = (e = 'sum(rate(e[5m])) > 10', l = '') =>
  o(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    'p',
    `spec: {groups: [{name: a, rules: [{alert: X, expr: "${e}", for: 5m, labels: {severity: critical}, annotations: {summary: a}},{alert: Y, expr: up == 0}]}]}`,
    'shop',
    l,
  );
r('weakens', 'threshold', pr(), ['> 10', '> 20']);
r('weakens', 'threshold with and', pr('a > 10 and b > 5'), ['> 10', '> 20']);
r('weakens', 'threshold left', pr('10 < a'), ['10 <', '20 <']);
r('behaves', 'threshold lower', pr(), ['> 10', '> 5']);
r('weakens', 'for', pr(), ['for: 5m', 'for: 50m']);
r('weakens', 'severity', pr(), ['critical', 'warning']);
r('weakens', 'severity pNN', pr().replace('critical', 'page'), ['page', 'ticket']);
r('weakens', 'alert removed', pr(), [',{alert: Y, expr: up == 0}', '']);
r('cosmetic', 'alert annotation', pr(), ['summary: a', 'summary: b']);
r('behaves', 'rule label release', pr(undefined, ', labels: {release: prom}'), ['release: prom', 'release: other']);
r(
  'weakens',
  'VMRule',
  o(
    'operator.victoriametrics.com/v1beta1',
    'VMRule',
    'p',
    `spec: {groups: [{name: a, rules: [{alert: X, expr: "a > 1", for: 5m},{alert: Y, expr: b}]}]}`,
  ),
  [',{alert: Y, expr: b}', ''],
);
r(
  'weakens',
  'rules in configmap',
  o(
    'v1',
    'ConfigMap',
    'p',
    `data: {"rules.yml": "groups:\\n- name: a\\n  rules:\\n  - alert: X\\n    expr: a > 1\\n  - alert: Y\\n    expr: b > 1\\n"}`,
  ),
  ['  - alert: Y\\n    expr: b > 1\\n', ''],
);
r(
  'weakens',
  'amc receiver',
  o(
    'monitoring.coreos.com/v1alpha1',
    'AlertmanagerConfig',
    'p',
    'spec: {route: {receiver: a}, receivers: [{name: a, slackConfigs: [{channel: "#x"}]},{name: b}]}',
  ),
  ['slackConfigs: [{channel: "#x"}]', 'discordConfigs: []'],
);
r(
  'behaves',
  'sm interval',
  o(
    'monitoring.coreos.com/v1',
    'ServiceMonitor',
    'p',
    'spec: {selector: {matchLabels: {a: b}}, endpoints: [{port: m, interval: 30s}]}',
  ),
  ['30s', '60s'],
);
r(
  'weakens',
  'sm selector',
  o(
    'monitoring.coreos.com/v1',
    'ServiceMonitor',
    'p',
    'spec: {selector: {matchLabels: {a: b}}, endpoints: [{port: m, interval: 30s}]}',
  ),
  ['a: b', 'a: c'],
);
// gitops
const app = o(
  'argoproj.io/v1alpha1',
  'Application',
  'shop',
  'spec: {project: p, source: {repoURL: "https://git.example.com/x", path: a, targetRevision: v1}, destination: {server: "https://k", namespace: shop}, syncPolicy: {automated: {prune: true, selfHeal: true}}}',
  'argocd',
  ', finalizers: [resources-finalizer.argocd.argoproj.io]',
);
r('weakens', 'selfHeal off', app, ['selfHeal: true', 'selfHeal: false']);
r('weakens', 'prune off', app, ['prune: true', 'prune: false']);
r('destroys', 'prune on', app.replace('prune: true', 'prune: false'), ['prune: false', 'prune: true']);
r('weakens', 'automated removed', app, [
  'automated: {prune: true, selfHeal: true}',
  'syncOptions: [CreateNamespace=true]',
]);
r('destroys', 'destination ns', app, ['namespace: shop}', 'namespace: shop2}']);
c('destroys', 'app gone', app, '');
const ks = o(
  'kustomize.toolkit.fluxcd.io/v1',
  'Kustomization',
  'shop',
  'spec: {interval: 10m, path: ./a, prune: true, sourceRef: {kind: GitRepository, name: f}}',
  'flux-system',
);
r('weakens', 'flux suspend', ks, ['prune: true', 'prune: true, suspend: true']);
r('weakens', 'flux prune off', ks, ['prune: true', 'prune: false']);
r('destroys', 'flux prune on', ks.replace('prune: true', 'prune: false'), ['prune: false', 'prune: true']);
r(
  'weakens',
  'helmrelease suspend',
  o(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'h',
    'spec: {interval: 1m, chart: {spec: {chart: a, version: "1"}}, values: {replicaCount: 2}}',
  ),
  ['interval: 1m', 'interval: 1m, suspend: true'],
);
r(
  'behaves',
  'helmrelease version',
  o(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'h',
    'spec: {interval: 1m, chart: {spec: {chart: a, version: "1"}}, values: {replicaCount: 2}}',
  ),
  ['version: "1"', 'version: "2"'],
);
r(
  'opens',
  'appproject',
  o('argoproj.io/v1alpha1', 'AppProject', 'p', 'spec: {sourceRepos: [a], destinations: [{server: x, namespace: a}]}'),
  ['sourceRepos: [a]', 'sourceRepos: ["*"]'],
);
r(
  'destroys',
  'appset preserve off',
  o(
    'argoproj.io/v1alpha1',
    'ApplicationSet',
    'p',
    'spec: {syncPolicy: {preserveResourcesOnDeletion: true}, generators: [], template: {}}',
  ),
  ['true', 'false'],
);
// data operators
const kafka = o(
  'kafka.strimzi.io/v1beta2',
  'Kafka',
  'k',
  'spec: {kafka: {replicas: 3, version: 3.8.0, storage: {type: persistent-claim, size: 100Gi, deleteClaim: false}}}',
);
r('weakens', 'kafka replicas', kafka, ['replicas: 3', 'replicas: 1']);
r('destroys', 'kafka deleteClaim', kafka, ['deleteClaim: false', 'deleteClaim: true']);
r('destroys', 'kafka ephemeral', kafka, ['type: persistent-claim, size: 100Gi, deleteClaim: false', 'type: ephemeral']);
r('rejected', 'kafka shrink', kafka, ['100Gi', '50Gi']);
r('interrupts', 'kafka version', kafka, ['3.8.0', '3.9.0']);
c('destroys', 'kafka topic gone', o('kafka.strimzi.io/v1beta2', 'KafkaTopic', 't', 'spec: {partitions: 3}'), '');
const pg = o(
  'postgresql.cnpg.io/v1',
  'Cluster',
  'pg',
  'spec: {instances: 3, imageName: "x/pg:16.1", storage: {size: 20Gi}, backup: {retentionPolicy: 30d}}',
);
r('weakens', 'pg instances', pg, ['instances: 3', 'instances: 1']);
r('interrupts', 'pg image', pg, ['16.1', '16.2']);
r('rejected', 'pg shrink', pg, ['20Gi', '10Gi']);
r('weakens', 'pg backup removed', pg, [', backup: {retentionPolicy: 30d}', '']);
r('weakens', 'pg retention', pg, ['30d', '7d']);
r('interrupts', 'pg hibernation', pg.replace('name: pg', 'name: pg, annotations: {cnpg.io/hibernation: "off"}'), [
  '"off"',
  '"on"',
]);
r('opens', 'pg superuser', pg, ['instances: 3', 'instances: 3, enableSuperuserAccess: true']);
r(
  'weakens',
  'velero ttl',
  o('velero.io/v1', 'Schedule', 'd', 'spec: {schedule: "0 1 * * *", template: {ttl: 720h, includedNamespaces: ["*"]}}'),
  ['720h', '24h'],
);
r(
  'weakens',
  'velero paused',
  o('velero.io/v1', 'Schedule', 'd', 'spec: {schedule: "0 1 * * *", template: {ttl: 720h}}'),
  ['spec: {', 'spec: {paused: true, '],
);
r('weakens', 'velero exclude label', dep('', '', '', ', labels: {a: b}'), [
  'a: b',
  'velero.io/exclude-from-backup: "true"',
]);
c(
  'weakens',
  'velero bsl gone',
  o('velero.io/v1', 'BackupStorageLocation', 'd', 'spec: {provider: aws, objectStorage: {bucket: b}}'),
  '',
);
r(
  'behaves',
  'es refresh',
  o(
    'external-secrets.io/v1',
    'ExternalSecret',
    'e',
    'spec: {refreshInterval: 1h, secretStoreRef: {name: a}, target: {name: t}, data: [{secretKey: a, remoteRef: {key: x}}]}',
  ),
  ['1h', '2h'],
);
r(
  'destroys',
  'es deletionPolicy',
  o(
    'external-secrets.io/v1',
    'ExternalSecret',
    'e',
    'spec: {refreshInterval: 1h, secretStoreRef: {name: a}, target: {name: t, deletionPolicy: Retain}, data: [{secretKey: a, remoteRef: {key: x}}]}',
  ),
  ['Retain', 'Delete'],
);
r(
  'interrupts',
  'es key removed',
  o(
    'external-secrets.io/v1',
    'ExternalSecret',
    'e',
    'spec: {refreshInterval: 1h, secretStoreRef: {name: a}, target: {name: t}, data: [{secretKey: a, remoteRef: {key: x}},{secretKey: b, remoteRef: {key: y}}]}',
  ),
  [',{secretKey: b, remoteRef: {key: y}}', ''],
);
r(
  'interrupts',
  'cert dns',
  o('cert-manager.io/v1', 'Certificate', 'e', 'spec: {secretName: a, dnsNames: [a.example.com], issuerRef: {name: x}}'),
  ['a.example.com', 'b.example.com'],
);
r(
  'behaves',
  'cert renew',
  o(
    'cert-manager.io/v1',
    'Certificate',
    'e',
    'spec: {secretName: a, dnsNames: [a.example.com], renewBefore: 360h, issuerRef: {name: x}}',
  ),
  ['360h', '240h'],
);
r('weakens', 'karpenter limits', o('karpenter.sh/v1', 'NodePool', 'e', 'spec: {limits: {cpu: "100"}}', ''), [
  '"100"',
  '"10"',
]);
r('weakens', 'finalizer removed', o('v1', 'ConfigMap', 'e', 'data: {a: b}', 'shop', ', finalizers: [example.com/x]'), [
  ', finalizers: [example.com/x]',
  '',
]);
r(
  'weakens',
  'prune protection removed',
  o('v1', 'ConfigMap', 'e', 'data: {a: b}', 'shop', ', annotations: {argocd.argoproj.io/sync-options: Prune=false}'),
  ['Prune=false', 'Prune=true'],
);
c(
  'behaves',
  'kept cm removed',
  o('v1', 'ConfigMap', 'e', 'data: {a: b}', 'shop', ', annotations: {argocd.argoproj.io/sync-options: Prune=false}'),
  '',
);
r(
  'destroys',
  'crossplane',
  o(
    'rds.aws.upbound.io/v1beta1',
    'Instance',
    'e',
    'spec: {deletionPolicy: Orphan, forProvider: {region: x, deletionProtection: true}}',
    '',
  ),
  ['Orphan', 'Delete'],
);
r(
  'weakens',
  'crossplane delprot',
  o(
    'rds.aws.upbound.io/v1beta1',
    'Instance',
    'e',
    'spec: {deletionPolicy: Orphan, forProvider: {region: x, deletionProtection: true}}',
    '',
  ),
  ['deletionProtection: true', 'deletionProtection: false'],
);
// configmaps
r('behaves', 'cm', o('v1', 'ConfigMap', 'e', 'data: {a: b}'), ['a: b', 'a: c']);
r('rejected', 'cm immutable', o('v1', 'ConfigMap', 'e', 'immutable: true\ndata: {a: b}'), ['a: b', 'a: c']);
c(
  'behaves',
  'kustomize hash',
  o('v1', 'ConfigMap', 'settings-h8f2k9m4tb', 'data: {a: b}'),
  o('v1', 'ConfigMap', 'settings-7gk2f5b9hd', 'data: {a: c}'),
);
c(
  'interrupts',
  'kustomize hash with dep',
  o('v1', 'ConfigMap', 'settings-h8f2k9m4tb', 'data: {a: b}') +
    '---' +
    dep('', '', '          envFrom: [{configMapRef: {name: settings-h8f2k9m4tb}}]'),
  o('v1', 'ConfigMap', 'settings-7gk2f5b9hd', 'data: {a: c}') +
    '---' +
    dep('', '', '          envFrom: [{configMapRef: {name: settings-7gk2f5b9hd}}]'),
);
r(
  'cosmetic',
  'grafana dash',
  o(
    'v1',
    'ConfigMap',
    'e',
    'data: {"d.json": "{\\"panels\\": [], \\"title\\": \\"a\\"}"}',
    'shop',
    ', labels: {grafana_dashboard: "1"}',
  ),
  ['\\"a\\"', '\\"b\\"'],
);
r(
  'behaves',
  'grafana label',
  o('v1', 'ConfigMap', 'e', 'data: {"d.json": "{\\"panels\\": []}"}', 'shop', ', labels: {grafana_dashboard: "1"}'),
  ['grafana_dashboard: "1"', 'x: "1"'],
);
r('rejected', 'secret type', o('v1', 'Secret', 'e', 'type: Opaque\nstringData: {a: b}'), [
  'Opaque',
  'kubernetes.io/tls',
]);
r(
  'behaves',
  'priorityclass global',
  o('scheduling.k8s.io/v1', 'PriorityClass', 'e', 'value: 1\nglobalDefault: false', ''),
  ['false', 'true'],
);
r('cosmetic', 'hpa api bump', hpa, ['autoscaling/v2', 'autoscaling/v2beta2']);
r(
  'interrupts',
  'knative svc port',
  o('v1', 'Endpoints', 'k', 'subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 80}]}]'),
  ['10.0.0.1', '10.0.0.2'],
);

// an older API version that says the same
c(
  'cosmetic',
  'Ingress v1beta1 to v1',
  o(
    'networking.k8s.io/v1beta1',
    'Ingress',
    'i',
    'spec: {rules: [{host: a.example.com, http: {paths: [{path: /, backend: {serviceName: a, servicePort: 80}}]}}]}',
  ),
  o(
    'networking.k8s.io/v1',
    'Ingress',
    'i',
    'spec: {rules: [{host: a.example.com, http: {paths: [{path: /, pathType: ImplementationSpecific, backend: {service: {name: a, port: {number: 80}}}}]}}]}',
  ),
);
c(
  'cosmetic',
  'HorizontalPodAutoscaler v1 to v2',
  o(
    'autoscaling/v1',
    'HorizontalPodAutoscaler',
    'h',
    'spec: {scaleTargetRef: {kind: Deployment, name: a}, maxReplicas: 3, targetCPUUtilizationPercentage: 80}',
  ),
  o(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'h',
    'spec: {scaleTargetRef: {kind: Deployment, name: a}, maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}',
  ),
);
// an autoscaler decides how many pods run
c(
  'behaves',
  'replicas left to the autoscaler',
  `${dep()}---${hpa}`,
  `${dep().replace('  replicas: 3\n', '')}---${hpa}`,
);
c(
  'weakens',
  'an autoscaler that may go lower',
  dep(),
  `${dep().replace('  replicas: 3\n', '')}---${hpa.replace('minReplicas: 3', 'minReplicas: 2')}`,
);

const parse = (text: string) => (text === '' ? [] : parseManifests({ path: 'clusters/one/shop/object.yaml', text }));

test.each(rows)('%s: %s', (wanted, _, before, after) => {
  const { entries } = diffManifests({ name: 'a', manifests: parse(before) }, { name: 'b', manifests: parse(after) });
  const told = entries.map((each) => `${each.class} ${each.code}: ${each.sentence}`);
  if (wanted === 'none') expect(told).toEqual([]);
  else
    expect(
      entries.map((each) => each.class),
      told.join('\n'),
    ).toContain(wanted);
});
