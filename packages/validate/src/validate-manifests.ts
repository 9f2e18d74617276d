import type { Diagnostic } from '@fairlead/diagnostics';
import { sortDiagnostics } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { checks } from './checks/index.ts';
import { checkSchemas } from './checks/schema.ts';
import { Findings, severityOf } from './findings.ts';
import { type InputDocument, loadManifests } from './load.ts';
import { manifestSet, type Target } from './manifest-set.ts';
import type { SchemaSource } from './schema-source.ts';
import { applyWaivers, type ScopedWaiver, waiversOf } from './waivers.ts';

export interface ValidateOptions extends Target {
  readonly documents: Iterable<InputDocument>;
  /** Absent: no schema is consulted at all. */
  readonly schemas?: SchemaSource | undefined;
  /** Name of the cluster, written on every diagnostic. */
  readonly cluster?: string | undefined;
  /** Accepted findings, with the file that accepts them. Those in annotations of manifests are added. */
  readonly waivers?: readonly ScopedWaiver[] | undefined;
  /** Today as an ISO date; decides which waivers have expired. Absent: none has. */
  readonly today?: string | undefined;
}

export interface Verdict {
  readonly diagnostics: readonly Diagnostic[];
  /** Number of Kubernetes objects judged. */
  readonly objects: number;
  /** The waivers that silenced something; the others of {@link ValidateOptions.waivers} may be unused. */
  readonly usedWaivers: ReadonlySet<ScopedWaiver>;
}

/**
 * Every verdict on one cluster's manifests or on one folder of Kubernetes YAML. Pure: texts in, diagnostics out, sorted by file and line.
 * Never throws, whatever the texts hold.
 */
export function validateManifests(options: ValidateOptions): Verdict {
  const { manifests, sources, diagnostics, unread, kustomizations } = loadManifests(options.documents, options.context);
  const fileOf = (manifest: Manifest): string | undefined => sources.get(manifest)?.file;
  const set = manifestSet(manifests, { ...options, kustomizations, fileOf });
  const findings = new Findings();
  checkSchemas(set, findings.report, options.schemas);
  for (const check of checks) check(set, findings.report);
  const clusters = options.cluster === undefined ? [] : [options.cluster];
  const all = [
    ...diagnostics.flatMap((each) => {
      const severity = severityOf(each.code, each.severity, set);
      return severity === 'off' ? [] : { ...each, severity, clusters };
    }),
    ...findings.resolve(set, sources, unread).map((each) => ({ ...each, clusters })),
  ];
  const waivers = [...(options.waivers ?? []), ...waiversOf(manifests, sources)];
  const waived = applyWaivers(all, waivers, set, options.today);
  return {
    diagnostics: sortDiagnostics(waived.diagnostics.map((each) => ({ ...each, clusters }))),
    objects: manifests.length,
    usedWaivers: waived.used,
  };
}
