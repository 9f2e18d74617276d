import type { Code, Diagnostic } from '@fairlead/diagnostics';
import { codes, diagnostic } from '@fairlead/diagnostics';
import type { WaiverRule } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { at, isMap, textAt } from './json.ts';
import { locate } from './locate.ts';
import type { ManifestSet } from './manifest-set.ts';
import type { Source } from './source.ts';

/** Annotation that accepts findings about the object it stands on: a JSON list of `{code, owner, reason, expires}`. */
export const waiverAnnotation = 'fairlead.dev/waivers';

/** A waiver, and where it was written. */
export interface ScopedWaiver extends WaiverRule {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** Only findings about this manifest; set for waivers in annotations. */
  readonly manifest?: Manifest | undefined;
}

/** Waivers that manifests carry in the annotation `fairlead.dev/waivers`. What cannot be read there accepts nothing. */
export function waiversOf(manifests: readonly Manifest[], sources: ReadonlyMap<Manifest, Source>): ScopedWaiver[] {
  const found: ScopedWaiver[] = [];
  for (const manifest of manifests) {
    if (manifest.metadata.annotations === undefined) continue;
    const text = textAt(manifest, 'metadata', 'annotations', waiverAnnotation);
    if (text === undefined) continue;
    const source = sources.get(manifest);
    const place =
      source === undefined ? {} : locate(source, `/metadata/annotations/${waiverAnnotation.replace('/', '~1')}`);
    for (const each of parseList(text)) {
      const code = textAt(each, 'code');
      if (code === undefined) continue;
      const [owner, reason, expires] = ['owner', 'reason', 'expires'].map((field) => textAt(each, field) ?? '') as [
        string,
        string,
        string,
      ];
      found.push({
        code,
        owner,
        reason,
        expires,
        file: source?.file,
        ...('line' in place ? { line: place.line } : {}),
        manifest,
      });
    }
  }
  return found;
}

function parseList(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : isMap(parsed) ? [parsed] : [];
  } catch {
    return [];
  }
}

/**
 * Marks the findings that a waiver accepts. A waiver without owner or reason, with an unknown code, or past its date accepts nothing
 * and is a finding itself. Whether one of an environment is unused shows only over all clusters: {@link unusedWaivers}.
 */
export function applyWaivers(
  diagnostics: readonly Diagnostic[],
  waivers: readonly ScopedWaiver[],
  set: ManifestSet,
  today: string | undefined,
): { diagnostics: Diagnostic[]; used: Set<ScopedWaiver> } {
  const used = new Set<ScopedWaiver>();
  if (waivers.length === 0) return { diagnostics: [...diagnostics], used };
  const byCode = new Map<string, ScopedWaiver[]>();
  const added: Diagnostic[] = [];
  for (const each of waivers) {
    const fault = faultOf(each, today);
    if (fault !== undefined)
      added.push(
        diagnostic(fault.code, { message: fault.message, hint: fault.hint, file: each.file, line: each.line }),
      );
    if (fault !== undefined) used.add(each);
    else byCode.set(each.code, [...(byCode.get(each.code) ?? []), each]);
  }
  const marked = diagnostics.map((each) => {
    const waiver = byCode.get(each.code)?.find((rule) => covers(rule, each, set));
    if (waiver === undefined) return each;
    used.add(waiver);
    return { ...each, waiver: { owner: waiver.owner, reason: waiver.reason, expires: waiver.expires } };
  });
  for (const each of waivers) if (each.manifest !== undefined && !used.has(each)) added.push(unused(each));
  return { diagnostics: [...marked, ...added], used };
}

/** A finding for every waiver that accepted nothing on any of the clusters it applies to. */
export function unusedWaivers(waivers: Iterable<ScopedWaiver>, used: ReadonlySet<ScopedWaiver>): Diagnostic[] {
  return [...waivers].filter((each) => !used.has(each)).map(unused);
}

function unused(waiver: ScopedWaiver): Diagnostic {
  const where = waiver.target === undefined ? '' : ` for ${waiver.target}`;
  return diagnostic('validate/unused-waiver', {
    message: `the waiver of ${waiver.code}${where} accepts nothing`,
    hint: 'remove it',
    file: waiver.file,
    line: waiver.line,
  });
}

function faultOf(
  waiver: ScopedWaiver,
  today: string | undefined,
): { code: Code; message: string; hint: string } | undefined {
  if (!Object.hasOwn(codes, waiver.code)) {
    return {
      code: 'validate/invalid-waiver',
      message: `a waiver names "${waiver.code}", which is no code`,
      hint: 'see docs/diagnostics.md',
    };
  }
  if (waiver.owner === '' || waiver.reason === '' || !/^\d{4}-\d{2}-\d{2}$/.test(waiver.expires)) {
    return {
      code: 'validate/invalid-waiver',
      message: `the waiver of ${waiver.code} lacks an owner, a reason or an expiry date`,
      hint: 'write owner, reason and expires: YYYY-MM-DD',
    };
  }
  if (today !== undefined && waiver.expires < today) {
    return {
      code: 'validate/expired-waiver',
      message: `the waiver of ${waiver.code} by ${waiver.owner} expired on ${waiver.expires}`,
      hint: 'mend the finding, or renew the waiver with a new date',
    };
  }
  return undefined;
}

function covers(waiver: ScopedWaiver, found: Diagnostic, set: ManifestSet): boolean {
  const object = found.object;
  if (waiver.manifest !== undefined) {
    const { manifest } = waiver;
    return (
      object?.kind === manifest.kind &&
      object.name === manifest.metadata.name &&
      (object.namespace ?? '') === set.namespaceOf(manifest)
    );
  }
  if (waiver.target === undefined || waiver.target === '*') return true;
  const parts = waiver.target.split('/');
  const manifest =
    object === undefined
      ? undefined
      : set.get(
          object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '',
          object.kind,
          object.namespace ?? '',
          object.name,
        );
  if (parts.length === 3 && object !== undefined) {
    return [object.kind, object.namespace ?? '', object.name].every((value, index) =>
      wildcard(parts[index] ?? '', value),
    );
  }
  const labels = at(manifest, 'metadata', 'labels');
  const app =
    found.origin?.app ??
    textAt(labels, 'app.kubernetes.io/part-of') ??
    textAt(labels, 'app.kubernetes.io/name') ??
    textAt(labels, 'app.kubernetes.io/instance');
  if (app === undefined || !wildcard(parts[0] ?? '', app)) return false;
  if (parts.length === 1) return true;
  const names = [
    textAt(labels, 'app.kubernetes.io/component'),
    object?.name,
    object?.name.startsWith(`${app}-`) ? object.name.slice(app.length + 1) : undefined,
  ];
  return names.some((name) => name !== undefined && wildcard(parts[1] ?? '', name));
}

function wildcard(pattern: string, value: string): boolean {
  const expression = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`).test(value);
}
