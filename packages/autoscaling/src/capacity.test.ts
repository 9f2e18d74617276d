import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import type { Manifest } from '@fairlead/objects';
import { cluster, nodePool } from '../test/fixtures.ts';
import { bytes, capacityReport, cores, renderCapacity } from './capacity.ts';

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
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: hub-render, namespace: hub, labels: { app.kubernetes.io/part-of: hub } }
spec:
  maxReplicaCount: 4
  jobTargetRef: { parallelism: 2, template: { spec: { containers: [{ name: render, resources: { requests: { cpu: 250m, memory: 256Mi } } }] } } }
---
apiVersion: v1
kind: LimitRange
metadata: { name: defaults, namespace: hub }
spec: { limits: [{ type: Container, default: { memory: 512Mi }, defaultRequest: { cpu: 100m, memory: 128Mi } }] }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: hub }
spec: { hard: { pods: 30, limits.memory: 8Gi, requests.cpu: 20 } }
---
apiVersion: v1
kind: Service
metadata: { name: hub-api, namespace: hub }
`).map((document): Manifest => document.toJS());

const clusters = [cluster({ nodePools: [nodePool({ max: 3 })] })];
const report = capacityReport(new Map([['eks-production', rendered]]), clusters);

test('a row says what a workload asks for and how it fits', () => {
  expect(report.workloads).toEqual([
    {
      cluster: 'eks-production',
      app: 'hub',
      kind: 'Deployment',
      namespace: 'hub',
      workload: 'hub-api',
      replicas: { min: 3, max: 12 },
      requests: { cpu: 1, memory: 256 * 2 ** 20 }, // the migration asks for most CPU, sidecar and API together for as much memory
      limits: { cpu: undefined, memory: 576 * 2 ** 20 },
      devices: {},
      unstated: false,
      total: { cpu: 12, memory: 3 * 2 ** 30 },
      perNode: { general: 3 },
    },
    expect.objectContaining({
      workload: 'hub-backup',
      replicas: { min: 0, max: 1 },
      requests: { cpu: 0.5, memory: 2 ** 30 },
    }),
    expect.objectContaining({ workload: 'hub-render', kind: 'ScaledJob', replicas: { min: 0, max: 8 } }),
  ]);
});

test('the page of a cluster: workloads, verdict, quotas, and what stands out', () => {
  expect(renderCapacity(report)).toBe(`## eks-production

| app | workload   | kind       | pods | CPU  | memory | CPU limit | memory limit | CPU at most | memory at most | per general node |
| --- | ---------- | ---------- | ---- | ---- | ------ | --------- | ------------ | ----------- | -------------- | ---------------- |
| hub | hub-api    | Deployment | 3–12 | 1    | 256Mi  | none      | 576Mi        | 12          | 3Gi            | 3                |
| hub | hub-backup | CronJob    | 0–1  | 500m | 1Gi    | 500m      | 1Gi          | 500m        | 1Gi            | 7                |
| hub | hub-render | ScaledJob  | 0–8  | 250m | 256Mi  | none      | 512Mi        | 2           | 2Gi            | 15               |

Asked for: 3 CPU and 768Mi at least, 14.5 CPU and 6Gi at most. Nodes grow to 11.7 CPU and 42Gi. It does not fit: 124 % of the CPU of general would be needed.

| namespace | quota of      | hard | asked for      | full at most |
| --------- | ------------- | ---- | -------------- | ------------ |
| hub       | pods          | 30   | 3–21           | 70 %         |
| hub       | limits.memory | 8Gi  | 1.69Gi–11.75Gi | over: 147 %  |
| hub       | requests.cpu  | 20   | 3–14.5         | 73 %         |

- hub/hub-api may use more than 2 times the memory they request: under pressure the node ends them first
- workloads ask for 424Mi a core and nodes have 3.59Gi a core: CPU runs out first, and types with less memory cost less
- quotas of all namespaces together promise 20 of requests.cpu, and nodes grow to 11.7: they do not protect the cluster
`);
});

test('a fleet of many apps: clusters side by side, and a line per app', () => {
  const two = [...clusters, { ...cluster({ nodePools: [nodePool({ max: 20 })] }), name: 'eks-staging' }];
  const fleet = capacityReport(new Map(two.map(({ name }) => [name, rendered])), two);
  const page = renderCapacity(fleet, { by: 'app' });
  expect(page).toContain(`## The clusters

