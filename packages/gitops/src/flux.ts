import type { IGitRepository } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository';
import type { IKustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization';
import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { managedBy } from '@fairlead/objects';
import type { Placement } from '@fairlead/render';

/** Name of the source and of the root Kustomization. */
const root = 'fairlead';

/**
 * One GitRepository, one Kustomization per placement, and a root Kustomization that keeps these as git says.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function fluxManifests(cluster: Cluster, placements: readonly Placement[]): Manifest[] {
  return [
    repository(cluster),
    kustomization(cluster, root, 'flux-system'),
    ...placements.map(({ app }) => kustomization(cluster, app, app)),
  ];
}

function repository({ delivery }: Cluster): Manifest {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: root, namespace: delivery.namespace, labels: labels() },
    spec: { interval: '1m', ref: { branch: delivery.revision }, timeout: '60s', url: delivery.repository },
  } satisfies IGitRepository & Manifest;
}

function kustomization({ name: cluster, delivery }: Cluster, name: string, folder: string): Manifest {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: delivery.namespace, labels: labels() },
    spec: {
      interval: '10m',
      path: `./dist/clusters/${cluster}/${folder}`,
      prune: true,
      retryInterval: '1m',
      sourceRef: { kind: 'GitRepository', name: root },
      timeout: '5m',
      // Ready means that what was applied works, not that it was accepted. The root would wait for itself.
      wait: name !== root,
    },
  } satisfies IKustomization & Manifest;
}

function labels(): Record<string, string> {
  return { 'app.kubernetes.io/managed-by': managedBy };
}
