import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '@fairlead/objects/manifest';
import { shared } from '@fairlead/objects/plain';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { emit } from './emit.ts';

/** What Kubernetes' YAML reader makes of a document. */
type GoAnswer = { readonly json: unknown } | { readonly error: string };

const source = fileURLToPath(new URL('../../../tools/yaml-oracle', import.meta.url));
const binary = fileURLToPath(new URL('../../../node_modules/.cache/fairlead/bin/yaml-oracle', import.meta.url));

/** Reads documents with sigs.k8s.io/yaml, built from tools/yaml-oracle; undefined where Go is missing. */
const goReads = spawnSync('go', ['version']).status === 0 ? read : undefined;

function read(documents: readonly string[]): GoAnswer[] {
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: source, stdio: 'inherit' });
  const input = documents.map((each) => `${JSON.stringify(each)}\n`).join('');
  const output = execFileSync(binary, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as GoAnswer);
}

const lines = [
  '',
  '\n',
  '\n\n',
  'a\n',
  '\na',
  ' a\nb',
  '\ta\n',
  'a\n\tb',
  'a\n \nb',
  'a \nb',
  'a\n  ',
  '\n \na',
  'a\n---\nb\n',
];
const breaks = ['\r\n', 'a\r\nb\n', '\u0085', 'a\u2028b\nc', '\ufeffa\nb', '\ufffe', '\u00a0x', '😀', '😀\n'];
const alike = '--- # yes null ~ 0x1 1e3 .5 1:30 2001-01-01 << = a: " \\ % @x ` {{ [x name'.split(' ');
const awkward = fc.constantFrom(...lines, ...breaks, ...alike, 'a: b', 'a #b', 'it\'s "x"', 'k'.repeat(2000));
const text = fc.oneof(
  awkward,
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...' \t\n:#-ab\'"|>{}[]0.') }),
  fc.string({ unit: fc.constantFrom(...'0179abxoeEfinyYNT._-+:, '), maxLength: 8 }),
);
const key = text.filter((each) => each !== '__proto__');
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const manifest = fc
  .record({ name: text, data: json, spec: json })
  .map(({ name, ...rest }): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...rest }));

describe('every reader gets back what was written', () => {
  const readers: Record<string, (document: string) => unknown> = {
    'yaml, version 1.2': (document) => parse(document, { version: '1.2' }),
    'yaml, version 1.1': (document) => parse(document, { version: '1.1' }),
    'js-yaml': (document) => load(document),
  };
  test.each(Object.entries(readers))('%s', (_, read) => {
    fc.assert(
      fc.property(manifest, (each) => {
        expect(read(emit(each, 'a header'))).toStrictEqual(each);
      }),
      { numRuns: 1000 },
    );
  });

  test.skipIf(goReads === undefined)('sigs.k8s.io/yaml, which kubectl and kubeconform use', () => {
    const manifests = fc.sample(manifest, 3000);
    const answers = goReads?.(manifests.map((each) => emit(each))) ?? [];
    expect(answers.length).toBe(manifests.length);
    manifests.forEach((each, index) => expect(answers[index], emit(each)).toStrictEqual({ json: each }));
  });

  test('a part that is shared is written like any other, at every depth', () => {
    fc.assert(
      fc.property(manifest, fc.constantFrom(1, 2), (each, times) => {
        const share = <T>(value: T): T => (typeof value === 'object' && value !== null ? shared(value) : value);
        const around = (part: unknown): Manifest => ({ ...each, spec: { part, list: [part, { part }, [part]] } });
        const part = share(each['spec']);
        for (let time = 0; time < times; time++)
          expect(emit(around(part))).toBe(emit(around(structuredClone(each['spec']))));
      }),
    );
  });

  test('the order of keys in the source plays no part', () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([name, item]) => [name, reversed(item)]),
            )
          : value;
    fc.assert(
      fc.property(manifest, (each) => {
        expect(emit(reversed(each) as Manifest)).toBe(emit(each));
      }),
    );
  });
});
