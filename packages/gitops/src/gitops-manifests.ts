import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import type { PlacedManifest, Placement } from '@fairlead/render';
import { fileName } from '@fairlead/render';
import { argocdManifests } from './argocd.ts';
import { fluxManifests } from './flux.ts';

/** Folder below a cluster's that holds the objects of its delivery engine. */
export const deliveryFolder = { argocd: 'argocd', flux: 'flux-system' } as const satisfies Record<
  Cluster['delivery']['engine'],
  string
>;

/** What the cluster's delivery engine needs to apply the placements from git, each in a file of its own. */
export function gitopsManifests(cluster: Cluster, placements: readonly Placement[]): PlacedManifest[] {
  if (placements.length === 0) return [];
  const { engine, namespace } = cluster.delivery;
  const folder = deliveryFolder[engine];
  const manifests: readonly Manifest[] =
    engine === 'argocd' ? argocdManifests(cluster, placements) : fluxManifests(cluster, placements);
  return manifests.map((manifest) => ({
    manifest,
    path: `${cluster.name}/${folder}/${fileName(manifest, namespace)}`,
    origin: { app: folder, file: `clusters/${cluster.name}.yaml` },
  }));
}
