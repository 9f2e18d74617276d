import type { Leaf } from '../../compare.ts';
import type { ObjectChange } from '../../pair.ts';
import { dig, list, text } from '../../workloads.ts';
import { last } from './leaf-rule.ts';

/** The alert or recording rule that a leaf belongs to. */
export function alertOf(leaf: Leaf, change: ObjectChange): string {
  if (/\.(alert|record)$/.test(leaf.path)) return String(leaf.before ?? leaf.after);
  const match = /^\/spec\/groups\/([^/]+)\/rules\/([^/]+)/.exec(leaf.pointer);
  const find = (value: unknown, key: string | undefined): unknown =>
    key === undefined
      ? undefined
      : /^\d+$/.test(key)
        ? list(value)[Number(key)]
        : list(value).find((each) =>
            ['name', 'alert', 'record'].some((one) => key.includes(`${one}=${String(dig(each, one))}`)),
          );
  for (const side of [leaf.after === undefined ? change.before : change.after, change.before, change.after]) {
    const rule = find(dig(find(dig(side?.manifest, 'spec', 'groups'), match?.[1]), 'rules'), match?.[2]);
    const name = text(dig(rule, 'alert')) ?? text(dig(rule, 'record'));
    if (name !== undefined) return name;
  }
  return 'in it';
}
/** The words of a rule about alerts: which one, and which of its fields. */
export const alert = (leaf: Leaf, change: ObjectChange) => ({
  alert: alertOf(leaf, change),
  field: last(leaf) === '<order>' ? 'order' : last(leaf),
});

/** Names, the first three of many. */
export function enumerate(names: readonly string[]): string {
  const each = [...new Set(names)];
  return each.length > 4 ? `${each.slice(0, 3).join(', ')} and ${each.length - 3} more` : each.join(', ');
}
