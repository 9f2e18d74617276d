import type { Claims, Finding, Sides } from '../finding.ts';
import type { ObjectChange } from '../pair.ts';

/** What `spec.replicas` means where an autoscaler decides: the number alone says neither more nor fewer pods. */
export function autoscaled(change: ObjectChange, claims: Claims, sides: Sides): Finding[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const isReplicas = (leaf: { readonly path: string; readonly after?: unknown }) =>
    // At zero an autoscaler stands still: that is a stop.
    leaf.path === 'spec.replicas' && leaf.after !== 0;
  if (!change.leaves.some(isReplicas)) return [];
  const now = sides.after.replicas(after);
  if (!now.autoscaled) return [];
  const old = sides.before.replicas(before);
  const told = ({ min, max }: { readonly min: number; readonly max: number }) =>
    min === max ? String(min) : `${min}–${max}`;
  const leaves = claims.take(isReplicas);
  if (now.min < old.min)
    return [{ code: 'replicas-lowered', change, leaves, words: { from: told(old), to: `${told(now)} (autoscaled)` } }];
  return [{ code: 'replicas-autoscaled', change, leaves, words: { range: told(now) } }];
}
