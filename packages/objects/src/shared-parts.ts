import type { Labels } from './labels.ts';
import { isShared, shared } from './plain.ts';

type Key = string | number | boolean | undefined;

/** Most parts that are kept; a fleet has some hundreds. */
const most = 10_000;

/**
 * Parts of manifests, such as probes, by the values that they are made of: equal ones are made once and are {@link shared}.
 *
 *     const ports = new SharedParts<Port>();
 *     ports.of([name, number], () => ({ name, port: number }));
 */
export class SharedParts<T extends object> {
  /** A map per value of the key; the last one holds the parts. `80` and `'80'` are two keys of a map. */
  #made = new Map<Key, unknown>();
  #count = 0;

  /** The part of a key, made the first time. All keys of equal beginning are of equal length. */
  of(key: readonly Key[], make: () => T): T {
    let level = this.#made;
    const last = key.length - 1;
    for (let index = 0; index < last; index++) {
      let next = level.get(key[index]) as Map<Key, unknown> | undefined;
      if (next === undefined) level.set(key[index], (next = new Map<Key, unknown>()));
      level = next;
    }
    const known = level.get(key[last]) as T | undefined;
    if (known !== undefined) return known;
    const part = shared(make());
    level.set(key[last], part);
    if (++this.#count === most) {
      this.#made = new Map();
      this.#count = 0;
    }
    return part;
  }
}

const selectors = new WeakMap<Labels, { matchLabels: Record<string, string> }>();

/** The LabelSelector that matches some labels: one for all who select by labels that are {@link shared}. */
export function matching(labels: Labels): { matchLabels: Record<string, string> } {
  if (!isShared(labels)) return { matchLabels: labels };
  let selector = selectors.get(labels);
  if (selector === undefined) selectors.set(labels, (selector = shared({ matchLabels: labels })));
  return selector;
}
