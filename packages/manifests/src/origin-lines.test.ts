import { expect, test } from 'vitest';
import { process, workspace } from '../test/workspace.ts';

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly origin?: unknown }[];
}

const originOf = (out: string, code: string): unknown =>
  (JSON.parse(out) as Report).diagnostics.find((each) => each.code === code)?.origin;

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
const app = 'apps/resource-hub/app.ts';

test('a finding of the verdict names the line of the app that stated the object', () => {
  const { root, edit, read } = workspace();
  edit(app, "NODE_ENV: 'production',", "NODE_ENV: 'production', OTHER: 'http://nobody.resource-hub.svc:80',");
  // A process of its own: the test runner rewrites stacks.
  const { out, code } = process(root, ['synth', '--cluster=eks-sandbox', '--json']);
  expect(code).toBe(1);
  expect(originOf(out, 'references/missing-address')).toEqual({
    app: 'resource-hub',
    file: app,
    line: lineOf(read(app), "app.deployment('api'"),
  });
});

test('a finding in dist names the line that names the workload', async () => {
  const { fairlead, edit, read } = workspace();
  await fairlead('synth', '--cluster=eks-sandbox');
  edit(
    'dist/clusters/eks-sandbox/resource-hub/service-resource-hub-database.yaml',
    'component: database\n    app.kubernetes.io/name',
    'component: databse\n    app.kubernetes.io/name',
  );
  const { out } = await fairlead('validate', '--cluster=eks-sandbox', '--json');
  expect(originOf(out, 'references/service-selects-nothing')).toEqual({
    app: 'resource-hub',
    file: app,
    line: lineOf(read(app), "app.statefulSet('database'"),
  });
});
