import { defineApp } from '@fairlead/app';
import { expect, test } from 'vitest';
import { renderApp } from './render-app.ts';
import { testCluster } from './test-cluster.ts';

const shop = defineApp({
  name: 'shop',
  owner: 'shop-team',
  build({ app }) {
    const credentials = app.secret('database', { keys: ['password'] });
    const env = { PASSWORD: credentials.key('password') };
    for (const name of ['api', 'worker']) app.deployment(name, { image: `ghcr.io/example/${name}:1.0.0`, env });
  },
});

/** What is told of AKS with Key Vault, whose identity settings are these. */
function told(identity: Readonly<Record<string, unknown>>): (string | undefined)[] {
  const cluster = testCluster({
    cluster: {
      provider: 'aks',
      region: 'westeurope',
      account: '00000000-0000-4000-8000-000000000000',
      network: {},
      capabilities: {
        identity: { tenant: '00000000-0000-4000-8000-000000000001', ...identity },
        secrets: { implementation: 'azure', keyVault: 'shop' },
      },
    },
  });
  return renderApp(shop, cluster).diagnostics.flatMap(({ severity, code, message, hint }) =>
    severity === 'error' ? [`${code}: ${message}`, hint] : [],
  );
}

test('an identity that the cluster does not state is told once for an app, its workloads and their secrets', () => {
  expect(told({})).toEqual([
    'identity/missing-setting: workloads shop/api, shop/worker want a cloud identity, and cluster test does not say which',
    'set capabilities.identity.principals["shop"], or one for each as in ["shop/api"], or capabilities.identity.pattern to the client id of a managed identity, a GUID',
  ]);
});

test('a workload that alone has none is told alone, and one is enough for all', () => {
  const client = '00000000-0000-4000-8000-000000000002';
  expect(told({ principals: { 'shop/api': client } })).toEqual([
    'identity/missing-setting: workload shop/worker wants a cloud identity, and cluster test does not say which',
    'set capabilities.identity.principals["shop/worker"] or capabilities.identity.pattern to the client id of a managed identity, a GUID',
  ]);
  expect(told({ principals: { shop: client } })).toEqual([]);
});
