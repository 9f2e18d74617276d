import type { Diagnostic } from '@fairlead/diagnostics';
import { checkSchemas } from './checks/schema.ts';
import { versionRules } from './checks/rules/versions.ts';
import { Findings } from './findings.ts';
import { type InputDocument, loadManifests } from './load.ts';
import { manifestSet } from './manifest-set.ts';
import type { SchemaSource } from './schema-source.ts';
import { sortDiagnostics } from '@fairlead/diagnostics';
import { fingerprint } from './fingerprint.ts';

export interface UpgradeOptions {
  readonly documents: Iterable<InputDocument>;
  /** Minor versions, such as `1.34` and `1.36`. */
  readonly from: string;
  readonly to: string;
  readonly context: 'fleet' | 'folder';
  readonly schemas?: SchemaSource | undefined;
  readonly cluster?: string | undefined;
}

/**
 * What must change before a cluster runs another Kubernetes version: API versions that are gone or deprecated there, and fields that its
 * schemas no longer have or demand. Findings that the old version has as well are left out, unless they are about API versions.
 */
export function upgrade(options: UpgradeOptions): Diagnostic[] {
  const { manifests, sources } = loadManifests(options.documents, options.context);
  const judge = (kubernetes: string): Diagnostic[] => {
    const set = manifestSet(manifests, { kubernetes, context: options.context });
    const findings = new Findings();
    checkSchemas(set, findings.report, options.schemas);
    versionRules(set, findings.report);
    return findings.resolve(set, sources);
  };
  const before = new Set(judge(options.from).map(fingerprint));
  const clusters = options.cluster === undefined ? [] : [options.cluster];
  return sortDiagnostics(
    judge(options.to)
      .filter((each) => each.code.startsWith('rules/') || !before.has(fingerprint(each)))
      .map((each) => ({ ...each, clusters })),
  );
}
