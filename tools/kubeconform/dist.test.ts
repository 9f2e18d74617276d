import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { runKubeconform } from './run-kubeconform.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rendered = join(root, 'dist/clusters');
const clusters = existsSync(rendered)
  ? readdirSync(rendered, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : [];

test.skipIf(!existsSync(rendered))('every cluster file has a rendered tree', () => {
  const declared = readdirSync(join(root, 'clusters')).filter((file) => file.endsWith('.yaml'));
  expect(clusters.map(({ name }) => `${name}.yaml`).sort()).toEqual(declared.sort());
});

test.each(clusters.map(({ name }) => name))(
  'dist/clusters/%s is valid on its own Kubernetes version',
  async (cluster) => {
    const { kubernetes } = parse(readFileSync(join(root, 'clusters', `${cluster}.yaml`), 'utf8')) as {
      kubernetes: string;
    };
    const { resources, summary } = await runKubeconform(kubernetes, [join(rendered, cluster)]);
    expect(resources.filter(({ status }) => status !== 'statusValid')).toEqual([]);
    expect(summary).toMatchObject({ invalid: 0, errors: 0, skipped: 0 });
    expect(summary.valid).toBeGreaterThan(0);
  },
);
