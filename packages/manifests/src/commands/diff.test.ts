import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Io } from '../io.ts';
import { diff, type DiffOptions } from './diff.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fairlead-diff-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string, folder = root): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function git(...args: string[]): string {
  const identity = [
    '-c',
    'user.name=Somebody',
    '-c',
    'user.email=somebody@example.com',
    '-c',
    'init.defaultBranch=main',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', [...identity, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(options: DiffOptions, cwd = root): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io: Io = {
    cwd,
    env: {},
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    color: false,
    width: 100,
    interactive: false,
  };
  try {
    return { code: await diff(options, io), out, err };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UsageError') throw error;
    return { code: 2, out, err: `${error.message}\n${'hint' in error ? String(error.hint) : ''}` };
  }
}

const deployment = (
  image: string,
) => `# Rendered by Fairlead from apps/shop/app.ts. Do not edit: change the source and run synth.
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: "${image}" }] }
`;
const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: api } } }
`;
const file = 'dist/clusters/one/shop/deployment-api.yaml';

function repository(): void {
  git('init', '-q');
  write(file, deployment('example.com/api:1.0.0'));
  write('dist/clusters/one/shop/poddisruptionbudget-api.yaml', budget);
  write('apps/shop/app.ts', '// one\n');
  git('add', '.');
  git('commit', '-qm', 'one');
}

describe('in a git repository', () => {
  beforeEach(repository);

  test('the working tree is compared with where the branch began', async () => {
    git('checkout', '-qb', 'work');
    write(file, deployment('example.com/api:1.1.0'));
    git('commit', '-qam', 'two');
    write(
      'dist/clusters/one/shop/configmap-new.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: new, namespace: shop }\n',
    );
    const { code, out, err } = await run({});
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('Deployment api in shop on one: 2 pods restart rolling, new ones first');
    expect(out).toContain('ConfigMap new in shop on one is added');
  });

  test('two refs are compared without touching the working tree, and sources that changed are named', async () => {
    write(file, deployment('example.com/api:1.1.0'));
    write('apps/shop/app.ts', '// two\n');
    git('commit', '-qam', 'two');
    write(file, 'not yaml: [');
    const { out } = await run({ base: 'HEAD~1', head: 'HEAD', json: true });
    const report = JSON.parse(out);
    expect(report).toMatchObject({ version: 1, base: 'HEAD~1', head: 'HEAD' });
    expect(report.entries[0]).toMatchObject({
      class: 'interrupts',
      objects: [{ file, cluster: 'one', app: 'shop' }],
      causes: ['apps/shop/app.ts'],
    });
    expect(readFileSync(join(root, file), 'utf8')).toBe('not yaml: [');
  });

  test('nothing changed is told so', async () => {
    expect(await run({})).toEqual({ code: 0, out: expect.stringContaining('No difference in meaning.'), err: '' });
  });

  test('where dist was not yet, everything in it is new and nothing else counts', async () => {
    git('checkout', '-q', '--orphan', 'before');
    git('rm', '-rqf', '.');
    write('packages/example.yaml', budget);
    git('add', '.');
    git('commit', '-qm', 'zero');
    const { out } = await run({ base: 'before', head: 'main', json: true });
    expect(JSON.parse(out).summary.objects).toEqual({ added: 2, removed: 0, modified: 0 });
  });

  test('a deleted file counts', async () => {
    rmSync(join(root, file));
    const { out, code } = await run({ failOn: 'destroys' });
    expect(out).toContain('Deployment api in shop on one is deleted');
    expect(code).toBe(1);
  });

  test('a ref that is also a folder is the ref, and the answer says so', async () => {
    git('branch', 'dist2');
    write('dist2/a.yaml', budget);
    const { err } = await run({ base: 'dist2' });
    expect(err).toContain('"dist2" is a git ref and a folder; the ref is compared. Write ./dist2 for the folder.');
  });

  test.each([
    [{ base: 'nowhere' }, '"nowhere" is neither a git ref nor a folder'],
    [{ base: './nowhere' }, 'there is no folder ./nowhere'],
    [{ base: file }, 'is a file, not a folder'],
    [{ format: 'pdf' }, 'there is no format "pdf"'],
    [{ failOn: 'destroy' }, 'there is no class "destroy"'],
    [{ maxChars: 'many' }, '--max-chars must be a whole number'],
    [{ base: '--upload-pack=x' }, 'neither a git ref nor a folder'],
    [{ prices: 'none.json' }, '--prices'],
  ] satisfies [DiffOptions, string][])('%j: wrong usage ends with 2', async (options, message) => {
    const { code, err } = await run(options);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test('a shallow clone says what to fetch', async () => {
    write(file, deployment('example.com/api:1.1.0'));
    git('commit', '-qam', 'two');
    const clone = `${root}-shallow`;
    git('clone', '-q', '--depth=1', `file://${root}`, clone);
    const { err } = await run({ base: 'origin/release' }, clone);
    expect(err).toContain('git fetch --no-tags --depth=1 origin release');
    rmSync(clone, { recursive: true });
  });
});

