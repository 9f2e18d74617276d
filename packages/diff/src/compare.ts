import { escapePointer } from '@fairlead/objects/plain';
import { canonical, defaultOf, fieldOf, isMap } from './canonical.ts';
import { openText } from './embedded.ts';
import { sameScalar } from './meaning.ts';
import type { Field, ListKind, Values } from './shapes/shape.ts';

/** One changed leaf, with what rules need to recognise it. */
export interface Leaf {
  /** JSON pointer. An item of a list that stands at another index on each side is named by its key: `/spec/containers/[name=api]/image`. */
  readonly pointer: string;
  /** The pointer without indices, with dots: `spec.containers.*.image`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** All leaves whose meaning differs between two values. Symmetric: swapped arguments give the same leaves with before and after swapped. */
export function compareValues(
  before: unknown,
  after: unknown,
  field: Field | undefined,
  pointer = '',
  path = '',
): Leaf[] {
  const leaves: Leaf[] = [];
  compare(before, after, field, pointer, path, leaves);
  return leaves;
}

/** Every leaf of a value that is on one side only. */
export function leavesOf(value: unknown, side: 'before' | 'after', pointer = '', path = ''): Leaf[] {
  const leaves: Leaf[] = [];
  oneSided(value, side, pointer, path, leaves);
  return leaves;
}

function compare(
  before: unknown,
  after: unknown,
  field: Field | undefined,
  pointer: string,
  path: string,
  out: Leaf[],
): void {
  if (before === after) return;
  const left = before ?? undefined;
  const right = after ?? undefined;
  if (left === undefined && right === undefined) return;
  if (isMap(left) && isMap(right)) return compareMaps(left, right, field, pointer, path, out);
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right, field, pointer, path, out);
  if (left === undefined || right === undefined) return compareWithNothing(left, right, field, pointer, path, out);
  if (isMap(left) || isMap(right) || Array.isArray(left) || Array.isArray(right)) {
    out.push({ pointer, path, before: left, after: right });
    return;
  }
  if (sameScalar(left, right, field?.scalar)) return;
  if (typeof left === 'string' && typeof right === 'string') {
    const opened = openText(left, right, pointer);
    if (opened !== undefined) {
      const inner = opened.map((text) => compareValues(text.before, text.after, text.field, pointer, path)).flat();
      // The two sides must not be told apart by position alone: one text, one set of pointers.
      for (const leaf of inner) out.push(leaf);
      return;
    }
  }
  out.push({ pointer, path, before: left, after: right });
}

function compareWithNothing(
  left: unknown,
  right: unknown,
  field: Field | undefined,
  pointer: string,
  path: string,
  out: Leaf[],
): void {
  const value = left ?? right;
  const side = left === undefined ? 'after' : 'before';
  const known = field?.shape !== undefined && field.list === undefined;
  if (Array.isArray(value)) {
    if (value.length > 0) oneSided(value, side, pointer, path, out);
    return;
  }
  if (isMap(value) && known && field.presence !== true) {
    return left === undefined
      ? compareMaps({}, value, field, pointer, path, out)
      : compareMaps(value, {}, field, pointer, path, out);
  }
  oneSided(value, side, pointer, path, out);
}

function oneSided(value: unknown, side: 'before' | 'after', pointer: string, path: string, out: Leaf[]): void {
  if (value === null || value === undefined) return;
  const start = out.length;
  if (Array.isArray(value)) {
    value.forEach((item, index) => oneSided(item, side, `${pointer}/${index}`, `${path}.*`, out));
  } else if (isMap(value)) {
    for (const key of Object.keys(value))
      oneSided(value[key], side, `${pointer}/${escapePointer(key)}`, path === '' ? key : `${path}.${key}`, out);
  }
  if (out.length === start)
    out.push(side === 'before' ? { pointer, path, before: value } : { pointer, path, after: value });
}

