import { didYouMean } from '@fairlead/diagnostics';
import type { Cluster, Inventory } from '@fairlead/inventory';
import type { Scope } from './dist.ts';
import { UsageError } from './io.ts';

/** The part of the fleet that `--cluster` and `--app` name. */
export function selectScope(
  { cluster, app }: { readonly cluster?: readonly string[] | undefined; readonly app?: readonly string[] | undefined },
  { clusterFiles }: Inventory,
  apps: readonly string[],
): Scope {
  // A cluster that could not be resolved is known too; the diagnostics say what is wrong with its file or its environment.
  for (const name of cluster ?? []) requireName('cluster', name, clusterFiles);
  for (const name of app ?? []) requireName('app', name, apps);
  return { clusters: cluster, apps: app };
}

/**
 * The cluster of a name.
 *
 * @throws UsageError with the nearest name if there is none, or if its file or its environment is at fault
 */
export function requireCluster({ clusters, clusterFiles }: Inventory, name: string): Cluster {
  const found = clusters.find((each) => each.name === name);
  if (found) return found;
  requireName('cluster', name, clusterFiles);
  throw new UsageError(
    `cluster "${name}" cannot be resolved: its file or its environment has errors`,
    `fairlead explain ${name} shows them`,
  );
}

/**
 * Checks a name against those that there are.
 *
 * @throws UsageError with the nearest name if it is none of them
 */
export function requireName(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw unknownName(what, name, known);
}

function unknownName(what: string, name: string, known: readonly string[]): UsageError {
  return new UsageError(`there is no ${what} "${name}"`, didYouMean(name, known));
}
