import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDiagnostics } from '@fairlead/diagnostics';
import { loadInventory } from './load-inventory.ts';
import { parseReleases } from './releases.ts';

const sound = `# a comment
provider: gke
region: europe-west1
account: example-project
environment: production
kubernetes: '1.35'
domain: example.com
delivery: { engine: flux, revision: main }
network: &net
  vpc: [10.40.0.0/16, 10.41.0.0/16]
nodePools:
  - { name: general, cpu: 4, memory: 16Gi, max: 3 }
apps:
  shop: { values: { replicas: 2 } }
`;

/** Loads a text as each kind of file and prints what is wrong with it; must never throw. */
function loadAnything(text: string): void {
  const file = 'clusters/any.yaml';
  const { diagnostics, explain } = loadInventory({
    clusters: [{ file, text }],
    environments: [
      { file: 'environments/production.yaml', text: 'order: 1' },
      { file: 'environments/any.yaml', text },
    ],
    knownApps: ['shop'],
    today: '2026-11-21',
  });
  explain('any');
  formatDiagnostics(diagnostics, { source: () => text, color: false });
  parseReleases('apps/any/releases.yaml', text, []);
}

test('no text whatsoever makes the loader throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), loadAnything));
});

test('no damage to a sound file makes the loader throw', () => {
  const slip = fc.constantFrom(
    '',
    ' ',
    '\t',
    '\n',
    ':',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '&a ',
    '*a',
    '*net',
    '<<: ',
    '---\n',
    '? ',
    '!!set ',
    '|',
    '%',
    '__proto__: ',
    '0x1',
    '.inf',
    '~',
    '\uFEFF',
    '\uD800',
    '\r',
  );
  const edit = fc.record({ at: fc.nat(sound.length), cut: fc.nat(12), slip });
  const damaged = fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((text, { at, cut, slip }) => text.slice(0, at) + slip + text.slice(at + cut), sound));
  fc.assert(fc.property(damaged, loadAnything), { numRuns: 500 });
});

test('brackets without end are told, whatever their number', () => {
  for (const text of ['['.repeat(500_000), '- '.repeat(50_000), 'a: '.repeat(1000), '{a: '.repeat(20_000)]) {
    const { diagnostics } = loadInventory({ clusters: [{ file: 'clusters/a.yaml', text }], environments: [] });
    expect(diagnostics.length).toBeGreaterThan(0);
  }
});

test('keys of JavaScript objects reach no prototype', () => {
  const text = `${sound}stores: { __proto__: { polluted: true }, constructor: { host: a.example.com, port: 1, cidrs: [] } }\n`;
  loadAnything(text);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
