import type { IToleration } from 'kubernetes-models/v1/Toleration';
import type { NodeFamily, Taint } from './scheduling-nodes.ts';
import type { SchedulingContext } from './scheduling.ts';

/** A taint that says no more than that a node is spot, whatever the cluster's owner calls it. */
const spotWord = /spot|preemptible|capacity-?type/i;

/** The tolerations that the intents need: of spot nodes, Arm nodes, devices and the pool that is kept for the workload. */
export function tolerationsOf(
  { cluster, intent, platforms, workload }: SchedulingContext,
  { spotTaint, armTaint, classLabel }: NodeFamily,
): IToleration[] {
  const taints: Taint[] = [];
  if (intent.spot !== undefined) {
    if (spotTaint) taints.push(spotTaint);
    for (const pool of cluster.nodePools) {
      if (pool.spot) taints.push(...pool.taints.filter(({ key }) => spotWord.test(key)));
    }
  }
  const arm = intent.architecture === undefined ? platforms?.includes('arm64') : intent.architecture === 'arm64';
  if (arm && armTaint) taints.push(armTaint);
  for (const pool of cluster.nodePools) if (pool.name === intent.pool) taints.push(...pool.taints);
  const result = taints.map(({ key, value, effect }): IToleration => ({
    key,
    operator: value === undefined ? 'Exists' : 'Equal',
    ...(value !== undefined && { value }),
    effect,
  }));
  // By convention nodes with devices are tainted with the name of the resource; its value differs between clouds.
  for (const key of Object.keys(intent.devices ?? {})) result.push({ key, operator: 'Exists', effect: 'NoSchedule' });
  if (classLabel !== undefined && workload.kind === 'DaemonSet')
    result.push({ key: classLabel, operator: 'Exists', effect: 'NoSchedule' });
  if (result.length < 2) return result;
  const byText = new Map(result.map((each) => [`${each.key}=${each.value ?? ''}:${each.effect}`, each]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** Whether a toleration covers a taint, as the scheduler decides it. */
export function tolerates({ key, operator, value, effect }: IToleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key !== undefined && key !== taint.key) return false;
  return operator === 'Exists' || (key !== undefined && (value ?? '') === (taint.value ?? ''));
}