| cluster        | workloads | pods | CPU asked for | memory asked for | nodes at most  | full at most               |
| -------------- | --------- | ---- | ------------- | ---------------- | -------------- | -------------------------- |
| eks-production | 3         | 3–21 | 3–14.5        | 768Mi–6Gi        | 11.7 CPU, 42Gi | 124 % of CPU: does not fit |
| eks-staging    | 3         | 3–21 | 3–14.5        | 768Mi–6Gi        | 78 CPU, 280Gi  | 19 % of CPU                |
`);
  expect(page).toContain(`| app | workloads | pods | CPU    | memory    |
| --- | --------- | ---- | ------ | --------- |
| hub | 3         | 3–21 | 3–14.5 | 768Mi–6Gi |
`);
});

test('what is bound to some pools must fit there, and what runs nowhere is told', () => {
  const spot = nodePool({ name: 'spot', spot: true, max: 50, labels: { 'karpenter.sh/capacity-type': 'spot' } });
  const gpu = nodePool({
    name: 'gpu',
    max: 1,
    resources: { 'nvidia.com/gpu': '4' },
    taints: [{ key: 'gpu', effect: 'NoSchedule' }],
  });
  const own: Manifest[] = parseAllDocuments(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: steady, labels: { app.kubernetes.io/name: shop } }
spec:
  replicas: 12
  template:
    spec:
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: karpenter.sh/capacity-type, operator: NotIn, values: [spot] }] }] } } }
      containers: [{ name: web, resources: { requests: { cpu: '2', memory: 1Gi } } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: trainer, labels: { app.kubernetes.io/name: shop } }
spec:
  template:
    spec:
      tolerations: [{ key: gpu, operator: Exists }]
      containers: [{ name: web, resources: { requests: { cpu: '1', memory: 1Gi }, limits: { nvidia.com/gpu: '2' } } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: huge, labels: { app.kubernetes.io/name: shop } }
spec: { template: { spec: { containers: [{ name: web, resources: { requests: { cpu: '9', memory: 1Gi } } }] } } }
`).map((document): Manifest => document.toJS());
  const {
    workloads,
    clusters: summaries,
    notes,
  } = capacityReport(new Map([['eks-production', own]]), [cluster({ nodePools: [nodePool(), spot, gpu] })]);
  expect(workloads.map(({ workload, perNode }) => [workload, perNode])).toEqual([
    ['huge', { general: 0, spot: 0 }],
    ['steady', { general: 1 }],
    ['trainer', { general: 0, spot: 0, gpu: 2 }],
  ]);
  // 24 cores that only ten nodes of 3.9 may hold, though spot nodes stand empty.
  expect(summaries[0]).toMatchObject({
    bottleneck: { resource: 'cpu', pools: ['general'] },
    share: 24 / 39,
    unplaced: 1,
  });
  expect(notes.map(({ note, workloads }) => `${workloads.join()} ${note}`)).toEqual([
    'shop/huge fit on no node of the cluster',
    'shop/steady need a general node each and leave 40 % or more of it to smaller pods',
    ' workloads ask for 422Mi a core and nodes have 3.59Gi a core: CPU runs out first, and types with less memory cost less',
  ]);
});

test('a cluster without node pools makes no promise', () => {
  const bare = capacityReport(new Map([['eks-production', rendered]]), [cluster()]);
  expect(bare.workloads[0]?.perNode).toEqual({});
  expect(renderCapacity(bare)).toContain('The cluster file describes no node pools.');
});

test('amounts read as people write them', () => {
  expect([0, 0.25, 1, 1.5].map(cores)).toEqual(['0', '250m', '1', '1.5']);
  expect([0, 1024, 512 * 2 ** 20, 1.5 * 2 ** 30].map(bytes)).toEqual(['0', '1Ki', '512Mi', '1.5Gi']);
});
