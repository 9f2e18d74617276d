import { type AppBuilder, defineApp } from '@fairlead/app';
import { expect, test } from 'vitest';
import { renderApp, testCluster } from './index.ts';

const cluster = testCluster();

/** What is told of an app of which no type check has been made. */
function told(build: (app: AppBuilder) => unknown): string[] {
  const definition = defineApp({ name: 'shop', owner: 'shop-team', build: ({ app }) => void build(app) });
  return renderApp(definition, cluster)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, message, hint }) => `${code}: ${message} (${hint ?? ''})`);
}

/** Options as an app without types states them. */
function untyped(options: object): never {
  return options as never;
}

const alert = { name: 'NoOrders', expression: 'up == 0', severity: 'page', summary: 'No orders', description: 'None.' };
const storage = { size: '1Gi', path: '/data' };

test.each<[options: object, told: string]>([
  [{ prot: 80 }, 'there is no option "prot" (did you mean port?)'],
  [{ replicas: { min: 1, max: 2, cpuu: 70 } }, 'replicas has the unknown key "cpuu" (did you mean "cpu"?'],
  [
    { replicas: { min: 1, max: 2, events: [{ source: 'sqss' }] } },
    'replicas.events[0].source is "sqss" (did you mean "sqs"?',
  ],
  [{ replicas: { min: 1, max: 2, events: [{ type: 'cron' }] } }, 'replicas.events[0].source is undefined (known: cron'],
  [
    { port: 80, objective: { availabilty: 99 } },
    'objective has the unknown key "availabilty" (did you mean "availability"?',
  ],
  [{ port: 80, objective: { latency: { treshold: 1 } } }, 'objective.latency has the unknown key "treshold"'],
  [{ scheduling: { prority: 'high' } }, 'scheduling has the unknown key "prority" (did you mean "priority"?'],
  [{ size: 3 }, 'size is 3 (write one of nano, small'],
  [{ size: 'hugee' }, 'size is "hugee", which is no size'],
  [{ size: 'smal' }, 'did you mean "small"?'],
  [{ size: { cpu: '100m' } }, "size has no memory (add memory: '512Mi')"],
  [{ size: { cpu: '100m', memory: '1 Gi' } }, 'size.memory is "1 Gi", which is no quantity'],
  [{ size: { cpu: '100m', memory: '-1Gi' } }, 'size.memory is "-1Gi"'],
  [{ size: { cpu: '100m', memory: '1Gi', memoryLimits: '1Gi' } }, 'did you mean "memoryLimit"?'],
  [{ env: 3 }, 'env is 3'],
  [{ env: { A: NaN } }, 'env.A is NaN'],
  [{ env: { A: Infinity } }, 'env.A is Infinity'],
  [{ env: { A: () => 1 } }, 'env.A is a function'],
  [{ env: { A: Symbol('a') } }, 'env.A is a symbol'],
  [{ env: { A: undefined } }, 'env.A is undefined'],
  [{ env: { A: null } }, 'env.A is null'],
  [{ env: { A: { secret: 'x' } } }, 'env.A is an object'],
  [{ env: { '': 'x' } }, 'env has the name ""'],
  [{ env: { '1 bad': 'x' } }, 'env has the name "1 bad"'],
  [{ env: { 'a=b': 'x' } }, 'env has the name "a=b"'],
  [{ env: { ÄB: 'x' } }, 'env has the name "ÄB"'],
  [{ config: { A: NaN } }, 'config.A is NaN'],
  [{ config: { A: {} } }, 'config.A is an object'],
  [{ config: { A: null } }, 'config.A is null'],
  [{ config: { A: () => 1 } }, 'config.A is a function'],
  [{ config: { 'a b': 'x' } }, 'config has the key "a b"'],
  [{ files: { 'etc/app.conf': '' } }, "begin with a slash: '/etc/app.conf'"],
  [{ files: { '/etc/../app.conf': '' } }, '"/etc/../app.conf" is no plain path'],
  [{ files: { '/etc//app.conf': '' } }, '"/etc//app.conf" is no plain path'],
  [{ files: { '': '' } }, 'files: "" is no absolute path'],
  [{ files: { '/etc/app/': '' } }, '"/etc/app/" is no plain path'],
  [{ files: { '/etc/a b': '' } }, 'a name that no ConfigMap can hold'],
  [{ files: { '/etc/app.conf': 3 } }, 'the text of "/etc/app.conf" is 3'],
  [{ files: { '/etc/app': '', '/etc/app/x': '' } }, '"/etc/app/x" lies below another file'],
  [{ writable: ['cache'] }, "begin with a slash: '/cache'"],
  [{ writable: ['/'] }, '"/" is the root of the image'],
  [{ writable: ['/a', '/a'] }, 'writable names "/a" twice'],
  [{ writable: { '/a': { size: 'big' } } }, 'size is "big", which is no quantity'],
  [{ secretFiles: { '/etc/x': 'database' } }, '"/etc/x" is "database", not a secret'],
  [{ files: { '/tmp': '' } }, 'writable and files both mount at "/tmp" (write writable: []'],
  [{ files: { '/a': '' }, writable: ['/a'] }, 'writable and files both mount at "/a"'],
  [{ volumes: [{ mounts: [{ name: 'a', mountPath: '/a' }] }], writable: ['/a'] }, 'writable and volumes both mount'],
  [{ metrics: true }, 'metrics without a port'],
  [{ metrics: false, port: 80 }, 'metrics is false'],
  [{ metrics: { path: 'metrics' }, port: 80 }, "begin with a slash: '/metrics'"],
  [
    { metrics: { port: 'htp' }, port: 80 },
    'metrics.port is "htp", which is no port of the workload (did you mean "http"?',
  ],
  [{ health: '/health' }, 'health is the path "/health" of a workload without a port'],
  [{ health: 'health', port: 80 }, "begin with a slash: '/health'"],
  [{ health: { ready: { tcp: 'mail' } }, port: 80 }, 'health.ready.tcp is "mail", which is no port'],
  [{ calls: [undefined] }, 'calls[0] is undefined, which is no handle'],
  [{ calls: ['api'] }, 'calls[0] is "api", which is no handle'],
  [{ calls: {} }, 'calls is an object, not a list'],
  [{ admits: ['api'] }, "name the caller: app.peer('app', 'workload')"],
  [{ admits: [{ kind: 'workload' }] }, 'admits[0] is a handle of kind "workload"'],
  [{ replicas: 0 }, 'replicas is 0'],
  [{ replicas: -1 }, 'replicas is -1'],
  [{ replicas: 1.5 }, 'replicas is 1.5'],
  [{ replicas: '3' }, 'replicas is "3"'],
  [{ replicas: { min: 2 } }, 'replicas.max is undefined'],
  [{ replicas: { min: 4, max: 3, cpu: 70 } }, '4, is above the highest, 3'],
  [{ port: 0 }, 'port is 0 (write a whole number from 1 to 65535'],
  [{ port: '80' }, 'port is "80"'],
  [{ ports: { web: 65536 } }, 'ports.web is 65536'],
  [{ ports: { Web: 80 } }, 'ports has the name "Web"'],
  [{ ports: { 'a-name-of-16-chs': 80 } }, 'ports has the name "a-name-of-16-chs"'],
  [{ ports: { a: 80, b: 80 } }, 'ports.b is 80, as is port "a"'],
  [{ port: 80, ports: { http: 81 } }, 'both called "http"'],
  [{ image: 'UPPER/x:1' }, 'image is "UPPER/x:1", which is no image reference'],
  [{ user: -1 }, 'user is -1'],
  [{ command: 'sh -c' }, "command: ['sh', '-c']"],
  [{ args: [3] }, 'args[0] is 3'],
  [{ namespace: 'jobs' }, "write namespace: app.namespace('jobs')"],
  [{ graceSeconds: -1 }, 'graceSeconds is -1'],
  [{ init: [{ name: 'x', image: 'x', env: { A: NaN } }] }, 'init[0].env.A is NaN'],
  [
    { init: [{ name: 'x', image: 'x', sidecars: true }] },
    'init[0] has the unknown key "sidecars" (did you mean "sidecar"?',
  ],
  [{ init: [{ name: 'x', image: 'x', health: { tcp: 80 } }] }, 'init[0].health of a container that runs to its end'],
  [{ init: [{ name: 'x', image: 'x', sidecar: true, health: '/' }] }, "write { http: '/healthz', port: 9801 }"],
  [
    { permissions: [{ resources: ['pods'], verbs: ['get'] }] },
    'permissions[0].apiGroups is undefined (write { apiGroups',
  ],
  [
    { permissions: [{ apiGroups: [''], resources: ['pods'], verb: ['get'], verbs: ['get'] }] },
    'permissions[0] has the unknown key "verb" (did you mean "verbs"?',
  ],
  [{ metadata: { podAnotations: {} } }, 'metadata has the unknown key "podAnotations" (did you mean "podAnnotations"?'],
  [{ metadata: { podAnnotations: { a: 1 } } }, `metadata.podAnnotations["a"] is 1 (write a text: '1'`],
  [{ metadata: { podLabels: { a: 'b c' } } }, 'metadata.podLabels["a"] is "b c", which no label can hold'],
  [{ metadata: { podLabels: { 'a b': '' } } }, 'metadata.podLabels has the name "a b"'],
  [{ metadata: { serviceAnnotations: { a: 'b' } } }, 'metadata.serviceAnnotations of a workload without a port'],
  [{ patch: [{ op: 'add', path: 'spec.paused', value: true }] }, "begin with a slash: path: '/spec/paused'"],
  [{ patch: [{ op: 'add', path: '/spec/nope/x', value: 1 }] }, 'the Deployment has no /spec/nope'],
  [{ patch: [{ op: 'remove', path: '/spec/nope' }] }, 'the Deployment has no /spec/nope'],
  [{ patch: [{ op: 'set', path: '/spec/paused', value: true }] }, 'patch[0].op is "set"'],
  [{ storage }, 'a Deployment has no storage (take it out; it is an option of app.statefulSet)'],
  [{ schedule: '0 3 * * *' }, 'a Deployment has no schedule (take it out; it is an option of app.cronJob)'],
  [{ env: { LEVEL: 'a' }, config: { LEVEL: 'b' } }, 'config and env both set LEVEL'],
  [
    { size: { cpu: '1', memory: '512m' } },
    'size.memory is "512m", less than a mebibyte (write the unit: memory: \'512Mi\'',
  ],
  [{ security: { privileged: true } }, "security.privileged is true, not a reason (say why: privileged: 'it …')"],
  [{ security: { readOnlyRoot: 'no' } }, 'security has the unknown key "readOnlyRoot"'],
  [{ scheduling: { architecture: 'arm' } }, 'scheduling.architecture is "arm" (did you mean "arm64"?'],
  [{ scheduling: { spread: { zone: true } } }, 'scheduling.spread.zone is true (known: soft, strict)'],
  [{ port: 80, thresholds: { errorrate: 5 } }, 'did you mean "errorRate"?'],
  [
    { port: 80, objective: { latency: { threshold: 500, ratio: 99 } } },
    'objective.latency.threshold is 500, and seconds are wanted (write threshold: 0.5)',
  ],
  [{ alerts: [{ ...alert, severity: 'critical' }] }, 'alerts[0].severity is "critical" (known: page, ticket)'],
  [{ alerts: [{ ...alert, summary: undefined }] }, 'alerts[0] has no summary'],
  [{ config: { URL: 'http://undefined/x' } }, 'config.URL is "http://undefined/x" (a part of it does not exist'],
  [{ env: { URL: '[object Object]:80' } }, 'a part of it is an object'],
  [{ singleton: 'licence', replicas: 3 }, 'one replica is enough, and replicas is 3'],
  [{ vertical: { mode: 'auto' } }, 'vertical.mode is "auto"'],
  [
    { replicas: { min: 1, max: 2, cpu: 70, behavior: { down: { stabilisation: 60 } } } },
    'replicas.behavior.down has the unknown key "stabilisation" (did you mean "stabilization"?',
  ],
  [
    { replicas: { min: 1, max: 2, events: [{ source: 'sqs', queueURL: 'x', length: 5 }] } },
    'replicas.events[0] has the unknown key "queueURL" (did you mean "queueUrl"?',
  ],
  [{ replicas: { min: 1, max: 2, cpu: '70%' } }, 'replicas.cpu is "70%" (write a number: cpu: 70)'],
])('%j of a workload is told, and nothing else', (options, expected) => {
  const faults = told((app) => app.deployment('web', untyped(options)));
  expect(faults).toEqual([expect.stringContaining(expected)]);
});

