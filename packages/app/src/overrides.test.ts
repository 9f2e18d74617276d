import { sampleCluster } from '@fairlead/fixtures';
import { expect, test } from 'vitest';
import { buildApp } from './build-app.ts';
import { defineApp } from './definition.ts';

const row = { replicas: 2, version: '1.3', cache: false, edge: { minimumTls: '1.3', limits: { api1: 10 } }, host: 'a' };
const definition = defineApp({ name: 'shop', owner: 'shop-team', values: { production: row }, build: () => undefined });

function told(values: Readonly<Record<string, unknown>>): string[] {
  const cluster = { ...sampleCluster({}), apps: [{ name: 'shop', values }] };
  const environment = { ...cluster.environment, name: 'production' };
  return buildApp(definition, { ...cluster, environment }).diagnostics.map(
    ({ code, message, pointer, hint }) => `${code} ${pointer ?? ''}: ${message} (${hint ?? ''})`,
  );
}

test.each<[values: Readonly<Record<string, unknown>>, pointer: string, hint: string]>([
  [{ replicsa: 3 }, '/apps/shop/values/replicsa', 'did you mean "replicas"?'],
  [{ replicas: '3' }, '/apps/shop/values/replicas', 'write it without quotes: 3'],
  [{ version: 1.4 }, '/apps/shop/values/version', "write it in quotes: '1.4'"],
  [{ cache: 'yes' }, '/apps/shop/values/cache', 'write true, without quotes'],
  [{ edge: { minimumTls: 1.2 } }, '/apps/shop/values/edge/minimumTls', "write it in quotes: '1.2'"],
  [{ edge: { minimumTsl: '1.2' } }, '/apps/shop/values/edge/minimumTsl', 'did you mean "minimumTls"?'],
])('an override that can only be a slip is told: %j', (values, pointer, hint) => {
  expect(told(values)).toEqual([expect.stringMatching(`^app/unknown-value ${pointer}: `)]);
  expect(told(values)[0]).toContain(hint);
});

test.each<[values: Readonly<Record<string, unknown>>]>([
  [{ replicas: { min: 2, max: 4 } }],
  [{ replicas: '25%' }],
  [{ cache: 'redis.example.com' }],
  [{ host: 3 }],
  [{ edge: { limits: { api2: 20 } } }],
  [{ edge: { rateLimit: 5 } }],
])('what an app may well take is not: %j', (values) => {
  expect(told(values)).toEqual([]);
});
