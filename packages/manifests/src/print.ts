import type { Diagnostic } from '@fairlead/diagnostics';
import { formatDiagnostics } from '@fairlead/diagnostics';
import type { Io } from './io.ts';
import { readText } from './workspace.ts';

/** Prints diagnostics to standard error, with the lines of the files that they are about. */
export function printDiagnostics(root: string, diagnostics: readonly Diagnostic[], io: Io): void {
  if (diagnostics.length === 0) return;
  const sources = new Map<string, string | undefined>();
  const source = (file: string): string | undefined => {
    if (!sources.has(file)) sources.set(file, readText(root, file));
    return sources.get(file);
  };
  io.stderr(`${formatDiagnostics(diagnostics, { source, color: io.color, width: io.width })}\n`);
}
