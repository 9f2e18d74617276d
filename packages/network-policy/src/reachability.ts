import { fieldsOf, isFields, listOf } from '@fairlead/objects/fields';
import type { Manifest } from '@fairlead/objects/manifest';
import { parseBlock, type AddressBlock } from './reachability-address.ts';
import { reachableEdges, type Edge } from './reachability-edges.ts';
import { parseEndpoint, servicePorts, type Endpoint, type EndpointResult } from './reachability-endpoint.ts';
import { foreignNotes } from './reachability-foreign.ts';
import { indexPolicies, type Group, type PolicyIndex } from './reachability-index.ts';
import { allPorts, intersectPorts, type Direction, type PortRange } from './reachability-policy.ts';
import { evaluateSide, rememberedSide, type Addresses, type Party, type SideResult } from './reachability-rules.ts';
import { namespaceOf, type Protocol } from './reachability-workload.ts';

export { parseBlock, contains, overlaps, type AddressBlock } from './reachability-address.ts';
export { newlyReachable, type NewlyReachable } from './reachability-difference.ts';
export type { Edge, EdgeParty } from './reachability-edges.ts';
export { servicePorts, type Endpoint, type EndpointResult, type ServicePort } from './reachability-endpoint.ts';
export type { Group, PolicyIndex } from './reachability-index.ts';
export {
  allPorts,
  intersectPorts,
  portRanges,
  portText,
  type Direction,
  type Peer,
  type Policy,
  type PortRange,
  type Rule,
} from './reachability-policy.ts';
export type { SideResult } from './reachability-rules.ts';
export { foreignNotes } from './reachability-foreign.ts';
export { parseSelector, selects, type Selector } from '@fairlead/objects/label-selector';
export { workloadOf, type Protocol, type Workload } from './reachability-workload.ts';

/** What the manifests do not say of a cluster's network. */
export interface ReachabilityOptions {
  /** Addresses of pods. Absent: unknown, and only address blocks that hold every private range are taken to hold them. */
  readonly podCidrs?: readonly string[] | undefined;
  /** Addresses of nodes, and so of host-network pods. */
  readonly nodeCidrs?: readonly string[] | undefined;
  /** False where the implementation never matches pods by address, as Cilium does. Default true. */
  readonly ipBlockMatchesPods?: boolean | undefined;
}

/** Which traffic is asked about. Without a port: any port that the destination declares, or any at all if it declares none. */
export interface Traffic {
  readonly port?: number | string | undefined;
  /** Default TCP where a port is given. */
  readonly protocol?: Protocol | undefined;
}

/** Whether one side lets the traffic through, and the policies (`namespace/name`) that decide it: those that allow it, or those that isolate the pods. */
export interface SideVerdict {
  readonly allowed: boolean;
  readonly policies: readonly string[];
}

export interface ReachResult {
  readonly allowed: boolean;
  readonly egress: SideVerdict;
  readonly ingress: SideVerdict;
  /** What the simulation cannot know, such as policies of other kinds; absent when there is nothing to tell. */
  readonly notes?: readonly string[];
}

/** Answers who can reach whom by the NetworkPolicies of a set of manifests. */
export interface Reachability {
  readonly index: PolicyIndex;
  /** Reads one end; see {@link parseEndpoint}. */
  endpoint(text: string): EndpointResult;
  /**
   * Whether the source can open a connection to the destination.
   *
   * @throws RangeError when a text names no endpoint; `endpoint` tells it without throwing.
   */
  reach(source: Endpoint | string, destination: Endpoint | string, traffic?: Traffic): ReachResult;
  /** The verdict of {@link Reachability.reach} alone. */
  allows(source: Endpoint, destination: Endpoint, traffic?: Traffic): boolean;
  /** What the policies of a group allow in one direction, to or from another. */
  side(direction: Direction, group: Group, other: Group): SideResult;
  /** Every connection that is possible, between groups of workloads that policies cannot tell apart. */
  edges(): readonly Edge[];
  /** Every ordered pair of workloads that can talk, with its ports. As many as there are: use {@link edges} on whole clusters. */
  pairs(): Generator<{ readonly source: string; readonly destination: string; readonly ports: readonly PortRange[] }>;
}

