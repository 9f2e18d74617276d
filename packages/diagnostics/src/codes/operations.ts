import type { CodeEntry } from './index.ts';

/** What runs badly: probes, resources, replicas, disruption, capacity. */
export const operationsCodes = {
  'operations/no-probe': {
    severity: 'warning',
    sentence: 'A container that serves traffic has no readiness or liveness probe.',
    bad: 'containers:\n  - name: web\n    ports: [{ containerPort: 8080 }]',
    good: 'containers:\n  - name: web\n    ports: [{ containerPort: 8080 }]\n    readinessProbe: { httpGet: { path: /ready, port: 8080 } }\n    livenessProbe: { httpGet: { path: /alive, port: 8080 } }',
  },
  'operations/no-requests': {
    severity: 'warning',
    sentence: 'A container requests no CPU or memory, so that the scheduler cannot place it well.',
    bad: 'resources: {}',
    good: 'resources: { requests: { cpu: 100m, memory: 128Mi } }',
  },
  'operations/no-memory-limit': {
    severity: 'warning',
    sentence: 'A container has no memory limit and can take a whole node down with it.',
    bad: 'resources: { requests: { memory: 128Mi } }',
    good: 'resources: { requests: { memory: 128Mi }, limits: { memory: 128Mi } }',
  },
  'operations/single-replica': {
    severity: 'warning',
    sentence: 'A workload runs with fewer replicas than its environment asks for.',
    bad: 'replicas: 1',
    good: 'replicas: 2',
  },
  'operations/autoscaler-minimum': {
    severity: 'warning',
    sentence: 'An autoscaler may scale down to fewer replicas than the environment asks for.',
    bad: 'minReplicas: 1',
    good: 'minReplicas: 2',
  },
  'operations/no-spread': {
    severity: 'warning',
    sentence: 'The replicas of a workload may all land on one node or in one zone.',
    bad: 'replicas: 3',
    good: 'replicas: 3\ntopologySpreadConstraints:\n  - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway }',
  },
  'operations/budget-blocks-drain': {
    severity: 'error',
    sentence: 'A PodDisruptionBudget never allows a pod to be evicted, so that nodes cannot be drained.',
    bad: 'maxUnavailable: 0',
    good: 'maxUnavailable: 1',
  },
  'operations/several-budgets': {
    severity: 'error',
    sentence: 'Two PodDisruptionBudgets guard the same pods; evictions are refused then.',
    bad: '# two budgets\nselector: { matchLabels: { app: web } }',
    good: 'selector: { matchLabels: { app: web } }   # in one budget only',
  },
  'operations/autoscaler-conflict': {
    severity: 'error',
    sentence: 'Two autoscalers scale one workload and fight over its size.',
    bad: '# an HPA and a KEDA ScaledObject\nscaleTargetRef: { name: web }',
    good: '# one of them\nscaleTargetRef: { name: web }',
  },
  'operations/replicas-with-autoscaler': {
    severity: 'warning',
    sentence: 'A workload states replicas although an autoscaler decides them; every apply resets its size.',
    bad: 'replicas: 3   # with a HorizontalPodAutoscaler',
    good: '# no replicas',
  },
  'operations/autoscaler-without-request': {
    severity: 'error',
    sentence: 'An autoscaler measures a resource that the containers do not request, and so cannot scale.',
    bad: 'metrics:\n  - type: Resource\n    resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }',
    good: 'containers:\n  - resources: { requests: { cpu: 100m } }',
  },
  'operations/no-deadline': {
    severity: 'info',
    sentence: 'A Job or CronJob may run, or be started late, without end.',
    bad: 'kind: Job\nspec: { backoffLimit: 2 }',
    good: 'kind: Job\nspec: { backoffLimit: 2, activeDeadlineSeconds: 3600 }',
  },
  'operations/overlapping-runs': {
    severity: 'info',
    sentence: 'A CronJob may start a run while the last one still goes on.',
    bad: 'concurrencyPolicy: Allow',
    good: 'concurrencyPolicy: Forbid',
  },
  'operations/no-cleanup': {
    severity: 'info',
    sentence: 'A finished Job stays for ever.',
    bad: 'kind: Job\nspec: {}',
    good: 'kind: Job\nspec: { ttlSecondsAfterFinished: 86400 }',
  },
  'operations/history-limit': {
    severity: 'info',
    sentence: 'A workload keeps so much history that it fills the API server, or none to roll back to.',
    bad: 'revisionHistoryLimit: 0',
    good: 'revisionHistoryLimit: 5',
  },
  'operations/stuck-rollout': {
    severity: 'error',
    sentence: 'The quota of the namespace leaves no room for the extra pod that a roll-out needs.',
    bad: '# quota pods: 3\nreplicas: 3\nrollingUpdate: { maxSurge: 1, maxUnavailable: 0 }',
    good: 'rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }',
  },
  'operations/rollout-downtime': {
    severity: 'warning',
    sentence: 'A rolling update may take every replica of a workload down at once.',
    bad: 'replicas: 3\nstrategy: { rollingUpdate: { maxUnavailable: 3 } }',
    good: 'replicas: 3\nstrategy: { rollingUpdate: { maxUnavailable: 1 } }',
  },
  'operations/unreachable-target': {
    severity: 'warning',
    sentence:
      'An autoscaler waits for a utilization that the limits of the pods do not allow, so that it never scales up.',
    bad: 'averageUtilization: 250   # resources: { requests: { cpu: 500m }, limits: { cpu: "1" } }',
    good: 'averageUtilization: 150',
  },
  'operations/quota-exceeded': {
    severity: 'error',
    sentence: 'The workloads of a namespace need more than its quota allows.',
    bad: '# quota requests.cpu: "1"\nreplicas: 3\nrequests: { cpu: 500m }',
    good: '# quota requests.cpu: "2"',
  },
  'operations/quota-needs-resources': {
    severity: 'error',
    sentence: 'A quota counts a resource that a container does not state; its pods are refused.',
    bad: '# quota limits.memory: 8Gi\nresources: { requests: { memory: 1Gi } }',
    good: 'resources: { requests: { memory: 1Gi }, limits: { memory: 1Gi } }',
  },
  'operations/outside-limit-range': {
    severity: 'error',
    sentence:
      'A container, a pod or a claim is outside what the LimitRange of its namespace allows, with what that fills in.',
    bad: '# LimitRange max: { memory: 1Gi }\nlimits: { memory: 2Gi }',
    good: 'limits: { memory: 1Gi }',
  },
  'operations/too-large-for-nodes': {
    severity: 'error',
    sentence: 'No node of the cluster is large enough for a pod.',
    bad: '# largest node: 8 CPU\nrequests: { cpu: "16" }',
    good: 'requests: { cpu: "4" }',
  },
  'operations/no-matching-node': {
    severity: 'warning',
    sentence: 'No node pool of the cluster fits the node selector or tolerations of a pod.',
    bad: 'nodeSelector: { kubernetes.io/arch: arm64 }   # all nodes are amd64',
    good: 'nodeSelector: { kubernetes.io/arch: amd64 }',
  },
  'operations/shared-claim': {
    severity: 'warning',
    sentence: 'Several replicas on several nodes mount a claim that only one node can write.',
    bad: 'replicas: 2\nvolumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]   # ReadWriteOnce',
    good: 'accessModes: [ReadWriteMany]',
  },
  'operations/grace-too-short': {
    severity: 'warning',
    sentence: 'A pod is killed before its preStop hook has ended.',
    bad: 'terminationGracePeriodSeconds: 5\npreStop: { sleep: { seconds: 10 } }',
    good: 'terminationGracePeriodSeconds: 30\npreStop: { sleep: { seconds: 10 } }',
  },
  'operations/spread-mismatch': {
    severity: 'warning',
    sentence: 'A spread constraint or anti-affinity counts other pods than the ones it stands on.',
    bad: 'labels: { app: web }\nlabelSelector: { matchLabels: { app: api } }',
    good: 'labelSelector: { matchLabels: { app: web } }',
  },
  'operations/recreate': {
    severity: 'warning',
    sentence: 'A workload of production is down during every roll-out.',
    bad: 'strategy: { type: Recreate }',
    good: 'strategy: { type: RollingUpdate }',
  },
} as const satisfies Record<string, CodeEntry>;
