import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import type { ClusterRendering } from '../render-fleet.ts';
import { readInventory, renderFleet } from '../render-fleet.ts';
import { startCrew } from '../threads.ts';
import { compilingApps } from '../early.ts';
import { findWorkspace } from '../workspace.ts';

/**
 * Renders and judges one cluster into `<out>/<cluster>.json`, for `synth --rendered`: the cached task of Nx.
 * Faults of the sources are part of what it leaves, so that they are told once and together.
 */
export async function render(cluster: string, options: { readonly out: string }, io: Io): Promise<number> {
  const root = findWorkspace(io.cwd);
  const { inventory } = readInventory(root, cluster);
  const { clusters, environments, diagnostics } = inventory;
  // A file with faults gives no cluster; `synth` tells them.
  if (clusters.length === 0 && diagnostics.length === 0)
    throw new UsageError(`there is no cluster "${cluster}"`, 'fairlead list names the clusters');
  const input = { root, clusters, environments, shown: 'dist/clusters' };
  const [rendering] = await renderFleet(input, compilingApps(root), startCrew('render', clusters.length));
  const folder = resolve(io.cwd, options.out);
  mkdirSync(folder, { recursive: true });
  const empty: ClusterRendering = { cluster, files: [], sums: [], diagnostics: [], usedWaivers: [] };
  writeFileSync(join(folder, `${cluster}.json`), JSON.stringify(rendering ?? empty));
  return 0;
}

/** What {@link render} has left for a cluster. */
export function readRendering(folder: string, cluster: string): ClusterRendering {
  try {
    return JSON.parse(readFileSync(join(folder, `${cluster}.json`), 'utf8')) as ClusterRendering;
  } catch {
    throw new UsageError(
      `cluster "${cluster}" has not been rendered into ${folder}`,
      `run: fairlead render ${cluster} --out ${folder}`,
    );
  }
}
