import type { WorkloadKind } from '@fairlead/objects';
import type { AlertTemplate } from './alert-template.ts';

const inspect = [
  'kubectl -n {namespace} get pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} -o wide',
  'kubectl -n {namespace} describe {kind} {workload}',
  'kubectl -n {namespace} logs {kind}/{workload} --all-containers --since=30m --prefix',
] as const;

const jobs = [
  'kubectl -n {namespace} get jobs -l app.kubernetes.io/name={app},app.kubernetes.io/component={component}',
  'kubectl -n {namespace} get events --field-selector type=Warning --sort-by=.lastTimestamp',
  'kubectl -n {namespace} logs -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} --all-containers --tail=200 --prefix',
] as const;

/**
 * Restarts, as the requirements of the Delivery Platform state it: any restart within a quarter of an hour, five minutes long.
 * That is stricter than CrashLoopBackOff: one restart is enough, so it is a ticket and not a page.
 */
export const podCrashLooping: AlertTemplate = {
  name: 'PodCrashLooping',
  severity: 'ticket',
  expression: 'rate(kube_pod_container_status_restarts_total{namespace="{namespace}",pod=~"{pods}"}[15m]) > 0',
  for: '5m',
  summary: 'Pod is crash looping',
  description: 'Pod {{ $labels.pod }} (container {{ $labels.container }}) of {workload} is restarting frequently.',
  meaning:
    'A container of the workload ended and was started again. Kubernetes waits longer after each end, so a pod that keeps failing serves less and less.',
  commands: [
    inspect[0],
    'kubectl -n {namespace} describe pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component}',
    'kubectl -n {namespace} logs {kind}/{workload} --all-containers --previous --tail=200',
  ],
};

export const containerOutOfMemory: AlertTemplate = {
  name: 'ContainerOutOfMemory',
  severity: 'ticket',
  expression:
    'increase(kube_pod_container_status_restarts_total{namespace="{namespace}",pod=~"{pods}"}[15m]) > 0 and on (namespace, pod, container) kube_pod_container_status_last_terminated_reason{namespace="{namespace}",pod=~"{pods}",reason="OOMKilled"} == 1',
  summary: 'Container ran out of memory',
  description: 'Container {{ $labels.container }} of pod {{ $labels.pod }} reached its memory limit and was killed.',
  meaning:
    'The kernel killed the container because it used more than its memory limit. Requests that it was working on were lost.',
  commands: [
    inspect[0],
    'kubectl -n {namespace} top pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} --containers',
    "kubectl -n {namespace} get {kind} {workload} -o jsonpath='{.spec.template.spec.containers[*].resources}'",
  ],
};

/** Fires only when limits are set, so it is asked for by a fact. */
export const containerThrottled: AlertTemplate = {
  name: 'ContainerThrottled',
  severity: 'ticket',
  expression:
    'sum by (namespace, pod, container) (increase(container_cpu_cfs_throttled_periods_total{namespace="{namespace}",pod=~"{pods}",container!=""}[5m])) / sum by (namespace, pod, container) (increase(container_cpu_cfs_periods_total{namespace="{namespace}",pod=~"{pods}",container!=""}[5m])) > 0.5',
  for: '15m',
  summary: 'Container is throttled',
  description:
    'Container {{ $labels.container }} of pod {{ $labels.pod }} waits for its CPU limit in {{ $value | humanizePercentage }} of the periods.',
  meaning:
    'The CPU limit stops the container in more than half of the scheduling periods, which shows as latency, not as CPU use.',
  commands: [
    inspect[0],
    'kubectl -n {namespace} top pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} --containers',
    "kubectl -n {namespace} get {kind} {workload} -o jsonpath='{.spec.template.spec.containers[*].resources}'",
  ],
};

/** The gauges of kube-state-metrics that say how many pods a kind wants, has, and has updated; each carries the label `label`. */
interface KindMetrics {
  readonly label: string;
  readonly desired: string;
  readonly available: string;
  readonly stuck: string;
}

