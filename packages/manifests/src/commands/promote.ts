import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '@fairlead/diagnostics';
import { parseReleases } from '@fairlead/inventory';
import { isMap, parseDocument } from 'yaml';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { printDiagnostics } from '../print.ts';
import { readInventory } from '../render-fleet.ts';
import { requireName } from '../select.ts';
import { findWorkspace } from '../workspace.ts';

export interface PromoteOptions {
  readonly from: string;
  readonly to: string;
  /** Only these images; absent: all that the source environment runs. */
  readonly image?: readonly string[] | undefined;
}

/** Copies the versions and digests of one environment's row to another's in apps/<app>/releases.yaml; nothing else in the file changes. */
export async function promote(app: string, { from, to, image }: PromoteOptions, io: Io): Promise<number> {
  const root = findWorkspace(io.cwd);
  const { inventory, apps } = readInventory(root);
  requireName('app', app, apps);
  const names = inventory.environments.map(({ name }) => name);
  for (const name of [from, to]) requireName('environment', name, names);
  const file = `apps/${app}/releases.yaml`;
  if (!existsSync(join(root, file))) {
    throw new UsageError(
      `app "${app}" has no ${file}, so there are no versions to copy`,
      'write images: { <name>: { repository: …, <environment>: { version: …, digest: … } } } into it',
    );
  }
  const before = readFileSync(join(root, file), 'utf8');
  const { value, diagnostics } = parseReleases(file, before, inventory.environments);
  if (!value) {
    printDiagnostics(root, diagnostics, io);
    return 1;
  }
  const known = [...value.images.keys()];
  for (const name of image ?? []) {
    if (!known.includes(name)) throw new UsageError(`${file} has no image "${name}"`, didYouMean(name, known));
  }
  const document = parseDocument(before);
  const copied: string[] = [];
  for (const name of image ?? known) {
    const row = document.getIn(['images', name, from], true);
    if (!isMap(row)) continue;
    const clone = row.clone();
    if (String(clone) === String(document.getIn(['images', name, to], true))) continue;
    document.setIn(['images', name, to], clone);
    copied.push(name);
  }
  const after = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  const checked = parseReleases(file, after, inventory.environments);
  const faults = checked.diagnostics.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) {
    // The lines of these faults are those of the file as it would become.
    printDiagnostics(
      root,
      faults.map(({ line: _, column: __, ...rest }) => rest),
      io,
    );
    return 1;
  }
  if (copied.length > 0) writeFileSync(join(root, file), after);
  io.stdout(
    copied.length === 0
      ? `${file}: ${to} already runs what ${from} runs\n`
      : `${file}: ${copied.join(', ')} from ${from} to ${to}\nrun: npx nx run manifests:synth\n`,
  );
  return 0;
}
