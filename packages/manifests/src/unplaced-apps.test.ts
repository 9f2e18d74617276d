import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCluster } from '@fairlead/testing';
import { expect, onTestFinished, test } from 'vitest';
import { unplacedApps } from './unplaced-apps.ts';

test('an app that no cluster lists, and files that nothing reads', () => {
  const root = mkdtempSync(join(tmpdir(), 'fairlead-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const defined = 'export default defineApp({});';
  for (const [file, text] of Object.entries({
    'shop/app.ts': defined,
    'shop/release.yaml': '',
    'shop/lib/app.ts': defined,
    'cart/app.ts': defined,
    'mail/App.ts': '',
    'news/index.ts': defined,
    'pay.ts': defined,
    'shared/names.ts': '',
    'shared/releases.ts': '',
    'team/users/app.ts': defined,
  })) {
    mkdirSync(join(root, 'apps', file, '..'), { recursive: true });
    writeFileSync(join(root, 'apps', file), text);
  }
  const cluster = { ...testCluster({}), apps: [{ name: 'shop', values: {} }] };
  expect(
    unplacedApps(root, ['cart', 'shop'], [cluster])
      .map(({ message }) => message)
      .sort(),
  ).toEqual([
    'apps/mail/App.ts is not called app.ts, so nothing reads it',
    'apps/news/index.ts is not called app.ts, so nothing reads it',
    'apps/pay.ts is not called apps/pay/app.ts, so nothing reads it',
    'apps/shop/release.yaml is not called releases.yaml, so nothing reads it',
    'apps/team/users/app.ts is not called apps/users/app.ts, so nothing reads it',
    'no cluster runs app "cart", so nothing of it is rendered',
  ]);
  expect(unplacedApps(join(root, 'none'), [], [cluster])).toEqual([]);
});
