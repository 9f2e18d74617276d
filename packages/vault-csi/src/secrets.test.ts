import type { SecretsCapability } from '@fairlead/inventory/model';
import { reported } from '@fairlead/objects/report';
import { Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type SampleChanges, sampleCluster, sampleOwner as owner, schemaFaults } from '@fairlead/fixtures';
import { consumptionOf, secretMount } from './consumption.ts';
import type { Secret } from './secret.ts';
import { renderSecret, Secrets } from './secrets.ts';
import { vaultPolicy } from './vault-policy.ts';

const vault: SecretsCapability = { implementation: 'vault', prefix: '{environment}/{app}', rotation: true };

/** The database secret of the shop on a cluster with a secrets provider. */
function secretOn(
  secrets: SecretsCapability,
  more: Partial<Secret> = {},
  { capabilities, ...fields }: SampleChanges = {},
): Secret {
  return {
    cluster: sampleCluster({ ...fields, capabilities: { secrets, ...capabilities } }),
    owner,
    namespace: 'shop',
    name: 'shop-database',
    secret: 'database',
    keys: ['username', 'password'],
    ...more,
  };
}

function specOf(secret: Secret): { provider: string; parameters: Record<string, string>; secretObjects?: unknown } {
  return renderSecret(secret).objects[0]?.['spec'] as ReturnType<typeof specOf>;
}

