import { ApiObject, App, Chart, JsonPatch, Lazy, type IResolver } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { KubernetesObject } from './kubernetes-object.ts';
import type { Json, Manifest } from './manifest.ts';
import { shared } from './plain.ts';

const deployment: Manifest = {
  kind: 'Deployment',
  apiVersion: 'apps/v1',
  metadata: { name: 'api', labels: { team: 'hub' }, annotations: {}, finalizers: [] },
  spec: { replicas: undefined, template: { b: [1, { z: '', a: false }], a: null, 10: 0, 9: {} }, paused: false },
  data: 1,
};

function pair(
  manifest: Manifest,
  props: { resolvers?: IResolver[] } = {},
): [ours: KubernetesObject, theirs: ApiObject] {
  const chart = (app: App) => new Chart(app, 'chart', { namespace: 'hub', labels: { cloud: 'eks', team: 'default' } });
  return [
    new KubernetesObject(chart(new App(props)), 'it', manifest),
    new ApiObject(chart(new App(props)), 'it', manifest),
  ];
}

const changes: [what: string, change: (object: ApiObject) => void][] = [
  ['as it is', () => undefined],
  ['a label', (object) => object.metadata.addLabel('added', 'yes')],
  ['an annotation', (object) => object.metadata.addAnnotation('example.com/added', 'yes')],
  ['other metadata', (object) => object.metadata.add('generation', { empty: {}, deep: { list: [] } })],
  ['a finalizer', (object) => object.metadata.addFinalizers('example.com/wait')],
  [
    'a patch',
    (object) => object.addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 5), JsonPatch.remove('/spec/paused')),
  ],
  ['a patch of metadata', (object) => object.addJsonPatch(JsonPatch.add('/metadata/labels/x', 'y'))],
];

const withSharedLabels: Manifest = {
  ...deployment,
  metadata: { name: 'api', labels: shared({ cloud: 'eks', team: 'hub' }) },
};

describe.each([
  ['an object', deployment],
  ['one with shared labels', withSharedLabels],
])('%s gives what an ApiObject gives, with keys in its order', (_what, manifest) => {
  test.each(changes)('%s', (_, change) => {
    const [ours, theirs] = pair(manifest);
    change(ours);
    change(theirs);
    expect(ours.toJson()).toStrictEqual(theirs.toJson());
    expect(Object.keys(ours.toJson() ?? {})).toEqual(Object.keys(theirs.toJson()));
  });
});

test('shared labels stay the same object until a label is added', () => {
  const labelsOf = (object: KubernetesObject): unknown =>
    (object.toPlain().value as { metadata: { labels: Json } }).metadata.labels;
  const [ours] = pair(withSharedLabels);
  expect(labelsOf(ours)).toBe(withSharedLabels.metadata.labels);
  ours.metadata.addLabel('added', 'yes');
  expect(labelsOf(ours)).toEqual({ cloud: 'eks', team: 'hub', added: 'yes' });
});

test('an object without metadata gets the name that cdk8s makes', () => {
  const { metadata, ...nameless } = deployment;
  const [ours, theirs] = pair(nameless as unknown as Manifest);
  expect(metadata.name).toBe('api');
  expect(ours.toJson()).toStrictEqual(theirs.toJson());
});

test("tokens and an App's own resolvers are left to cdk8s", () => {
  const lazy = { ...deployment, spec: { replicas: Lazy.any({ produce: () => 3 }), min: { resolve: () => 1 } } };
  const [ours, theirs] = pair(lazy);
  expect(ours.toJson()).toStrictEqual(theirs.toJson());
  const double: IResolver = {
    resolve: (context) => {
      if (context.value === 'hub') context.replaceValue('HUB');
    },
  };
  const [resolved, expected] = pair(deployment, { resolvers: [double] });
  expect(resolved.toJson()).toStrictEqual(expected.toJson());
  expect(resolved.toJson()).toMatchObject({ metadata: { labels: { team: 'HUB' } } });
});

test('what it returns can be changed without changing what was given', () => {
  const shared = { app: 'api' };
  const [ours] = pair({ ...deployment, spec: { selector: shared, template: shared } });
  const first = ours.toJson();
  expect(first).toMatchObject({ spec: { selector: shared, template: shared } });
  Object.assign(first ?? {}, { spec: 1 });
  expect(ours.toJson()).toMatchObject({ spec: { selector: shared } });
});

test('toJson refuses what cdk8s would pass on', () => {
  const [ours] = pair({ ...deployment, spec: { replicas: NaN } });
  expect(() => ours.toJson()).toThrow("at path 'chart/it' with name 'api': /spec/replicas is NaN");
});

test('instanceof tells it from other ApiObjects', () => {
  const [ours, theirs] = pair(deployment);
  expect([ours instanceof KubernetesObject, theirs instanceof KubernetesObject]).toEqual([true, false]);
});
