import type { HarmlessEdit, Mutation } from '../mutation.ts';

const web = 'shop/web-deployment.yaml';
const worker = 'shop/worker-deployment.yaml';
const database = 'data/database.yaml';
const storage = 'cluster/storage-class.yaml';
const secrets = 'shop/secrets.yaml';
const ingress = 'shop/ingress.yaml';
const code = 'rules/known-name';

const annotated = (annotation: string): Mutation['edits'] => [
  {
    file: ingress,
    find: '  name: web\n  namespace: shop\n',
    put: `  name: web\n  namespace: shop\n  annotations:\n    ${annotation}\n`,
  },
];

const nodeSelector = (label: string): Mutation['edits'] => [
  {
    file: web,
    find: '      serviceAccountName: web\n',
    put: `      serviceAccountName: web\n      nodeSelector:\n        ${label}\n`,
  },
];

const pools = (reference: string, more = ''): Mutation['edits'] => [
  {
    file: 'cluster/nodes.yaml',
    put: `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: general }
spec:
${more}  template:
    spec:
      requirements: [{ key: kubernetes.io/arch, operator: In, values: [amd64] }]
      nodeClassRef: { ${reference} }
---
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: default }
spec:
  role: nodes
  amiSelectorTerms: [{ alias: al2023@v20260801 }]
  subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: north } }]
  securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: north } }]
`,
  },
];
const nodeClass = 'group: karpenter.k8s.aws, kind: EC2NodeClass, name: default';

