import type { HarmlessEdit, Mutation } from '../mutation.ts';

const web = 'shop/web-deployment.yaml';

export const schemaMutations: readonly Mutation[] = [
  {
    title: 'a field has a typo',
    code: 'schema/invalid',
    edits: [{ file: web, find: 'imagePullPolicy', put: 'imagePullPolcy' }],
  },
  {
    title: 'a field stands one level too high',
    code: 'schema/invalid',
    edits: [{ file: web, find: '  revisionHistoryLimit: 3\n', put: '  containers: []\n  revisionHistoryLimit: 3\n' }],
  },
  {
    title: 'a number is quoted',
    code: 'schema/invalid',
    edits: [{ file: 'data/database.yaml', find: 'replicas: 3', put: 'replicas: "3"' }],
  },
  {
    title: 'a list is a map',
    code: 'schema/invalid',
    edits: [
      {
        file: 'shop/web-service.yaml',
        find: '    - name: http\n      port: 80\n      targetPort: http\n      protocol: TCP',
        put: '    name: http\n    port: 80',
      },
    ],
  },
  {
    title: 'a required field is missing',
    code: 'schema/invalid',
    edits: [{ file: 'shop/autoscaling.yaml', find: '  maxReplicas: 6\n', put: '' }],
  },
  {
    title: 'a field of a custom resource has a typo',
    code: 'schema/invalid',
    edits: [{ file: 'shop/secrets.yaml', find: 'refreshInterval', put: 'refreshIntervall' }],
  },
  {
    title: 'an enumeration has a typo',
    code: 'schema/invalid',
    edits: [{ file: web, find: 'imagePullPolicy: IfNotPresent', put: 'imagePullPolicy: IfNotPresnt' }],
  },
  {
    title: 'a value of an enumeration in lower case',
    code: 'schema/invalid',
    edits: [{ file: 'shop/gateway.yaml', find: 'from: Same', put: 'from: same' }],
  },
  {
    title: 'a kind has a typo',
    code: 'schema/unknown-kind',
    edits: [{ file: web, find: 'kind: Deployment', put: 'kind: Deploymnet' }],
  },
  {
    title: 'a kind of another group',
    code: 'schema/unknown-kind',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'apiVersion: autoscaling/v2', put: 'apiVersion: autoscaling/v3' }],
  },
  {
    title: 'a custom kind that nobody defines',
    code: 'schema/unknown-kind',
    edits: [
      {
        file: 'shop/widget.yaml',
        put: 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: one\n  namespace: shop\n',
      },
    ],
  },
  {
    title: 'spec is missing its indentation',
    code: 'validate/syntax',
    edits: [{ file: 'shop/web-service.yaml', find: 'spec:\n  type: ClusterIP', put: 'spec:\ntype: ClusterIP' }],
  },
  {
    title: 'a custom resource of a version that its definition does not serve',
    code: 'schema/unknown-kind',
    edits: [
      {
        file: 'cluster/new.yaml',
        put: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
---
apiVersion: example.com/v2
kind: Widget
metadata: { name: other, namespace: shop }
`,
      },
    ],
  },
];

export const schemaHarmlessEdits: readonly HarmlessEdit[] = [
  {
    title: 'a timestamp that kubectl leaves empty',
    edits: [{ file: web, find: 'metadata:\n', put: 'metadata:\n  creationTimestamp: null\n' }],
  },
  {
    title: 'a custom kind whose definition is in the tree',
    edits: [
      {
        file: 'cluster/widgets.yaml',
        put: 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: widgets.example.com\nspec:\n  group: example.com\n  scope: Namespaced\n  names:\n    kind: Widget\n    plural: widgets\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n          type: object\n          properties:\n            spec:\n              type: object\n              properties:\n                size:\n                  type: integer\n',
      },
      {
        file: 'shop/widget.yaml',
        put: 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: one\n  namespace: shop\nspec:\n  size: 3\n',
      },
    ],
  },
];
