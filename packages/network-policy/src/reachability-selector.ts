import type { Labels } from '@fairlead/objects/labels';

type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** A Kubernetes label selector, read once: `matchLabels` are requirements with one value. No requirement: everything matches. */
export interface Selector {
  readonly requirements: readonly Requirement[];
  /** Equal for selectors of equal meaning as written; a key for caches. */
  readonly key: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const operators: ReadonlySet<string> = new Set<Operator>(['In', 'NotIn', 'Exists', 'DoesNotExist']);

/** Selectors by the object they were read from: checks and rules read the same ones many times. */
const read = new WeakMap<object, Selector>();

/** Reads a LabelSelector; an absent or malformed one reads as empty (schema checks tell of the latter). */
export function parseSelector(value: unknown): Selector {
  if (!isRecord(value)) return everything;
  let selector = read.get(value);
  if (!selector) {
    selector = parse(value);
    read.set(value, selector);
  }
  return selector;
}

const everything: Selector = { requirements: [], key: '' };

function parse(value: Readonly<Record<string, unknown>>): Selector {
  const requirements: Requirement[] = [];
  const labels = value['matchLabels'];
  if (isRecord(labels)) {
    for (const key in labels) requirements.push({ key, operator: 'In', values: [String(labels[key])] });
  }
  if (Array.isArray(value['matchExpressions'])) {
    for (const each of value['matchExpressions']) {
      if (!isRecord(each)) continue;
      const operator = String(each['operator']);
      if (!operators.has(operator)) continue;
      const values = Array.isArray(each['values']) ? each['values'].map(String) : [];
      requirements.push({ key: String(each['key']), operator: operator as Operator, values });
    }
  }
  let key = '';
  for (const each of requirements) key += `${each.key} ${each.operator} ${each.values.join(' ')}\n`;
  return { requirements, key };
}

/** True when the labels satisfy every requirement; `NotIn` and `DoesNotExist` also hold where the key is absent. */
export function selects({ requirements }: Selector, labels: Labels): boolean {
  for (let index = 0; index < requirements.length; index++) {
    const requirement = requirements[index];
    if (requirement === undefined) continue;
    const { key, operator, values } = requirement;
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        if (value === undefined || !values.includes(value)) return false;
        break;
      case 'NotIn':
        if (value !== undefined && values.includes(value)) return false;
        break;
      case 'Exists':
        if (value === undefined) return false;
        break;
      case 'DoesNotExist':
        if (value !== undefined) return false;
        break;
    }
  }
  return true;
}

/**
 * The `key=value` texts of which a matching label set has exactly one, or undefined where no requirement names values.
 * An index by these finds what a selector may match without a scan.
 */
export function indexKeys({ requirements }: Selector): readonly string[] | undefined {
  let best: Requirement | undefined;
  for (const each of requirements) {
    if (each.operator === 'In' && (best === undefined || each.values.length < best.values.length)) best = each;
  }
  return best === undefined ? undefined : [...new Set(best.values)].map((value) => `${best.key}=${value}`);
}
