import { escapePointer } from '@fairlead/objects/plain';

/** Reads of unknown JSON that never throw: a manifest of another's making may hold anything anywhere. */

export type JsonMap = Readonly<Record<string, unknown>>;

const nothing: readonly never[] = [];

/** True for a JSON object, false for arrays, scalars and null. */
export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Step = string | number;

/** The value at a path of keys and indices, or undefined where any step is missing. */
export function at(value: unknown, one: Step, two?: Step, three?: Step, four?: Step): unknown {
  // Named steps instead of a rest parameter: these reads are most of what checks do, and each would make a list first.
  let found = stepInto(value, one);
  if (two === undefined || found === undefined) return found;
  found = stepInto(found, two);
  if (three === undefined || found === undefined) return found;
  found = stepInto(found, three);
  return four === undefined || found === undefined ? found : stepInto(found, four);
}

/** {@link at} for a path of any length. */
export function atPath(value: unknown, path: readonly Step[]): unknown {
  let current = value;
  for (let index = 0; index < path.length && current !== undefined; index++)
    current = stepInto(current, path[index] ?? '');
  return current;
}

function stepInto(value: unknown, step: Step): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof step === 'number') return Array.isArray(value) ? (value as readonly unknown[])[step] : undefined;
  if (Array.isArray(value)) return undefined;
  const found = (value as JsonMap)[step];
  // What JSON has not, objects inherit: functions, and `__proto__`.
  return typeof found === 'function' || (step === '__proto__' && !Object.hasOwn(value, step)) ? undefined : found;
}

/** The text at a path, or undefined where there is none or it is no string. */
export function textAt(value: unknown, one: Step, two?: Step, three?: Step, four?: Step): string | undefined {
  const found = at(value, one, two, three, four);
  return typeof found === 'string' ? found : undefined;
}

/** The number at a path, or undefined where there is none or it is no number. */
export function numberAt(value: unknown, one: Step, two?: Step, three?: Step, four?: Step): number | undefined {
  const found = at(value, one, two, three, four);
  return typeof found === 'number' ? found : undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, one?: Step, two?: Step, three?: Step, four?: Step): readonly unknown[] {
  const found = one === undefined ? value : at(value, one, two, three, four);
  return Array.isArray(found) ? found : nothing;
}

/** The map at a path; empty where there is none. */
export function mapAt(value: unknown, one: Step, two?: Step, three?: Step, four?: Step): JsonMap {
  return mapOf(at(value, one, two, three, four));
}

const empty: JsonMap = Object.freeze({});

const mapOf = (value: unknown): JsonMap => (isMap(value) ? value : empty);

/** The string values of the map at a path, by key; other values are left out. */
export function textsAt(
  value: unknown,
  one: Step,
  two?: Step,
  three?: Step,
  four?: Step,
): Readonly<Record<string, string>> {
  const found = mapOf(at(value, one, two, three, four));
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
  return typeof name === 'number' ? `${name}` : escapePointer(name);
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
