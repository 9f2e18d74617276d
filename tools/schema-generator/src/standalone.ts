import type { Kind, Schema } from './schema.ts';

/** The schema of one kind with only the definitions that it reaches, as one file that ajv and kubeconform both read. */
export function standalone(kind: Kind, definitions: ReadonlyMap<string, Schema>): Schema {
  const properties = {
    ...kind.schema.properties,
    apiVersion: { const: kind.apiVersion },
    kind: { const: kind.kind },
    ...(kind.schema.properties?.['metadata'] && { metadata: { ...withoutNull(kind.schema.properties['metadata']) } }),
  };
  const required = new Set(['apiVersion', 'kind', ...(kind.schema.required ?? [])]);
  if ('metadata' in properties && !kind.kind.endsWith('Review')) required.add('metadata');
  const root: Schema = { ...kind.schema, type: 'object', properties, required: [...required].sort() };
  const reached = new Map<string, Schema>();
  collect(root, definitions, reached);
  const $defs = Object.fromEntries([...reached].sort(([a], [b]) => (a < b ? -1 : 1)));
  const complete = { ...root, ...(reached.size > 0 && { $defs }) };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...withPlainNames(complete) };
}

/**
 * `LabelSelector~2`, the name that keeps apart the types of different packages, becomes `LabelSelector` again where the
 * file has no other. So adding a kind changes no other file.
 */
function withPlainNames(schema: Schema): Schema {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of Object.keys(schema.$defs ?? {})) {
    const base = name.replace(/~\d+$/, '');
    let plain = base;
    for (let n = 2; taken.has(plain); n++) plain = `${base}${n}`;
    taken.add(plain);
    names.set(name, plain);
  }
  const renamed = JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') {
      return `#/$defs/${names.get(value.slice('#/$defs/'.length))}`;
    }
    return value;
  }) as Schema;
  if (renamed.$defs === undefined) return renamed;
  const $defs = Object.entries(renamed.$defs).map(([name, each]) => [names.get(name) ?? name, each] as const);
  return { ...renamed, $defs: Object.fromEntries($defs.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function withoutNull(schema: Schema): Schema {
  return { ...schema, type: 'object' };
}

function collect(schema: Schema, definitions: ReadonlyMap<string, Schema>, reached: Map<string, Schema>): void {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice('#/$defs/'.length);
    const definition = definitions.get(name);
    if (definition === undefined) throw new Error(`no definition ${name}`);
    if (reached.has(name)) return;
    reached.set(name, definition);
    collect(definition, definitions, reached);
  }
  for (const property of Object.values(schema.properties ?? {})) collect(property, definitions, reached);
  if (schema.items !== undefined) collect(schema.items, definitions, reached);
  if (typeof schema.additionalProperties === 'object') collect(schema.additionalProperties, definitions, reached);
}
