import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { relativePath } from './workspace.ts';

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The innermost line of a stack that lies in apps/ of the workspace; undefined if there is none. */
export function appStackLine(root: string, error: unknown): Place | undefined {
  const stack =
    error instanceof Error || (typeof error === 'object' && error !== null && 'stack' in error) ? error.stack : '';
  for (const line of String(stack).split('\n')) {
    // A folder may have blanks and brackets in its name.
    const match = /(?:^|[\s(])((?:file:\/\/)?\/.*):(\d+):(\d+)\)?$/.exec(line);
    const raw = match?.[1];
    if (!match || raw === undefined) continue;
    const path = raw.startsWith('file://') ? fileURLToPath(raw) : raw;
    const compiled = { file: path, line: Number(match[2]), column: Number(match[3]) };
    // The program's own lines are in no app, and its map is large.
    const place = compiledApps.test(path) ? sourceOf(compiled) : compiled;
    const file = relativePath(root, place.file);
    if (file.startsWith('apps/')) return { ...place, file };
  }
  return undefined;
}

const compiledApps = /[\\/]apps-\w{6}[\\/]apps\.mjs$/;

/** A stack with the lines of the sources, where it has those of what was compiled from them. */
export function sourceStack(stack: string): string {
  return stack.replace(/((?:file:\/\/)?\/[^\s()]+\.m?js):(\d+):(\d+)/g, (text, path: string, line, column) => {
    const file = path.startsWith('file://') ? fileURLToPath(path) : path;
    const place = sourceOf({ file, line: Number(line), column: Number(column) });
    return place.file === file ? text : `${place.file}:${place.line}:${place.column}`;
  });
}

/** Maps by the path of what was compiled. Read only when something is wrong: Node would read them on every start. */
const maps = new Map<string, SourceMap | undefined>();

/** Where a place in a compiled file is from; any other as it is. */
function sourceOf(place: Place): Place {
  const { file, line, column } = place;
  if (!maps.has(file)) maps.set(file, readMap(file));
  const entry = maps.get(file)?.findEntry(line - 1, column - 1);
  if (!entry || !('originalSource' in entry)) return place;
  return {
    file: resolve(dirname(file), entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}