test('Vault: the class reads one path of the KV engine and syncs its keys', () => {
  const { objects, diagnostics } = renderSecret(
    secretOn({ ...vault, address: 'https://vault.example.com:8200', authMount: 'eks-staging' }),
  );
  expect(diagnostics).toEqual([]);
  expect(objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n'))
    .toBe(`apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: shop-database
  namespace: shop
  labels:
    app.kubernetes.io/managed-by: fairlead
    app.kubernetes.io/name: shop
    app.kubernetes.io/part-of: shop
    cloud: any
    environment: staging
    team: shop-team
spec:
  provider: vault
  parameters:
    roleName: shop-database
    vaultAddress: https://vault.example.com:8200
    vaultKubernetesMountPath: eks-staging
    objects: |
      - objectName: "username"
        secretPath: "secret/data/staging/shop/database"
        secretKey: "username"
      - objectName: "password"
        secretPath: "secret/data/staging/shop/database"
        secretKey: "password"
  secretObjects:
    - secretName: shop-database
      type: Opaque
      labels:
        app.kubernetes.io/managed-by: fairlead
        app.kubernetes.io/name: shop
        app.kubernetes.io/part-of: shop
        cloud: any
        environment: staging
        team: shop-team
      data:
        - objectName: username
          key: username
        - objectName: password
          key: password
`);
});

describe('the other providers take other parameters', () => {
  test('AWS: one JSON secret, its properties by JMESPath, quoted where they must be', () => {
    const secret = secretOn(
      { implementation: 'aws', prefix: '{environment}/{app}', rotation: true },
      { keys: ['username', { key: 'password', remote: 'pass-word' }] },
    );
    const { provider, parameters } = specOf(secret);
    expect(provider).toBe('aws');
    expect(parameters.region).toBe('eu-west-1');
    expect(parameters).not.toHaveProperty('usePodIdentity');
    expect(parameters.objects).toBe(`- objectName: "staging/shop/database"
  objectType: "secretsmanager"
  jmesPath:
    - path: "username"
      objectAlias: "username"
    - path: "\\"pass-word\\""
      objectAlias: "password"
`);
    expect(parse(parameters.objects ?? '')[0].jmesPath[1].path).toBe('"pass-word"');
  });

  test('AWS with Pod Identity says so', () => {
    const secret = secretOn(
      { implementation: 'aws', prefix: 'x', rotation: true },
      {},
      { capabilities: { identity: { implementation: 'pod-identity' } } },
    );
    expect(specOf(secret).parameters.usePodIdentity).toBe('true');
  });

  test('Google: one secret per key, with a flat name', () => {
    const { provider, parameters, secretObjects } = specOf(
      secretOn({ implementation: 'gcp', prefix: '{environment}/{app}', rotation: true, project: 'shop-secrets' }),
    );
    expect(provider).toBe('gcp');
    expect(parse(parameters.secrets ?? '')).toEqual([
      {
        resourceName: 'projects/shop-secrets/secrets/staging-shop-database-username/versions/latest',
        path: 'username',
      },
      {
        resourceName: 'projects/shop-secrets/secrets/staging-shop-database-password/versions/latest',
        path: 'password',
      },
    ]);
    expect(secretObjects).toMatchObject([{ secretName: 'shop-database' }]);
  });

  test("Google's managed add-on syncs by an object of its own, as a ServiceAccount", () => {
    const capability: SecretsCapability = { implementation: 'gcp', prefix: 'x', rotation: true, addon: true };
    const secret = secretOn(capability, { serviceAccount: 'shop-api' });
    const { objects, diagnostics } = renderSecret(secret);
    expect(diagnostics).toEqual([]);
    expect(objects[0]).toMatchObject({ spec: { provider: 'gke' } });
    expect(objects[0]).not.toHaveProperty('spec.secretObjects');
    expect(objects[1]).toMatchObject({
      apiVersion: 'secret-sync.gke.io/v1',
      kind: 'SecretSync',
      metadata: { name: 'shop-database' },
      spec: {
        secretProviderClassName: 'shop-database',
        serviceAccountName: 'shop-api',
        secretObject: {
          data: [
            { sourcePath: 'username', targetKey: 'username' },
            { sourcePath: 'password', targetKey: 'password' },
          ],
        },
      },
    });
    expect(consumptionOf(secret)).toMatchObject({
      volume: { csi: { driver: 'secrets-store-gke.csi.k8s.io' } },
      mountRequired: false,
    });
    expect(
      renderSecret(secretOn(capability, {}, { kubernetes: '1.33' })).diagnostics.map((each) => each.message),
    ).toEqual([
      'secret shop/shop-database: GKE syncs Secrets from 1.34 on, and eks-staging runs 1.33',
      'secret shop/shop-database: a SecretSync needs the ServiceAccount that may read it',
    ]);
  });

  test('Azure: one Key Vault secret per key, as block strings in an array', () => {
    const secret = secretOn(
      { implementation: 'azure', prefix: '{environment}-{app}', rotation: true, keyVault: 'shop-kv', tenant: 'tenant' },
      { clientId: 'client', keys: ['db_password'] },
    );
    expect(specOf(secret)).toMatchObject({
      provider: 'azure',
      parameters: { usePodIdentity: 'false', clientID: 'client', keyvaultName: 'shop-kv', tenantId: 'tenant' },
    });
    expect(specOf(secret).parameters.objects).toBe(`array:
  - |
    objectName: "staging-shop-database-db-password"
    objectType: "secret"
    objectAlias: "db_password"
`);
  });

  test('External Secrets: an ExternalSecret of the same name', () => {
    const secret = secretOn({
      implementation: 'external-secrets',
      prefix: '{environment}/{app}',
      rotation: true,
      store: 'aws',
    });
    expect(renderSecret(secret)).toMatchObject({
      objects: [
        {
          apiVersion: 'external-secrets.io/v1',
          kind: 'ExternalSecret',
          metadata: { name: 'shop-database', namespace: 'shop' },
          spec: {
            refreshPolicy: 'Periodic',
            refreshInterval: '1h',
            secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' },
            target: { name: 'shop-database', creationPolicy: 'Owner' },
            data: [
              { secretKey: 'username', remoteRef: { key: 'staging/shop/database', property: 'username' } },
              { secretKey: 'password', remoteRef: { key: 'staging/shop/database', property: 'password' } },
            ],
          },
        },
      ],
      diagnostics: [],
    });
    expect(consumptionOf(secret)).toMatchObject({
      volume: { secret: { secretName: 'shop-database' } },
      mountRequired: false,
    });
  });
});

test.each(['vault', 'aws', 'gcp', 'azure', 'external-secrets'] as const)(
  'the objects of %s fit their schemas',
  (implementation) => {
    const { objects } = renderSecret(
      secretOn(
        { implementation, prefix: 'x', rotation: false, keyVault: 'kv', store: 's', tenant: 't' },
        { clientId: 'c' },
      ),
    );
    expect(objects.flatMap((object) => schemaFaults(object))).toEqual([]);
  },
);

test('a secret that only files want is not synced, and its volume is mounted for them alone', () => {
  const secret = secretOn(vault, { sync: false });
  expect(specOf(secret)).not.toHaveProperty('secretObjects');
  const consumption = consumptionOf(secret);
  expect(consumption).toEqual({
    secretName: 'shop-database',
    keys: ['username', 'password'],
    volume: {
      name: 'secret-database',
      csi: {
        driver: 'secrets-store.csi.k8s.io',
        readOnly: true,
        volumeAttributes: { secretProviderClass: 'shop-database' },
      },
    },
    mountRequired: false,
  });
  expect(secretMount(consumption, '/etc/db')).toEqual({
    name: 'secret-database',
    mountPath: '/etc/db',
    readOnly: true,
  });
});

test('a synced secret exists only while a pod mounts it, so the volume is required', () => {
  expect(consumptionOf(secretOn(vault)).mountRequired).toBe(true);
});

test('a key that an environment variable wants must be declared', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const secrets = new Secrets(chart, 'database', secretOn(vault));
  expect(secrets.key('password', 'shop/api')).toEqual({ secretKeyRef: { name: 'shop-database', key: 'password' } });
  expect(reported(secrets)).toEqual([]);
  secrets.key('passwort', 'shop/api');
  expect(reported(secrets)).toMatchObject([
    {
      code: 'secrets/undeclared-key',
      message: 'shop/api wants the key "passwort" of secret shop/shop-database, which does not declare it',
      hint: 'did you mean "password"? known: username, password',
    },
  ]);
});

