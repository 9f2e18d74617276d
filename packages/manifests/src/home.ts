import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompiledApps } from './compile-apps.ts';

/** What the launcher tells the program. */
export interface Surroundings {
  /** The folder of the program's repository. */
  readonly home: string;
  /** Imports a module by its URL. */
  readonly importModule: (url: string) => Promise<unknown>;
  /** The apps of the workspace that the process was started in, where their compilation has begun: see early.ts. */
  readonly compiling?: Promise<CompiledApps> | undefined;
  /** What starts a helper thread; absent in a helper thread, which starts none. */
  readonly thread?: { readonly entry: string; readonly data: Readonly<Record<string, unknown>> } | undefined;
}

let told: Surroundings | undefined;

/** Says where the program is; called once at the start. */
export function setSurroundings(surroundings: Surroundings): void {
  told = surroundings;
}

/** What the launcher told; when there was none, as in tests, what can be found out, and no threads. */
export function surroundings(): Surroundings {
  told ??= { home: findHome(), importModule: (url) => import(url) };
  return told;
}

/** The folder of the program's repository, in which its schemas lie. */
export function programHome(): string {
  return surroundings().home;
}

/** The folder above this file that holds the schemas. */
function findHome(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'packages', 'schemas', 'registry'))) return folder;
  }
  throw new Error('the folder packages/schemas/registry of the program is missing');
}
