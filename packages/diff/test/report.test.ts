import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { diffManifests, type DiffOptions } from '../src/diff.ts';
import { formatHtml } from '../src/format/html.ts';
import { formatMarkdown } from '../src/format/markdown.ts';
import { formatText } from '../src/format/text.ts';
import type { DiffReport, SourceManifest } from '../src/model.ts';
import { parseManifests } from '../src/parse.ts';
import { objects } from './objects.ts';

const on = (cluster: string, text: string, app = 'shop'): SourceManifest[] =>
  parseManifests({ path: `clusters/${cluster}/${app}/objects.yaml`, text });
const compare = (base: SourceManifest[], head: SourceManifest[], options: DiffOptions = {}): DiffReport =>
  diffManifests({ name: 'main', manifests: base }, { name: 'branch', manifests: head }, options);
const everything: readonly string[] = Object.values(objects);

const schema: unknown = JSON.parse(readFileSync(new URL('../schemas/diff.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema as object);

/** Many objects, each edited somewhere, so that every class and every kind of change is there. */
function mixed(): DiffReport {
  const base = everything.flatMap((text) => on('one', text));
  const edits: readonly [string, string][] = [
    ['1.4.2', '1.5.0'],
    ['serviceName: db', 'serviceName: other'],
    ['[get, list]', '["*"]'],
    ['minAvailable: 2', 'minAvailable: 1'],
    ['note: first', 'note: second'],
    ['name: settings', 'name: config'],
    ['namespace: shop, annotations', 'namespace: market, annotations'],
    ['password: one', 'password: two'],
  ];
  const head = everything
    .slice(1)
    .concat(objects.deployment.replace('name: api\n', 'name: fresh\n'))
    .flatMap((text) =>
      on(
        'one',
        edits.reduce<string>((result, [from, to]) => result.replace(from, to), text),
      ),
    );
  return compare(base, head.slice(1), { changedSources: ['apps/shop/app.ts', 'packages/app/src/app.ts'] });
}

test('the JSON keeps to its published schema', () => {
  expect(validate(mixed()), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(validate(compare([], []))).toBe(true);
  const placed = compare(
    everything.flatMap((text) => on('one', text)),
    everything.flatMap((text) => on('two', text)),
  );
  expect(placed.summary.placements).toEqual({
    added: [{ app: 'shop', cluster: 'two' }],
    removed: [{ app: 'shop', cluster: 'one' }],
  });
  expect(validate(placed), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(validate({ ...mixed(), version: 2 })).toBe(false);
});

test('the same change on several clusters is one entry that names them', () => {
  const clusters = ['one', 'two', 'three'];
  const { entries } = compare(
    clusters.flatMap((each) => on(each, objects.hpa)),
    clusters.flatMap((each) => on(each, objects.hpa.replace('minReplicas: 3', 'minReplicas: 2'))),
  );
  expect(entries).toHaveLength(1);
  expect(entries[0]?.sentence).toBe(
    'HorizontalPodAutoscaler api in shop on 3 clusters: spec.minReplicas goes from 3 to 2',
  );
  expect(entries[0]?.objects.map((each) => each.cluster)).toEqual(['one', 'three', 'two']);
});

test('a probe default changed in a library, on every cluster, is told on less than a screen', () => {
  const fleet = (period: number) =>
    Array.from({ length: 1_000 }, (_, index) =>
      on(
        `cluster-${index % 10}`,
        objects.deployment
          .replace('name: api\n', `name: app-${index}\n`)
          .replace('periodSeconds: 10', `periodSeconds: ${period}`),
        `app-${index}`,
      ),
    ).flat();
  const report = compare(fleet(10), fleet(5), { changedSources: ['packages/workload/src/probes.ts'] });
  const markdown = formatMarkdown(report);
  expect(markdown.split('\n').length).toBeLessThan(40);
  expect(markdown).toContain('1,000 workloads restart, 3,000 pods.');
  expect(markdown).toContain('1,000 Deployments on 10 clusters');
  expect(markdown).toContain('packages/workload/src/probes.ts');
  expect(report.entries.length).toBeLessThan(4);
});

test('an autoscaler and a budget decide what a restart means', () => {
  const base = [objects.deployment, objects.hpa.replace('minReplicas: 3', 'minReplicas: 4'), objects.budget].flatMap(
    (text) => on('one', text),
  );
  const head = [
    objects.deployment.replace('value: info', 'value: debug'),
    ...[objects.hpa.replace('minReplicas: 3', 'minReplicas: 4'), objects.budget],
  ].flatMap((text) => on('one', text));
  expect(compare(base, head).entries.map((each) => each.sentence)).toEqual([
    'Deployment api in shop on one: 4 pods restart rolling, new ones first: it stays fully available; a PodDisruptionBudget guards it against node drains meanwhile',
  ]);
});

test('a network policy is told by the pairs that can newly talk', () => {
  const web = objects.deployment.replace('name: api\n', 'name: web\n').replaceAll('app: api', 'app: web');
  const other = objects.deployment.replace('name: api\n', 'name: other\n').replaceAll('app: api', 'app: other');
  const around = [web, other, objects.deployment].flatMap((text) => on('one', text));
  const opened = compare(
    on('one', objects.networkPolicy),
    on('one', objects.networkPolicy.replace('app: web', 'app: other')),
    { context: around },
  );
  expect(opened.entries.map((each) => [each.class, each.sentence])).toEqual([
    [
      'interrupts',
      expect.stringContaining(
        'cuts connections that were possible: shop/Deployment/web to shop/Deployment/api (TCP/8080)',
      ),
    ],
    [
      'opens',
      expect.stringContaining('lets new connections through: shop/Deployment/other to shop/Deployment/api (TCP/8080)'),
    ],
  ]);
});

test('capacity counts replicas over the range of the autoscaler, and costs are an estimate', () => {
  const base = [objects.deployment, objects.hpa].flatMap((text) => on('one', text));
  const head = [objects.deployment.replace('cpu: 500m', 'cpu: 1'), objects.hpa].flatMap((text) => on('one', text));
  const { capacity } = compare(base, head, {
    prices: { currency: 'EUR', perMonth: { vcpu: 10, gibMemory: 1, gibStorage: 0.1 } },
  }).summary;
  expect(capacity).toMatchObject({
    cpuMillicores: { min: 1_500, max: 5_000 },
    memoryBytes: { min: 0, max: 0 },
    costPerMonth: { min: 15, max: 50, currency: 'EUR', estimate: true },
  });
});

test('a ConfigMap that pods read at their start says so', () => {
  const { entries } = compare(
    on('one', objects.configMap),
    on('one', objects.configMap.replace('LOG: info', 'LOG: debug')),
    { context: on('one', objects.deployment) },
  );
  expect(entries[0]?.sentence).toBe(
    'ConfigMap settings in shop on one changes; Deployment api reads it once, at the start: only restarted pods see the change',
  );
});

test('embedded files are opened up', () => {
  const edits: readonly [string, string][] = [
    ['port: 8080', 'port: 9090'],
    ['"retries": 3', '"retries": 5'],
    ['a.b=1', 'a.b=9'],
    ['listen 80', 'listen 81'],
    ['echo one', 'echo two'],
  ];
  const { entries } = compare(
    on('one', objects.configMap),
    on(
      'one',
      edits.reduce<string>((text, [from, to]) => text.replace(from, to), objects.configMap),
    ),
  );
  expect(entries[0]?.fields).toEqual([
    { pointer: '/data/app.json/retries', before: 3, after: 5 },
    { pointer: '/data/app.properties/a.b', before: '1', after: '9' },
    { pointer: '/data/app.yaml/server/port', before: 8080, after: 9090 },
    { pointer: '/data/nginx.conf/server/listen 80', before: '' },
    { pointer: '/data/nginx.conf/server/listen 81', after: '' },
    { pointer: '/data/run.sh', before: '#!/bin/sh\necho one\n', after: '#!/bin/sh\necho two\n' },
  ]);
});

test.each([
  ['quantities', 'cpu: 500m', 'cpu: "0.5"'],
  ['quantities of memory', 'memory: 1Gi }, limits', 'memory: 1024Mi }, limits'],
  ['defaults written out', 'containerPort: 8080', 'containerPort: 8080, protocol: TCP'],
  ['defaults of probes', 'periodSeconds: 10', 'successThreshold: 1, timeoutSeconds: 1'],
  [
    'the pull policy of a tag',
    'image: example.com/api:1.4.2',
    'image: example.com/api:1.4.2\n          imagePullPolicy: IfNotPresent',
  ],
  ['empty maps and lists', 'emptyDir: {}', 'emptyDir: { sizeLimit: null }'],
  ['the default strategy', 'replicas: 3', 'replicas: 3\n  revisionHistoryLimit: 10\n  progressDeadlineSeconds: 600'],
  [
    'pod defaults',
    '      priorityClassName',
    '      dnsPolicy: ClusterFirst\n      restartPolicy: Always\n      schedulerName: default-scheduler\n      hostNetwork: false\n      priorityClassName',
  ],
  ['the order of a set', 'name: http, containerPort: 8080', 'containerPort: 8080, name: http'],
  ['comments', 'apiVersion', '# a comment\napiVersion'],
])('%s: an equal meaning is no difference', (_, from, to) => {
  expect(objects.deployment).toContain(from);
  expect(compare(on('one', objects.deployment), on('one', objects.deployment.replace(from, to))).entries).toEqual([]);
});

test('an insertion into a list is no rewrite', () => {
  const { entries } = compare(
    on('one', objects.deployment),
    on(
      'one',
      objects.deployment.replace(
        '            - { name: LOG, value: info }',
        '            - { name: FIRST, value: "1" }\n            - { name: LOG, value: info }',
      ),
    ),
  );
  expect(entries[0]?.fields).toEqual([
    { pointer: '/spec/template/spec/containers/0/env/0/name', after: 'FIRST' },
    { pointer: '/spec/template/spec/containers/0/env/0/value', after: '1' },
  ]);
});

test('values of Secrets are never told', () => {
  const report = compare(
    on('one', objects.secret),
    on('one', objects.secret.replace('password: one', 'password: two')),
  );
  expect(report.entries[0]?.fields).toEqual([
    { pointer: '/stringData/password', before: '(hidden)', after: '(hidden)' },
  ]);
});

test.each([500, 1_000, 5_000, 20_000, 65_000])(
  'markdown of at most %i characters keeps the upper classes',
  (maxChars) => {
    const fleet = (edit: (text: string) => string) =>
      Array.from({ length: 60 }, (_, index) =>
        everything.flatMap((text) => on(`cluster-${index}`, edit(text.replaceAll('shop', `shop${index}`)))),
      ).flat();
    const report = compare(
      fleet((text) => text),
      fleet((text) =>
        text
          .replace('serviceName: db', 'serviceName: other')
          .replace('api:1.4.2', 'api:1.5.0')
          .replace('Many errors', 'Errors')
          .replace('LOG: info', 'LOG: debug'),
      ),
    );
    const markdown = formatMarkdown(report, { maxChars });
    expect(markdown.length).toBeLessThanOrEqual(maxChars);
    if (maxChars >= 1_000) expect(markdown).toContain('Is rejected by the API server');
    if (maxChars >= 5_000) expect(markdown).toContain('immutable-stateful-set');
  },
);

test('text keeps to the width and has no colour unless asked', () => {
  const text = formatText(mixed(), { width: 80 });
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  expect(text).not.toContain('\u001b[');
  expect(formatText(mixed(), { width: 80, color: true })).toContain('\u001b[');
});

test('html holds no way out for what a manifest says', () => {
  const evil = objects.configMap.replace('LOG: info', `LOG: '</script><script>alert(1)</script><!--'`);
  const html = formatHtml(compare(on('one', objects.configMap), on('one', evil)));
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html).not.toContain('<!--');
});

test('several routes for one new host answer in the plural', () => {
  const route = (name: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: shop }
spec:
  parentRefs: [{ name: shop }]
  hostnames: [shop.example.com]
`;
  const sentences = compare(
    [],
    ['shop', 'shop-redirect'].flatMap((name) => on('one', route(name))),
  ).entries.map(({ sentence }) => sentence);
  expect(sentences).toContain('2 HTTPRoutes on one answer for a new host, shop.example.com');
});
