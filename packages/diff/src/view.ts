import { podTemplateKinds } from '@fairlead/objects';
import type { SourceManifest } from './model.ts';
import { declaredReplicas, dig, kindOf, maps, number, selects, templateOf, text } from './workloads.ts';

/** How many pods a workload runs: with an autoscaler from its lower to its upper bound. */
export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
  readonly autoscaled: boolean;
}

/** One side of a comparison on one cluster, indexed for the questions that rules ask. */
export class View {
  readonly manifests: readonly SourceManifest[];
  private byNamespace: Map<string, SourceManifest[]> | undefined;

  constructor(manifests: readonly SourceManifest[]) {
    this.manifests = manifests;
  }

  /** The objects of a kind in a namespace. */
  of(kind: string, namespace: string | undefined): readonly SourceManifest[] {
    if (this.byNamespace === undefined) {
      this.byNamespace = new Map();
      for (const each of this.manifests) {
        const key = `${each.manifest.kind}|${each.manifest.metadata.namespace ?? ''}`;
        const found = this.byNamespace.get(key);
        if (found === undefined) this.byNamespace.set(key, [each]);
        else found.push(each);
      }
    }
    return this.byNamespace.get(`${kind}|${namespace ?? ''}`) ?? [];
  }

  /** How many pods a workload runs, its HorizontalPodAutoscaler or ScaledObject considered. */
  replicas(workload: SourceManifest): ReplicaRange {
    const { kind, metadata } = workload.manifest;
    for (const { manifest } of this.of('HorizontalPodAutoscaler', metadata.namespace)) {
      if (
        dig(manifest, 'spec', 'scaleTargetRef', 'kind') !== kind ||
        dig(manifest, 'spec', 'scaleTargetRef', 'name') !== metadata.name
      )
        continue;
      const min = number(dig(manifest, 'spec', 'minReplicas')) ?? 1;
      return { min, max: Math.max(min, number(dig(manifest, 'spec', 'maxReplicas')) ?? min), autoscaled: true };
    }
    for (const { manifest } of this.of('ScaledObject', metadata.namespace)) {
      if (
        (text(dig(manifest, 'spec', 'scaleTargetRef', 'kind')) ?? 'Deployment') !== kind ||
        dig(manifest, 'spec', 'scaleTargetRef', 'name') !== metadata.name
      )
        continue;
      const min = number(dig(manifest, 'spec', 'minReplicaCount')) ?? 0;
      return { min, max: Math.max(min, number(dig(manifest, 'spec', 'maxReplicaCount')) ?? 100), autoscaled: true };
    }
    if (kindOf(workload) === 'keda.sh/ScaledJob') {
      const { manifest } = workload;
      const each = number(dig(manifest, 'spec', 'jobTargetRef', 'parallelism')) ?? 1;
      const min = declaredReplicas(workload);
      return {
        min: min * each,
        max: Math.max(min, number(dig(manifest, 'spec', 'maxReplicaCount')) ?? 100) * each,
        autoscaled: true,
      };
    }
    const count = declaredReplicas(workload);
    return { min: count, max: count, autoscaled: false };
  }

  /** The PodDisruptionBudgets that select a workload's pods. */
  budgets(workload: SourceManifest): readonly SourceManifest[] {
    const labels = dig(templateOf(workload), 'metadata', 'labels');
    return this.of('PodDisruptionBudget', workload.manifest.metadata.namespace).filter(({ manifest }) =>
      selects(dig(manifest, 'spec', 'selector'), labels),
    );
  }

  /** The workloads of a namespace that read a ConfigMap or Secret, and how. */
  readers(
    kind: 'ConfigMap' | 'Secret',
    namespace: string | undefined,
    name: string,
  ): { readonly workload: SourceManifest; readonly by: 'environment' | 'volume' | 'subPath' }[] {
    return podTemplateKinds
      .flatMap((each) => this.of(each, namespace))
      .flatMap((workload) => {
        const by = howRead(workload, kind, name);
        return by === undefined ? [] : [{ workload, by }];
      });
  }
}

function howRead(
  workload: SourceManifest,
  kind: 'ConfigMap' | 'Secret',
  name: string,
): 'environment' | 'volume' | 'subPath' | undefined {
  const spec = dig(templateOf(workload), 'spec');
  const [fromRef, keyRef, volumeField, nameField] =
    kind === 'ConfigMap'
      ? ['configMapRef', 'configMapKeyRef', 'configMap', 'name']
      : ['secretRef', 'secretKeyRef', 'secret', 'secretName'];
  const containers = [...maps(dig(spec, 'containers')), ...maps(dig(spec, 'initContainers'))];
  for (const container of containers) {
    if (maps(container['envFrom']).some((each) => dig(each, fromRef, 'name') === name)) return 'environment';
    if (maps(container['env']).some((each) => dig(each, 'valueFrom', keyRef, 'name') === name)) return 'environment';
  }
  const volumes = maps(dig(spec, 'volumes'))
    .filter(
      (each) =>
        dig(each, volumeField, nameField) === name ||
        maps(dig(each, 'projected', 'sources')).some((one) => dig(one, volumeField, 'name') === name),
    )
    .map((each) => each['name']);
  if (volumes.length === 0) return undefined;
  const mounts = containers
    .flatMap((each) => maps(each['volumeMounts']))
    .filter((each) => volumes.includes(each['name']));
  return mounts.some((each) => each['subPath'] !== undefined) ? 'subPath' : 'volume';
}