function compareMaps(
  before: Values,
  after: Values,
  field: Field | undefined,
  pointer: string,
  path: string,
  out: Leaf[],
): void {
  for (const key of keysOf(before, after)) {
    const left = before[key] ?? undefined;
    const right = after[key] ?? undefined;
    if (left === right) continue;
    const inner = fieldOf(field, key);
    if (
      inner !== undefined &&
      (left === undefined || right === undefined) &&
      equalsDefault(left, right, inner, before, after)
    )
      continue;
    compare(left, right, inner, `${pointer}/${escapePointer(key)}`, path === '' ? key : `${path}.${key}`, out);
  }
}

function equalsDefault(left: unknown, right: unknown, field: Field, before: Values, after: Values): boolean {
  const fallback = left === undefined ? defaultOf(field, before) : defaultOf(field, after);
  if (fallback === undefined) return false;
  const probe: Leaf[] = [];
  compare(left ?? fallback, right ?? fallback, field, '', '', probe);
  return probe.length === 0;
}

function keysOf(before: Values, after: Values): string[] {
  const keys = Object.keys(before);
  for (const key of Object.keys(after)) if (!Object.hasOwn(before, key)) keys.push(key);
  return keys.sort();
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  field: Field | undefined,
  pointer: string,
  path: string,
  out: Leaf[],
): void {
  const kind = field?.list ?? guessKind(before, after);
  const item: Field | undefined = field?.shape === undefined ? undefined : { shape: field.shape, presence: true };
  if (kind === 'ordered') return compareOrdered(before, after, item, pointer, path, out);
  const pairs =
    kind === 'set'
      ? pairBy(before, after, (each) => canonical(each, item))
      : pairBy(before, after, (each) => keyOf(each, kind.keys, item), item);
  for (const { left, right, key } of pairs) {
    const segment =
      left === undefined || right === undefined || left === right
        ? String(left ?? right)
        : `[${escapePointer(label(key, kind))}]`;
    const inner = `${pointer}/${segment}`;
    if (left === undefined) oneSided(after[right ?? 0], 'after', inner, `${path}.*`, out);
    else if (right === undefined) oneSided(before[left], 'before', inner, `${path}.*`, out);
    else compare(before[left], after[right], item, inner, `${path}.*`, out);
  }
  if (kind !== 'set' && kind.ordered !== undefined && (kind.ordered(before) || kind.ordered(after)))
    compareOrder(pairs, kind, pointer, path, out);
}

function compareOrder(pairs: readonly Pair[], kind: ListKind, pointer: string, path: string, out: Leaf[]): void {
  const both = pairs.filter((pair) => pair.left !== undefined && pair.right !== undefined);
  const names = (side: 'left' | 'right') =>
    [...both].sort((a, b) => (a[side] ?? 0) - (b[side] ?? 0)).map((pair) => label(pair.key, kind));
  const left = names('left');
  const right = names('right');
  if (left.some((name, index) => name !== right[index]))
    out.push({ pointer, path: `${path}.<order>`, before: left, after: right });
}

interface Pair {
  readonly left?: number;
  readonly right?: number;
  readonly key: string;
}

function pairBy(
  before: readonly unknown[],
  after: readonly unknown[],
  keyOfItem: (item: unknown) => string,
  field?: Field,
): Pair[] {
  const groups = new Map<string, { left: number[]; right: number[] }>();
  const groupOf = (key: string) => {
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { left: [], right: [] }));
    return group;
  };
  before.forEach((item, index) => groupOf(keyOfItem(item)).left.push(index));
  after.forEach((item, index) => groupOf(keyOfItem(item)).right.push(index));
  const pairs: Pair[] = [];
  const lonely = new Map<number, string>();
  const others: { right: number; key: string }[] = [];
  for (const [key, { left, right }] of groups) {
    // Items that share a key: equal ones first, then in order.
    if (left.length + right.length > 2 && left.length > 0 && right.length > 0)
      pairEqual(left, right, before, after, field, key, pairs);
    const common = Math.min(left.length, right.length);
    for (let index = 0; index < common; index++) {
      const [from, to] = [left[index], right[index]];
      if (from !== undefined && to !== undefined)
        pairs.push({ left: from, right: to, key: index === 0 ? key : `${key}#${index}` });
    }
    for (const index of left.slice(common)) lonely.set(index, key);
    for (const index of right.slice(common)) others.push({ right: index, key });
  }
  for (const { right, key } of others) {
    // Two different items at one index would share their pointers: they are compared in place.
    const partner = lonely.get(right);
    if (partner === undefined) pairs.push({ right, key });
    else {
      lonely.delete(right);
      pairs.push({ left: right, right, key: key < partner ? key : partner });
    }
  }
  for (const [left, key] of lonely) pairs.push({ left, key });
  return pairs.sort((a, b) => (a.left ?? a.right ?? 0) - (b.left ?? b.right ?? 0));
}

