import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { nativeSchemaPath } from '../src/schema-path.ts';
import { schemaVersions } from '../src/versions.ts';
import { registry } from './registry.ts';

// The validator of this package is small and its own; ajv, reading the same files, is the judge of it.

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, labels: { app: api } }
spec:
  replicas: 2
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - { name: api, image: example.com/api:1, ports: [{ containerPort: 80, protocol: TCP }], resources: { limits: { cpu: 1, memory: 1Gi } }, livenessProbe: { httpGet: { path: /, port: http } } }
`;

const odd = fc.constantFrom<unknown>(
  null,
  true,
  'a',
  '',
  '1Gi',
  '1GB',
  0,
  -1,
  1.5,
  70000,
  [],
  {},
  [null],
  { a: 1 },
  { name: 'a' },
);

/** Puts `value` at one of the places of `tree`, or an unknown field beside it. */
function changed(tree: unknown, place: number, value: unknown, field: string | undefined): void {
  const places: (readonly [object, string])[] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      places.push([node, name]);
      collect(child);
    }
  };
  collect(tree);
  const [parent, name] = places[place % places.length] ?? [{}, ''];
  Object.assign(parent, { [Array.isArray(parent) ? name : (field ?? name)]: value });
}

test.each(schemaVersions)(
  'a changed Deployment of %s is judged as ajv judges it, and every refusal is explained',
  (version) => {
    const path = nativeSchemaPath(version, 'apps/v1', 'Deployment');
    const schema = JSON.parse(readFileSync(new URL(`../registry/${path}`, import.meta.url), 'utf8')) as object;
    const ajv = new Ajv2020({ strict: false }).compile(schema);
    const validator = registry.validatorFor(version, 'apps/v1', 'Deployment');
    const field = fc.option(fc.constantFrom('unknown', 'name', 'env', 'namespace'), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200), odd, field), { minLength: 1, maxLength: 2 }), (changes) => {
        const manifest: unknown = parse(deployment);
        for (const [place, value, name] of changes) changed(manifest, place, structuredClone(value), name);
        expect(validator?.(manifest).length === 0).toBe(ajv(manifest));
      }),
      { numRuns: 300 },
    );
  },
);
