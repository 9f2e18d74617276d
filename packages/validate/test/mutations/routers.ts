import type { Mutation } from '../mutation.ts';

const added = 'shop/added.yaml';
const one = (put: string): Mutation['edits'] => [{ file: added, put }];

const virtualService = (spec: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: web, namespace: shop }\nspec: { hosts: [shop.example.com], ${spec} }\n---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: public, namespace: shop }\nspec: { selector: { istio: ingressgateway } }\n---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: web, namespace: shop }\nspec: { host: web, subsets: [{ name: all, labels: { app.kubernetes.io/component: web } }] }\n`;
const ingressRoute = (route: string): string =>
  `apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: { name: web, namespace: shop }\nspec: { routes: [{ match: "Host(\`shop.example.com\`)", kind: Rule, ${route} }] }\n---\napiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: { name: auth, namespace: shop }\nspec: { basicAuth: { secret: worker-secrets } }\n`;
const pair = (claim: string, volume: string): string =>
  `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: old }\nspec: { capacity: { storage: 10Gi }, accessModes: [ReadWriteOnce], storageClassName: "", ${volume} nfs: { server: 10.0.0.5, path: /a } }\n---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: old, namespace: shop }\nspec: { volumeName: old, ${claim} }\n`;
const policy = (expression: string): string =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: web }\nspec: { matchConstraints: { resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }] }, validations: [{ expression: "${expression}" }] }\n`;