/**
 * Simulates networking.k8s.io/v1 NetworkPolicies from manifests alone.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function createReachability(manifests: Iterable<Manifest>, options: ReachabilityOptions = {}): Reachability {
  const index = indexPolicies(manifests);
  const blocks = (texts: readonly string[] | undefined) => texts?.flatMap((each) => parseBlock(each) ?? []);
  const addresses: Addresses = {
    pods: blocks(options.podCidrs),
    nodes: blocks(options.nodeCidrs),
    ipBlockMatchesPods: options.ipBlockMatchesPods ?? true,
    remembered: { ingress: new Map(), egress: new Map() },
  };
  const endpoints = new Map<string, EndpointResult>();
  const endpoint = (text: string): EndpointResult => {
    let known = endpoints.get(text);
    if (!known) endpoints.set(text, (known = parseEndpoint(text, index)));
    return known;
  };
  const resolve = (given: Endpoint | string): Endpoint => {
    if (typeof given !== 'string') return given;
    const { endpoint: found, error, hint } = endpoint(given);
    if (found === undefined) throw new RangeError([error, hint].filter(Boolean).join('; '));
    return found;
  };
  let edges: readonly Edge[] | undefined;
  const reachability: Reachability = {
    index,
    endpoint,
    reach: (source, destination, traffic = {}) =>
      reach(resolve(source), resolve(destination), traffic, index, addresses),
    allows: (source, destination, traffic = {}) => isAllowed(source, destination, traffic, index, addresses),
    side: (direction, group, other) =>
      rememberedSide(
        direction,
        group,
        { type: 'group', group: other },
        direction === 'ingress' ? group.ports : other.ports,
        index,
        addresses,
      ),
    edges: () => (edges ??= reachableEdges(index, addresses)),
    *pairs() {
      for (const source of index.groups) {
        for (const destination of index.groups) {
          const ports = groupPorts(source, destination, index, addresses);
          if (ports.length === 0) continue;
          for (const from of source.workloads) {
            for (const to of destination.workloads)
              if (from !== to) yield { source: from.id, destination: to.id, ports };
          }
        }
      }
    },
  };
  return reachability;
}

function groupPorts(source: Group, destination: Group, index: PolicyIndex, addresses: Addresses): readonly PortRange[] {
  const egress = evaluateSide(
    'egress',
    source,
    { type: 'group', group: destination },
    destination.ports,
    index,
    addresses,
  ).ports;
  if (egress.length === 0) return egress;
  return intersectPorts(
    egress,
    evaluateSide('ingress', destination, { type: 'group', group: source }, destination.ports, index, addresses).ports,
  );
}

/** One concrete question: which ports of which party. */
interface Target {
  readonly party: Party;
  readonly candidates: readonly PortRange[];
}

function reach(
  source: Endpoint,
  destination: Endpoint,
  traffic: Traffic,
  index: PolicyIndex,
  addresses: Addresses,
): ReachResult {
  const notes = new Set<string>();
  const sources = sourcesOf(source);
  const targets = targetsOf(destination, traffic, index, notes);
  if (sources.length === 0) notes.add(`no pod in these manifests is behind ${source.id}`);
  if (targets.length === 0) notes.add(`no pod in these manifests is behind ${destination.id}`);

  const verdicts = sources.flatMap((from) =>
    targets.map((to) => {
      const passage = pass(from, to, index, addresses);
      for (const note of passage.notes) notes.add(note);
      return explain(passage);
    }),
  );
  // A Service spreads connections over all its pods, so one that is closed breaks some of them.
  const allowed = verdicts.length > 0 && verdicts.every((each) => each.egress.allowed && each.ingress.allowed);
  return {
    allowed,
    egress: joinSides(verdicts.map((each) => each.egress)),
    ingress: joinSides(verdicts.map((each) => each.ingress)),
    ...(notes.size > 0 && { notes: [...notes] }),
  };
}

