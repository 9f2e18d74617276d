import type { Manifest } from '@fairlead/objects';
import { countOrPercent } from '@fairlead/objects/forms';
import type { Check, Report } from '../../check.ts';
import { at, isMap, listAt, mapAt, numberAt, textAt, textsAt } from '../../json.ts';
import { isEmptySelector, matches } from '../../label-selector.ts';
import { inOneFolder, type ManifestSet } from '../../manifest-set.ts';
import { isTimeZone, scheduleFault } from '../../schedule.ts';
import { serviceIndex } from '../../service-index.ts';
import { jobOf, type Workload } from '../../workload.ts';
import { checkSelector } from './metadata.ts';

/** Controllers of pods: selectors, roll-out, jobs and their schedules. */
export const workloadRules: Check = (set, report) => {
  for (const workload of set.workloads) {
    const { manifest, kind } = workload;
    const replicas = numberAt(manifest, 'spec', 'replicas');
    if (replicas !== undefined && (replicas < 0 || !Number.isInteger(replicas)))
      report('rules/replicas', manifest, '/spec/replicas', `${replicas} is no number of replicas`);
    checkWorkloadSelector(report, workload);
    if (kind === 'Deployment') checkDeployment(report, manifest);
    if (kind === 'DaemonSet' || kind === 'StatefulSet') checkUpdateStrategy(report, workload);
    if (kind === 'StatefulSet') checkClaimTemplates(report, manifest);
    if (workload.runs === 'done') checkJob(report, workload);
    if (kind === 'CronJob') checkCronJob(report, manifest);
  }
  reportOverlaps(set, report);
};

const selecting = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout']);

function checkWorkloadSelector(report: Report, workload: Workload): void {
  const { manifest, kind } = workload;
  if (!selecting.has(kind)) return;
  const selector = at(manifest, 'spec', 'selector');
  if (isEmptySelector(selector)) {
    if (at(manifest, 'spec', 'workloadRef') === undefined)
      report('rules/selector', manifest, '/spec', `${kind} "${workload.name}" needs a selector`, {
        hint: 'add spec.selector.matchLabels with labels of the template',
      });
    return;
  }
  checkSelector(report, manifest, selector, '/spec/selector');
  if (matches(selector, workload.labels)) return;
  const wrong = Object.entries(textsAt(selector, 'matchLabels')).filter(
    ([key, value]) => workload.labels[key] !== value,
  );
  report(
    'rules/selector-mismatch',
    manifest,
    '/spec/selector',
    `the selector of ${kind} "${workload.name}" does not select its own template`,
    {
      hint:
        wrong.length === 0
          ? 'make matchExpressions agree with the labels of the template'
          : `the template has ${wrong.map(([key]) => `${key}: ${workload.labels[key] ?? '(none)'}`).join(', ')}`,
    },
  );
}

/** Two controllers that select one another's pods fight over them. */
function reportOverlaps(set: ManifestSet, report: Report): void {
  for (const workload of set.workloads) {
    if (!selecting.has(workload.kind)) continue;
    const selector = at(workload.manifest, 'spec', 'selector');
    if (isEmptySelector(selector)) continue;
    const others = set.select(workload.namespace, selector);
    if (others.length < 2) continue;
    const other = others.find((each) => each !== workload && selecting.has(each.kind) && !isSame(each, workload));
    if (other === undefined) continue;
    // Controllers tell their pods by owner, so that two of them run; what cannot tell them apart is a Service.
    const served =
      set.context === 'fleet' ||
      (inOneFolder(set, workload.manifest, other.manifest) &&
        serviceIndex(set)
          .in(workload.namespace)
          .some(({ pods }) => pods?.includes(workload) === true && pods.includes(other)));
    report(
      'rules/overlapping-selectors',
      workload.manifest,
      '/spec/selector',
      `${workload.kind} "${workload.name}" also selects the pods of ${other.kind} "${other.name}"`,
      {
        hint: 'select by a label whose value only this workload has',
        severity: served ? undefined : 'warning',
      },
    );
  }
}

/** One object declared twice is told elsewhere. */
function isSame(one: Workload, other: Workload): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}

function checkDeployment(report: Report, manifest: Manifest): void {
  const strategy = mapAt(manifest, 'spec', 'strategy');
  const rolling = strategy['rollingUpdate'];
  if (strategy['type'] === 'Recreate' && isMap(rolling) && Object.keys(rolling).length > 0)
    report('rules/rollout', manifest, '/spec/strategy/rollingUpdate', 'strategy Recreate takes no rollingUpdate', {
      hint: 'remove rollingUpdate',
    });
  checkRolling(report, manifest, rolling, '/spec/strategy/rollingUpdate');
  const ready = numberAt(manifest, 'spec', 'minReadySeconds') ?? 0;
  const deadline = numberAt(manifest, 'spec', 'progressDeadlineSeconds') ?? 600;
  if (deadline <= ready)
    report(
      'rules/rollout',
      manifest,
      '/spec/progressDeadlineSeconds',
      `progressDeadlineSeconds (${deadline}) must be more than minReadySeconds (${ready})`,
    );
}

function checkRolling(report: Report, manifest: Manifest, rolling: unknown, pointer: string): void {
  if (!isMap(rolling)) return;
  for (const field of ['maxSurge', 'maxUnavailable'] as const) {
    const value = rolling[field];
    if (value === undefined || value === null) continue;
    const parsed = countOrPercent(value);
    if (parsed === undefined)
      report(
        'rules/rollout',
        manifest,
        `${pointer}/${field}`,
        `${JSON.stringify(value)} is neither a count nor a percentage`,
        { hint: 'such as 1 or 25%' },
      );
    else if (field === 'maxUnavailable' && 'percent' in parsed && parsed.percent > 100)
      report('rules/rollout', manifest, `${pointer}/${field}`, `${String(value)} is more than 100%`);
  }
  if (isZero(rolling['maxSurge']) && isZero(rolling['maxUnavailable']))
    report(
      'rules/rollout',
      manifest,
      pointer,
      'maxSurge and maxUnavailable are both 0, so that no pod can ever be replaced',
      { hint: 'set maxSurge: 1' },
    );
}

