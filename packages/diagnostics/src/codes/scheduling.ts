import type { CodeEntry } from './index.ts';

/** Faults of where pods are to run: intents that a cluster's nodes cannot satisfy. */
export const schedulingCodes = {
  'scheduling/unknown-pool': {
    severity: 'error',
    sentence: 'A workload asks for a node pool that the cluster file does not describe.',
    bad: "scheduling: { pool: 'gpus' }   # and nodePools: [{ name: gpu, … }]",
    good: "scheduling: { pool: 'gpu' }",
  },
  'scheduling/no-pool': {
    severity: 'error',
    sentence: 'No node pool of the cluster takes the pods of a workload, so they would wait for ever.',
    bad: "scheduling: { architecture: 'arm64' }   # and pools of amd64 nodes only",
    good: "scheduling: { architecture: 'amd64' }",
  },
  'scheduling/architecture': {
    severity: 'error',
    sentence: 'A workload is to run on an architecture that its images are not built for, or they have none in common.',
    bad: "scheduling: { architecture: 'arm64' } # and releases.yaml: platforms: [amd64]",
    good: "scheduling: { architecture: 'arm64' } # and releases.yaml: platforms: [amd64, arm64]",
  },
  'scheduling/on-demand-share': {
    severity: 'error',
    sentence: 'The part of the replicas that is to stay off spot nodes is no number or share, or leaves none for spot.',
    bad: 'replicas: 2, scheduling: { spot: { onDemand: 2 } }',
    good: "replicas: 4, scheduling: { spot: { onDemand: '50%' } }",
  },
  'scheduling/no-spot': {
    severity: 'info',
    sentence: 'A workload may run on spot nodes, and the cluster has none that take its pods.',
    bad: 'scheduling: { spot: true } # and nodePools without spot: true',
    good: 'nodePools: [{ name: spot, cpu: 4, memory: 14Gi, max: 10, spot: true }]',
  },
  'scheduling/single-on-spot': {
    severity: 'warning',
    sentence: 'The only pod of a workload may run on a node that the cloud takes back at short notice.',
    bad: 'replicas: 1, scheduling: { spot: true }',
    good: 'replicas: 2, scheduling: { spot: true }',
  },
  'scheduling/grace-exceeds-notice': {
    severity: 'error',
    sentence:
      'A pod that may run on spot nodes takes longer to end than the cloud gives it, so its work would be cut off.',
    bad: 'graceSeconds: 300, scheduling: { spot: true }',
    good: 'graceSeconds: 15, scheduling: { spot: true }',
  },
  'scheduling/grace-below-draining': {
    severity: 'warning',
    sentence: 'A pod ends before its load balancer has let the requests on it end, so some of them fail.',
    bad: 'graceSeconds: 5',
    good: 'graceSeconds: 30',
  },
  'scheduling/contradiction': {
    severity: 'error',
    sentence: 'A workload must run both together with another one and apart from it.',
    bad: 'scheduling: { together: [cache], apart: [cache] }',
    good: 'scheduling: { together: [cache] }',
  },
  'scheduling/no-neighbour': {
    severity: 'error',
    sentence: 'A workload must run together with one that is not on the cluster, so its pods would wait for ever.',
    bad: "scheduling: { together: [{ of: app.peer('ledger', 'api'), strict: true }] }   # and no ledger among the cluster's apps",
    good: "scheduling: { together: [app.peer('ledger', 'api')] }",
  },
  'scheduling/priority': {
    severity: 'error',
    sentence: 'A workload asks for a priority that is not on the ladder.',
    bad: "scheduling: { priority: 'urgent' as 'high' }",
    good: "scheduling: { priority: 'high' }",
  },
  'scheduling/device': {
    severity: 'error',
    sentence: 'An extended resource is asked for by a name without a domain, or in parts.',
    bad: 'scheduling: { devices: { gpu: 1 } }',
    good: "scheduling: { devices: { 'nvidia.com/gpu': 1 } }",
  },
  'scheduling/unsupported': {
    severity: 'error',
    sentence: 'The nodes of the cluster cannot express what a workload asks for.',
    bad: "scheduling: { pool: 'batch' } # and nodePools: [{ name: batch, … }] without labels",
    good: 'nodePools: [{ name: batch, labels: { node.example.com/pool: batch }, … }]',
  },
} as const satisfies Record<string, CodeEntry>;
