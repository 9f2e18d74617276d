import { cpSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Answer, answer, process, repository, treeOf, workspace } from '../../test/workspace.ts';
import { distOperations, planDist } from '../dist.ts';

const gateway = 'dist/clusters/eks-production/resource-hub/deployment-resource-hub-gateway.yaml';

describe('synth', () => {
  test('renders what is committed in dist, to the byte', async () => {
    const { fairlead, tree } = workspace();
    const { code, out } = await fairlead('synth');
    expect(out).toMatch(/^\d+ manifests on \d+ clusters: \d+ written, 0 deleted, 0 unchanged in dist\/clusters\n$/);
    expect(code).toBe(0);
    expect(tree('dist/clusters')).toEqual(treeOf(join(repository, 'dist', 'clusters')));
  });

  test('writes nothing that has not changed, and removes what nothing renders any more', async () => {
    const { fairlead, remove, root, edit } = workspace();
    await fairlead('synth');
    expect((await fairlead('synth')).out).toContain(' 0 written, 0 deleted,');
    remove('clusters/eks-staging.yaml');
    await fairlead('synth');
    expect(existsSync(join(root, 'dist/clusters/eks-staging'))).toBe(false);
    edit('clusters/eks-sandbox.yaml', '\n  platform:\n  resource-hub:', ' {}');
    const { code } = await fairlead('synth');
    expect({ code, left: existsSync(join(root, 'dist/clusters/eks-sandbox')) }).toEqual({ code: 0, left: false });
  });

  test('touches only the clusters and apps that are named', async () => {
    const { fairlead, tree } = workspace();
    await fairlead('synth', '--cluster=eks-sandbox');
    expect([...new Set(Object.keys(tree('dist/clusters')).map((path) => path.split('/')[0]))]).toEqual(['eks-sandbox']);
    await fairlead('synth', '--out', 'elsewhere', '--app=resource-hub');
    expect([...new Set(Object.keys(tree('elsewhere')).map((path) => path.split('/')[1]))]).toEqual(['resource-hub']);
    expect(await fairlead('synth', '--cluster=eks-sandbx')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean "eks-sandbox"?'),
    });
  });

  test('says so when it is asked for an app that runs on none of the clusters', async () => {
    const { fairlead } = workspace();
    const { code, err } = await fairlead('synth', '--cluster=eks-dev', '--app=resource-hub');
    expect({ code, err }).toEqual({
      code: 0,
      err: 'app "resource-hub" does not run on eks-dev; it runs on eks-production, eks-sandbox, eks-staging\n',
    });
  });

  test('writes nothing when anything is wrong, and says where', async () => {
    const { fairlead, edit, tree } = workspace();
    await fairlead('synth');
    const before = tree('dist');
    edit('clusters/eks-production.yaml', 'environment: production', 'enviroment: prod');
    edit('apps/resource-hub/app.ts', "app.secret('database'", "app.secret('data')");
    const { code, err, out } = await fairlead('synth');
    expect(code).toBe(1);
    expect(out).toContain('dist/clusters was not touched, because there are errors');
    expect(err).toContain(`clusters/eks-production.yaml:5:1
    5 │ enviroment: prod
      │ ^^^^^^^^^^`);
    expect(err).toContain('did you mean "environment"?');
    expect(err).toContain('app/syntax');
    expect(tree('dist')).toEqual(before);
  });

  test('reports a fault in a file that apps share, which belongs to none of them', async () => {
    const { fairlead, edit, write, tree } = workspace();
    await fairlead('synth');
    const before = tree('dist');
    write('shared/ports.ts', 'export const port = ;\n');
    edit('apps/resource-hub/app.ts', 'import ', "import '../../shared/ports.ts';\nimport ");
    const { code, err } = await fairlead('synth');
    expect(err).toContain('error app/syntax: Unexpected ";"\n  shared/ports.ts:1:21');
    expect({ code, tree: tree('dist') }).toEqual({ code: 1, tree: before });
  });

  test('reports an app that throws with its own line, and still judges the others', () => {
    const { root, write, edit } = workspace();
    write(
      'apps/broken/app.ts',
      `import { defineApp } from '@fairlead/app';

export default defineApp({
  name: 'broken',
  owner: 'team',
  build() {
    throw new Error('no such queue');
  },
});
`,
    );
    edit('clusters/eks-sandbox.yaml', '\n  resource-hub:', '\n  broken:\n  resource-hub: { values: { apii: 2 } }');
    const { code, err } = process(root, ['synth']);
    expect(code).toBe(1);
    expect(err).toContain('app "broken" threw: no such queue');
    expect(err).toMatch(/apps\/broken\/app\.ts:7:\d+\n\s+7 │ {5}throw new Error/);
    expect(err).toContain('cluster "eks-sandbox" overrides "apii" of app "resource-hub", which has no such value');
  });

  test('accepts by a waiver what was told while rendering, and calls no such waiver unused', async () => {
    const { fairlead, write, edit } = workspace();
    write(
      'apps/watched/app.ts',
      `import { defineApp } from '@fairlead/app';
export default defineApp({
  name: 'watched',
  owner: 'team',
  build({ app }) {
    const image = 'ghcr.io/example/watched:1.0.0';
    app.deployment('web', { image, port: 8080, health: '/', metrics: true, objective: { availability: 99 } });
  },
});
`,
    );
    edit('clusters/aks-dev.yaml', '\n  platform:', '\n  platform:\n  watched:');
    const waiver =
      '{ code: metrics/unsupported, target: watched/web, owner: team, reason: tried out, expires: 2999-01-01 }';
    edit('environments/dev.yaml', 'order: 10', `order: 10\nwaivers: [${waiver}]`);
    const { code, err } = await fairlead('synth');
    expect(code).toBe(0);
    expect(err).toContain('metrics/unsupported: watched/web');
    expect(err).toContain('waived until 2999-01-01 by team: tried out');
    expect(err).not.toContain('unused-waiver');
    expect((await fairlead('validate')).out).not.toContain('unused-waiver');
  });

  test('takes the severity of what is told while rendering from the environment, and tells who would lower an error', async () => {
    const { fairlead, edit, write } = workspace();
    write(
      'apps/watched/app.ts',
      `import { defineApp } from '@fairlead/app';
export default defineApp({
  name: 'watched',
  owner: 'team',
  build({ app }) {
    const admits = [app.peer('platform', 'nobody')];
    app.deployment('web', { image: 'ghcr.io/example/watched:1.0.0', port: 8080, health: '/', admits });
  },
});
`,
    );
    edit('clusters/aks-dev.yaml', '\n  platform:', '\n  platform:\n  watched:');
    const told = async (): Promise<string[]> =>
      JSON.parse((await fairlead('synth', '--json', '--app', 'watched')).out).diagnostics.map(
        ({ severity, code }: { severity: string; code: string }) => `${severity} ${code}`,
      );
    expect(await told()).toContain('warning app/admitted-without-call');
    edit('environments/dev.yaml', 'order: 10', 'order: 10\nstrictness: { app/admitted-without-call: error }');
    expect(await told()).toContain('error app/admitted-without-call');
    edit('environments/dev.yaml', 'minimumReplicas: 1', 'minimumReplicas: 2');
    edit('environments/dev.yaml', 'admitted-without-call: error', 'too-few-replicas: off');
    edit('apps/watched/app.ts', 'port: 8080', 'port: 8080, replicas: 1');
    const found = await told();
    expect(found).toEqual(expect.arrayContaining(['error app/too-few-replicas', 'error validate/invalid-waiver']));
  });

  test('tells of an app without values for an environment once, whichever engine delivers it', async () => {
    const { fairlead, edit, write } = workspace();
    write(
      'apps/watched/app.ts',
      `import { defineApp } from '@fairlead/app';
export default defineApp<{ host: string }>({
  name: 'watched',
  owner: 'team',
  values: { production: { host: 'db.example.com' } },
  build({ app, values }) {
    app.deployment('web', { image: 'ghcr.io/example/watched:1.0.0', env: { HOST: values.host } });
  },
});
`,
    );
    for (const name of ['aks-dev', 'gke-dev'])
      edit(`clusters/${name}.yaml`, '\n  platform:', '\n  platform:\n  watched:');
    const { diagnostics } = JSON.parse((await fairlead('synth', '--json')).out);
    const errors = diagnostics.filter(({ severity }: { severity: string }) => severity === 'error');
    expect(errors).toMatchObject(
      ['aks-dev', 'gke-dev'].map((name) => ({ code: 'app/not-in-environment', file: `clusters/${name}.yaml` })),
    );
  });

  test.each([
    ['of an unknown code', 'code: metrics/unsuported', 'inventory/unknown-code'],
    ['with a target that is none', 'code: metrics/unsupported, target: a/b/c/d', 'inventory/bad-waiver'],
  ])('tells of a waiver %s once', async (_, waiver, code) => {
    const { fairlead, edit } = workspace();
    const rule = `{ ${waiver}, owner: team, reason: tried out, expires: 2999-01-01 }`;
    edit('environments/dev.yaml', 'order: 10', `order: 10\nwaivers: [${rule}]`);
    const { diagnostics } = JSON.parse((await fairlead('synth', '--json')).out);
    const told = (each: { file?: string }): boolean => each.file === 'environments/dev.yaml';
    expect(diagnostics.filter(told)).toMatchObject([{ code, line: 4 }]);
  });

  test.each(['node:fs', 'node:test', 'node:of-a-later-node'])('refuses an app that imports %s', async (name) => {
    const { fairlead, edit } = workspace();
    edit(
      'apps/resource-hub/app.ts',
      "import { nginx } from './nginx.ts';",
      `import { nginx } from './nginx.ts';\nimport '${name}';`,
    );
    const { code, err } = await fairlead('synth');
    expect(code).toBe(1);
    expect(err).toContain(`app/impure: an app must not import "${name}"`);
    expect(err).toContain('apps/resource-hub/app.ts:3:8');
  });

  const broken: Readonly<Record<string, readonly [statement: string, said: string]>> = {
    'asks the clock': ['Date.now();', 'app/impure: an app must not use Date.now()'],
    'asks the clock for today': ['new Date();', 'app/impure: an app must not use new Date()'],
    'throws dice': ['Math.random();', 'app/impure: an app must not use Math.random()'],
    'reads the environment': ['process.env.HOME;', 'app/impure: an app must not use process.env'],
    prints: ["console.log('web');", 'app/impure: an app must not use console.log'],
    'calls out': ["globalThis.fetch('https://example.com');", 'app/impure: an app must not use fetch()'],
    'declares one thing twice': [
      "app.secret('s', { keys: ['a'] }); app.secret('s', { keys: ['b'] });",
      'app/duplicate: secret "s" is declared twice',
    ],
    'names an image that no release gives': ["app.deployment('web');", 'app/missing-image: workload "web" runs image'],
    'passes what is no option': [
      "app.deployment('web', null as never);",
      'app/invalid-option: workload "web": its options are null',
    ],
    'leaves a rejected promise behind': [
      "void Promise.reject(new Error('left'));",
      'app/failed: app "faulty" threw: left',
    ],
  };

  test.each(Object.entries(broken))('tells an app that %s the line, and writes nothing', (_, [statement, said]) => {
    const { root, write, edit, tree } = workspace();
    const lines = [
      "import { defineApp } from '@fairlead/app';",
      "export default defineApp({ name: 'faulty', owner: 'team',",
      'build({ app }) {',
      statement,
      "app.namespace('more');",
      '} });',
    ];
    write('apps/faulty/app.ts', lines.join('\n'));
    edit('clusters/eks-sandbox.yaml', '\napps:', '\napps:\n  faulty:');
    const { code, err } = process(root, ['synth', '--cluster=eks-sandbox']);
    expect(err).toContain(said);
    expect(err).toMatch(/ apps\/faulty\/app\.ts:4:\d+\n/);
    expect({ code, tree: tree('dist') }).toEqual({ code: 1, tree: {} });
  });

  test('renders anew what an app imports from outside its folder, and says so to Nx', async () => {
    const { root, fairlead, edit, write, read } = workspace();
    write('shared/names.ts', "import { name } from './more/name.ts';\nexport const names = [name];\n");
    write('shared/more/name.ts', "export const name = 'before';\n");
    const app = "import { defineApp } from '@fairlead/app';\nimport { names } from '../../shared/names.ts';\n";
    const build = 'build({ app }) { for (const name of names) app.namespace(name); }';
    write('apps/shop/app.ts', `${app}export default defineApp({ name: 'shop', owner: 'team', ${build} });\n`);
    edit('clusters/eks-sandbox.yaml', '\napps:', '\napps:\n  shop:');
    await fairlead('synth', '--cluster=eks-sandbox');
    const { out: sources } = await fairlead('shared-sources');
    const { atime, mtime } = statSync(join(root, 'shared/more/name.ts'));
    edit('shared/more/name.ts', 'before', 'afters');
    utimesSync(join(root, 'shared/more/name.ts'), atime, mtime);
    const { code } = await fairlead('synth', '--cluster=eks-sandbox');
    expect({ code, file: read('dist/clusters/eks-sandbox/shop/namespace-afters.yaml') }).toMatchObject({ code: 0 });
    expect(await fairlead('shared-sources')).toEqual({ code: 0, err: '', out: expect.not.stringContaining(sources) });
  });

  test('delivers nothing for an app that makes nothing, and says so', async () => {
    const { fairlead, edit, write, tree } = workspace();
    write(
      'apps/shop/app.ts',
      "import { defineApp } from '@fairlead/app';\nexport default defineApp({ name: 'shop', owner: 'team', build() {} });\n",
    );
    edit('clusters/eks-sandbox.yaml', '\napps:', '\napps:\n  shop:');
    const { code, err } = await fairlead('synth', '--cluster=eks-sandbox');
    expect(err).toContain('warning app/empty: app "shop" makes nothing on cluster eks-sandbox\n  apps/shop/app.ts:2:1');
    expect({ code, files: Object.keys(tree('dist')).filter((path) => path.includes('shop')) }).toEqual({
      code: 0,
      files: [],
    });
  });

  test('tells Nx when a file that apps share has another fault than before', async () => {
    const { fairlead, edit, write } = workspace({ 'shared/ports.ts': 'export const port = ;\n' });
    edit('apps/resource-hub/app.ts', 'import ', "import '../../shared/ports.ts';\nimport ");
    const { out: before } = await fairlead('shared-sources');
    write('shared/ports.ts', 'export const port = 8080\nexport const port = 8081;\n');
    expect(await fairlead('shared-sources')).toEqual({ code: 0, err: '', out: expect.not.stringContaining(before) });
  });

  test.each([
    ['cannot be compiled', 'apps/common/fault.ts', 'export const port = ;', 'Unexpected ";"'],
    ['throws', 'apps/platform/fault.ts', "throw new Error('no port');", 'app "shop" threw: no port'],
    ['reads files', 'shared/fault.ts', "import 'node:fs';", 'an app must not import "node:fs"'],
    [
      'is on another machine',
      'apps/shop/fault.ts',
      "import 'https://example.com/x.js';",
      'an app must not import "https:',
    ],
    [
      'is the program',
      'apps/shop/fault.ts',
      "import '@fairlead/manifests';",
      'an app must not import "@fairlead/manifests"',
    ],
  ])('tells the cluster of an app that a file which the app imports %s', async (_, file, text, said) => {
    const { fairlead, edit, write, tree } = workspace({ [file]: text });
    const build = "build({ app }) { app.namespace('more'); }";
    write(
      'apps/shop/app.ts',
      `import { defineApp } from '@fairlead/app';\nimport '../../${file}';\nexport default defineApp({ name: 'shop', owner: 'team', ${build} });\n`,
    );
    edit('clusters/eks-sandbox.yaml', '\n  platform:\n  resource-hub:', '\n  shop:');
    const { code, err } = await fairlead('synth', '--cluster=eks-sandbox');
    expect(err).toContain(said);
    expect(err).toContain(`\n  ${file}:1:`);
    expect(err.match(/^error /gm)).toHaveLength(1);
    expect({ code, tree: tree('dist') }).toEqual({ code: 1, tree: {} });
  });

  test.each(['one with * and = in it', `(a) #b%20c 'd' "é" [name]`])(
    'tells the line in a folder such as %s',
    (name) => {
      const { root, edit } = workspace();
      edit('apps/platform/app.ts', 'build({', "build() { throw new Error('no'); }, unused({");
      for (const folder of ['apps', 'clusters', 'environments'])
        cpSync(join(root, folder), join(root, name, folder), { recursive: true });
      const { err } = process(join(root, name), ['synth', '--cluster=eks-sandbox']);
      expect(err).toMatch(/app "platform" threw: no\n {2}apps\/platform\/app\.ts:\d+:\d+\n.*throw new Error/);
    },
  );

  test('refuses an import of a name that is put together', async () => {
    const { fairlead, edit } = workspace();
    edit('apps/platform/app.ts', 'export default', "await import(['node:', 'fs'].join(''));\nexport default");
    const { code, err } = await fairlead('synth', '--cluster=eks-sandbox');
    expect(code).toBe(1);
    expect(err).toContain(
      'app/impure: an app must not import "node:fs" by a name that is put together\n  apps/platform/app.ts:',
    );
  });

  test('tells what is wrong with an app, and not that others miss what it would have made', async () => {
    const { fairlead, edit } = workspace();
    edit('apps/platform/app.ts', 'build({', "build() { throw new Error('no'); }, unused({");
    const { err } = await fairlead('synth', '--cluster=eks-sandbox');
    expect(err.match(/^error .*/gm)).toEqual(['error app/failed: app "platform" threw: no']);
  });

  test('lets an app import a part of a package that the program provides', async () => {
    const { fairlead, edit, write, read } = workspace();
    const app =
      "import { defineApp } from '@fairlead/app';\nimport { quantityNumber } from '@fairlead/objects/quantity';\n";
    const build = "build({ app }) { app.namespace(`n-${quantityNumber('2Ki')}`); }";
    write('apps/shop/app.ts', `${app}export default defineApp({ name: 'shop', owner: 'team', ${build} });\n`);
    edit('clusters/eks-sandbox.yaml', '\napps:', '\napps:\n  shop:');
    await fairlead('synth', '--cluster=eks-sandbox');
    expect(read('dist/clusters/eks-sandbox/shop/namespace-n-2048.yaml')).toContain('name: n-2048');
  });

  test.each(['apps', 'clusters/new', 'dist', 'dist/clusters/eks-sandbox', '.', '/', ''])(
    'refuses to take %o for an output folder',
    async (out) => {
      const { fairlead } = workspace();
      expect(await fairlead('synth', '--out', out)).toMatchObject({
        code: 2,
        err: expect.stringContaining('name a new folder'),
      });
    },
  );

  test('tells files that cannot be read, and judges the others', async () => {
    const { fairlead, write, root } = workspace({ 'clusters/folder.yaml/x': '' });
    symlinkSync('nowhere', join(root, 'environments/link.yaml'));
    write('clusters/eks-sandbox.yaml', 'provder: eks');
    const { code, err } = await fairlead('synth');
    expect(err).toContain('inventory/unreadable: clusters/folder.yaml cannot be read: it is a folder');
    expect(err).toContain(
      'inventory/unreadable: environments/link.yaml cannot be read: it is a link that leads nowhere',
    );
    expect(err).toContain('clusters/eks-sandbox.yaml:1:1');
    expect(code).toBe(1);
  });

  test('writes the same on all cores as on one', () => {
    const { root, tree } = workspace();
    expect(process(root, ['synth'])).toMatchObject({ code: 0, err: '' });
    expect(tree('dist/clusters')).toEqual(treeOf(join(repository, 'dist', 'clusters')));
  });

  test('tells the same on all cores as on one, each fault once', async () => {
    const { fairlead, edit, root, write } = workspace();
    edit(
      'apps/resource-hub/app.ts',
      'user: 1000,\n      replicas: values.ui',
      "user: 1000,\n      image: values.ui.length > 9 ? 'ui' : 'iu',\n      replicas: values.ui",
    );
    write(
      'apps/hello/app.ts',
      "import { defineApp } from '@fairlead/app';\nvoid Promise.reject(new Error('nobody waits'));\n" +
        "export default defineApp({ name: 'hello', owner: 'a', build() { throw new Error('never'); } });\n",
    );
    for (const cluster of ['aks-dev', 'gke-dev', 'eks-production'])
      edit(`clusters/${cluster}.yaml`, '\n  platform:', '\n  hello:\n  platform:');
    write('apps/broken/app.ts', 'export default {');
    edit('clusters/aks-dev.yaml', '\n  hello:', '\n  hello:\n  broken:');
    const told = ({ out }: Answer): string[] =>
      (JSON.parse(out) as { diagnostics: { code: string; message: string; clusters: string[] }[] }).diagnostics.map(
        ({ code, message, clusters }) => `${code}: ${message} (${clusters.join(', ')})`,
      );
    const alone = await fairlead('synth', '--json');
    const together = process(root, ['synth', '--json']);
    expect(told(together).sort()).toEqual(told(alone).sort());
    expect(told(alone).length).toBeGreaterThan(3);
    expect({ code: together.code, written: existsSync(join(root, 'dist')) }).toEqual({ code: 1, written: false });
  });

  test('takes ten lines of TypeScript and one line of a cluster file for an app', async () => {
    const { fairlead, write, edit, tree } = workspace();
    write(
      'apps/hello/app.ts',
      `import { defineApp } from '@fairlead/app';

export default defineApp({
  name: 'hello',
  owner: 'platform-team',
  build({ app, cluster }) {
    const web = app.deployment('web', { image: 'ghcr.io/example/hello:1.0.0', port: 8080, health: '/' });
    app.route({ host: \`hello.\${cluster.domain}\`, to: { '/': web } });
  },
});
`,
    );
    edit('clusters/eks-sandbox.yaml', '\napps:', '\napps:\n  hello:');
    const { code, err } = await fairlead('synth', '--cluster=eks-sandbox');
    expect(err).not.toContain('error');
    expect(code).toBe(0);
    expect(Object.keys(tree('dist/clusters/eks-sandbox/hello')).sort()).toEqual([
      'SHA256SUMS',
      'configmap-hello-dashboard-overview.yaml',
      'deployment-hello-web.yaml',
      'ingress-hello.yaml',
      'namespace-hello.yaml',
      'networkpolicy-default-deny.yaml',
      'networkpolicy-hello-web.yaml',
      'role-hello-operate.yaml',
      'rolebinding-hello-admin-admin.yaml',
      'rolebinding-hello-deploy-operate.yaml',
      'rolebinding-hello-deploy-view.yaml',
      'rolebinding-hello-read-only-view.yaml',
      'service-hello-web.yaml',
      'serviceaccount-hello-web.yaml',
    ]);
  });
});

