import { join } from 'node:path';
import type { AppDefinition, ImageResolver } from '@fairlead/app';
import { AppBuildError } from '@fairlead/app';
import type { Diagnostic } from '@fairlead/diagnostics';
import type { Cluster, Environment, Inventory } from '@fairlead/inventory';
import { loadInventory } from '@fairlead/inventory';
import type { Placement, PlacedManifest } from '@fairlead/render';
import { fileText, renderPlacement } from '@fairlead/render';
import { gitopsManifests } from '@fairlead/gitops';
import { appFailure, loadApps } from './load-apps.ts';
import { releasesOf } from './releases.ts';
import type { Scope } from './dist.ts';
import { appNames, readYamlFiles, repositoryUrl } from './workspace.ts';

/** The inventory of a workspace as its files say it. */
export function readInventory(root: string): { inventory: Inventory; apps: readonly string[] } {
  const apps = appNames(root);
  const inventory = loadInventory({
    clusters: readYamlFiles(root, 'clusters'),
    environments: readYamlFiles(root, 'environments'),
    repository: repositoryUrl(root),
    knownApps: apps,
    today: new Date().toISOString().slice(0, 10),
  });
  return { inventory, apps };
}

/** One cluster, rendered: all its placements and its delivery objects. */
export interface RenderedCluster {
  readonly cluster: Cluster;
  readonly manifests: readonly PlacedManifest[];
  /** Text by path below the output folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** Loads the apps that the clusters place, and renders cluster by cluster; `each` sees a cluster while its manifests are at hand. */
export async function renderFleet(
  root: string,
  clusters: readonly Cluster[],
  environments: readonly Environment[],
  scope: Scope,
  each: (rendered: RenderedCluster) => readonly Diagnostic[],
  progress: (done: number, all: number) => void,
): Promise<{ files: Map<string, string>; diagnostics: Diagnostic[]; manifests: number }> {
  const placed = [...new Set(clusters.flatMap(({ apps }) => apps.map(({ name }) => name)))].sort();
  const known = new Set(appNames(root));
  const { apps, diagnostics: loading } = await loadApps(
    root,
    placed.filter((name) => known.has(name)),
    join(root, 'node_modules', '.cache', 'fairlead'),
  );
  const files = new Map<string, string>();
  const diagnostics: Diagnostic[] = [...loading];
  const images = releasesOf(root, environments);
  let manifests = 0;
  for (const [index, cluster] of clusters.entries()) {
    progress(index, clusters.length);
    const rendered = renderCluster(root, cluster, apps, (app) => images(app, cluster.environment), scope, diagnostics);
    for (const [path, text] of rendered.files) files.set(path, text);
    manifests += rendered.manifests.length;
    diagnostics.push(...each(rendered));
  }
  progress(clusters.length, clusters.length);
  diagnostics.push(...images.diagnostics());
  return { files, diagnostics, manifests };
}

function renderCluster(
  root: string,
  cluster: Cluster,
  apps: ReadonlyMap<string, AppDefinition>,
  images: (app: string) => ImageResolver,
  scope: Scope,
  diagnostics: Diagnostic[],
): RenderedCluster {
  const manifests: PlacedManifest[] = [];
  const placements: Placement[] = [];
  for (const { name } of cluster.apps) {
    const definition = apps.get(name);
    if (!definition) continue; // loading it, or looking for it, has already been reported
    try {
      const placement = renderPlacement(definition, cluster, images(name));
      diagnostics.push(...placement.diagnostics);
      placements.push(placement);
    } catch (error) {
      if (!(error instanceof AppBuildError)) throw error;
      diagnostics.push(appFailure(root, name, error.cause, cluster.name));
    }
  }
  for (const placement of placements) {
    if (scope.apps && !scope.apps.includes(placement.app)) continue;
    for (const manifest of placement.manifests) manifests.push(manifest);
  }
  if (!scope.apps) manifests.push(...gitopsManifests(cluster, placements));
  const files = new Map<string, string>();
  for (const { path, manifest, origin } of manifests) files.set(path, fileText(manifest, origin.file));
  return { cluster, manifests, files };
}
