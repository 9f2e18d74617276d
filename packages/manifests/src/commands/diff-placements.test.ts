import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Io } from '../io.ts';
import { diff, type DiffOptions } from './diff.ts';

// An app that comes to a cluster or leaves it is told as one, beside what is a decision by itself.

type Files = Readonly<Record<string, string>>;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fairlead-placements-'));
  git('init', '-q');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...args: string[]): void {
  const identity = ['user.name=Somebody', 'user.email=somebody@example.com', 'commit.gpgsign=false'];
  execFileSync('git', [...identity.flatMap((each) => ['-c', each]), ...args], { cwd: root, stdio: 'ignore' });
}

/** The files as one commit, and nothing else in it. */
function commit(files: Files, folder = 'dist'): void {
  rmSync(join(root, folder), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, folder, path)), { recursive: true });
    writeFileSync(join(root, folder, path), text);
  }
  git('add', '-A');
  git('commit', '-qm', 'one', '--allow-empty');
}

async function run(options: DiffOptions = {}): Promise<{ code: number; out: string }> {
  let out = '';
  const io: Io = {
    cwd: root,
    env: {},
    stdout: (text) => void (out += text),
    stderr: () => undefined,
    color: false,
    width: 2_000,
    interactive: false,
  };
  return { code: await diff({ base: 'HEAD~1', head: 'HEAD', ...options }, io), out };
}

/** What the terminal says, an entry a line. */
async function told(base: Files, head: Files): Promise<string[]> {
  commit(base);
  commit(head);
  return (await run()).out
    .split('\n')
    .filter((line) => line.startsWith('  • '))
    .map((line) => line.slice(4));
}

const object = (apiVersion: string, kind: string, name: string, rest = '', namespace = 'shop'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`} }\n${rest}`;
const settings = (name: string) => object('v1', 'ConfigMap', name, `data: { ${name}: "1" }\n`);
const pods = (labels: string) =>
  `template:\n    metadata: { labels: { ${labels} } }\n    spec: { securityContext: { runAsNonRoot: true }, containers: [{ name: api, image: "example.com/api:1.0.0" }] }`;
const deployment = object(
  'apps/v1',
  'Deployment',
  'api',
  `spec:\n  selector: { matchLabels: { app: api } }\n  ${pods('app: api')}\n`,
);
const service = (type: string) =>
  object('v1', 'Service', 'api', `spec: { type: ${type}, selector: { app: api }, ports: [{ port: 80 }] }\n`);
const namespace = object('v1', 'Namespace', 'shop', '', '');
const policy = (name: string, spec: string) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, `spec: { podSelector: {}, ${spec} }\n`);
const shop: Files = {
  'deployment-api.yaml': deployment,
  'service-api.yaml': service('ClusterIP'),
  'configmap-a.yaml': settings('a'),
  'configmap-b.yaml': settings('b'),
};
const on = (cluster: string, files: Files, app = 'shop'): Files =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`clusters/${cluster}/${app}/${file}`, text]));
const other = on('one', { 'configmap-other.yaml': object('v1', 'ConfigMap', 'other', '', 'other') }, 'other');
const whole = 'app shop is new on one: 4 objects (2 ConfigMaps, 1 Deployment, 1 Service) [app-added]';
const gone =
  'app shop leaves one: 4 objects (2 ConfigMaps, 1 Deployment, 1 Service) deleted; Argo CD and Flux prune what git no longer has [app-removed]';

test('an app that is new on two clusters is one line', async () => {
  expect(
    await told(other, { ...other, ...on('one', shop), ...on('two', { ...shop, 'more.yaml': settings('c') }) }),
  ).toEqual(['app shop is new on one, two: 9 objects (5 ConfigMaps, 2 Deployments, 2 Services) [app-added]']);
});

test('two apps are two lines', async () => {
  const head = {
    ...on('one', shop),
    ...on(
      'one',
      { 'a.yaml': object('v1', 'ConfigMap', 'a', '', 'b'), 'b.yaml': object('v1', 'ServiceAccount', 'a', '', 'b') },
      'blog',
    ),
  };
  expect(await told({}, head)).toEqual([
    'app blog is new on one: 2 objects (1 ConfigMap, 1 ServiceAccount) [app-added]',
    whole,
  ]);
});

