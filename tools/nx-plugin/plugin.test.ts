import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { globSync } from 'tinyglobby';
import { expect, onTestFinished, test } from 'vitest';
import { renderInputs } from './plugin.ts';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const clusters = readdirSync(join(repository, 'clusters')).map((file) => file.replace('.yaml', ''));

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-nx-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the files that some inputs of a task name, with the installed packages but none of the repository's own. */
function copyOf(inputs: ReturnType<typeof renderInputs>): string {
  const folder = temporaryFolder();
  const patterns = inputs.flatMap((input) =>
    typeof input === 'string' ? [input.replace('{workspaceRoot}/', '')] : [],
  );
  for (const file of globSync(patterns, { cwd: repository, dot: true })) {
    cpSync(join(repository, file), join(folder, file), { recursive: true });
  }
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name === '@fairlead' || name.startsWith('.')) continue;
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name));
  }
  mkdirSync(join(folder, 'node_modules', '@fairlead'));
  for (const name of readdirSync(join(folder, 'packages'))) {
    symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules', '@fairlead', name));
  }
  return folder;
}

function render(root: string, cluster: string): string {
  const out = temporaryFolder();
  const program = join(root, 'packages/manifests/bin/fairlead.mjs');
  execFileSync(execPath, [program, 'render', cluster, '--out', out], { cwd: root });
  return readFileSync(join(out, `${cluster}.json`), 'utf8');
}

test('the declared inputs of a render task are all that it depends on', () => {
  const cluster = 'eks-production';
  const copy = copyOf(renderInputs(repository, `clusters/${cluster}.yaml`));
  expect(readdirSync(join(copy, 'clusters'))).toEqual([`${cluster}.yaml`]);
  expect(render(copy, cluster)).toBe(render(repository, cluster));
});

test('Nx renders what the program renders alone, and hands on its arguments', () => {
  const out = temporaryFolder();
  const { status, stdout } = spawnSync(
    'npx',
    ['nx', 'run', 'manifests:synth', '--out', out, '--cluster', clusters.join(',')],
    {
      cwd: repository,
      env: { ...env, NX_DAEMON: 'false', FORCE_COLOR: '0' },
      encoding: 'utf8',
    },
  );
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('0 deleted, 0 unchanged') });
  for (const cluster of clusters) {
    const files = globSync(['**/*'], { cwd: join(repository, 'dist/clusters', cluster) });
    expect(globSync(['**/*'], { cwd: join(out, cluster) }).sort()).toEqual([...files].sort());
    for (const file of files) {
      expect(readFileSync(join(out, cluster, file), 'utf8'), file).toBe(
        readFileSync(join(repository, 'dist/clusters', cluster, file), 'utf8'),
      );
    }
  }
});

test('nothing reaches for the network', () => {
  const block = `data:text/javascript,${encodeURIComponent(
    "import net from 'node:net'; import dns from 'node:dns'; const no = () => { throw new Error('network') }; net.Socket.prototype.connect = no; dns.lookup = no;",
  )}`;
  const { status, stderr } = spawnSync(
    execPath,
    ['--import', block, join(repository, 'packages/manifests/bin/fairlead.mjs'), 'synth', '--out', temporaryFolder()],
    { cwd: repository, encoding: 'utf8' },
  );
  expect({ status, stderr: stderr.includes('network') && stderr }).toEqual({ status: 0, stderr: false });
});

test.each([
  [
    'a package of a row above',
    'packages/objects/src/new.ts',
    "import { defineApp } from '@fairlead/app';\nexport { defineApp };\n",
  ],
  [
    'a package of its own row',
    'packages/ingress/src/new.ts',
    "import { sizes } from '@fairlead/workload';\nexport { sizes };\n",
  ],
  [
    'the program from an app',
    'apps/resource-hub/new.ts',
    "import { run } from '@fairlead/manifests/main';\nexport { run };\n",
  ],
])('lint refuses to import %s', async (_, filePath, code) => {
  env['NX_DAEMON'] = 'false';
  const [result] = await new ESLint({ cwd: repository }).lintText(code, { filePath: join(repository, filePath) });
  expect(result?.messages.map(({ ruleId }) => ruleId)).toContain('@nx/enforce-module-boundaries');
});
