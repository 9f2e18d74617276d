import { diagnostic } from '@fairlead/diagnostics';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import type { Manifest } from '@fairlead/objects/manifest';
import { report } from '@fairlead/objects/report';
import { ApiObject, App, Chart, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { emit } from './emit.ts';
import { renderTree } from './render-tree.ts';

function chart(): Chart {
  return new Chart(new App(), 'hub', { namespace: 'hub' });
}

function configMap(name: string, rest: Record<string, unknown> = {}): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...rest };
}

const names = (root: Construct) =>
  renderTree(root).manifests.map(({ manifest }) => `${manifest.kind}/${manifest.metadata.name}`);

describe('what is rendered', () => {
  test('objects of any origin, each with its path', () => {
    const root = chart();
    new KubernetesObject(root, 'own', configMap('own'));
    new ApiObject(root, 'cdk8s', { ...configMap('cdk8s'), data: { at: Lazy.any({ produce: () => 'last' }) } });
    new kplus.k8s.KubeService(new Construct(root, 'nested'), 'l1', {
      metadata: { name: 'l1' },
      spec: { ports: [{ port: 80, targetPort: kplus.k8s.IntOrString.fromString('http') }] },
    });
    new kplus.Deployment(root, 'l2', { containers: [{ image: 'example.com/api', portNumber: 8080 }] });
    const { manifests, diagnostics } = renderTree(root.node.root);
    expect(diagnostics).toEqual([]);
    expect(manifests.map(({ path, manifest }) => `${manifest.kind} ${path}`)).toEqual([
      'ConfigMap hub/cdk8s',
      'ConfigMap hub/own',
      'Service hub/nested/l1',
      'Deployment hub/l2/Resource',
    ]);
    expect(manifests[0]?.manifest).toMatchObject({ data: { at: 'last' } });
    expect(manifests[2]?.manifest).toMatchObject({ spec: { ports: [{ port: 80, targetPort: 'http' }] } });
  });

  test('the order is that of kinds, namespaces and names, and neither of the tree, of ids like numbers, nor of dependencies', () => {
    const root = chart();
    const [b, , a] = ['b', '10', '2', 'a'].map((id) => new KubernetesObject(root, id, configMap(`map-${id}`)));
    new KubernetesObject(root, 'z', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'hub' } });
    new KubernetesObject(root, 'y', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } });
    a?.addDependency(b ?? root);
    expect(names(root)).toEqual([
      'Namespace/hub',
      'ConfigMap/map-10',
      'ConfigMap/map-2',
      'ConfigMap/map-a',
      'ConfigMap/map-b',
      'Widget/w',
    ]);
  });

  test('each object is asked once, since cdk8s-plus adds to a pod each time it is asked', () => {
    const root = chart();
    let asked = 0;
    new ApiObject(root, 'a', { ...configMap('a'), data: { n: Lazy.any({ produce: () => `${++asked}` }) } });
    renderTree(root);
    expect(asked).toBe(1);
  });

  test('sorting of keys is ours, whatever cdk8s was told by the environment', () => {
    process.env['CDK8S_DISABLE_SORT'] = '1';
    const root = chart();
    new ApiObject(root, 'a', { ...configMap('a'), data: { z: '1', a: '2' } });
    const [rendered] = renderTree(root).manifests;
    delete process.env['CDK8S_DISABLE_SORT'];
    expect(rendered && emit(rendered.manifest)).toContain('data:\n  a: "2"\n  z: "1"\n');
  });
});

