import { shared } from '@fairlead/objects/plain';
import { expect, test } from 'vitest';
import { registry } from './registry.ts';

const service = (ports: unknown) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api' },
  spec: { ports },
});
const errorsOf = (manifest: ReturnType<typeof service>): string[] =>
  (registry.validatorFor('1.34', 'v1', 'Service')?.(manifest) ?? []).map(({ pointer }) => pointer);

test('a shared part that is wrong is wrong wherever it stands', () => {
  const ports = shared([{ port: '80' }]);
  expect([errorsOf(service(ports)), errorsOf(service(ports))]).toEqual([
    ['/spec/ports/0/port'],
    ['/spec/ports/0/port'],
  ]);
});

test('a shared part that fits in one place is looked at anew in another', () => {
  const labels = shared({ app: 'api' });
  const fits = { ...service([{ port: 80 }]), metadata: { name: 'api', labels } };
  expect(errorsOf(fits)).toEqual([]);
  expect(errorsOf(service(shared([labels])))).not.toEqual([]);
});
