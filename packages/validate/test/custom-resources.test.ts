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
    .filter(
      ({ code, severity }) =>
        /^references\/missing-(?:object|step)$/.test(code) || (code === 'schema/unknown-kind' && severity === 'error'),
    )
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
  [
    'a Secret that bears the name of the cluster, as those do that the operator makes',
    [
      secret,
      object('postgresql.cnpg.io/v1', 'Cluster', 'orders', 'spec: { superuserSecret: { name: orders-superusr } }'),
    ],
    '/spec/superuserSecret/name: Secret "orders-superusr" does not exist in namespace shop; did you mean "orders-superuser"?',
  ],
  [
    'a Secret that an operator makes',
    [
      kafka,
      object(
        'kafka.strimzi.io/v1beta2',
        'KafkaConnect',
        'c',
        'spec: { tls: { trustedCertificates: [{ secretName: event-cluster-ca-cert }] } }',
      ),
    ],
    '/spec/tls/trustedCertificates/0/secretName: Secret "event-cluster-ca-cert" does not exist in namespace shop; did you mean "events-cluster-ca-cert"?',
  ],
  [
    'a Secret that an ExternalSecret makes',
    [
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'e',
        'spec: { secretStoreRef: { name: vault }, target: { name: orders-login }, data: [] }',
      ),
      object('postgresql.cnpg.io/v1', 'Cluster', 'main', 'spec: { superuserSecret: { name: order-login } }'),
    ],
    '/spec/superuserSecret/name: Secret "order-login" does not exist in namespace shop; did you mean "orders-login"?',
  ],
  [
    'a name and a key, whatever the field is called',
    [
      object('v1', 'Secret', 'github-access', 'stringData: {}'),
      object(
        'argoproj.io/v1alpha1',
        'EventSource',
        'e',
        'spec: { github: { a: { apiToken: { name: githb-access, key: token } } } }',
      ),
    ],
    '/spec/github/a/apiToken/name: Secret "githb-access" does not exist in namespace shop; did you mean "github-access"?',
  ],
  [
    'a kind of a sister group',
    [
      object('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', 'logging'),
      object('kibana.k8s.elastic.co/v1', 'Kibana', 'k', 'spec: { elasticsearchRef: { name: loging } }'),
    ],
    '/spec/elasticsearchRef/name: Elasticsearch "loging" does not exist in namespace shop; did you mean "logging"?',
  ],
  [
    'a field with words before and after the kind',
    [
      object('rds.aws.upbound.io/v1beta1', 'SubnetGroup', 'orders-private'),
      object(
        'rds.aws.upbound.io/v1beta1',
        'Instance',
        'i',
        'spec: { forProvider: { dbSubnetGroupNameRef: { name: order-private } } }',
      ),
    ],
    '/spec/forProvider/dbSubnetGroupNameRef/name: SubnetGroup "order-private" does not exist in namespace shop; did you mean "orders-private"?',
  ],
  [
    'a run that a template of triggers writes out',
    [
      object('tekton.dev/v1', 'Pipeline', 'build-and-test'),
      object(
        'triggers.tekton.dev/v1beta1',
        'TriggerTemplate',
        't',
        'spec: { resourcetemplates: [{ apiVersion: tekton.dev/v1, kind: PipelineRun, metadata: { generateName: b- }, spec: { pipelineRef: { name: build-an-test } } }] }',
      ),
    ],
    '/spec/resourcetemplates/0/spec/pipelineRef/name: Pipeline "build-an-test" does not exist in namespace shop; did you mean "build-and-test"?',
  ],
  [
    'a binding named by ref',
    [
      object('triggers.tekton.dev/v1beta1', 'TriggerBinding', 'github-push'),
      object(
        'triggers.tekton.dev/v1beta1',
        'EventListener',
        'l',
        'spec: { triggers: [{ bindings: [{ ref: github-psuh }] }] }',
      ),
    ],
    '/spec/triggers/0/bindings/0/ref: TriggerBinding "github-psuh" does not exist in namespace shop; did you mean "github-push"?',
  ],
  [
    'a list of names, and a kind of which only the end is said',
    [
      object('velero.io/v1', 'VolumeSnapshotLocation', 'ebs-primary'),
      object('velero.io/v1', 'Backup', 'b', 'spec: { volumeSnapshotLocations: [ebs-primray] }'),
    ],
    '/spec/volumeSnapshotLocations/0: VolumeSnapshotLocation "ebs-primray" does not exist in namespace shop; did you mean "ebs-primary"?',
  ],
  [
    'a claim',
    [
      object(
        'v1',
        'PersistentVolumeClaim',
        'sources',
        'spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
      ),
      object(
        'tekton.dev/v1',
        'TaskRun',
        't',
        'spec: { workspaces: [{ name: a, persistentVolumeClaim: { claimName: source } }] }',
      ),
    ],
    '/spec/workspaces/0/persistentVolumeClaim/claimName: PersistentVolumeClaim "source" does not exist in namespace shop; did you mean "sources"?',
  ],
  [
    'a namespace before the name',
    [
      object('secrets.hashicorp.com/v1beta1', 'VaultAuth', 'kubernetes'),
      object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', 's', 'spec: { vaultAuthRef: shop/kubernets }'),
    ],
    '/spec/vaultAuthRef: VaultAuth "kubernets" does not exist in namespace shop; did you mean "kubernetes"?',
  ],
  [
    'a dash too few',
    [
      cluster,
      object('v1', 'ConfigMap', 'init-sql', 'data: {}'),
      object('example.com/v1', 'A', 'a', 'spec: { configMapRef: { name: initsql } }'),
    ],
    '/spec/configMapRef/name: ConfigMap "initsql" does not exist in namespace shop; did you mean "init-sql"?',
  ],
  [
    'a Service behind a route with a port',
    [
      object('v1', 'Service', 'catalog', 'spec: { type: ExternalName, externalName: example.com }'),
      object(
        'projectcontour.io/v1',
        'HTTPProxy',
        'p',
        'spec: { routes: [{ services: [{ name: catlog, port: 80 }] }] }',
      ),
    ],
    '/spec/routes/0/services/0/name: Service "catlog" does not exist in namespace shop; did you mean "catalog"?',
  ],
  [
    'a Secret that a chart is told to use',
    [
      object('v1', 'Secret', 'redis-login', 'stringData: {}'),
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'r',
        'spec: { interval: 1h, chartRef: { kind: OCIRepository, name: r }, values: { auth: { existingSecret: redis-logn } } }',
      ),
    ],
    '/spec/values/auth/existingSecret: Secret "redis-logn" does not exist in namespace shop; did you mean "redis-login"?',
  ],
  [
    'a Secret that a rule of Kyverno copies',
    [
      object('v1', 'Secret', 'registry', 'stringData: {}'),
      object(
        'kyverno.io/v1',
        'ClusterPolicy',
        'c',
        'spec: { rules: [{ name: r, generate: { apiVersion: v1, kind: Secret, name: registries, clone: { namespace: shop, name: regisrty } } }] }',
      ),
    ],
    '/spec/rules/0/generate/clone/name: Secret "regisrty" does not exist in namespace shop; did you mean "registry"?',
  ],
  [
    'a reference with a level more, as AWS Controllers for Kubernetes have',
    [
      object('ec2.services.k8s.aws/v1alpha1', 'VPC', 'main-vpc'),
      object('ec2.services.k8s.aws/v1alpha1', 'Subnet', 's', 'spec: { vpcRef: { from: { name: mian-vpc } } }'),
    ],
    '/spec/vpcRef/from/name: VPC "mian-vpc" does not exist in namespace shop; did you mean "main-vpc"?',
  ],
  [
    'a list that only names',
    [
      object('k8s.nginx.org/v1', 'Policy', 'rate-limit'),
      object('k8s.nginx.org/v1', 'VirtualServer', 'v', 'spec: { policies: [{ name: rate-limits }] }'),
    ],
    '/spec/policies/0/name: Policy "rate-limits" does not exist in namespace shop; did you mean "rate-limit"?',
  ],
  [
    'a Service and its port in two fields of one map',
    [
      object('v1', 'Service', 'coffee', 'spec: { type: ExternalName, externalName: example.com }'),
      object(
        'k8s.nginx.org/v1',
        'VirtualServer',
        'v',
        'spec: { upstreams: [{ name: cofee, service: cofee, port: 80 }] }',
      ),
    ],
    '/spec/upstreams/0/service: Service "cofee" does not exist in namespace shop; did you mean "coffee"?',
  ],
  [
    'a kind without a spec',
    [
      object('v1', 'Secret', 'mobile-key', 'stringData: {}'),
      object('configuration.konghq.com/v1', 'KongConsumer', 'k', 'credentials: [mobile-kye]'),
    ],
    '/credentials/0: Secret "mobile-kye" does not exist in namespace shop; did you mean "mobile-key"?',
  ],
  [
    'an annotation with several names',
    [
      object('configuration.konghq.com/v1', 'KongPlugin', 'rate-limit', 'plugin: rate-limiting'),
      object('example.com/v1', 'A', 'a', 'spec: {}', ', annotations: { konghq.com/plugins: "cors,rate-limt" }'),
    ],
    '/metadata/annotations/konghq.com~1plugins: KongPlugin "rate-limt" does not exist in namespace shop; did you mean "rate-limit"?',
  ],
  [
    'a Secret of a ClusterIssuer, wherever it lies',
    [
      object('v1', 'Secret', 'dns-token', 'stringData: {}'),
      'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: c }\nspec: { acme: { privateKeySecretRef: { name: dns-tokens }, solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: { name: dns-tokn, key: t } } } }] } }\n',
    ],
    '/spec/acme/solvers/0/dns01/cloudflare/apiTokenSecretRef/name: Secret "dns-tokn" does not exist; did you mean "dns-token"?',
  ],
  [
    'a tag of an ImageStream',
    [
      object('image.openshift.io/v1', 'ImageStream', 'frontend'),
      object(
        'build.openshift.io/v1',
        'BuildConfig',
        'b',
        'spec: { output: { to: { kind: ImageStreamTag, name: "fronted:latest" } } }',
      ),
    ],
    '/spec/output/to/name: ImageStream "fronted" does not exist in namespace shop; did you mean "frontend"?',
  ],
  [
    'an annotation of pods',
    [
      object('opentelemetry.io/v1alpha1', 'Instrumentation', 'java-agent'),
      object(
        'v1',
        'Pod',
        'p',
        'spec: { containers: [{ name: a, image: "ghcr.io/example/a:1.0.0" }] }',
        ', annotations: { instrumentation.opentelemetry.io/inject-java: java-agnet }',
      ),
    ],
    '/metadata/annotations/instrumentation.opentelemetry.io~1inject-java: Instrumentation "java-agnet" does not exist in namespace shop; did you mean "java-agent"?',
  ],
  [
    'the kind that a Composition composes',
    [
      object(
        'apiextensions.crossplane.io/v1',
        'CompositeResourceDefinition',
        'x',
        'spec: { group: example.org, names: { kind: XDatabase } }',
      ),
      object(
        'apiextensions.crossplane.io/v1',
        'Composition',
        'c',
        'spec: { compositeTypeRef: { apiVersion: example.org/v1, kind: XDatabse } }',
      ),
    ],
    '/spec/compositeTypeRef/kind: nothing defines XDatabse of example.org; did you mean "XDatabase"?',
  ],
  [
    'a constraint of a template that is there under nearly that kind',
    [
      object(
        'templates.gatekeeper.sh/v1',
        'ConstraintTemplate',
        'k8srequiredlabels',
        'spec: { crd: { spec: { names: { kind: K8sRequiredLabels } } }, targets: [] }',
      ),
      object('constraints.gatekeeper.sh/v1beta1', 'K8sRequiredLabel', 'team'),
    ],
    '/kind: nothing defines K8sRequiredLabel of constraints.gatekeeper.sh/v1beta1; did you mean "K8sRequiredLabels"?',
  ],
  [
    'a workflow starts at a template of its own',
    [object('argoproj.io/v1alpha1', 'Workflow', 'w', 'spec: { entrypoint: mian, templates: [{ name: main }] }')],
    '/spec/entrypoint: template "mian" does not exist; did you mean "main"? known: main',
  ],
  [
    'a task of a workflow waits for another',
    [
      object(
        'argoproj.io/v1alpha1',
        'WorkflowTemplate',
        'w',
        'spec: { templates: [{ name: run }, { name: main, dag: { tasks: [{ name: test, template: run }, { name: build, template: run, depends: "tset.Succeeded && !test.Failed" }] } }] }',
      ),
    ],
    '/spec/templates/1/dag/tasks/1/depends: task "tset" does not exist; did you mean "test"? known: test, build',
  ],
  [
    'a template of another workflow',
    [
      object('argoproj.io/v1alpha1', 'WorkflowTemplate', 'shared', 'spec: { templates: [{ name: build }] }'),
      object(
        'argoproj.io/v1alpha1',
        'Workflow',
        'w',
        'spec: { entrypoint: main, templates: [{ name: main, steps: [[{ name: a, templateRef: { name: shared, template: biuld } }]] }] }',
      ),
    ],
    '/spec/templates/0/steps/0/0/templateRef/template: WorkflowTemplate "shared": template "biuld" does not exist; did you mean "build"? known: build',
  ],
  [
    'a task of a pipeline runs after another',
    [
      object(
        'tekton.dev/v1',
        'Pipeline',
        'p',
        'spec: { tasks: [{ name: fetch }, { name: build, runAfter: [fecth] }] }',
      ),
    ],
    '/spec/tasks/1/runAfter/0: task "fecth" does not exist; did you mean "fetch"? known: fetch, build',
  ],
  [
    'a result of a task, and a workspace',
    [
      object(
        'tekton.dev/v1',
        'Pipeline',
        'p',
        'spec: { workspaces: [{ name: src }], tasks: [{ name: fetch, workspaces: [{ name: out, workspace: src }] }, { name: build, params: [{ name: r, value: "a:$(tasks.fetsh.results.commit)" }] }] }',
      ),
    ],
    '/spec/tasks/1/params/0/value: task "fetsh" does not exist; did you mean "fetch"? known: fetch, build',
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
  [
    'a database has nearly the name of an object',
    [
      object('k8s.mariadb.com/v1alpha1', 'Database', 'orders', 'spec: { name: order }'),
      object('k8s.mariadb.com/v1alpha1', 'Grant', 'g', 'spec: { database: order, username: order }'),
      object('rabbitmq.com/v1beta1', 'User', 'shop-user'),
      object('rabbitmq.com/v1beta1', 'Permission', 'p', 'spec: { vhost: /, user: shop-users }'),
    ],
  ],
  [
    'what is named shall be made',
    [
      object('v1', 'Secret', 'shop-config', 'stringData: {}'),
      object(
        'secrets.hashicorp.com/v1beta1',
        'VaultStaticSecret',
        'v',
        'spec: { destination: { name: shop-configs, create: true } }',
      ),
      object(
        'k8s.mariadb.com/v1alpha1',
        'MariaDB',
        'm',
        'spec: { rootPasswordSecretKeyRef: { name: shop-confg, key: password, generate: true } }',
      ),
      object(
        'rds.aws.upbound.io/v1beta1',
        'Instance',
        'i',
        'spec: { writeConnectionSecretToRef: { name: shops-config, namespace: shop } }',
      ),
      object(
        'kyverno.io/v1',
        'ClusterPolicy',
        'c',
        'spec: { rules: [{ name: r, generate: { apiVersion: v1, kind: Secret, name: shop-configss, namespace: shop, data: {} } }] }',
      ),
    ],
  ],
  [
    'values of a chart name what it makes',
    [
      object('v1', 'ServiceAccount', 'deployer', ''),
      object('v1', 'Secret', 'web-tls-cert', 'stringData: {}'),
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'r',
        'spec: { interval: 1h, chartRef: { kind: OCIRepository, name: r }, values: { serviceAccount: { name: deployers }, ingress: { tls: [{ secretName: web-tls-certs }] } } }',
      ),
    ],
  ],
  [
    'a list defines what it names',
    [
      object('k8s.nginx.org/v1', 'Policy', 'rate-limit'),
      object('k8s.nginx.org/v1', 'A', 'a', 'spec: { policies: [{ name: rate-limits, rate: 10 }] }'),
    ],
  ],
  [
    'a task lies in a bundle',
    [
      object('tekton.dev/v1', 'Task', 'git-clone'),
      object(
        'tekton.dev/v1beta1',
        'Pipeline',
        'p',
        'spec: { tasks: [{ name: a, taskRef: { name: git-clones, bundle: "example.com/tasks:1" } }] }',
      ),
    ],
  ],
  [
    'steps take their names from parameters, and templates from another workflow',
    [
      object(
        'argoproj.io/v1alpha1',
        'Workflow',
        'w',
        'spec: { entrypoint: main, workflowTemplateRef: { name: shared }, templates: [{ name: other }] }',
      ),
      object(
        'argoproj.io/v1alpha1',
        'Workflow',
        'v',
        'spec: { entrypoint: main, templates: [{ name: main, steps: [[{ name: a, template: "{{inputs.parameters.next}}" }]] }] }',
      ),
      object(
        'tekton.dev/v1',
        'Pipeline',
        'p',
        'spec: { tasks: [{ name: a }], finally: [{ name: f, params: [{ name: s, value: $(tasks.a.status) }] }] }',
      ),
    ],
  ],
])('nothing is told where %s', (_, documents) => {
  expect(told(documents)).toEqual([]);
});

test.each([
  ['internal-tls', 'external-tls'],
  ['orders-east', 'orders-west'],
  ['stable-web', 'unstable-web'],
  ['build-image', 'rebuild-image'],
  ['import-login', 'export-login'],
  ['auth-database', 'oauth-database'],
  ['cart-database', 'card-database'],
  ['pool-a100', 'pool-h100'],
  ['build-amd64', 'build-arm64'],
  ['web-database', 'api-database'],
  ['database', 'database-2'],
  ['route-1', 'routes'],
])('%s is not %s mistyped', (name, other) => {
  expect(
    told([
      object('v1', 'Secret', other, 'stringData: {}'),
      object('example.com/v1', 'A', 'a', `spec: { loginSecret: { name: ${name} } }`),
    ]),
  ).toEqual([]);
});
