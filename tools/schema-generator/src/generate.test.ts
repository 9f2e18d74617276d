import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generate } from './generate.ts';

test('the committed registry is what the generator makes', async () => {
  const stale: string[] = [];
  for (const [path, text] of await generate()) {
    const committed = new URL(`../../../packages/schemas/registry/${path}`, import.meta.url);
    if (readFileSync(committed, 'utf8') !== text) stale.push(path);
  }
  expect(stale, 'run npm run schemas').toEqual([]);
}, 120_000);
