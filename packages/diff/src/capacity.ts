import type { Sides } from './finding.ts';
import { quantity } from './meaning.ts';
import type { CapacityChange, SourceManifest } from './model.ts';
import type { ObjectChange } from './pair.ts';
import type { PriceTable } from './prices.ts';
import type { View } from './view.ts';
import { declaredReplicas, dig, isWorkload, kindOf, maps, podRequests, templateOf } from './workloads.ts';

interface Usage {
  cpu: { min: number; max: number };
  memory: { min: number; max: number };
  storage: number;
}

const gib = 1024 ** 3;

/** How requested capacity and its estimated cost change: requests times replicas over every autoscaler's range, and claimed storage. Empty when nothing changes. */
export function capacityChange(
  changes: readonly ObjectChange[],
  sidesOf: (cluster: string | undefined) => Sides,
  prices: PriceTable,
): CapacityChange | Record<string, never> {
  const total: Usage = { cpu: { min: 0, max: 0 }, memory: { min: 0, max: 0 }, storage: 0 };
  const seen = new Set<string>();
  for (const change of changes) {
    const source = change.after ?? change.before;
    if (source === undefined) continue;
    const sides = sidesOf(source.cluster);
    if (kindOf(source) === '/PersistentVolumeClaim') {
      total.storage += claimed(change.after) - claimed(change.before);
      continue;
    }
    for (const [before, after] of workloadsOf(change, sides)) {
      const one = after ?? before;
      if (one === undefined) continue;
      const key = `${one.cluster ?? ''}/${one.manifest.metadata.namespace ?? ''}/${one.manifest.kind}/${one.manifest.metadata.name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      add(total, after, sides.after, 1);
      add(total, before, sides.before, -1);
    }
  }
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  const cpuMillicores = { min: Math.round(total.cpu.min * 1000), max: Math.round(total.cpu.max * 1000) };
  const memoryBytes = { min: Math.round(total.memory.min), max: Math.round(total.memory.max) };
  const storageBytes = Math.round(total.storage);
  if (
    [cpuMillicores.min, cpuMillicores.max, memoryBytes.min, memoryBytes.max, storageBytes].every((each) => each === 0)
  )
    return {};
  const cost = (end: 'min' | 'max') =>
    rounded(
      (cpuMillicores[end] / 1000) * prices.perMonth.vcpu +
        (memoryBytes[end] / gib) * prices.perMonth.gibMemory +
        (storageBytes / gib) * prices.perMonth.gibStorage,
    );
  return {
    cpuMillicores,
    memoryBytes,
    storageBytes,
    costPerMonth: { min: cost('min'), max: cost('max'), currency: prices.currency, estimate: true },
  };
}

/** The workloads whose capacity a change alters: itself, or the target of an autoscaler. */
function workloadsOf(change: ObjectChange, sides: Sides): [SourceManifest | undefined, SourceManifest | undefined][] {
  const source = change.after ?? change.before;
  if (source === undefined) return [];
  if (isWorkload(source)) return [[change.before, change.after]];
  if (source.manifest.kind !== 'HorizontalPodAutoscaler' && source.manifest.kind !== 'ScaledObject') return [];
  const target = dig(source.manifest, 'spec', 'scaleTargetRef');
  const kind = String(dig(target, 'kind') ?? 'Deployment');
  const find = (view: View) =>
    view
      .of(kind, source.manifest.metadata.namespace)
      .find((each) => each.manifest.metadata.name === dig(target, 'name'));
  const before = find(sides.before);
  const after = find(sides.after);
  return before === undefined && after === undefined ? [] : [[before, after]];
}

function add(total: Usage, workload: SourceManifest | undefined, view: View, sign: 1 | -1): void {
  if (workload === undefined || kindOf(workload) === 'batch/CronJob' || kindOf(workload) === 'batch/Job') return;
  const { min, max } = view.replicas(workload);
  const { cpu, memory } = podRequests(templateOf(workload));
  total.cpu.min += sign * cpu * min;
  total.cpu.max += sign * cpu * max;
  total.memory.min += sign * memory * min;
  total.memory.max += sign * memory * max;
  const perPod = maps(dig(workload.manifest, 'spec', 'volumeClaimTemplates')).reduce(
    (sum, each) => sum + (quantity(dig(each, 'spec', 'resources', 'requests', 'storage')) ?? 0),
    0,
  );
  total.storage += sign * perPod * declaredReplicas(workload);
}

function claimed(source: SourceManifest | undefined): number {
  return quantity(dig(source?.manifest, 'spec', 'resources', 'requests', 'storage')) ?? 0;
}
