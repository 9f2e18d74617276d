import { parseSelector, selects } from '@fairlead/objects/label-selector';
import { isMap, listAt, textsAt } from './json.ts';

export type Labels = Readonly<Record<string, string>>;

/** True when a LabelSelector (`matchLabels`, `matchExpressions`) selects these labels; an empty or absent one selects everything. */
export function matches(selector: unknown, labels: Labels): boolean {
  return selects(parseSelector(selector), labels);
}

/** True when a selector states nothing at all, so that it selects everything. */
export function isEmptySelector(selector: unknown): boolean {
  return (
    !isMap(selector) ||
    (Object.keys(textsAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0)
  );
}
