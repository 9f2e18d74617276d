import { workloadRules, type WorkloadFacts } from '@fairlead/monitoring';
import type { WorkloadKind } from '@fairlead/objects';
import { expect, test } from 'vitest';
import { cluster, workload } from '../../packages/monitoring/test/fixtures.ts';
import { testRules, type InputSeries } from './run-promtool.ts';

// Each standard alert once in trouble, and once beside it: what it must not take for trouble.

interface Scene {
  readonly what: string;
  readonly alert: string;
  readonly kind?: WorkloadKind;
  readonly facts?: WorkloadFacts;
  /** Series by selector, sampled once a minute; the namespace is added. */
  readonly series: Readonly<Record<string, string>>;
  readonly minute: number;
  /** Labels of the alert that fires beside those of the workload, or none. */
  readonly fires: Readonly<Record<string, string>> | false;
}

const page = { receiver: 'oncall', severity: 'critical' };
const ticket = { receiver: 'team', severity: 'warning' };
const pod = 'hub-api-7d9f8c6b54-x2x9k';
const restarts = (name: string) => `kube_pod_container_status_restarts_total{pod="${name}",container="api"}`;
const oom = `kube_pod_container_status_last_terminated_reason{pod="${pod}",container="api",reason="OOMKilled"}`;
const deployment = (metric: string) => `kube_deployment_${metric}{deployment="hub-api"}`;
const statefulSet = (metric: string) => `kube_statefulset_${metric}{statefulset="hub-api"}`;
const autoscaler = (metric: string) => `kube_horizontalpodautoscaler_${metric}{horizontalpodautoscaler="hub-api"}`;
const volume = (metric: string) => `kubelet_volume_stats_${metric}{persistentvolumeclaim="data-hub-api-0"}`;
const cronJob = (metric: string) => `kube_cronjob_status_${metric}{cronjob="hub-api"}`;

/** Ten pods, each there for ten minutes, one after the other. */
const churning = Object.fromEntries(
  Array.from({ length: 10 }, (_, index) => [
    `kube_pod_created{pod="hub-api-7d9f8c6b54-x2x9${index}"}`,
    `_x${index * 6} 1x5 stale`,
  ]),
);

