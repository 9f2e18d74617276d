import type { AppGraph } from '@fairlead/app';
import { buildApp } from '@fairlead/app';
import { didYouMean } from '@fairlead/diagnostics';
import type { Io } from './io.ts';
import { UsageError } from './io.ts';
import { compiledApps } from './compiler.ts';
import { loadApps } from './load-apps.ts';
import { printDiagnostics } from './print.ts';
import { readInventory } from './render-fleet.ts';
import { findWorkspace } from './workspace.ts';

/**
 * What an app states on a cluster; undefined after its faults have been printed.
 *
 * @throws UsageError for names that do not exist
 */
export async function placementGraph(app: string, cluster: string, io: Io): Promise<AppGraph | undefined> {
  const root = findWorkspace(io.cwd);
  const { inventory, apps } = readInventory(root);
  if (!apps.includes(app)) throw new UsageError(`there is no app "${app}"`, didYouMean(app, apps));
  const found = inventory.clusters.find(({ name }) => name === cluster);
  if (!found) {
    throw new UsageError(
      `there is no cluster "${cluster}"`,
      didYouMean(
        cluster,
        inventory.clusters.map(({ name }) => name),
      ),
    );
  }
  const loaded = await loadApps(root, [app], compiledApps(root));
  printDiagnostics(root, loaded.diagnostics, io);
  const definition = loaded.apps.get(app);
  return definition && buildApp(definition, found);
}
