import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Definition } from './declarations.ts';
import type { Schema } from './schema.ts';

interface CompiledError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface CompiledValidator {
  (data: unknown): boolean;
  readonly errors?: readonly CompiledError[] | null;
}

/**
 * Adds to a definition what TypeScript cannot say: integers, ranges, patterns, lengths. `@kubernetes-models` ships a
 * compiled validator beside each declaration; handing it a value that breaks every rule makes it name the rules.
 */
export async function withConstraints({ schema, validator }: Definition): Promise<Schema> {
  if (validator === undefined || !existsSync(validator) || schema.properties === undefined) return schema;
  const module = (await import(pathToFileURL(validator).href)) as { validate?: CompiledValidator };
  const validate = module.validate;
  if (validate === undefined) return schema;
  const properties = Object.entries(schema.properties).map(([name, property]) => {
    return [name, constrained(property, (value, suffix) => complaints(validate, name, value, suffix))] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Long enough for the limits of names and addresses, short enough for patterns that backtrack. */
const longest = 3000;

type Ask = (value: unknown, suffix?: string) => readonly CompiledError[];

function complaints(validate: CompiledValidator, name: string, value: unknown, suffix = ''): readonly CompiledError[] {
  validate({ [name]: value });
  const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}${suffix}`;
  return (validate.errors ?? []).filter((error) => error.instancePath === path);
}

function constrained(schema: Schema, ask: Ask): Schema {
  if (schema.type === 'number') return { ...schema, ...numberRules(ask, (value) => value, '') };
  if (schema.type === 'string' && schema.enum === undefined)
    return { ...schema, ...stringRules(ask, (value) => value, '') };
  if (schema.type !== 'array') return schema;
  const minItems = limit(ask([]), 'minItems');
  const items =
    schema.items?.type === 'number'
      ? { ...schema.items, ...numberRules(ask, (value) => [value], '/0') }
      : schema.items?.type === 'string' && schema.items.enum === undefined
        ? { ...schema.items, ...stringRules(ask, (value) => [value], '/0') }
        : schema.items;
  return { ...schema, ...(items && { items }), ...(minItems !== undefined && { minItems }) };
}

function numberRules(ask: Ask, wrap: (value: unknown) => unknown, suffix: string): Schema {
  const integer = ask(wrap(0.5), suffix).some(
    ({ keyword, params }) => keyword === 'type' && params['type'] === 'integer',
  );
  const minimum = limit(ask(wrap(-1e9), suffix), 'minimum');
  const maximum = limit(ask(wrap(1e9), suffix), 'maximum');
  return {
    ...(integer && { type: 'integer' as const }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

function stringRules(ask: Ask, wrap: (value: unknown) => unknown, suffix: string): Schema {
  const empty = ask(wrap(''), suffix);
  const odd = [...empty, ...ask(wrap('\u0001 ~'), suffix)];
  const stated = odd.find(({ keyword }) => keyword === 'pattern')?.params['pattern'];
  const pattern = typeof stated === 'string' ? portable(stated) : undefined;
  const values = odd.find(({ keyword }) => keyword === 'enum')?.params['allowedValues'];
  const minLength = limit(empty, 'minLength');
  const maxLength = limit(ask(wrap('x'.repeat(longest)), suffix), 'maxLength');
  return {
    ...(pattern !== undefined && { pattern }),
    ...(Array.isArray(values) && { enum: values.map(String).sort() }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  };
}

/** Go's `(?i)` spelled out (`[aA]`), so that JavaScript and Go read the same pattern; undefined where they cannot. */
function portable(pattern: string): string | undefined {
  const spelled = !pattern.includes('(?i)')
    ? pattern
    : pattern.replaceAll('(?i)', '').replace(/\\.|\[[^\]]*\]|[a-z]/gi, (part) => {
        return part.length === 1 ? `[${part.toLowerCase()}${part.toUpperCase()}]` : part;
      });
  try {
    new RegExp(spelled, 'u');
    return spelled;
  } catch {
    return undefined;
  }
}

function limit(errors: readonly CompiledError[], keyword: string): number | undefined {
  const value = errors.find((error) => error.keyword === keyword)?.params['limit'];
  return typeof value === 'number' ? value : undefined;
}
