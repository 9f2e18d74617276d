import { isShared } from '@fairlead/objects/plain';
import type { Rule } from './rule.ts';
import { typeBits } from './rule.ts';

const { string, integer, boolean, object, array } = typeBits;
const fraction = typeBits.number & ~integer;
const nothing = typeBits.null;

/**
 * True when a value fits a rule. This is the hot path: it stops at the first fault and allocates nothing.
 * Fields whose value is `undefined` count as absent, as they do in the YAML that is written.
 */
export function accepts(rule: Rule | undefined, value: unknown): boolean {
  if (rule === undefined) return true;
  const { types } = rule;
  let part: object | undefined;
  switch (typeof value) {
    case 'string':
      if (!(types & string) || (rule.pattern !== undefined && !rule.pattern.test(value))) return false;
      break;
    case 'number':
      if (!(types & (Number.isInteger(value) ? integer : fraction))) return false;
      if (value < rule.minimum || value > rule.maximum) return false;
      break;
    case 'boolean':
      if (!(types & boolean)) return false;
      break;
    case 'object':
      if (value === null) {
        if (!(types & nothing)) return false;
        break;
      }
      if (isShared(value)) {
        if (rule.accepted?.has(value) === true) return true;
        part = value;
      }
      if (Array.isArray(value)) {
        if (!(types & array)) return false;
        if (rule.items !== undefined) for (const item of value) if (!accepts(rule.items, item)) return false;
      } else if (!(types & object) || !acceptsFields(rule, value as Readonly<Record<string, unknown>>)) return false;
      break;
    default:
      return false;
  }
  if (rule.values !== undefined && !rule.values.has(value)) return false;
  if (rule.more && !acceptsMore(rule, value)) return false;
  if (part !== undefined) (rule.accepted ??= new WeakSet()).add(part);
  return true;
}

function acceptsFields(rule: Rule, fields: Readonly<Record<string, unknown>>): boolean {
  const { properties, rest, closed } = rule;
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined) continue;
    const property = properties?.get(name);
    if (property !== undefined) {
      if (!accepts(property, value)) return false;
    } else if (properties?.has(name) !== true) {
      if (closed || !accepts(rest, value)) return false;
    }
  }
  const { required } = rule;
  for (let index = 0; index < required.length; index++) if (fields[required[index] ?? ''] === undefined) return false;
  return true;
}

/** The keywords that few schemas state: lengths, sizes, alternatives. */
export function acceptsMore(rule: Rule, value: unknown): boolean {
  const { schema } = rule;
  if (value !== null) {
    if (typeof value === 'string' && !within(lengthOf(value, schema.minLength), schema.minLength, schema.maxLength))
      return false;
    if (typeof value === 'number' && !acceptsNumber(rule, value)) return false;
    if (Array.isArray(value)) {
      if (!within(value.length, schema.minItems, schema.maxItems)) return false;
    } else if (typeof value === 'object') {
      const { minProperties, maxProperties } = schema;
      const sized = minProperties !== undefined || maxProperties !== undefined;
      if (sized && !within(Object.keys(value).length, minProperties, maxProperties)) return false;
    }
  }
  for (const each of rule.all) if (!accepts(each, value)) return false;
  if (rule.any !== undefined && !rule.any.some((each) => accepts(each, value))) return false;
  if (rule.one !== undefined && rule.one.filter((each) => accepts(each, value)).length !== 1) return false;
  return rule.not === undefined || !accepts(rule.not, value);
}

function acceptsNumber({ schema }: Rule, value: number): boolean {
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) return false;
  if (schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum) return false;
  return schema.multipleOf === undefined || Number.isInteger(value / schema.multipleOf);
}

/** JSON Schema counts code points, and only text outside ASCII has fewer of them than UTF-16 units. */
function lengthOf(text: string, minLength = 0): number {
  return text.length <= minLength * 2 || /[\uD800-\uDBFF]/.test(text) ? [...text].length : text.length;
}

function within(size: number, least = 0, most = Number.POSITIVE_INFINITY): boolean {
  return size >= least && size <= most;
}
