import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileName } from './file-name.ts';

const file = (apiVersion: string, kind: string, name: string, namespace?: string) =>
  fileName({ apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }, 'hub');

test.each([
  ['apps/v1', 'Deployment', 'hub-api', 'hub', 'deployment-hub-api.yaml'],
  ['v1', 'Namespace', 'hub', undefined, 'namespace-hub.yaml'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor', 'hub-api', 'hub', 'servicemonitor-hub-api.yaml'],
  // another namespace
  ['rbac.authorization.k8s.io/v1', 'Role', 'reader', 'kube-system', 'role-reader@kube-system.yaml'],
  // a kind's name in another group
  ['v1', 'Service', 'hello', 'hub', 'service-hello.yaml'],
  ['serving.knative.dev/v1', 'Service', 'hello', 'hub', 'service-hello+serving.knative.dev.yaml'],
  ['networking.istio.io/v1', 'Gateway', 'edge', 'istio-system', 'gateway-edge+networking.istio.io@istio-system.yaml'],
  // characters and cases that a file system may not tell apart
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:reader', undefined, 'clusterrole-system_3areader.yaml'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'Reader', undefined, 'clusterrole-_52eader.yaml'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', '../é_\\', undefined, 'clusterrole-.._2f_c3_a9_5f_5c.yaml'],
])('%s %s %s in %s: %s%s', (apiVersion, kind, name, namespace, expected) => {
  expect(file(apiVersion, kind, name, namespace)).toBe(expected);
});

test('a version is no part of it, so moving to a newer one keeps the file', () => {
  expect(file('autoscaling/v2', 'HorizontalPodAutoscaler', 'a')).toBe(
    file('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'a'),
  );
});

test('any two objects have files that differ on any file system', () => {
  const word = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('a', 'A', 'a+b', 'a@b', 'a_', 'con', 'x'.repeat(300), `${'x'.repeat(300)}y`),
  );
  const object = fc.record({
    group: fc.constantFrom('', 'apps', 'serving.knative.dev'),
    name: word,
    namespace: fc.option(word),
  });
  const of = ({ group, name, namespace }: { group: string; name: string; namespace: string | null }) =>
    file(`${group}/v1`, 'Service', name, namespace ?? undefined);
  fc.assert(
    fc.property(object, object, (a, b) => {
      expect(of(a)).toMatch(/^(?=.{1,200}$)[a-z0-9]+-[a-z0-9._+@~-]*\.yaml$/);
      const home = (namespace: string | null) => namespace ?? 'hub';
      const same = a.group === b.group && a.name === b.name && home(a.namespace) === home(b.namespace);
      expect(of(a) === of(b)).toBe(same);
    }),
    { numRuns: 2000 },
  );
});
