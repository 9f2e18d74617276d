import { contains, parseBlock } from './reachability-address.ts';
import type { Edge, EdgeParty } from './reachability-edges.ts';
import { intersectPorts, mergePorts, type PortRange } from './reachability-policy.ts';
import type { Group, PolicyIndex } from './reachability-index.ts';

/** A connection that becomes possible. */
export interface NewlyReachable {
  /** `namespace/Kind/name`, `any pod`, `anything`, or a CIDR. */
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

interface Summary {
  readonly ids: Map<Group, number>;
  /** Ports between two groups. */
  readonly pairs: Map<Group, Map<Group, readonly PortRange[]>>;
  /** What a group allows by itself, per direction and party. */
  readonly open: Record<'ingress' | 'egress', Map<Group, Map<string, readonly PortRange[]>>>;
}

function summarize(edges: readonly Edge[]): Summary {
  const summary: Summary = { ids: new Map(), pairs: new Map(), open: { ingress: new Map(), egress: new Map() } };
  const note = (group: Group) => summary.ids.has(group) || summary.ids.set(group, summary.ids.size);
  for (const { source, destination, ports } of edges) {
    if (source.type === 'group') note(source.group);
    if (destination.type === 'group') note(destination.group);
    if (source.type === 'group' && destination.type === 'group') {
      const targets = summary.pairs.get(source.group) ?? new Map<Group, readonly PortRange[]>();
      summary.pairs.set(source.group, targets.set(destination.group, ports));
    } else {
      const [direction, group, party] =
        destination.type === 'group'
          ? (['ingress', destination.group, source] as const)
          : (['egress', (source as { group: Group }).group, destination] as const);
      const parties = summary.open[direction].get(group) ?? new Map<string, readonly PortRange[]>();
      summary.open[direction].set(group, parties.set(partyText(party), ports));
    }
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
    const viaOpen = intersectPorts(towardsPods(before, 'egress', from), towardsPods(before, 'ingress', to));
    return mergePorts([...direct, ...viaOpen]);
  }
  const [direction, group, party] =
    destination.type === 'group' ? (['ingress', to, source] as const) : (['egress', from, destination] as const);
  const parties = group && before.open[direction].get(group);
  if (!parties) return [];
  const covering = [...parties].filter(
    ([text]) => text === partyText(party) || text === 'anything' || holdsBlock(text, party),
  );
  return mergePorts(covering.flatMap(([, ports]) => ports));
}

/** True when a party seen before, a block without exceptions, holds the whole block of now. */
function holdsBlock(text: string, party: EdgeParty): boolean {
  if (party.type !== 'block') return false;
  const block = parseBlock(text);
  return block !== undefined && contains(block, party.block);
}

const towardsPods = (before: Summary, direction: 'ingress' | 'egress', group: Group): readonly PortRange[] => {
  const parties = before.open[direction].get(group);
  return parties ? mergePorts([...(parties.get('anything') ?? []), ...(parties.get('any pod') ?? [])]) : [];
};

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
