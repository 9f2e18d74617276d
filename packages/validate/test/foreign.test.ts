import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateManifests } from '../src/index.ts';
import { schemas } from '@fairlead/fixtures';

/** Findings about YAML of somebody who knows no Fairlead, without taste. */
function judge(tree: Readonly<Record<string, string>>): string[] {
  const documents = Object.entries(tree).map(([file, text]) => ({ file, text }));
  const { diagnostics } = validateManifests({ documents, kubernetes: '1.34', context: 'folder', schemas });
  return diagnostics
    .filter((each) => each.severity === 'error' || each.code.startsWith('references/'))
    .map((each) => `${each.severity} ${each.code} ${each.message}`);
}

/** A pod that reads keys of Secrets and mounts ConfigMaps. */
function reader(secrets: Readonly<Record<string, string>>, configMaps: readonly string[] = []): string {
  const env = Object.entries(secrets).map(
    ([name, key], index) =>
      `        - { name: S${index}, valueFrom: { secretKeyRef: { name: ${name}, key: ${key} } } }`,
  );
  const from = configMaps.map((name) => `        - configMapRef: { name: ${name} }`);
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: app, namespace: shop }
spec:
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app } }
    spec:
      containers:
      - name: app
        image: example/app:1
        env:
${env.join('\n') || '          []'}
        envFrom:
