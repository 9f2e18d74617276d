import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { groupOf, managedBy } from '@fairlead/objects';
import type { Placement } from '@fairlead/render';
import { foundations } from './foundations.ts';

/** Name of the project and of the root Application. */
const root = 'fairlead';

/** The cluster that Argo CD itself runs in. */
const server = 'https://kubernetes.default.svc';

/**
 * One AppProject that admits what the placements hold and nothing else, one Application per placement, and a root Application
 * that keeps these as git says.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 */
export function argocdManifests(cluster: Cluster, placements: readonly Placement[]): Manifest[] {
  const first = foundations(placements);
  return [
    project(cluster, placements),
    application(cluster, root, 'argocd', cluster.delivery.namespace),
    ...placements.map((placement) =>
      application(cluster, placement.app, placement.app, homeOf(placement, cluster), first.includes(placement.app)),
    ),
  ];
}

function project({ delivery }: Cluster, placements: readonly Placement[]): Manifest {
  const clusterScoped = new Map<string, { group: string; kind: string }>();
  const namespaces = new Set<string>([delivery.namespace]);
  for (const { manifests } of placements) {
    for (const { manifest } of manifests) {
      const { kind, apiVersion, metadata } = manifest;
      const group = groupOf(apiVersion);
      if (metadata.namespace === undefined) clusterScoped.set(`${group}/${kind}`, { group, kind });
      else namespaces.add(metadata.namespace);
    }
  }
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: root, namespace: delivery.namespace, labels: labels() },
    spec: {
      clusterResourceWhitelist: [...clusterScoped.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, each]) => each),
      description: 'What Fairlead renders for this cluster',
      destinations: [...namespaces].sort().map((namespace) => ({ namespace, server })),
      sourceRepos: [delivery.repository],
    },
  } satisfies IAppProject & Manifest;
}

function application(
  { name: cluster, delivery }: Cluster,
  name: string,
  folder: string,
  namespace: string,
  first = false,
): Manifest {
  const isRoot = name === root;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: delivery.namespace,
      labels: labels(),
      annotations: {
        'argocd.argoproj.io/manifest-generate-paths': '.',
        // The root begins with what the others refer to; what comes too early all the same is retried.
        ...(first && { 'argocd.argoproj.io/sync-wave': '-1' }),
      },
      // An app that leaves git leaves the cluster too; the root only ever goes by hand, and must not take everything with it.
      ...(!isRoot && { finalizers: ['resources-finalizer.argocd.argoproj.io'] }),
    },
    spec: {
      destination: { namespace, server },
      project: root,
      source: {
        // Stated, so that a file of another tool in the folder cannot switch the renderer. Argo CD drops fields that hold their
        // default (`recurse: false`) when it writes an Application, and would then find the root's own Application changed.
        directory: { include: '*.yaml' },
        path: `dist/clusters/${cluster}/${folder}`,
        repoURL: delivery.repository,
        targetRevision: delivery.revision,
      },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, limit: 5 },
        // Hooks run all the same: gitops-engine never leaves them out (filterOutOfSyncTasks in its sync_context.go).
        syncOptions: ['ApplyOutOfSyncOnly=true', 'PruneLast=true', 'ServerSideApply=true'],
      },
    },
  } satisfies IApplication & Manifest;
}

/** The namespace of most of a placement's objects: what Argo CD shows as its destination; its own where none has one. */
function homeOf({ manifests }: Placement, { delivery }: Cluster): string {
  const counts = new Map<string, number>();
  for (const { manifest } of manifests) {
    const { namespace } = manifest.metadata;
    if (namespace !== undefined) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  return [...counts.entries()].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? delivery.namespace;
}

function labels(): Record<string, string> {
  return { 'app.kubernetes.io/managed-by': managedBy };
}
