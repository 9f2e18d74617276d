import type { ScalarKind } from '../meaning.ts';

/** A map as it stands in a manifest. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * How the items of two lists find each other.
 * `keys`: by these fields, as Kubernetes merges (`patchMergeKey`, `listMapKey`); with `ordered` the order of the items matters too.
 * `set`: by content, the order means nothing. `ordered`: by position.
 */
export type ListKind =
  { readonly keys: readonly string[]; readonly ordered?: (items: readonly unknown[]) => boolean } | 'set' | 'ordered';

/** What is known of one field of a shape. A field without an entry is compared literally. */
export interface Field {
  /** The shape of the value, or of each item of the list, or of each value of the map. */
  readonly shape?: Shape;
  readonly list?: ListKind;
  readonly scalar?: ScalarKind;
  /** What the API server writes when the field is absent. */
  readonly default?: unknown | ((owner: Values) => unknown);
  /** True where an empty value differs from an absent one (`emptyDir: {}`). */
  readonly presence?: boolean;
}

/** The known fields of a kind of map. `*` stands for every field without an entry. */
export interface Shape {
  readonly [field: string]: Field;
}

/** A list merged by keys. */
export const by = (keys: string, shape: Shape = {}, ordered?: (items: readonly unknown[]) => boolean): Field => ({
  list: { keys: keys.split('+'), ...(ordered === undefined ? {} : { ordered }) },
  shape,
});
/** The order of the items always matters. */
export const always = (): boolean => true;
/** A list whose order means nothing. */
export const set = (shape: Shape = {}): Field => ({ list: 'set', shape });
/** A list whose order matters. */
export const ordered = (shape: Shape = {}): Field => ({ list: 'ordered', shape });
/** A field with a default. */
export const or = (value: unknown, field: Field = {}): Field => ({ ...field, default: value });
/** A field whose default depends on its siblings. */
export const orElse = (value: (owner: Values) => unknown, field: Field = {}): Field => ({ ...field, default: value });
/** A nested map. */
export const map = (shape: Shape): Field => ({ shape });
/** A nested map whose presence alone has a meaning. */
export const present = (shape: Shape = {}): Field => ({ shape, presence: true });
/** A map from any name to a value of this kind. */
export const each = (field: Field): Field => ({ shape: { '*': field } });

export const quantity: Field = { scalar: 'quantity' };
export const duration: Field = { scalar: 'duration' };
export const intOrString: Field = { scalar: 'int-or-string' };
export const off: Field = { default: false };
export const on: Field = { default: true };
export const zero: Field = { default: 0 };
