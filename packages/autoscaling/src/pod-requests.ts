import type { ContainerResources } from './intent.ts';
import { quantityNumber } from '@fairlead/objects/quantity';

export interface Requests {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** What the scheduler reserves for a pod: the sum of its containers, or its largest init container if that is more. */
export function podRequests(resources: readonly ContainerResources[]): Requests {
  return { cpu: effective(resources, 'cpu'), memory: effective(resources, 'memory') };
}

function effective(resources: readonly ContainerResources[], name: 'cpu' | 'memory'): number {
  let sum = 0;
  let largestInit = 0;
  for (const { requests, limits, init } of resources) {
    // The API server sets a missing request to the limit.
    const value = quantityNumber(requests?.[name] ?? limits?.[name] ?? 0) ?? 0;
    if (init === true) largestInit = Math.max(largestInit, value);
    else sum += value;
  }
  return Math.max(sum, largestInit);
}
