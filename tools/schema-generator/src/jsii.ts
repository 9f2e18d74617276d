import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isQuantity, overlay, quantity } from './kubernetes-facts.ts';
import { anything, arrayOf, mapOf, strictObject, type Kind, type Schema, type Source } from './schema.ts';

interface JsiiType {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: JsiiType };
}

interface JsiiProperty {
  readonly optional?: boolean;
  readonly type: JsiiType;
  readonly docs: { readonly custom: { readonly schema: string } };
}

interface JsiiDeclaration {
  readonly namespace?: string;
  readonly kind: 'interface' | 'class' | 'enum';
  readonly name: string;
  readonly docs?: { readonly custom?: { readonly schema?: string } };
  readonly properties?: readonly JsiiProperty[];
}

/**
 * Reads the `.jsii` assembly of a cdk8s-plus package, which keeps the original path of each field
 * (`io.k8s.api.core.v1.ServiceSpec#clusterIP`). It has no `status`, so kinds get it free-form, and it does not tell
 * integers from other numbers: in the Kubernetes API only JSONSchemaProps has fractions.
 * Kinds that exist in `newer` under the same API version take their plural and scope from there.
 */
export function readJsii(folder: string, newer: readonly Kind[]): Source {
  const assembly = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')) as {
    types: Record<string, JsiiDeclaration>;
  };
  const definitions = new Map<string, Schema>();
  for (const declaration of Object.values(assembly.types)) {
    if (declaration.namespace !== 'k8s' || declaration.kind !== 'interface') continue;
    const isKind = /^Kube\w+Props$/.test(declaration.name);
    const fields = (declaration.properties ?? []).map((property) => {
      const path = property.docs.custom.schema;
      return [
        path.slice(path.indexOf('#') + 1),
        fieldSchema(assembly.types, property),
        property.optional !== true,
      ] as const;
    });
    const extra = isKind
      ? (['apiVersion', 'kind', 'status'] as const).filter((name) => !fields.some(([f]) => f === name))
      : [];
    definitions.set(
      declaration.name,
      strictObject([
        ...fields,
        ...extra.map((name) => [name, { type: name === 'status' ? 'object' : 'string' }, false] as const),
      ]),
    );
  }
  return { kinds: [...kinds(folder, definitions, newer)], definitions };
}

function fieldSchema(types: Record<string, JsiiDeclaration>, { type, docs }: JsiiProperty): Schema {
  const [, owner = '', field = ''] = /\.(\w+)#(.+)$/.exec(docs.custom.schema) ?? [];
  const name = `${owner}#${field}`;
  const schema = typeSchema(types, type, owner === 'JSONSchemaProps');
  if (!isQuantity(name)) return overlay(name, schema);
  return schema.additionalProperties === undefined ? quantity : mapOf(quantity);
}

function typeSchema(types: Record<string, JsiiDeclaration>, type: JsiiType, fractions: boolean): Schema {
  if (type.collection !== undefined) {
    const element = typeSchema(types, type.collection.elementtype, fractions);
    return type.collection.kind === 'array' ? arrayOf(element) : mapOf(element);
  }
  switch (type.primitive) {
    case 'number':
      return { type: fractions ? 'number' : 'integer' };
    case 'boolean':
      return { type: 'boolean' };
    case 'string':
    case 'date':
      return { type: 'string' };
    case undefined:
      break;
    default:
      return anything;
  }
  const target = types[type.fqn ?? ''];
  if (target === undefined) return anything;
  if (target.name === 'Quantity') return quantity;
  if (target.kind === 'class') return { type: ['string', 'integer'] };
  if (target.kind === 'enum') return { type: 'string' };
  return { $ref: `#/$defs/${target.name}` };
}

function* kinds(folder: string, definitions: ReadonlyMap<string, Schema>, newer: readonly Kind[]): Generator<Kind> {
  const require = createRequire(import.meta.url);
  const { k8s } = require(folder) as {
    k8s: Record<string, { GVK?: { apiVersion: string; kind: string } } | undefined>;
  };
  for (const [className, { GVK } = {}] of Object.entries(k8s)) {
    if (GVK === undefined || GVK.kind.endsWith('List') || notManifests.has(GVK.kind)) continue;
    const schema = definitions.get(`${className}Props`);
    if (schema === undefined) throw new Error(`cdk8s-plus: no properties of ${className}`);
    const twin =
      newer.find((each) => each.kind === GVK.kind && each.apiVersion === GVK.apiVersion) ??
      newer.find((each) => each.kind === GVK.kind);
    yield { ...GVK, plural: twin?.plural, namespaced: twin?.namespaced, schema };
  }
}

/** Bodies of sub-resources and answers of the API server. */
const notManifests = new Set(['Status', 'Scale', 'Eviction', 'TokenRequest', 'ComponentStatus']);
