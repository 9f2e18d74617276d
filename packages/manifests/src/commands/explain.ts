import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { printDiagnostics } from '../print.ts';
import { readInventory } from '../render-fleet.ts';
import { requireCluster } from '../select.ts';
import { findWorkspace } from '../workspace.ts';

/** Prints each resolved value of a cluster with the file and line, or the default, that set it. */
export async function explain(cluster: string, path: string | undefined, io: Io): Promise<number> {
  const root = findWorkspace(io.cwd);
  const { inventory } = readInventory(root);
  const text = inventory.explain(cluster, path);
  if (text !== undefined) {
    io.stdout(`${text.trimEnd()}\n`);
    return 0;
  }
  const file = `clusters/${cluster}.yaml`;
  const faults = inventory.diagnostics.filter((each) => each.file === file && each.severity === 'error');
  if (faults.length > 0) {
    printDiagnostics(root, faults, io);
    return 1;
  }
  requireCluster(inventory, cluster);
  throw new UsageError(
    `cluster "${cluster}" has nothing at "${path ?? ''}"`,
    `fairlead explain ${cluster} lists every value`,
  );
}
