import { hash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import type { Crew, Work } from './threads.ts';

/** Rendered text by path below the output folder, such as `eks-production/resource-hub/deployment-resource-hub-api.yaml`. */
export type RenderedFiles = ReadonlyMap<string, string>;

/** First words of every rendered file: how a file shows that it is ours. */
export const headerMark = '# Rendered by Fairlead from ';

/** Name of the file with the digests of its folder, in the format of sha256sum. */
export const sumsFile = 'SHA256SUMS';

/** Why a file on disk is not what was rendered. */
export type Difference = {
  readonly path: string;
  readonly why:
    | 'missing' // the source renders it, the disk has it not
    | 'source-changed' // as it was last written, but the source renders something else now
    | 'file-changed' // somebody edited it since it was last written
    | 'stale'; // nothing renders it any more
};

/** What writing would do to an output folder. */
export interface DistPlan {
  readonly folder: string;
  readonly writes: ReadonlyMap<string, string>;
  readonly deletes: readonly string[];
  readonly unchanged: number;
  readonly differences: readonly Difference[];
  /** Files that are not ours: they stop the run. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Part of the output folder that a run owns: whole clusters, or apps of them. */
export interface Scope {
  readonly clusters?: readonly string[] | undefined;
  readonly apps?: readonly string[] | undefined;
}

/** For each folder of rendered files, the file with their digests, by which later runs tell an edit from a change of the source. */
export function sumsOf(files: Iterable<readonly [path: string, text: string]>): [path: string, text: string][] {
  const byFolder = new Map<string, string[]>();
  for (const [path, text] of files) {
    const folder = folderOf(path);
    const lines = byFolder.get(folder) ?? [];
    byFolder.set(folder, lines);
    lines.push(`${digest(text)}  ${path.slice(folder.length + 1)}\n`);
  }
  return [...byFolder].map(([folder, lines]) => [`${folder}/${sumsFile}`, sumsText(lines)]);
}

/** Lines of `<digest>  <name>`, in the order of the names. */
function sumsText(lines: readonly string[]): string {
  return [...lines].sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
}

/** Compares what was rendered, digests included, with what lies on disk; reads, never writes. `shown` is the folder as diagnostics name it. */
export function planDist(folder: string, shown: string, rendered: RenderedFiles, scope: Scope): DistPlan {
  const writes = new Map<string, string>();
  const deletes: string[] = [];
  const differences: Difference[] = [];
  const diagnostics: Diagnostic[] = [];
  let unchanged = 0;
  const left = new Map(rendered);
  if (!scope.clusters && !scope.apps) {
    for (const entry of list(folder)) if (!entry.isDirectory()) diagnostics.push(foreign(`${shown}/${entry.name}`));
  }
  if (isInTheWay(folder)) return { folder, writes, deletes, unchanged, differences, diagnostics: [foreign(shown)] };
  for (const directory of ownedFolders(folder, scope, left.keys())) {
    const cluster = directory.split('/')[0] ?? '';
    const inTheWay = [cluster, directory].find((each) => isInTheWay(join(folder, each)));
    if (inTheWay !== undefined) {
      diagnostics.push(foreign(`${shown}/${inTheWay}`));
      continue;
    }
    const sums = readSums(join(folder, directory, sumsFile));
    for (const entry of list(join(folder, directory))) {
      const path = `${directory}/${entry.name}`;
      const text = left.get(path);
      left.delete(path);
      if (!entry.isFile()) {
        // Folders below a placement are listed by themselves; a link or a device was made by somebody else.
        if (!entry.isDirectory() || text !== undefined) diagnostics.push(foreign(`${shown}/${path}`));
        continue;
      }
      const onDisk = readFileSync(join(folder, path), 'utf8');
      if (onDisk === text) {
        unchanged += 1;
        continue;
      }
      const ours = entry.name === sumsFile || sums.has(entry.name) || onDisk.startsWith(headerMark);
      if (!ours) diagnostics.push(foreign(`${shown}/${path}`));
      else if (text === undefined) {
        deletes.push(path);
        differences.push({ path, why: 'stale' });
      } else {
        writes.set(path, text);
        const asWritten =
          entry.name === sumsFile ? sumsHold(join(folder, directory), onDisk) : sums.get(entry.name) === digest(onDisk);
        differences.push({ path, why: asWritten ? 'source-changed' : 'file-changed' });
      }
    }
  }
  for (const [path, text] of left) {
    writes.set(path, text);
    differences.push({ path, why: 'missing' });
  }
  return { folder, writes, deletes, unchanged, differences, diagnostics };
}

/** One step towards what a plan says. */
export type Operation = Write | { readonly remove: string };

interface Write {
  readonly write: string;
  readonly text: string;
}

/**
 * The steps of a plan in their order. The digests of a folder are written before its files, and removed after them: a run that is
 * killed in between leaves files that do not match their digests, which `--check` refuses, and which the next run takes for its own
 * and completes.
 */
export function distOperations({ writes, deletes }: DistPlan): Operation[] {
  const isSums = (path: string): boolean => path.endsWith(`/${sumsFile}`);
  const written = [...writes].map(([write, text]) => ({ write, text }));
  return [
    ...written.filter(({ write }) => isSums(write)),
    ...written.filter(({ write }) => !isSums(write)),
    ...deletes.filter((path) => !isSums(path)).map((remove) => ({ remove })),
    ...deletes.filter(isSums).map((remove) => ({ remove })),
  ];
}

/** Files below which writing is over before another thread would have begun. */
const worthSharing = 500;

/** Makes the disk what the plan says, in the order of {@link distOperations}; the files themselves on all threads of a crew. */
export async function applyDist(plan: DistPlan, crew?: Crew): Promise<void> {
  const { folder } = plan;
  const operations = distOperations(plan);
  const writes = operations.filter((each) => 'write' in each);
  const isSums = ({ write }: Write): boolean => write.endsWith(`/${sumsFile}`);
  writeFiles({ folder, writes: writes.filter(isSums) });
  const files = writes.filter((each) => !isSums(each));
  const threads = crew && files.length >= worthSharing ? crew.size : 1;
  const size = Math.ceil(files.length / threads);
  const parts = Array.from({ length: threads }, (_, part) => ({
    folder,
    writes: files.slice(part * size, (part + 1) * size),
  }));
  if (crew && threads > 1) await crew.share('write', parts, writeFiles);
  else parts.forEach(writeFiles);
  for (const each of operations) if ('remove' in each) rmSync(join(folder, each.remove), { force: true });
  for (const directory of new Set(plan.deletes.map(folderOf))) removeEmpty(folder, directory);
}

interface Writes {
  readonly folder: string;
  readonly writes: readonly Write[];
}

/** The files that fall to a helper thread. */
export const writeShare: Work<Writes, never> = async (input) => writeFiles(input);

function writeFiles({ folder, writes }: Writes): void {
  // Those of one folder follow each other.
  let directory: string | undefined;
  for (const { write, text } of writes) {
    if (directory === undefined || !isIn(write, directory)) {
      directory = folderOf(write);
      mkdirSync(join(folder, directory), { recursive: true });
    }
    writeFileSync(`${folder}/${write}`, text);
  }
}

/** Whether a path is that of a file in a folder, not further below it. */
const isIn = (path: string, directory: string): boolean =>
  path.startsWith(`${directory}/`) && !path.includes('/', directory.length + 1);

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** The folders below the output folder that hold, or will hold, files of the scope: `<cluster>` and `<cluster>/<app>`. */
function ownedFolders(folder: string, { clusters, apps }: Scope, rendered: Iterable<string>): string[] {
  const result = new Set<string>();
  for (const path of rendered) result.add(folderOf(path));
  const visit = (directory: string): void => {
    result.add(directory);
    for (const entry of list(join(folder, directory))) {
      if (entry.isDirectory()) visit(`${directory}/${entry.name}`);
    }
  };
  for (const entry of list(folder)) {
    if (clusters && !clusters.includes(entry.name)) continue;
    if (!entry.isDirectory()) continue;
    if (!apps) visit(entry.name);
    else for (const app of apps) if (isDirectory(join(folder, entry.name, app))) visit(`${entry.name}/${app}`);
  }
  return [...result].sort();
}

function list(path: string): { name: string; isFile(): boolean; isDirectory(): boolean }[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** True where a folder belongs but a file or, below the output folder, a link is. */
function isInTheWay(path: string): boolean {
  try {
    return !lstatSync(path).isDirectory();
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
  }
}

function readSums(path: string): Map<string, string> {
  try {
    return new Map(
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => /^[0-9a-f]{64} {2}\S/.test(line))
        .map((line) => [line.slice(66), line.slice(0, 64)]),
    );
  } catch {
    return new Map();
  }
}

/** True when the digests of a folder are what its files give: then neither they nor a file were edited. */
function sumsHold(directory: string, text: string): boolean {
  try {
    const names = text.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(66)]));
    return text === sumsText(names.map((name) => `${digest(readFileSync(join(directory, name), 'utf8'))}  ${name}\n`));
  } catch {
    return false;
  }
}

function digest(text: string): string {
  return hash('sha256', text);
}

function removeEmpty(folder: string, directory: string): void {
  for (let path = directory; path !== '' && path !== '.'; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    try {
      rmdirSync(join(folder, path));
    } catch {
      return;
    }
  }
}

function foreign(path: string): Diagnostic {
  return diagnostic('dist/foreign-file', {
    message: `${path} was not rendered by Fairlead`,
    hint: 'move it elsewhere or delete it: everything below the output folder belongs to Fairlead and is applied to clusters',
    file: path,
  });
}
