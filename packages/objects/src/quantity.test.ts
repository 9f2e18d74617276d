import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addQuantities, compareQuantities, formatQuantity, parseQuantity, quantityNumber } from './quantity.ts';

const unit = 10n ** 9n;

test.each<[text: string | number, billionths: bigint | undefined]>([
  ['1', unit],
  [2, 2n * unit],
  ['100m', unit / 10n],
  ['0.1', unit / 10n],
  ['.5', unit / 2n],
  ['5.', 5n * unit],
  ['-1', -unit],
  ['1Ki', 1024n * unit],
  ['1.5Gi', 1536n * 2n ** 20n * unit],
  ['1k', 1000n * unit],
  ['1E', 10n ** 18n * unit],
  ['1e3', 1000n * unit],
  ['1E-3', unit / 1000n],
  ['1n', 1n],
  ['0.1n', 1n], // fractions of a billionth are rounded up
  ['8Ei', 2n ** 63n * unit],
  ['100Mb', undefined],
  ['1 Gi', undefined],
  ['1K', undefined],
  ['1ki', undefined],
  ['', undefined],
  ['.', undefined],
  ['Mi', undefined],
  ['1e', undefined],
  ['0x10', undefined],
])('%s is %s billionths', (text, billionths) => {
  expect(parseQuantity(text)).toBe(billionths);
});

test('quantities of different notations compare by value', () => {
  expect(compareQuantities('1Gi', '1G')).toBe(1);
  expect(compareQuantities('1000m', 1)).toBe(0);
  expect(compareQuantities('0.9', '1')).toBe(-1);
  expect(compareQuantities('1', 'one')).toBeUndefined();
});

test('a sum keeps the notation of its first term', () => {
  expect(addQuantities('256Mi', '768Mi')).toBe('1Gi');
  expect(addQuantities('250m', 1, '750m')).toBe('2');
  expect(addQuantities('1Gi', '1')).toBe('1073741825');
  expect(addQuantities('100m', 'x')).toBeUndefined();
});

test('every written quantity reads back as its value', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.constantFrom('decimal', 'binary'),
      (value, notation) => {
        expect(parseQuantity(formatQuantity(value, notation))).toBe(value);
      },
    ),
  );
});

test.each<[unknown, number | undefined]>([
  ['100m', 0.1],
  ['1.5Gi', 1.5 * 2 ** 30],
  [2, 2],
  ['1e-3', 0.001],
  ['1gb', undefined],
  [' 1', undefined],
  [Number.NaN, undefined],
  [null, undefined],
])('%s is near the number %s', (value, expected) => {
  expect(quantityNumber(value)).toBe(expected);
});
