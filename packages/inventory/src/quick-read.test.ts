import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { quickRead } from './quick-read.ts';

const sound = `# a comment
provider: gke
kubernetes: '1.35'
port: 5432
ratio: 0.5
keda: true
network:
  vpc: [10.40.0.0/16, 10.41.0.0/16]
nodePools:
  - { name: general, cpu: 4, memory: 16Gi, max: 3 }
  - name: spot
    labels: { team: "a b" }
apps:
  shop: { values: { replicas: 2 } }
  cart:
`;

test('an unremarkable file is read', () => {
  expect(quickRead(sound)).toBeDefined();
  expect(quickRead(sound)).toEqual(parseDocument(sound).toJS());
});

test.each([
  'a: &x 1',
  'a: *x',
  '<<: { a: 1 }',
  'a: 1\na: 2',
  '- a',
  '',
  'a: !!str 1',
  '? a\n: b',
  'a: 1\n---\nb: 1',
  '1.0: a',
  '__proto__: 1',
  'a: [1',
  '{ 1.50: a }',
  'True: a',
])('the careful reader decides about %j', (text) => {
  expect(quickRead(text)).toBeUndefined();
});

test('what the quick reader reads, the careful one reads without complaint and alike', () => {
  const slip = fc.constantFrom(
    '',
    ' ',
    '  ',
    '\n',
    '\n  ',
    ':',
    ': ',
    '- ',
    ', ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    ' #',
    '|',
    '>',
    '|-\n',
    '1',
    '0',
    '.',
    'e3',
    '0x1f',
    '.5',
    '+',
    '_',
    'null',
    'true',
    '.inf',
    '2026-01-01',
    'é',
    '@',
    '`',
    '\\',
  );
  const edit = fc.record({ at: fc.nat(sound.length), cut: fc.nat(6), slip });
  const damaged = fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) => edits.reduce((text, { at, cut, slip }) => text.slice(0, at) + slip + text.slice(at + cut), sound));
  fc.assert(
    fc.property(damaged, (text) => {
      const quick = quickRead(text);
      if (quick === undefined) return;
      const careful = parseDocument(text, { version: '1.2', schema: 'core' });
      expect(careful.errors).toEqual([]);
      expect(quick).toEqual(careful.toJS());
    }),
    { numRuns: 3000 },
  );
});
