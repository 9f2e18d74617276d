import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { registry } from './registry.ts';

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  replicas: 2
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: api
          image: example.com/api:1
          ports: [{ containerPort: 80 }]
          resources: { limits: { memory: 1Gi } }
`;

const container = '/spec/template/spec/containers/0';

/** What is written wrong, and what a person reads. */
const table: readonly (readonly [from: string, to: string, pointer: string, message: string, hint?: string])[] = [
  [
    'image:',
    'imagePullPolcy: Always\n          image:',
    `${container}/imagePullPolcy`,
    'unknown field "imagePullPolcy"',
    'did you mean "imagePullPolicy"?',
  ],
  [
    '          resources: { limits: { memory: 1Gi } }',
    '      livenessProbe: { exec: { command: [ready] } }',
    '/spec/template/spec/livenessProbe',
    'unknown field "livenessProbe"',
    'it belongs into spec.template.spec.containers[]: check its indentation',
  ],
  [
    '  replicas: 2',
    '  replicas: "2"',
    '/spec/replicas',
    'must be integer, is string "2"',
    'write it without quotes: 2',
  ],
  ['  replicas: 2', '  replicas: 2.5', '/spec/replicas', 'must be integer, is number 2.5'],
  ['  replicas: 2', '  replicas: -1', '/spec/replicas', 'must be at least 0, is -1'],
  [
    '{ containerPort: 80 }',
    '{ containerPort: }',
    `${container}/ports/0/containerPort`,
    'must be integer, is empty (null)',
  ],
  ['[{ containerPort: 80 }]', '{ containerPort: 80 }', `${container}/ports`, 'must be list, is a map'],
  [
    'containerPort: 80',
    'containerPort: 80, protocol: tcp',
    `${container}/ports/0/protocol`,
    '"tcp" is not one of "SCTP", "TCP", "UDP"',
    'did you mean "TCP"?',
  ],
  [
    'memory: 1Gi',
    'memory: 1GB',
    `${container}/resources/limits/memory`,
    '"1GB" is not a quantity',
    'write a quantity such as 500m, 1.5 or 2Gi',
  ],
  [
    'name: api }',
    'name: api, annotations: { debug: true } }',
    '/metadata/annotations/debug',
    'must be string, is boolean true',
    'write it in quotes: "true"',
  ],
  ['  selector: { matchLabels: { app: api } }\n', '', '/spec', 'missing field "selector"'],
];

test('a manifest in order has no errors', () => {
  expect(registry.validate('1.34', parse(deployment) as { apiVersion: string; kind: string })).toEqual([]);
});

test.each(table.map((row) => ({ row, name: `${row[0]} written as ${row[1]}` })))('$name', ({ row }) => {
  const [from, to, pointer, message, hint] = row;
  expect(deployment).toContain(from);
  const manifest = parse(deployment.replace(from, to)) as { apiVersion: string; kind: string };
  expect(registry.validate('1.34', manifest)).toEqual([{ pointer, message, ...(hint !== undefined && { hint }) }]);
});

test('all faults of a manifest are told at once, in its own order, required fields last', () => {
  const manifest = parse(
    '{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {port: 80, type: Loadbalancer, ports: [{prot: 1}]}}',
  ) as {
    apiVersion: string;
    kind: string;
  };
  expect(registry.validate('1.36', manifest)?.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
    '/spec/port unknown field "port"',
    '/spec/type "Loadbalancer" is not one of "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    '/spec/ports/0/prot unknown field "prot"',
    '/spec/ports/0 missing field "port"',
  ]);
});

test('a kind without schema yields no validator, whatever its name', () => {
  for (const [apiVersion, kind] of [
    ['example.com/v1', 'Thing'],
    ['policy/v1beta1', 'PodDisruptionBudget'],
    ['apps/v1', 'deployment'],
    ['../crds', 'kinds'],
    ['__proto__', 'constructor'],
  ] as const) {
    expect(registry.validatorFor('1.36', apiVersion, kind)).toBeUndefined();
  }
});

test('kinds know their plural and scope', () => {
  const kinds = registry.kinds('1.34');
  expect(kinds).toContainEqual({ apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments', namespaced: true });
  expect(kinds).toContainEqual({ apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false });
  expect(kinds).toContainEqual({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', namespaced: false });
});
