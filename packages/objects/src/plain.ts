/// <reference lib="es2024.string" />
import type { Code } from '@fairlead/diagnostics';
import type { Json } from './manifest.ts';

/** One value that is not fit for a manifest. */
export interface ValueFault {
  readonly code: Extract<Code, `render/${string}`>;
  /** JSON pointer of the value, within what was checked. */
  readonly pointer: string;
  /** What it is: `is NaN`, `is a Map`. */
  readonly problem: string;
  /** The value itself. */
  readonly value: unknown;
}

/** What {@link plain} returns. */
export interface Plain {
  /** Plain JSON; what is faulty is left out of it. Shares with the source whatever was plain already. */
  readonly value: Json;
  readonly faults: readonly ValueFault[];
}

/** No Kubernetes type nests deeper; a CRD's own schema comes nearest. */
const maxDepth = 200;
/** An API server takes 3 MiB per request; this is more values than fit. */
const maxValues = 500_000;

interface Walk {
  values: number;
  /** Something is wrong or unusual: {@link findFaults} has to look. */
  suspicious: boolean;
  stopped: boolean;
}

/**
 * Makes plain JSON of a value: `undefined` and `null` left out of maps, `-0` as `0`. The source is not changed; parts that are
 * plain already are not copied.
 * Whatever JSON cannot hold is a fault with its pointer, never a silent change; `null` in a map is the one warning among them.
 */
export function plain(value: unknown): Plain {
  const walk: Walk = { values: 0, suspicious: false, stopped: false };
  const result = clean(value, walk, 0);
  return { value: result ?? null, faults: walk.suspicious ? findFaults(value) : [] };
}

/** A deep copy with sorted keys of what {@link plain} returned. */
export function sortedCopy(value: Json): Json {
  if (isJsonList(value)) return value.map(sortedCopy);
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, Json> = {};
  for (const key of sortedKeys(value)) {
    const item = value[key];
    if (item !== undefined) result[key] = sortedCopy(item);
  }
  return result;
}

function isJsonList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

const sharedParts = new WeakSet();

/**
 * Declares that several manifests have this very object in them, such as the labels of a workload: whoever reads manifests may keep what
 * was found of it, by its identity. It is frozen with all it holds. What holds more than plain JSON is left alone, for {@link plain} to tell of.
 *
 * @returns the part
 */
export function shared<T extends object>(part: T): T {
  const { value, faults } = plain(part);
  if (faults.length > 0 || value !== part) return part;
  freeze(part);
  sharedParts.add(part);
  return part;
}

function freeze(value: unknown): void {
  // What somebody else has frozen may hold more that is not.
  if (typeof value !== 'object' || value === null || sharedParts.has(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

/** Whether {@link shared} was told of this very object; then it is plain JSON. */
export function isShared(part: object): boolean {
  return sharedParts.has(part);
}

/** The hot path: builds no pointer and no message, only notes that there is a reason to. */
function clean(value: unknown, walk: Walk, depth: number): Json | undefined {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) walk.suspicious = true;
      return value;
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) walk.suspicious = true;
      return value + 0;
    case 'undefined':
      return undefined;
    case 'object':
      if (value === null) return null;
      if (sharedParts.has(value)) return value as Json;
      if (walk.stopped) return undefined;
      if (++walk.values > maxValues || depth > maxDepth) {
        walk.suspicious = walk.stopped = true;
        return undefined;
      }
      if (Array.isArray(value)) return cleanList(value, walk, depth + 1);
      if (isPlainObject(value)) return cleanMap(value, walk, depth + 1);
      walk.suspicious = true;
      return undefined;
    default:
      walk.suspicious = true;
      return undefined;
  }
}

function cleanList(list: readonly unknown[], walk: Walk, depth: number): readonly Json[] {
  walk.values += list.length;
  let changed: Json[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    const kept = clean(item, walk, depth);
    if (kept === undefined) walk.suspicious = true;
    if (changed === undefined) {
      if (Object.is(kept, item) && kept !== undefined) continue;
      // What came before is as it was, so it is JSON.
      changed = list.slice(0, index) as Json[];
    }
    if (kept !== undefined) changed.push(kept);
  }
  return changed ?? (list as readonly Json[]);
}

