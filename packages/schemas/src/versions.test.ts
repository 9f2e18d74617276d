import { expect, test } from 'vitest';
import { schemaVersionOf } from './versions.ts';

test.each([
  ['1.28', '1.28'],
  ['v1.34.2', '1.34'],
  ['1.36', '1.36'],
  ['1.27', '1.28'],
  ['1.31', '1.28'],
  ['1.32', '1.34'],
  ['1.35', '1.34'],
  ['1.40', '1.36'],
])('Kubernetes %s is judged by the schemas of %s', (kubernetes, version) => {
  expect(schemaVersionOf(kubernetes)).toBe(version);
});
