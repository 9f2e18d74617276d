import type { Diagnostic } from './diagnostic.ts';

/** One line such as `3 errors, 1 warning in 2 files`; waived findings are counted apart. Empty when there is nothing to say. */
export function summaryLine(diagnostics: readonly Diagnostic[]): string {
  const waived = diagnostics.filter((each) => each.waiver !== undefined).length;
  const open = diagnostics.filter((each) => each.waiver === undefined);
  const count = (severity: string): number => open.filter((each) => each.severity === severity).length;
  const parts = [
    plural(count('error'), 'error', 'errors'),
    plural(count('warning'), 'warning', 'warnings'),
    plural(count('info'), 'note', 'notes'),
    plural(waived, 'waived', 'waived'),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return '';
  const files = new Set(diagnostics.flatMap((each) => (each.file === undefined ? [] : [each.file]))).size;
  return files === 0 ? parts.join(', ') : `${parts.join(', ')} in ${plural(files, 'file', 'files')}`;
}

function plural(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
}
