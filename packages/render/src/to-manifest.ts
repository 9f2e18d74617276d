import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import type { Json, Manifest } from '@fairlead/objects/manifest';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { plain, type Plain, type ValueFault } from '@fairlead/objects/plain';
import type { ApiObject } from 'cdk8s';

/**
 * Turns one object into its manifest by its own `toJson()`, called once: some of cdk8s-plus' constructs add to themselves
 * on each call. What is wrong with it is added to `diagnostics`; an object with an error has no manifest.
 */
export function toManifest(object: ApiObject, diagnostics: Diagnostic[]): Manifest | undefined {
  let result: Plain;
  try {
    result = object instanceof KubernetesObject ? object.toPlain() : plain(object.toJson());
  } catch (error) {
    diagnostics.push(failed(object, error));
    return undefined;
  }
  const found = result.faults.map((fault) => describe(object, fault));
  for (const each of found) diagnostics.push(each);
  if (found.some((each) => each.severity === 'error')) return undefined;
  const { value } = result;
  if (isManifest(value)) return value;
  diagnostics.push(incomplete(object, value));
  return undefined;
}

function describe(object: ApiObject, { code, pointer, problem }: ValueFault): Diagnostic {
  return diagnostic(code, {
    message: `${pointer === '' ? 'the object' : pointer} of ${object.kind} "${object.name}" ${problem} (construct ${object.node.path})`,
    hint: hints[code],
    pointer,
    object: referenceOf(object),
  });
}

const hints: Partial<Record<ValueFault['code'], string>> = {
  'render/not-a-number': 'check where the number comes from: a missing value makes NaN',
  'render/unsupported-value': 'give text, a number, true or false, a list or an object literal',
  'render/missing-item': 'leave the item out: [...(condition ? [item] : [])]',
  'render/null-dropped': 'leave the field out, or give an empty map {} where that is meant',
  'render/ill-formed-text': 'cut text between characters: [...text].slice(0, n).join("")',
};

function failed(object: ApiObject, error: unknown): Diagnostic {
  const cause = error instanceof Error ? error.message : String(error);
  return diagnostic('render/failed', {
    message: `${object.kind} "${object.name}" cannot be rendered: ${cause} (construct ${object.node.path})`,
    object: referenceOf(object),
  });
}

function incomplete(object: ApiObject, value: Json): Diagnostic {
  const missing = requiredFields.filter(([, has]) => !has(value)).map(([field]) => field);
  return diagnostic('render/incomplete-object', {
    message: `an object lacks ${missing.join(' and ')} (construct ${object.node.path})`,
    hint: 'state apiVersion, kind and metadata.name as text',
    object: referenceOf(object),
  });
}

const requiredFields: readonly (readonly [field: string, has: (value: Json) => boolean])[] = [
  ['apiVersion', (value) => isText(field(value, 'apiVersion'))],
  ['kind', (value) => isText(field(value, 'kind'))],
  ['metadata.name', (value) => isText(field(field(value, 'metadata'), 'name'))],
];

/** What {@link requiredFields} ask, for every object of a fleet. */
function isManifest(value: Json): value is Json & Manifest {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value && 'kind' in value && 'metadata' in value))
    return false;
  const { apiVersion, kind, metadata } = value;
  return isText(apiVersion) && isText(kind) && isText(field(metadata, 'name'));
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function referenceOf({ apiVersion, kind, name, metadata }: ApiObject): Diagnostic['object'] {
  return { apiVersion, kind, name, namespace: metadata.namespace };
}