function isZero(value: unknown): boolean {
  const parsed = countOrPercent(value);
  return parsed !== undefined && ('count' in parsed ? parsed.count === 0 : parsed.percent === 0);
}

function checkUpdateStrategy(report: Report, { manifest, kind }: Workload): void {
  const strategy = mapAt(manifest, 'spec', 'updateStrategy');
  const rolling = strategy['rollingUpdate'];
  if (strategy['type'] === 'OnDelete' && isMap(rolling) && Object.keys(rolling).length > 0)
    report(
      'rules/rollout',
      manifest,
      '/spec/updateStrategy/rollingUpdate',
      'updateStrategy OnDelete takes no rollingUpdate',
      { hint: 'remove rollingUpdate' },
    );
  if (strategy['type'] === 'Recreate')
    report(
      'rules/rollout',
      manifest,
      '/spec/updateStrategy/type',
      `a ${kind} knows RollingUpdate and OnDelete, not Recreate`,
    );
  if (kind !== 'DaemonSet' || !isMap(rolling)) return;
  checkRolling(report, manifest, rolling, '/spec/updateStrategy/rollingUpdate');
  if (
    rolling['maxSurge'] !== undefined &&
    !isZero(rolling['maxSurge']) &&
    rolling['maxUnavailable'] !== undefined &&
    !isZero(rolling['maxUnavailable'])
  )
    report(
      'rules/rollout',
      manifest,
      '/spec/updateStrategy/rollingUpdate',
      'a DaemonSet takes maxSurge or maxUnavailable, not both',
    );
}

function checkClaimTemplates(report: Report, manifest: Manifest): void {
  const names = new Set<string>();
  for (const [index, each] of listAt(manifest, 'spec', 'volumeClaimTemplates').entries()) {
    const name = textAt(each, 'metadata', 'name');
    if (name === undefined)
      report('rules/claim', manifest, `/spec/volumeClaimTemplates/${index}`, 'a volumeClaimTemplate has no name', {
        hint: 'add metadata.name',
      });
    else if (names.has(name))
      report(
        'rules/duplicate-name',
        manifest,
        `/spec/volumeClaimTemplates/${index}/metadata/name`,
        `two volumeClaimTemplates are named "${name}"`,
      );
    else names.add(name);
  }
}

function checkJob(report: Report, workload: Workload): void {
  const { manifest } = workload;
  const { spec, pointer } = jobOf(workload);
  for (const field of [
    'parallelism',
    'completions',
    'backoffLimit',
    'activeDeadlineSeconds',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ]) {
    const value = numberAt(spec, field);
    if (value !== undefined && value < 0)
      report('rules/job', manifest, `${pointer}/${field}`, `${field} is ${value}; it cannot be negative`);
  }
  const indexed = textAt(spec, 'completionMode') === 'Indexed';
  if (indexed && numberAt(spec, 'completions') === undefined)
    report('rules/job', manifest, `${pointer}/completionMode`, 'completionMode Indexed needs completions');
  if (!indexed && at(spec, 'backoffLimitPerIndex') !== undefined)
    report(
      'rules/job',
      manifest,
      `${pointer}/backoffLimitPerIndex`,
      'backoffLimitPerIndex needs completionMode: Indexed',
    );
  const policy = textAt(spec, 'template', 'spec', 'restartPolicy');
  if (at(spec, 'podFailurePolicy') !== undefined && policy !== 'Never')
    report('rules/job', manifest, `${pointer}/podFailurePolicy`, 'podFailurePolicy needs restartPolicy: Never');
  if (isMap(at(spec, 'selector')) && at(spec, 'manualSelector') !== true)
    report('rules/job', manifest, `${pointer}/selector`, 'the selector of a Job is made by Kubernetes', {
      hint: 'remove it',
    });
}

function checkCronJob(report: Report, manifest: Manifest): void {
  const schedule = textAt(manifest, 'spec', 'schedule');
  const fault = schedule === undefined ? undefined : scheduleFault(schedule);
  if (fault !== undefined)
    report('rules/schedule', manifest, '/spec/schedule', `the schedule "${schedule}" ${fault}`, {
      hint: 'minute hour day-of-month month day-of-week, such as 15 2 * * 1-5',
    });
  const zone = textAt(manifest, 'spec', 'timeZone');
  if (zone !== undefined && !isTimeZone(zone))
    report('rules/time-zone', manifest, '/spec/timeZone', `"${zone}" is no time zone`, {
      hint: 'a name of the IANA database, such as Europe/Berlin or Etc/UTC',
    });
  for (const field of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
    const value = numberAt(manifest, 'spec', field);
    if (value !== undefined && value < 0)
      report('rules/job', manifest, `/spec/${field}`, `${field} is ${value}; it cannot be negative`);
  }
  const deadline = numberAt(manifest, 'spec', 'startingDeadlineSeconds');
  // https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/: the controller looks every ten seconds.
  if (deadline !== undefined && deadline >= 0 && deadline < 10)
    report(
      'rules/job',
      manifest,
      '/spec/startingDeadlineSeconds',
      `startingDeadlineSeconds is ${deadline}; below 10 runs may never start`,
      { severity: 'warning' },
    );
}
