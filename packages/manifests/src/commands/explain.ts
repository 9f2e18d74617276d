import { suggest } from '@fairlead/diagnostics';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { printDiagnostics } from '../print.ts';
import { readInventory } from '../render-fleet.ts';
import { requireName } from '../select.ts';
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
  requireName('cluster', cluster, inventory.clusterFiles);
  if (!inventory.clusters.some(({ name }) => name === cluster)) {
    const file = `clusters/${cluster}.yaml`;
    const faults = inventory.diagnostics.filter(
      (each) => each.severity === 'error' && (each.file === file || each.file?.startsWith('environments/')),
    );
    printDiagnostics(root, faults, io);
    return 1;
  }
  const all = `fairlead explain ${cluster} lists every value`;
  const nearest = suggest(path ?? '', knownPaths(inventory.explain(cluster) ?? ''));
  throw new UsageError(
    `cluster "${cluster}" has nothing at "${path ?? ''}"`,
    nearest === undefined ? all : `did you mean ${nearest}? ${all}`,
  );
}

/** Every dotted path that leads to a value, from the lines that explain all of them. */
function knownPaths(lines: string): string[] {
  const leaves = lines.split('\n').map((line) => line.slice(0, line.indexOf(' ')));
  return [
    ...new Set(leaves.flatMap((leaf) => [...leaf.matchAll(/\.|\[|$/g)].map(({ index }) => leaf.slice(0, index)))),
  ];
}
