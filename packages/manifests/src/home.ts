import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let home: string | undefined;

/** Says where the program's repository lies; called once at the start. */
export function setProgramHome(path: string): void {
  home = path;
}

/** The folder of the program's repository, in which its schemas lie. */
export function programHome(): string {
  home ??= findHome();
  return home;
}

/** When the program was not started by its own launcher, as in tests: the folder above this file that holds the schemas. */
function findHome(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'packages', 'schemas', 'registry'))) return folder;
  }
  throw new Error('the folder packages/schemas/registry of the program is missing');
}