${from.join('\n') || '          []'}
`;
}

const namespaced = (name: string): string => `metadata: { name: ${name}, namespace: shop }`;

describe('Secrets and ConfigMaps that controllers make are not missing', () => {
  test.each<[string, string, Record<string, string>]>([
    [
      'CloudNativePG',
      `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\n${namespaced('db')}\nspec: { instances: 1, storage: { size: 1Gi } }\n`,
      { 'db-app': 'username', 'db-superuser': 'password', 'db-ca': 'ca.crt' },
    ],
    [
      'Strimzi',
      `apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaUser\n${namespaced('client')}\nspec: {}\n`,
      { client: 'user.password' },
    ],
    [
      'ECK',
      `apiVersion: elasticsearch.k8s.elastic.co/v1\nkind: Elasticsearch\n${namespaced('logs')}\nspec: { version: 8.0.0 }\n`,
      { 'logs-es-elastic-user': 'elastic' },
    ],
    [
      'SealedSecret',
      `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n${namespaced('sealed')}\nspec: { encryptedData: { token: AgB } }\n`,
      { sealed: 'token' },
    ],
    [
      'ExternalSecret with a template',
      `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\n${namespaced('external')}\nspec:\n  secretStoreRef: { name: s, kind: SecretStore }\n  target: { name: made, template: { data: { url: "x" } } }\n  data: [{ secretKey: a, remoteRef: { key: b } }]\n---\napiVersion: external-secrets.io/v1\nkind: SecretStore\n${namespaced('s')}\nspec: { provider: { fake: { data: [] } } }\n`,
      { made: 'url' },
    ],
    [
      'Vault Secrets Operator',
      `apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\n${namespaced('static')}\nspec: { destination: { name: from-vault, create: true }, mount: kv, path: a, type: kv-v2 }\n`,
      { 'from-vault': 'anything' },
    ],
    [
      'a service account token',
      `apiVersion: v1\nkind: Secret\nmetadata: { name: token, namespace: shop, annotations: { kubernetes.io/service-account.name: app } }\ntype: kubernetes.io/service-account-token\n`,
      { token: 'token' },
    ],
    [
      'a Certificate with a keystore',
      `apiVersion: cert-manager.io/v1\nkind: Certificate\n${namespaced('c')}\nspec:\n  secretName: cert\n  dnsNames: [a.example.com]\n  issuerRef: { name: i, kind: Issuer }\n  keystores: { pkcs12: { create: true, passwordSecretRef: { name: p, key: k } } }\n---\napiVersion: cert-manager.io/v1\nkind: Issuer\n${namespaced('i')}\nspec: { selfSigned: {} }\n`,
      { cert: 'keystore.p12' },
    ],
    [
      'Crossplane',
      `apiVersion: database.example.org/v1\nkind: Instance\n${namespaced('i')}\nspec: { writeConnectionSecretToRef: { name: connection } }\n`,
      { connection: 'endpoint' },
    ],
    [
      'RabbitMQ',
      `apiVersion: rabbitmq.com/v1beta1\nkind: RabbitmqCluster\n${namespaced('mq')}\nspec: { replicas: 1 }\n`,
      { 'mq-default-user': 'username' },
    ],
    [
      'kubectl replicators',
      `apiVersion: v1\nkind: Secret\nmetadata: { name: pull, namespace: infra, annotations: { replicator.v1.mittwald.de/replicate-to: "*" } }\ndata: { a: YQ== }\n`,
      { pull: 'a' },
    ],
  ])('%s', (_, maker, secrets) => {
    expect(
      judge({ 'app.yaml': reader(secrets), 'maker.yaml': maker }).filter(
        (each) => !each.includes('schema/unknown-kind'),
      ),
    ).toEqual([]);
  });

  test('generators of a kustomization', () => {
    const kustomization =
      'resources: [app.yaml]\nconfigMapGenerator: [{ name: settings, literals: [A=b] }]\nsecretGenerator: [{ name: keys, literals: [k=v] }]\n';
    expect(judge({ 'app.yaml': reader({ keys: 'k' }, ['settings']), 'kustomization.yaml': kustomization })).toEqual([]);
  });

  test('but a key that nobody makes is', () => {
    const sealed = `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n${namespaced('sealed')}\nspec: { encryptedData: { token: AgB } }\n`;
    expect(judge({ 'app.yaml': reader({ sealed: 'tokn' }), 'sealed.yaml': sealed })).toContain(
      'error references/missing-key Secret "sealed" has no key "tokn"',
    );
  });
});

test('a kustomization names files that are there; what lies above or behind a URL is not looked up', () => {
  const tree = {
    'app/app.yaml': reader({}),
    'app/more/kustomization.yaml': 'resources: []\n',
    'app/kustomization.yaml':
      'resources:\n- app.yaml\n- ./more\n- ../base\n- https://example.com/a.yaml\n- github.com/example/app\n- ap.yaml\n',
  };
  expect(judge(tree)).toEqual(['error references/missing-path the kustomization names ap.yaml, which does not exist']);
});

test('patches of a kustomization are fragments, not objects', () => {
  const base = reader({});
  const patch =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: app, namespace: shop }\nspec: { replicas: 3 }\n';
  const overlay = 'resources: [../base]\npatches:\n- path: replicas.yaml\n';
  expect(
    judge({
      'base/app.yaml': base,
      'base/kustomization.yaml': 'resources: [app.yaml]\n',
      'overlay/replicas.yaml': patch,
      'overlay/kustomization.yaml': overlay,
    }),
  ).toEqual([]);
});

test('plain kubectl create --dry-run YAML has no errors', () => {
  const text = readFileSync(new URL('dry-run.yaml', import.meta.url), 'utf8');
  expect(judge({ 'all.yaml': text })).toEqual([]);
});

describe('what a platform offers is a warning in a folder', () => {
  test.each([
    [
      'StorageClass',
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: a }\nspec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 1Gi } } }\n',
      'warning references/missing-storage-class StorageClass "fast" does not exist',
    ],
    [
      'IngressClass',
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: a }\nspec: { ingressClassName: nginx, defaultBackend: { service: { name: s, port: { number: 80 } } } }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { type: ExternalName, externalName: a.example.com, ports: [{ port: 80 }] }\n',
      'warning references/missing-ingress-class IngressClass "nginx" does not exist',
    ],
    [
      'GatewayClass',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: a }\nspec: { gatewayClassName: envoy, listeners: [{ name: http, port: 80, protocol: HTTP }] }\n',
      'warning references/missing-gateway-class GatewayClass "envoy" does not exist',
    ],
    [
      'a kind without schema',
      'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a }\n',
      'there is no schema for Widget of example.com/v1',
    ],
  ])('%s', (_, text, expected) => {
    const { diagnostics } = validateManifests({
      documents: [{ file: 'a.yaml', text }],
      kubernetes: '1.34',
      context: 'folder',
      schemas,
    });
    const found = diagnostics.filter((each) => !/^(?:security|operations)\//.test(each.code));
    expect(found.map((each) => each.severity)).toEqual(['warning']);
    expect(`${found[0]?.severity} ${found[0]?.code} ${found[0]?.message}`).toContain(expected);
  });
});

test('paths that Argo CD reads are looked up in this repository, and in no other', () => {
  const application = (repository: string, path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "${repository}", path: ${path}, targetRevision: main }\n  destination: { server: https://kubernetes.default.svc, namespace: shop }\n`;
  const codes = (repository: string, path: string): string[] =>
    validateManifests({
      documents: [{ file: 'a.yaml', text: application(repository, path) }],
      kubernetes: '1.34',
      context: 'folder',
      repository: 'https://git.example.com/fleet.git',
      pathExists: (each) => each === 'dist/clusters/north',
    }).diagnostics.map((each) => each.code);
  expect(codes('git@git.example.com:fleet.git', './dist/clusters/north/')).toEqual([]);
  expect(codes('https://git.example.com/fleet', 'dist/clusters/nroth')).toEqual(['references/missing-path']);
  expect(codes('https://git.example.com/other.git', 'anything')).toEqual([]);
});

