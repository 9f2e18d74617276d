import type { Code, Diagnostic } from '@fairlead/diagnostics';
import { codes, mergeAcrossClusters, sortDiagnostics } from '@fairlead/diagnostics';
import { createHash } from 'node:crypto';
import { fingerprint } from './fingerprint.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * The findings as a SARIF 2.1.0 log, as GitHub code scanning reads it: one run, a rule per code, a suppression per waiver.
 * Specification: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif(diagnostics: readonly Diagnostic[], version = '0.1.0'): object {
  const merged = mergeAcrossClusters(sortDiagnostics(diagnostics));
  const used = [...new Set(merged.map((each) => each.code))].sort();
  const index = new Map(used.map((code, position) => [code, position]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'fairlead', semanticVersion: version, rules: used.map(rule) } },
        columnKind: 'utf16CodeUnits',
        results: merged.map((each) => result(each, index.get(each.code) ?? 0)),
      },
    ],
  };
}

function rule(code: Code): object {
  const entry = codes[code];
  return {
    id: code,
    shortDescription: { text: entry.sentence },
    defaultConfiguration: { level: levels[entry.severity] },
    properties: { tags: [code.split('/')[0]] },
  };
}

function result(found: Diagnostic, ruleIndex: number): object {
  const where =
    found.object === undefined
      ? ''
      : ` (${found.object.kind} ${found.object.namespace === undefined ? '' : `${found.object.namespace}/`}${found.object.name})`;
  const clusters = found.clusters.length === 0 ? '' : `, on ${found.clusters.join(', ')}`;
  const hint = found.hint === undefined ? '' : `. ${found.hint}`;
  return {
    ruleId: found.code,
    ruleIndex,
    level: levels[found.severity],
    message: { text: `${found.message}${where}${clusters}${hint}` },
    // GitHub refuses results without a location.
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uri(found.file ?? '.') },
          region: {
            startLine: found.line ?? 1,
            ...(found.column === undefined
              ? {}
              : { startColumn: found.column, endColumn: found.column + (found.length ?? 1) }),
          },
        },
      },
    ],
    partialFingerprints: { 'fairlead/v1': createHash('sha256').update(fingerprint(found)).digest('hex').slice(0, 32) },
    ...(found.origin === undefined
      ? {}
      : {
          relatedLocations: [
            {
              id: 1,
              message: { text: `app ${found.origin.app}` },
              physicalLocation: {
                artifactLocation: { uri: uri(found.origin.file) },
                region: { startLine: found.origin.line ?? 1 },
              },
            },
          ],
        }),
    ...(found.waiver === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${found.waiver.owner}: ${found.waiver.reason} (until ${found.waiver.expires})`,
            },
          ],
        }),
  };
}

/** A relative path as the URI reference that SARIF wants. */
function uri(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