describe('synth --check', () => {
  test('says which files differ, and whether the file or its source changed', async () => {
    const { fairlead, edit, write, remove, tree } = workspace();
    await fairlead('synth');
    expect(await fairlead('synth', '--check')).toMatchObject({ code: 0 });
    edit(gateway, 'revisionHistoryLimit: 5', 'revisionHistoryLimit: 6');
    edit('apps/resource-hub/app.ts', "owner: 'resource-hub-team'", "owner: 'hub-team'");
    remove('dist/clusters/eks-sandbox/resource-hub/ingress-resource-hub.yaml');
    write(
      'dist/clusters/eks-sandbox/resource-hub/configmap-old.yaml',
      '# Rendered by Fairlead from apps/resource-hub/app.ts. Do not edit.\n',
    );
    const before = tree('dist');
    const { code, err } = await fairlead('synth', '--check');
    expect(code).toBe(1);
    expect(err).toContain(`  ${gateway}\n    the file changed: it was edited after it was rendered\n`);
    expect(err).toContain('deployment-resource-hub-api.yaml\n    the source changed: it renders something else now\n');
    expect(err).toContain('ingress-resource-hub.yaml\n    missing: the source renders it\n');
    expect(err).toContain('configmap-old.yaml\n    left over: nothing renders it any more\n');
    expect(tree('dist')).toEqual(before);
  });

  test.each([
    ['a comment', gateway, '# a comment\n'],
    ['the digests', 'dist/clusters/eks-production/resource-hub/SHA256SUMS', '\n'],
    ['a delivery object', 'dist/clusters/eks-staging/flux-system/kustomization-resource-hub.yaml', 'x: 1\n'],
  ])('finds an edit of %s', async (_, file, text) => {
    const { fairlead, read, write } = workspace();
    await fairlead('synth');
    write(file, read(file) + text);
    const { code, err } = await fairlead('synth', '--check');
    expect(code).toBe(1);
    expect(err).toContain(`  ${file}\n    the file changed`);
  });
});

