import { expect, test } from 'vitest';
import { isShared, shared } from './plain.ts';
import { matching, SharedParts } from './shared-parts.ts';

test('equal keys get the very same part, and a number is another key than its text', () => {
  const targets = new SharedParts<{ value: unknown }>();
  const of = (value: number | string): { value: unknown } => targets.of(['cpu', value], () => ({ value }));
  expect(of(70)).toBe(of(70));
  expect(of('70')).toEqual({ value: '70' });
  expect(of(70)).toEqual({ value: 70 });
});

test('a shared part is frozen with all it holds', () => {
  const part = shared({ drop: ['ALL'] });
  expect(() => part.drop.push('NET_RAW')).toThrow(TypeError);
  expect(isShared(part)).toBe(true);
});

test('what somebody has frozen on the surface is frozen to its ground', () => {
  const ports = [{ port: 80 }];
  shared({ spec: Object.freeze({ ports }) });
  expect(() => ports.push({ port: 81 })).toThrow(TypeError);
});

test.each([
  ['NaN', { port: Number.NaN }],
  ['a function', { port: () => 80 }],
  ['a field without a value', { port: undefined }],
])('what holds %s is left as it is', (_, part: Record<string, unknown>) => {
  expect(shared(part)).toBe(part);
  expect([isShared(part), Object.isFrozen(part)]).toEqual([false, false]);
});

test('those who select by the same shared labels have one selector; labels of others stay theirs', () => {
  const labels = shared({ app: 'api' });
  expect(matching(labels)).toBe(matching(labels));
  const theirs = { app: 'api' };
  expect(matching(theirs)).toEqual({ matchLabels: { app: 'api' } });
  expect(Object.isFrozen(theirs)).toBe(false);
});
