import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import { at, numberAt, textAt } from './json.ts';
import type { ManifestSet } from './manifest-set.ts';
import type { Workload } from './workload.ts';

/** The bounds within which an autoscaler keeps a workload. */
export interface Scaler {
  readonly manifest: Manifest;
  readonly minimum: number;
  readonly maximum: number;
  readonly minimumPointer: string;
}

/** HorizontalPodAutoscalers and ScaledObjects by the workload they scale. */
export function scalersOf(set: ManifestSet): ReadonlyMap<Manifest, readonly Scaler[]> {
  return set.memo(collect);
}

function collect(set: ManifestSet): Map<Manifest, Scaler[]> {
  const found = new Map<Manifest, Scaler[]>();
  const add = (scaler: Scaler, defaultKind: string, defaultVersion: string): void => {
    const reference = at(scaler.manifest, 'spec', 'scaleTargetRef');
    const version = textAt(reference, 'apiVersion') ?? defaultVersion;
    const target = set.get(
      groupOf(version),
      textAt(reference, 'kind') ?? defaultKind,
      set.namespaceOf(scaler.manifest),
      textAt(reference, 'name') ?? '',
    );
    if (target !== undefined) found.set(target, [...(found.get(target) ?? []), scaler]);
  };
  for (const manifest of set.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
    const minimum = numberAt(manifest, 'spec', 'minReplicas') ?? 1;
    add(
      {
        manifest,
        minimum,
        maximum: numberAt(manifest, 'spec', 'maxReplicas') ?? minimum,
        minimumPointer: '/spec/minReplicas',
      },
      'Deployment',
      'apps/v1',
    );
  }
  for (const manifest of set.ofKind('keda.sh', 'ScaledObject')) {
    const minimum = numberAt(manifest, 'spec', 'minReplicaCount') ?? 0;
    add(
      {
        manifest,
        minimum,
        maximum: numberAt(manifest, 'spec', 'maxReplicaCount') ?? 100,
        minimumPointer: '/spec/minReplicaCount',
      },
      'Deployment',
      'apps/v1',
    );
  }
  return found;
}

/** Fewest and most pods that a workload runs with, its autoscaler considered; undefined where the kind has no replicas. */
export function replicasOf(
  set: ManifestSet,
  workload: Workload,
): { readonly minimum: number; readonly maximum: number } | undefined {
  if (workload.replicas === undefined) return undefined;
  const scaler = scalersOf(set).get(workload.manifest)?.[0];
  return scaler === undefined
    ? { minimum: workload.replicas, maximum: workload.replicas }
    : { minimum: scaler.minimum, maximum: scaler.maximum };
}
