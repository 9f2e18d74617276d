import { expect, test } from 'vitest';
import { parseSelector, selects } from './label-selector.ts';

const labels = { app: 'web', tier: 'front' };
const expression = (key: unknown, operator: unknown, values?: unknown): unknown => ({
  matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
});

test.each<[string, unknown, boolean]>([
  ['an empty selector selects everything', {}, true],
  ['empty parts select everything', { matchLabels: {}, matchExpressions: [] }, true],
  ['parts without value select everything', { matchLabels: null, matchExpressions: null }, true],
  ['one label', { matchLabels: { app: 'web' } }, true],
  ['another value', { matchLabels: { app: 'api' } }, false],
  ['all labels must be there', { matchLabels: { app: 'web', zone: 'a' } }, false],
  [
    'labels and expressions hold together',
    { matchLabels: { app: 'web' }, ...Object(expression('tier', 'In', ['back'])) },
    false,
  ],
  ['In', expression('app', 'In', ['api', 'web']), true],
  ['In, absent key', expression('zone', 'In', ['a']), false],
  ['In without values', expression('app', 'In', []), false],
  ['NotIn', expression('app', 'NotIn', ['web']), false],
  ['NotIn, absent key', expression('zone', 'NotIn', ['a']), true],
  ['Exists', expression('app', 'Exists'), true],
  ['Exists, absent key', expression('zone', 'Exists'), false],
  ['DoesNotExist', expression('app', 'DoesNotExist'), false],
  ['DoesNotExist, absent key', expression('zone', 'DoesNotExist'), true],
  ['an inherited name is no label', expression('constructor', 'Exists'), false],
  ['an unknown operator matches nothing', expression('app', 'Equals', ['web']), false],
  ['an operator in lower case matches nothing', expression('app', 'in', ['web']), false],
  ['no operator matches nothing', expression('app', undefined, ['web']), false],
  ['no key matches nothing', expression(undefined, 'Exists'), false],
  ['an expression that is no map matches nothing', { matchExpressions: ['app'] }, false],
  ['a value that is no text is left to the schema', { matchLabels: { app: 'web', port: 8080 } }, true],
])('%s', (_, selector, expected) => {
  expect(selects(parseSelector(selector), labels)).toBe(expected);
});

test.each([undefined, null, 'app=web', ['app'], 3])(
  'an absent or malformed selector (%j) is what the field says',
  (value) => {
    expect(selects(parseSelector(value), labels)).toBe(true);
    expect(selects(parseSelector(value, 'nothing'), labels)).toBe(false);
  },
);

test('selectors as written alike share a key, and one read twice is one object', () => {
  const selector = { matchLabels: { app: 'web' } };
  expect(parseSelector(selector)).toBe(parseSelector(selector));
  expect(parseSelector({ matchLabels: { app: 'web' } }).key).toBe(parseSelector(expression('app', 'In', ['web'])).key);
  expect(parseSelector({}).key).not.toBe(parseSelector(expression('app', 'Equals', ['web'])).key);
});
