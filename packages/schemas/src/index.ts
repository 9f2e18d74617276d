export {
  createSchemaRegistry,
  type KindEntry,
  type RegistrySource,
  type SchemaRegistry,
  type SchemaValidator,
} from './schema-registry.ts';
export type { SchemaError } from './schema-error.ts';
export type { Schema } from './schema.ts';
export { customKinds, structural, type CustomKind } from './structural.ts';
export { schemaFolder, schemaVersionOf, schemaVersions, type SchemaVersion } from './versions.ts';
