import type { Labels, Manifest } from '@fairlead/objects';
import type { IPriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1/PriorityClass';

/** The ladder of priorities: each rung is a PriorityClass of that name, which the platform makes on every cluster. */
export const priorities = {
  critical: {
    value: 1_000_000,
    description: 'The business stands still without it: it may push others off a full cluster.',
  },
  high: { value: 100_000, description: 'Customers notice at once: it goes before everything that can wait.' },
  standard: { value: 0, description: 'What a pod without a class has.' },
  // The Cluster Autoscaler adds no node for pods below -10 (--expendable-pods-priority-cutoff).
  batch: { value: -5, description: 'May wait and gives way; never pushes others off.' },
} as const satisfies Record<string, { readonly value: number; readonly description: string }>;

export type Priority = keyof typeof priorities;

/** The PriorityClasses of the ladder, for the app that sets up clusters. */
export function priorityClasses(labels: Labels): (Manifest & IPriorityClass)[] {
  return Object.entries(priorities).map(([name, { value, description }]) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name, labels },
    value,
    description,
    preemptionPolicy: name === 'batch' ? 'Never' : 'PreemptLowerPriority',
  }));
}
