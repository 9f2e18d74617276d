import type { Diagnostic } from '@fairlead/diagnostics';

/**
 * What stays the same of a finding while files are reordered and lines move: code, object, pointer and message. Without an object, the
 * file takes its place. Numbers in the pointer (list positions) are left out, as the message already names what stands there.
 */
export function fingerprint(found: Diagnostic): string {
  const { object } = found;
  const subject =
    object === undefined
      ? (found.file ?? '')
      : `${object.apiVersion.split('/')[0]}/${object.kind}/${object.namespace ?? ''}/${object.name}`;
  return [found.code, subject, (found.pointer ?? '').replaceAll(/\/\d+(?=\/|$)/g, '/*'), found.message].join('\n');
}

/** The findings that a baseline (the verdict on an earlier tree) does not have. Equal findings are counted, so that a second one is new. */
export function newSince(diagnostics: readonly Diagnostic[], baseline: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map<string, number>();
  for (const each of baseline) known.set(fingerprint(each), (known.get(fingerprint(each)) ?? 0) + 1);
  return diagnostics.filter((each) => {
    const key = fingerprint(each);
    const left = known.get(key) ?? 0;
    if (left > 0) known.set(key, left - 1);
    return left === 0;
  });
}
