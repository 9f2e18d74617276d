import { suggest } from '@fairlead/diagnostics';
import { escapePointer } from '@fairlead/objects/plain';
import { accepts, acceptsMore } from './accepts.ts';
import type { Rule } from './rule.ts';
import { typeBits } from './rule.ts';
import { quantityPattern, type JsonType, type Schema } from './schema.ts';
import type { SchemaError } from './schema-error.ts';

/** Every disagreement of a value with a rule, in the order of the value; empty exactly where `accepts` says true. */
export function explain(rule: Rule | undefined, value: unknown, pointer = ''): SchemaError[] {
  if (rule === undefined || accepts(rule, value)) return [];
  const wrongType = typeError(rule, value, pointer);
  if (wrongType !== undefined) return [wrongType];
  const errors = [...valueErrors(rule, value, pointer)];
  if (Array.isArray(value)) {
    value.forEach((item, index) => errors.push(...explain(rule.items, item, `${pointer}/${index}`)));
  } else if (typeof value === 'object' && value !== null) {
    errors.push(...fieldErrors(rule, value as Readonly<Record<string, unknown>>, pointer));
  }
  for (const each of rule.all) errors.push(...explain(each, value, pointer));
  // Alternatives are judged only where the rest is in order: their faults are mostly consequences.
  return errors.length > 0 ? errors : [alternativeError(rule, value, pointer)];
}

function typeError({ types }: Rule, value: unknown, pointer: string): SchemaError | undefined {
  const actual = typeOf(value);
  if ((types & typeBits[actual]) === typeBits[actual]) return undefined;
  if (actual === 'number' && Number.isInteger(value) && types & typeBits.integer) return undefined;
  if (actual === 'number' && types & typeBits.number & ~typeBits.integer) return undefined;
  const wanted = (Object.keys(typeBits) as JsonType[]).filter((name) => {
    if (name === 'null') return false;
    if (name === 'integer') return types & typeBits.integer && (types & typeBits.number) !== typeBits.number;
    return (types & typeBits[name]) === typeBits[name];
  });
  const message = `must be ${wanted.map((name) => typeNames[name]).join(' or ')}, is ${described(value, actual)}`;
  return { pointer, message, hint: typeHint(wanted, value) };
}

const typeNames: Readonly<Record<JsonType, string>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  object: 'map',
  array: 'list',
  null: 'null',
};

function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'boolean' || type === 'number' ? type : 'object';
}

function described(value: unknown, type: JsonType): string {
  if (type === 'null') return 'empty (null)';
  if (type === 'object' || type === 'array') return `a ${typeNames[type]}`;
  return `${typeNames[type]} ${shown(value)}`;
}

function typeHint(wanted: readonly JsonType[], value: unknown): string | undefined {
  if (wanted.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    return `write it in quotes: "${String(value)}"`;
  }
  if (typeof value !== 'string') return undefined;
  if (wanted.includes('integer') && /^-?\d+$/.test(value)) return `write it without quotes: ${value}`;
  if (wanted.includes('boolean') && /^(true|false)$/.test(value)) return `write it without quotes: ${value}`;
  return wanted.includes('array') ? 'write it as a list, with a dash before each item' : undefined;
}

function* fieldErrors(rule: Rule, fields: Readonly<Record<string, unknown>>, pointer: string): Generator<SchemaError> {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const at = `${pointer}/${escapePointer(name)}`;
    if (rule.properties?.has(name) === true) yield* explain(rule.properties.get(name), value, at);
    else if (rule.closed) yield unknownField(rule, fields, name, at);
    else yield* explain(rule.rest, value, at);
  }
  for (const name of rule.required) {
    if (fields[name] === undefined) yield { pointer, message: `missing field "${name}"` };
  }
}

