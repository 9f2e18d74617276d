import { fieldsOf, type Fields, isFields, listOf } from '@fairlead/objects/fields';
import type { Manifest } from '@fairlead/objects/manifest';
import { isShared } from '@fairlead/objects/plain';
import { parseBlock, type AddressBlock } from './reachability-address.ts';
import { parseSelector, type Selector } from '@fairlead/objects/label-selector';
import { namespaceOf, protocolOf, type ContainerPort, type Protocol } from './reachability-workload.ts';

export type Direction = 'ingress' | 'egress';

/** One entry of a rule's `ports`. Without a port: every port of the protocol. */
export interface PortRule {
  readonly protocol: Protocol;
  readonly port?: number | string | undefined;
  readonly endPort?: number | undefined;
}

/** One entry of a rule's `from` or `to`. */
export type Peer =
  | { readonly type: 'pods'; readonly namespaces: Selector | undefined; readonly pods: Selector }
  | { readonly type: 'block'; readonly block: AddressBlock; readonly except: readonly AddressBlock[] };

/** One ingress or egress rule. `peers` undefined: from or to anywhere; `ports` undefined: all ports. */
export interface Rule {
  readonly peers: readonly Peer[] | undefined;
  readonly ports: readonly PortRule[] | undefined;
}

/** A NetworkPolicy of networking.k8s.io/v1, read once. A direction that it does not affect is undefined. */
export interface Policy {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly selector: Selector;
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
  readonly manifest: Manifest;
}

/**
 * Reads a NetworkPolicy with the API's defaults: `policyTypes` absent or empty means Ingress, and Egress too where egress
 * rules exist; an absent or empty `from`, `to` or `ports` restricts nothing; no rule at all allows nothing.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function parsePolicy(manifest: Manifest): Policy {
  const spec = fieldsOf(manifest['spec']);
  const ingress = listOf(spec['ingress']);
  const egress = listOf(spec['egress']);
  const stated = listOf(spec['policyTypes']);
  const types = stated.length > 0 ? stated : egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  const namespace = namespaceOf(manifest);
  return {
    id: `${namespace}/${manifest.metadata.name}`,
    namespace,
    selector: parseSelector(spec['podSelector']),
    ingress: types.includes('Ingress') ? ingress.map((rule) => parseRule(rule, 'from')) : undefined,
    egress: types.includes('Egress') ? egress.map((rule) => parseRule(rule, 'to')) : undefined,
    manifest,
  };
}

/** Rules that policies share, such as that of DNS. */
const sharedRules = { from: new WeakMap<object, Rule>(), to: new WeakMap<object, Rule>() };

function parseRule(value: unknown, side: 'from' | 'to'): Rule {
  const rule = fieldsOf(value);
  if (!isShared(rule)) return readRule(rule, side);
  let known = sharedRules[side].get(rule);
  if (known === undefined) sharedRules[side].set(rule, (known = readRule(rule, side)));
  return known;
}

function readRule(rule: Fields, side: 'from' | 'to'): Rule {
  const peers = listOf(rule[side]);
  const ports = listOf(rule['ports']);
  return {
    peers: peers.length === 0 ? undefined : peers.flatMap(parsePeer),
    ports: ports.length === 0 ? undefined : ports.map(parsePort),
  };
}

function parsePeer(value: unknown): Peer[] {
  const { ipBlock, podSelector, namespaceSelector } = fieldsOf(value);
  if (isFields(ipBlock)) {
    const block = parseBlock(String(ipBlock['cidr']));
    if (block === undefined) return [];
    return [
      { type: 'block', block, except: listOf(ipBlock['except']).flatMap((each) => parseBlock(String(each)) ?? []) },
    ];
  }
  // `podSelector:` with nothing behind it is null in YAML and absent to the API server.
  const hasNamespaces = namespaceSelector !== undefined && namespaceSelector !== null;
  if (!hasNamespaces && (podSelector === undefined || podSelector === null)) return [];
  return [
    {
      type: 'pods',
      namespaces: hasNamespaces ? parseSelector(namespaceSelector) : undefined,
      pods: parseSelector(podSelector),
    },
  ];
}

function parsePort(value: unknown): PortRule {
  const { port, endPort, protocol } = fieldsOf(value);
  return {
    protocol: protocolOf(protocol),
    port: typeof port === 'number' || typeof port === 'string' ? port : undefined,
    endPort: typeof endPort === 'number' ? endPort : undefined,
  };
}

/** Ports `from`…`to` of one protocol. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** Every port of every protocol. */
export const allPorts: readonly PortRange[] = protocols.map((protocol) => ({ protocol, from: 1, to: 65535 }));

/**
 * The ports that a rule allows at a destination. A name means whatever the destination's containers call so, in the rule's
 * protocol; addresses have no names, so there (`undefined`) a named port allows nothing.
 */
export function portRanges(
  ports: readonly PortRule[] | undefined,
  destination: readonly ContainerPort[] | undefined,
): readonly PortRange[] {
  if (ports === undefined) return allPorts;
  const ranges: PortRange[] = [];
  for (const { protocol, port, endPort } of ports) {
    if (port === undefined) ranges.push({ protocol, from: 1, to: 65535 });
    else if (typeof port === 'number') ranges.push({ protocol, from: port, to: endPort ?? port });
    else {
      for (const each of destination ?? [])
        if (each.name === port && each.protocol === protocol) ranges.push({ protocol, from: each.port, to: each.port });
    }
  }
  return ranges;
}

const none: readonly PortRange[] = [];

/** The ports in both lists. */
export function intersectPorts(a: readonly PortRange[], b: readonly PortRange[]): readonly PortRange[] {
  if (a === allPorts) return b;
  if (b === allPorts) return a;
  const [left] = a;
  const [right] = b;
  if (left === undefined || right === undefined) return none;
  if (a.length === 1 && b.length === 1) {
    if (left.protocol !== right.protocol || left.from > right.to || right.from > left.to) return none;
    if (left.from >= right.from && left.to <= right.to) return a;
    if (right.from >= left.from && right.to <= left.to) return b;
  }
  const result: PortRange[] = [];
  for (const left of a) {
    for (const right of b) {
      if (left.protocol !== right.protocol) continue;
      const from = Math.max(left.from, right.from);
      const to = Math.min(left.to, right.to);
      if (from <= to) result.push({ protocol: left.protocol, from, to });
    }
  }
  return mergePorts(result);
}

/** The ports in either list, sorted, without overlap. */
export function mergePorts(ranges: readonly PortRange[]): readonly PortRange[] {
  if (ranges.length < 2) return ranges;
  const sorted = ranges.toSorted(
    (a, b) => protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol) || a.from - b.from,
  );
  const merged: PortRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && last.protocol === range.protocol && range.from <= last.to + 1) {
      if (range.to > last.to) merged[merged.length - 1] = { ...last, to: range.to };
    } else merged.push(range);
  }
  return merged;
}

/** `TCP/443`, `TCP/8000-8100`, `UDP` for all of a protocol. */
export function portText({ protocol, from, to }: PortRange): string {
  if (from === 1 && to === 65535) return protocol;
  return from === to ? `${protocol}/${from}` : `${protocol}/${from}-${to}`;
}
