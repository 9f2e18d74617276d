import { expect, test } from 'vitest';
import { codes } from './codes/index.ts';
import { renderCodesPage } from './render-codes-page.ts';

test('a code is printed with severity, sentence and examples, under its area', () => {
  const page = renderCodesPage({
    'b/one': { severity: 'warning', sentence: 'One is odd.', bad: 'a: 1', good: 'a: 2' },
    'a/two': { severity: 'error', sentence: 'Two is wrong.', bad: "app.route({ host: '' })", good: 'host: a' },
  });
  expect(page.slice(page.indexOf('## a'))).toBe(
    "## a\n\n### a/two\n\nerror. Two is wrong.\n\nBad:\n\n```ts\napp.route({ host: '' })\n```\n\nGood:\n\n```yaml\nhost: a\n```\n" +
      '\n## b\n\n### b/one\n\nwarning. One is odd.\n\nBad:\n\n```yaml\na: 1\n```\n\nGood:\n\n```yaml\na: 2\n```\n',
  );
});

test('every registered code is an area and a slug with a sentence and two examples that differ', () => {
  for (const [code, { sentence, bad, good }] of Object.entries(codes)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(sentence).toMatch(/^[A-Z`].*\.$/);
    for (const example of [bad, good]) expect(example, code).toMatch(/\S/);
    expect(bad, code).not.toBe(good);
  }
});
