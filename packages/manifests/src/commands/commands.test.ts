import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { answer, repository, workspace } from '../../test/workspace.ts';

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: wbe }
  ports: [{ port: 80 }]
`;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  creationTimestamp: null
  labels: { app: web }
  name: web
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  strategy: {}
  template:
    metadata:
      creationTimestamp: null
      labels: { app: web }
    spec:
      containers:
      - { image: 'nginx:1.27', name: nginx, resources: {} }
status: {}
`;

test('list shows what runs where', async () => {
  const { out, code } = await answer(repository, ['list']);
  expect(code).toBe(0);
  expect(out).toMatch(/^CLUSTER +ENVIRONMENT +PROVIDER +REGION +KUBERNETES +DELIVERY +APPS\n/);
  expect(out).toMatch(/^eks-production +production +eks +eu-central-1 +1\.34 +argocd +.*resource-hub/m);
});

test('the help of each command that is listed has an example', async () => {
  const { out } = await answer(repository, ['--help']);
  const commands = [...out.matchAll(/^ {2}([a-z-]+) .*$/gm)].flatMap(([, name]) =>
    name === 'help' ? [] : (name ?? []),
  );
  expect(commands).toContain('promote');
  for (const name of commands)
    expect((await answer(repository, [name, '--help'])).out).toMatch(new RegExp(`\\nExamples?:\\n  fairlead ${name}`));
});

test('help of a command is its --help, and of a command that does not exist an error', async () => {
  expect(await answer(repository, ['help'])).toEqual(await answer(repository, ['--help']));
  expect(await answer(repository, ['help', 'synth'])).toEqual(await answer(repository, ['synth', '--help']));
  const misspelt = await answer(repository, ['help', 'rech']);
  expect(misspelt).toMatchObject({ code: 2, out: '', err: expect.stringContaining('(Did you mean reach?)') });
  expect(misspelt).toEqual(await answer(repository, ['rech']));
});

test('wrong usage of a command leads to the help of that command', async () => {
  expect((await answer(repository, ['identity'])).err).toContain('(fairlead identity --help shows its arguments');
});

test('docs finds the pages of this repository up to date', async () => {
  expect(await answer(repository, ['docs', '--check'])).toEqual({ code: 0, out: '', err: '' });
});

test('explain names the line that set a value', async () => {
  const { out } = await answer(repository, ['explain', 'eks-production', 'kubernetes']);
  expect(out).toMatch(/^kubernetes +"1\.34" +clusters\/eks-production\.yaml:6\n$/);
  expect(await answer(repository, ['explain', 'eks-prod'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('eks-production'),
  });
  expect(await answer(repository, ['explain', 'eks-production', 'no.such'])).toMatchObject({ code: 2 });
});

test('explain names the nearest path, also where a group is misspelt', async () => {
  expect((await answer(repository, ['explain', 'eks-production', 'capabilities.ingres'])).err).toContain(
    'did you mean capabilities.ingress?',
  );
});

test('identity and vault-policy refuse an app that the cluster does not run', async () => {
  for (const command of ['identity', 'vault-policy'])
    expect(await answer(repository, [command, 'resource-hub', 'gke-dev'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('cluster "gke-dev" does not run app "resource-hub"'),
    });
});

test('a cluster whose environment is at fault is known, and the fault is told', async () => {
  const { edit, fairlead } = workspace();
  edit('environments/dev.yaml', 'order: 10', 'ordr: 10');
  expect((await fairlead('synth', '--cluster=eks-dev')).err).toContain('environments/dev.yaml:3:1');
  expect((await fairlead('explain', 'eks-dev')).err).toContain('environments/dev.yaml:3:1');
  expect((await fairlead('identity', 'delivery-platform', 'eks-dev')).err).toContain('explain eks-dev shows them');
});

test('promote says so where an app has no releases.yaml', async () => {
  expect(await answer(repository, ['promote', 'platform', '--from', 'staging', '--to', 'production'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('app "platform" has no apps/platform/releases.yaml'),
  });
});

test('validate judges what is committed, without a complaint', async () => {
  const { code, out } = await answer(repository, ['validate']);
  expect(out).not.toContain('error');
  expect(code).toBe(0);
});

test('validate judges a folder that knows nothing of Fairlead, with places', async () => {
  const { root, write } = workspace({ 'theirs/web.yaml': deployment, 'theirs/service.yaml': service });
  const { code, out } = await answer(root, ['validate', 'theirs', '--kubernetes', '1.34', '--json']);
  expect(code).toBe(1);
  const { version, diagnostics, summary } = JSON.parse(out);
  expect(version).toBe(1);
  expect(summary).toMatchObject({ objects: 2, errors: 1 });
  expect(diagnostics.filter((each: { severity: string }) => each.severity === 'error')).toMatchObject([
    {
      code: 'references/service-selects-nothing',
      file: 'theirs/service.yaml',
      line: 6,
      pointer: '/spec/selector',
      object: { apiVersion: 'v1', kind: 'Service', name: 'web' },
      clusters: [],
    },
  ]);
  write('theirs/service.yaml', service.replace('wbe', 'web'));
  expect(await answer(root, ['validate', 'theirs', '--kubernetes', '1.34'])).toMatchObject({ code: 0 });
});

test('validate --baseline tells only what is new since a git ref', async () => {
  const { root, write } = workspace({ 'theirs/web.yaml': deployment, 'theirs/service.yaml': service });
  const git = (...words: string[]): unknown => execFileSync('git', words, { cwd: root });
  git('init', '-q', '-b', 'main');
  git('add', 'theirs');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'before');
  expect(await answer(root, ['validate', 'theirs', '--baseline', 'main'])).toMatchObject({ code: 0 });
  write('theirs/web.yaml', deployment.replace('{ app: web } }', '{ app: other } }'));
  const { code, out } = await answer(root, ['validate', 'theirs', '--baseline', 'main']);
  expect(code).toBe(1);
  expect(out).toContain('theirs/web.yaml');
  expect(out).not.toContain('theirs/service.yaml');
});

test.each([
  ['a missing folder', ['validate', 'nowhere'], 'there is no file or folder "nowhere"'],
  ['a version that nobody knows', ['validate', '.', '--kubernetes', '1.99'], 'nothing is known of Kubernetes 1.99 yet'],
  ['an impossible version', ['validate', '.', '--kubernetes', 'latest'], 'is no Kubernetes version'],
  ['an unknown format', ['validate', '.', '--format', 'jsn'], 'json'],
  ['a port that is none', ['reach', '10.0.0.1', '10.0.0.2', '--path', '.', '--port', '99999'], '"99999" is no port'],
  ['a port name that is none', ['reach', '10.0.0.1', '10.0.0.2', '--path', '.', '--port', 'a--b'], '"a--b" is no port'],
  ['a protocol that is none', ['reach', '10.0.0.1', '10.0.0.2', '--path', '.', '--protocol', 'TPC'], 'mean "TCP"?'],
  ['an endpoint that does not exist', ['reach', 'a/Deployment/b', 'c/Deployment/d', '--path', '.'], 'a/Deployment/b'],
])('%s is wrong usage', async (_, words, expected) => {
  const { root } = workspace({ 'theirs/web.yaml': deployment });
  const { code, err } = await answer(`${root}/theirs`, words);
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(expected) });
});

