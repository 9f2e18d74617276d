import { expect, test } from 'vitest';
import { didYouMean, suggest } from './suggest.ts';

const environments = ['dev', 'sandbox', 'staging', 'production'];

test.each([
  ['prdo', 'production'],
  ['prod', 'production'],
  ['Production', 'production'],
  ['stagign', 'staging'],
  ['sand-box', 'sandbox'],
  ['dve', 'dev'],
  ['qa', undefined],
  ['x', undefined],
  ['', undefined],
  ['completely-different', undefined],
])('%s suggests %s', (word, nearest) => {
  expect(suggest(word, environments)).toBe(nearest);
});

test('the nearest of several near words wins', () => {
  expect(suggest('cluster', ['clusters', 'clusterIssuers'])).toBe('clusters');
});

test('the hint lists what is known, and not more than fits', () => {
  expect(didYouMean('prdo', environments)).toBe('did you mean "production"? known: dev, sandbox, staging, production');
  expect(didYouMean('qa', environments, 2)).toBe('known: dev, sandbox, and 2 more');
  expect(didYouMean('qa', [])).toBe('known: none');
});
