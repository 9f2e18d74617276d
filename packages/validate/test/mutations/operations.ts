import type { HarmlessEdit, Mutation } from '../mutation.ts';

const api = 'shop/api-deployment.yaml';
const web = 'shop/web-deployment.yaml';
const database = 'data/database.yaml';
const report = 'shop/report-cronjob.yaml';
const budgets = 'shop/disruption-budgets.yaml';
const probe = (kind: string, period: number): string =>
  `          ${kind}:\n            httpGet:\n              path: /healthz\n              port: http\n            periodSeconds: ${period}\n`;

export const operationsMutations: readonly Mutation[] = [
  {
    title: 'no readiness probe',
    code: 'operations/no-probe',
    edits: [{ file: web, find: probe('readinessProbe', 10) }],
  },
  { title: 'no liveness probe', code: 'operations/no-probe', edits: [{ file: web, find: probe('livenessProbe', 20) }] },
  {
    title: 'no CPU request',
    code: 'operations/no-requests',
    edits: [
      { file: 'shop/worker-deployment.yaml', find: '              cpu: 100m\n' },
      { file: 'shop/worker-deployment.yaml', find: '              cpu: "1"\n' },
    ],
  },
  {
    title: 'no memory limit',
    code: 'operations/no-memory-limit',
    edits: [{ file: web, after: 'limits:', find: '              memory: 128Mi\n' }],
  },
  {
    title: 'one replica in production',
    code: 'operations/single-replica',
    edits: [{ file: database, find: 'replicas: 3', put: 'replicas: 1' }],
  },
  {
    title: 'an autoscaler down to one',
    code: 'operations/autoscaler-minimum',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'minReplicas: 3', put: 'minReplicas: 1' }],
  },
  {
    title: 'an autoscaler loses its minimum',
    code: 'operations/autoscaler-minimum',
    edits: [{ file: 'shop/autoscaling.yaml', find: '  minReplicas: 3\n' }],
  },
  {
    title: 'an autoscaler is deleted and one replica is left',
    code: 'operations/single-replica',
    in: web,
    edits: [{ file: 'shop/autoscaling.yaml', remove: true }],
  },
  {
    title: 'nothing spreads the replicas',
    code: 'operations/no-spread',
    edits: [
      {
        file: database,
        find: '      affinity:\n        podAntiAffinity:',
        put: '      affinity:\n        podAffinity:',
      },
    ],
  },
  {
    title: 'a spread counts other pods',
    code: 'operations/spread-mismatch',
    edits: [{ file: web, after: 'labelSelector', find: 'component: web', put: 'component: api' }],
  },
  {
    title: 'a budget that lets nothing go',
    code: 'operations/budget-blocks-drain',
    edits: [{ file: budgets, find: 'maxUnavailable: 1', put: 'maxUnavailable: 0' }],
  },
  {
    title: 'a budget of no percent',
    code: 'operations/budget-blocks-drain',
    edits: [{ file: budgets, find: 'maxUnavailable: 1', put: 'maxUnavailable: 0%' }],
  },
  {
    title: 'a budget that keeps all replicas',
    code: 'operations/budget-blocks-drain',
    edits: [{ file: budgets, find: 'maxUnavailable: 1', put: 'minAvailable: 3' }],
  },
  {
    title: 'a budget whose percentage rounds up to all replicas',
    code: 'operations/budget-blocks-drain',
    edits: [{ file: budgets, find: 'maxUnavailable: 1', put: 'minAvailable: 80%' }],
  },
  {
    title: 'two budgets for the same pods',
    code: 'operations/several-budgets',
    edits: [
      {
        file: budgets,
        put: 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web-2\n  namespace: shop\nspec:\n  maxUnavailable: 1\n  unhealthyPodEvictionPolicy: AlwaysAllow\n  selector:\n    matchLabels:\n      app.kubernetes.io/component: web\n',
      },
    ],
  },
  {
    title: 'two autoscalers for one workload',
    code: 'operations/autoscaler-conflict',
    edits: [
      {
        file: 'shop/autoscaling.yaml',
        find: '    name: worker\n  minReplicaCount',
        put: '    name: api\n  minReplicaCount',
      },
    ],
  },
  {
    title: 'replicas beside an autoscaler',
    code: 'operations/replicas-with-autoscaler',
    edits: [{ file: web, find: 'spec:\n', put: 'spec:\n  replicas: 3\n' }],
  },
  {
    title: 'an autoscaler measures what nobody requests',
    code: 'operations/autoscaler-without-request',
    in: 'shop/autoscaling.yaml',
    edits: [
      { file: web, find: '              cpu: 100m\n' },
      { file: web, find: '              cpu: "1"\n' },
    ],
  },
  {
    title: 'a CronJob without deadline',
    code: 'operations/no-deadline',
    edits: [{ file: report, find: '      activeDeadlineSeconds: 3600\n' }],
  },
  {
    title: 'a CronJob that may start any time later',
    code: 'operations/no-deadline',
    edits: [{ file: report, find: '  startingDeadlineSeconds: 600\n' }],
  },
  {
    title: 'runs of a CronJob overlap',
    code: 'operations/overlapping-runs',
    edits: [{ file: report, find: 'concurrencyPolicy: Forbid', put: 'concurrencyPolicy: Allow' }],
  },
  {
    title: 'a CronJob keeps a hundred Jobs',
    code: 'operations/history-limit',
    edits: [{ file: report, find: 'successfulJobsHistoryLimit: 1', put: 'successfulJobsHistoryLimit: 100' }],
  },
  {
    title: 'no revision to roll back to',
    code: 'operations/history-limit',
    edits: [{ file: web, find: 'revisionHistoryLimit: 3', put: 'revisionHistoryLimit: 0' }],
  },
  {
    title: 'a roll-out stops everything',
    code: 'operations/recreate',
    edits: [
      {
        file: web,
        find: '    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0',
        put: '    type: Recreate',
      },
    ],
  },
  {
    title: 'the quota is too small',
    code: 'operations/quota-exceeded',
    edits: [{ file: 'shop/quota.yaml', find: 'requests.cpu: "8"', put: 'requests.cpu: "1"' }],
  },
  {
    title: 'a workload outgrows the quota',
    code: 'operations/quota-exceeded',
    in: 'shop/quota.yaml',
    edits: [{ file: 'shop/autoscaling.yaml', after: 'name: api', find: 'minReplicas: 3', put: 'minReplicas: 40' }],
  },
  {
    title: 'too few pods in the quota',
    code: 'operations/quota-exceeded',
    edits: [{ file: 'shop/quota.yaml', find: 'pods: "60"', put: 'pods: "6"' }],
  },
  {
    title: 'no room for a roll-out',
    code: 'operations/stuck-rollout',
    edits: [{ file: 'shop/quota.yaml', find: 'pods: "60"', put: 'pods: "8"' }],
  },
  {
    title: 'a quota counts what a container does not state',
    code: 'operations/quota-needs-resources',
    edits: [
      { file: 'shop/worker-deployment.yaml', find: '              cpu: "1"\n' },
      { file: 'shop/quota.yaml', find: '      max:\n        cpu: "4"\n', put: '      max:\n' },
    ],
    in: 'shop/worker-deployment.yaml',
  },
  {
    title: 'a container above the LimitRange',
    code: 'operations/outside-limit-range',
    edits: [{ file: api, after: 'memory: 512Mi\n            limits', find: 'memory: 512Mi', put: 'memory: 8Gi' }],
  },
  {
    title: 'a container below the LimitRange',
    code: 'operations/outside-limit-range',
    edits: [{ file: web, find: 'cpu: 100m', put: 'cpu: 1m' }],
  },
  {
    title: 'a container that requests more than the limit it is given',
    code: 'operations/outside-limit-range',
    in: 'shop/worker-deployment.yaml',
    edits: [
      { file: 'shop/worker-deployment.yaml', find: '              cpu: "1"\n' },
      { file: 'shop/quota.yaml', find: '      min:', put: '      default:\n        cpu: 50m\n      min:' },
    ],
  },
  {
    title: 'a limit too far above its request',
    code: 'operations/outside-limit-range',
    in: 'shop/worker-deployment.yaml',
    edits: [
      { file: 'shop/quota.yaml', find: '      min:', put: '      maxLimitRequestRatio:\n        cpu: "9"\n      min:' },
    ],
  },
  {
    title: 'a claim larger than the LimitRange allows',
    code: 'operations/outside-limit-range',
    in: database,
    edits: [
      {
        file: 'data/limits.yaml',
        put: 'apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: claims\n  namespace: data\nspec:\n  limits:\n    - type: PersistentVolumeClaim\n      max:\n        storage: 10Gi\n',
      },
    ],
  },
  {
    title: 'a pod larger than any node',
    code: 'operations/too-large-for-nodes',
    edits: [
      { file: database, find: 'cpu: 500m', put: 'cpu: 12' },
      { file: database, find: 'cpu: "2"', put: 'cpu: "12"' },
    ],
  },
  {
    title: 'a pod for nodes that are not there',
    code: 'operations/no-matching-node',
    edits: [
      {
        file: web,
        find: '      containers:',
        put: '      nodeSelector:\n        kubernetes.io/arch: arm64\n      containers:',
      },
    ],
  },
  {
    title: 'pods are killed before they have drained',
    code: 'operations/grace-too-short',
    edits: [{ file: api, find: 'terminationGracePeriodSeconds: 30', put: 'terminationGracePeriodSeconds: 5' }],
  },
  {
    title: 'replicas share a claim of one node',
    code: 'operations/shared-claim',
    in: web,
    edits: [
      {
        file: web,
        find: 'emptyDir:\n            sizeLimit: 64Mi',
        put: 'persistentVolumeClaim:\n            claimName: cache',
      },
      {
        file: 'shop/claim.yaml',
        put: 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: cache\n  namespace: shop\nspec:\n  accessModes:\n    - ReadWriteOnce\n  storageClassName: fast\n  resources:\n    requests:\n      storage: 1Gi\n',
      },
    ],
  },
  {
    title: 'a Job stays when it has finished',
    code: 'operations/no-cleanup',
    edits: [
      {
        file: 'shop/job.yaml',
        put: 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: import\n  namespace: shop\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: import\n          image: example/import\n',
      },
    ],
  },
];