describe('the output folder', () => {
  test('keeps a file that is not ours, and stops', async () => {
    const { fairlead, write, read } = workspace();
    await fairlead('synth');
    write('dist/clusters/eks-production/resource-hub/notes.yaml', 'mine: true\n');
    write('dist/clusters/README.md', 'mine\n');
    const { code, err } = await fairlead('synth');
    expect(code).toBe(1);
    expect(err).toContain('dist/clusters/eks-production/resource-hub/notes.yaml was not rendered by Fairlead');
    expect(err).toContain('dist/clusters/README.md was not rendered by Fairlead');
    expect(read('dist/clusters/eks-production/resource-hub/notes.yaml')).toBe('mine: true\n');
  });

  test('is completed by the next run after a run was killed at any of its steps, even within a file', async () => {
    const { fairlead, root, tree, remove, edit } = workspace();
    await fairlead('synth', '--app=resource-hub', '--out', 'before');
    edit('apps/resource-hub/app.ts', "app.deployment('ui'", "app.deployment('web'");
    edit(
      'apps/resource-hub/app.ts',
      'user: 1000,\n      replicas: values.ui',
      "image: 'ui',\n      user: 1000,\n      replicas: values.ui",
    );
    await fairlead('synth', '--app=resource-hub', '--out', 'after');
    const after = tree('after');
    const out = join(root, 'out');
    const lay = (files: Record<string, string>): void => {
      rmSync(out, { recursive: true, force: true });
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(out, path)), { recursive: true });
        writeFileSync(join(out, path), text);
      }
    };
    const rendered = new Map(Object.entries(after));
    const before = tree('before');
    lay(before);
    const operations = distOperations(planDist(out, 'out', rendered, {}));
    expect(operations.length).toBeGreaterThan(20);
    for (let killedAt = 0; killedAt < operations.length; killedAt += 1) {
      const files = { ...before };
      for (const operation of operations.slice(0, killedAt)) {
        if ('write' in operation) files[operation.write] = operation.text;
        else delete files[operation.remove];
      }
      const last = operations[killedAt];
      if (last && 'write' in last) files[last.write] = last.text.slice(0, last.text.length >> 1);
      lay(files);
      const found = planDist(out, 'out', rendered, {});
      expect(found.diagnostics, `killed at ${killedAt}`).toEqual([]);
      expect(found.differences.length, `killed at ${killedAt}`).toBeGreaterThan(0);
      for (const operation of distOperations(found)) {
        if ('write' in operation) files[operation.write] = operation.text;
        else delete files[operation.remove];
      }
      expect(files, `killed at ${killedAt}`).toEqual(after);
    }
    remove('before');
  });

  test('survives a real kill', async () => {
    const { root, fairlead, tree } = workspace();
    const program = join(repository, 'packages/manifests/bin/fairlead.mjs');
    for (const wait of [0, 30, 60, 90, 120, 180, 240]) {
      const child = spawn(execPath, [program, 'synth'], { cwd: root, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('close', resolve));
      await setTimeout(wait + 100);
      child.kill('SIGKILL');
      await ended;
    }
    expect((await fairlead('synth')).code).toBe(0);
    expect(tree('dist/clusters')).toEqual(treeOf(join(repository, 'dist', 'clusters')));
    expect((await fairlead('synth', '--check')).code).toBe(0);
  });
});

test('wrong usage is exit 2 with a way out', async () => {
  expect(await answer('/', ['synth'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('change into a Fairlead workspace'),
  });
  expect(await answer(repository, ['synht'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean synth?'),
  });
  expect(await answer(repository, ['synth', '--clutser=x'])).toMatchObject({ code: 2 });
});
