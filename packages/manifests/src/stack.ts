import { fileURLToPath } from 'node:url';
import { relativePath } from './workspace.ts';

/** The innermost line of a stack that lies in apps/ of the workspace; undefined if there is none. */
export function appStackLine(root: string, error: unknown): { file: string; line: number; column: number } | undefined {
  const stack =
    error instanceof Error || (typeof error === 'object' && error !== null && 'stack' in error) ? error.stack : '';
  for (const line of String(stack).split('\n')) {
    const match = /\(?((?:file:\/\/)?\/?[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim().replace(/^at (async )?/, ''));
    const raw = match?.[1]?.replace(/^.*\s\(?/, '');
    if (!match || raw === undefined) continue;
    const path = raw.startsWith('file://') ? fileURLToPath(raw) : raw;
    const file = relativePath(root, path);
    if (file.startsWith('apps/')) return { file, line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}
