import type { Diagnostic } from '@fairlead/diagnostics';
import { formatDiagnostics, sortDiagnostics } from '@fairlead/diagnostics';
import type { Io } from './io.ts';
import { readText } from './workspace.ts';

/** Warnings and notes of one kind with one way out that are written in full. What mends one of them mends the others. */
const inFull = 3;

/**
 * Prints diagnostics with the lines of the files that they are about. Beside an answer, on standard error, every error is told, and of
 * warnings and notes of one kind the first few and how many more there are. With `print` they are the answer themselves: all are told.
 */
export function printDiagnostics(
  root: string,
  diagnostics: readonly Diagnostic[],
  io: Io,
  print?: (text: string) => void,
): void {
  if (diagnostics.length === 0) return;
  const sources = new Map<string, string | undefined>();
  const source = (file: string): string | undefined => {
    if (!sources.has(file)) sources.set(file, readText(root, file));
    return sources.get(file);
  };
  const format = (some: readonly Diagnostic[]): string =>
    formatDiagnostics(some, { source, color: io.color, width: io.width });
  if (print) {
    print(`${format(diagnostics)}\n`);
    return;
  }
  const { told, folded } = fold(diagnostics);
  io.stderr(`${[format(told), ...folded].join('\n\n')}\n`);
}

function fold(diagnostics: readonly Diagnostic[]): { told: Diagnostic[]; folded: string[] } {
  const alike = new Map<string, Diagnostic[]>();
  const told = sortDiagnostics(diagnostics).filter((each) => {
    if (each.severity === 'error') return true;
    const key = `${each.severity} ${each.code} ${each.hint ?? each.message}`;
    const group = alike.get(key) ?? [];
    alike.set(key, group);
    group.push(each);
    return group.length <= inFull;
  });
  const folded = [...alike.values()].flatMap((group) => {
    const [first] = group;
    const more = group.length - inFull;
    return first && more > 0 ? `${first.severity} ${first.code}: ${more} more like this; --json lists them all` : [];
  });
  return { told, folded };
}
