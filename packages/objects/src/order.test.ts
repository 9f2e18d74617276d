import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareIdentities } from './order.ts';

const identity = (kind: string, name = 'a', namespace = '', group = '') => ({ group, kind, namespace, name });

test('what others refer to comes first, custom resources last, equals by group, namespace and name', () => {
  const ordered = [
    identity('Namespace'),
    identity('ConfigMap', 'Z'),
    identity('ConfigMap', 'a'),
    identity('ConfigMap', 'a10'),
    identity('ConfigMap', 'a2'),
    identity('ConfigMap', 'a', 'b'),
    identity('Deployment'),
    identity('Ingress'),
    identity('Gateway', 'a', '', 'gateway.networking.k8s.io'),
    identity('Gateway', 'a', '', 'networking.istio.io'),
    identity('Widget'),
  ];
  expect([...ordered].reverse().sort(compareIdentities)).toEqual(ordered);
});

test('any shuffle sorts to the same order', () => {
  const any = fc.record({
    group: fc.constantFrom('', 'apps', 'example.com'),
    kind: fc.constantFrom('Service', 'Deployment', 'Widget', 'Gadget'),
    namespace: fc.constantFrom('', 'a', 'b'),
    name: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(any), (list) => {
      expect([...list].reverse().sort(compareIdentities)).toEqual([...list].sort(compareIdentities));
    }),
  );
});
