import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspace } from '../../test/workspace.ts';

test('leaves nothing of a cluster whose file has a fault, which synth tells', async () => {
  const { fairlead, edit, root } = workspace();
  edit('clusters/eks-sandbox.yaml', 'environment: sandbox', 'enviroment: sandbox');
  expect(await fairlead('render', 'eks-sandbox', '--out', 'rendered')).toEqual({ code: 0, out: '', err: '' });
  const { code, err } = await fairlead('synth', '--cluster=eks-sandbox', '--rendered', 'rendered');
  expect(code).toBe(1);
  expect(err).toContain('error inventory/unknown-key: unknown key "enviroment"\n  clusters/eks-sandbox.yaml:5:1\n');
  expect(existsSync(join(root, 'dist/clusters/eks-sandbox'))).toBe(false);
});

test('knows no cluster without a file', async () => {
  const { fairlead } = workspace();
  expect(await fairlead('render', 'eks-sandbx', '--out', 'rendered')).toEqual({
    code: 2,
    out: '',
    err: 'error: there is no cluster "eks-sandbx"\nfairlead list names the clusters\n',
  });
});