/** @see https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics/workload */
const kinds: Readonly<Partial<Record<WorkloadKind, KindMetrics>>> = {
  Deployment: {
    label: 'deployment',
    desired: 'kube_deployment_spec_replicas',
    available: 'kube_deployment_status_replicas_available',
    stuck:
      'kube_deployment_status_observed_generation{S} != kube_deployment_metadata_generation{S} or kube_deployment_status_condition{S,condition="Progressing",status="false"} > 0',
  },
  StatefulSet: {
    label: 'statefulset',
    desired: 'kube_statefulset_replicas',
    available: 'kube_statefulset_status_replicas_ready',
    stuck:
      'kube_statefulset_status_observed_generation{S} != kube_statefulset_metadata_generation{S} or (kube_statefulset_status_replicas_updated{S} < kube_statefulset_replicas{S} and changes(kube_statefulset_status_replicas_updated{S}[10m]) == 0)',
  },
  DaemonSet: {
    label: 'daemonset',
    desired: 'kube_daemonset_status_desired_number_scheduled',
    available: 'kube_daemonset_status_number_available',
    stuck:
      'kube_daemonset_status_observed_generation{S} != kube_daemonset_metadata_generation{S} or (kube_daemonset_status_updated_number_scheduled{S} < kube_daemonset_status_desired_number_scheduled{S} and changes(kube_daemonset_status_updated_number_scheduled{S}[10m]) == 0)',
  },
};

function replicaAlerts({ label, desired, available, stuck }: KindMetrics): readonly AlertTemplate[] {
  const selector = `namespace="{namespace}",${label}="{workload}"`;
  return [
    {
      name: 'WorkloadUnavailable',
      severity: 'page',
      expression: `${available}{${selector}} == 0 and ${desired}{${selector}} > 0`,
      for: '5m',
      summary: 'No pod is available',
      description: '{workload} has had no available pod for five minutes.',
      meaning: 'Every pod of the workload is missing or not ready, so nothing that it serves works.',
      commands: inspect,
    },
    {
      name: 'WorkloadNotReady',
      severity: 'ticket',
      expression: `${available}{${selector}} < ${desired}{${selector}}`,
      for: '15m',
      summary: 'Fewer pods are available than wanted',
      description: '{workload} has had only {{ $value }} available pods for a quarter of an hour, fewer than it wants.',
      meaning:
        'Some pods of the workload cannot be scheduled, do not start, or fail their readiness probe. The others carry their load.',
      commands: inspect,
    },
    {
      name: 'RolloutStuck',
      severity: 'ticket',
      expression: stuck.replaceAll('{S', `{${selector}`),
      for: '15m',
      summary: 'Rollout does not progress',
      description: 'The rollout of {workload} has made no progress for a quarter of an hour.',
      meaning:
        'The new version does not become ready, or its controller does not act. The old version goes on serving as far as it is still there.',
      commands: [
        'kubectl -n {namespace} rollout status {kind}/{workload} --timeout=1s',
        inspect[0],
        'kubectl -n {namespace} get events --sort-by=.lastTimestamp',
      ],
    },
  ];
}

/** Alerts on the replicas of a kind; none for kinds that end. */
export const replicaAlertsOf: Readonly<Partial<Record<WorkloadKind, readonly AlertTemplate[]>>> = Object.fromEntries(
  Object.entries(kinds).map(([kind, metrics]) => [kind, replicaAlerts(metrics)]),
);

/** Needs `{autoscaler}`. An autoscaler whose range is one value is at its ceiling on purpose. */
export const autoscalerAtMaximum: AlertTemplate = {
  name: 'AutoscalerAtMaximum',
  severity: 'ticket',
  expression:
    'kube_horizontalpodautoscaler_status_current_replicas{namespace="{namespace}",horizontalpodautoscaler="{autoscaler}"} >= kube_horizontalpodautoscaler_spec_max_replicas{namespace="{namespace}",horizontalpodautoscaler="{autoscaler}"} and kube_horizontalpodautoscaler_spec_max_replicas{namespace="{namespace}",horizontalpodautoscaler="{autoscaler}"} > kube_horizontalpodautoscaler_spec_min_replicas{namespace="{namespace}",horizontalpodautoscaler="{autoscaler}"}',
  for: '15m',
  summary: 'Autoscaler is at its maximum',
  description:
    '{workload} has run with {{ $value }} replicas, the most that its autoscaler may order, for a quarter of an hour.',
  meaning: 'Load has reached what the stated range can carry. The next increase will be felt by users.',
  commands: [
    'kubectl -n {namespace} describe hpa {autoscaler}',
    'kubectl -n {namespace} top pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component}',
    'kubectl -n {namespace} get events --field-selector involvedObject.kind=HorizontalPodAutoscaler --sort-by=.lastTimestamp',
  ],
};

