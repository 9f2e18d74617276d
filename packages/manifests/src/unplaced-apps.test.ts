import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCluster } from '@fairlead/testing';
import { expect, onTestFinished, test } from 'vitest';
import { unplacedApps } from './unplaced-apps.ts';

test('an app that no cluster lists, and a file that is nearly called app.ts', () => {
  const root = mkdtempSync(join(tmpdir(), 'fairlead-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const file of ['shop/app.ts', 'cart/app.ts', 'mail/App.ts', 'shared/names.ts']) {
    mkdirSync(join(root, 'apps', file, '..'), { recursive: true });
    writeFileSync(join(root, 'apps', file), '');
  }
  const cluster = { ...testCluster({}), apps: [{ name: 'shop', values: {} }] };
  expect(unplacedApps(root, ['cart', 'shop'], [cluster]).map(({ message }) => message)).toEqual([
    'no cluster runs app "cart", so nothing of it is rendered',
    'apps/mail/App.ts is not called app.ts, so its folder is no app',
  ]);
  expect(unplacedApps(join(root, 'none'), [], [cluster])).toEqual([]);
});
