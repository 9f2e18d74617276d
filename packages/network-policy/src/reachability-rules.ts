import { contains, overlaps, parseBlock, type AddressBlock } from './reachability-address.ts';
import type { Group, PolicyIndex } from './reachability-index.ts';
import {
  allPorts,
  mergePorts,
  portRanges,
  type Direction,
  type Peer,
  type Policy,
  type PortRange,
} from './reachability-policy.ts';
import type { ContainerPort } from './reachability-workload.ts';

/** The other end, as a rule sees it. */
export type Party =
  | { readonly type: 'group'; readonly group: Group }
  | { readonly type: 'block'; readonly block: AddressBlock }
  | { readonly type: 'world' };

/** Where pods and nodes have their addresses; undefined: unknown. */
export interface Addresses {
  readonly pods: readonly AddressBlock[] | undefined;
  readonly nodes: readonly AddressBlock[] | undefined;
  readonly ipBlockMatchesPods: boolean;
  /** What {@link rememberedSide} has found, by the group whose side it is and the other. */
  readonly remembered: Record<Direction, Map<Group, Map<Group, SideResult>>>;
}

/** What one side allows towards one party. */
export interface SideResult {
  readonly ports: readonly PortRange[];
  /** The rules that apply to the party, with their policy and ports. */
  readonly rules: readonly { readonly policy: string; readonly ports: readonly PortRange[] }[];
  /** The policies that select the pods in this direction. */
  readonly isolating: readonly Policy[];
  readonly notes: readonly string[];
}

/**
 * The ports that the policies of `group` allow in one direction to or from `party`. Policies add up; without any, all is allowed.
 * `declared` are the ports of the destination, by which names are resolved.
 */
export function evaluateSide(
  direction: Direction,
  group: Group,
  party: Party,
  declared: readonly ContainerPort[] | undefined,
  index: PolicyIndex,
  addresses: Addresses,
): SideResult {
  const policies = group[direction];
  if (policies.length === 0) return { ports: allPorts, rules: [], isolating: [], notes: [] };
  const rules: { policy: string; ports: readonly PortRange[] }[] = [];
  const notes: string[] = [];
  for (const policy of policies) {
    const stated = policy[direction] ?? nothing;
    for (let place = 0; place < stated.length; place++) {
      const rule = stated[place];
      if (rule === undefined) continue;
      let applies = rule.peers === undefined;
      const peers = rule.peers ?? nothing;
      for (let position = 0; position < peers.length && !applies; position++) {
        const peer = peers[position];
        if (peer === undefined) continue;
        const match = matchesParty(peer, policy.namespace, party, index, addresses);
        if (match === true) applies = true;
        else if (typeof match === 'string') notes.push(`${policy.id}: ${match}`);
      }
      if (applies) rules.push({ policy: policy.id, ports: portRanges(rule.ports, declared) });
    }
  }
  const [only] = rules;
  return {
    ports: rules.some((each) => each.ports === allPorts)
      ? allPorts
      : mergePorts(rules.length === 1 && only ? only.ports : rules.flatMap((each) => each.ports)),
    rules,
    isolating: policies,
    notes,
  };
}

const nothing: readonly never[] = [];

/** {@link evaluateSide}, remembered for two groups: every check asks about the same pairs. */
export function rememberedSide(
  direction: Direction,
  group: Group,
  party: Party,
  declared: readonly ContainerPort[] | undefined,
  index: PolicyIndex,
  addresses: Addresses,
): SideResult {
  if (party.type !== 'group') return evaluateSide(direction, group, party, declared, index, addresses);
  let results = addresses.remembered[direction].get(group);
  if (results === undefined) addresses.remembered[direction].set(group, (results = new Map()));
  let result = results.get(party.group);
  if (result === undefined) {
    result = evaluateSide(direction, group, party, declared, index, addresses);
    results.set(party.group, result);
  }
  return result;
}

/** True, false, or a sentence when the peer covers only a part of the party. */
function matchesParty(
  peer: Peer,
  namespace: string,
  party: Party,
  index: PolicyIndex,
  addresses: Addresses,
): boolean | string {
  if (peer.type === 'pods') return party.type === 'group' && index.matches(peer, namespace, party.group);
  const { block, except } = peer;
  switch (party.type) {
    case 'world':
      return block.prefix === 0;
    case 'block':
      if (contains(block, party.block)) {
        if (!except.some((each) => overlaps(each, party.block))) return true;
        return except.some((each) => contains(each, party.block))
          ? false
          : `${block.text} covers only a part of ${party.block.text}`;
      }
      return contains(party.block, block) ? `${block.text} is only a part of ${party.block.text}` : false;
    case 'group':
      return holdsPods(block, except, party.group.hostNetwork, addresses);
  }
}

// RFC 1918 and RFC 6598, and unique local IPv6: where clusters put their pods.
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].flatMap(
  (each) => parseBlock(each) ?? [],
);

function holdsPods(
  block: AddressBlock,
  except: readonly AddressBlock[],
  hostNetwork: boolean,
  addresses: Addresses,
): boolean {
  if (!hostNetwork && !addresses.ipBlockMatchesPods) return false;
  const known = hostNetwork ? addresses.nodes : addresses.pods;
  const homes = (known ?? privateBlocks).filter((each) => each.family === block.family);
  return (
    homes.length > 0 && homes.every((home) => contains(block, home) && !except.some((each) => overlaps(each, home)))
  );
}
