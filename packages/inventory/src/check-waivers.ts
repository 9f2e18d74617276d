import { codes, didYouMean } from '@fairlead/diagnostics';
import { isRecord, type SourceFile } from './source-file.ts';

const target = /^[\w.*:-]+(\/[\w.*:-]*){0,2}$/;

/**
 * Checks the waivers of a file: known codes, real dates, sensible targets, none stated twice; expired ones are told. Returns the indexes
 * of those with a finding: they accept nothing, and nothing more need be told of them.
 */
export function checkWaivers(source: SourceFile, today: string | undefined): ReadonlySet<number> {
  const waivers = source.value?.['waivers'];
  const faulty = new Set<number>();
  if (!Array.isArray(waivers)) return faulty;
  const seen = new Set<string>();
  waivers.forEach((waiver: unknown, index) => {
    if (!isRecord(waiver)) return;
    const path = ['waivers', index];
    const before = source.diagnostics.length;
    checkCode(source, waiver['code'], [...path, 'code'], 'value');
    if (typeof waiver['target'] === 'string' && waiver['target'].trim() !== '' && !target.test(waiver['target'])) {
      source.report('inventory/bad-waiver', [...path, 'target'], 'value', {
        message: `"${waiver['target']}" is no target of a waiver`,
        hint: 'write app, app/workload or Kind/namespace/name, with * as a wildcard',
      });
    }
    checkExpiry(source, waiver['expires'], [...path, 'expires'], today);
    const identity = JSON.stringify([waiver['code'], waiver['target']]);
    if (seen.has(identity) && typeof waiver['code'] === 'string') {
      source.report('inventory/duplicate-entry', [...path, 'code'], 'value', {
        message: `the waiver of ${waiver['code']} is stated twice for the same target`,
        hint: 'keep one of them',
      });
    }
    seen.add(identity);
    if (source.diagnostics.length > before) faulty.add(index);
  });
  return faulty;
}

/** Reports a diagnostic code that does not exist. */
export function checkCode(
  source: SourceFile,
  code: unknown,
  path: readonly (string | number)[],
  part: 'key' | 'value',
): void {
  if (typeof code !== 'string' || code.trim() === '' || Object.hasOwn(codes, code)) return;
  // Of some hundred codes, only those of the same area help.
  const area = code.slice(0, code.indexOf('/') + 1);
  const known = Object.keys(codes);
  const near = area === '' ? known : known.filter((each) => each.startsWith(area));
  source.report('inventory/unknown-code', path, part, {
    message: `"${code}" is no diagnostic code`,
    hint: didYouMean(code, near.length > 0 ? near : known, 8),
  });
}

function checkExpiry(
  source: SourceFile,
  expires: unknown,
  path: readonly (string | number)[],
  today: string | undefined,
): void {
  if (typeof expires !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(expires)) return;
  const time = Date.parse(`${expires}T00:00:00Z`);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(expires)) {
    source.report('inventory/bad-waiver', path, 'value', {
      message: `there is no day ${expires}`,
      hint: 'write year-month-day, such as 2026-12-31',
    });
  } else if (today !== undefined && expires < today) {
    source.report('inventory/expired-waiver', path, 'value', {
      message: `the waiver expired on ${expires}`,
      hint: 'mend the finding and remove the waiver, or agree on a new last day',
    });
  }
}
