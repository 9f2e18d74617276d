import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Esbuild from 'esbuild';

/** Where a workspace keeps its compiled apps. */
export const compiledApps = (root: string): string => join(root, 'node_modules', '.cache', 'fairlead');

/** esbuild; required, because import spends 40 ms on finding out what this CommonJS package exports. */
export function esbuild(): typeof Esbuild {
  return createRequire(import.meta.url)('esbuild') as typeof Esbuild;
}

/** Starts esbuild's process where no app was compiled before, so that it is ready when the inventory has been read. */
export function warmCompiler(root: string): void {
  const folder = compiledApps(root);
  if (existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('apps-'))) return;
  // Whatever keeps it from starting is told by the build that needs it.
  esbuild()
    .transform('')
    .catch(() => undefined);
}
