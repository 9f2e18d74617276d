import { testCluster } from '@fairlead/testing';
import { expect, test } from 'vitest';
import { unusedNamespaces } from './unused-namespaces.ts';

test('a quota of a namespace that no app makes is told, with the nearest one that is made', () => {
  const cluster = testCluster({
    environment: { namespaces: { shop: { quota: { pods: 5 } }, shpo: { quota: { pods: 5 } } } },
  });
  const paths = [`${cluster.name}/shop/namespace-shop.yaml`, `${cluster.name}/shop/service-shop-web.yaml`];
  expect(unusedNamespaces([cluster], paths).map(({ file, message, hint }) => [file, message, hint])).toEqual([
    [
      'environments/production.yaml',
      'namespaces names "shpo", which no app makes on a cluster of environment production',
      'did you mean "shop"? known: shop',
    ],
  ]);
});
