import { expect, test } from 'vitest';
import { schemas } from '@fairlead/fixtures';
import { validateManifests } from '../src/index.ts';

/** A custom resource, or any object, in a line. */
const object = (apiVersion: string, kind: string, name: string, rest = 'spec: {}', metadata = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop${metadata} }\n${rest}\n`;

/** What is told of names that only nearly exist. */
function told(documents: readonly string[]): string[] {
  const { diagnostics } = validateManifests({
    documents: [{ file: 'a.yaml', text: documents.join('---\n') }],
    kubernetes: '1.34',
    context: 'folder',
    schemas,
  });
  return diagnostics
    .filter((each) => each.code === 'references/missing-object')
    .map(({ pointer, message, hint }) => `${pointer}: ${message}; ${hint}`);
}

const cluster = object('postgresql.cnpg.io/v1', 'Cluster', 'orders');
const secret = object('v1', 'Secret', 'orders-superuser', 'stringData: {}');
const kafka = object('kafka.strimzi.io/v1beta2', 'Kafka', 'events');
const workflowTemplate = object('argoproj.io/v1alpha1', 'WorkflowTemplate', 'build-image');

test.each<[string, readonly string[], string]>([
  [
    'a backup of CloudNativePG names its cluster',
    [cluster, object('postgresql.cnpg.io/v1', 'Backup', 'b', 'spec: { cluster: { name: ordres } }')],
    '/spec/cluster/name: Cluster "ordres" does not exist in namespace shop; did you mean "orders"?',
  ],
  [
    'a Secret in a field of another name',
    [
      secret,
      object('postgresql.cnpg.io/v1', 'Cluster', 'orders', 'spec: { superuserSecret: { name: order-superuser } }'),
    ],
    '/spec/superuserSecret/name: Secret "order-superuser" does not exist in namespace shop; did you mean "orders-superuser"?',
  ],
  [
    'a user of Strimzi is labelled with its cluster',
    [
      kafka,
      object('kafka.strimzi.io/v1beta2', 'KafkaUser', 'web', 'spec: {}', ', labels: { strimzi.io/cluster: evnets }'),
    ],
    '/metadata/labels/strimzi.io~1cluster: Kafka "evnets" does not exist in namespace shop; did you mean "events"?',
  ],
  [
    'a Job waits in a queue of Kueue',
    [
      object('kueue.x-k8s.io/v1beta1', 'LocalQueue', 'reports'),
      object(
        'batch/v1',
        'Job',
        'monthly',
        'spec: { suspend: true, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: "ghcr.io/example/a:1.0.0" }] } } }',
        ', labels: { kueue.x-k8s.io/queue-name: report }',
      ),
    ],
    '/metadata/labels/kueue.x-k8s.io~1queue-name: LocalQueue "report" does not exist in namespace shop; did you mean "reports"?',
  ],
  [
    'a task of a Tekton pipeline',
    [
      object('tekton.dev/v1', 'Task', 'run-tests'),
      object('tekton.dev/v1', 'Pipeline', 'ci', 'spec: { tasks: [{ name: test, taskRef: { name: run-test } }] }'),
    ],
    '/spec/tasks/0/taskRef/name: Task "run-test" does not exist in namespace shop; did you mean "run-tests"?',
  ],
  [
    'a kind that is written out',
    [
      object('source.toolkit.fluxcd.io/v1', 'OCIRepository', 'podinfo'),
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'podinfo',
        'spec: { interval: 1h, chartRef: { kind: OCIRepository, name: podifno } }',
      ),
    ],
    '/spec/chartRef/name: OCIRepository "podifno" does not exist in namespace shop; did you mean "podinfo"?',
  ],
  [
    'the end of a kind: a template of a workflow',
    [
      workflowTemplate,
      object(
        'argoproj.io/v1alpha1',
        'CronWorkflow',
        'nightly',
        'spec: { workflowSpec: { workflowTemplateRef: { name: build-imgae } } }',
      ),
    ],
    '/spec/workflowSpec/workflowTemplateRef/name: WorkflowTemplate "build-imgae" does not exist in namespace shop; did you mean "build-image"?',
  ],
  [
    'a claim is filled from a snapshot',
    [
      object(
        'snapshot.storage.k8s.io/v1',
        'VolumeSnapshot',
        'orders-data',
        'spec: { source: { persistentVolumeClaimName: gone } }',
      ),
      object(
        'v1',
        'PersistentVolumeClaim',
        'restored',
        'spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }, dataSource: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: order-data } }',
      ),
    ],
    '/spec/dataSource/name: VolumeSnapshot "order-data" does not exist in namespace shop; did you mean "orders-data"?',
  ],
])('%s', (_, documents, expected) => {
  expect(told(documents)).toEqual([expected]);
});

test.each<[string, readonly string[]]>([
  [
    'the name is right',
    [cluster, object('postgresql.cnpg.io/v1', 'Backup', 'b', 'spec: { cluster: { name: orders } }')],
  ],
  [
    'what is named lies elsewhere, and nothing here is called nearly so',
    [cluster, object('postgresql.cnpg.io/v1', 'Backup', 'b', 'spec: { cluster: { name: payments } }')],
  ],
  [
    'one of a series is made elsewhere',
    [
      object('v1', 'Secret', 'shard-1-tls', 'stringData: {}'),
      object('v1', 'Secret', 'replica-a', 'stringData: {}'),
      object(
        'example.com/v1',
        'Database',
        'd',
        'spec: { tls: { secretName: shard-2-tls }, replicaSecret: { name: replica-b } }',
      ),
    ],
  ],
  [
    'the name of a topic in Kafka, not of the object',
    [
      object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'orders-created', 'spec: { topicName: orders.created }'),
      object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'order-created', 'spec: { topicName: order.created }'),
    ],
  ],
  [
    'steps of a workflow are defined in place, under a name like that of a template',
    [
      workflowTemplate,
      object(
        'argoproj.io/v1alpha1',
        'Workflow',
        'w',
        'spec: { entrypoint: build-images, templates: [{ name: build-images }] }',
      ),
    ],
  ],
  [
    'Secrets that a Certificate and an ExternalSecret make',
    [
      object('v1', 'Secret', 'edge-tls-ca', 'stringData: {}'),
      object(
        'cert-manager.io/v1',
        'Certificate',
        'c',
        'spec: { secretName: edge-tls-cas, dnsNames: [example.com], issuerRef: { name: i } }',
      ),
    ],
  ],
  [
    'a patch chooses by a pattern, in what another folder declares',
    [
      object('apps.example.com/v1', 'Widget', 'front-end'),
      object(
        'kustomize.toolkit.fluxcd.io/v1',
        'Kustomization',
        'k',
        'spec: { interval: 1h, prune: true, sourceRef: { kind: GitRepository, name: flux-system }, patches: [{ target: { kind: Widget, name: frontend }, patch: "" }] }',
      ),
    ],
  ],
  [
    'the API group says that another kind is meant',
    [
      object('postgresql.cnpg.io/v1', 'Cluster', 'orders'),
      object(
        'example.com/v1',
        'Backup',
        'b',
        'spec: { of: { apiGroup: cluster.x-k8s.io, kind: Cluster, name: order } }',
      ),
    ],
  ],
])('nothing is told where %s', (_, documents) => {
  expect(told(documents)).toEqual([]);
});
