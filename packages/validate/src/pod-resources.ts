import { at } from './json.ts';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { Container, Workload } from './workload.ts';

/** What one pod asks for of a resource; init containers run one after another, sidecars beside all others. */
export function podResource(
  workload: Workload,
  kind: 'requests' | 'limits',
  name: string,
  defaults?: (container: Container) => number | undefined,
): number {
  let running = 0;
  let highest = 0;
  for (const container of workload.containers) {
    const value = containerResource(container, kind, name) ?? defaults?.(container) ?? 0;
    if (container.role === 'init') highest = Math.max(highest, running + value);
    else running += value;
  }
  return Math.max(running, highest) + (quantityNumber(at(workload.spec, 'overhead', name)) ?? 0);
}

/** A stated request or limit of a container; a request that is not stated is its limit. */
export function containerResource(container: Container, kind: 'requests' | 'limits', name: string): number | undefined {
  const stated = quantityNumber(at(container.spec, 'resources', kind, name));
  return stated ?? (kind === 'requests' ? quantityNumber(at(container.spec, 'resources', 'limits', name)) : undefined);
}

/** A number of a base unit as people write it: `1.5 Gi`, `250m`. */
export function formatResource(name: string, value: number): string {
  if (name.endsWith('cpu'))
    return value >= 1 && Number.isInteger(Math.round(value * 1000) / 1000)
      ? `${Math.round(value)}`
      : `${Math.round(value * 1000)}m`;
  for (const [unit, size] of [
    ['Gi', 2 ** 30],
    ['Mi', 2 ** 20],
    ['Ki', 2 ** 10],
  ] as const)
    if (value >= size && /memory|storage/.test(name)) return `${Math.round((value / size) * 100) / 100}${unit}`;
  return `${value}`;
}
