import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillExpression, fillTemplate } from './alert-template.ts';
import { burnRates, burnThreshold, highestThreshold, isCapped } from './burn-rate.ts';

test.each([
  [99.9, [0.0144, 0.006, 0.003, 0.001]],
  [99.95, [0.0072, 0.003, 0.0015, 0.0005]],
  [99, [0.144, 0.06, 0.03, 0.01]],
  [93.75, [0.9, 0.375, 0.1875, 0.0625]],
  [90, [0.9, 0.6, 0.3, 0.1]],
])('the thresholds of an objective of %d %%', (percent, thresholds) => {
  expect(burnRates.map(({ factor }) => burnThreshold(percent, factor))).toEqual(thresholds);
});

test('every threshold can be reached, and a faster burn never needs less', () => {
  fc.assert(
    fc.property(fc.double({ min: 50, max: 99.9999, noNaN: true }), (percent) => {
      const thresholds = burnRates.map(({ factor }) => burnThreshold(percent, factor));
      expect(Math.min(...thresholds)).toBeGreaterThan(0);
      expect(Math.max(...thresholds)).toBeLessThanOrEqual(highestThreshold);
      expect([...thresholds].sort((left, right) => right - left)).toEqual(thresholds);
    }),
  );
});

test('an objective is capped only where its fast alert would need nearly all requests to fail', () => {
  expect([99.9, 95, 93.75, 93, 90, 50].map(isCapped)).toEqual([false, false, false, true, true, true]);
});

test('placeholders are words in braces; selectors and Go templates are left alone', () => {
  expect(fillTemplate('x{a="{name}"} {{ $value }} {{ $labels.pod }}', { name: 'b' })).toBe(
    'x{a="b"} {{ $value }} {{ $labels.pod }}',
  );
  expect(() => fillTemplate('{missing}', {})).toThrow('no value for {missing}');
  expect(() => fillExpression('rate(x[5m)', {})).toThrow('the rule library has a broken expression');
});
