import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import type { Manifest } from '@fairlead/objects';
import { lines } from '../test/fixtures.ts';
import { scalingConflicts } from './conflicts.ts';

function manifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document): Manifest => document.toJS());
}

const hpa = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
---`;

test('two horizontal autoscalers of one workload', () => {
  const found = scalingConflicts(
    manifests(`${hpa}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web-queue, namespace: shop }
spec: { scaleTargetRef: { name: web }, triggers: [{ type: kafka, metadata: {} }] }
`),
  );
  expect(lines(found)).toEqual([
    'error scaling/conflict: ScaledObject web-queue and HorizontalPodAutoscaler web both scale Deployment shop/web',
  ]);
});

test.each([
  ['changes what the other measures', 'updatePolicy: { updateMode: Recreate }', 1],
  ['changes everything by default', '', 1],
  ['only recommends', 'updatePolicy: { updateMode: "Off" }', 0],
  [
    'keeps to memory',
    'resourcePolicy: { containerPolicies: [{ containerName: "*", controlledResources: [memory] }] }',
    0,
  ],
])('a vertical autoscaler that %s', (_, policy, conflicts) => {
  const found = scalingConflicts(
    manifests(`${hpa}
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  ${policy}
`),
  );
  expect(found).toHaveLength(conflicts);
});

test('the same name in another namespace, or another kind, is another workload', () => {
  const elsewhere = hpa.replace('namespace: shop', 'namespace: bank');
  const stateful = hpa
    .replace('kind: Deployment', 'kind: StatefulSet')
    .replace('name: web, namespace', 'name: web-2, namespace');
  expect(scalingConflicts(manifests(`${hpa}\n${elsewhere}\n${stateful}`.replace(/---$/, '')))).toEqual([]);
});
