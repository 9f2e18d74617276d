import type { Leaf } from '../compare.ts';
import type { Claims, Finding, Sides } from '../finding.ts';
import { quantity } from '../meaning.ts';
import type { ObjectChange } from '../pair.ts';
import { dig, isWorkload, kindOf, text } from '../workloads.ts';

const inTemplate = (leaf: Leaf): boolean => leaf.path.startsWith('spec.template.');
const inJobTarget = (leaf: Leaf): boolean => leaf.path.startsWith('spec.jobTargetRef.');

/** What a changed pod template does to running pods: how many restart, how, and what keeps the workload available meanwhile. */
export function restarts(change: ObjectChange, claims: Claims, sides: Sides): Finding[] {
  const { before, after } = change;
  if (change.change !== 'modified' || before === undefined || after === undefined || !isWorkload(after)) return [];
  const kind = kindOf(after);
  const quiet = (leaves: readonly Leaf[], why: string): Finding[] =>
    leaves.length === 0 ? [] : [{ code: 'nothing-restarts-yet', change, leaves, words: { why } }];
  if (kind === 'batch/CronJob')
    return quiet(
      claims.take((leaf) => leaf.path.startsWith('spec.jobTemplate.')),
      'restarts: the next run has the new one',
    );
  if (kind === 'keda.sh/ScaledJob') {
    // KEDA's default ends the jobs at work whenever the template changes; `gradual` leaves them.
    if (text(dig(after.manifest, 'spec', 'rollout', 'strategy')) === 'gradual')
      return quiet(claims.take(inJobTarget), 'restarts: jobs started later have the new one');
    const leaves = claims.take(inJobTarget);
    return leaves.length === 0 ? [] : [{ code: 'running-jobs-end', change, leaves }];
  }
  if (kind === '/Pod') {
    const leaves = claims.take((leaf) => /\.image$/.test(leaf.path));
    return leaves.length === 0
      ? []
      : [
          {
            code: 'pods-restart',
            change,
            leaves,
            pods: 1,
            words: { how: 'in place: the container stops and starts with the new image' },
          },
        ];
  }
  const touched = change.leaves.some(inTemplate);
  if (kind === 'batch/Job') return [];
  if (kind === 'apps/ReplicaSet' || kind === '/ReplicationController')
    return quiet(claims.take(inTemplate), 'restarts: only pods created later have the new one');
  if (!touched) return [];
  const { manifest } = after;
  const strategy =
    text(dig(manifest, 'spec', 'updateStrategy', 'type')) ??
    text(dig(manifest, 'spec', 'strategy', 'type')) ??
    'RollingUpdate';
  if (strategy === 'OnDelete') return quiet(claims.take(inTemplate), 'restarts until somebody deletes it (OnDelete)');
  if (dig(manifest, 'spec', 'paused') === true)
    return quiet(claims.take(inTemplate), 'restarts while the Deployment is paused');
  const { min, max } = sides.after.replicas(after);
  // Restarted are the pods that run now, before the change.
  const running = sides.before.replicas(before);
  if (running.max === 0) return quiet(claims.take(inTemplate), 'restarts: none is running');
  const leaves = claims.take(inTemplate);
  const pods = Math.max(running.min, 0);
  return [
    {
      code: 'pods-restart',
      change,
      leaves,
      pods,
      words: {
        how: howRestarted(
          after.manifest.kind,
          strategy,
          manifest,
          Math.max(1, Math.min(min, max)),
          sides.after.budgets(after).length > 0,
        ),
      },
    },
  ];
}

/** How the restart goes, in words that are equal for workloads that restart alike. */
function howRestarted(kind: string, strategy: string, manifest: unknown, replicas: number, budgeted: boolean): string {
  if (strategy === 'Recreate') return 'all at once (Recreate): the workload is away until the new ones are ready';
  const budget = budgeted
    ? '; a PodDisruptionBudget guards it against node drains meanwhile'
    : '; no PodDisruptionBudget guards it against node drains meanwhile';
  if (kind === 'DaemonSet') {
    const surge = bound(dig(manifest, 'spec', 'updateStrategy', 'rollingUpdate', 'maxSurge'), 1, true);
    return surge > 0 ? 'node by node, the new one first' : 'node by node: each node is without its pod for a moment';
  }
  if (kind === 'StatefulSet') {
    const partition = dig(manifest, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
    if (typeof partition === 'number' && partition > 0)
      return `one after the other down to ordinal ${partition}; those below keep the old template`;
    return replicas === 1 ? 'and the only one is away until it is back' : `one after the other${budget}`;
  }
  const surge = bound(dig(manifest, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%', replicas, true);
  const away = bound(dig(manifest, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%', replicas, false);
  if (away >= replicas) return 'and may all be away at once (maxUnavailable)';
  if (away === 0 && surge > 0) return `rolling, new ones first: it stays fully available${budget}`;
  if (surge > 0) return `rolling: it stays available with at most ${share(manifest)} away${budget}`;
  return `rolling without surge: it runs with fewer pods meanwhile${budget}`;
}

function share(manifest: unknown): string {
  return String(dig(manifest, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%');
}

function bound(value: unknown, replicas: number, up: boolean): number {
  if (typeof value === 'string' && value.endsWith('%')) {
    const part = (Number.parseFloat(value) / 100) * replicas;
    return up ? Math.ceil(part) : Math.floor(part);
  }
  return quantity(value) ?? 0;
}
