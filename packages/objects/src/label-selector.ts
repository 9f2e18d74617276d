import type { Labels } from './labels.ts';

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

const isOperator = (value: unknown): value is Operator =>
  value === 'In' || value === 'NotIn' || value === 'Exists' || value === 'DoesNotExist';

/** Selectors by the object they were read from: checks and rules read the same ones many times. */
const read = new WeakMap<object, Selector>();

/**
 * Reads a LabelSelector (`matchLabels` and `matchExpressions`).
 *
 * An empty one selects everything. An absent one means what its field says: everything in the struct fields of a NetworkPolicy, nothing
 * where the field is a pointer (PodDisruptionBudget, topology spread, affinity), so the caller says which. An expression that an API
 * server would refuse (unknown operator, no key) matches nothing, so that a slip never opens anything; label values that are no text are
 * left out, because the schema tells of them.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/v0.34.2/pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector
 */
export function parseSelector(value: unknown, absent: 'everything' | 'nothing' = 'everything'): Selector {
  if (!isRecord(value)) return absent === 'everything' ? everything : nothing;
  let selector = read.get(value);
  if (!selector) {
    selector = parse(value);
    read.set(value, selector);
  }
  return selector;
}

const everything: Selector = { requirements: [], key: '' };
const never: Requirement = { key: '', operator: 'In', values: [] };
const nothing: Selector = { requirements: [never], key: ' In \n' };

function parse(value: Readonly<Record<string, unknown>>): Selector {
  const requirements: Requirement[] = [];
  const labels = value['matchLabels'];
  if (isRecord(labels)) {
    for (const key in labels) {
      const wanted = labels[key];
      if (typeof wanted === 'string') requirements.push({ key, operator: 'In', values: [wanted] });
    }
  }
  if (Array.isArray(value['matchExpressions'])) {
    for (const each of value['matchExpressions'] as readonly unknown[]) {
      if (!isRecord(each) || typeof each['key'] !== 'string' || !isOperator(each['operator'])) {
        requirements.push(never);
        continue;
      }
      const values = Array.isArray(each['values']) ? each['values'].map(String) : [];
      requirements.push({ key: each['key'], operator: each['operator'], values });
    }
  }
  return new ReadSelector(requirements);
}

/** A selector whose key is put together when it is first asked for, which is seldom. */
class ReadSelector implements Selector {
  readonly requirements: readonly Requirement[];
  #key: string | undefined;

  constructor(requirements: readonly Requirement[]) {
    this.requirements = requirements;
  }

  get key(): string {
    return (this.#key ??= this.requirements.map(requirementKey).join(''));
  }
}

const requirementKey = ({ key, operator, values }: Requirement): string =>
  `${key} ${operator} ${values.length === 1 ? values[0] : values.join(' ')}\n`;

/** True when the labels satisfy every requirement; `NotIn` and `DoesNotExist` also hold where the key is absent. */
export function selects({ requirements }: Selector, labels: Labels): boolean {
  for (let index = 0; index < requirements.length; index++) {
    const requirement = requirements[index];
    if (requirement === undefined) continue;
    const { key, operator, values } = requirement;
    const found: unknown = labels[key];
    // A label may be called as something that every object inherits.
    const value = typeof found === 'string' ? found : undefined;
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

/** Things with labels, arranged so that a selector looks only at those that its narrowest requirement leaves. */
export class LabelIndex<T> {
  readonly all: T[] = [];
  readonly #labels: (item: T) => Labels;
  /** By key and value. */
  readonly #items = new Map<string, Map<string, T[]>>();

  constructor(labels: (item: T) => Labels) {
    this.#labels = labels;
  }

  add(item: T): void {
    this.all.push(item);
    const labels = this.#labels(item);
    for (const key in labels) {
      let values = this.#items.get(key);
      if (values === undefined) this.#items.set(key, (values = new Map()));
      const value = labels[key] ?? '';
      const items = values.get(value);
      if (items === undefined) values.set(value, [item]);
      else items.push(item);
    }
  }

  /** What a selector selects. */
  select(selector: Selector): readonly T[] {
    if (selector.requirements.length === 0) return this.all;
    return this.#narrowed(selector).filter((item) => selects(selector, this.#labels(item)));
  }

  #narrowed({ requirements }: Selector): readonly T[] {
    let narrowest: readonly T[] = this.all;
    for (let index = 0; index < requirements.length && narrowest.length > 0; index++) {
      const requirement = requirements[index];
      if (requirement?.operator !== 'In') continue;
      const found = this.#labelled(requirement);
      if (found.length < narrowest.length) narrowest = found;
    }
    return narrowest;
  }

  #labelled({ key, values }: Requirement): readonly T[] {
    const items = this.#items.get(key);
    const [value] = values;
    if (items === undefined || value === undefined) return [];
    if (values.length === 1) return items.get(value) ?? [];
    return [...new Set(values)].flatMap((each) => items.get(each) ?? []);
  }
}
