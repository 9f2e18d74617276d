import type { Io } from '../io.ts';
import { printDiagnostics } from '../print.ts';
import { readInventory } from '../render-fleet.ts';
import { table } from '../table.ts';
import { findWorkspace } from '../workspace.ts';

/** Lists the clusters with what runs on them. */
export async function list({ json }: { readonly json?: boolean | undefined }, io: Io): Promise<number> {
  const root = findWorkspace(io.cwd);
  const { inventory } = readInventory(root);
  const rows = inventory.clusters.map(({ name, provider, region, kubernetes, environment, delivery, apps }) => ({
    cluster: name,
    environment: environment.name,
    provider,
    region,
    kubernetes,
    delivery: delivery.engine,
    apps: apps.map((app) => app.name),
  }));
  const errors = inventory.diagnostics.filter(({ severity }) => severity === 'error');
  if (json) io.stdout(`${JSON.stringify({ version: 1, clusters: rows, diagnostics: errors }, undefined, 2)}\n`);
  else {
    printDiagnostics(root, errors, io);
    io.stdout(table(rows.map((row) => ({ ...row, apps: row.apps.join(', ') }))));
  }
  return errors.length > 0 ? 1 : 0;
}
