import { expect, test } from 'vitest';
import { catchRejections, foreignKeys } from './watch-apps.ts';

test('what an app adds to a shared prototype is told, and taken away again', () => {
  Object.defineProperty(Object.prototype, 'added', { value: 1, enumerable: true, configurable: true });
  expect(foreignKeys('shop').map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'app/impure: app "shop" adds "added" to Object.prototype, which all apps share',
  ]);
  expect('added' in {}).toBe(false);
  expect(foreignKeys('shop')).toEqual([]);
});

test('promises that were rejected while nobody waited are handed over', async () => {
  // The runner listens for them too, and would fail the run.
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  const rejections = catchRejections();
  void Promise.reject(new Error('left behind'));
  expect(await rejections.take()).toEqual([new Error('left behind')]);
  expect(await rejections.take()).toEqual([]);
  rejections.stop();
  for (const listener of others) process.on('unhandledRejection', listener);
});
