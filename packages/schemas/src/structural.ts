import type { JsonType, Schema } from './schema.ts';

/** A kind that a CustomResourceDefinition serves, with its strict schema. */
export interface CustomKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly schema: Schema;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The strict schemas of every served version of a CustomResourceDefinition (apiextensions.k8s.io/v1), read from its
 * structural schema. Unknown fields are refused unless `x-kubernetes-preserve-unknown-fields` keeps them;
 * `x-kubernetes-int-or-string`, `x-kubernetes-embedded-resource` and `nullable` are honoured; `status` and descriptions,
 * formats and CEL rules play no part. A definition that is not readable as such yields nothing.
 */
export function customKinds(definition: unknown, objectMeta: Schema): CustomKind[] {
  const spec = fieldsOf(fieldsOf(definition)['spec']);
  const { kind, plural } = fieldsOf(spec['names']);
  const group = spec['group'];
  if (typeof kind !== 'string' || typeof group !== 'string' || !Array.isArray(spec['versions'])) return [];
  return spec['versions'].map(fieldsOf).flatMap((version) => {
    const name = version['name'];
    const root = fieldsOf(version['schema'])['openAPIV3Schema'];
    if (typeof name !== 'string' || version['served'] === false || root === undefined) return [];
    const apiVersion = `${group}/${name}`;
    const schema = rootSchema(structural(root), apiVersion, kind, objectMeta);
    const named = typeof plural === 'string' ? plural : `${kind.toLowerCase()}s`;
    return [{ apiVersion, kind, plural: named, namespaced: spec['scope'] !== 'Cluster', schema }];
  });
}

function rootSchema(schema: Schema, apiVersion: string, kind: string, metadata: Schema): Schema {
  const properties = {
    ...schema.properties,
    apiVersion: { const: apiVersion },
    kind: { const: kind },
    metadata,
    status: {},
  };
  const open = schema.additionalProperties === true || schema.properties === undefined;
  const required = new Set([...(schema.required ?? []), 'apiVersion', 'kind', 'metadata']);
  required.delete('status');
  return { ...schema, type: 'object', properties, required: [...required], additionalProperties: open };
}

/** A structural schema as strict JSON Schema. */
export function structural(source: unknown): Schema {
  const from = fieldsOf(source);
  const preserves = from['x-kubernetes-preserve-unknown-fields'] === true;
  const embedded = from['x-kubernetes-embedded-resource'] === true;
  const properties = from['properties'] === undefined ? undefined : mapped(fieldsOf(from['properties']));
  const values = from['additionalProperties'];
  const named = embedded ? { apiVersion: text, kind: text, metadata: anyMap, ...properties } : properties;
  const closed = named !== undefined && !preserves && values === undefined;
  return {
    ...typeOf(from),
    ...constraints(from),
    ...(named !== undefined && { properties: named }),
    ...(closed && { additionalProperties: false }),
    ...(typeof values === 'object' && values !== null && { additionalProperties: structural(values) }),
    ...(from['items'] !== undefined && { items: structural(from['items']) }),
    ...junctors(from),
  };
}

const text: Schema = { type: 'string' };
const anyMap: Schema = { type: 'object' };

function mapped(properties: Fields): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, structural(each)]));
}

/** Schemas below `allOf`, `anyOf`, `oneOf` and `not` only add conditions: they never close an object. */
function condition(source: unknown): Schema {
  const from = fieldsOf(source);
  const properties = fieldsOf(from['properties']);
  return {
    ...(from['type'] === undefined ? {} : typeOf(from)),
    ...constraints(from),
    ...(from['properties'] !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, condition(each)])),
    }),
    ...(from['items'] !== undefined && { items: condition(from['items']) }),
    ...junctors(from),
  };
}

function junctors(from: Fields): Schema {
  const list = (name: string): Schema[] | undefined => {
    const value = from[name];
    return Array.isArray(value) && value.length > 0 ? value.map(condition) : undefined;
  };
  // What `x-kubernetes-int-or-string` states is in its type already; its customary `anyOf` repeats it.
  const anyOf = from['x-kubernetes-int-or-string'] === true ? undefined : list('anyOf');
  const allOf = list('allOf');
  const oneOf = list('oneOf');
  return {
    ...(allOf && { allOf }),
    ...(anyOf && { anyOf }),
    ...(oneOf && { oneOf }),
    ...(from['not'] !== undefined && { not: condition(from['not']) }),
  };
}

function typeOf(from: Fields): Schema {
  const types: JsonType[] = from['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : [];
  const stated = from['type'];
  if (types.length === 0 && isJsonType(stated)) types.push(stated);
  if (types.length === 0) return {};
  if (from['nullable'] === true) types.push('null');
  return { type: types };
}

function isJsonType(value: unknown): value is JsonType {
  return typeof value === 'string' && /^(string|integer|number|boolean|object|array|null)$/.test(value);
}

function constraints(from: Fields): Schema {
  const numbers = sizes.flatMap((name) => (typeof from[name] === 'number' ? [[name, from[name]]] : []));
  const required = Array.isArray(from['required']) ? from['required'].filter((each) => typeof each === 'string') : [];
  const values = Array.isArray(from['enum'])
    ? from['enum'].filter((each) => each === null || typeof each !== 'object')
    : [];
  const pattern = from['pattern'];
  return {
    ...(Object.fromEntries(numbers) as Schema),
    ...bounds(from),
    ...(required.length > 0 && { required }),
    ...(values.length > 0 && { enum: from['nullable'] === true ? [...values, null] : values }),
    ...(typeof pattern === 'string' && isReadable(pattern) && { pattern }),
  };
}

const sizes = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
] as const;

/** OpenAPI 3.0 states exclusive bounds as a flag beside the bound, JSON Schema 2020-12 as a bound of their own. */
function bounds(from: Fields): Schema {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = from;
  return {
    ...(typeof minimum === 'number' && (exclusiveMinimum === true ? { exclusiveMinimum: minimum } : { minimum })),
    ...(typeof maximum === 'number' && (exclusiveMaximum === true ? { exclusiveMaximum: maximum } : { maximum })),
  };
}

/** Patterns are Go's; one that JavaScript cannot read is left out rather than misread. */
function isReadable(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
