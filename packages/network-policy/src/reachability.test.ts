import type { Manifest } from '@fairlead/objects/manifest';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import {
  createReachability,
  newlyReachable,
  portText,
  type ReachabilityOptions,
  type Traffic,
} from './reachability.ts';

const read = (text: string): Manifest[] => parseAllDocuments(text).map((document) => document.toJS() as Manifest);

/** Three namespaces with one workload each, and a second one in `shop`. */
const base = `
{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: shop, tier: app } } }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: data, labels: { tier: data } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web, tier: front } }
    spec: { containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }] }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, ports: [{ name: http, containerPort: 4000 }] }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: data }
spec:
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, ports: [{ name: sql, containerPort: 5432 }] }] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: job }
spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: job } }, spec: { containers: [{ name: job }] } } } } }
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: shop, labels: { app: web } }
spec: { hostNetwork: true, containers: [{ name: agent, ports: [{ containerPort: 9100 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: data }
spec: { selector: { app: db }, ports: [{ port: 15432, targetPort: sql }] }
---
apiVersion: v1
kind: Service
metadata: { name: outside, namespace: data }
spec: { ports: [{ port: 443 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: outside-1, namespace: data, labels: { kubernetes.io/service-name: outside } }
endpoints: [{ addresses: [203.0.113.9] }]
`;

const policy = (namespace: string, spec: string, name = 'p') =>
  `\n---\n{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: ${name}, namespace: ${namespace} }, spec: ${spec} }`;

const db = (spec: string) => policy('data', spec);
const web = (spec: string) => policy('shop', spec);

interface Case {
  readonly title: string;
  readonly policies?: string;
  readonly from?: string;
  readonly to?: string;
  readonly traffic?: Traffic;
  readonly options?: ReachabilityOptions;
  /** `egress ingress`: `+` allowed, `-` denied, with the deciding policies behind. */
  readonly expected: string;
}

const webPod = 'shop/Deployment/web';
const dbPod = 'data/StatefulSet/db';

