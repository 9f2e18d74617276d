/** Reads of unknown JSON that never throw: a manifest of another's making may hold anything anywhere. */

export type JsonMap = Readonly<Record<string, unknown>>;

const nothing: readonly never[] = [];

/** True for a JSON object, false for arrays, scalars and null. */
export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys and indices, or undefined where any step is missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return walk(value, path);
}

function walk(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (let index = 0; index < path.length && current !== undefined; index++) {
    const step = path[index] ?? '';
    if (typeof step === 'number') current = Array.isArray(current) ? current[step] : undefined;
    else current = isMap(current) && Object.hasOwn(current, step) ? current[step] : undefined;
  }
  return current;
}

/** The text at a path, or undefined where there is none or it is no string. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = walk(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The number at a path, or undefined where there is none or it is no number. */
export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = walk(value, path);
  return typeof found === 'number' ? found : undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = walk(value, path);
  return Array.isArray(found) ? found : nothing;
}

/** The map at a path; empty where there is none. */
export function mapAt(value: unknown, ...path: readonly (string | number)[]): JsonMap {
  return mapOf(walk(value, path));
}

const mapOf = (value: unknown): JsonMap => (isMap(value) ? value : {});

/** The string values of the map at a path, by key; other values are left out. */
export function textsAt(value: unknown, ...path: readonly (string | number)[]): Readonly<Record<string, string>> {
  const found = mapOf(walk(value, path));
  for (const key in found) {
    if (typeof found[key] !== 'string') {
      return Object.fromEntries(
        Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
    }
  }
  return found as Readonly<Record<string, string>>;
}

/** One step of a JSON pointer, escaped. */
export function step(name: string | number): string {
  if (typeof name === 'number') return `${name}`;
  // Nearly every key is its own step, and steps are asked for far more often than pointers are told.
  return name.includes('/') || name.includes('~') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

/** The steps of a JSON pointer, unescaped. */
export function stepsOf(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'));
}
