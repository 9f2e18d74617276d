import { closeSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { InputDocument } from '@fairlead/validate';
import { maximumFileBytes } from '@fairlead/validate';
import { UsageError } from './io.ts';
import { relativePath } from './workspace.ts';

/** Folders that never hold what somebody applies to a cluster. */
const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules', '.nx', '.terraform']);

/**
 * The YAML and JSON files below some paths, as bytes, in the order of their paths; a path may also be one file.
 * No more of a file is read than a manifest may have, so a huge one costs no memory.
 *
 * @throws UsageError for a path that does not exist
 */
export function readYamlTree(cwd: string, paths: readonly string[]): InputDocument[] {
  const documents: InputDocument[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(child);
      } else if (entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name)) {
        documents.push(readDocument(cwd, child));
      }
    }
  };
  for (const path of paths) {
    const full = resolve(cwd, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`there is no file or folder "${path}"`);
    if (stat.isDirectory()) visit(full);
    else documents.push(readDocument(cwd, full));
  }
  return documents;
}

function readDocument(cwd: string, path: string): InputDocument {
  const { size } = statSync(path);
  const bytes = size > maximumFileBytes ? readStart(path, maximumFileBytes + 1) : readFileSync(path);
  const origin = originOf(bytes);
  return { file: relativePath(cwd, path), text: bytes, ...(origin && { origin }) };
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
