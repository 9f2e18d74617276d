import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compilingApps } from '../early.ts';
import type { Io } from '../io.ts';
import { findWorkspace } from '../workspace.ts';

/**
 * Prints a digest of the files that apps import from outside their own folders, and of what is wrong with those: what Nx needs to know
 * beside an app's own files. That there are faults is left to the command that renders them.
 */
export async function sharedSources(io: Io): Promise<number> {
  const root = findWorkspace(io.cwd);
  const { shared, faults } = await compilingApps(root);
  const hash = createHash('sha256').update(JSON.stringify(faults));
  for (const file of shared) hash.update(`${file}\0`).update(readFileSync(resolve(root, file)));
  io.stdout(`${hash.digest('hex')}\n`);
  return 0;
}
