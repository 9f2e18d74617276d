import { Chart, Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { clusterOf, owner } from '../test/fixture.ts';
import { schemaFaults } from '@fairlead/fixtures';
import { IngressClasses } from './classes.ts';

function classesOf(cluster: ReturnType<typeof clusterOf>) {
  const chart = new Chart(Testing.app(), 'chart');
  new IngressClasses(chart, 'classes', { cluster, owner });
  const objects = Testing.synth(chart);
  expect(objects.flatMap((object) => schemaFaults(object))).toEqual([]);
  return objects.map(({ kind, metadata, spec }) => ({ kind, name: metadata.name, ...spec }));
}

test('a class that nobody else makes is an object of the platform', () => {
  expect(classesOf(clusterOf('alb'))).toEqual([
    { kind: 'IngressClass', name: 'alb', controller: 'ingress.k8s.aws/alb' },
  ]);
  expect(classesOf(clusterOf('alb-gateway'))).toEqual([
    { kind: 'GatewayClass', name: 'alb', controllerName: 'gateway.k8s.aws/alb' },
  ]);
  expect(classesOf(clusterOf('envoy-gateway'))).toMatchObject([{ kind: 'GatewayClass', name: 'eg' }]);
});

test('classes of the provider, and those that the cluster offers, are left alone', () => {
  expect(classesOf(clusterOf('gke-gateway'))).toEqual([]);
  expect(classesOf(clusterOf('aks-approuting'))).toEqual([]);
  const cluster = clusterOf('alb');
  expect(classesOf({ ...cluster, offers: { ...cluster.offers, ingressClasses: ['alb'] } })).toEqual([]);
});
