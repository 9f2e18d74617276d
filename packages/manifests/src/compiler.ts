import { accessSync, constants, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Esbuild from 'esbuild';

/** Where a workspace keeps its compiled apps. */
export const compiledApps = (root: string): string => join(root, 'node_modules', '.cache', 'fairlead');

/** A folder, made if need be. One that cannot be written is replaced by a temporary one, private to the process and gone with it. */
export function writable(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    const own = mkdtempSync(join(realpathSync(tmpdir()), 'fairlead-'));
    process.on('exit', () => rmSync(own, { recursive: true, force: true }));
    return own;
  }
}

/** esbuild; required, because import spends 40 ms on finding out what this CommonJS package exports. */
export function esbuild(): typeof Esbuild {
  return createRequire(import.meta.url)('esbuild') as typeof Esbuild;
}
