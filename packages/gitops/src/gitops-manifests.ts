import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import type { PlacedManifest, Placement } from '@fairlead/render';
import { fileName } from '@fairlead/render';
import { argocdManifests } from './argocd.ts';
import { fluxManifests } from './flux.ts';
import { leaveForeignFields } from './foreign-fields.ts';

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
  const byFolder = new Map(placements.map((placement) => [placement.app, placement]));
  const complete = manifests.map((manifest) => {
    const placement = byFolder.get(folderOf(manifest));
    return placement === undefined ? manifest : leaveForeignFields(manifest, placement);
  });
  return complete.map((manifest) => ({
    manifest,
    path: `${cluster.name}/${folder}/${fileName(manifest, namespace)}`,
    origin: { app: folder, file: `clusters/${cluster.name}.yaml` },
  }));
}

/** The last part of the path that an Application or a Kustomization applies: the app; empty for other objects. */
function folderOf({ spec }: Manifest): string {
  if (typeof spec !== 'object' || spec === null) return '';
  const source = 'source' in spec ? spec.source : spec;
  if (typeof source !== 'object' || source === null || !('path' in source)) return '';
  return String(source.path).split('/').at(-1) ?? '';
}
