import type { Code, Severity } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { ManifestSet } from './manifest-set.ts';

/**
 * One verdict on one cluster's manifests: reads the set, reports what is wrong, changes nothing and never throws.
 *
 * How to add one:
 * 1. a code with sentence, `bad` and `good` in `packages/diagnostics/src/codes/<area>.ts`;
 * 2. a `Check` in `checks/<area>.ts`, listed in that file's exported array (`networkChecks`, `securityChecks`, …), which
 *    `checks/index.ts` concatenates;
 * 3. a row in `test/mutations/<area>.ts` that breaks the base tree of `test/base-tree.ts`.
 *
 * What a check may rely on: every manifest has a string `apiVersion` and `kind` and a `metadata` map with a string `name`, is finite
 * JSON without cycles, and stands once in `set.manifests`. Everything else may be of any type (the schema check says so elsewhere):
 * read with `at`, `textAt`, `listAt` … of `json.ts`, which never throw. Use the indices of the set (`kinds`, `ofKind`, `get`, `workloads`,
 * `select`, `namespaces`) and never loop over all manifests inside a loop over all manifests.
 *
 * `environment` is absent for folders that know no Fairlead. In the `folder` context `operations/*` errors become warnings by
 * themselves; for others pass `severity` where a foreign folder deserves less (`set.offered` is `error` in the fleet and `warning` in a
 * folder). `environment.strictness` and waivers are applied afterwards, not by the check.
 */
export type Check = (set: ManifestSet, report: Report) => void;

/**
 * Records a finding about a manifest.
 *
 * `pointer` is a JSON pointer into that manifest (`/spec/template/spec/containers/0/image`; build dynamic steps with `step()` of
 * `json.ts`; a pointer to something missing is placed at its nearest existing parent). Line and column are looked up afterwards, only
 * for manifests that have findings. `message`: one sentence without a full stop, with the offending value and what it refers to.
 */
export type Report = (
  code: Code,
  manifest: Manifest,
  pointer: string,
  message: string,
  options?: ReportOptions,
) => void;

export interface ReportOptions {
  /** The way out: a command or an edit. */
  readonly hint?: string | undefined;
  /** Where it differs from the one registered with the code. */
  readonly severity?: Severity | undefined;
}
