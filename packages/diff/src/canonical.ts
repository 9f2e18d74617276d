import { plainScalar } from './meaning.ts';
import type { Field, Values } from './shapes/shape.ts';

/** True for a plain map. */
export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The default of a field, given its siblings. */
export function defaultOf(field: Field | undefined, owner: Values): unknown {
  if (field === undefined || field.default === undefined) return undefined;
  return typeof field.default === 'function' ? field.default(owner) : field.default;
}

const amounts: Field = { shape: { '*': { scalar: 'quantity' } } };
const resources: Field = { shape: { limits: amounts, requests: amounts } };

/** The field of a shape: its own entry, else the entry for every field. */
export function fieldOf(field: Field | undefined, name: string): Field | undefined {
  const shape = field?.shape;
  // Custom resources write `resources` as containers do.
  if (shape === undefined) return name === 'resources' ? resources : undefined;
  const known = Object.hasOwn(shape, name) ? shape[name] : shape['*'];
  return known ?? (name === 'resources' ? resources : undefined);
}

/** Text that is equal for two values with the same meaning: keys sorted, sets sorted, defaults and empty values left out. */
export function canonical(value: unknown, field: Field | undefined): string {
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      canonical(item, field?.shape === undefined ? undefined : { shape: field.shape, presence: true }),
    );
    if (field?.list !== undefined && field.list !== 'ordered' && !(field.list !== 'set' && field.list.ordered?.(value)))
      items.sort();
    return `[${items.join(',')}]`;
  }
  if (isMap(value)) {
    const parts: string[] = [];
    for (const key of Object.keys(value).sort()) {
      const inner = value[key];
      if (inner === null || inner === undefined) continue;
      const innerField = fieldOf(field, key);
      const text = canonical(inner, innerField);
      if (isNothing(text) && innerField?.presence !== true && (text === '[]' || field?.shape !== undefined)) continue;
      const fallback = defaultOf(innerField, value);
      if (fallback !== undefined && innerField?.presence !== true && canonical(fallback, innerField) === text) continue;
      parts.push(`${JSON.stringify(key)}:${text}`);
    }
    return `{${parts.join(',')}}`;
  }
  return JSON.stringify(plainScalar(value, field?.scalar)) ?? 'null';
}

function isNothing(text: string): boolean {
  return text === '{}' || text === '[]' || text === 'null';
}
