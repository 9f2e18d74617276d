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

/** The errors and warnings of a cluster whose file offers no namespace. */
async function withoutOffers(
  name: string,
  delivery: string,
): Promise<{ severity: string; code: string; message: string; hint: string }[]> {
  const { fairlead, edit, read } = workspace();
  const file = `clusters/${name}.yaml`;
  const text = read(file);
  const bare = text.replace(/^ {2}namespaces: .*\n/m, '').replace(/^offers:\n(?! )/m, '');
  edit(file, text, bare.replace(/^delivery: .*$/m, `delivery: ${delivery}`));
  const { diagnostics } = JSON.parse((await fairlead('synth', `--cluster=${name}`, '--json')).out);
  return diagnostics.filter(({ severity }: { severity: string }) => severity !== 'info');
}

test.each(['gke-dev', 'aks-dev'])('nobody declares the namespaces that come with %s and Flux', async (name) => {
  expect(await withoutOffers(name, 'flux')).toEqual([]);
});

test.each(['argocd', 'flux'])(
  'whether a metrics stack is where it is looked for is asked once, with %s',
  async (engine) => {
    const errors = (await withoutOffers('eks-dev', engine)).filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([
      {
        code: 'references/missing-namespace',
        message: 'Namespace "monitoring" does not exist',
        hint: expect.stringContaining("state offers: { namespaces: [monitoring] } in the cluster's file"),
      },
    ]);
  },
);
