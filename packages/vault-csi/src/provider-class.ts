import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import { remotePath } from './remote-path.ts';
import { keysOf, type Secret } from './secret.ts';

/** Provider and parameters of one provider, with what is missing for them. */
export interface ProviderParameters {
  readonly provider: 'vault' | 'aws' | 'gcp' | 'gke' | 'azure';
  readonly parameters: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parameters of the Vault provider for a KV version 2 engine.
 *
 * @see https://developer.hashicorp.com/vault/docs/platform/k8s/csi/configurations
 */
export function vaultParameters(secret: Secret): ProviderParameters {
  const { secrets } = secret.cluster.capabilities;
  const { path, diagnostics } = remotePath(secret, '/');
  const secretPath = `${secrets.mount ?? 'secret'}/data/${path}`;
  return {
    provider: 'vault',
    parameters: {
      roleName: vaultRole(secret),
      // Only where the cluster file says so: an address per class bypasses the cache of the provider's Agent.
      ...(secrets.address === undefined ? {} : { vaultAddress: secrets.address }),
      ...(secrets.authMount === undefined ? {} : { vaultKubernetesMountPath: secrets.authMount }),
      objects: yamlList(keysOf(secret).map(({ key, remote }) => ({ objectName: key, secretPath, secretKey: remote }))),
    },
    diagnostics,
  };
}

/** Name of the Vault role that may read the secret and nothing else: one per secret, as several workloads can share one. */
export function vaultRole({ owner, namespace, name }: Pick<Secret, 'owner' | 'namespace' | 'name'>): string {
  return namespace === owner.app ? name : `${namespace}-${name}`;
}

/**
 * Parameters of the AWS provider: one secret of Secrets Manager, a JSON object whose properties are the keys.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws
 */
export function awsParameters(secret: Secret): ProviderParameters {
  const { cluster } = secret;
  const { path, diagnostics } = remotePath(secret, '/');
  const jmesPath = keysOf(secret).map(({ key, remote }) => ({
    // JMESPath takes letters, digits and _ as they are; anything else must be quoted.
    path: /^[A-Za-z_]\w*$/.test(remote) ? remote : JSON.stringify(remote),
    objectAlias: key,
  }));
  return {
    provider: 'aws',
    parameters: {
      region: cluster.region,
      ...(cluster.capabilities.identity.implementation === 'pod-identity' ? { usePodIdentity: 'true' } : {}),
      objects: yamlList([{ objectName: path, objectType: 'secretsmanager', jmesPath }]),
    },
    diagnostics,
  };
}

/**
 * Parameters of Google's providers: one Secret Manager secret per key, because they know no properties.
 *
 * @see https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
 */
export function gcpParameters(secret: Secret): ProviderParameters {
  const { cluster } = secret;
  const { secrets } = cluster.capabilities;
  const { path, diagnostics } = remotePath(secret, '-');
  const project = secrets.project ?? cluster.account;
  const objects = keysOf(secret).map(({ key, remote }) => ({
    resourceName: `projects/${project}/secrets/${remote === key ? flat(`${path}-${key}`, /[^\w-]/g) : remote}/versions/latest`,
    path: key,
  }));
  return {
    provider: secrets.addon === true ? 'gke' : 'gcp',
    parameters: { secrets: yamlList(objects) },
    diagnostics: [
      ...diagnostics,
      ...collisions(
        secret,
        objects.map((each) => each.resourceName),
      ),
    ],
  };
}

/**
 * Parameters of the Azure provider with workload identity: one Key Vault secret per key.
 *
 * @see https://learn.microsoft.com/azure/aks/csi-secrets-store-identity-access
 */
export function azureParameters(secret: Secret): ProviderParameters {
  const { cluster } = secret;
  const { secrets, identity } = cluster.capabilities;
  const { path, diagnostics } = remotePath(secret, '-');
  const tenantId = secrets.tenant ?? identity.tenant;
  const missing = (what: string, hint: string) =>
    diagnostic('secrets/missing-setting', {
      message: `secret ${secret.namespace}/${secret.name}: Azure Key Vault needs ${what}`,
      hint,
      clusters: [cluster.name],
    });
  const names = keysOf(secret).map(({ key, remote }) =>
    flat(remote === key ? `${path}-${key}` : remote, /[^0-9A-Za-z-]/g),
  );
  const objects = keysOf(secret).map(({ key }, index) => ({
    objectName: names[index] ?? key,
    objectType: 'secret',
    objectAlias: key,
  }));
  return {
    provider: 'azure',
    parameters: {
      usePodIdentity: 'false',
      ...(secret.clientId ? { clientID: secret.clientId } : {}),
      ...(secrets.keyVault === undefined ? {} : { keyvaultName: secrets.keyVault }),
      ...(tenantId === undefined ? {} : { tenantId }),
      objects: azureArray(objects),
    },
    diagnostics: [
      ...diagnostics,
      ...collisions(secret, names),
      ...(secrets.keyVault === undefined ? [missing("the vault's name", 'set capabilities.secrets.keyVault')] : []),
      ...(tenantId === undefined
        ? [missing('the tenant', 'set capabilities.secrets.tenant or capabilities.identity.tenant')]
        : []),
      ...(secret.clientId === undefined
        ? [
            missing(
              "the client id of the consumers' identity",
              'set capabilities.identity.pattern to the client id of the managed identity',
            ),
          ]
        : []),
    ],
  };
}

/** A name with every character replaced by a hyphen that the provider refuses. */
function flat(name: string, refused: RegExp): string {
  return name.replace(refused, '-');
}

function collisions(secret: Secret, names: readonly string[]): Diagnostic[] {
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) =>
      diagnostic('secrets/invalid-name', {
        message: `secret ${secret.namespace}/${secret.name}: two keys would be read from ${name}`,
        hint: 'give one of them a remote name of its own',
        clusters: [secret.cluster.name],
      }),
    );
}

type Entry = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>;

/** A block list of maps. Strings are JSON strings, which YAML reads alike, so no value can be taken for something else. */
function yamlList(entries: readonly Entry[], indent = ''): string {
  let text = '';
  for (const entry of entries) {
    let lead = `${indent}- `;
    for (const [key, value] of Object.entries(entry)) {
      text +=
        typeof value === 'string'
          ? `${lead}${key}: ${JSON.stringify(value)}\n`
          : `${lead}${key}:\n${yamlList(value, `${indent}    `)}`;
      lead = `${indent}  `;
    }
  }
  return text;
}

/** Azure's shape: `array:` and then a list of block strings, each a map of its own. */
function azureArray(entries: readonly Readonly<Record<string, string>>[]): string {
  return `array:\n${entries
    .map(
      (entry) =>
        `  - |\n${Object.entries(entry)
          .map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`)
          .join('')}`,
    )
    .join('')}`;
}
