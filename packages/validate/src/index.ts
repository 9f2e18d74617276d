export type { Check, Report, ReportOptions } from './check.ts';
export { decode, maximumFileBytes } from './decode.ts';
export type { InputDocument } from './load.ts';
export { manifestSet, type ManifestSet, type Target } from './manifest-set.ts';
export type { SchemaError, SchemaSource, SchemaValidator } from './schema-source.ts';
export { validateManifests, type ValidateOptions, type Verdict } from './validate-manifests.ts';
export { applyWaivers, type ScopedWaiver, unusedWaivers, waiverAnnotation } from './waivers.ts';
export type { Container, Workload } from './workload.ts';
