import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender } from './measure.ts';

/** The repository that holds this benchmark and the program it measures. */
export const home = fileURLToPath(new URL('../../..', import.meta.url));
const program = join(home, 'packages', 'manifests', 'bin', 'fairlead.mjs');

/** Runs something in a new folder, in memory where there is /dev/shm, and removes the folder unless it is to be kept. */
export async function inNewFolder<Result>(keep: boolean, run: (root: string) => Promise<Result>): Promise<Result> {
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'fairlead-bench-'));
  try {
    return await run(root);
  } finally {
    if (!keep) rmSync(root, { recursive: true, force: true });
  }
}

/** One command line of Fairlead in a workspace. */
export function fairlead(
  root: string,
  rounds: number,
  args: readonly string[],
  prepare?: Contender['prepare'],
): Contender {
  return { command: process.execPath, args: [program, ...args], cwd: root, rounds, ...(prepare && { prepare }) };
}

/** A plain Node script of `contenders/`. */
export function script(root: string, rounds: number, name: string, args: readonly string[]): Contender {
  const file = fileURLToPath(new URL(`./contenders/${name}.mjs`, import.meta.url));
  return { command: process.execPath, args: [file, ...args], cwd: root, rounds };
}
