import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { providers } from '@fairlead/inventory/providers';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface ClusterFile {
  readonly capabilities?: { readonly storage?: { readonly classes?: object } };
  readonly offers?: { readonly storageClasses?: readonly string[] };
}

const repository = resolve(import.meta.dirname, '../../..');

/** Capabilities whose implementations are words of one cloud, unless premises have them too. `managed` nodes are anybody's. */
const capabilities = ['ingress', 'identity', 'secrets', 'metrics', 'networkPolicy'] as const;

const implementations = Object.values(providers).flatMap(({ only }) =>
  capabilities.flatMap((each) => only[each].filter((word) => !providers.onprem.only[each].includes(word))),
);

/** Names that are words of English as well, where only a class is meant by them. */
const english = new Set(['default', 'standard']);

const storageClasses = [
  ...Object.values(providers).flatMap(({ defaults }) => [
    ...Object.values(defaults.capabilities['storage']?.['classes'] ?? {}),
    ...(defaults.offers['storageClasses'] ?? []),
  ]),
  ...readdirSync(join(repository, 'clusters')).flatMap((file): unknown[] => {
    const cluster = parse(readFileSync(join(repository, 'clusters', file), 'utf8')) as ClusterFile;
    return [...Object.values(cluster.capabilities?.storage?.classes ?? {}), ...(cluster.offers?.storageClasses ?? [])];
  }),
].filter((name): name is string => typeof name === 'string' && !english.has(name));

const clouds = ['aws', 'amazon', 'amazonaws', 'google', 'googleapis', 'gcp', 'gcr', 'azure', 'azurecr', 'microsoft'];
const services = ['arn', 'ec2', 'ecr', 'rds', 'iam', 'cloudsql', 'keyvault', 'karpenter', 'bottlerocket', 'longhorn'];

const forbidden = new Set([
  ...Object.keys(providers).filter((name) => name !== 'onprem'),
  ...implementations,
  ...storageClasses,
  ...clouds,
  ...services,
]);

/** Words of a text that only one cloud understands; an identifier or an annotation is as many words as it has parts. */
function cloudWords(text: string): string[] {
  const words = text.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
  return [...forbidden].filter((word) =>
    new RegExp(`(?<![a-z0-9])${word.replaceAll('.', '\\.')}(?![a-z0-9])`).test(words),
  );
}

const files = readdirSync(join(repository, 'apps'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
  .sort();

test('nothing under apps/ names a provider, an annotation of one, or a storage class', () => {
  expect(files).toContain('apps/delivery-platform/app.ts');
  const found = files.flatMap((file) => {
    const words = cloudWords(`${file}\n${readFileSync(join(repository, file), 'utf8')}`);
    return words.length > 0 ? [{ file, words }] : [];
  });
  expect(found).toEqual([]);
});

test.each([
  ["if (cluster.name.startsWith('eks-'))", ['eks']],
  ["annotations: { 'eks.amazonaws.com/role-arn': role }", ['eks', 'amazonaws', 'arn']],
  ["'iam.gke.io/gcp-service-account'", ['gke', 'gcp', 'iam']],
  ["podLabels: { 'azure.workload.identity/use': 'true' }", ['azure']],
  ['const isAzureCluster = true;', ['azure']],
  ["storageClassName: 'gp3'", ['gp3']],
  ["'managed-csi-premium'", ['managed-csi', 'managed-csi-premium']],
  ['repository: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop', ['amazonaws', 'ecr']],
  ['tasks, weeks and laws of a managed database', []],
])('%s', (text, words) => {
  expect(cloudWords(text).sort()).toEqual([...words].sort());
});
