import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import type { Manifest } from '@fairlead/objects';
import { cluster, lines } from '../test/fixtures.ts';
import { quotaHeadroom } from './capacity/quota-headroom.ts';

function manifests(hard: string, max: number): Manifest[] {
  return parseAllDocuments(`
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: ${hard} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec:
      containers:
        - { name: web, resources: { requests: { cpu: 250m, memory: 256Mi }, limits: { memory: 512Mi } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: elsewhere }
spec: { replicas: 100, template: { spec: { containers: [{ name: web, resources: { requests: { cpu: 4 } } }] } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { minReplicas: 2, maxReplicas: ${max}, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`).map((document): Manifest => document.toJS());
}

test.each<[string, string, number, string[]]>([
  ['holds the highest number of pods', '{ requests.cpu: 2, requests.memory: 2Gi, limits.memory: 4Gi, pods: 8 }', 8, []],
  [
    'stops the autoscaler',
    '{ requests.cpu: 2, limits.memory: 4Gi, pods: 10 }',
    12,
    [
      'warning scaling/exceeds-quota: at their most pods the workloads of namespace shop need 3 of requests.cpu, and its quota is 2',
      'warning scaling/exceeds-quota: at their most pods the workloads of namespace shop need 6Gi of limits.memory, and its quota is 4Gi',
      'warning scaling/exceeds-quota: at their most pods the workloads of namespace shop need 12 of pods, and its quota is 10',
    ],
  ],
  ['does not even hold the fewest, which the verdict tells', '{ pods: 1 }', 12, []],
])('a quota that %s', (_, hard, max, expected) => {
  expect(lines(quotaHeadroom(manifests(hard, max), cluster()))).toEqual(expected);
});
