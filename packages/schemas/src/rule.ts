import type { JsonType, Schema } from './schema.ts';

/** A schema made ready for many values: references resolved, names in maps, patterns compiled. */
export interface Rule {
  /** Bits of {@link typeBits} that the value may be. */
  types: number;
  properties: ReadonlyMap<string, Rule | undefined> | undefined;
  /** Rule of the values of fields that `properties` does not name; undefined: anything. */
  rest: Rule | undefined;
  /** True where fields that `properties` does not name are refused. */
  closed: boolean;
  required: readonly string[];
  items: Rule | undefined;
  values: ReadonlySet<unknown> | undefined;
  pattern: RegExp | undefined;
  minimum: number;
  maximum: number;
  /** True where a seldom used keyword is stated, so that the schema itself is looked at. */
  more: boolean;
  all: readonly Rule[];
  any: readonly Rule[] | undefined;
  one: readonly Rule[] | undefined;
  not: Rule | undefined;
  schema: Schema;
  /** Parts that manifests share and that fit. */
  accepted: WeakSet<object> | undefined;
}

export const typeBits: Readonly<Record<JsonType, number>> = {
  string: 1,
  integer: 2,
  number: 6,
  boolean: 8,
  object: 16,
  array: 32,
  null: 64,
};

const everyType = 127;

/**
 * Makes a schema ready; undefined where it takes anything. `$ref`s are `#/$defs/<name>` into `definitions`, and `known`
 * holds what has been made of them, so that kinds which share definitions share their rules. Throws on a `$ref` or a
 * pattern that cannot be read.
 */
export function toRule(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>>,
  known: Map<string, Rule>,
): Rule | undefined {
  const maker = new RuleMaker(definitions, known);
  const rule = maker.make(schema);
  maker.finish();
  return rule;
}

class RuleMaker {
  readonly #definitions: Readonly<Record<string, Schema>>;
  readonly #known: Map<string, Rule>;
  /** References that narrow the type of a definition which was still being made. */
  readonly #narrowed: { readonly rule: Rule; readonly of: Rule; readonly types: number }[] = [];

  constructor(definitions: Readonly<Record<string, Schema>>, known: Map<string, Rule>) {
    this.#definitions = definitions;
    this.#known = known;
  }

  make(schema: Schema): Rule | undefined {
    if (schema.$ref === undefined) return isOpen(schema) ? undefined : this.#fill(emptyRule(schema), schema);
    const referred = this.#resolve(schema.$ref);
    if (schema.type === undefined) return referred;
    const rule = { ...referred };
    this.#narrowed.push({ rule, of: referred, types: bitsOf(schema) });
    return rule;
  }

  finish(): void {
    for (const { rule, of, types } of this.#narrowed) {
      // What fits the wider rule need not fit this one.
      Object.assign(rule, of, { types: of.types & types, accepted: undefined });
    }
  }

  #resolve(reference: string): Rule {
    const name = reference.slice('#/$defs/'.length);
    const ready = this.#known.get(name);
    if (ready !== undefined) return ready;
    const schema = this.#definitions[name];
    if (schema === undefined) throw new Error(`no definition for ${reference}`);
    const rule = emptyRule(schema);
    this.#known.set(name, rule);
    return this.#fill(rule, schema);
  }

  #fill(rule: Rule, schema: Schema): Rule {
    const makeAll = (list: readonly Schema[]): Rule[] => list.map((each) => this.make(each) ?? emptyRule(each));
    if (schema.properties !== undefined) {
      const entries = Object.entries(schema.properties);
      rule.properties = new Map(entries.map(([name, each]) => [name, this.make(each)]));
    }
    if (typeof schema.additionalProperties === 'object') rule.rest = this.make(schema.additionalProperties);
    if (schema.items !== undefined) rule.items = this.make(schema.items);
    if (schema.allOf !== undefined) rule.all = makeAll(schema.allOf);
    if (schema.anyOf !== undefined) rule.any = makeAll(schema.anyOf);
    if (schema.oneOf !== undefined) rule.one = makeAll(schema.oneOf);
    if (schema.not !== undefined) rule.not = this.make(schema.not) ?? emptyRule(schema.not);
    return rule;
  }
}

function emptyRule(schema: Schema): Rule {
  return {
    types: bitsOf(schema),
    properties: undefined,
    rest: undefined,
    closed: schema.additionalProperties === false,
    required: schema.required ?? [],
    items: undefined,
    values: schema.enum ? new Set(schema.enum) : schema.const === undefined ? undefined : new Set([schema.const]),
    pattern: schema.pattern === undefined ? undefined : new RegExp(schema.pattern, 'u'),
    minimum: schema.minimum ?? Number.NEGATIVE_INFINITY,
    maximum: schema.maximum ?? Number.POSITIVE_INFINITY,
    more: seldom.some((keyword) => schema[keyword] !== undefined),
    all: [],
    any: undefined,
    one: undefined,
    not: undefined,
    schema,
    accepted: undefined,
  };
}

const seldom = [
  ...([
    'minLength',
    'maxLength',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'multipleOf',
    'minItems',
    'maxItems',
  ] as const),
  ...(['minProperties', 'maxProperties', 'allOf', 'anyOf', 'oneOf', 'not'] as const),
] as const;

function bitsOf({ type }: Schema): number {
  if (type === undefined) return everyType;
  return typeof type === 'string' ? typeBits[type] : type.reduce((bits, each) => bits | typeBits[each], 0);
}

function isOpen(schema: Schema): boolean {
  for (const _ in schema) return false;
  return true;
}
