import type { Manifest } from '@fairlead/objects';

/** One disagreement of a manifest with its schema. */
export interface SchemaError {
  /** JSON pointer into the manifest. */
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Judges one manifest; an empty list where it agrees. */
export type SchemaValidator = (manifest: Manifest) => readonly SchemaError[];

/** Where schemas come from: strict ones per Kubernetes version, and those of CustomResourceDefinitions. */
export interface SchemaSource {
  /** The validator of a kind on a Kubernetes minor version (`1.34`), or undefined where there is no schema. */
  validatorFor(version: string, apiVersion: string, kind: string): SchemaValidator | undefined;
  /** True where the schema is of a CustomResourceDefinition that was handed over. Absent: never. */
  isDefined?(apiVersion: string, kind: string): boolean;
  /** The same source with the schemas of these CustomResourceDefinitions added. */
  withDefinitions?(definitions: readonly Manifest[]): SchemaSource;
}
