import type { CodeEntry } from './index.ts';

/** Faults of autoscaling and node capacity as an app or a cluster states them. */
export const scalingCodes = {
  'scaling/range': {
    severity: 'error',
    sentence: 'The range of replicas is empty or not made of whole numbers.',
    bad: 'replicas: { min: 6, max: 3, cpu: 70 }',
    good: 'replicas: { min: 3, max: 6, cpu: 70 }',
  },
  'scaling/below-minimum': {
    severity: 'error',
    sentence: 'A workload behind a Service may scale below the fewest replicas that the environment asks for.',
    bad: 'replicas: { min: 1, max: 6, cpu: 70 }',
    good: 'replicas: { min: 2, max: 6, cpu: 70 }',
  },
  'scaling/zero': {
    severity: 'error',
    sentence: 'Only an event source can wake a workload from zero replicas; a HorizontalPodAutoscaler cannot.',
    bad: 'replicas: { min: 0, max: 6, cpu: 70 }',
    good: 'replicas: { min: 1, max: 6, cpu: 70 }',
  },
  'scaling/no-metric': {
    severity: 'error',
    sentence: 'A range of replicas is stated without anything to scale on.',
    bad: 'replicas: { min: 2, max: 6 }',
    good: 'replicas: { min: 2, max: 6, cpu: 70 }',
  },
  'scaling/target': {
    severity: 'error',
    sentence: 'A target value of a metric cannot work: a percentage outside 1 to 1000, or a quantity that is none.',
    bad: 'replicas: { min: 2, max: 6, cpu: 0 }',
    good: 'replicas: { min: 2, max: 6, cpu: 70 }',
  },
  'scaling/unsupported-kind': {
    severity: 'error',
    sentence: 'A kind of workload that has no replica count, or that cannot be scaled this way, is to be scaled.',
    bad: "app.daemonSet('agent', { replicas: { min: 2, max: 6, cpu: 70 } })",
    good: "app.deployment('agent', { replicas: { min: 2, max: 6, cpu: 70 } })",
  },
  'scaling/requests-missing': {
    severity: 'error',
    sentence:
      'A utilization target is a share of the request, and a container states no request, so the autoscaler would never act.',
    bad: 'replicas: { min: 2, max: 6, cpu: 70 }   # and resources without cpu',
    good: 'resources: { requests: { cpu: 250m } }',
  },
  'scaling/unknown-container': {
    severity: 'error',
    sentence: 'A metric or a resource policy names a container that the workload does not have.',
    bad: "vertical: { containers: { ap: { max: { memory: '2Gi' } } } }",
    good: "vertical: { containers: { api: { max: { memory: '2Gi' } } } }",
  },
  'scaling/metric-not-exported': {
    severity: 'error',
    sentence: 'An autoscaler asks for a metric that nothing on the cluster serves.',
    bad: 'capabilities: { autoscaling: { customMetrics: false } }   # and an app that scales on pods: [...]',
    good: 'capabilities: { autoscaling: { customMetrics: true } }',
  },
  'scaling/keda-missing': {
    severity: 'error',
    sentence: 'An app scales on events, and the cluster does not run KEDA.',
    bad: 'capabilities: { autoscaling: { keda: false } }',
    good: 'capabilities: { autoscaling: { keda: true } }',
  },
  'scaling/vpa-missing': {
    severity: 'warning',
    sentence:
      'An app asks for a VerticalPodAutoscaler, and the cluster does not run one; the workload keeps its stated requests.',
    bad: 'capabilities: { autoscaling: { vpa: false } }',
    good: 'capabilities: { autoscaling: { vpa: true } }',
  },
  'scaling/conflict': {
    severity: 'error',
    sentence:
      'Two autoscalers act on one workload, or a vertical one changes the resource that a horizontal one measures.',
    bad: "replicas: { min: 2, max: 6, cpu: 70 }, vertical: { mode: 'update' }",
    good: "replicas: { min: 2, max: 6, cpu: 70 }, vertical: { mode: 'recommend' }",
  },
  'scaling/event-source': {
    severity: 'error',
    sentence: 'An event source lacks what its scaler needs, or states what the scaler would refuse or ignore.',
    bad: "events: [{ source: 'cron', timezone: 'Europe/Berln', start: '0 8 * * *', end: '0 18 * * *', replicas: 4 }]",
    good: "events: [{ source: 'cron', timezone: 'Europe/Berlin', start: '0 8 * * *', end: '0 18 * * *', replicas: 4 }]",
  },
  'scaling/identity': {
    severity: 'error',
    sentence:
      'An event source of one cloud is read from a cluster whose workload identity cannot sign in there without keys.',
    bad: 'identity: azure-workload-identity # and an app scales on an SQS queue',
    good: 'identity: pod-identity',
  },
  'scaling/unsupported': {
    severity: 'warning',
    sentence: 'The cluster is too old for a part of what the app states, so that part is left out there.',
    bad: 'replicas: { …, behavior: { up: { tolerance: \'0.05\' } } } # on a cluster with kubernetes: "1.34"',
    good: 'kubernetes: "1.36"',
  },
  'scaling/exceeds-node': {
    severity: 'error',
    sentence: 'A pod asks for more than the largest node of the cluster can hold, so it would stay pending for ever.',
    bad: 'resources: { requests: { memory: 64Gi } } # and nodePools: [{ memory: 14Gi, … }]',
    good: 'resources: { requests: { memory: 8Gi } }',
  },
  'scaling/limit-exceeds-node': {
    severity: 'warning',
    sentence:
      'A limit is above what the largest node of the cluster has, so it can never be reached and the node runs out first.',
    bad: 'resources: { requests: { memory: 1Gi }, limits: { memory: 64Gi } } # and nodePools: [{ memory: 14Gi, … }]',
    good: 'resources: { requests: { memory: 1Gi }, limits: { memory: 2Gi } }',
  },
  'scaling/exceeds-quota': {
    severity: 'warning',
    sentence: 'At their highest number of replicas the workloads of a namespace ask for more than its quota allows.',
    bad: 'replicas: { min: 2, max: 40, cpu: 70 }   # and quota: { pods: 20 }',
    good: 'replicas: { min: 2, max: 20, cpu: 70 }',
  },
  'scaling/exceeds-pool': {
    severity: 'warning',
    sentence:
      'At its highest number of replicas a workload asks for more than all nodes of the cluster together can hold.',
    bad: 'replicas: { min: 2, max: 500, cpu: 70 } # and nodePools: [{ cpu: 4, max: 10, … }]',
    good: 'replicas: { min: 2, max: 30, cpu: 70 }',
  },
} as const satisfies Record<string, CodeEntry>;