const scenes: readonly Scene[] = [
  {
    what: 'a container that restarts every five minutes',
    alert: 'PodCrashLooping',
    series: { [restarts(pod)]: '0x4 1x4 2x4 3x4 4x4' },
    minute: 20,
    fires: { pod, container: 'api', ...ticket },
  },
  {
    what: 'restarts long ago',
    alert: 'PodCrashLooping',
    series: { [restarts(pod)]: '7x60' },
    minute: 50,
    fires: false,
  },
  {
    what: 'restarts of another workload whose name begins alike',
    alert: 'PodCrashLooping',
    series: { [restarts('hub-api-worker-7d9f8c6b54-x2x9k')]: '0x4 1x4 2x4 3x4' },
    minute: 15,
    fires: false,
  },
  {
    what: 'a restart after running out of memory',
    alert: 'ContainerOutOfMemory',
    series: { [restarts(pod)]: '0x4 1x20', [oom]: '_x4 1x20' },
    minute: 10,
    fires: { pod, container: 'api', ...ticket },
  },
  {
    what: 'memory ran out yesterday',
    alert: 'ContainerOutOfMemory',
    series: { [restarts(pod)]: '1x60', [oom]: '1x60' },
    minute: 50,
    fires: false,
  },
  {
    what: 'no pod',
    alert: 'WorkloadUnavailable',
    series: { [deployment('status_replicas_available')]: '0x20', [deployment('spec_replicas')]: '3x20' },
    minute: 10,
    fires: { deployment: 'hub-api', ...page },
  },
  {
    what: 'scaled to zero on purpose',
    alert: 'WorkloadUnavailable',
    series: { [deployment('status_replicas_available')]: '0x20', [deployment('spec_replicas')]: '0x20' },
    minute: 10,
    fires: false,
  },
  {
    what: 'two of three pods',
    alert: 'WorkloadNotReady',
    series: { [deployment('status_replicas_available')]: '2x30', [deployment('spec_replicas')]: '3x30' },
    minute: 20,
    fires: { deployment: 'hub-api', ...ticket },
  },
  {
    what: 'a rollout past its deadline',
    alert: 'RolloutStuck',
    series: { 'kube_deployment_status_condition{deployment="hub-api",condition="Progressing",status="false"}': '1x30' },
    minute: 20,
    fires: { deployment: 'hub-api', condition: 'Progressing', status: 'false', ...ticket },
  },
  {
    what: 'a revision that no controller looked at',
    alert: 'RolloutStuck',
    series: { [deployment('status_observed_generation')]: '6x30', [deployment('metadata_generation')]: '7x30' },
    minute: 20,
    fires: { deployment: 'hub-api', ...ticket },
  },
  {
    what: 'a StatefulSet that goes on pod by pod',
    alert: 'RolloutStuck',
    kind: 'StatefulSet',
    series: { [statefulSet('status_replicas_updated')]: '0x8 1x8 2x8 3x8', [statefulSet('replicas')]: '4x40' },
    minute: 30,
    fires: false,
  },
  {
    what: 'a StatefulSet that stays at one pod',
    alert: 'RolloutStuck',
    kind: 'StatefulSet',
    series: { [statefulSet('status_replicas_updated')]: '1x60', [statefulSet('replicas')]: '3x60' },
    minute: 50,
    fires: { statefulset: 'hub-api', ...ticket },
  },
  {
    what: 'an autoscaler at its ceiling',
    alert: 'AutoscalerAtMaximum',
    facts: { autoscaler: 'hub-api' },
    series: {
      [autoscaler('status_current_replicas')]: '12x30',
      [autoscaler('spec_max_replicas')]: '12x30',
      [autoscaler('spec_min_replicas')]: '3x30',
    },
    minute: 20,
    fires: { horizontalpodautoscaler: 'hub-api', ...ticket },
  },
  {
    what: 'an autoscaler that is held at one value',
    alert: 'AutoscalerAtMaximum',
    facts: { autoscaler: 'hub-api' },
    series: {
      [autoscaler('status_current_replicas')]: '3x30',
      [autoscaler('spec_max_replicas')]: '3x30',
      [autoscaler('spec_min_replicas')]: '3x30',
    },
    minute: 20,
    fires: false,
  },
  {
    what: 'a volume that fills steadily',
    alert: 'VolumeFillingUp',
    kind: 'StatefulSet',
    facts: { claims: ['data'] },
    series: { [volume('available_bytes')]: '190-0.1x500', [volume('capacity_bytes')]: '1000x500' },
    minute: 480,
    fires: { persistentvolumeclaim: 'data-hub-api-0', ...ticket },
  },
  {
    what: 'a volume that is small and stays so',
    alert: 'VolumeFillingUp',
    kind: 'StatefulSet',
    facts: { claims: ['data'] },
    series: { [volume('available_bytes')]: '190x500', [volume('capacity_bytes')]: '1000x500' },
    minute: 480,
    fires: false,
  },
  {
    what: 'a volume with two percent left',
    alert: 'VolumeAlmostFull',
    kind: 'StatefulSet',
    facts: { claims: ['data'] },
    series: { [volume('available_bytes')]: '20x10', [volume('capacity_bytes')]: '1000x10' },
    minute: 5,
    fires: { persistentvolumeclaim: 'data-hub-api-0', ...page },
  },
  {
    what: 'a failed job',
    alert: 'JobFailed',
    kind: 'CronJob',
    series: { 'kube_job_failed{job_name="hub-api-29370120",condition="true"}': '1x10' },
    minute: 5,
    fires: { job_name: 'hub-api-29370120', condition: 'true', ...ticket },
  },
  {
    what: 'a job that did not fail',
    alert: 'JobFailed',
    kind: 'CronJob',
    series: { 'kube_job_failed{job_name="hub-api-29370120",condition="false"}': '1x10' },
    minute: 5,
    fires: false,
  },
  {
    what: 'runs that do not succeed',
    alert: 'CronJobNotSucceeding',
    kind: 'CronJob',
    series: { [cronJob('last_schedule_time')]: '600x200', [cronJob('last_successful_time')]: '300x200' },
    minute: 150,
    fires: { cronjob: 'hub-api', ...ticket },
  },
  {
    what: 'a run that is under way',
    alert: 'CronJobNotSucceeding',
    kind: 'CronJob',
    series: { [cronJob('last_schedule_time')]: '600x200', [cronJob('last_successful_time')]: '300x60 700x140' },
    minute: 150,
    fires: false,
  },
  {
    what: 'ten pods in an hour, for two that are wanted',
    alert: 'SpotChurn',
    facts: { spot: true },
    series: { ...churning, [deployment('spec_replicas')]: '2x90' },
    minute: 62,
    fires: { ...ticket },
  },
  {
    what: 'two pods that stay',
    alert: 'SpotChurn',
    facts: { spot: true },
    series: { [`kube_pod_created{pod="${pod}"}`]: '1x90', [deployment('spec_replicas')]: '1x90' },
    minute: 62,
    fires: false,
  },
  {
    what: 'no target that answers',
    alert: 'TargetDown',
    series: { 'up{job="hub-api",instance="a"}': '0x10', 'up{job="hub-api",instance="b"}': '0x10' },
    minute: 5,
    fires: { job: 'hub-api', ...page },
  },
  {
    what: 'one of two targets',
    alert: 'TargetDown',
    series: { 'up{job="hub-api",instance="a"}': '0x10', 'up{job="hub-api",instance="b"}': '1x10' },
    minute: 5,
    fires: false,
  },
];

test.each(scenes)('$alert: $what', ({ alert, kind = 'Deployment', facts, series, minute, fires }) => {
  const rules = workloadRules({
    cluster: cluster(),
    workload: workload({ kind }),
    intent: { scrape: { port: 'http' } },
    facts,
  });
  const { ok, output } = testRules(rules, {
    evaluationInterval: '1m',
    interval: '1m',
    series: Object.entries(series).map(([selector, values]): InputSeries => ({
      series: selector.replace('{', '{namespace="hub",'),
      values,
    })),
    moments: [
      {
        eval_time: `${minute}m`,
        alertname: alert,
        exp_alerts:
          fires === false
            ? []
            : [{ exp_labels: { app: 'hub', component: 'api', namespace: 'hub', team: 'hub-team', ...fires } }],
      },
    ],
  });
  expect(ok, output).toBe(true);
});