describe('what a cloud reads in its own way is no fault', () => {
  const gateway = (metadata: string, spec: string): string =>
    `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: web, namespace: shop${metadata} }\n` +
    `spec: { ${spec}, listeners: [{ name: https, port: 443, protocol: HTTPS }] }\n`;
  const albClass =
    'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: web }\nspec: { controllerName: gateway.k8s.aws/alb }\n';
  const needsTls = ['error rules/gateway a listener of protocol HTTPS needs tls'];

  test.each<[string, string[], Record<string, string>]>([
    ['no certificate at all', needsTls, { a: gateway('', 'gatewayClassName: web') }],
    [
      'a certificate map of GKE',
      [],
      { a: gateway(', annotations: { networking.gke.io/certmap: web }', 'gatewayClassName: gke-l7-gxlb') },
    ],
    ['a class of the AWS controller', [], { a: gateway('', 'gatewayClassName: web'), b: albClass }],
    [
      'a LoadBalancerConfiguration',
      [],
      {
        a: gateway(
          '',
          'gatewayClassName: web, infrastructure: { parametersRef: { group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: web } }',
        ),
        b: 'apiVersion: gateway.k8s.aws/v1beta1\nkind: LoadBalancerConfiguration\nmetadata: { name: web, namespace: shop }\nspec: {}\n',
      },
    ],
  ])('listeners with %s', (_, expected, tree) => {
    expect(judge(tree).filter((each) => each.includes('rules/gateway'))).toEqual(expected);
  });

  test.each([
    ['gce', []],
    ['gce-internal', []],
    ['nginx', ['references/missing-ingress-class', 'rules/deprecated-field']],
  ])('an Ingress with the annotation of class %s', (name, expected) => {
    const text = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop, annotations: { kubernetes.io/ingress.class: ${name} } }\nspec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`;
    const documents = [{ file: 'ingress.yaml', text }];
    const { diagnostics } = validateManifests({ documents, kubernetes: '1.34', context: 'folder', schemas });
    const codes = diagnostics.map((each) => each.code).filter((code) => /ingress-class|deprecated/.test(code));
    expect(codes.sort()).toEqual(expected);
  });
});

describe('rules of NetworkPolicies that are open to everybody are told, however many ports they have', () => {
  const policy = (rules: string): string[] => {
    const text = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: web } }\n  ${rules}\n`;
    const { diagnostics } = validateManifests({
      documents: [{ file: 'policy.yaml', text }],
      kubernetes: '1.34',
      context: 'folder',
    });
    return diagnostics
      .filter(({ code }) => code === 'network/open-rule')
      .map((each) => `${each.severity} ${each.message}`);
  };
  test.each([
    ['ingress: [{ ports: [{ port: 8080 }] }]', ['warning the rule allows ingress from everything on port 8080']],
    ['egress: [{ ports: [{ port: 5432 }] }]', ['warning the rule allows egress to everything on port 5432']],
    ['egress: [{ ports: [{ port: 53, protocol: UDP }] }]', []],
    [
      'ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 1 }] }]',
      ['warning the rule allows ingress from every pod of every namespace'],
    ],
    [
      'ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 1 }] }]',
      ['info the rule allows ingress from every pod of its namespace'],
    ],
    [
      'ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }]',
      ['info the rule allows ingress from its peers on every port'],
    ],
    [
      'ingress: [{ from: [{ podSelector: { matchLabels: } }], ports: [{ port: 1 }] }]',
      ['warning matchLabels is empty, so the selector means every pod'],
    ],
    ['ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 1 }] }]', []],
  ])('%s', (rules, expected) => {
    expect(policy(rules)).toEqual(expected);
  });
});

