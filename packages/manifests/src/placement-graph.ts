import type { AppGraph } from '@fairlead/app';
import { buildApp } from '@fairlead/app';
import type { Io } from './io.ts';
import { compilingApps } from './early.ts';
import { loadApps } from './load-apps.ts';
import { printDiagnostics } from './print.ts';
import { faultsOf, readInventory } from './render-fleet.ts';
import { requireCluster, requireName } from './select.ts';
import { UsageError } from './io.ts';
import { findWorkspace } from './workspace.ts';

/**
 * What an app states on a cluster; undefined after its faults have been printed.
 *
 * @throws UsageError for names that do not exist, and for an app that the cluster does not run
 */
export async function placementGraph(app: string, cluster: string, io: Io): Promise<AppGraph | undefined> {
  const root = findWorkspace(io.cwd);
  const { inventory, apps } = readInventory(root);
  requireName('app', app, apps);
  const found = requireCluster(inventory, cluster);
  const placed = found.apps.map(({ name }) => name);
  if (!placed.includes(app)) {
    throw new UsageError(
      `cluster "${cluster}" does not run app "${app}"`,
      `it runs ${placed.join(', ') || 'none'}; add it to apps: of clusters/${cluster}.yaml`,
    );
  }
  const loaded = await loadApps(root, await compilingApps(root), (name) => name === app);
  printDiagnostics(root, faultsOf(loaded, [app]), io);
  const definition = loaded.apps.get(app);
  return definition && buildApp(definition, found);
}