/** Names that other programs read, misspelt. */
export const knownNameMutations: readonly Mutation[] = [
  {
    title: 'a topology key with two letters swapped',
    code,
    edits: [
      { file: web, find: 'topologyKey: topology.kubernetes.io/zone', put: 'topologyKey: topology.kubernetse.io/zone' },
    ],
  },
  { title: 'a node selector by a mistyped label', code, edits: nodeSelector('kubernetes.io/hostnam: a') },
  { title: 'a node selector by an architecture that is none', code, edits: nodeSelector('kubernetes.io/arch: adm64') },
  {
    title: 'a node selector by an operating system that is none',
    code,
    edits: nodeSelector('kubernetes.io/os: liunx'),
  },
  {
    title: 'a parameter of the volumes is misspelt',
    code,
    edits: [{ file: storage, find: 'encrypted:', put: 'encryted:' }],
  },
  {
    title: 'a type of volume that EBS does not have',
    code,
    edits: [{ file: storage, find: 'type: gp3', put: 'type: pg3' }],
  },
  {
    title: 'the provider of secrets is misspelt',
    code,
    edits: [{ file: secrets, find: 'provider: vault', put: 'provider: valt' }],
  },
  {
    title: 'the type of a Secret is misspelt',
    code,
    edits: [{ file: secrets, find: 'type: Opaque', put: 'type: Opaqe' }],
  },
  {
    title: 'the driver of a volume is misspelt',
    code,
    edits: [{ file: worker, find: 'secrets-store.csi.k8s.io', put: 'secret-store.csi.k8s.io' }],
  },
  {
    title: 'a recommended label of pods is misspelt',
    code,
    edits: [
      {
        file: web,
        after: 'template:',
        find: '      labels:\n',
        put: '      labels:\n        app.kubernetes.io/versoin: "1"\n',
      },
    ],
  },
  {
    title: 'an annotation of the proxy is misspelt',
    code,
    edits: annotated('nginx.ingress.kubernetes.io/rewrite-taget: /'),
  },
  {
    title: 'the prefix of an annotation is misspelt',
    code,
    edits: annotated('nginx.ingres.kubernetes.io/rewrite-target: /'),
  },
  {
    title: 'an annotation of the load balancer is misspelt',
    code,
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: '  name: web\n',
        put: '  name: web\n  annotations:\n    service.beta.kubernetes.io/aws-load-balancer-scheem: internal\n',
      },
    ],
  },
  {
    title: 'the role of a service account is misspelt',
    code,
    edits: [
      {
        file: 'shop/rbac.yaml',
        find: '  name: web\n',
        put: '  name: web\n  annotations:\n    eks.amazonaws.com/rolearm: arn:aws:iam::111122223333:role/web\n',
      },
    ],
  },
  {
    title: 'an IngressClass of a misspelt controller',
    code,
    edits: [
      {
        file: 'cluster/ingress-class.yaml',
        put: 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: inner }\nspec: { controller: k8s.io/ingress-ngnix }\n',
      },
    ],
  },
  { title: 'a limit of a node pool on nothing', code, edits: pools(nodeClass, '  limits: { cup: "100" }\n') },
  {
    title: 'a node pool of a missing node class',
    code: 'references/missing-node-class',
    edits: pools('group: karpenter.k8s.aws, kind: EC2NodeClass, name: defualt'),
  },
  {
    title: 'a node pool of a node class of another kind',
    code: 'references/missing-node-class',
    edits: pools('group: karpenter.k8s.aws, kind: AWSNodeTemplate, name: default'),
  },
  {
    title: 'a provider of secrets without its list',
    code: 'rules/incomplete',
    edits: [{ file: secrets, find: '    objects: |', put: '    objcts: |' }],
  },
  {
    title: 'a volume of secrets that may be written to',
    code: 'rules/volume',
    edits: [{ file: worker, after: 'driver: secrets-store', find: '            readOnly: true\n', put: '' }],
  },
  {
    title: 'secrets are fetched as the default account',
    code: 'security/default-service-account',
    edits: [{ file: worker, find: '      serviceAccountName: worker\n', put: '' }],
  },
  {
    title: 'a file is mounted without subPath',
    code: 'rules/mount',
    edits: [{ file: web, find: '              subPath: nginx.conf\n', put: '' }],
  },
  {
    title: 'a StatefulSet without Service',
    code: 'references/service-not-headless',
    edits: [{ file: database, find: '  serviceName: database-members\n', put: '' }],
  },
  {
    title: 'a roll-out that takes all pods down',
    code: 'operations/rollout-downtime',
    edits: [{ file: web, find: 'maxUnavailable: 0', put: 'maxUnavailable: 100%' }],
  },
  {
    title: 'an autoscaler that waits for more than the limit',
    code: 'operations/unreachable-target',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'averageUtilization: 70', put: 'averageUtilization: 7000' }],
  },
  {
    title: 'a root file system that can be written to',
    code: 'security/writable-root',
    edits: [{ file: web, find: 'readOnlyRootFilesystem: true', put: 'readOnlyRootFilesystem: false' }],
  },
  {
    title: 'cert-manager is asked for a certificate without a Secret',
    code: 'rules/ingress',
    edits: [
      ...annotated('cert-manager.io/cluster-issuer: letsencrypt'),
      { file: ingress, find: '      secretName: web-tls\n', put: '' },
    ],
  },
  {
    title: 'a tls entry without Secret',
    code: 'rules/ingress',
    edits: [{ file: ingress, find: '      secretName: web-tls\n', put: '' }],
  },
  {
    title: 'a subresource that pods do not have',
    code: 'rules/unknown-resource',
    edits: [
      {
        file: 'shop/rbac.yaml',
        put: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: evict, namespace: shop }\nrules: [{ apiGroups: [""], resources: [pods/evicton], verbs: [create] }]\n',
      },
    ],
  },
  {
    title: 'a binding to a misspelt role of the system',
    code: 'references/missing-role',
    edits: [
      {
        file: 'shop/rbac.yaml',
        put: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: delegate }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:auth-delegater }\nsubjects: [{ kind: ServiceAccount, name: report, namespace: shop }]\n',
      },
    ],
  },
];

/** Names of others that look alike, and stay unaccused. */
export const knownNameHarmlessEdits: readonly HarmlessEdit[] = [
  { title: 'a node selector by a label of the cloud', edits: nodeSelector('kubernetes.io/os: linux') },
  { title: 'an annotation of the proxy', edits: annotated('nginx.ingress.kubernetes.io/proxy-body-size: 8m') },
  { title: 'an annotation of one’s own', edits: annotated('example.com/rewrite-taget: /') },
  {
    title: 'a parameter of the volumes in another case',
    edits: [{ file: storage, find: 'encrypted:', put: 'Encrypted:' }],
  },
  {
    title: 'a label of one’s own below the recommended ones',
    edits: [
      {
        file: web,
        after: 'template:',
        find: '      labels:\n',
        put: '      labels:\n        app.kubernetes.io/team: shop\n',
      },
    ],
  },
  { title: 'a node pool of its node class', edits: pools(nodeClass, '  limits: { cpu: "100", memory: 100Gi }\n') },
];