/** Moves items with equal content out of both lists of indices and into pairs. */
function pairEqual(
  left: number[],
  right: number[],
  before: readonly unknown[],
  after: readonly unknown[],
  field: Field | undefined,
  key: string,
  pairs: Pair[],
): void {
  const waiting = new Map<string, number[]>();
  for (const index of right) {
    const text = canonical(after[index], field);
    const found = waiting.get(text);
    if (found === undefined) waiting.set(text, [index]);
    else found.push(index);
  }
  const matched = new Set<number>();
  const rest = left.filter((index) => {
    const partner = waiting.get(canonical(before[index], field))?.shift();
    if (partner === undefined) return true;
    matched.add(partner);
    pairs.push({ left: index, right: partner, key });
    return false;
  });
  left.splice(0, left.length, ...rest);
  right.splice(0, right.length, ...right.filter((index) => !matched.has(index)));
}

function at(item: unknown, path: string): unknown {
  let value: unknown = item;
  for (const part of path.split('.')) value = isMap(value) ? value[part] : undefined;
  return value;
}

function keyOf(item: unknown, keys: readonly string[], field: Field | undefined): string {
  if (!isMap(item)) return JSON.stringify(item) ?? '';
  const parts: string[] = [];
  for (const key of keys) {
    const inner = key.includes('.') ? undefined : fieldOf(field, key);
    const value = at(item, key) ?? defaultOf(inner, item);
    if (value === undefined) parts.push('');
    else parts.push(typeof value === 'object' ? canonical(value, inner) : String(value));
  }
  return parts.join('\u0000');
}

function label(key: string, kind: ListKind): string {
  if (typeof kind === 'string') return key;
  const values = key.split('\u0000');
  const named = kind.keys
    .map((name, index) => [name, values[index] ?? ''] as const)
    .filter(([, value]) => value !== '');
  return named.map(([name, value]) => `${name}=${value}`).join(',');
}

const naturalKeys = ['name', 'key', 'id', 'refId', 'alert', 'host', 'type'];

/** Lists of a kind that is not known: items with a unique name are matched by it, all others by position. */
function guessKind(before: readonly unknown[], after: readonly unknown[]): ListKind {
  for (const key of naturalKeys) {
    if (hasUnique(before, key) && hasUnique(after, key)) return { keys: [key], ordered: () => true };
  }
  return 'ordered';
}

function hasUnique(items: readonly unknown[], key: string): boolean {
  const seen = new Set<unknown>();
  for (const item of items) {
    if (!isMap(item)) return false;
    const value = item[key];
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    if (seen.has(value)) return false;
    seen.add(value);
  }
  return true;
}

function compareOrdered(
  before: readonly unknown[],
  after: readonly unknown[],
  item: Field | undefined,
  pointer: string,
  path: string,
  out: Leaf[],
): void {
  const same = (left: number, right: number): boolean => {
    const probe: Leaf[] = [];
    compare(before[left], after[right], item, '', '', probe);
    return probe.length === 0;
  };
  let start = 0;
  while (start < before.length && start < after.length && same(start, start)) start++;
  let end = 0;
  if (before.length !== after.length) {
    while (
      end < before.length - start &&
      end < after.length - start &&
      same(before.length - 1 - end, after.length - 1 - end)
    )
      end++;
  }
  const length = Math.max(before.length, after.length) - end;
  for (let index = start; index < length; index++) {
    const inner = `${pointer}/${index}`;
    if (index >= before.length - end) oneSided(after[index], 'after', inner, `${path}.*`, out);
    else if (index >= after.length - end) oneSided(before[index], 'before', inner, `${path}.*`, out);
    else compare(before[index], after[index], item, inner, `${path}.*`, out);
  }
}
