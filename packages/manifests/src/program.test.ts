import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { repository, workspace } from '../test/workspace.ts';

/** A program with a cache of its own: everything else of it is a link to this repository. */
function program(): { list: () => unknown; cache: string } {
  const root = mkdtempSync(join(tmpdir(), 'fairlead-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const link = (folder: string, omitted: readonly string[]): void => {
    mkdirSync(join(root, folder));
    for (const name of readdirSync(join(repository, folder)))
      if (!omitted.includes(name)) symlinkSync(join(repository, folder, name), join(root, folder, name));
  };
  link('packages', ['manifests']);
  link('packages/manifests', ['bin']);
  link('node_modules', ['.cache']);
  cpSync(join(repository, 'packages/manifests/bin'), join(root, 'packages/manifests/bin'), { recursive: true });
  return {
    list() {
      const file = join(root, 'packages/manifests/bin/fairlead.mjs');
      const { status, stdout, stderr } = spawnSync(execPath, [file, 'list'], { cwd: repository, encoding: 'utf8' });
      return { status, stdout, stderr };
    },
    cache: join(root, 'node_modules/.cache/fairlead'),
  };
}

test('the program mends what is damaged of its cache', () => {
  const { list, cache } = program();
  const good = list();
  expect(good).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('eks-production') });
  const [name = ''] = readdirSync(cache);
  const folder = join(cache, name);
  const damage: [file: string, harm: (path: string) => void][] = [
    ['program.js', (path) => writeFileSync(path, readFileSync(path).subarray(0, 5000))],
    ['early.js', (path) => rmSync(path)],
    // V8 runs what it finds in its cache without a look at it.
    ['list.v8', (path) => writeFileSync(path, readFileSync(path).fill(90, 6000, 6100))],
    [
      'list.v8',
      (path) => {
        rmSync(path);
        mkdirSync(join(path, 'x'), { recursive: true });
      },
    ],
  ];
  for (const [file, harm] of damage) {
    harm(join(folder, file));
    expect(list(), file).toEqual(good);
    expect(readdirSync(folder).sort()).toEqual([
      'early.js',
      'early.js.map',
      'early.v8',
      'list.v8',
      'program.js',
      'program.js.map',
    ]);
    expect(readFileSync(join(folder, file)).length).toBeGreaterThan(5000);
  }
  rmSync(cache, { recursive: true });
  writeFileSync(cache, '');
  expect(list()).toEqual(good);
});

test.runIf(existsSync('/dev/full'))('an answer that could not be written whole is no success', () => {
  const full = openSync('/dev/full', 'w');
  const file = join(repository, 'packages/manifests/bin/fairlead.mjs');
  const { status, stderr } = spawnSync(execPath, [file, 'list'], {
    cwd: repository,
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('not all of the answer') });
});

test('an app that ends the process does not make it a success', () => {
  const { root, edit } = workspace();
  edit('apps/platform/app.ts', 'export default', "(0, eval)('process.exit(0)');\nexport default");
  const file = join(repository, 'packages/manifests/bin/fairlead.mjs');
  const { status, stderr } = spawnSync(execPath, [file, 'synth', '--check'], { cwd: root, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('ended before its work was done') });
});
