import type { AddressBlock } from './reachability-address.ts';
import type { Group, PolicyIndex } from './reachability-index.ts';
import { allPorts, intersectPorts, mergePorts, portRanges, type Peer, type PortRange } from './reachability-policy.ts';
import { rememberedSide, type Addresses } from './reachability-rules.ts';
import type { Selector } from '@fairlead/objects/label-selector';

/** One end of an {@link Edge}: `pods` is every pod of the cluster, `anything` every pod and every address. */
export type EdgeParty =
  | { readonly type: 'group'; readonly group: Group }
  | { readonly type: 'pods' }
  | { readonly type: 'anything' }
  /** The pods of a selector that means more than {@link many} groups, such as every pod of a large namespace. */
  | { readonly type: 'selection'; readonly text: string; readonly groups: ReadonlySet<Group> }
  | { readonly type: 'block'; readonly block: AddressBlock; readonly except: readonly AddressBlock[] };

/**
 * A possible connection. Between two groups, the ports pass both ends. With `pods`, `anything`, a selection or a block at one end, they are
 * what the group at the other end allows by itself: so two groups can also talk where one may call anything and the other
 * admits anything.
 */
export interface Edge {
  readonly source: EdgeParty;
  readonly destination: EdgeParty;
  readonly ports: readonly PortRange[];
  /** Policies (`namespace/name`) that allow it; none where no policy isolates the group. */
  readonly policies: readonly string[];
}

interface Collected {
  party: EdgeParty;
  ports: PortRange[];
  policies: Set<string>;
}

/** From how many groups on the pods of one selector are kept together, so that a namespace open to itself is not every pair of it. */
const many = 64;

/** The edges of a cluster, found from the rules and label indexes: the work follows the number of rules and peers, not of pairs. */
export function reachableEdges(index: PolicyIndex, addresses: Addresses): readonly Edge[] {
  const edges: Edge[] = [];
  const seen = new Map<Group, Set<Group>>();
  const selections = new Map<string, ReadonlySet<Group>>();
  const between = (source: Group, destination: Group): void => {
    const known = seen.get(source) ?? new Set();
    if (known.has(destination)) return;
    seen.set(source, known.add(destination));
    const egress = rememberedSide(
      'egress',
      source,
      { type: 'group', group: destination },
      destination.ports,
      index,
      addresses,
    );
    const ingress = rememberedSide(
      'ingress',
      destination,
      { type: 'group', group: source },
      destination.ports,
      index,
      addresses,
    );
    const ports = intersectPorts(egress.ports, ingress.ports);
    if (ports.length === 0) return;
    edges.push({
      source: { type: 'group', group: source },
      destination: { type: 'group', group: destination },
      ports,
      // Asked for where an edge is told, which is seldom.
      get policies() {
        const allowing = [...egress.rules, ...ingress.rules].filter(
          (rule) => intersectPorts(rule.ports, ports).length > 0,
        );
        return [...new Set(allowing.map((rule) => rule.policy))].sort();
      },
    });
  };

  for (const group of index.groups) {
    for (const direction of ['ingress', 'egress'] as const) {
      const self: EdgeParty = { type: 'group', group };
      const emit = (party: EdgeParty, ports: readonly PortRange[], policies: readonly string[]) =>
        edges.push(
          direction === 'ingress'
            ? { source: party, destination: self, ports, policies }
            : { source: self, destination: party, ports, policies },
        );
      if (group[direction].length === 0) {
        emit({ type: 'anything' }, allPorts, []);
        continue;
      }
      const collected = new Map<string, Collected>();
      for (const policy of group[direction]) {
        for (const rule of policy[direction] ?? []) {
          // Towards any pod, names cannot be resolved; the exact answer for a pair resolves them.
          const ports = portRanges(rule.ports, direction === 'ingress' ? group.ports : undefined);
          const collect = (key: string, party: EdgeParty) => {
            const entry = collected.get(key) ?? { party, ports: [], policies: new Set() };
            entry.ports.push(...ports);
            entry.policies.add(policy.id);
            collected.set(key, entry);
          };
          if (rule.peers === undefined) collect('anything', { type: 'anything' });
          for (const peer of rule.peers ?? []) {
            if (peer.type === 'block') {
              const key = [peer.block.text, ...peer.except.map((each) => each.text)].join(' ');
              collect(key, { type: 'block', block: peer.block, except: peer.except });
              continue;
            }
            const groups = index.peerGroups(peer, policy.namespace);
            if (groups === 'all') collect('pods', { type: 'pods' });
            else if (groups.length > many) {
              const text = selectionText(peer, policy.namespace);
              let members = selections.get(text);
              if (!members) selections.set(text, (members = new Set(groups)));
              collect(text, { type: 'selection', text, groups: members });
            } else {
              for (const other of groups) {
                if (direction === 'ingress') between(other, group);
                else between(group, other);
              }
            }
          }
        }
      }
      for (const { party, ports, policies } of collected.values()) {
        if (ports.length > 0) emit(party, mergePorts(ports), [...policies].sort());
      }
    }
  }
  return edges;
}

function selectionText(peer: Extract<Peer, { type: 'pods' }>, namespace: string): string {
  const describe = ({ requirements }: Selector): string =>
    requirements
      .map(({ key, operator, values }) =>
        operator === 'In' ? `${key}=${values.join('|')}` : `${key} ${operator} ${values.join('|')}`.trim(),
      )
      .join(', ');
  const pods = peer.pods.requirements.length === 0 ? 'any pod' : `pods labelled ${describe(peer.pods)}`;
  if (peer.namespaces === undefined) return `${pods} of namespace ${namespace}`;
  return peer.namespaces.requirements.length === 0
    ? pods
    : `${pods} of namespaces labelled ${describe(peer.namespaces)}`;
}