test.each<[what: string, build: (app: AppBuilder) => unknown, told: string]>([
  ['no options', (app) => app.deployment('web', untyped([])), 'its options are an empty list'],
  ['a cron job without options', (app) => app.cronJob('nightly', untyped([])), 'its options are an empty list'],
  ['a job without options', (app) => app.job('once', untyped([])), 'its options are an empty list'],
  ['a cron job without a schedule', (app) => app.cronJob('nightly', untyped({})), 'it has no schedule'],
  [
    'a volume without a size',
    (app) => app.statefulSet('db', untyped({ storage: { path: '/d' } })),
    'storage.size is undefined',
  ],
  [
    'a volume where a file is',
    (app) => app.statefulSet('db', { storage, files: { '/data': '' } }),
    'storage and files both',
  ],
  ['a later call to nothing', (app) => app.deployment('web').calls(untyped([])), 'a call is an empty list'],
  [
    'a key that a secret has not, used twice',
    (app) => {
      const { key } = app.secret('db', { keys: ['password'] }) as {
        key: (name: string) => { secret: string; key: string };
      };
      app.deployment('web', { env: { A: key('pasword'), B: key('pasword') } });
    },
    'secrets/undeclared-key: secret "db" has no key "pasword" (did you mean "password"?',
  ],
  ['a secret without keys', (app) => app.secret('db', { keys: [] }), 'keys is an empty list'],
  ['a key twice', (app) => app.secret('db', { keys: ['a', 'a'] }), 'the key "a" is stated twice'],
  ['a key that is no file name', (app) => app.secret('db', { keys: ['a/b'] }), 'the key "a/b" is no file name'],
  ['a volume without a unit', (app) => app.statefulSet('db', untyped({ storage: { ...storage, size: 10 } })), "'10Gi'"],
  [
    'a volume of a kind that there is not',
    (app) => app.statefulSet('db', untyped({ storage: { ...storage, intent: 'ssd' } })),
    'storage.intent is "ssd" (known: default, fast, shared, cheap)',
  ],
  ['a port of a job', (app) => app.job('once', untyped({ image: 'a:1', port: 80 })), 'a Job has no port'],
  ['an unknown key of a secret', (app) => app.secret('db', untyped({ keys: ['a'], pth: 'x' })), 'did you mean "path"?'],
  ['the Internet for no reason', (app) => app.internet(untyped({ ports: [443] })), 'internet: it has no reason'],
  [
    'an access that there is not',
    (app) => app.namespace('jobs', untyped({ access: 'private' })),
    'namespace "jobs": access is "private"',
  ],
  [
    'an unknown key of a peer',
    (app) => app.peer('users', 'api', untyped({ prot: 80 })),
    'peer users/api: it has the unknown key "prot" (did you mean "port"?',
  ],
  [
    'a peer with a port that is none',
    (app) => app.peer('users', 'api', { port: 70000 }),
    'peer users/api: port is 70000',
  ],
])('%s is told, and nothing else', (_, build, expected) => {
  expect(told(build)).toEqual([expect.stringContaining(expected)]);
});

