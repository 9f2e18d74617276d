import { contains } from './reachability-address.ts';
import type { Edge, EdgeParty } from './reachability-edges.ts';
import { intersectPorts, mergePorts, type PortRange } from './reachability-policy.ts';
import type { Group, PolicyIndex } from './reachability-index.ts';

/** A connection that becomes possible. */
export interface NewlyReachable {
  /** `namespace/Kind/name`, `any pod`, `any pod of namespace x`, `anything`, or a CIDR. */
  readonly source: string;
  readonly destination: string;
  readonly ports: readonly PortRange[];
  /** Policies of the head that allow it; none where the isolation is gone. */
  readonly policies: readonly string[];
  /** True when one of the two workloads is itself new. */
  readonly added: boolean;
}

/** What `newlyReachable` needs of each side. */
interface Side {
  readonly index: PolicyIndex;
  edges(): readonly Edge[];
}

/**
 * The connections that the head allows and the base does not, each pair (or each end that opens to everyone) once.
 * Exchanging the arguments gives what is no longer possible.
 */
export function newlyReachable(base: Side, head: Side): NewlyReachable[] {
  const before = summarize(base.edges());
  const result: NewlyReachable[] = [];
  for (const edge of head.edges()) {
    const { source, destination } = edge;
    const done = new Set<string>();
    for (const from of namesOf(source)) {
      for (const to of namesOf(destination)) {
        const fromGroup = base.index.workloads.get(from)?.group;
        const toGroup = base.index.workloads.get(to)?.group;
        const key = `${groupKey(before, fromGroup) ?? from} ${groupKey(before, toGroup) ?? to}`;
        if (done.has(key)) continue;
        done.add(key);
        const added = (source.type === 'group' && !fromGroup) || (destination.type === 'group' && !toGroup);
        const ports = added
          ? edge.ports
          : subtractPorts(edge.ports, allowedBefore(before, source, fromGroup, destination, toGroup));
        if (ports.length > 0) result.push({ source: from, destination: to, ports, policies: edge.policies, added });
      }
    }
  }
  return result;
}

interface Opening {
  readonly party: Exclude<EdgeParty, { type: 'group' }>;
  readonly ports: readonly PortRange[];
}

interface Summary {
  readonly ids: Map<Group, number>;
  /** Ports between two groups. */
  readonly pairs: Map<Group, Map<Group, readonly PortRange[]>>;
  /** What a group allows by itself, per direction. */
  readonly open: Record<'ingress' | 'egress', Map<Group, Opening[]>>;
}

function summarize(edges: readonly Edge[]): Summary {
  const summary: Summary = { ids: new Map(), pairs: new Map(), open: { ingress: new Map(), egress: new Map() } };
  const add = (direction: 'ingress' | 'egress', group: Group, opening: Opening): void => {
    const openings = summary.open[direction].get(group);
    if (openings) openings.push(opening);
    else summary.open[direction].set(group, [opening]);
  };
  for (const { source, destination, ports } of edges) {
    for (const end of [source, destination]) {
      if (end.type === 'group' && !summary.ids.has(end.group)) summary.ids.set(end.group, summary.ids.size);
    }
    if (source.type === 'group' && destination.type === 'group') {
      const targets = summary.pairs.get(source.group) ?? new Map<Group, readonly PortRange[]>();
      summary.pairs.set(source.group, targets.set(destination.group, ports));
    } else if (destination.type === 'group' && source.type !== 'group')
      add('ingress', destination.group, { party: source, ports });
    else if (source.type === 'group' && destination.type !== 'group')
      add('egress', source.group, { party: destination, ports });
  }
  return summary;
}

function allowedBefore(
  before: Summary,
  source: EdgeParty,
  from: Group | undefined,
  destination: EdgeParty,
  to: Group | undefined,
): readonly PortRange[] {
  if (source.type === 'group' && destination.type === 'group') {
    if (!from || !to) return [];
    const direct = before.pairs.get(from)?.get(to) ?? [];
    return mergePorts([
      ...direct,
      ...intersectPorts(towards(before, 'egress', from, to), towards(before, 'ingress', to, from)),
    ]);
  }
  const openings =
    destination.type === 'group' ? to && before.open.ingress.get(to) : from && before.open.egress.get(from);
  const party = destination.type === 'group' ? source : destination;
  return mergePorts((openings ?? []).filter((each) => includes(each.party, party)).flatMap((each) => each.ports));
}

/** What a group allowed by itself to or from another. */
function towards(before: Summary, direction: 'ingress' | 'egress', group: Group, other: Group): readonly PortRange[] {
  const openings = before.open[direction].get(group) ?? [];
  return mergePorts(
    openings
      .filter(
        ({ party }) =>
          party.type === 'anything' || party.type === 'pods' || (party.type === 'selection' && party.groups.has(other)),
      )
      .flatMap((each) => each.ports),
  );
}

/** True when the party of before holds the whole party of now. */
function includes(before: EdgeParty, now: EdgeParty): boolean {
  if (before.type === 'anything') return true;
  if (before.type === 'pods') return now.type === 'pods' || now.type === 'selection';
  if (before.type === 'block' && now.type === 'block' && before.except.length === 0)
    return contains(before.block, now.block);
  return partyText(before) === partyText(now);
}

const groupKey = (before: Summary, group: Group | undefined) => group && before.ids.get(group);

function namesOf(party: EdgeParty): readonly string[] {
  return party.type === 'group' ? party.group.workloads.map((each) => each.id) : [partyText(party)];
}

function partyText(party: EdgeParty): string {
  switch (party.type) {
    case 'group':
      return party.group.workloads[0]?.id ?? '';
    case 'pods':
      return 'any pod';
    case 'selection':
      return party.text;
    case 'anything':
      return 'anything';
    case 'block':
      return party.except.length > 0
        ? `${party.block.text} except ${party.except.map((each) => each.text).join(', ')}`
        : party.block.text;
  }
}

function subtractPorts(ports: readonly PortRange[], minus: readonly PortRange[]): readonly PortRange[] {
  let rest = [...ports];
  for (const cut of minus) {
    rest = rest.flatMap((range) => {
      if (range.protocol !== cut.protocol || cut.to < range.from || cut.from > range.to) return [range];
      return [
        ...(range.from < cut.from ? [{ ...range, to: cut.from - 1 }] : []),
        ...(range.to > cut.to ? [{ ...range, from: cut.to + 1 }] : []),
      ];
    });
  }
  return rest;
}