describe('with folders', () => {
  test('any YAML is compared: many documents, Lists, JSON, nested folders', async () => {
    write('a/all.yaml', `${deployment('example.com/api:1.0.0')}---\n${budget}---\nnot: a manifest\n`);
    write(
      'b/deep/list.yaml',
      `apiVersion: v1\nkind: List\nitems:\n${[deployment('example.com/api:2.0.0').replace(/^#.*\n/, '')].map((each) => `- ${each.trimEnd().split('\n').join('\n  ')}`).join('\n')}\n`,
    );
    write(
      'b/deep/budget.json',
      '{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"api","namespace":"shop"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"api"}}}}',
    );
    const { out, err } = await run({ base: 'a', head: 'b', json: true });
    expect(err).toBe('');
    expect(JSON.parse(out).summary).toMatchObject({
      objects: { added: 0, removed: 0, modified: 1 },
      images: [{ direction: 'upgrade', step: 'major' }],
    });
  });

  test('a file that is no YAML is left out with a warning', async () => {
    write('a/chart.yaml', 'name: {{ .Values.name }}\n  x: [');
    write('b/budget.yaml', budget);
    const { code, err } = await run({ base: 'a', head: 'b' });
    expect(err).toContain('warning: chart.yaml is no YAML and was left out');
    expect(code).toBe(0);
  });

  test('outside a repository the sides have to be named', async () => {
    expect((await run({})).err).toContain('this folder is in no git repository');
    expect((await run({ base: 'a', head: 'b' })).err).toContain('there is no folder a');
  });

  test('the report and the comment go to files', async () => {
    write('a/one.yaml', budget);
    write('b/one.yaml', budget.replace('minAvailable: 1', 'minAvailable: 0'));
    const { out, code } = await run({
      base: 'a',
      head: 'b',
      out: 'diff.html',
      commentFile: 'comment.md',
      failOn: ['opens', 'weakens'],
    });
    expect(out).toBe('');
    expect(code).toBe(1);
    expect(readFileSync(join(root, 'diff.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(readFileSync(join(root, 'comment.md'), 'utf8')).toContain('Weakens (1)');
  });
});

test('links that lead nowhere are passed over', async () => {
  repository();
  symlinkSync('nowhere', join(root, 'dist/clusters/one/shop/link.yaml'));
  expect((await run({ base: 'HEAD' })).out).toContain('No difference in meaning');
});

test('what a file held that one side cannot read is not told as deleted', async () => {
  write('before/object.yaml', budget);
  write('after/object.yaml', 'kind: [');
  const { code, out, err } = await run({ base: './before', head: './after', failOn: 'destroys' });
  expect(out).toContain('No difference in meaning');
  expect(err).toContain('object.yaml is no YAML and was left out');
  expect(code).toBe(0);
});
