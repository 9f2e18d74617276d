import {
  allPorts,
  intersectPorts,
  portRanges,
  portText,
  servicePorts,
  foreignNotes,
  type Group,
  type PortRange,
} from '@fairlead/network-policy/reachability';
import type { Report } from '../../check.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { connectionsOf, type Connection } from './connections.ts';
import { groupName, inFolderWarning, policyFor, reachabilityOf } from './reach.ts';

const opposite = { ingress: 'egress', egress: 'ingress' } as const;

/** A rule that names a workload at the other end is met by a rule there. */
export function checkHalfOpen(set: ManifestSet, report: Report): void {
  const reachability = reachabilityOf(set);
  const { index } = reachability;
  const wanted = set.memo(wantedPorts);
  const told = new Set<string>();
  for (const group of index.groups) {
    for (const direction of ['egress', 'ingress'] as const) {
      for (const policy of group[direction]) {
        for (const rule of policy[direction] ?? []) {
          for (const peer of rule.peers ?? []) {
            // Only a peer that names pods by label wants these pods; a whole namespace is an allowance.
            if (peer.type !== 'pods' || !peer.pods.requirements.some((each) => each.operator === 'In')) continue;
            const others = index.peerGroups(peer, policy.namespace);
            if (others === 'all' || others.length > 32) continue;
            for (const other of others) {
              const back = opposite[direction];
              if (other === group || other[back].length === 0) continue;
              const [source, destination] = direction === 'egress' ? [group, other] : [other, group];
              const ports = portRanges(rule.ports, destination.ports);
              if (ports.length === 0) continue;
              const met = reachability.side(back, other, group);
              if (
                intersectPorts(met.ports, ports).length > 0 ||
                foreignNotes(back, other, { type: 'group', group }, index).length > 0
              )
                continue;
              // Told already as a connection that is blocked.
              if (wanted.get(source)?.has(destination)) continue;
              const on = ports === allPorts ? 'any port' : ports.map(portText).join(', ');
              const key = `${groupName(source)} ${groupName(destination)} ${on}`;
              if (told.has(key)) continue;
              told.add(key);
              const place = policyFor(other, back) ?? policy;
              const message =
                direction === 'egress'
                  ? `${policy.id} lets ${groupName(group)} call ${groupName(other)} on ${on}, but no policy of the latter admits it`
                  : `${policy.id} admits ${groupName(other)} to ${groupName(group)} on ${on}, but no policy of the former lets it call`;
              report(
                'network/half-open',
                place.manifest,
                place === policy ? `/spec/${direction}` : `/spec/${back}`,
                message,
                {
                  hint: `allow it at both ends, or remove it from ${policy.id}`,
                  ...inFolderWarning(set),
                },
              );
            }
          }
        }
      }
    }
  }
}

/** Ports that connections want, between groups. */
function wantedPorts(set: ManifestSet): Map<Group, Map<Group, PortRange[]>> {
  const reachability = reachabilityOf(set);
  const wanted = new Map<Group, Map<Group, PortRange[]>>();
  for (const connection of connectionsOf(set).all) {
    const from = reachability.index.workloads.get(connection.source)?.group;
    if (!from) continue;
    for (const [to, ports] of destinations(set, connection)) {
      const targets = wanted.get(from) ?? new Map<Group, PortRange[]>();
      targets.set(to, [...(targets.get(to) ?? []), ...ports]);
      wanted.set(from, targets);
    }
  }
  return wanted;
}

function destinations(set: ManifestSet, { target, port }: Connection): (readonly [Group, readonly PortRange[]])[] {
  const { index } = reachabilityOf(set);
  if (target.type === 'workload') {
    const group = index.workloads.get(target.id)?.group;
    if (!group) return [];
    if (typeof port === 'number')
      return [[group, (['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({ protocol, from: port, to: port }))]];
    return [[group, port === undefined ? allPorts : named(group, port)]];
  }
  const [namespace = '', , name = ''] = target.id.split('/');
  const service = index.services.get(`${namespace}/${name}`);
  if (!service) return [];
  const ports = servicePorts(service).filter((each) => port === undefined || each.port === port || each.name === port);
  return index
    .behind(service)
    .map((group) => [
      group,
      ports.flatMap(({ targetPort, protocol }) =>
        typeof targetPort === 'number' ? [{ protocol, from: targetPort, to: targetPort }] : named(group, targetPort),
      ),
    ]);
}

const named = (group: Group, name: string): PortRange[] =>
  group.ports.filter((each) => each.name === name).map(({ port, protocol }) => ({ protocol, from: port, to: port }));

/** Where calls are declared, nothing else is reachable between workloads that policies name. */
export function checkUndeclared(set: ManifestSet, report: Report): void {
  if (!connectionsOf(set).declared) return;
  const wanted = set.memo(wantedPorts);
  for (const edge of reachabilityOf(set).edges()) {
    const { source, destination, ports } = edge;
    if (source.type !== 'group' || destination.type !== 'group' || source.group === destination.group) continue;
    // Scrapers and proxies of another namespace are not called upon by name; their own rules admit them.
    if (isServedToOthers(set, destination.group, ports) && source.group.namespace !== destination.group.namespace)
      continue;
    const declared = wanted.get(source.group)?.get(destination.group) ?? [];
    if (intersectPorts(ports, declared).length > 0) continue;
    const place = policyFor(destination.group, 'ingress') ?? policyFor(source.group, 'egress');
    const manifest = place?.manifest ?? destination.group.workloads[0]?.manifest;
    if (!manifest) continue;
    report(
      'network/undeclared-connection',
      manifest,
      place ? '/spec' : '/metadata/name',
      `${groupName(source.group)} can reach ${groupName(destination.group)} on ${ports === allPorts ? 'any port' : ports.map(portText).join(', ')}, which no connection declares`,
      {
        hint:
          edge.policies.length > 0
            ? `declare it, or narrow ${edge.policies.join(' and ')}`
            : 'declare it, or add a policy',
      },
    );
  }
}

function isServedToOthers(set: ManifestSet, group: Group, ports: readonly PortRange[]): boolean {
  const scraped = set.memo(scrapedNamespaces).has(group.namespace);
  return (
    scraped &&
    group.ports.some(
      (each) =>
        /metrics|prom/.test(each.name ?? '') &&
        intersectPorts([{ protocol: each.protocol, from: each.port, to: each.port }], ports).length > 0,
    )
  );
}

const scrapedNamespaces = (set: ManifestSet): Set<string> =>
  new Set(
    ['ServiceMonitor', 'PodMonitor'].flatMap((kind) =>
      set.ofKind('monitoring.coreos.com', kind).map((each) => set.namespaceOf(each)),
    ),
  );
