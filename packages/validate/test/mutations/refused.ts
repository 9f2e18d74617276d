import type { Code } from '@fairlead/diagnostics';
import type { Mutation } from '../mutation.ts';

const worker = 'shop/worker-deployment.yaml';
const report = 'shop/report-cronjob.yaml';
const scaler = 'shop/autoscaling.yaml';
const quota = 'shop/quota.yaml';

const pod = '      priorityClassName: business\n';
const container = '          livenessProbe:\n';
const host = '              value: database.data.svc.cluster.local\n';
const volumes = '      volumes:\n';
const utilization = '          type: Utilization\n          averageUtilization: 70\n';
const policy = '      backoffLimit: 2\n';
const codes = (values: string): string =>
  `${policy}      podFailurePolicy:\n        rules:\n          - action: FailJob\n            onExitCodes: { operator: In, values: ${values} }\n`;

/** What is refused, as a line before (or in the place of) a text of a file. Each was held against kube-apiserver 1.34. */
const refused: readonly (readonly [title: string, code: Code, file: string, find: string, put: string])[] = [
  ['a priority class with capitals', 'rules/pod', worker, 'Name: business', 'Name: Business'],
  ['a host name with a dot', 'rules/pod', worker, pod, `${pod}      hostname: worker.shop\n`],
  [
    'four name servers',
    'rules/dns',
    worker,
    pod,
    `${pod}      dnsConfig: { nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4] }\n`,
  ],
  ['a node label with a blank', 'rules/label', worker, pod, `${pod}      nodeSelector: { disk: very fast }\n`],
  [
    'a toleration of a value with a blank',
    'rules/toleration',
    worker,
    pod,
    `${pod}      tolerations: [{ key: team, value: a b }]\n`,
  ],
  [
    'least domains of a soft spread',
    'rules/spread',
    worker,
    'whenUnsatisfiable: ScheduleAnyway\n',
    'whenUnsatisfiable: ScheduleAnyway\n          minDomains: 2\n',
  ],
  [
    'an affinity without values',
    'rules/affinity',
    worker,
    pod,
    `${pod}      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: disk, operator: In }] }] } } }\n`,
  ],
  ['a negative user', 'rules/security-context', worker, 'runAsUser: 10001', 'runAsUser: -1'],
  [
    'a local seccomp profile without a file',
    'rules/security-context',
    worker,
    'type: RuntimeDefault',
    'type: Localhost',
  ],
  [
    'a divisor of three',
    'rules/env-source',
    worker,
    host,
    `${host}            - name: CPU\n              valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: "3" } }\n`,
  ],
  [
    'all labels in one variable',
    'rules/env-source',
    worker,
    host,
    `${host}            - name: LABELS\n              valueFrom: { fieldRef: { fieldPath: metadata.labels } }\n`,
  ],
  ['a key of a Secret with a blank', 'rules/env-source', worker, 'key: token', 'key: my token'],
  [
    'a sleep longer than the grace period',
    'rules/lifecycle',
    worker,
    container,
    `          lifecycle: { preStop: { sleep: { seconds: 60 } } }\n${container}`,
  ],
  [
    'a device without a limit',
    'rules/request-above-limit',
    worker,
    '              cpu: 100m\n',
    '              cpu: 100m\n              example.com/gpu: 1\n',
  ],
  [
    'a decimal file mode',
    'rules/volume',
    worker,
    volumes,
    `${volumes}        - name: settings\n          configMap: { name: settings, defaultMode: 644 }\n`,
  ],
  [
    'a file that leaves its volume',
    'rules/volume',
    worker,
    volumes,
    `${volumes}        - name: settings\n          configMap: { name: settings, items: [{ key: a, path: ../a }] }\n`,
  ],
  [
    'a token for a minute',
    'rules/volume',
    worker,
    volumes,
    `${volumes}        - name: token\n          projected: { sources: [{ serviceAccountToken: { path: token, expirationSeconds: 60 } }] }\n`,
  ],
  [
    'a header with a blank',
    'rules/probe',
    worker,
    '              path: /ready\n',
    '              path: /ready\n              httpHeaders: [{ name: X Probe, value: a }]\n',
  ],
  [
    'a target of nothing',
    'rules/autoscaler',
    scaler,
    utilization,
    '          type: AverageValue\n          averageValue: "0"\n',
  ],
  ['a target of two sorts', 'rules/autoscaler', scaler, utilization, `${utilization}          averageValue: 100m\n`],
  ['exit codes out of order', 'rules/job', report, policy, codes('[42, 2]')],
  ['success as a failure', 'rules/job', report, policy, codes('[0, 2]')],
  ['an ingress class with capitals', 'rules/ingress', 'shop/ingress.yaml', 'ClassName: nginx', 'ClassName: Nginx'],
  ['half a pod', 'rules/quantity', quota, 'pods: "60"', 'pods: "60.5"'],
  [
    'defaults of a pod',
    'rules/limit-range',
    quota,
    '    - type: Container\n',
    '    - { type: Pod, default: { cpu: 1 } }\n    - type: Container\n',
  ],
  [
    'two limits of containers',
    'rules/limit-range',
    quota,
    '    - type: Container\n',
    '    - { type: Container, max: { cpu: 8 } }\n    - type: Container\n',
  ],
  [
    'a service account with a blank',
    'rules/binding',
    'shop/rbac.yaml',
    'name: worker\n    namespace',
    'name: the worker\n    namespace',
  ],
  ['volumes that are recycled', 'rules/claim', 'cluster/storage-class.yaml', 'Policy: Retain', 'Policy: Recycle'],
  [
    'a partition below zero',
    'rules/rollout',
    'data/database.yaml',
    '  serviceName: database-members\n',
    '  serviceName: database-members\n  updateStrategy: { rollingUpdate: { partition: -1 } }\n',
  ],
  [
    'a protocol with a blank',
    'rules/service',
    'shop/web-service.yaml',
    '    - name: http\n',
    '    - name: http\n      appProtocol: plain http\n',
  ],
];

export const refusedMutations: readonly Mutation[] = refused.map(([title, code, file, find, put]) => ({
  title: `what API servers refuse: ${title}`,
  code,
  edits: [{ file, find, put }],
}));