/** Need `{claims}`, a regular expression of claim names. The kubelet exports these gauges. */
export const volumeAlerts: readonly AlertTemplate[] = [
  {
    name: 'VolumeFillingUp',
    severity: 'ticket',
    expression:
      'kubelet_volume_stats_available_bytes{namespace="{namespace}",persistentvolumeclaim=~"{claims}"} / kubelet_volume_stats_capacity_bytes{namespace="{namespace}",persistentvolumeclaim=~"{claims}"} < 0.2 and predict_linear(kubelet_volume_stats_available_bytes{namespace="{namespace}",persistentvolumeclaim=~"{claims}"}[6h], 345600) < 0',
    for: '1h',
    summary: 'Volume will be full within four days',
    description:
      'Volume {{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left and will be full within four days at the pace of the last six hours.',
    meaning:
      'Less than a fifth of the volume is free and the free space shrinks steadily. A full volume stops a database.',
    commands: [
      'kubectl -n {namespace} get pvc',
      'kubectl -n {namespace} exec {kind}/{workload} -- df -h',
      'kubectl get storageclass',
    ],
  },
  {
    name: 'VolumeAlmostFull',
    severity: 'page',
    expression:
      'kubelet_volume_stats_available_bytes{namespace="{namespace}",persistentvolumeclaim=~"{claims}"} / kubelet_volume_stats_capacity_bytes{namespace="{namespace}",persistentvolumeclaim=~"{claims}"} < 0.03',
    for: '1m',
    summary: 'Volume is almost full',
    description: 'Volume {{ $labels.persistentvolumeclaim }} has only {{ $value | humanizePercentage }} left.',
    meaning: 'Writes will soon fail.',
    commands: [
      'kubectl -n {namespace} get pvc',
      'kubectl -n {namespace} exec {kind}/{workload} -- df -h',
      'kubectl get storageclass',
    ],
  },
];

/** Needs `{jobs}`, a regular expression of Job names. */
export const jobFailed: AlertTemplate = {
  name: 'JobFailed',
  severity: 'ticket',
  expression: 'kube_job_failed{namespace="{namespace}",job_name=~"{jobs}",condition="true"} > 0',
  for: '1m',
  summary: 'Job failed',
  description: 'Job {{ $labels.job_name }} of {workload} failed and will not be tried again.',
  meaning: 'The job used up its retries or its deadline. What it was to do is not done.',
  commands: jobs,
};

/** Needs `{within}`. No schedule is needed: the last run that was due is compared with the last that succeeded. */
export const cronJobNotSucceeding: AlertTemplate = {
  name: 'CronJobNotSucceeding',
  severity: 'ticket',
  expression:
    'kube_cronjob_status_last_successful_time{namespace="{namespace}",cronjob="{workload}"} < kube_cronjob_status_last_schedule_time{namespace="{namespace}",cronjob="{workload}"}',
  for: '{within}',
  summary: 'CronJob does not succeed',
  description:
    'No run of {workload} has succeeded since {{ $value | humanizeTimestamp }}, although later ones were due.',
  meaning: 'Runs of the job fail, hang, or are not started at all.',
  commands: jobs,
};

/** Needs `{replicas}`, the gauge of wanted replicas. Counts pods that existed at any time of the last hour. */
export const spotChurn: AlertTemplate = {
  name: 'SpotChurn',
  severity: 'ticket',
  expression:
    'count by (namespace) (count_over_time(kube_pod_created{namespace="{namespace}",pod=~"{pods}"}[1h])) > 3 * max by (namespace) ({replicas})',
  for: '10m',
  summary: 'Pods are replaced too often',
  description:
    '{workload} has had {{ $value }} different pods within an hour, more than three times as many as it wants.',
  meaning:
    'The cloud takes nodes back faster than is good for a workload on spot capacity. Each replacement costs a start and draws on the others.',
  commands: [
    inspect[0],
    'kubectl get nodes --sort-by=.metadata.creationTimestamp -L karpenter.sh/capacity-type,cloud.google.com/gke-spot,kubernetes.azure.com/scalesetpriority',
    'kubectl get events -A --field-selector involvedObject.kind=Node --sort-by=.lastTimestamp',
  ],
};

/** The gauge of wanted replicas of a kind, for alerts that compare with it. */
export function desiredReplicas(kind: WorkloadKind): string | undefined {
  const metrics = kinds[kind];
  return metrics === undefined
    ? undefined
    : `${metrics.desired}{namespace="{namespace}",${metrics.label}="{workload}"}`;
}