/** Whether {@link reach} would say that it is allowed, without the policies that decide it. */
function isAllowed(
  source: Endpoint,
  destination: Endpoint,
  traffic: Traffic,
  index: PolicyIndex,
  addresses: Addresses,
): boolean {
  const sources = sourcesOf(source);
  const targets = targetsOf(destination, traffic, index, new Set());
  return (
    sources.length > 0 &&
    targets.length > 0 &&
    sources.every((from) =>
      targets.every((to) => {
        const { leaves, arrives } = pass(from, to, index, addresses);
        return leaves && arrives;
      }),
    )
  );
}

const sourcesOf = (source: Endpoint): Party[] =>
  source.type === 'service' ? source.groups.map((group) => ({ type: 'group', group })) : [partyOf(source)];

const targetsOf = (destination: Endpoint, traffic: Traffic, index: PolicyIndex, notes: Set<string>): Target[] =>
  destination.type === 'service'
    ? serviceTargets(destination, traffic, index, notes)
    : [targetOf(destination, traffic, index)];

/** What lets one concrete question through at both ends. */
interface Passage {
  readonly egress: SideResult;
  readonly ingress: SideResult;
  /** Ports that leave the source, and that arrive as well. */
  readonly leaving: readonly PortRange[];
  readonly arriving: readonly PortRange[];
  readonly leaves: boolean;
  readonly arrives: boolean;
  readonly notes: readonly string[];
}

function pass(from: Party, { party: to, candidates }: Target, index: PolicyIndex, addresses: Addresses): Passage {
  const declared = to.type === 'group' ? to.group.ports : undefined;
  const egress: SideResult =
    from.type === 'group' ? rememberedSide('egress', from.group, to, declared, index, addresses) : open;
  const ingress: SideResult =
    to.type === 'group' ? rememberedSide('ingress', to.group, from, declared, index, addresses) : open;

  const leaving = intersectPorts(egress.ports, candidates);
  const egressForeign = from.type === 'group' ? foreignNotes('egress', from.group, to, index) : [];
  const ingressForeign = to.type === 'group' ? foreignNotes('ingress', to.group, from, index) : [];

  const leaves = leaving.length > 0 || egressForeign.length > 0;
  // The same port has to pass both ends; where nothing leaves, the ingress is judged by itself.
  const arriving = intersectPorts(ingress.ports, leaving.length > 0 ? leaving : candidates);
  const arrives = arriving.length > 0 || ingressForeign.length > 0;
  const notes = [...egress.notes, ...ingress.notes, ...egressForeign, ...ingressForeign];
  return { egress, ingress, leaving, arriving, leaves, arrives, notes };
}

/** A passage with the policies that decide it. */
function explain({ egress, ingress, leaving, arriving, leaves, arrives }: Passage) {
  return {
    egress: {
      allowed: leaves,
      policies: decisive(egress, arriving.length > 0 ? intersectPorts(leaving, arriving) : leaving),
    },
    ingress: { allowed: arrives, policies: decisive(ingress, arriving) },
  };
}

const open: SideResult = { ports: allPorts, rules: [], isolating: [], notes: [] };

/** Those that allow the ports, else those that isolate. */
function decisive(side: SideResult, ports: readonly PortRange[]): string[] {
  const allowing = side.rules.filter((rule) => intersectPorts(rule.ports, ports).length > 0).map((rule) => rule.policy);
  return [...new Set(ports.length > 0 ? allowing : side.isolating.map(({ id }) => id))].sort();
}

function joinSides(sides: readonly SideVerdict[]): SideVerdict {
  const allowed = sides.length > 0 && sides.every((each) => each.allowed);
  const relevant = allowed ? sides : sides.filter((each) => !each.allowed);
  return { allowed, policies: [...new Set(relevant.flatMap((each) => each.policies))].sort() };
}

function partyOf(endpoint: Exclude<Endpoint, { type: 'service' }>): Party {
  switch (endpoint.type) {
    case 'workload':
      return { type: 'group', group: endpoint.group };
    case 'address':
      return { type: 'block', block: endpoint.block };
    case 'world':
      return { type: 'world' };
  }
}

function targetOf(endpoint: Exclude<Endpoint, { type: 'service' }>, traffic: Traffic, index: PolicyIndex): Target {
  const party = partyOf(endpoint);
  if (party.type !== 'group') return { party, candidates: requested(traffic, []) };
  const { group } = party;
  const viaServices = group.ports.length > 0 || traffic.port !== undefined ? [] : servicePortsOf(group, index);
  return {
    party,
    candidates: requested(
      traffic,
      [...group.ports.map(({ port, protocol }) => ({ port, protocol })), ...viaServices],
      group,
    ),
  };
}