describe('faults are diagnostics', () => {
  const azure: SecretsCapability = { implementation: 'azure', prefix: 'x', rotation: true };
  test.each<[string, Secret, string[]]>([
    ['a key twice', secretOn(vault, { keys: ['a', 'a'] }), ['secret shop/shop-database: the key a is declared twice']],
    ['a key that is none', secretOn(vault, { keys: ['a b'] }), ['secret shop/shop-database: "a b" is no key']],
    ['a key that leaves the folder', secretOn(vault, { keys: ['..'] }), ['secret shop/shop-database: ".." is no key']],
    ['no keys', secretOn(vault, { keys: [] }), ['secret shop/shop-database: it has no keys']],
    [
      'an unknown placeholder',
      secretOn({ ...vault, prefix: '{enviroment}/{app}' }),
      ['secret shop/shop-database: nothing replaces {enviroment} in "{enviroment}/{app}/database"'],
    ],
    [
      'a path with a wildcard of Vault',
      secretOn(vault, { path: 'shop/*' }),
      ['secret shop/shop-database: "shop/*" is no path of a secret'],
    ],
    [
      'Azure without settings',
      secretOn(azure),
      [
        "secret shop/shop-database: Azure Key Vault needs the vault's name",
        'secret shop/shop-database: Azure Key Vault needs the tenant',
        "secret shop/shop-database: Azure Key Vault needs the client id of the consumers' identity",
      ],
    ],
    [
      'names that become one',
      secretOn({ ...azure, keyVault: 'kv', tenant: 't' }, { clientId: 'c', keys: ['a_b', 'a.b'] }),
      ['secret shop/shop-database: two keys would be read from x-database-a-b'],
    ],
    [
      'External Secrets without store',
      secretOn({ implementation: 'external-secrets', prefix: 'x', rotation: false }),
      ['secret shop/shop-database: External Secrets needs a store'],
    ],
  ])('%s', (_, secret, messages) => {
    expect(renderSecret(secret).diagnostics.map((each) => each.message)).toEqual(messages);
  });
});

test('Vault grants each secret to its consumers and nothing else', () => {
  const secret = secretOn({ ...vault, authMount: 'eks-staging' });
  expect(
    vaultPolicy(secret.cluster, [
      { ...secret, serviceAccounts: ['shop-worker', 'shop-api'] },
      { ...secret, namespace: 'pci', serviceAccounts: ['payment'] },
    ]),
  ).toEqual({
    authMount: 'eks-staging',
    policies: {
      'eks-staging-shop-database': 'path "secret/data/staging/shop/database" {\n  capabilities = ["read"]\n}\n',
      'eks-staging-pci-shop-database': 'path "secret/data/staging/shop/database" {\n  capabilities = ["read"]\n}\n',
    },
    roles: {
      'shop-database': {
        bound_service_account_names: ['shop-api', 'shop-worker'],
        bound_service_account_namespaces: ['shop'],
        token_policies: ['eks-staging-shop-database'],
        token_ttl: '20m',
      },
      'pci-shop-database': {
        bound_service_account_names: ['payment'],
        bound_service_account_namespaces: ['pci'],
        token_policies: ['eks-staging-pci-shop-database'],
        token_ttl: '20m',
      },
    },
    diagnostics: [],
  });
});

test('where secrets are kept elsewhere, Vault grants nothing', () => {
  const secret = secretOn({ implementation: 'aws', prefix: 'x', rotation: true });
  expect(vaultPolicy(secret.cluster, [{ ...secret, serviceAccounts: ['shop-api'] }])).toMatchObject({
    policies: {},
    roles: {},
  });
});
