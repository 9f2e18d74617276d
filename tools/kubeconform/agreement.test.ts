import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSchemaRegistry, schemaVersions, type SchemaVersion } from '@fairlead/schemas';
import { customSchemaPath, nativeSchemaPath } from '@fairlead/schemas/schema-path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { runKubeconform } from './run-kubeconform.ts';

// Three readers of one registry: kubeconform, ajv and Fairlead's own validator. They must not differ in any verdict.

const registryFolder = fileURLToPath(new URL('../../packages/schemas/registry', import.meta.url));
const read = (path: string): string | undefined => {
  try {
    return readFileSync(join(registryFolder, path), 'utf8');
  } catch {
    return undefined;
  }
};
const registry = createSchemaRegistry({ read });
const folder = mkdtempSync(join(tmpdir(), 'fairlead-kubeconform-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
}

const deployment = (container: string, spec = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, labels: { app: api } }
spec:
  ${spec}
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - { name: api, image: example.com/api:1, ${container} }
`;

const service = (port: string): string => `
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ ${port} }] }
`;

/** Manifests, and whether each version takes them. */
const table: readonly (readonly [name: string, manifest: string, valid: boolean | readonly SchemaVersion[]])[] = [
  ['a deployment', deployment('ports: [{ containerPort: 80 }]'), true],
  ['what kubectl create --dry-run writes', deployment('resources: {}', 'strategy: {}') + 'status: {}\n', true],
  ['null for an optional field', deployment('resources: null', 'replicas: null'), true],
  ['null for a required field', deployment('ports: [{ containerPort: null }]'), false],
  ['a misspelt field', deployment('imagePullPolcy: Always'), false],
  ['a misspelt value', deployment('imagePullPolicy: always'), false],
  ['text for a number', deployment('tty: false', 'replicas: "3"'), false],
  ['a fraction for an integer', deployment('tty: false', 'replicas: 1.5'), false],
  ['a number for text', deployment('env: [{ name: PORT, value: 80 }]'), false],
  ['a map for a list', deployment('env: { PORT: "80" }'), false],
  ['a port out of range', deployment('ports: [{ containerPort: 70000 }]'), false],
  ['quantities as text and number', deployment('resources: { limits: { cpu: 0.5, memory: 1Gi } }'), true],
  ['a quantity with a wrong unit', deployment('resources: { limits: { memory: 1GB } }'), false],
  ['a named target port', service('port: 80, targetPort: http'), true],
  ['a numeric target port', service('port: 80, targetPort: 8080'), true],
  ['a port without its number', service('targetPort: 8080'), false],
  [
    'an annotation that is no text',
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: a, annotations: { on: true } }',
    false,
  ],
  ['no metadata', 'apiVersion: v1\nkind: Namespace\n', false],
  ['no group in apiVersion', 'apiVersion: v1\nkind: Deployment\nmetadata: { name: a }\n', false],
  [
    'a field of 1.30',
    'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { trafficDistribution: PreferClose }',
    ['1.34', '1.36'],
  ],
  [
    'an API that 1.32 withdrew',
    'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: a }\n',
    ['1.28'],
  ],
  [
    'a service monitor',
    `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: api }
spec: { selector: { matchLabels: { app: api } }, endpoints: [{ port: http, interval: 30s }] }
`,
    true,
  ],
  [
    'a service monitor with a misspelt field',
    `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: api }
spec: { selector: {}, endpoints: [{ port: http, intervall: 30s }] }
`,
    false,
  ],
  [
    'a secret provider class',
    `
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: api }
spec: { provider: vault, parameters: { roleName: api, objects: "[]" } }
`,
    true,
  ],
  [
    'a secret provider class whose parameter is no text',
    `
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: api }
spec: { provider: vault, parameters: { vaultSkipTLSVerify: true } }
`,
    false,
  ],
  [
    'an Argo CD application',
    `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: api, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io] }
spec:
  project: staging
  source: { repoURL: 'https://git.example.com/fleet.git', path: dist/clusters/a/api, targetRevision: main, directory: { recurse: true } }
  destination: { server: 'https://kubernetes.default.svc', namespace: api }
  syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: [ServerSideApply=true] }
`,
    true,
  ],
  [
    'a Flux kustomization without prune',
    `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: api, namespace: flux-system }
spec: { interval: 10m, path: ./api, sourceRef: { kind: GitRepository, name: fleet } }
`,
    false,
  ],
];

test.each(schemaVersions)('kubeconform, ajv and Fairlead agree on %s', async (version) => {
  const files = table.map(([, manifest], index) => {
    const file = join(folder, `${version}-${index}.yaml`);
    writeFileSync(file, manifest);
    return file;
  });
  const { resources } = await runKubeconform(version, files);
  const verdicts = table.map(([name, yaml], index) => {
    const manifest = parse(yaml) as ApiObject;
    const kubeconform = resources.find(({ filename }) => filename === files[index])?.status === 'statusValid';
    const fairlead = registry.validate(version, manifest)?.length === 0;
    return { name, kubeconform, ajv: judgedByAjv(version, manifest), fairlead };
  });
  expect(verdicts).toEqual(
    table.map(([name, , valid]) => {
      const expected = typeof valid === 'boolean' ? valid : valid.includes(version);
      return { name, kubeconform: expected, ajv: expected, fairlead: expected };
    }),
  );
});

test.each(schemaVersions)('kubeconform finds and can read the schema of every kind of %s', async (version) => {
  const manifests = registry
    .kinds(version)
    .map(({ apiVersion, kind }) => ({ apiVersion, kind, metadata: { name: 'a' } }));
  const file = join(folder, `kinds-${version}.yaml`);
  writeFileSync(file, manifests.map((manifest) => stringify(manifest)).join('---\n'));
  const { resources } = await runKubeconform(version, [file]);
  expect(resources).toHaveLength(manifests.length);
  expect(resources.filter(({ status }) => status === 'statusError' || status === 'statusSkipped')).toEqual([]);
});

test('Fairlead can read every schema', () => {
  for (const version of schemaVersions) {
    for (const { apiVersion, kind } of registry.kinds(version)) {
      expect(registry.validatorFor(version, apiVersion, kind), `${apiVersion} ${kind} of ${version}`).toBeDefined();
    }
  }
});

function judgedByAjv(version: SchemaVersion, { apiVersion, kind, ...rest }: ApiObject): boolean {
  const text = read(nativeSchemaPath(version, apiVersion, kind)) ?? read(customSchemaPath(apiVersion, kind));
  if (text === undefined) return false;
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  return ajv.validate(JSON.parse(text) as object, { apiVersion, kind, ...rest });
}
