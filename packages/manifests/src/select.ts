import { didYouMean } from '@fairlead/diagnostics';
import type { Inventory } from '@fairlead/inventory';
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
  check('cluster', cluster, [...new Set([...clusters.map(({ name }) => name), ...faulty])].sort());
  check('app', app, apps);
  return { clusters: cluster, apps: app };
}

function check(what: string, names: readonly string[] | undefined, known: readonly string[]): void {
  for (const name of names ?? []) {
    if (!known.includes(name)) throw new UsageError(`there is no ${what} "${name}"`, didYouMean(name, known));
  }
}