test.each<[options: object, told: string]>([
  [{ host: 'shop example' }, 'host is "shop example", which is no host name'],
  [{ host: undefined }, 'host is undefined'],
  [{ host: 'shop.undefined' }, 'host is "shop.undefined": a part of it does not exist'],
  [{ exposure: 'pubic' }, 'exposure is "pubic" (did you mean "public"?'],
  [{ minimumTls: 1.3 }, 'minimumTls is 1.3 ('],
  [{ firewal: true }, 'it has the unknown key "firewal" (did you mean "firewall"?'],
  [{ rateLimit: { requests: 10, per: 'day' } }, 'rateLimit.per is "day" (known: second, minute, hour)'],
  [{ cors: { origin: ['https://example.com'] } }, 'cors has the unknown key "origin" (did you mean "origins"?'],
  [{ securityHeaders: 'yes' }, 'securityHeaders is "yes"'],
  [{ to: {} }, 'to is empty'],
  [{ to: undefined }, 'to is undefined'],
  [{ to: { api: 'web' } }, 'begin with a slash'],
  [{ to: { '/': undefined } }, 'to["/"] is undefined, not a workload of this app'],
  [{ to: { '/': { to: { kind: 'workload' }, rewrite: 'x' } } }, `to["/"].rewrite is "x", which is no path`],
  [{ to: { '/': { to: { kind: 'workload' }, mach: 'exact' } } }, 'did you mean "match"?'],
  [{ to: { '/': { to: [] } } }, 'to["/"].to is an empty list'],
])('%j of a route is told', (options, expected) => {
  const faults = told((app) => app.route(untyped({ host: 'shop.example.com', to: { '/': {} }, ...options })));
  expect(faults).toContainEqual(expect.stringContaining(expected));
});