test.each([
  ['a workload without its app', ['gateway'], 'did you mean "resource-hub/Deployment/resource-hub-gateway"'],
  ['a port name that nothing has', ['resource-hub-gateway', '--port', 'htp'], 'did you mean "http"?'],
])('reach tells of %s what there is', async (_, [name = '', ...port], expected) => {
  const ends = ['10.0.0.1', `resource-hub/Deployment/${name}`];
  const { code, err } = await answer(repository, ['reach', ...ends, ...port, '--cluster', 'eks-production']);
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(expected) });
});

test('reach answers by the rendered policies, and names those that decide', async () => {
  const ends = (from: string, to: string): string[] => [
    `resource-hub/Deployment/resource-hub-${from}`,
    `resource-hub/Deployment/resource-hub-${to}`,
  ];
  const ask = async (from: string, to: string, port: string): Promise<unknown> =>
    JSON.parse(
      (await answer(repository, ['reach', ...ends(from, to), '--port', port, '--cluster', 'eks-production', '--json']))
        .out,
    );
  expect(await ask('gateway', 'api', '4000')).toEqual({
    version: 1,
    allowed: true,
    egress: { allowed: true, policies: ['resource-hub/resource-hub-gateway'] },
    ingress: { allowed: true, policies: ['resource-hub/resource-hub-api'] },
  });
  expect(await ask('api', 'gateway', '8080')).toMatchObject({ allowed: false });
});

test('promote copies versions and digests, and nothing else', async () => {
  const { fairlead, read } = workspace();
  const before = read('apps/resource-hub/releases.yaml').split('\n');
  const { out } = await fairlead(
    'promote',
    'resource-hub',
    '--from',
    'staging',
    '--to',
    'production',
    '--image',
    'api',
  );
  expect(out).toContain('api from staging to production');
  const after = read('apps/resource-hub/releases.yaml').split('\n');
  const changed = after.flatMap((line, index) => (line === before[index] ? [] : [line]));
  expect(changed).toHaveLength(1);
  expect(changed[0]).toMatch(/^ {4}production: \{ version: 1\.5\.1, digest: sha256:0d5c4f1f/);
});

test("identity and vault-policy print the other side's half", async () => {
  const identity = JSON.parse((await answer(repository, ['identity', 'resource-hub', 'eks-production'])).out);
  expect(identity.identities[0].document.Statement[0].Condition.StringEquals).toMatchObject({
    [`oidc.eks.eu-central-1.amazonaws.com/id/970D0C71970D0C71970D0C71970D0C03:sub`]:
      'system:serviceaccount:resource-hub:resource-hub-api',
  });
  const { out } = await answer(repository, ['vault-policy', 'resource-hub', 'eks-sandbox']);
  expect(out).toContain('path "secret/data/sandbox/resource-hub/database" {\n  capabilities = ["read"]\n}');
});
