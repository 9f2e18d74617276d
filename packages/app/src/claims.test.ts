import { expect, test } from 'vitest';
import type { Claims } from './claims.ts';
import { checkClaims } from './claims.ts';

const shop: Claims = { app: 'shop', namespaces: ['shop'], routes: ['shop.example.com/'] };

test.each<[what: string, other: Claims, told: string[]]>([
  ['each its own', { app: 'cart', namespaces: ['cart'], routes: ['shop.example.com/cart'] }, []],
  ['one namespace', { app: 'cart', namespaces: ['shop'], routes: [] }, ['namespace "shop"']],
  ['one host and path', { app: 'cart', namespaces: ['cart'], routes: ['shop.example.com/'] }, ['shop.example.com/']],
])('two apps of a cluster: %s', (_, other, told) => {
  expect(checkClaims('eks-dev', [shop, other]).map(({ message }) => message)).toEqual(
    told.map((what) => `app "cart" (apps/cart/app.ts) claims ${what}, which is that of app "shop" (apps/shop/app.ts)`),
  );
});

test('no app can have a namespace of Kubernetes itself', () => {
  const claims = [{ app: 'dns', namespaces: ['kube-system'], routes: [] }];
  expect(checkClaims('eks-dev', claims).map(({ message }) => message)).toEqual([
    'app "dns" claims namespace "kube-system", which is that of Kubernetes itself',
  ]);
});
