import type { NodePool } from '@fairlead/inventory';
import { quantityNumber } from '@fairlead/objects/quantity';
import { at, entries, list, text } from './json.ts';
import type { PodDemand } from './pod-demand.ts';

/** The kubelet's own limit of pods, which is what holds where nothing is requested. */
const mostPods = 110;

/**
 * How many pods of a kind one empty node of a pool holds; 0 where they do not fit, undefined where they do not run there at all: another
 * architecture, a label that they ask for or avoid, a taint that they do not tolerate. Labels that the cluster file does not state
 * are taken to be there.
 */
export function podsPerNode(pod: unknown, demand: PodDemand, pool: NodePool): number | undefined {
  if (!mayRun(pod, pool)) return undefined;
  let fit = mostPods;
  const bound = (has: number, wants: number): void => {
    if (wants > 0) fit = Math.min(fit, Math.floor(has / wants));
  };
  bound(quantityNumber(pool.cpu) ?? 0, demand.requests.cpu);
  bound(quantityNumber(pool.memory) ?? 0, demand.requests.memory);
  for (const [name, count] of Object.entries(demand.devices)) bound(Number(pool.resources?.[name] ?? 0), count);
  return fit;
}

function mayRun(pod: unknown, pool: NodePool): boolean {
  const tolerations = list(at(pod, 'tolerations'));
  if (
    pool.taints.some((taint) => taint.effect !== 'PreferNoSchedule' && !tolerations.some((each) => covers(each, taint)))
  )
    return false;
  if (entries(at(pod, 'nodeSelector')).some(([key, value]) => !matches(pool, key, 'In', [value]))) return false;
  const terms = list(
    at(pod, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'),
  );
  return (
    terms.length === 0 ||
    terms.some((term) =>
      list(at(term, 'matchExpressions')).every((each) =>
        matches(pool, text(at(each, 'key')) ?? '', text(at(each, 'operator')) ?? '', list(at(each, 'values'))),
      ),
    )
  );
}

function covers(toleration: unknown, taint: NodePool['taints'][number]): boolean {
  const [key, effect] = [text(at(toleration, 'key')), text(at(toleration, 'effect'))];
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key !== undefined && key !== taint.key) return false;
  if (text(at(toleration, 'operator')) === 'Exists') return true;
  return key !== undefined && (text(at(toleration, 'value')) ?? '') === (taint.value ?? '');
}

/** Labels by which clouds and Karpenter tell the nodes of a pool, or spot nodes, from others. */
const poolLabels =
  /^(karpenter\.sh\/nodepool|eks\.amazonaws\.com\/nodegroup|cloud\.google\.com\/gke-nodepool|kubernetes\.azure\.com\/agentpool|cloud\.google\.com\/compute-class)$/;
const capacityLabels =
  /^(karpenter\.sh\/capacity-type|eks\.amazonaws\.com\/capacityType|cloud\.google\.com\/gke-spot|kubernetes\.azure\.com\/(scalesetpriority|priority))$/;
const spotValues = /^(spot|SPOT|true)$/;

function matches(pool: NodePool, key: string, operator: string, values: readonly unknown[]): boolean {
  const value = key === 'kubernetes.io/arch' ? pool.architecture : poolLabels.test(key) ? pool.name : pool.labels[key];
  if (value === undefined && capacityLabels.test(key)) {
    const asks = values.some((each) => spotValues.test(String(each)));
    return operator === 'In' ? pool.spot === asks : operator === 'NotIn' ? pool.spot !== asks : true;
  }
  if (value === undefined) return true;
  switch (operator) {
    case 'In':
      return values.includes(value);
    case 'NotIn':
      return !values.includes(value);
    case 'DoesNotExist':
      return false;
    default:
      return true;
  }
}
