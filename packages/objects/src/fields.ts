/** A record as it comes from YAML: nothing is known of its values. */
export type Fields = Readonly<Record<string, unknown>>;

/** True for a record, false for lists, scalars and null. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record as it is, anything else as an empty one. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** A list as it is, anything else as an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
