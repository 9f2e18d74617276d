import type { Manifest } from '@fairlead/objects/manifest';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReachability, newlyReachable, type EdgeParty, type Group } from './reachability.ts';

/** A second reading of the NetworkPolicy documentation, slow and without indexes, to hold against the fast one. */
interface Peer {
  podSelector?: { matchLabels: Record<string, string> };
  namespaceSelector?: { matchLabels: Record<string, string> };
}
interface Port {
  protocol?: 'TCP' | 'UDP';
  port?: number | string;
  endPort?: number;
}
interface Spec {
  podSelector: { matchLabels?: Record<string, string> };
  policyTypes?: string[];
  ingress?: { from?: Peer[]; ports?: Port[] }[];
  egress?: { to?: Peer[]; ports?: Port[] }[];
}
interface Policy extends Manifest {
  spec: Spec;
}
interface Pod {
  namespace: string;
  name: string;
  labels: Record<string, string>;
}

const namespaces = { a: { team: 'x' }, b: { team: 'y' }, c: {} } as Record<string, Record<string, string>>;
const containerPorts = [
  { name: 'http', containerPort: 80, protocol: 'TCP' },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
];
const questions = [
  { port: 80, protocol: 'TCP' },
  { port: 53, protocol: 'UDP' },
  { port: 443, protocol: 'TCP' },
] as const;

const isIn = (wanted: Record<string, string> = {}, labels: Record<string, string>) =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

function naive(policies: readonly Policy[], source: Pod, destination: Pod, port: number, protocol: string): boolean {
  const side = (self: Pod, other: Pod, type: 'Ingress' | 'Egress'): boolean => {
    const rulesOf = ({ spec }: Policy) => (type === 'Ingress' ? spec.ingress : spec.egress) ?? [];
    const isolating = policies.filter(({ metadata, spec }) => {
      const types = spec.policyTypes?.length
        ? spec.policyTypes
        : ['Ingress', ...(spec.egress?.length ? ['Egress'] : [])];
      return (
        metadata.namespace === self.namespace && types.includes(type) && isIn(spec.podSelector.matchLabels, self.labels)
      );
    });
    if (isolating.length === 0) return true;
    return isolating.some((policy) =>
      rulesOf(policy).some((rule) => {
        const peers = (type === 'Ingress' ? (rule as { from?: Peer[] }).from : (rule as { to?: Peer[] }).to) ?? [];
        const ports = rule.ports ?? [];
        const peerMatches =
          peers.length === 0 ||
          peers.some(
            ({ podSelector, namespaceSelector }) =>
              (namespaceSelector
                ? isIn(namespaceSelector.matchLabels, {
                    ...namespaces[other.namespace],
                    'kubernetes.io/metadata.name': other.namespace,
                  })
                : other.namespace === policy.metadata.namespace) && isIn(podSelector?.matchLabels, other.labels),
          );
        const portMatches =
          ports.length === 0 ||
          ports.some((each) => {
            if ((each.protocol ?? 'TCP') !== protocol) return false;
            if (each.port === undefined) return true;
            const number =
              typeof each.port === 'string'
                ? containerPorts.find((own) => own.name === each.port && own.protocol === protocol)?.containerPort
                : each.port;
            return number !== undefined && port >= number && port <= (each.endPort ?? number);
          });
        return peerMatches && portMatches;
      }),
    );
  };
  return side(source, destination, 'Egress') && side(destination, source, 'Ingress');
}

const labels = fc.record(
  { app: fc.constantFrom('1', '2', '3'), tier: fc.constantFrom('u', 'v') },
  { requiredKeys: ['app'] },
);
const matchLabels = fc.record(
  { app: fc.constantFrom('1', '2', '3'), tier: fc.constantFrom('u', 'v') },
  { requiredKeys: [] },
);
const namespaceLabels = fc.oneof(
  fc.constant({} as Record<string, string>),
  fc.constantFrom('x', 'y').map((team): Record<string, string> => ({ team })),
  fc.constantFrom('a', 'b', 'c').map((name): Record<string, string> => ({ 'kubernetes.io/metadata.name': name })),
);
const peer = fc.oneof(
  fc.record({ podSelector: fc.record({ matchLabels }) }),
  fc.record({ namespaceSelector: namespaceLabels.map((each) => ({ matchLabels: each })) }),
  fc.record({
    podSelector: fc.record({ matchLabels }),
    namespaceSelector: namespaceLabels.map((each) => ({ matchLabels: each })),
  }),
);
const port = fc.oneof(
  fc.constant({}),
  fc.constantFrom(
    { port: 80 },
    { port: 'http' },
    { port: 53, protocol: 'UDP' },
    { port: 'dns', protocol: 'UDP' },
    { protocol: 'UDP' },
    { port: 400, endPort: 500 },
    { port: 'dns' },
  ),
);
const rule = (side: 'from' | 'to') =>
  fc.record(
    { [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) },
    { requiredKeys: [] },
  );
