import { expect, test } from 'vitest';
import { bounded, EndlessError, settled } from './bounded.ts';

test('hands on what the work returns or throws', () => {
  expect(bounded(() => bounded(() => 3) + 1)).toBe(4);
  expect(() =>
    bounded(() => {
      throw new RangeError('no such queue');
    }),
  ).toThrow(RangeError);
});

test('ends what does not end', () => {
  const endless = (): void => {
    for (;;) {
      try {
        JSON.stringify([]);
      } catch {
        continue;
      }
    }
  };
  expect(() => bounded(endless, 50)).toThrow(EndlessError);
});

test('gives up on a promise that never settles', async () => {
  await expect(settled(new Promise(() => undefined), 20)).rejects.toThrow(EndlessError);
  expect(await settled(Promise.resolve(3))).toBe(3);
});
