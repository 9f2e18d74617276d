import { closeSync, openSync, readFileSync, readSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { InputDocument } from '@fairlead/validate';
import { maximumFileBytes } from '@fairlead/validate';
import { UsageError } from './io.ts';
import { relativePath } from './workspace.ts';

/** Folders that never hold what somebody applies to a cluster. */
const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules', '.nx', '.terraform']);

/**
 * The YAML and JSON files below some paths, as bytes, in the order of their paths; a path may also be one file.
 * No more of a file is read than a manifest may have, so a huge one costs no memory. What cannot be read is a document with a problem.
 *
 * @throws UsageError for a path that does not exist
 */
export function readYamlTree(cwd: string, paths: readonly string[]): InputDocument[] {
  const documents: InputDocument[] = [];
  const visit = (path: string): void => {
    const entries = attempt(() => readdirSync(path, { withFileTypes: true }));
    if ('problem' in entries) {
      documents.push({ file: relativePath(cwd, path), problem: entries.problem });
      return;
    }
    for (const entry of entries.value.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(path, entry.name);
      if (entry.isSymbolicLink()) followLink(child, entry.name);
      else if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(child);
      } else if (entry.isFile() && isYaml(entry.name)) {
        documents.push(readDocument(cwd, child));
      }
    }
  };
  // A link to what is read anyway would declare its objects twice, and one to a folder above would never end.
  const followLink = (path: string, name: string): void => {
    const target = attempt(() => realpathSync(path));
    if ('problem' in target || covered.some((folder) => within(folder, target.value))) return;
    const above = covered.some((folder) => within(target.value, folder));
    covered.push(target.value);
    const stat = statSync(target.value, { throwIfNoEntry: false });
    if (stat?.isDirectory() && !skipped.has(name) && !above) visit(path);
    else if (stat?.isFile() && isYaml(name)) documents.push(readDocument(cwd, path));
  };
  const covered = paths.flatMap((path) => {
    const real = attempt(() => realpathSync(resolve(cwd, path)));
    return 'problem' in real ? [] : real.value;
  });
  for (const path of paths) {
    const full = resolve(cwd, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`there is no file or folder "${path}"`);
    if (stat.isDirectory()) visit(full);
    else documents.push(readDocument(cwd, full));
  }
  return documents;
}

const isYaml = (name: string): boolean => /\.(ya?ml|json)$/i.test(name);

const within = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}${sep}`);

/** What a call to the file system gives, or why it gives nothing. */
function attempt<T>(call: () => T): { readonly value: T } | { readonly problem: string } {
  try {
    return { value: call() };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { problem: code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code };
  }
}

function readDocument(cwd: string, path: string): InputDocument {
  const file = relativePath(cwd, path);
  const read = attempt(() => {
    const { size } = statSync(path);
    return size > maximumFileBytes ? readStart(path, maximumFileBytes + 1) : readFileSync(path);
  });
  if ('problem' in read) return { file, problem: read.problem };
  const origin = originOf(read.value);
  return { file, text: read.value, ...(origin && { origin }) };
}

function readStart(path: string, length: number): Uint8Array {
  const buffer = Buffer.alloc(length);
  const file = openSync(path, 'r');
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

/** The app and the source that the header of a rendered file names. */
function originOf(bytes: Uint8Array): InputDocument['origin'] {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 300)).toString('latin1');
  const match = /^# Rendered by Fairlead from ((?:apps\/([^/\s]+)\/|clusters\/)\S*?)\. Do not edit/.exec(start);
  return match?.[1] === undefined ? undefined : { app: match[2] ?? 'delivery', file: match[1] };
}
