import type { Code, Diagnostic, Severity } from '@fairlead/diagnostics';
import { codes } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { foldersOfAlternatives } from './alternatives.ts';
import type { Report, ReportOptions } from './check.ts';
import { locate } from './locate.ts';
import { folderOf, type ManifestSet } from './manifest-set.ts';
import { holdsVariable, type Placeholders, placeholdersOf } from './placeholders.ts';
import type { Source } from './source.ts';

interface Finding {
  readonly code: Code;
  readonly manifest: Manifest;
  readonly pointer: string;
  readonly message: string;
  readonly options: ReportOptions;
}

/** Collects what checks report; places are looked up only in {@link resolve}. */
export class Findings {
  readonly #found: Finding[] = [];

  readonly report: Report = (code, manifest, pointer, message, options = {}) => {
    this.#found.push({ code, manifest, pointer, message, options });
  };

  /** The findings as diagnostics: severities of the environment applied, silenced ones dropped, files and lines filled in. */
  resolve(set: ManifestSet, sources: ReadonlyMap<Manifest, Source>, unread: readonly string[] = []): Diagnostic[] {
    // What a kind that nobody serves declares will not be there either.
    const unserved = this.#found.flatMap(({ code, manifest, options }) =>
      set.context === 'folder' && code === 'schema/unknown-kind' && options.severity === 'error'
        ? (sources.get(manifest)?.text ?? [])
        : [],
    );
    // Nor is it known what a version that is filled in later will be.
    const open = set.kinds.flatMap(({ apiVersion, manifests }) =>
      set.context === 'folder' && holdsVariable(apiVersion)
        ? manifests.flatMap((each) => sources.get(each)?.text ?? [])
        : [],
    );
    const hidden = [...unread, ...unserved, ...open];
    const diagnostics: Diagnostic[] = [];
    const seen = new Set<string>();
    let placeholders: Placeholders | undefined;
    // By manifest, so that each document is parsed with positions once.
    const grouped = groupByManifest(this.#found);
    for (const [manifest, found] of grouped) {
      const source = sources.get(manifest);
      // A rule that speaks of the same place says more than the schema does.
      const encrypted = isEncrypted(manifest);
      const ruled = new Set(found.flatMap((each) => (each.code.startsWith('rules/') ? each.pointer : [])));
      // Nor does what is known of all custom resources say more than what is known of one kind.
      const known = new Set(found.flatMap((each) => (each.code === unspecific ? [] : each.pointer)));
      for (const { code, pointer, message, options } of found) {
        if (encrypted && /^(?:schema|rules|security)\//.test(code)) continue;
        if (code === unspecific && known.has(pointer)) continue;
        if (isAbsence(code) && mayBeIn(hidden, manifest, pointer)) continue;
        let severity = severityOf(code, options.severity, set);
        if (set.context === 'folder' && severity === 'error' && statements.test(code)) {
          placeholders ??= placeholdersOf(set.manifests);
          const [, kind = '', name = ''] = /^(\w+) "([^"]+)"/.exec(message) ?? [];
          if (isAbsence(code) && placeholders.mayBeCalled(kind, name)) continue;
          if (holdsVariable(valueAt(manifest, pointer))) {
            if (placeholders.filled) continue;
            severity = 'warning';
          }
          if (isAbsence(code) && !options.hint?.startsWith('did you mean')) {
            const examples = set.memo(foldersOfAlternatives);
            if (examples.has(folderOf(source?.file))) severity = 'warning';
          }
        }
        const key = `${code}\n${pointer}\n${message}`;
        if (severity === 'off' || seen.has(key) || (code === 'schema/invalid' && ruled.has(pointer))) continue;
        seen.add(key);
        const namespace = set.namespaceOf(manifest);
        diagnostics.push({
          code,
          severity,
          message,
          hint: options.hint,
          file: source?.file,
          ...(source === undefined ? {} : locate(source, pointer)),
          pointer: `${source?.prefix ?? ''}${pointer}`,
          object: {
            apiVersion: manifest.apiVersion,
            kind: manifest.kind,
            ...(namespace === '' ? {} : { namespace }),
            name: manifest.metadata.name,
          },
          origin: source?.origin,
          clusters: [],
        });
      }
      seen.clear();
    }
    return diagnostics;
  }
}

const unspecific: Code = 'references/missing-object';

/** Whether a finding says that something is not there: what is at fault may be that it could not be read or rendered. */
export const isAbsence = (code: string): boolean => absences.test(code);

const absences = /^(?:references\/(?:missing-|.+-selects-nothing$)|network\/selects-nothing$)/;

/** Findings about what is written, which a variable leaves open. */
const statements = /^(?:rules|schema|references)\//;

/** Whether a document that could not be read holds every word of what a manifest looks for: then its fault is the one to tell. */
function mayBeIn(texts: readonly string[], manifest: Manifest, pointer: string): boolean {
  if (texts.length === 0) return false;
  const words = leaves(valueAt(manifest, pointer));
  const patterns = words.map((each) => new RegExp(`(?<![\\w-])${each.replace(/[^\w]/g, '\\$&')}(?![\\w-])`));
  return patterns.length > 0 && texts.some((text) => patterns.every((each) => each.test(text)));
}

function valueAt(manifest: Manifest, pointer: string): unknown {
  let value: unknown = manifest;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return value;
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** The severity a finding ends up with: the environment's word, else the check's, else the registered one. */
export function severityOf(code: Code, stated: Severity | undefined, set: ManifestSet): Severity | 'off' {
  const strict = set.environment?.strictness;
  if (strict !== undefined && Object.hasOwn(strict, code)) return strict[code] ?? 'error';
  const severity = stated ?? codes[code].severity;
  // A folder of someone else's promised nobody how carefully it is run.
  return severity === 'error' &&
    set.context === 'folder' &&
    set.environment === undefined &&
    code.startsWith('operations/')
    ? 'warning'
    : severity;
}

function groupByManifest(found: readonly Finding[]): Map<Manifest, Finding[]> {
  const groups = new Map<Manifest, Finding[]>();
  for (const each of found) {
    const group = groups.get(each.manifest);
    if (group === undefined) groups.set(each.manifest, [each]);
    else group.push(each);
  }
  return groups;
}

/** Whether SOPS wrote the manifest: what stands there is not what is applied. https://getsops.io/docs/#important-information-on-types */
function isEncrypted(manifest: Manifest): boolean {
  const sops = manifest['sops'];
  return typeof sops === 'object' && sops !== null && 'mac' in sops;
}
