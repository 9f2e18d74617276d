import type { Diagnostic } from '@fairlead/diagnostics';
import { SourceFile } from '@fairlead/inventory/source-file';
import { readText } from './workspace.ts';

/**
 * Gives diagnostics that name a source but no line of it the best line there is: in a file of the inventory the key that their pointer
 * names, in an app its definition. Files are only read for such diagnostics.
 */
export function placeDiagnostics(root: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map((each) => {
    if (each.file === undefined || each.line !== undefined) return each;
    const inventory = /^clusters\/[^/]+\.yaml$/.test(each.file);
    if (!inventory && !/^apps\/[^/]+\/app\.ts$/.test(each.file)) return each;
    const text = readText(root, each.file);
    if (text === undefined) return each;
    return { ...each, ...(inventory ? inInventory(each.file, text, each.pointer ?? '') : inApp(text)) };
  });
}

type Span = Pick<Diagnostic, 'line' | 'column' | 'length'>;

function inInventory(file: string, text: string, pointer: string): Span {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const { line, column, length } = new SourceFile({ file, text }).placeOf(path);
  return { line, column, length };
}

function inApp(text: string): Span {
  const found = /\bdefineApp(?=\s*[<(])|\bexport default\b/.exec(text) ?? /\S+/.exec(text);
  if (!found) return { line: 1, column: 1 };
  const before = text.slice(0, found.index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, length: found[0].length };
}
