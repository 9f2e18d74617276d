import { isMap, listAt, textAt, textsAt } from './json.ts';

export type Labels = Readonly<Record<string, string>>;

/** True when a LabelSelector (`matchLabels`, `matchExpressions`) selects these labels; an empty one selects everything. */
export function matches(selector: unknown, labels: Labels): boolean {
  return (
    matchesLabels(textsAt(selector, 'matchLabels'), labels) &&
    listAt(selector, 'matchExpressions').every((each) => matchesExpression(each, labels))
  );
}

/** True when every pair of an equality selector (a Service's, for instance) is among the labels. */
export function matchesLabels(wanted: Labels, labels: Labels): boolean {
  for (const key in wanted) if (labels[key] !== wanted[key]) return false;
  return true;
}

/** True when a selector states nothing at all, so that it selects everything. */
export function isEmptySelector(selector: unknown): boolean {
  return (
    !isMap(selector) ||
    (Object.keys(textsAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0)
  );
}

function matchesExpression(expression: unknown, labels: Labels): boolean {
  const key = textAt(expression, 'key');
  if (key === undefined) return false;
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const values = listAt(expression, 'values');
  switch (textAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
