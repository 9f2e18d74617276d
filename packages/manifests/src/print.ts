import type { Diagnostic } from '@fairlead/diagnostics';
import { formatDiagnostics } from '@fairlead/diagnostics';
import type { Io } from './io.ts';
import { readText } from './workspace.ts';

/** Prints diagnostics with the lines of the files that they are about: to standard error, unless they are the answer themselves. */
export function printDiagnostics(
  root: string,
  diagnostics: readonly Diagnostic[],
  io: Io,
  print: (text: string) => void = (text) => io.stderr(text),
): void {
  if (diagnostics.length === 0) return;
  const sources = new Map<string, string | undefined>();
  const source = (file: string): string | undefined => {
    if (!sources.has(file)) sources.set(file, readText(root, file));
    return sources.get(file);
  };
  print(`${formatDiagnostics(diagnostics, { source, color: io.color, width: io.width })}\n`);
}
