import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Manifest } from '@fairlead/objects/manifest';
import { listDefaults, stateDefaults } from './list-defaults.ts';

/** Folder of a version's built-in kinds. */
const builtIn = 'v1.34.0-standalone-strict';

const manifest = (text: string): Manifest => parse(text) as Manifest;

describe('what a definition fills into lists', () => {
  test('is stated, in lists within what is filled in too', () => {
    const route = manifest(`
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: { name: web }
      spec:
        parentRefs: [{ name: public }]
        rules:
          - backendRefs: [{ name: web, port: 80 }]
          - matches: [{ path: { value: /api } }, { headers: [{ name: x-canary, value: '1' }] }]
            backendRefs: [{ name: api, port: 80, weight: 9 }, { kind: ServiceImport, group: multicluster.x-k8s.io, name: far, port: 80 }]
    `);
    expect(stateDefaults(route)['spec']).toEqual(
      parse(`
        parentRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]
        rules:
          - backendRefs: [{ group: '', kind: Service, name: web, port: 80, weight: 1 }]
            matches: [{ path: { type: PathPrefix, value: / } }]
          - matches:
              - path: { type: PathPrefix, value: /api }
              - path: { type: PathPrefix, value: / }
                headers: [{ type: Exact, name: x-canary, value: '1' }]
            backendRefs:
              - { group: '', kind: Service, name: api, port: 80, weight: 9 }
              - { group: multicluster.x-k8s.io, kind: ServiceImport, name: far, port: 80, weight: 1 }
      `),
    );
  });

  test('is stated in pods and claim templates, where Argo CD does not know it', () => {
    const set = manifest(`
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: { name: store }
      spec:
        template:
          spec:
            containers:
              - name: store
                env:
                  - { name: MEMORY, valueFrom: { resourceFieldRef: { resource: limits.memory } } }
                  - { name: CPU, valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: 1m } } }
                  - { name: IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
            volumes:
              - downwardAPI: { items: [{ path: cpu, resourceFieldRef: { containerName: store, resource: limits.cpu } }] }
        volumeClaimTemplates: [{ metadata: { name: data } }]
    `);
    expect(stateDefaults(set)['spec']).toEqual(
      parse(`
        template:
          spec:
            containers:
              - name: store
                env:
                  - { name: MEMORY, valueFrom: { resourceFieldRef: { resource: limits.memory, divisor: '0' } } }
                  - { name: CPU, valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: 1m } } }
                  - { name: IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
            volumes:
              - downwardAPI:
                  items: [{ path: cpu, resourceFieldRef: { containerName: store, resource: limits.cpu, divisor: '0' } }]
        volumeClaimTemplates: [{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data } }]
      `),
    );
  });

  test('leaves alone what is stated, what has no list, and what is malformed', () => {
    for (const text of [
      '{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}, spec: {endpoints: [{relabelings: [{action: drop}]}]}}',
      '{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}, spec: {endpoints: [{port: http}]}}',
      '{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}, spec: {endpoints: {relabelings: [x]}}}',
      '{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}}',
      '{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: {containers: [{name: a}]}}}}',
    ]) {
      const given = manifest(text);
      expect(stateDefaults(given)).toBe(given);
    }
  });

  test('does not change the argument', () => {
    const given = manifest(
      '{apiVersion: karpenter.sh/v1, kind: NodePool, metadata: {name: a}, spec: {disruption: {budgets: [{reasons: [Drifted]}]}}}',
    );
    const before = structuredClone(given);
    expect(stateDefaults(given)).toMatchObject({ spec: { disruption: { budgets: [{ nodes: '10%' }] } } });
    expect(given).toEqual(before);
  });
});

test.each([...listDefaults.keys()])('every field filled in is one that the schema of %s knows', (kind) => {
  const [apiVersion = '', name = ''] = kind.split(' ');
  const [group, version] = apiVersion.split('/');
  const custom = group?.includes('.') === true;
  const path = custom
    ? `crds/${group}/${name.toLowerCase()}_${version}`
    : `${builtIn}/${name.toLowerCase()}-${group}-${version}`;
  const file = new URL(`../../schemas/registry/${path}.json`, import.meta.url);
  const root = JSON.parse(readFileSync(file, 'utf8')) as Schema;
  const follow = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref === undefined ? schema : follow(root.$defs?.[schema.$ref.replace('#/$defs/', '')]);
  for (const [path] of listDefaults.get(kind) ?? []) {
    let at: Schema | undefined = root;
    for (const step of path.split('.')) {
      at = follow(follow(at)?.properties?.[step.replace('[]', '')]);
      if (step.endsWith('[]')) at = follow(at?.items);
    }
    expect(at, path).toBeDefined();
  }
});

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
