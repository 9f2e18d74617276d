import type { Manifest } from '@fairlead/objects';
import type { Check } from '../../check.ts';
import { at, numberAt, textAt } from '../../json.ts';
import { jobOf } from '../../workload.ts';

/**
 * True for a Job whose presence tells the delivery engine that it has run: Flux would start one that was cleaned up again, and Argo CD
 * deletes its hooks itself.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#force
 */
function recordOfDelivery(manifest: Manifest): boolean {
  const annotations = ['argocd.argoproj.io/hook', 'kustomize.toolkit.fluxcd.io/force'];
  return annotations.some((name) => textAt(manifest, 'metadata', 'annotations', name) !== undefined);
}

/** Jobs that run or stay for ever, and roll-outs that cannot be taken back. */
export const jobOperations: Check = (set, report) => {
  for (const workload of set.workloads) {
    const { manifest, kind, name } = workload;
    const cron = kind === 'CronJob';
    if (workload.runs === 'done') {
      const { spec, pointer } = jobOf(workload);
      if (
        numberAt(spec, 'activeDeadlineSeconds') === undefined &&
        at(spec, 'template', 'spec', 'activeDeadlineSeconds') === undefined
      )
        report('operations/no-deadline', manifest, pointer, `${kind} "${name}" may run without end`, {
          hint: 'add activeDeadlineSeconds',
        });
      if (kind === 'Job' && numberAt(spec, 'ttlSecondsAfterFinished') === undefined && !recordOfDelivery(manifest))
        report('operations/no-cleanup', manifest, pointer, `Job "${name}" stays when it has finished`, {
          hint: 'add ttlSecondsAfterFinished',
        });
    }
    if (cron) {
      if ((textAt(manifest, 'spec', 'concurrencyPolicy') ?? 'Allow') === 'Allow')
        report('operations/overlapping-runs', manifest, '/spec', `runs of CronJob "${name}" may overlap`, {
          hint: 'add concurrencyPolicy: Forbid',
        });
      if (numberAt(manifest, 'spec', 'startingDeadlineSeconds') === undefined)
        report(
          'operations/no-deadline',
          manifest,
          '/spec',
          `CronJob "${name}" may be started any time later, and never again after 100 missed runs`,
          { hint: 'add startingDeadlineSeconds' },
        );
      for (const field of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
        const limit = numberAt(manifest, 'spec', field);
        if (limit !== undefined && limit > 20)
          report(
            'operations/history-limit',
            manifest,
            `/spec/${field}`,
            `CronJob "${name}" keeps ${limit} finished Jobs`,
            { hint: 'a handful is enough' },
          );
      }
    }
    const history = numberAt(manifest, 'spec', 'revisionHistoryLimit');
    if (kind === 'Deployment' && history === 0)
      report(
        'operations/history-limit',
        manifest,
        '/spec/revisionHistoryLimit',
        `Deployment "${name}" keeps no revision to roll back to`,
        { hint: 'set revisionHistoryLimit: 3' },
      );
    if (kind === 'Deployment' && history !== undefined && history > 20)
      report(
        'operations/history-limit',
        manifest,
        '/spec/revisionHistoryLimit',
        `Deployment "${name}" keeps ${history} revisions`,
        { hint: 'a handful is enough' },
      );
    if (
      kind === 'Deployment' &&
      textAt(manifest, 'spec', 'strategy', 'type') === 'Recreate' &&
      // Whoever must not run twice is down between the two, and says why.
      textAt(manifest, 'metadata', 'annotations', 'fairlead.dev/singleton') === undefined &&
      (set.environment?.minimumReplicas ?? 2) > 1
    )
      report(
        'operations/recreate',
        manifest,
        '/spec/strategy/type',
        `Deployment "${name}" is down during every roll-out`,
        {
          hint: 'use RollingUpdate, or waive it with a reason',
          severity: set.environment === undefined ? 'info' : undefined,
        },
      );
  }
};