const webhook = (operation: string): string =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: web }\nwebhooks: [{ name: a.shop.example.com, admissionReviewVersions: [v1], sideEffects: None, clientConfig: { service: { name: web, namespace: shop } }, rules: [{ apiGroups: [apps], apiVersions: [v1], operations: [${operation}], resources: [deployments] }] }]\n`;

/** Three policies for the internet, of which the last leaves out what it is told. */
const internet = (except: string): string =>
  ['10.0.0.0/8, 169.254.0.0/16', '169.254.0.0/16, 10.0.0.0/8', except]
    .map(
      (each, index) =>
        `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: internet-${index}, namespace: shop }\nspec: { podSelector: { matchLabels: { app.kubernetes.io/component: web } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [${each}] } }], ports: [{ port: 443 }] }] }\n`,
    )
    .join('---\n');

/** What routes, volumes and policies name, and words of closed lists. */
export const routerMutations: readonly Mutation[] = [
  {
    title: 'a route of Istio goes to a Service that is not there',
    code: 'references/missing-service',
    edits: one(virtualService('http: [{ route: [{ destination: { host: wbe } }] }]')),
  },
  {
    title: 'a route of Istio goes to a port that is not there',
    code: 'references/missing-service-port',
    edits: one(
      virtualService(
        'http: [{ route: [{ destination: { host: web.shop.svc.cluster.local, port: { number: 81 } } }] }]',
      ),
    ),
  },
  {
    title: 'a route of Istio goes to a subset that is not there',
    code: 'references/missing-subset',
    edits: one(virtualService('http: [{ route: [{ destination: { host: web, subset: al } }] }]')),
  },
  {
    title: 'a route of Istio stands at a gateway that is not there',
    code: 'references/missing-gateway',
    edits: one(virtualService('gateways: [pubilc], http: [{ route: [{ destination: { host: web } }] }]')),
  },
  {
    title: 'a subset of Istio that no pod is in',
    code: 'references/service-selects-nothing',
    edits: one(
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: web, namespace: shop }\nspec: { host: web, subsets: [{ name: v2, labels: { version: v2 } }] }\n',
    ),
  },
  {
    title: 'a route of Traefik goes to a Service that is not there',
    code: 'references/missing-service',
    edits: one(ingressRoute('services: [{ name: wbe, port: 80 }]')),
  },
  {
    title: 'a route of Traefik goes to a port that is not there',
    code: 'references/missing-service-port',
    edits: one(ingressRoute('services: [{ name: web, port: htpp }]')),
  },
  {
    title: 'a route of Traefik through a middleware that is not there',
    code: 'references/missing-middleware',
    edits: one(ingressRoute('services: [{ name: web, port: http }], middlewares: [{ name: auht }]')),
  },
  {
    title: 'a volume that is reserved for another claim',
    code: 'references/missing-volume',
    edits: one(
      pair(
        'accessModes: [ReadWriteOnce], storageClassName: "", resources: { requests: { storage: 10Gi } }',
        'claimRef: { namespace: data, name: old },',
      ),
    ),
  },
  {
    title: 'a volume that is smaller than its claim',
    code: 'references/missing-volume',
    edits: one(
      pair('accessModes: [ReadWriteOnce], storageClassName: "", resources: { requests: { storage: 20Gi } }', ''),
    ),
  },
  {
    title: 'a volume of another mode than its claim',
    code: 'references/missing-volume',
    edits: one(
      pair('accessModes: [ReadWriteMany], storageClassName: "", resources: { requests: { storage: 10Gi } }', ''),
    ),
  },
  {
    title: 'a volume of another class than its claim',
    code: 'references/missing-volume',
    edits: one(
      pair('accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 10Gi } }', ''),
    ),
  },
  {
    title: 'an exception of the internet is removed',
    code: 'network/open-rule',
    edits: one(internet('169.254.0.0/16')),
  },
  { title: 'a webhook for an operation that is none', code: 'rules/webhook', edits: one(webhook('CREAET')) },
  {
    title: 'a binding of a policy that is not there',
    code: 'rules/webhook',
    edits: one(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: web }\nspec: { policyName: no-latets, validationActions: [Deny] }\n',
    ),
  },
  {
    title: 'a binding that denies and warns',
    code: 'rules/webhook',
    edits: one(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: web }\nspec: { policyName: web, validationActions: [Deny, Warn] }\n---\n' +
        policy('object.spec.replicas <= 5'),
    ),
  },
  {
    title: 'an expression of a policy that does not compile',
    code: 'rules/webhook',
    edits: one(policy('object.spec.replicas <= 5 &&')),
  },
  {
    title: 'a quota of a scope that does not exist',
    code: 'rules/limit-range',
    edits: one(
      'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: high, namespace: shop }\nspec: { hard: { pods: "50" }, scopeSelector: { matchExpressions: [{ scopeName: PriortyClass, operator: In, values: [high] }] } }\n',
    ),
  },
  {
    title: 'an APIService whose name is not its version and group',
    code: 'rules/name',
    edits: one(
      'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1beta1.metrics.k8s.io }\nspec: { group: metrics.k8s.io, version: v1, groupPriorityMinimum: 100, versionPriority: 100 }\n',
    ),
  },
  {
    title: 'a scaler that KEDA does not have',
    code: 'rules/known-name',
    edits: one(
      'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: worker, namespace: shop }\nspec: { scaleTargetRef: { name: worker }, triggers: [{ type: kafak, metadata: {} }] }\n',
    ),
  },
  {
    title: 'an autoscaler of a mistyped API group',
    code: 'references/missing-scale-target',
    edits: [{ file: 'shop/autoscaling.yaml', find: 'apiVersion: apps/v1', put: 'apiVersion: app/v1' }],
  },
  {
    title: 'a host that is a slip of a neighbour',
    code: 'references/missing-address',
    edits: [
      {
        file: 'shop/worker-deployment.yaml',
        find: '          env:\n',
        put: '          env:\n            - name: WEB_HOST\n              value: wbe\n',
      },
    ],
  },
  {
    title: 'a command that waits for a host that is not there',
    code: 'references/missing-address',
    edits: [
      {
        file: 'shop/worker-deployment.yaml',
        find: '        - name: worker\n',
        put: '        - name: worker\n          args: [--api=http://ap.shop.svc:8080]\n',
      },
    ],
  },
];