/** Target ports of the Services in front of pods that declare no port themselves. */
function servicePortsOf(group: Group, index: PolicyIndex): { port: number; protocol: Protocol }[] {
  const found: { port: number; protocol: Protocol }[] = [];
  for (const service of index.services.values()) {
    if (namespaceOf(service) !== group.namespace) continue;
    const selector = fieldsOf(fieldsOf(service['spec'])['selector']);
    const entries = Object.entries(selector);
    if (entries.length === 0 || !entries.every(([key, value]) => group.labels[key] === String(value))) continue;
    for (const { targetPort, protocol } of servicePorts(service))
      if (typeof targetPort === 'number') found.push({ port: targetPort, protocol });
  }
  return found;
}

function requested(
  { port, protocol }: Traffic,
  declared: readonly { port: number; protocol: Protocol }[],
  group?: Group,
): readonly PortRange[] {
  if (typeof port === 'number') return [{ protocol: protocol ?? 'TCP', from: port, to: port }];
  if (typeof port === 'string') {
    return (group?.ports ?? [])
      .filter((each) => each.name === port && (protocol === undefined || each.protocol === protocol))
      .map((each) => ({ protocol: each.protocol, from: each.port, to: each.port }));
  }
  const ports =
    declared.length > 0
      ? declared.map((each) => ({ protocol: each.protocol, from: each.port, to: each.port }))
      : allPorts;
  return protocol === undefined ? ports : ports.filter((each) => each.protocol === protocol);
}

/** The pods (or addresses) behind a Service, each with the port that the Service's port means there. */
function serviceTargets(
  { manifest, groups, id }: Extract<Endpoint, { type: 'service' }>,
  { port, protocol }: Traffic,
  index: PolicyIndex,
  notes: Set<string>,
): Target[] {
  const ports = servicePorts(manifest).filter(
    (each) =>
      (port === undefined || each.port === port || each.name === port) &&
      (protocol === undefined || each.protocol === protocol),
  );
  if (port !== undefined && ports.length === 0) notes.add(`${id} has no port ${port}`);
  const spec = fieldsOf(manifest['spec']);
  if (spec['type'] === 'ExternalName') {
    notes.add(`${id} leads outside the cluster, to ${String(spec['externalName'])}`);
    return [
      { party: { type: 'world' }, candidates: port === undefined ? allPorts : requested({ port, protocol }, []) },
    ];
  }
  if (groups.length > 0) {
    return groups.map((group) => ({
      party: { type: 'group', group },
      candidates: ports.flatMap(({ targetPort, protocol: transport }) =>
        typeof targetPort === 'number'
          ? [{ protocol: transport, from: targetPort, to: targetPort }]
          : group.ports
              .filter((each) => each.name === targetPort && each.protocol === transport)
              .map((each) => ({ protocol: transport, from: each.port, to: each.port })),
      ),
    }));
  }
  return endpointAddresses(index.endpoints.get(`${namespaceOf(manifest)}/${manifest.metadata.name}`) ?? []).map(
    (block) => ({
      party: { type: 'block', block },
      candidates: ports.flatMap(({ targetPort, protocol: transport }) =>
        typeof targetPort === 'number' ? [{ protocol: transport, from: targetPort, to: targetPort }] : [],
      ),
    }),
  );
}

/** Addresses of Endpoints (`subsets`) and EndpointSlices (`endpoints`). */
function endpointAddresses(manifests: readonly Manifest[]): AddressBlock[] {
  const texts = manifests.flatMap((manifest) => [
    ...listOf(manifest['subsets']).flatMap((subset) =>
      listOf(fieldsOf(subset)['addresses']).map((each) => fieldsOf(each)['ip']),
    ),
    ...listOf(manifest['endpoints']).flatMap((each) => (isFields(each) ? listOf(each['addresses']) : [])),
  ]);
  return texts.flatMap((text) => (typeof text === 'string' ? (parseBlock(text) ?? []) : []));
}