describe('beside the line of a new app stands', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'a Secret',
      object('v1', 'Secret', 'x', 'stringData: { a: b }\n'),
      ['Secret x in shop on one is added [object-added]'],
    ],
    [
      'a role that is given to somebody',
      `${object('rbac.authorization.k8s.io/v1', 'Role', 'x', 'rules: [{ apiGroups: [""], resources: [secrets], verbs: [get] }]\n')}---\n${object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'x', 'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: x }\nsubjects: [{ kind: Group, name: staff }]\n')}`,
      [expect.stringContaining('get secrets'), expect.stringContaining('to Group staff')],
    ],
    [
      'a way in from the internet',
      service('LoadBalancer').replace('name: api', 'name: x'),
      ['Service x in shop on one gets a load balancer of its own: it is reachable from outside the cluster [exposed]'],
    ],
    [
      'a pod that may do anything',
      object(
        'v1',
        'Pod',
        'x',
        'spec: { containers: [{ name: x, image: x, securityContext: { privileged: true } }] }\n',
      ),
      [expect.stringContaining('[container-loosened]')],
    ],
    [
      'a class of the whole cluster',
      object('scheduling.k8s.io/v1', 'PriorityClass', 'x', 'value: 1\n', ''),
      ['PriorityClass x on one is added [object-added]'],
    ],
    [
      'a policy on what is admitted',
      object('kyverno.io/v1', 'Policy', 'x', 'spec: {}\n'),
      ['Policy x in shop on one is added [object-added]'],
    ],
    [
      'a namespace without bounds',
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: x, labels: { pod-security.kubernetes.io/enforce: privileged } }\n`,
      ['Namespace x on one is added [object-added]'],
    ],
    [
      'a network policy in a namespace that others have pods in',
      policy('x', 'policyTypes: [Ingress]'),
      [expect.stringMatching(/^NetworkPolicy x .* \[policy-added\]$/)],
    ],
  ])('%s', async (_, text, beside) => {
    const lines = await told(other, { ...other, ...on('one', { ...shop, 'x.yaml': text }) });
    const line = lines.find((each) => each.startsWith('app shop is new on one: '));
    expect(line).toBeDefined();
    expect(lines.filter((each) => each !== line)).toEqual(expect.arrayContaining([...beside]));
    expect(lines).toHaveLength(1 + beside.length);
  });
});

test.each([
  ['denies', 'policyTypes: [Ingress, Egress]', false],
  ['admits pods', 'ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }]', false],
  ['admits a private network', 'egress: [{ to: [{ ipBlock: { cidr: 10.1.0.0/16 } }] }]', false],
  ['admits the internet', 'egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }]', true],
  ['admits all of 10.0.0.0/0', 'egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/0 } }] }]', true],
  ['admits an address of the internet', 'ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]', true],
  ['admits everything', 'ingress: [{}]', true],
  ['admits everything on a port', 'ingress: [{ ports: [{ port: 80 }] }]', true],
  ['admits everything, said with an empty list', 'ingress: [{ from: [], ports: [{ port: 80 }] }]', true],
  ['admits every namespace', 'ingress: [{ from: [{ namespaceSelector: {} }] }]', true],
  ['admits pods, and in another rule everything', 'ingress: [{ from: [{ podSelector: {} }] }, {}]', true],
])('a network policy of a new namespace that %s', async (_, spec, alone) => {
  const head = {
    ...on('one', { ...shop, 'namespace-shop.yaml': namespace, 'networkpolicy-x.yaml': policy('x', spec) }),
  };
  const lines = await told({}, head);
  expect(lines.filter((each) => each.endsWith('[policy-added]'))).toHaveLength(alone ? 1 : 0);
  expect(lines.filter((each) => each.endsWith('[app-added]'))).toEqual([
    expect.stringContaining(alone ? '5 objects' : '1 NetworkPolicy'),
  ]);
});

test('cloud identities and the places of secrets are named, each together', async () => {
  const account = (name: string) =>
    `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name}, namespace: shop, annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/${name}" } }\n`;
  const secrets = (name: string) =>
    object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', name, `spec: { provider: ${name} }\n`);
  const extra = {
    'a.yaml': account('api'),
    'b.yaml': account('jobs'),
    'c.yaml': secrets('database'),
    'd.yaml': secrets('queue'),
  };
  expect(await told(other, { ...other, ...on('one', { ...shop, ...extra }) })).toEqual([
    whole,
    'app shop is new on one, with where its secrets come from: 2 SecretProviderClasses (database, queue) [app-secrets-added]',
    'app shop is new on one, with cloud identities: 2 ServiceAccounts (api, jobs) [app-identities-added]',
  ]);
});

