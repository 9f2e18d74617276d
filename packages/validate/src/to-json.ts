import type { Diagnostic, ObjectReference, Origin, Severity, Waiver } from '@fairlead/diagnostics';
import { mergeAcrossClusters, sortDiagnostics } from '@fairlead/diagnostics';

/** What `validate --json` prints; `schemas/validate.schema.json` is its JSON Schema. */
export interface ValidateReport {
  readonly version: 1;
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly summary: Summary;
}

export interface Summary {
  readonly objects: number;
  readonly errors: number;
  readonly warnings: number;
  readonly waived: number;
}

export interface ReportedDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** Empty where the finding is about no file. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
  readonly object?: ObjectReference;
  readonly origin?: Origin;
  readonly clusters: readonly string[];
  readonly waiver?: Waiver;
}

/** The report as plain JSON: sorted, equal findings of several clusters as one, undefined fields left out. */
export function toJson(diagnostics: readonly Diagnostic[], objects: number): ValidateReport {
  const merged = mergeAcrossClusters(sortDiagnostics(diagnostics));
  return { version: 1, diagnostics: merged.map(reported), summary: summarize(merged, objects) };
}

/** Counts of a verdict; what is waived counts neither as error nor as warning. */
export function summarize(diagnostics: readonly Diagnostic[], objects: number): Summary {
  const count = (severity: Severity): number =>
    diagnostics.filter((each) => each.severity === severity && each.waiver === undefined).length;
  return {
    objects,
    errors: count('error'),
    warnings: count('warning'),
    waived: diagnostics.filter((each) => each.waiver !== undefined).length,
  };
}

function reported(found: Diagnostic): ReportedDiagnostic {
  const { object, origin, waiver } = found;
  return {
    code: found.code,
    severity: found.severity,
    message: found.message,
    ...(found.hint === undefined ? {} : { hint: found.hint }),
    file: found.file ?? '',
    ...(found.line === undefined ? {} : { line: found.line }),
    ...(found.column === undefined ? {} : { column: found.column }),
    ...(found.pointer === undefined ? {} : { pointer: found.pointer }),
    ...(object === undefined
      ? {}
      : {
          object: {
            apiVersion: object.apiVersion,
            kind: object.kind,
            ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
            name: object.name,
          },
        }),
    ...(origin === undefined
      ? {}
      : {
          origin: { app: origin.app, file: origin.file, ...(origin.line === undefined ? {} : { line: origin.line }) },
        }),
    clusters: found.clusters,
    ...(waiver === undefined
      ? {}
      : { waiver: { owner: waiver.owner, reason: waiver.reason, expires: waiver.expires } }),
  };
}
