import type { Manifest } from '@fairlead/objects';
import type { Placement } from '@fairlead/render';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { clusterWith, placement } from '../test/fixtures.ts';
import { gitopsManifests } from './gitops-manifests.ts';

const shop = placement(
  'shop',
  `{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: shop-web, namespace: shop } }
---
{ apiVersion: v1, kind: Service, metadata: { name: shop-web, namespace: shop } }
---
{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: shop-web } }
---
{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: shop-web, namespace: ingress } }
`,
);

/** The delivery object of a kind and name. */
function delivered(engine: 'argocd' | 'flux', placements: readonly Placement[], kind: string, name: string): Manifest {
  const all = gitopsManifests(clusterWith(engine), placements).map(({ manifest }) => manifest);
  const found = all.find((each) => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name} among ${all.map((each) => each.metadata.name).join()}`);
  return found;
}

const yaml = (value: unknown): string => stringify(value, { sortMapEntries: true });

describe('Argo CD', () => {
  test('the project admits the kinds, namespaces and the repository of the placements and nothing else', () => {
    expect(yaml(delivered('argocd', [shop], 'AppProject', 'fairlead')['spec'])).toBe(`clusterResourceWhitelist:
  - group: ""
    kind: Namespace
  - group: rbac.authorization.k8s.io
    kind: ClusterRole
description: What Fairlead renders for this cluster
destinations:
  - namespace: argocd
    server: https://kubernetes.default.svc
  - namespace: ingress
    server: https://kubernetes.default.svc
  - namespace: shop
    server: https://kubernetes.default.svc
sourceRepos:
  - https://git.example.com/fleet.git
`);
  });

  test('an app that leaves git leaves the cluster; the root never takes everything with it', () => {
    const app = delivered('argocd', [shop], 'Application', 'shop');
    expect(app.metadata['finalizers']).toEqual(['resources-finalizer.argocd.argoproj.io']);
    expect(delivered('argocd', [shop], 'Application', 'fairlead').metadata).not.toHaveProperty('finalizers');
  });

  test('an app is read from its own folder as plain YAML, and kept as git says', () => {
    expect(delivered('argocd', [shop], 'Application', 'shop')['spec']).toMatchObject(
      parse(`destination: { namespace: shop, server: https://kubernetes.default.svc }
project: fairlead
source: { path: dist/clusters/dc/shop, targetRevision: main, directory: { include: '*.yaml' } }
syncPolicy: { automated: { prune: true, selfHeal: true } }
`) as object,
    );
  });
});

describe('Flux', () => {
  test('an app is ready when it works; the root does not wait, because it would wait for itself', () => {
    expect(delivered('flux', [shop], 'Kustomization', 'shop')['spec']).toMatchObject({
      path: './dist/clusters/dc/shop',
      prune: true,
      wait: true,
    });
    expect(delivered('flux', [shop], 'Kustomization', 'fairlead')['spec']).toMatchObject({
      path: './dist/clusters/dc/flux-system',
      wait: false,
    });
  });

  test('everything comes from one repository', () => {
    expect(delivered('flux', [shop], 'GitRepository', 'fairlead')['spec']).toMatchObject({
      ref: { branch: 'main' },
      url: 'https://git.example.com/fleet.git',
    });
  });
});

describe('what the cluster writes into objects', () => {
  const gateway = placement(
    'shop',
    `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: shop, namespace: shop }
spec:
  listeners:
  - { name: http, port: 80, protocol: HTTP }
  - name: https
    port: 443
    protocol: HTTPS
    tls: { options: { kubernetes.azure.com/tls-cert-keyvault-uri: 'https://shop.vault.azure.net/certificates/shop' } }
`,
  );
  const other = placement('blog', '{ apiVersion: v1, kind: Namespace, metadata: { name: blog } }');

  test('certificates in listeners are no difference to Argo CD, and stay when it syncs', () => {
    const { spec } = delivered('argocd', [gateway, other], 'Application', 'shop');
    expect(spec).toMatchObject({
      ignoreDifferences: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          namespace: 'shop',
          name: 'shop',
          jsonPointers: ['/spec/listeners/1/tls/certificateRefs'],
        },
      ],
    });
    expect(spec).toHaveProperty('syncPolicy.syncOptions', expect.arrayContaining(['RespectIgnoreDifferences=true']));
  });

  test('certificates in listeners are left alone by Flux', () => {
    expect(delivered('flux', [gateway, other], 'Kustomization', 'shop')['spec']).toHaveProperty('ignore', [
      {
        paths: ['/spec/listeners/1/tls/certificateRefs'],
        target: { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'shop', name: 'shop' },
      },
    ]);
  });

  test('fields of newer definitions, which older ones would refuse if they were stated, are no difference to Argo CD', () => {
    const limit = placement(
      'limit',
      `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: { name: limit, namespace: limit }
spec:
  rateLimit:
    type: Local
    local: { rules: [{ clientSelectors: [{ sourceCIDR: { type: Distinct, value: 0.0.0.0/0 } }] }] }
`,
    );
    expect(delivered('argocd', [limit], 'Application', 'limit')).toHaveProperty(
      'spec.ignoreDifferences.0.jsonPointers',
      ['/spec/rateLimit/local/rules/0/clientSelectors/0/sourceCIDR/invert'],
    );
    // Flux asks the API server for differences, so it sees none.
    expect(delivered('flux', [limit], 'Kustomization', 'limit')['spec']).not.toHaveProperty('ignore');
  });

  test.each([
    ['argocd', 'Application', 'blog'],
    ['argocd', 'Application', 'fairlead'],
    ['flux', 'Kustomization', 'blog'],
    ['flux', 'Kustomization', 'fairlead'],
  ] as const)('concerns nobody else: %s %s %s', (engine, kind, name) => {
    expect(JSON.stringify(delivered(engine, [gateway, other], kind, name))).not.toMatch(/ignore/i);
  });
});
