import type { Manifest } from '@fairlead/objects';
import type { Placement } from '@fairlead/render';
import { describe, expect, test } from 'vitest';
import { clusterWith, placement } from '../test/fixtures.ts';
import { gitopsManifests } from './gitops-manifests.ts';

const platform = placement(
  'platform',
  '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: block } }',
);
const plain = placement('plain', '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: plain } }');
const staged = placement(
  'shop',
  `{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: shop } }
---
{ apiVersion: batch/v1, kind: Job, metadata: { name: schema, namespace: shop, annotations: { fairlead.dev/stage: "1" } }, spec: { activeDeadlineSeconds: 900 } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop, annotations: { fairlead.dev/stage: "2" } } }`,
);

function flux(...placements: Placement[]) {
  return gitopsManifests(clusterWith('flux'), placements)
    .map(({ manifest }) => manifest as Manifest & { spec: Record<string, unknown> })
    .filter(({ kind, metadata }) => kind === 'Kustomization' && metadata.name !== 'fairlead')
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      after: spec['dependsOn'],
      leavesOut: (spec['patches'] as { target: { annotationSelector: string } }[] | undefined)?.map(
        ({ target }) => target.annotationSelector,
      ),
      timeout: spec['timeout'],
    }));
}

describe('the order of a delivery', () => {
  test('is a Kustomization per stage on Flux, the last with the name of the app, each with time for its Jobs', () => {
    expect(flux(staged)).toEqual([
      { name: 'shop-stage-0', leavesOut: ['fairlead.dev/stage'], timeout: '5m' },
      {
        name: 'shop-stage-1',
        after: [{ name: 'shop-stage-0' }],
        leavesOut: ['fairlead.dev/stage!=1'],
        timeout: '16m',
      },
      { name: 'shop', after: [{ name: 'shop-stage-1' }], leavesOut: ['fairlead.dev/stage!=2'], timeout: '11m' },
    ]);
  });

  test('waits as long as Kubernetes lets a roll-out take, and no longer where nothing runs', () => {
    const slow = placement(
      'slow',
      '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a, namespace: slow }, spec: { progressDeadlineSeconds: 1200 } }',
    );
    const set = placement('set', '{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: a, namespace: set } }');
    expect(flux(slow, set, plain).map(({ name, timeout }) => [name, timeout])).toEqual([
      ['slow', '21m'],
      ['set', '11m'],
      ['plain', '5m'],
    ]);
  });

  test('begins with the apps that own what others refer to', () => {
    expect(flux(plain, platform, staged).map(({ name, after }) => ({ name, after }))).toEqual([
      { name: 'plain', after: [{ name: 'platform' }] },
      { name: 'platform', after: undefined },
      { name: 'shop-stage-0', after: [{ name: 'platform' }] },
      { name: 'shop-stage-1', after: [{ name: 'shop-stage-0' }] },
      { name: 'shop', after: [{ name: 'shop-stage-1' }] },
    ]);
    const applications = gitopsManifests(clusterWith('argocd'), [plain, platform])
      .map(({ manifest }) => manifest)
      .filter(({ kind }) => kind === 'Application');
    expect(
      applications.map(({ metadata }) => [metadata.name, metadata.annotations?.['argocd.argoproj.io/sync-wave']]),
    ).toEqual([
      ['fairlead', undefined],
      ['plain', undefined],
      ['platform', '-1'],
    ]);
  });

  test('is none where all apps own such things, or none does', () => {
    expect(flux(platform)).toMatchObject([{ name: 'platform', after: undefined }]);
    expect(flux(plain)).toMatchObject([{ name: 'plain', after: undefined }]);
  });
});