const cases: Case[] = [
  { title: 'without policies everything is allowed', expected: '+ +' },
  {
    title: 'an empty selector isolates every pod of its namespace only',
    policies: db('{ podSelector: {} }'),
    expected: '+ -data/p',
  },
  { title: '… and no pod of another', policies: policy('shop', '{ podSelector: {} }'), expected: '+ +' },
  {
    title: 'ingress is implied without policyTypes, egress is not',
    policies: web('{ podSelector: {} }'),
    expected: '+ +',
  },
  {
    title: 'an empty egress list without policyTypes does not isolate egress',
    policies: web('{ podSelector: {}, egress: [] }'),
    expected: '+ +',
  },
  {
    title: 'an empty policyTypes list is defaulted too',
    policies: db('{ podSelector: {}, policyTypes: [] }'),
    expected: '+ -data/p',
  },
  {
    title: 'policyTypes Egress alone isolates egress',
    policies: web('{ podSelector: {}, policyTypes: [Egress] }'),
    expected: '-shop/p +',
  },
  {
    title: 'policyTypes Egress leaves ingress open',
    policies: db('{ podSelector: {}, policyTypes: [Egress] }'),
    expected: '+ +',
  },
  {
    title: 'policyTypes Ingress ignores egress rules',
    policies: web('{ podSelector: {}, policyTypes: [Ingress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }'),
    expected: '+ +',
  },
  {
    title: 'an egress rule implies both types',
    policies: web('{ podSelector: {}, egress: [{ ports: [{ port: 443 }] }] }'),
    expected: '-shop/p +',
  },
  {
    title: 'an empty rule allows everything',
    policies: db('{ podSelector: {}, ingress: [{}] }'),
    expected: '+ +data/p',
  },
  {
    title: 'an empty from and empty ports restrict nothing',
    policies: db('{ podSelector: {}, ingress: [{ from: [], ports: [] }] }'),
    expected: '+ +data/p',
  },
  { title: 'a null podSelector is an empty one', policies: db('{ podSelector: null }'), expected: '+ -data/p' },
  {
    title: 'a podSelector alone means the policy’s own namespace',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }'),
    expected: '+ -data/p',
  },
  {
    title: 'an empty podSelector peer means every pod of the own namespace',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }'),
    expected: '+ -data/p',
  },
  {
    title: 'an empty namespaceSelector means every namespace',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }'),
    expected: '+ +data/p',
  },
  {
    title: 'the name label of a namespace needs no manifest',
    policies: db(
      '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }] }] }',
    ),
    expected: '+ +data/p',
  },
  {
    title: 'stated labels of a namespace',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { tier: app } } }] }] }'),
    expected: '+ +data/p',
  },
  {
    title: 'pod labels are not namespace labels',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { tier: front } } }] }] }'),
    expected: '+ -data/p',
  },
  {
    title: 'both selectors in one peer must match',
    policies: db(
      '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { tier: app } }, podSelector: { matchLabels: { app: api } } }] }] }',
    ),
    expected: '+ -data/p',
  },
  {
    title: 'in two peers either may match',
    policies: db(
      '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { tier: app } } }, { podSelector: { matchLabels: { app: api } } }] }] }',
    ),
    expected: '+ +data/p',
  },
  {
    title: 'In',
    policies: db('{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [db, cache] }] } }'),
    expected: '+ -data/p',
  },
  {
    title: 'NotIn also holds without the key',
    policies: db('{ podSelector: { matchExpressions: [{ key: role, operator: NotIn, values: [db] }] } }'),
    expected: '+ -data/p',
  },
  {
    title: 'Exists',
    policies: db('{ podSelector: { matchExpressions: [{ key: role, operator: Exists }] } }'),
    expected: '+ +',
  },
  {
    title: 'DoesNotExist',
    policies: db('{ podSelector: { matchExpressions: [{ key: role, operator: DoesNotExist }] } }'),
    expected: '+ -data/p',
  },
  {
    title: 'a policy that does not select the pod',
    policies: db('{ podSelector: { matchLabels: { app: dbx } } }'),
    expected: '+ +',
  },
  {
    title: 'policies add up; only those that allow are named',
    policies:
      db('{ podSelector: {} }') +
      policy(
        'data',
        '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ namespaceSelector: {} }] }] }',
        'allow',
      ),
    expected: '+ +data/allow',
  },
  {
    title: 'when denied, all that isolate are named',
    policies:
      db('{ podSelector: {} }') +
      policy(
        'data',
        '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: {} }] }] }',
        'allow',
      ),
    expected: '+ -data/allow,data/p',
  },
  {
    title: 'the right port',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 5432 }] }] }'),
    traffic: { port: 5432 },
    expected: '+ +data/p',
  },
  {
    title: 'another port',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 5432 }] }] }'),
    traffic: { port: 5433 },
    expected: '+ -data/p',
  },
  {
    title: 'another protocol',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 5432, protocol: UDP }] }] }'),
    traffic: { port: 5432 },
    expected: '+ -data/p',
  },
  {
    title: 'UDP asked and allowed',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 5432, protocol: UDP }] }] }'),
    traffic: { port: 5432, protocol: 'UDP' },
    expected: '+ +data/p',
  },
  {
    title: 'SCTP is not TCP',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ protocol: SCTP }] }] }'),
    traffic: { port: 5432 },
    expected: '+ -data/p',
  },
  {
    title: 'a protocol without a port allows all its ports',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ protocol: TCP }] }] }'),
    traffic: { port: 7 },
    expected: '+ +data/p',
  },
  {
    title: 'a range holds its ends',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 5000, endPort: 5432 }] }] }'),
    traffic: { port: 5432 },
    expected: '+ +data/p',
  },
  {
    title: 'and nothing behind them',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 5000, endPort: 5431 }] }] }'),
    traffic: { port: 5432 },
    expected: '+ -data/p',
  },
  {
    title: 'a name is resolved at the destination of ingress',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: sql }] }] }'),
    traffic: { port: 5432 },
    expected: '+ +data/p',
  },
  {
    title: 'a name that no container has allows nothing',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: mysql }] }] }'),
    traffic: { port: 5432 },
    expected: '+ -data/p',
  },
  {
    title: 'a name of egress is the destination’s',
    policies: web('{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: sql }] }] }'),
    traffic: { port: 5432 },
    expected: '+shop/p +',
  },
  {
    title: '… not the source’s',
    policies: web('{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: http }] }] }'),
    traffic: { port: 8080 },
    expected: '-shop/p +',
  },
  {
    title: 'a name in another protocol is another port',
    policies: policy('shop', '{ podSelector: {}, ingress: [{ ports: [{ port: dns }] }] }'),
    from: dbPod,
    to: webPod,
    traffic: { port: 53, protocol: 'UDP' },
    expected: '+ -shop/p',
  },
  {
    title: 'a named port can be asked for',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 5432 }] }] }'),
    traffic: { port: 'sql' },
    expected: '+ +data/p',
  },
  {
    title: 'without a port, the declared ones are tried',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 53 }] }] }'),
    expected: '+ -data/p',
  },
  {
    title: 'both ends must let the same port through',
    policies:
      web('{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 5432 }] }] }') +
      db('{ podSelector: {}, ingress: [{ ports: [{ port: 5433 }] }] }'),
    expected: '+shop/p -data/p',
  },
  {
    title: 'policies at both ends',
    policies:
      web(
        '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { tier: data } } }] }] }',
      ) + db('{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: shop } } }] }] }'),
    expected: '+shop/p +data/p',
  },
  {
    title: 'an object without a namespace is in default',
    policies: policy('default', '{ podSelector: {}, policyTypes: [Egress] }'),
    from: 'default/CronJob/job',
    expected: '-default/p +',
  },
  {
    title: 'policies do not select host-network pods',
    policies: policy('shop', '{ podSelector: {} }'),
    from: dbPod,
    to: 'shop/Pod/agent',
    expected: '+ +',
  },
  {
    title: 'selectors do not match host-network pods',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }'),
    from: 'shop/Pod/agent',
    expected: '+ -data/p',
  },
  {
    title: 'a Service’s port leads to its target port',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 5432 }] }] }'),
    to: 'data/Service/db',
    traffic: { port: 15432 },
    expected: '+ +data/p',
  },
  {
    title: 'policies see the target port, not the Service’s',
    policies: db('{ podSelector: {}, ingress: [{ ports: [{ port: 15432 }] }] }'),
    to: 'data/Service/db',
    traffic: { port: 15432 },
    expected: '+ -data/p',
  },
  { title: 'a Service without that port', to: 'data/Service/db', traffic: { port: 80 }, expected: '- -' },
  {
    title: 'a Service without a selector leads to its endpoints',
    policies: web(
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }] }',
    ),
    to: 'data/Service/outside',
    expected: '+shop/p +',
  },
  {
    title: 'an address in the block',
    policies: web('{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }'),
    to: '10.1.2.3',
    expected: '+shop/p +',
  },
  {
    title: 'an address in an exception',
    policies: web(
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }] }] }',
    ),
    to: '10.1.2.3',
    expected: '-shop/p +',
  },
  {
    title: 'an exception of one peer does not cut another',
    policies: web(
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }, { ipBlock: { cidr: 10.1.2.0/24 } }] }] }',
    ),
    to: '10.1.2.3',
    expected: '+shop/p +',
  },
  {
    title: 'a block holds smaller ones',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }] }'),
    from: '192.0.2.128/25',
    expected: '+ +data/p',
  },
  {
    title: 'not larger ones',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }] }'),
    from: '192.0.0.0/16',
    expected: '+ -data/p',
  },
  {
    title: 'IPv6',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "2001:db8::/32" } }] }] }'),
    from: '2001:db8:1::9',
    expected: '+ +data/p',
  },
  {
    title: 'IPv4 is not in ::/0',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "::/0" } }] }] }'),
    from: '192.0.2.1',
    expected: '+ -data/p',
  },
  {
    title: 'the world is open to the world',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }] }'),
    from: 'world',
    expected: '+ +data/p',
  },
  {
    title: 'a namespace selector admits no address',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }'),
    from: 'world',
    expected: '+ -data/p',
  },
  {
    title: 'a named port means nothing at an address',
    policies: web('{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: sql }] }] }'),
    to: '10.0.0.1',
    expected: '-shop/p +',
  },
  {
    title: 'everything holds the pods',
    policies: db(
      '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [169.254.0.0/16] } }] }] }',
    ),
    expected: '+ +data/p',
  },
  {
    title: 'the public internet does not',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }] }'),
    expected: '+ -data/p',
  },
  {
    title: 'known pod addresses',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/16 } }] }] }'),
    options: { podCidrs: ['10.0.8.0/21'] },
    expected: '+ +data/p',
  },
  {
    title: 'an implementation whose blocks hold no pods',
    policies: db('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }'),
    options: { ipBlockMatchesPods: false },
    expected: '+ -data/p',
  },
];

