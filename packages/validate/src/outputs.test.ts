import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { edited, judge } from '../test/mutation.ts';
import { mutations } from '../test/mutations/index.ts';
import { newSince } from './fingerprint.ts';
import { toJson } from './to-json.ts';
import { toJunit } from './to-junit.ts';
import { toSarif } from './to-sarif.ts';
import { unusedWaivers } from './waivers.ts';

const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
const readJson = (path: string | URL): object => JSON.parse(readFileSync(path, 'utf8')) as object;

const broken = [{ file: 'shop/web-deployment.yaml', find: 'name: web-files', put: 'name: gone' }];
const found = judge(edited(broken), { cluster: 'north' }).diagnostics;

/** A few hundred findings of every kind. */
const all: readonly Diagnostic[] = mutations
  .filter((_, index) => index % 5 === 0)
  .flatMap((each) => judge(edited(each.edits)).diagnostics);

describe('--json', () => {
  test('is the contract: fields, places, counts', () => {
    expect(toJson(found, 51)).toEqual({
      version: 1,
      diagnostics: [
        {
          code: 'references/missing-config-map',
          severity: 'error',
          message: 'ConfigMap "gone" does not exist in namespace shop',
          hint: 'add it, or mark the reference optional: true; known: api-settings, web-files',
          file: 'shop/web-deployment.yaml',
          line: 89,
          column: 19,
          pointer: '/spec/template/spec/volumes/0/configMap/name',
          object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
          clusters: ['north'],
        },
      ],
      summary: { objects: 51, errors: 1, warnings: 0, waived: 0 },
    });
  });

  test('satisfies its published schema', () => {
    const validate = ajv.compile(readJson(new URL('../schemas/validate.schema.json', import.meta.url)));
    expect(validate(toJson(all, 51)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...toJson(all, 51), version: 2 })).toBe(false);
  });

  test('makes one entry of a finding on several clusters', () => {
    const south = judge(edited(broken), { cluster: 'south' }).diagnostics;
    expect(toJson([...found, ...south], 102).diagnostics.map((each) => each.clusters)).toEqual([['north', 'south']]);
  });
});

test('SARIF satisfies the official schema', () => {
  // Shipped by Microsoft's matchers, which follow the schema of the OASIS standard.
  const schema = createRequire(import.meta.url)
    .resolve('@microsoft/jest-sarif')
    .replace(/jest-sarif\/.*$/, 'jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  // Draft 4 differs from the drafts that ajv knows in these two keywords only, as far as this schema uses it.
  const { $schema: _draft, id: _id, ...rules } = readJson(schema) as Record<string, unknown>;
  const validate = ajv.compile(rules);
  const log = JSON.parse(JSON.stringify(toSarif(all))) as object;
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  expect(JSON.stringify(toSarif(found))).toContain('"startLine":89');
});

test('JUnit: an error fails, a waived one is skipped, nothing found is one case that passes', () => {
  const [first] = found;
  if (first === undefined) throw new Error('nothing was found');
  const xml = toJunit([
    first,
    { ...first, message: 'a <b> & "c"\u0001', waiver: { owner: 'o', reason: 'r', expires: '2030-01-01' } },
  ]);
  expect(xml).toContain('<testsuites name="fairlead" tests="2" failures="1" errors="0" skipped="1">');
  expect(xml).toContain('a &lt;b&gt; &amp; &quot;c&quot;\uFFFD');
  expect(toJunit([])).toContain('tests="1" failures="0"');
});

describe('baseline', () => {
  test('what was there before is not new, wherever its line is now; a second one of the same kind is', () => {
    const moved = found.map((each) => ({ ...each, line: 1, pointer: each.pointer?.replace('/0/', '/7/') }));
    expect(newSince(moved, found)).toEqual([]);
    expect(newSince([...found, ...found], found)).toHaveLength(1);
    expect(newSince([diagnostic('validate/syntax', { message: 'x', file: 'a.yaml' })], found)).toHaveLength(1);
  });
});

describe('waivers', () => {
  const rule = {
    code: 'references/missing-config-map',
    target: 'shop/web',
    owner: 'shop',
    reason: 'made by hand',
    expires: '2026-12-31',
  };

  test('an accepted finding stays, marked, and is no error', () => {
    const { diagnostics } = judge(edited(broken), { waivers: [rule] });
    expect(toJson(diagnostics, 51).summary).toEqual({ objects: 51, errors: 0, warnings: 0, waived: 1 });
  });

  test('one without use, without owner or past its date is a finding itself', () => {
    const unused = { ...rule, target: 'Deployment/shop/api' };
    const { diagnostics, usedWaivers } = judge(edited(broken), {
      waivers: [unused, { ...rule, owner: '' }, { ...rule, expires: '2026-05-31' }],
    });
    expect(diagnostics.map((each) => each.code).sort()).toEqual([
      'references/missing-config-map',
      'validate/expired-waiver',
      'validate/invalid-waiver',
    ]);
    expect(unusedWaivers([unused], usedWaivers).map((each) => each.message)).toEqual([
      'the waiver of references/missing-config-map for Deployment/shop/api accepts nothing',
    ]);
  });

  test('an annotation accepts findings about its own object', () => {
    const annotation = `  annotations:\n    fairlead.dev/waivers: '${JSON.stringify([{ ...rule, target: undefined }])}'\n`;
    const { diagnostics } = judge(
      edited([...broken, { file: 'shop/web-deployment.yaml', find: '  labels:\n', put: `${annotation}  labels:\n` }]),
    );
    expect(diagnostics.map((each) => [each.code, each.waiver?.owner])).toEqual([
      ['references/missing-config-map', 'shop'],
    ]);
  });
});
