import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import type { Construct } from 'constructs';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';

/** Annotation that names the stage of an object where the engine has no word of its own for it. */
export const stageAnnotation = 'fairlead.dev/stage';

/**
 * In which stage of a delivery each workload starts; a stage begins when all of the one before runs or has run to its end.
 *
 * Stage 0 is everything that waits for nobody, with all configuration, secrets, policies and databases. A Job that goes `before` others
 * is in stage 1, so that it finds all of that, and whoever it goes before is one stage later. A circle is a diagnostic.
 */
export function stagesOf({ workloads, cluster, definition }: AppGraph): {
  readonly stages: ReadonlyMap<string, number>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const stages = new Map<string, number>();
  const before = workloads.map((workload) => ({ name: workload.name, later: followers(workload) }));
  const raise = (name: string, stage: number): boolean => {
    if ((stages.get(name) ?? 0) >= stage) return false;
    stages.set(name, stage);
    return true;
  };
  for (const { name, later } of before) if (later.length > 0) raise(name, 1);
  let changed = true;
  for (let round = 0; changed; round += 1) {
    changed = false;
    for (const { name, later } of before) {
      for (const other of later) {
        if (!raise(other, (stages.get(name) ?? 0) + 1)) continue;
        changed = true;
        if (round <= workloads.length) continue;
        const finding = {
          message: `workload "${name}" of app "${definition.name}" goes before "${other}", and "${other}" before "${name}", directly or through others`,
          hint: 'take one of them out of before: [ … ]',
          clusters: [cluster.name],
        };
        return { stages: new Map(), diagnostics: [diagnostic('app/order-circle', finding)] };
      }
    }
  }
  return { stages, diagnostics: [] };
}

function followers({ kind, options }: WorkloadDeclaration): string[] {
  return kind === 'Job' ? (options.before ?? []).map(({ name }) => name) : [];
}

/** What starts or watches a start: it must not come before its workload, or Argo CD takes it for broken and waits for ever. */
const inOrder = new Set([
  'CronJob',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Job',
  'ScaledJob',
  'ScaledObject',
  'StatefulSet',
  'VerticalPodAutoscaler',
]);

/** Writes on the objects of a scope what the cluster's delivery engine needs to apply them in their stage: all of them, or those that run. */
export function orderObjects(scope: Construct, { delivery }: Cluster, stage: number, only: 'all' | 'running'): void {
  for (const object of scope.node.findAll()) {
    if (!(object instanceof KubernetesObject) || (only === 'running' && !inOrder.has(object.kind))) continue;
    const annotations = {
      ...(object.kind === 'Job' && jobs[delivery.engine]),
      ...(stage > 0 && order[delivery.engine](stage)),
    };
    for (const [key, value] of Object.entries(annotations)) object.metadata.addAnnotation(key, value);
  }
}

type ByEngine<Value> = Readonly<Record<Cluster['delivery']['engine'], Value>>;

/**
 * The template of a Job cannot be changed, so a changed Job is a new one.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ : a hook of the phase Sync takes part in the waves
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#force
 */
const jobs: ByEngine<Readonly<Record<string, string>>> = {
  argocd: { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
  flux: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
};

/** Argo CD has waves; Flux applies a Kustomization at once, so each stage becomes one (`gitops`, which reads the annotation). */
const order: ByEngine<(stage: number) => Readonly<Record<string, string>>> = {
  argocd: (stage) => ({ 'argocd.argoproj.io/sync-wave': String(stage) }),
  flux: (stage) => ({ [stageAnnotation]: String(stage) }),
};
