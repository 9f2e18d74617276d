import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { registry } from './registry.ts';

const definition: unknown = parse(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Cluster
  names: { kind: Widget, plural: widgets }
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            apiVersion: { type: string }
            kind: { type: string }
            metadata: { type: object }
            status: { type: object, properties: { ready: { type: boolean } } }
            spec:
              type: object
              required: [size]
              properties:
                size: { type: integer, minimum: 1, maximum: 5, exclusiveMaximum: true }
                port: { x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] }
                note: { type: string, nullable: true }
                mode: { type: string, enum: [fast, slow] }
                free: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { known: { type: string } } }
                labels: { type: object, additionalProperties: { type: string } }
                any: { x-kubernetes-preserve-unknown-fields: true }
                template: { type: object, x-kubernetes-embedded-resource: true, properties: { spec: { type: object } } }
                source:
                  type: object
                  properties: { git: { type: string }, oci: { type: string } }
                  oneOf: [{ required: [git] }, { required: [oci] }]
    - name: v1alpha1
      served: false
      schema: { openAPIV3Schema: { type: object } }
`);
const extended = registry.withDefinitions([definition, { kind: 'CustomResourceDefinition' }, null]);

const widget = (spec: string): { apiVersion: string; kind: string } =>
  parse(`{apiVersion: example.com/v1, kind: Widget, metadata: {name: a}, spec: ${spec}, status: {anything: 1}}`) as {
    apiVersion: string;
    kind: string;
  };

test.each([
  '{size: 1}',
  '{size: 4, port: 80, note: null, mode: fast}',
  '{size: 1, port: http, free: {known: a, other: 1}, labels: {a: b}, any: [1, {a: b}]}',
  '{size: 1, template: {apiVersion: v1, kind: Pod, metadata: {labels: {a: b}}, spec: {}}}',
  '{size: 1, source: {git: a}}',
])('takes %s', (spec) => {
  expect(extended.validate('1.36', widget(spec))).toEqual([]);
});

test.each([
  ['{size: 5}', '/spec/size must be less than 5, is 5'],
  ['{size: 0}', '/spec/size must be at least 1, is 0'],
  ['{size: 1, sise: 1}', '/spec/sise unknown field "sise"'],
  ['{size: 1, port: true}', '/spec/port must be string or integer, is boolean true'],
  ['{size: 1, mode: null}', '/spec/mode must be string, is empty (null)'],
  ['{size: 1, free: {known: 1}}', '/spec/free/known must be string, is number 1'],
  ['{size: 1, labels: {a: 1}}', '/spec/labels/a must be string, is number 1'],
  ['{size: 1, template: {spce: {}}}', '/spec/template/spce unknown field "spce"'],
  ['{size: 1, source: {}}', '/spec/source needs one of the fields git, oci'],
  ['{size: 1, source: {git: a, oci: b}}', '/spec/source fits more than one of its alternatives: git, oci'],
  ['{}', '/spec missing field "size"'],
])('refuses %s', (spec, expected) => {
  expect(extended.validate('1.36', widget(spec))?.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
    expected,
  ]);
});

test('a version that is not served, and a registry without the definition, know nothing of it', () => {
  expect(extended.validatorFor('1.36', 'example.com/v1alpha1', 'Widget')).toBeUndefined();
  expect(registry.validatorFor('1.36', 'example.com/v1', 'Widget')).toBeUndefined();
  expect(extended.kinds('1.36')).toContainEqual({
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    plural: 'widgets',
    namespaced: false,
  });
  expect(extended.validatorFor('1.36', 'apps/v1', 'Deployment')).toBeDefined();
});