test('an option of the app that there is not is told', () => {
  const options = { name: 'shop', owner: 'shop-team', costCentre: 'cc-1', build: () => undefined };
  expect(renderApp(defineApp(untyped(options)), cluster).diagnostics).toMatchObject([
    {
      code: 'app/invalid-option',
      message: 'app "shop" has no option "costCentre"',
      hint: expect.stringMatching(/did you mean "costCenter"/),
    },
  ]);
});

test('two routes of one app cannot claim one host and path', () => {
  const faults = told((app) => {
    const web = app.deployment('web', { port: 80 });
    app.route({ name: 'a', host: 'shop.example.com', to: { '/': web } });
    app.route({ name: 'b', host: ['www.example.com', 'shop.example.com'], to: { '/': web } });
  });
  expect(faults).toEqual([expect.stringContaining('routes "a" and "b" both claim shop.example.com/')]);
});

test('the faults of one workload are told at once', () => {
  const faults = told((app) => app.deployment('web', untyped({ port: 70000, command: 'sh', size: 3 })));
  expect(faults).toHaveLength(3);
});

test.each<[options: object]>([
  [{ size: { cpu: 1, memory: '1Gi' } }],
  [{ env: { 'a.b-c': 'x', N: 0, B: false, P: { field: 'status.podIP' } } }],
  [{ env: { A: 'undefinedBehaviour', B: 'is-undefinedx' }, config: { C: 'void' } }],
  [{ files: { '/tmp/app.conf': '', '/etc/app/.env': '' } }],
  [{ writable: [], files: { '/tmp': '' } }],
  [{ ports: { 'grpc-web': 80 }, health: { tcp: 'grpc-web' }, metrics: { port: 'grpc-web', interval: '1m30s' } }],
  [{ image: 'localhost:5000/team/a_b__c/x-y:1.0_2@sha256:' + 'a'.repeat(64) }],
  [{ image: 'registry.example.com/api:1.0.0' }],
  [{ image: 'library/nginx:1' }],
  [{ patch: [{ op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'b', image: 'b' } }] }],
  [{ patch: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'b' }] }],
  [{ patch: [{ op: 'add', path: '/metadata/labels/example.com~1a', value: 'b' }] }],
])('%j of a workload is fine', (options) => {
  expect(told((app) => app.deployment('web', untyped(options)))).toEqual([]);
});

test('a workload that is told where a store is and does not call it is told', () => {
  const stores = { 'shop/db': { host: 'db.example.com', port: 5432, cidrs: ['10.20.0.0/24'] } };
  const codes = (calls: boolean): string[] => {
    const build = ({ app }: { app: AppBuilder }): void => {
      const db = app.external('db');
      app.deployment('web', { image: 'a:1', config: { URL: db.url('/x', 'postgres') }, ...(calls && { calls: [db] }) });
    };
    const definition = defineApp({ name: 'shop', owner: 'shop-team', build });
    return renderApp(definition, testCluster({ cluster: { stores } })).diagnostics.map(({ code }) => code);
  };
  expect(codes(false)).toContain('app/uncalled-store');
  expect(codes(true)).not.toContain('app/uncalled-store');
});
