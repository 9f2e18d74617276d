import { didYouMean } from '@fairlead/diagnostics';
import type { Cluster, Inventory } from '@fairlead/inventory';
import type { Scope } from './dist.ts';
import { UsageError } from './io.ts';

/** The part of the fleet that `--cluster` and `--app` name. */
export function selectScope(
  { cluster, app }: { readonly cluster?: readonly string[] | undefined; readonly app?: readonly string[] | undefined },
  { clusters, diagnostics }: Inventory,
  apps: readonly string[],
): Scope {
  // A cluster with a fault in its file is known too; its diagnostics say what is wrong with it.
  const faulty = diagnostics.flatMap(({ file }) => /^clusters\/(.+)\.ya?ml$/.exec(file ?? '')?.[1] ?? []);
  const known = [...new Set([...clusters.map(({ name }) => name), ...faulty])].sort();
  for (const name of cluster ?? []) requireName('cluster', name, known);
  for (const name of app ?? []) requireName('app', name, apps);
  return { clusters: cluster, apps: app };
}

/**
 * The cluster of a name.
 *
 * @throws UsageError with the nearest name if there is none
 */
export function requireCluster({ clusters }: Inventory, name: string): Cluster {
  const found = clusters.find((each) => each.name === name);
  if (found) return found;
  throw unknownName(
    'cluster',
    name,
    clusters.map((each) => each.name),
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
