import { shared } from '@fairlead/objects/plain';
import { expect, test } from 'vitest';
import { accepts } from './accepts.ts';
import type { Rule } from './rule.ts';
import { toRule } from './rule.ts';
import type { Schema } from './schema.ts';

test('a shared part that fits a definition need not fit a reference that narrows its type', () => {
  const definitions: Record<string, Schema> = { Wide: { type: ['object', 'array'] } };
  const known = new Map<string, Rule>();
  const part = shared({ a: 1 });
  expect(accepts(toRule({ $ref: '#/$defs/Wide' }, definitions, known), part)).toBe(true);
  expect(accepts(toRule({ $ref: '#/$defs/Wide', type: 'array' }, definitions, known), part)).toBe(false);
});