test.each(cases)('$title', ({ policies = '', from = webPod, to = dbPod, traffic, options, expected }) => {
  const { allowed, egress, ingress } = createReachability(read(base + policies), options).reach(from, to, traffic);
  const text = ({ allowed: yes, policies: names }: typeof egress) => `${yes ? '+' : '-'}${names.join(',')}`;
  expect(`${text(egress)} ${text(ingress)}`).toBe(expected);
  expect(allowed).toBe(egress.allowed && ingress.allowed);
});

test('an endpoint is written in any case and with short names', () => {
  const reachability = createReachability(read(base));
  for (const text of [
    'shop/deployment/web',
    'shop/deploy/web',
    'data/statefulsets/db',
    'data/svc/db',
    'fd00::/8',
    'world',
  ]) {
    expect(reachability.endpoint(text).error, text).toBeUndefined();
  }
});

test.each([
  ['shop/Deployment/wbe', 'there is no Deployment "wbe" in namespace "shop"', 'did you mean "shop/Deployment/web"'],
  ['shop/Deploymnet/web', '"Deploymnet" is no kind', 'did you mean "Deployment"?'],
  ['web', '"web" is no endpoint', '<namespace>/<kind>/<name>'],
  ['10.0.0.300', '"10.0.0.300" is no endpoint', 'an address'],
])('%s is no endpoint', (text, message, hint) => {
  const found = createReachability(read(base)).endpoint(text);
  expect(found.error).toContain(message);
  expect(found.hint).toContain(hint);
});

