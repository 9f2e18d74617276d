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
    const match = /\(?((?:file:\/\/)?\/?[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim().replace(/^at (async )?/, ''));
    const raw = match?.[1]?.replace(/^.*\s\(?/, '');
    if (!match || raw === undefined) continue;
    const path = raw.startsWith('file://') ? fileURLToPath(raw) : raw;
    const place = sourceOf({ file: path, line: Number(match[2]), column: Number(match[3]) });
    const file = relativePath(root, place.file);
    if (file.startsWith('apps/')) return { ...place, file };
  }
  return undefined;
}

/** Maps of compiled apps by the path of the module. Read only when something is wrong: Node would read them on every start. */
const maps = new Map<string, SourceMap | undefined>();

/** Where a place in compiled apps is from; any other as it is. */
function sourceOf(place: Place): Place {
  const { file, line, column } = place;
  if (!/[\\/]apps-[0-9a-f]{20}\.mjs$/.test(file)) return place;
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