const policy = fc.record({
  namespace: fc.constantFrom('a', 'b', 'c'),
  spec: fc.record(
    {
      podSelector: fc.record({ matchLabels }, { requiredKeys: [] }),
      policyTypes: fc.subarray(['Ingress', 'Egress']),
      ingress: fc.array(rule('from'), { maxLength: 2 }),
      egress: fc.array(rule('to'), { maxLength: 2 }),
    },
    { requiredKeys: ['podSelector'] },
  ),
});
const policies = fc.array(policy, { maxLength: 4 }).map((list) =>
  list.map(
    ({ namespace, spec }, index) =>
      ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: `p${index}`, namespace },
        spec: spec as Spec,
      }) satisfies Policy,
  ),
);
const pods = fc
  .array(fc.record({ namespace: fc.constantFrom('a', 'b', 'c'), labels }), { minLength: 2, maxLength: 5 })
  .map((list) =>
    list.map((each, index): Pod => ({
      namespace: each.namespace,
      name: `w${index}`,
      labels: each.labels as Record<string, string>,
    })),
  );

const manifestsOf = (list: readonly Pod[]): Manifest[] => [
  ...Object.entries(namespaces).map(([name, own]) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: own },
  })),
  ...list.map((each) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: each.name, namespace: each.namespace, labels: each.labels },
    spec: { containers: [{ name: 'c', ports: containerPorts }] },
  })),
];
const idOf = ({ namespace, name }: Pod) => `${namespace}/Pod/${name}`;
const holds = (
  ports: readonly { protocol: string; from: number; to: number }[],
  asked: { port: number; protocol: string },
) => ports.some((each) => each.protocol === asked.protocol && each.from <= asked.port && asked.port <= each.to);
const isGroup = (party: EdgeParty, group: Group | undefined) => party.type === 'group' && party.group === group;
const isOpen = (party: EdgeParty) => party.type === 'pods' || party.type === 'anything';

test('reach answers as the documentation reads', () => {
  fc.assert(
    fc.property(pods, policies, (list, rules) => {
      const reachability = createReachability([...manifestsOf(list), ...rules]);
      for (const source of list) {
        for (const destination of list) {
          for (const asked of questions) {
            expect(reachability.reach(idOf(source), idOf(destination), asked).allowed).toBe(
              naive(rules, source, destination, asked.port, asked.protocol),
            );
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('edges say the same as reach', () => {
  fc.assert(
    fc.property(pods, policies, (list, rules) => {
      const reachability = createReachability([...manifestsOf(list), ...rules]);
      const edges = reachability.edges();
      for (const source of list) {
        for (const destination of list) {
          const [from, to] = [source, destination].map((each) => reachability.index.workloads.get(idOf(each))?.group);
          for (const asked of questions) {
            const direct = edges.some(
              (edge) => isGroup(edge.source, from) && isGroup(edge.destination, to) && holds(edge.ports, asked),
            );
            const leaves = edges.some(
              (edge) => isGroup(edge.source, from) && isOpen(edge.destination) && holds(edge.ports, asked),
            );
            const enters = edges.some(
              (edge) => isOpen(edge.source) && isGroup(edge.destination, to) && holds(edge.ports, asked),
            );
            // Towards every pod a named port has no number; the answer for a pair does.
            const allowed = reachability.reach(idOf(source), idOf(destination), asked).allowed;
            if (direct || (leaves && enters)) expect(allowed).toBe(true);
            else if (!rules.some(({ spec }) => JSON.stringify(spec.egress ?? []).includes('"port":"')))
              expect(allowed).toBe(false);
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('whatever becomes possible is told, and nothing else', () => {
  fc.assert(
    fc.property(pods, policies, policies, (list, before, after) => {
      fc.pre(![...before, ...after].some(({ spec }) => JSON.stringify(spec.egress ?? []).includes('"port":"')));
      const base = createReachability([...manifestsOf(list), ...before]);
      const head = createReachability([...manifestsOf(list), ...after]);
      const news = newlyReachable(base, head);
      const told = (from: string, to: string, asked: (typeof questions)[number]) => {
        const groupsOf = (id: string) => [base, head].map((each) => each.index.workloads.get(id)?.group);
        const same = (a: string, b: string) =>
          a === b || groupsOf(a).every((group, index) => group !== undefined && group === groupsOf(b)[index]);
        return news.some(
          (each) =>
            holds(each.ports, asked) &&
            (same(each.source, from) || /^any/.test(each.source)) &&
            (same(each.destination, to) || /^any/.test(each.destination)),
        );
      };
      for (const source of list) {
        for (const destination of list) {
          for (const asked of questions) {
            const [was, is] = [base, head].map((each) => each.reach(idOf(source), idOf(destination), asked).allowed);
            if (is && !was) expect(told(idOf(source), idOf(destination), asked)).toBe(true);
          }
        }
      }
      for (const each of news) {
        if (!each.source.includes('/Pod/') || !each.destination.includes('/Pod/')) continue;
        const asked = questions.find((question) => holds(each.ports, question));
        if (asked) expect(base.reach(each.source, each.destination, asked).allowed).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});
