import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diffManifests } from '../src/diff.ts';
import { formatHtml } from '../src/format/html.ts';
import { parseManifests } from '../src/parse.ts';
import { objects } from './objects.ts';

const executablePath = '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'fairlead-html-'));
const file = join(folder, 'diff.html');
const faults: string[] = [];
let browser: Browser;
let page: Page;

const edits: readonly (readonly [string, string])[] = [
  ['api:1.4.2', 'api:1.5.0'],
  ['serviceName: db', 'serviceName: database'],
  ['[configmaps]', '[configmaps, secrets]'],
  ['minAvailable: 2', 'minAvailable: 1'],
  ['LOG: info', `LOG: "</script><img src=x onerror=alert(1)>"`],
  ['note: first', 'note: second'],
];

beforeAll(async () => {
  if (!existsSync(executablePath))
    execFileSync(fileURLToPath(new URL('../../../tools/chromium/install.sh', import.meta.url)), { stdio: 'inherit' });
  const on = (cluster: string, text: string) => parseManifests({ path: `clusters/${cluster}/shop/objects.yaml`, text });
  const clusters = ['eks-production', 'gke-staging'];
  const base = clusters.flatMap((cluster) => Object.values(objects).flatMap((text) => on(cluster, text)));
  const head = clusters.flatMap((cluster) =>
    Object.entries(objects)
      .filter(([name]) => name !== 'claim' || cluster === 'gke-staging')
      .flatMap(([, text]) =>
        on(
          cluster,
          edits.reduce<string>((result, [from, to]) => result.replace(from, to), text),
        ),
      ),
  );
  writeFileSync(file, formatHtml(diffManifests({ name: 'main', manifests: base }, { name: 'work', manifests: head })));
  browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
  page = await browser.newPage({ viewport: { width: 1100, height: 800 }, colorScheme: 'light' });
  page.on(
    'console',
    (message) =>
      void (message.type() === 'error' || message.type() === 'warning' ? faults.push(message.text()) : undefined),
  );
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('dialog', (dialog) => void (faults.push(`dialog ${dialog.message()}`), dialog.dismiss()));
  page.on(
    'request',
    (request) => void (/^(file|data):/.test(request.url()) ? undefined : faults.push(`request ${request.url()}`)),
  );
  await page.goto(pathToFileURL(file).href);
}, 300_000);

afterAll(async () => {
  // FAIRLEAD_SCREENSHOTS=1 renews the pictures of the documentation.
  for (const colorScheme of process.env['FAIRLEAD_SCREENSHOTS'] === undefined ? [] : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({
      path: fileURLToPath(new URL(`../../../docs/images/diff-${colorScheme}.png`, import.meta.url)),
    });
  }
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const shown = () => page.locator('article').count();
const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")');

test('the worst class stands first', async () => {
  expect(await page.locator('article').first().textContent()).toContain(
    'PersistentVolumeClaim data in shop on eks-production is deleted',
  );
  expect(await page.locator('h1').textContent()).toBe('Manifests: main → work');
});

test('the search narrows the entries to those that hold every word', async () => {
  const all = await shown();
  await page.fill('#search', 'serviceName STATEFULSET');
  expect(await shown()).toBe(1);
  expect(await page.locator('#count').textContent()).toBe(`1 of ${all}`);
  await page.fill('#search', '');
  expect(await shown()).toBe(all);
});

test('classes, clusters and kinds filter', async () => {
  const all = await shown();
  const button = page.locator('#classes button.cosmetic');
  await button.click();
  expect(await button.getAttribute('aria-pressed')).toBe('false');
  expect(await page.locator('article.cosmetic').count()).toBe(0);
  await button.click();
  await page.selectOption('#cluster', 'gke-staging');
  expect(await page.locator('article.destroys').count()).toBe(0);
  await page.selectOption('#cluster', '');
  await page.selectOption('#kind', 'Role');
  expect(await shown()).toBe(1);
  await page.selectOption('#kind', '');
  expect(await shown()).toBe(all);
});

test('the keyboard alone is enough', async () => {
  await page.locator('h1').click();
  await page.keyboard.press('/');
  expect(await focused()).toBe('Search');
  await page.keyboard.type('deployment');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toContain('interrupts: Deployment api');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toContain('behaves:');
  await page.keyboard.press('ArrowUp');
  const isOpen = () => page.evaluate("document.querySelector('article:focus details:last-of-type').open");
  const open = await isOpen();
  await page.keyboard.press('Enter');
  expect(await isOpen()).toBe(!open);
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  expect(await page.inputValue('#search')).toBe('');
});

test('light and dark both have their colours', async () => {
  const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).not.toBe(light);
  await page.emulateMedia({ colorScheme: 'light' });
});

test('what a manifest says stays text, nothing is requested and nothing fails', async () => {
  await page.fill('#search', 'onerror');
  expect(await page.locator('article').first().textContent()).toContain('</script><img src=x onerror=alert(1)>');
  expect(await page.locator('img').count()).toBe(0);
  await page.fill('#search', '');
  expect(faults).toEqual([]);
});
