import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isQuantity, overlay, quantity } from './kubernetes-facts.ts';
import { anything, arrayOf, mapOf, strictObject, type Kind, type Schema, type Source } from './schema.ts';

interface Attribute {
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

/**
 * Reads the models that `@kubernetes/client-node` generates from the OpenAPI document of one Kubernetes version.
 * `attributeTypeMap` in `dist/gen/models/*.js` has the original names and types, the `.d.ts` beside it says what is
 * optional, and `dist/gen/apis/*.js` which kinds can be created, in which API version, namespaced or not.
 * `status` stays free-form: no manifest states it.
 * Models that no longer belong to any API stay in the package, but nothing refers to them.
 */
export function readKubernetesClient(folder: string): Source {
  const models = join(folder, 'dist/gen/models');
  const definitions = new Map<string, Schema>();
  for (const file of readdirSync(models)) {
    if (!file.endsWith('.js')) continue;
    const name = file.slice(0, -'.js'.length);
    const attributes = attributesOf(readFileSync(join(models, file), 'utf8'));
    if (attributes === undefined) continue;
    const optional = optionalNames(readFileSync(join(models, `${name}.d.ts`), 'utf8'));
    definitions.set(
      name,
      strictObject(
        attributes.map((each) => [each.baseName, attributeSchema(name, each), !optional.has(each.name)] as const),
      ),
    );
  }
  return { kinds: [...createdKinds(join(folder, 'dist/gen/apis'), definitions)], definitions };
}

function attributesOf(source: string): Attribute[] | undefined {
  const list = /\.attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(source)?.[1];
  return list === undefined ? undefined : (JSON.parse(list) as Attribute[]);
}

function optionalNames(declaration: string): Set<string> {
  return new Set([...declaration.matchAll(/^ {4}'([^']+)'\?:/gm)].map((match) => match[1] ?? ''));
}

function attributeSchema(owner: string, { baseName, type, format }: Attribute): Schema {
  if (baseName === 'status' && type.endsWith('Status')) return { type: 'object' };
  const field = `${unversioned(owner)}#${baseName}`;
  return overlay(field, isQuantity(field) ? quantities(type) : typeSchema(type, format));
}

/** `HorizontalPodAutoscaler` for `V2HorizontalPodAutoscaler`, `Event` for `CoreV1Event`. */
function unversioned(model: string): string {
  return model.replace(/^([A-Z][a-z]+)?V\d+(?:(?:alpha|beta)\d+)?/, '');
}

function quantities(type: string): Schema {
  return type.startsWith('{') ? mapOf(quantity) : quantity;
}

function typeSchema(type: string, format: string): Schema {
  const array = /^Array<(.*)>$/.exec(type)?.[1];
  if (array !== undefined) return arrayOf(typeSchema(array, format));
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map !== undefined) return mapOf(typeSchema(map, format));
  if (type === 'string' || type === 'Date' || type === 'V1MicroTime') return { type: 'string' };
  if (type === 'boolean') return { type: 'boolean' };
  if (type === 'number') return { type: format === 'double' ? 'number' : 'integer' };
  if (type === 'IntOrString') return { type: ['string', 'integer'] };
  if (type === 'any' || type === 'object') return anything;
  return { $ref: `#/$defs/${type}` };
}

/** The API classes that the package exports; files of withdrawn versions stay in the folder, unreferenced. */
function servedApis(folder: string): Set<string> {
  const facade = readFileSync(join(folder, '../types/ObservableAPI.js'), 'utf8');
  return new Set([...facade.matchAll(/from ["']\.\.\/apis\/(\w+Api\.js)["']/g)].map((match) => match[1] ?? ''));
}

function* createdKinds(folder: string, definitions: ReadonlyMap<string, Schema>): Generator<Kind> {
  const seen = new Set<string>();
  for (const file of servedApis(folder)) {
    for (const body of readFileSync(join(folder, file), 'utf8').split(/\n {4}async /)) {
      const path = /localVarPath = '\/(api|apis)\/([^']+)'/.exec(body)?.[2];
      const model = /ObjectSerializer\.serialize\(body, "(\w+)"/.exec(body)?.[1];
      if (!body.startsWith('create') || path === undefined || model === undefined || path.includes('{name}')) continue;
      const schema = definitions.get(model);
      const plural = path.split('/').at(-1);
      const apiVersion = path.replace(/\/(namespaces\/\{namespace\}\/)?[^/]+$/, '');
      const kind = unversioned(model);
      if (schema === undefined || seen.has(`${apiVersion}/${kind}`)) continue;
      seen.add(`${apiVersion}/${kind}`);
      yield { apiVersion, kind, plural, namespaced: path.includes('{namespace}'), schema };
    }
  }
}
