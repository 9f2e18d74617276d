import type { RecordingIntent } from '../intent.ts';

const running = 'container!="",container!="POD"';

/**
 * What containers use and ask for, by namespace and name, the greatest of their replicas: what requests are compared with. A
 * container of Fairlead's has its workload's name. Metrics of the kubelet's cAdvisor and of kube-state-metrics.
 */
const rightSizing: readonly RecordingIntent[] = [
  {
    name: 'container:cpu_usage:rate5m',
    expression: `max by (namespace, container) (rate(container_cpu_usage_seconds_total{${running}}[5m]))`,
  },
  {
    name: 'container:cpu_requests:max',
    expression: 'max by (namespace, container) (kube_pod_container_resource_requests{resource="cpu"})',
  },
  {
    name: 'container:memory_working_set:max',
    expression: `max by (namespace, container) (container_memory_working_set_bytes{${running}})`,
  },
  {
    name: 'container:memory_requests:max',
    expression: 'max by (namespace, container) (kube_pod_container_resource_requests{resource="memory"})',
  },
  // A point in ten minutes is enough of a week.
  {
    name: 'container:cpu_usage:p95_7d',
    expression: 'quantile_over_time(0.95, container:cpu_usage:rate5m[7d:10m])',
  },
  {
    name: 'container:memory_working_set:max_7d',
    expression: 'max_over_time(container:memory_working_set:max[7d:10m])',
  },
];

/** What the cluster asks of its nodes: what its growth is seen from. */
const capacity: readonly RecordingIntent[] = [
  { name: 'cluster:cpu_requests:sum', expression: 'sum(kube_pod_container_resource_requests{resource="cpu"})' },
  { name: 'cluster:memory_requests:sum', expression: 'sum(kube_pod_container_resource_requests{resource="memory"})' },
];

/**
 * Costs an hour as OpenCost counts them: of the nodes, of a namespace by what its containers ask for or use, of a team by the label of
 * its namespaces (kube-state-metrics with `--metric-labels-allowlist=namespaces=[team,cost-center]`).
 *
 * @see https://opencost.io/docs/integrations/metrics
 */
const cost: readonly RecordingIntent[] = [
  { name: 'cluster:cost:hourly', expression: 'sum(node_total_hourly_cost)' },
  {
    name: 'namespace:cost:hourly',
    expression:
      'sum by (namespace) (container_cpu_allocation * on (node) group_left () max by (node) (node_cpu_hourly_cost)) + sum by (namespace) (container_memory_allocation_bytes / 1073741824 * on (node) group_left () max by (node) (node_ram_hourly_cost))',
  },
  {
    name: 'team:cost:hourly',
    expression:
      'sum by (label_team) (namespace:cost:hourly * on (namespace) group_left (label_team) max by (namespace, label_team) (kube_namespace_labels{label_team!=""}))',
  },
];

/** Recorded metrics of a cluster as a whole, by part: its use of what it asks for, its growth, its cost. */
export const platformRecordingParts = { capacity, cost, rightSizing } as const;

/** All of {@link platformRecordingParts}. */
export const platformRecordings: readonly RecordingIntent[] = Object.values(platformRecordingParts).flat();
