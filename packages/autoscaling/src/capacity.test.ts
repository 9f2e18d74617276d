import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import type { Manifest } from '@fairlead/objects';
import { cluster, nodePool } from '../test/fixtures.ts';
import { bytes, capacitySummary, capacityTable, cores, renderCapacity } from './capacity.ts';

const rendered: Manifest[] = parseAllDocuments(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: hub-api, namespace: hub, labels: { app.kubernetes.io/part-of: hub } }
spec:
  template:
    spec:
      initContainers:
        - { name: migrate, resources: { requests: { cpu: '1', memory: 256Mi } } }
        - { name: proxy, restartPolicy: Always, resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { memory: 64Mi } } }
      containers:
        - { name: api, resources: { requests: { cpu: 250m, memory: 192Mi }, limits: { cpu: '1', memory: 512Mi } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: hub-api, namespace: hub }
spec: { minReplicas: 3, maxReplicas: 12, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: hub-api } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: hub-backup, namespace: hub, labels: { app.kubernetes.io/part-of: hub } }
spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: backup, resources: { limits: { cpu: 500m, memory: 1Gi } } }] } } } } }
---
apiVersion: v1
kind: Service
metadata: { name: hub-api, namespace: hub }
`).map((document): Manifest => document.toJS());

const clusters = [cluster({ nodePools: [nodePool({ max: 3 })] })];
const rows = capacityTable(new Map([['eks-production', rendered]]), clusters);

test('a row says what a workload asks for and how it fits', () => {
  expect(rows).toEqual([
    {
      cluster: 'eks-production',
      app: 'hub',
      kind: 'Deployment',
      namespace: 'hub',
      workload: 'hub-api',
      replicas: { min: 3, max: 12 },
      requests: { cpu: 1, memory: 256 * 2 ** 20 }, // the migration asks for most CPU, sidecar and API together for as much memory
      limits: { cpu: undefined, memory: 576 * 2 ** 20 },
      total: { cpu: 12, memory: 3 * 2 ** 30 },
      perNode: { general: 3 },
    },
    expect.objectContaining({
      workload: 'hub-backup',
      replicas: { min: 0, max: 1 },
      requests: { cpu: 0.5, memory: 2 ** 30 },
    }),
  ]);
});

test('the table of a fleet', () => {
  expect(renderCapacity(rows, capacitySummary(rows, clusters))).toBe(`## eks-production

| app | workload   | kind       | pods | CPU  | memory | CPU limit | memory limit | CPU at most | memory at most | per general node |
| --- | ---------- | ---------- | ---- | ---- | ------ | --------- | ------------ | ----------- | -------------- | ---------------- |
| hub | hub-api    | Deployment | 3–12 | 1    | 256Mi  | none      | 576Mi        | 12          | 3Gi            | 3                |
| hub | hub-backup | CronJob    | 0–1  | 500m | 1Gi    | 500m      | 1Gi          | 500m        | 1Gi            | 7                |

Asked for: 3 CPU and 768Mi at least, 12.5 CPU and 4Gi at most. Nodes grow to 11.7 CPU and 42Gi. It does not fit: 107 % of the nodes would be needed.
`);
});

test('a cluster without node pools makes no promise', () => {
  const bare = [cluster()];
  const own = capacityTable(new Map([['eks-production', rendered]]), bare);
  expect(own[0]?.perNode).toEqual({});
  expect(renderCapacity(own, capacitySummary(own, bare))).toContain('The cluster file describes no node pools.');
});

test('amounts read as people write them', () => {
  expect([0, 0.25, 1, 1.5].map(cores)).toEqual(['0', '250m', '1', '1.5']);
  expect([0, 1024, 512 * 2 ** 20, 1.5 * 2 ** 30].map(bytes)).toEqual(['0', '1Ki', '512Mi', '1.5Gi']);
});
