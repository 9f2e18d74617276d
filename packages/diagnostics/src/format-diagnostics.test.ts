import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnostic } from './diagnostic.ts';
import { formatDiagnostics } from './format-diagnostics.ts';
import { summaryLine } from './summary-line.ts';

const text = 'provider: eks\nregion: eu-west-1\naccount: "111122223333"\nenvironment: prdo\n';
const source = () => text;
const unknown = diagnostic('inventory/unknown-environment', {
  message: 'environment "prdo" does not exist',
  hint: 'did you mean "production"? known: dev, sandbox, staging, production',
  file: 'clusters/eks-production.yaml',
  line: 4,
  column: 14,
  length: 4,
});

/** The source line and the line of carets of a finding in a one-line file. */
function excerpt(line: string, column: number, length: number, width?: number): string[] {
  const finding = diagnostic('inventory/syntax', { message: 'x', file: 'a.yaml', line: 1, column, length });
  return formatDiagnostics([finding], { source: () => line, color: false, width })
    .split('\n')
    .slice(2);
}

test('code, message, place, source line with caret, way out', () => {
  expect(formatDiagnostics([unknown], { source, color: false })).toBe(
    [
      'error inventory/unknown-environment: environment "prdo" does not exist',
      '  clusters/eks-production.yaml:4:14',
      '    4 │ environment: prdo',
      '      │              ^^^^',
      '  did you mean "production"? known: dev, sandbox, staging, production',
    ].join('\n'),
  );
});

test('the object, where it was stated, and the waiver', () => {
  const finding = diagnostic('inventory/syntax', {
    message: 'one replica',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' },
    pointer: '/spec/replicas',
    origin: { app: 'shop', file: 'apps/shop/app.ts', line: 12 },
    waiver: { owner: 'shop-team', reason: 'licence for one', expires: '2027-01-31' },
    clusters: ['a'],
  });
  expect(formatDiagnostics([finding], { source, color: false })).toBe(
    [
      'error inventory/syntax: one replica',
      '  Deployment shop/api (apps/v1) at /spec/replicas',
      '  from apps/shop/app.ts:12 (app shop)',
      '  on cluster a',
      '  waived until 2027-01-31 by shop-team: licence for one',
    ].join('\n'),
  );
});

test('findings are sorted by file, line and code, whatever order the checks ran in', () => {
  const at = (file: string, line: number) => diagnostic('inventory/syntax', { message: `${file}${line}`, file, line });
  const printed = formatDiagnostics([at('b', 1), at('a', 10), at('a', 9)], { source: () => undefined, color: false });
  expect(printed.match(/syntax: \w+/g)).toEqual(['syntax: a9', 'syntax: a10', 'syntax: b1']);
});

test('the same finding on several clusters is one entry', () => {
  const on = (cluster: string, line: number) =>
    diagnostic('inventory/syntax', {
      message: 'no probe',
      file: `dist/clusters/${cluster}/shop/deployment-api.yaml`,
      line,
      column: 3,
      clusters: [cluster],
    });
  const printed = formatDiagnostics([on('b', 7), on('a', 8), on('c', 8)], { source: () => undefined, color: false });
  expect(printed).toBe(
    [
      'error inventory/syntax: no probe',
      '  dist/clusters/a/shop/deployment-api.yaml:8:3',
      '  on 3 clusters: a, b, c',
    ].join('\n'),
  );
});

test.each([
  ['a tab', '\tkey: bad', 7, 3, ['    1 │     key: bad', '      │          ^^^']],
  ['a tab in the middle', 'k\tbad', 3, 3, ['    1 │ k   bad', '      │     ^^^']],
  ['wide characters', '名前: bad', 5, 3, ['    1 │ 名前: bad', '      │       ^^^']],
  ['a combining accent', 'e\u0301: bad', 5, 3, ['    1 │ e\u0301: bad', '      │    ^^^']],
  ['a surrogate pair', '😀: bad', 5, 3, ['    1 │ 😀: bad', '      │     ^^^']],
  ['a control character', '\u001B[31m: bad', 8, 3, ['    1 │ \\x1b[31m: bad', '      │           ^^^']],
  ['a bidirectional override', '\u202Eab', 2, 1, ['    1 │ \\u{202e}ab', '      │         ^']],
  ['the end of the line', 'key:', 5, 1, ['    1 │ key:', '      │     ^']],
])('%s keeps the caret in place', (_name, line, column, length, printed) => {
  expect(excerpt(line, column, length)).toEqual(printed);
});

test('a long line is clipped around the caret', () => {
  const line = `${'a'.repeat(200)}BAD${'z'.repeat(200)}`;
  const [shown = '', carets = ''] = excerpt(line, 201, 3, 60);
  expect(shown.length).toBeLessThanOrEqual(60);
  expect(shown).toMatch(/│ …a+BADz+…$/);
  expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('BAD');
});

test('whatever the line, the caret lies under it and nothing steers the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(400), fc.nat(50), (line, column, length) => {
      const oneLine = line.replaceAll(/[\r\n]/g, '');
      const printed = excerpt(oneLine, column + 1, length, 80);
      expect(printed.join('')).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u202E]/);
      expect(printed[1]).toMatch(/^ +│ *\^+$/);
    }),
  );
});

test('user text in messages cannot steer the terminal', () => {
  const finding = diagnostic('inventory/syntax', { message: 'key "\u001B[2J\nerror"', hint: 'first\nsecond\u0007' });
  expect(formatDiagnostics([finding], { source, color: false })).toBe(
    ['error inventory/syntax: key "\\x1b[2J\\nerror"', '  first', '  second\\x07'].join('\n'),
  );
});

test('colours only when asked for', () => {
  expect(formatDiagnostics([unknown], { source, color: true })).toContain('\u001B[31m^^^^\u001B[39m');
  expect(formatDiagnostics([unknown], { source, color: false })).not.toContain('\u001B');
});

test.each([
  [[], ''],
  [['error'], '1 error in 1 file'],
  [['error', 'error', 'warning', 'info'], '2 errors, 1 warning, 1 note in 1 file'],
] as const)('%j is summed up as "%s"', (severities, line) => {
  expect(summaryLine(severities.map((severity) => ({ ...unknown, severity })))).toBe(line);
});