export const operationsHarmlessEdits: readonly HarmlessEdit[] = [
  {
    title: 'a workload that says why it never runs twice, and so is down between two',
    edits: [
      {
        file: web,
        find: '    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0',
        put: '    type: Recreate',
      },
      {
        file: web,
        find: '  namespace: shop\n  labels:',
        put: '  namespace: shop\n  annotations:\n    fairlead.dev/singleton: it holds the lock of the schedule\n  labels:',
      },
    ],
  },
  {
    title: 'a finished Job by which Flux knows that it has run',
    edits: [
      {
        file: 'shop/job.yaml',
        put: `apiVersion: batch/v1
kind: Job
metadata:
  name: import
  namespace: shop
  annotations:
    kustomize.toolkit.fluxcd.io/force: enabled
spec:
  activeDeadlineSeconds: 60
  template:
    spec:
      automountServiceAccountToken: false
      restartPolicy: Never
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: import
          image: registry.example.com/shop/import@sha256:${'4f'.repeat(32)}
          resources: { limits: { memory: 64Mi }, requests: { cpu: 10m, memory: 64Mi } }
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: { drop: [ALL] }
            readOnlyRootFilesystem: true
`,
      },
    ],
  },
  {
    title: 'a budget as a percentage',
    edits: [{ file: budgets, find: 'maxUnavailable: 1', put: 'maxUnavailable: 34%' }],
  },
  {
    title: 'a budget that keeps two of three',
    edits: [{ file: budgets, find: 'maxUnavailable: 1', put: 'minAvailable: 2' }],
  },
  { title: 'one more replica', edits: [{ file: database, find: 'replicas: 3', put: 'replicas: 5' }] },
  {
    title: 'a higher maximum',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'maxReplicas: 6', put: 'maxReplicas: 8' }],
  },
  {
    title: 'a node selector that every node fits',
    edits: [
      {
        file: web,
        find: '      containers:',
        put: '      nodeSelector:\n        kubernetes.io/os: linux\n      containers:',
      },
    ],
  },
  {
    title: 'a request that is its limit',
    edits: [{ file: web, find: '              cpu: 100m\n', put: '              cpu: 1000m\n' }],
  },
  {
    title: 'an init container that asks for much, one after another',
    edits: [{ file: api, find: 'cpu: 100m', put: 'cpu: 200m' }],
  },
];
