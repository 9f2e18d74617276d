import { spawn } from 'node:child_process';
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

/**
 * Whether esbuild's own program, without its library around it, compiles a file; it writes the files that the options name, and
 * what was compiled into the metafile. It begins 15 ms sooner, asks nothing back, and does not say what is wrong: that is for {@link esbuild}.
 */
export function runEsbuild(
  root: string,
  options: Esbuild.BuildOptions,
  entry: string,
  metafile: string,
): Promise<boolean> {
  const program = esbuildProgram();
  if (program === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(program, [entry, ...flags(options), `--metafile=${metafile}`], {
      cwd: root,
      stdio: 'ignore',
      windowsHide: true,
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** The program that esbuild's package for this platform holds (https://esbuild.github.io/getting-started/#download-a-build). */
function esbuildProgram(): string | undefined {
  const { platform, arch } = process;
  try {
    return createRequire(createRequire(import.meta.url).resolve('esbuild')).resolve(
      `@esbuild/${platform}-${arch}/${platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild'}`,
    );
  } catch {
    return undefined;
  }
}

/** Options of the library as the program's flags: `sourcesContent: false` is `--sources-content=false`. */
function flags(options: Esbuild.BuildOptions): string[] {
  return Object.entries(options).flatMap(([key, value]) => {
    const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === true) return [flag];
    if (Array.isArray(value)) return value.map((each) => `${flag}:${each}`);
    if (typeof value === 'object')
      return Object.entries(value).map(([name, each]) => `${flag}:${name}=${String(each)}`);
    return [`${flag}=${String(value)}`];
  });
}
