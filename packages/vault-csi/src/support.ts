import { markdownTable } from '@fairlead/diagnostics/markdown-table';
import type { SecretsImplementation } from '@fairlead/inventory/model';

/** What a secrets provider does with a logical secret. */
export interface SecretsSupport {
  /** Objects that are rendered. */
  readonly objects: string;
  /** How a secret with several keys lies at the provider. */
  readonly remote: string;
  /** How environment variables get their values. */
  readonly variables: string;
  /** How files get theirs. */
  readonly files: string;
  /** What a changed value takes to arrive. */
  readonly rotation: string;
  /** With whose identity it is read. */
  readonly reader: string;
}

const driverRotation = 'by the CSI driver, where rotation is switched on; variables at the next start of a pod';

/** Provider by provider; `gcp` has two forms. */
export const secretsSupport: Readonly<Record<SecretsImplementation | 'gcp, managed add-on', SecretsSupport>> = {
  vault: {
    objects: 'SecretProviderClass `vault`',
    remote: 'one KV version 2 secret, a property per key',
    variables: 'synced Secret, while a pod mounts the volume',
    files: 'CSI volume',
    rotation: driverRotation,
    reader: 'the ServiceAccount, by a role of Vault per secret',
  },
  aws: {
    objects: 'SecretProviderClass `aws`',
    remote: 'one Secrets Manager secret, a JSON property per key',
    variables: 'synced Secret, while a pod mounts the volume',
    files: 'CSI volume',
    rotation: driverRotation,
    reader: "the pod's role (IRSA or Pod Identity)",
  },
  gcp: {
    objects: 'SecretProviderClass `gcp`',
    remote: 'one Secret Manager secret per key',
    variables: 'synced Secret, while a pod mounts the volume',
    files: 'CSI volume',
    rotation: driverRotation,
    reader: "the pod's Google identity",
  },
  'gcp, managed add-on': {
    objects: 'SecretProviderClass `gke`, SecretSync',
    remote: 'one Secret Manager secret per key',
    variables: 'Secret of the SecretSync, from Kubernetes 1.34 on',
    files: 'CSI volume of the add-on',
    rotation: 'by the add-on, where rotation is switched on; variables at the next start of a pod',
    reader: "the pod's Google identity; for variables the SecretSync's ServiceAccount",
  },
  azure: {
    objects: 'SecretProviderClass `azure`',
    remote: 'one Key Vault secret per key',
    variables: 'synced Secret, while a pod mounts the volume',
    files: 'CSI volume',
    rotation: driverRotation,
    reader: 'the workload identity whose client id the class carries',
  },
  'external-secrets': {
    objects: 'ExternalSecret',
    remote: 'one secret of the store, a property per key',
    variables: 'Secret of the operator',
    files: 'Secret volume',
    rotation: 'every hour, or never where the cluster says so; variables at the next start of a pod',
    reader: "the store's identity",
  },
};

/** The table as a Markdown page. */
export function renderSecretsPage(): string {
  const columns = ['provider', 'objects', 'at the provider', 'environment variables', 'files', 'rotation', 'read as'];
  const rows = Object.entries(secretsSupport).map(([name, each]) => [
    name,
    each.objects,
    each.remote,
    each.variables,
    each.files,
    each.rotation,
    each.reader,
  ]);
  return `# Secrets\n\n${markdownTable(columns, rows)}`;
}