describe('what is refused, with the construct and the pointer', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  class Secret {}
  const values: [what: string, value: unknown, code: string, pointer: string, problem: string][] = [
    ['NaN', { a: [1, NaN] }, 'render/not-a-number', '/data/a/1', 'is NaN'],
    ['Infinity', { a: -Infinity }, 'render/not-a-number', '/data/a', 'is -Infinity'],
    ['a Date', { a: new Date(0) }, 'render/unsupported-value', '/data/a', 'is a Date'],
    ['a Map', { 'a/b~c': new Map() }, 'render/unsupported-value', '/data/a~1b~0c', 'is a Map'],
    ['a class instance', { a: new Secret() }, 'render/unsupported-value', '/data/a', 'is a Secret'],
    ['a function', { a: () => 1 }, 'render/unsupported-value', '/data/a', 'is a function'],
    ['a symbol', { a: Symbol('a') }, 'render/unsupported-value', '/data/a', 'is a symbol'],
    ['a bigint', { a: 1n }, 'render/unsupported-value', '/data/a', 'is a bigint'],
    ['a hole', { a: ['x', undefined] }, 'render/missing-item', '/data/a/1', 'is undefined'],
    ['a cycle', { a: cycle }, 'render/cycle', '/data/a/self', 'contains itself'],
    [
      '__proto__',
      JSON.parse('{"a": {"__proto__": 1}}'),
      'render/unsafe-key',
      '/data/a/__proto__',
      'has the key __proto__',
    ],
    ['half an emoji', { a: '😀'.slice(0, 1) }, 'render/ill-formed-text', '/data/a', 'holds half of a surrogate pair'],
  ];
  test.each(values)('%s', (_, data, code, pointer, problem) => {
    const root = chart();
    new KubernetesObject(root, 'broken', configMap('broken', { data }));
    const { manifests, diagnostics } = renderTree(root);
    expect(manifests).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code,
        severity: 'error',
        pointer,
        message: `${pointer} of ConfigMap "broken" ${problem} (construct hub/broken)`,
        object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'broken', namespace: 'hub' },
      },
    ]);
  });

  test('parts that multiply beyond what a cluster takes', () => {
    const root = chart();
    let data: unknown = ['x'];
    for (let level = 0; level < 40; level++) data = [data, data];
    new KubernetesObject(root, 'bomb', configMap('bomb', { data }));
    expect(renderTree(root).diagnostics.map(({ code }) => code)).toEqual(['render/too-large']);
  });

  test('null is left out, with a warning', () => {
    const root = chart();
    new KubernetesObject(root, 'a', configMap('a', { data: { gone: null, kept: [null] } }));
    const { manifests, diagnostics } = renderTree(root);
    expect(manifests[0]?.manifest['data']).toEqual({ kept: [null] });
    expect(diagnostics).toMatchObject([{ code: 'render/null-dropped', severity: 'warning', pointer: '/data/gone' }]);
  });

  test('an object that is made twice, naming both', () => {
    const root = chart();
    new KubernetesObject(root, 'first', { ...configMap('a'), apiVersion: 'apps/v1', kind: 'Deployment' });
    new KubernetesObject(root, 'second', { ...configMap('a'), apiVersion: 'apps/v1beta1', kind: 'Deployment' });
    expect(renderTree(root).diagnostics).toMatchObject([
      {
        code: 'render/duplicate-object',
        message: 'Deployment "a" in namespace hub is made twice: by construct hub/first and by construct hub/second',
      },
    ]);
  });

  test('an object that throws, and one without a kind; the others are still rendered', () => {
    const root = chart();
    const thrower = () => {
      throw new Error('no image');
    };
    new ApiObject(root, 'thrower', { ...configMap('a'), data: { image: Lazy.any({ produce: thrower }) } });
    new KubernetesObject(root, 'kindless', { ...configMap('b'), kind: '' });
    new KubernetesObject(root, 'fine', configMap('c'));
    const { manifests, diagnostics } = renderTree(root);
    expect(manifests.map(({ path }) => path)).toEqual(['hub/fine']);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(
        /^render\/failed: ConfigMap "a" cannot be rendered: .*no image.*\(construct hub\/thrower\)$/,
      ),
      'render/incomplete-object: an object lacks kind (construct hub/kindless)',
    ]);
  });

  test('what constructs report and what their validations say, each once', () => {
    const root = chart();
    const found = diagnostic('app/failed', { message: 'reported' });
    report(root, found);
    root.node.addValidation({ validate: () => ['validated'] });
    const { diagnostics } = renderTree(root);
    expect(diagnostics).toMatchObject([found, { code: 'render/validation', message: 'validated (construct hub)' }]);
  });
});
