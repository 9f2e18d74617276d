import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository, workspace } from '../../test/workspace.ts';

const source = 'apps/delivery-platform/app.ts';

test('renaming a variable of an app changes no byte of dist', async () => {
  const { fairlead, edit, root, tree } = workspace();
  expect((await fairlead('synth', '--app=delivery-platform')).code).toBe(0);
  const before = tree('dist/clusters');
  const text = readFileSync(join(repository, source), 'utf8');
  // The name of the constant, not the words in strings, options or paths.
  const renamed = text
    .replace(/(?<![\w'.-])payment(?=[ ,.)])(?!:)/g, 'cardService')
    .replace(/(?<![\w'.-])order(?=[ ,.)])(?!:)/g, 'shopping');
  expect(renamed).toContain('const cardService = service(');
  edit(source, text, renamed);
  const { code, out } = await fairlead('synth', '--app=delivery-platform');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(' 0 written, 0 deleted,') });
  expect(tree('dist/clusters')).toEqual(before);
  expect(readFileSync(join(root, source), 'utf8')).not.toContain('const payment =');
});

test('a cluster file makes a tree of its own, and takes nothing but that tree away with it', async () => {
  const { fairlead, remove, root, tree } = workspace();
  await fairlead('synth');
  const all = tree('dist/clusters');
  remove('clusters/aks-staging.yaml');
  await fairlead('synth');
  expect(existsSync(join(root, 'dist/clusters/aks-staging'))).toBe(false);
  expect(tree('dist/clusters')).toEqual(
    Object.fromEntries(Object.entries(all).filter(([file]) => !file.startsWith('aks-staging/'))),
  );
});

test.each(['gke-dev', 'aks-dev'])(
  'nobody declares the namespaces that come with %s, Flux and its stacks',
  async (name) => {
    const { fairlead, edit, read } = workspace();
    const file = `clusters/${name}.yaml`;
    edit(
      file,
      read(file),
      read(file)
        .replace(/^delivery: .*$/m, 'delivery: flux')
        .replace(/^offers:\n {2}namespaces: .*\n/m, 'offers:\n'),
    );
    edit(file, read(file), read(file).replace(/^offers:\n(?! )/m, ''));
    const { diagnostics } = JSON.parse((await fairlead('synth', `--cluster=${name}`, '--json')).out);
    expect(diagnostics.filter(({ severity }: { severity: string }) => severity !== 'info')).toEqual([]);
  },
);
