import type { Schema } from '@fairlead/schemas/schema';

export type { Schema };

/** One kind that a Kubernetes version or an operator serves, with the schema of its own object. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Plural name in lower case, as RBAC rules spell it; absent where the source does not say. */
  readonly plural?: string | undefined;
  /** Absent where the source does not say. */
  readonly namespaced?: boolean | undefined;
  readonly schema: Schema;
}

/** What one source yields: its kinds, and the definitions that they refer to as `#/$defs/<name>`. */
export interface Source {
  readonly kinds: readonly Kind[];
  readonly definitions: ReadonlyMap<string, Schema>;
}

export const anything: Schema = {};

/**
 * A strict object. An optional property also takes null, which an API server reads as absent (`creationTimestamp: null`
 * of `kubectl create --dry-run`); a required one does not.
 */
export function strictObject(fields: Iterable<readonly [name: string, schema: Schema, required: boolean]>): Schema {
  const entries = [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const properties = Object.fromEntries(
    entries.map(([name, schema, required]) => [name, required ? notNull(schema) : orNull(schema)]),
  );
  const required = entries.filter((entry) => entry[2]).map(([name]) => name);
  return {
    type: ['object', 'null'],
    properties,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
  };
}

/** A list; its items are never null. */
export function arrayOf(items: Schema): Schema {
  return { type: 'array', items: notNull(items) };
}

/** A map with free keys; its values are never null. */
export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: Object.keys(values).length === 0 ? true : notNull(values) };
}

/** Definitions take null themselves, so a reference that must not be null says its type beside `$ref`. */
function notNull(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : { ...schema, type: 'object' };
}

function orNull(schema: Schema): Schema {
  if (schema.type === undefined) return schema;
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (types.includes('null')) return schema;
  return { ...schema, type: [...types, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
}
