import { groupOf, type Manifest } from './manifest.ts';

/**
 * How a kind runs its pods: `replicas` of them, one per node, until their work is `done`, or `one` alone.
 */
export type Running = 'replicas' | 'nodes' | 'done' | 'one';

/** What is known of a kind that carries a full pod template. */
export interface PodTemplateKind {
  /** Keys from the manifest to the template; none where the manifest is its own template. */
  readonly path: readonly string[];
  readonly runs: Running;
  /** The plain name that `kubectl` and people shorten it to, where there is one. */
  readonly short?: string | undefined;
}

const template = ['spec', 'template'] as const;

/**
 * Every kind that makes pods from a template of its own, by `group/Kind`: the one list that verdicts, diff, reachability, Pod Security
 * and capacity read. A kind is listed only where its template is a core `PodTemplateSpec`, taken over as it stands: Knative's Service
 * is not, because its controller adds names, ports, probes and labels that no manifest shows, nor is OpenShift's DeploymentConfig,
 * whose triggers fill in images; kinds with several templates (JobSet, Volcano) have no one path.
 */
export const podTemplates: Readonly<Record<string, PodTemplateKind>> = {
  'apps/Deployment': { path: template, runs: 'replicas', short: 'deploy' },
  'apps/StatefulSet': { path: template, runs: 'replicas', short: 'sts' },
  'apps/DaemonSet': { path: template, runs: 'nodes', short: 'ds' },
  'apps/ReplicaSet': { path: template, runs: 'replicas', short: 'rs' },
  'batch/Job': { path: template, runs: 'done' },
  'batch/CronJob': { path: ['spec', 'jobTemplate', 'spec', 'template'], runs: 'done', short: 'cj' },
  '/ReplicationController': { path: template, runs: 'replicas', short: 'rc' },
  '/Pod': { path: [], runs: 'one', short: 'po' },
  // Served until Kubernetes 1.16, and still in people's files.
  'extensions/Deployment': { path: template, runs: 'replicas' },
  'extensions/DaemonSet': { path: template, runs: 'nodes' },
  'extensions/ReplicaSet': { path: template, runs: 'replicas' },
  // https://keda.sh/docs/latest/reference/scaledjob-spec/
  'keda.sh/ScaledJob': { path: ['spec', 'jobTargetRef', 'template'], runs: 'done', short: 'sj' },
  // https://argo-rollouts.readthedocs.io/en/stable/features/specification/
  'argoproj.io/Rollout': { path: template, runs: 'replicas', short: 'ro' },
  // https://openkruise.io/docs/user-manuals/cloneset
  'apps.kruise.io/CloneSet': { path: template, runs: 'replicas', short: 'clone' },
};

/** {@link podTemplates} by kind, then by group: nearly all manifests are of a kind that is not in it. */
const byKind = new Map<string, Map<string, PodTemplateKind>>();
for (const [key, facts] of Object.entries(podTemplates)) {
  const slash = key.indexOf('/');
  const groups = byKind.get(key.slice(slash + 1)) ?? new Map<string, PodTemplateKind>();
  byKind.set(key.slice(slash + 1), groups.set(key.slice(0, slash), facts));
}

/** What is known of a manifest's kind; undefined where it makes no pods. */
export function podTemplateKind({
  apiVersion,
  kind,
}: Pick<Manifest, 'apiVersion' | 'kind'>): PodTemplateKind | undefined {
  return byKind.get(kind)?.get(groupOf(apiVersion));
}

/** The kinds of {@link podTemplates} without their groups, each once. */
export const podTemplateKinds: readonly string[] = [
  ...new Set(Object.keys(podTemplates).map((key) => key.slice(key.indexOf('/') + 1))),
];