describe('one by one are told', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'new objects of an app that was there',
      on('one', { 'configmap-old.yaml': settings('old') }),
      on('one', {
        'configmap-old.yaml': settings('old'),
        'configmap-a.yaml': settings('a'),
        'configmap-b.yaml': settings('b'),
      }),
      ['ConfigMap a in shop on one is added [object-added]', 'ConfigMap b in shop on one is added [object-added]'],
    ],
    [
      'the only object of a new app',
      {},
      on('one', { 'configmap-a.yaml': settings('a') }),
      ['ConfigMap a in shop on one is added [object-added]'],
    ],
    [
      'new objects of an app that the cluster had in another folder',
      on('one', shop, 'store'),
      on('one', { ...shop, 'c.yaml': settings('c'), 'd.yaml': settings('d') }),
      ['ConfigMap c in shop on one is added [object-added]', 'ConfigMap d in shop on one is added [object-added]'],
    ],
    [
      'new objects beside a file that cannot be read',
      on('one', { 'broken.yaml': 'a: [' }),
      on('one', { 'broken.yaml': 'a: [ 1', 'configmap-a.yaml': settings('a'), 'configmap-b.yaml': settings('b') }),
      ['ConfigMap a in shop on one is added [object-added]', 'ConfigMap b in shop on one is added [object-added]'],
    ],
    [
      'new objects beside a deeper folder that was there',
      { 'clusters/one/shop/base/old.yaml': settings('old') },
      {
        'clusters/one/shop/base/old.yaml': settings('old'),
        ...on('one', { 'configmap-a.yaml': settings('a'), 'configmap-b.yaml': settings('b') }),
      },
      ['ConfigMap a in shop on one is added [object-added]', 'ConfigMap b in shop on one is added [object-added]'],
    ],
    [
      'objects of a tree that knows no clusters',
      {},
      { 'a.yaml': settings('a'), 'b.yaml': settings('b') },
      ['ConfigMap a in shop is added [object-added]', 'ConfigMap b in shop is added [object-added]'],
    ],
  ])('%s', async (_, base, head, lines) => {
    expect(await told(base, head)).toEqual(lines);
  });
});

test('an app that leaves is one line, beside what its going means', async () => {
  expect(await told({ ...other, ...on('one', shop) }, other)).toEqual([
    gone,
    'Deployment api in shop on one is deleted, pods included [workload-deleted]',
    'Service api in shop on one is deleted: its name and address stop answering [service-deleted]',
  ]);
});

describe('beside the line of an app that leaves stands', () => {
  test.each([
    ['claim-deleted', object('v1', 'PersistentVolumeClaim', 'x', 'spec: {}\n')],
    ['namespace-deleted', namespace],
    ['crd-deleted', object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'x', 'spec: {}\n', '')],
    ['stateful-set-deleted', object('apps/v1', 'StatefulSet', 'x', `spec:\n  ${pods('app: x')}\n`)],
    ['database-deleted', object('postgresql.cnpg.io/v1', 'Cluster', 'x', 'spec: {}\n')],
    ['kept-when-pruned', settings('x').replace('name: x,', 'name: x, annotations: { helm.sh/resource-policy: keep },')],
    // A Secret may be nowhere else, and nobody knows what a custom resource holds.
    ['object-pruned', object('v1', 'Secret', 'x', 'stringData: { a: b }\n')],
    ['object-pruned', object('db.example.com/v1', 'Database', 'x', 'spec: {}\n')],
    ['object-pruned', object('storage.k8s.io/v1', 'StorageClass', 'x', 'provisioner: x\n', '')],
  ])('%s', async (code, text) => {
    const lines = await told({ ...other, ...on('one', { ...shop, 'x.yaml': text }) }, other);
    expect(lines).toContain(gone);
    expect(lines.filter((each) => each.endsWith(`[${code}]`))).toHaveLength(1);
  });
});

test('an app that leaves one cluster and stays as it was on another', async () => {
  const lines = await told({ ...on('one', shop), ...on('two', shop) }, on('two', shop));
  expect(lines[0]).toBe(gone);
});

test('folders and the working tree are told as two refs are', async () => {
  commit(other);
  commit({ ...other, ...on('one', shop) }, 'dist');
  const bullet = `  • ${whole}\n`;
  expect((await run({ head: undefined })).out).toContain(bullet);
  for (const [folder, files] of [
    ['before', other],
    ['after', { ...other, ...on('one', shop) }],
  ] as const)
    commit(files, folder);
  expect((await run({ base: './before', head: './after' })).out).toContain(bullet);
});

test('the JSON tells every object, and counts and gates go by it', async () => {
  commit({ ...other, ...on('one', shop) });
  commit({ ...other, ...on('two', { ...shop, 'secret-x.yaml': object('v1', 'Secret', 'x') }) });
  const { entries, summary } = JSON.parse((await run({ json: true })).out);
  expect(summary).toMatchObject({
    byClass: { destroys: 4, interrupts: 2, behaves: 5 },
    objects: { added: 5, removed: 4, modified: 0 },
    placements: { added: [{ app: 'shop', cluster: 'two' }], removed: [{ app: 'shop', cluster: 'one' }] },
  });
  expect(entries).toHaveLength(11);
  const { out } = await run();
  expect(out).toContain('Destroys data or identity (4)');
  expect(out).toContain('Behaves differently (5)');
  expect((await run({ failOn: 'destroys' })).code).toBe(1);
});

test('Markdown folds the objects of the app by kind', async () => {
  commit(other);
  commit({ ...other, ...on('one', shop) });
  const { out } = await run({ format: 'markdown' });
  expect(out).toContain(`- app shop is new on one: 4 objects (2 ConfigMaps, 1 Deployment, 1 Service) \`app-added\`
  <details><summary>4 objects by kind</summary>

  - ConfigMap: a, b
  - Deployment: api
  - Service: api

  </details>
`);
  expect(out.length).toBeGreaterThan((await run({ format: 'markdown', maxChars: 500 })).out.length);
});