function cleanMap(map: Readonly<Record<string, unknown>>, walk: Walk, depth: number): Readonly<Record<string, Json>> {
  let changed: Record<string, Json> | undefined;
  for (const key in map) {
    const item = map[key];
    const kept = clean(item, walk, depth);
    const drop = kept === undefined || kept === null || key === '__proto__' || !key.isWellFormed();
    if (drop && item !== undefined) walk.suspicious = true;
    if (changed === undefined) {
      if (!drop && Object.is(kept, item)) continue;
      changed = before(map, key);
    }
    if (!drop) changed[key] = kept;
  }
  return changed ?? (map as Readonly<Record<string, Json>>);
}

/** A copy of the entries before a key, all of which are as they were and so JSON. */
function before(map: Readonly<Record<string, unknown>>, end: string): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const key in map) {
    if (key === end) break;
    result[key] = map[key] as Json;
  }
  return result;
}

/** True for an object literal, of this realm or another, and for one without a prototype. */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Fewer keys than this are sorted in place: `sort` makes copies, and nearly all maps of a manifest are small and in order. */
const fewKeys = 32;

/** Own keys by UTF-16 code unit. */
export function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length > fewKeys) return keys.sort();
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] ?? '';
    let place = index;
    while (place > 0) {
      const before = keys[place - 1] ?? '';
      if (before <= key) break;
      keys[place] = before;
      place -= 1;
    }
    if (place < index) keys[place] = key;
  }
  return keys;
}

/** The slow path: walks again with a pointer and knows the ancestors, so that it can name what is wrong. */
function findFaults(root: unknown): ValueFault[] {
  const faults: ValueFault[] = [];
  const ancestors = new Set<object>();
  let values = 0;

  const add = (code: ValueFault['code'], pointer: string, problem: string, value: unknown): void => {
    faults.push({ code, pointer, problem, value });
  };

  const visit = (value: unknown, pointer: string): void => {
    if (++values > maxValues) {
      if (values === maxValues + 1) add('render/too-large', '', `has more than ${maxValues} values`, root);
      return;
    }
    if (typeof value === 'string') {
      if (!value.isWellFormed()) add('render/ill-formed-text', pointer, 'holds half of a surrogate pair', value);
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) add('render/not-a-number', pointer, `is ${value}`, value);
    } else if (typeof value === 'object' && value !== null) {
      visitStructure(value, pointer);
    } else if (typeof value !== 'boolean' && value !== undefined && value !== null) {
      add('render/unsupported-value', pointer, `is a ${typeof value}`, value);
    }
  };

  const visitStructure = (value: object, pointer: string): void => {
    if (ancestors.has(value)) return add('render/cycle', pointer, 'contains itself', value);
    if (ancestors.size > maxDepth)
      return add('render/cycle', pointer, `is nested more than ${maxDepth} levels deep`, value);
    ancestors.add(value);
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        if (item === undefined) add('render/missing-item', `${pointer}/${index}`, 'is undefined', item);
        else visit(item, `${pointer}/${index}`);
      }
    } else if (isPlainObject(value)) {
      for (const key of sortedKeys(value)) {
        const at = `${pointer}/${escapePointer(key)}`;
        if (key === '__proto__') add('render/unsafe-key', at, 'has the key __proto__', value[key]);
        else if (!key.isWellFormed())
          add('render/ill-formed-text', pointer, 'has a key with half of a surrogate pair', key);
        else if (value[key] === null) add('render/null-dropped', at, 'is null and left out', null);
        else visit(value[key], at);
      }
    } else {
      add('render/unsupported-value', pointer, `is a ${value.constructor.name || 'class instance'}`, value);
    }
    ancestors.delete(value);
  };

  visit(root, '');
  return faults;
}

/** One segment of a JSON pointer (RFC 6901). */
export function escapePointer(segment: string): string {
  // Nearly every key is its own segment, and they are asked for far more often than pointers are told.
  return segment.includes('/') || segment.includes('~') ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment;
}
