import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type * as Esbuild from 'esbuild';

const folders: string[] = [];

/** A new folder for the compiled apps of a workspace, gone with the process: below node_modules or, where that cannot be written, a temporary one. */
export function ownFolder(root: string): string {
  if (folders.length === 0) process.once('exit', () => folders.forEach((folder) => remove(folder)));
  const cache = join(root, 'node_modules', '.cache', 'fairlead');
  let folder: string;
  try {
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(realpathSync(cache), 'apps-'));
    removeLeftOver(dirname(folder));
  } catch {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'apps-'));
  }
  folders.push(folder);
  return folder;
}

/** Removes what killed processes have left. */
function removeLeftOver(cache: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const state = name.startsWith('apps-') ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (state && Date.now() - state.mtimeMs > 3_600_000) remove(path);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It is in nobody's way.
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
    const end = (): void => void child.kill();
    process.once('exit', end); // nobody would read what it compiles
    const done = (succeeded: boolean): void => {
      process.off('exit', end);
      resolve(succeeded);
    };
    child.once('error', () => done(false));
    child.once('exit', (code) => done(code === 0));
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