function unknownField(rule: Rule, fields: object, name: string, pointer: string): SchemaError {
  const known = [...(rule.properties?.keys() ?? [])];
  const nearest = suggest(
    name,
    known.filter((each) => !(each in fields)),
  );
  const hint =
    nearest !== undefined
      ? `did you mean "${nearest}"?`
      : known.length <= 12
        ? `known: ${known.join(', ')}`
        : 'check its spelling and its indentation';
  return { pointer, message: `unknown field ${shown(name)}`, hint };
}

function* valueErrors({ schema, values, pattern }: Rule, value: unknown, pointer: string): Generator<SchemaError> {
  if (values !== undefined && !values.has(value)) yield { pointer, ...notListed(value, values) };
  if (typeof value === 'string') {
    if (pattern !== undefined && !pattern.test(value)) yield { pointer, ...notMatching(value, schema.pattern ?? '') };
    yield* sizeErrors(pointer, [...value].length, 'character', schema.minLength, schema.maxLength);
  } else if (typeof value === 'number') {
    yield* rangeErrors(schema, value, pointer);
  } else if (Array.isArray(value)) {
    yield* sizeErrors(pointer, value.length, 'item', schema.minItems, schema.maxItems);
  } else if (typeof value === 'object' && value !== null) {
    yield* sizeErrors(pointer, Object.keys(value).length, 'field', schema.minProperties, schema.maxProperties);
  }
}

function notListed(value: unknown, values: ReadonlySet<unknown>): Pick<SchemaError, 'message' | 'hint'> {
  const known = [...values].filter((each) => each !== null);
  const nearest = typeof value === 'string' ? suggest(value, known.map(String)) : undefined;
  const message = `${shown(value)} is not one of ${known.map(shown).join(', ')}`;
  return { message, hint: nearest === undefined ? undefined : `did you mean "${nearest}"?` };
}

function notMatching(value: string, pattern: string): Pick<SchemaError, 'message' | 'hint'> {
  if (pattern !== quantityPattern) return { message: `${shown(value)} does not match ${pattern}` };
  return { message: `${shown(value)} is not a quantity`, hint: 'write a quantity such as 500m, 1.5 or 2Gi' };
}

function* rangeErrors(schema: Schema, value: number, pointer: string): Generator<SchemaError> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum) yield { pointer, message: `must be at least ${minimum}, is ${value}` };
  if (maximum !== undefined && value > maximum) yield { pointer, message: `must be at most ${maximum}, is ${value}` };
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    yield { pointer, message: `must be more than ${exclusiveMinimum}, is ${value}` };
  }
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) {
    yield { pointer, message: `must be less than ${exclusiveMaximum}, is ${value}` };
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
    yield { pointer, message: `must be a multiple of ${multipleOf}, is ${value}` };
  }
}

function* sizeErrors(
  pointer: string,
  size: number,
  unit: string,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): Generator<SchemaError> {
  if (size < least) yield { pointer, message: `must have at least ${counted(least, unit)}, has ${size}` };
  if (size > most) yield { pointer, message: `must have at most ${counted(most, unit)}, has ${size}` };
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function alternativeError(rule: Rule, value: unknown, pointer: string): SchemaError {
  const alternatives = rule.any ?? rule.one;
  const fields = alternatives?.flatMap((each) => each.required) ?? [];
  if (rule.one !== undefined && rule.one.filter((each) => accepts(each, value)).length > 1) {
    return {
      pointer,
      message: `fits more than one of its alternatives${fields.length > 0 ? `: ${fields.join(', ')}` : ''}`,
    };
  }
  if (alternatives !== undefined && !acceptsMore({ ...rule, not: undefined }, value)) {
    if (fields.length > 0) return { pointer, message: `needs one of the fields ${[...new Set(fields)].join(', ')}` };
    const [only] = alternatives;
    if (alternatives.length === 1 && only !== undefined) return explain(only, value, pointer)[0] ?? forbidden(pointer);
    return { pointer, message: 'fits none of its alternatives' };
  }
  return forbidden(pointer);
}

function forbidden(pointer: string): SchemaError {
  return { pointer, message: 'has a value that its schema forbids' };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…"`;
}