const cilium = `
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: hosts, namespace: shop }
spec: { endpointSelector: { matchLabels: { app: web } }, egress: [{ toFQDNs: [{ matchName: api.example.com }] }] }`;

test('what a policy of another kind may allow is not called denied', () => {
  const result = createReachability(read(base + web('{ podSelector: {}, policyTypes: [Egress] }') + cilium)).reach(
    webPod,
    'world',
  );
  expect(result.allowed).toBe(true);
  expect(result.notes).toEqual(['CiliumNetworkPolicy shop/hosts is not simulated: it may allow or deny this egress']);
});

test('edges agree with reach, and pairs lists them all', () => {
  const policies =
    web(
      '{ podSelector: { matchLabels: { app: web } }, egress: [{ to: [{ namespaceSelector: { matchLabels: { tier: data } } }], ports: [{ port: sql }] }] }',
    ) +
    db(
      '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { tier: app } }, podSelector: { matchExpressions: [{ key: app, operator: In, values: [web, api] }] } }], ports: [{ port: 5432 }] }] }',
    );
  const reachability = createReachability(read(base + policies));
  const explicit = reachability
    .edges()
    .filter((edge) => edge.source.type === 'group' && edge.destination.type === 'group')
    .map(
      (edge) =>
        [edge.source, edge.destination]
          .map((end) => (end.type === 'group' ? end.group.workloads[0]?.name : ''))
          .join('→') + ` ${edge.ports.map(portText).join(' ')}`,
    );
  expect(explicit.sort()).toEqual(['api→db TCP/5432', 'web→db TCP/5432']);
  for (const { source, destination } of reachability.pairs()) {
    expect(
      reachability.reach(source, destination, {}).allowed ||
        reachability.index.workloads.get(destination)?.workload.ports.length === 0,
      `${source}→${destination}`,
    ).toBe(true);
  }
  const pairs = [...reachability.pairs()].map((pair) => `${pair.source} ${pair.destination}`);
  expect(pairs).toContain(`${webPod} ${dbPod}`);
  expect(pairs).not.toContain(`${dbPod} ${webPod}`);
});

test('what becomes possible when a rule is added, a port opened, a policy dropped', () => {
  const closed = db(
    '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: api } } }], ports: [{ port: 5432 }] }] }',
  );
  const wider = db(
    '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: app, operator: Exists }] } }], ports: [{ port: 5432, endPort: 5433 }] }] }',
  );
  const texts = (before: string, after: string) =>
    newlyReachable(createReachability(read(base + before)), createReachability(read(base + after))).map(
      ({ source, destination, ports }) => `${source} → ${destination} ${ports.map(portText).join(' ')}`,
    );
  expect(texts(closed, closed)).toEqual([]);
  expect(texts(closed, wider).sort()).toEqual([
    'data/StatefulSet/db → data/StatefulSet/db TCP/5432-5433',
    'default/CronJob/job → data/StatefulSet/db TCP/5432-5433',
    'shop/Deployment/api → data/StatefulSet/db TCP/5433',
    'shop/Deployment/web → data/StatefulSet/db TCP/5432-5433',
  ]);
  expect(texts(closed, '')).toEqual(['anything → data/StatefulSet/db TCP UDP SCTP']);
  expect(texts('', closed)).toEqual([]);
});

test('a ScaledJob is a workload: its pods are selected, and it is an end of connections', () => {
  const manifests = read(`${base}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: render, namespace: shop }
spec: { jobTargetRef: { template: { metadata: { labels: { app: render } }, spec: { containers: [{ name: render }] } } } }${policy('shop', '{ podSelector: { matchLabels: { app: render } }, policyTypes: [Egress] }')}`);
  const { reach } = createReachability(manifests);
  expect(reach('shop/sj/render', 'shop/deploy/api', { port: 4000 }).allowed).toBe(false);
  expect(reach('shop/deploy/web', 'shop/deploy/api', { port: 4000 }).allowed).toBe(true);
});