test.each([
  [
    'a condition of a pod failure policy without status',
    'apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { podFailurePolicy: { rules: [{ action: Ignore, onPodConditions: [{ type: DisruptionTarget }] }] }, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: "a:1" }] } } }\n',
  ],
  [
    'a path of Windows',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  os: { name: windows }\n  containers: [{ name: a, image: "a:1", volumeMounts: [{ name: v, mountPath: "C:\\\\data" }] }]\n  volumes: [{ name: v, emptyDir: {} }]\n',
  ],
  [
    'the monitor of the kubelets',
    'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: k, namespace: monitoring }\nspec: { endpoints: [{ port: https-metrics }], namespaceSelector: { matchNames: [kube-system] }, selector: { matchLabels: { k8s-app: kubelet } } }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: dns, namespace: kube-system }\nspec: { clusterIP: None, selector: { k8s-app: kube-dns }, ports: [{ port: 9153 }] }\n',
  ],
  [
    'what a Cluster of CloudNativePG makes in the default namespace',
    `${reader({ 'db-app': 'uri' }).replace(', namespace: shop', '')}---\napiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: db }\nspec: { instances: 1, storage: { size: 1Gi } }\n`,
  ],
])('%s is no fault', (_, text) => {
  expect(judge({ 'a.yaml': text }).filter((each) => each.startsWith('error') || each.includes('missing'))).toEqual([]);
});

test('an object without namespace among others that state theirs', () => {
  const configMap = (name: string, namespace: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${namespace} }\n`;
  const tree = (stated: number, left: number): Record<string, string> =>
    Object.fromEntries([
      ...Array.from({ length: stated }, (_, index) => [`a${index}.yaml`, configMap(`a${index}`, ', namespace: shop')]),
      ...Array.from({ length: left }, (_, index) => [`b${index}.yaml`, configMap(`b${index}`, '')]),
    ]);
  const files = (texts: Record<string, string>): string[] =>
    validateManifests({
      documents: Object.entries(texts).map(([file, text]) => ({ file, text })),
      kubernetes: '1.34',
      context: 'folder',
    }).diagnostics.flatMap((each) => (each.code === 'rules/no-namespace' ? (each.file ?? []) : []));
  expect(files(tree(8, 1))).toEqual(['b0.yaml']);
  expect(files(tree(8, 4))).toEqual([]);
  expect(files(tree(0, 9))).toEqual([]);
  expect(files({ ...tree(8, 1), 'kustomization.yaml': 'namespace: shop\n' })).toEqual([]);
});

test.each([
  ['ingress-nginx', []],
  ['elsewhere', []],
  ['ingress-ngnix', ['network/selects-nothing']],
])('a peer in namespace %s, which the folder does not declare', (name, expected) => {
  const text = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web, namespace: shop }\nspec:\n  podSelector: {}\n  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } } }], ports: [{ port: 1 }] }]\n`;
  const { diagnostics } = validateManifests({
    documents: [{ file: 'policy.yaml', text }],
    kubernetes: '1.34',
    context: 'folder',
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(expected);
});
