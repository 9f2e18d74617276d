import {
  foreignNotes,
  parseBlock,
  portRanges,
  contains,
  type Group,
  type Peer,
  type Policy,
  type Selector,
} from '@fairlead/network-policy/reachability';
import type { Severity } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { at, listAt, textAt, textsAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { connectionsOf } from './connections.ts';
import { groupName, policyFor, reachabilityOf } from './reach.ts';

const directions = ['ingress', 'egress'] as const;
const consequence = { ingress: 'everything in the cluster can reach it', egress: 'it can reach everything' } as const;

/** Workloads that no policy selects. In a folder that uses no policies nothing is expected. */
export function checkIsolation(set: ManifestSet, report: Report): void {
  const { index } = reachabilityOf(set);
  if (set.context === 'folder' && index.policies.length === 0) return;
  const used = { ingress: new Set<string>(), egress: new Set<string>() };
  for (const policy of index.policies) {
    for (const direction of directions) if (policy[direction]) used[direction].add(policy.namespace);
  }
  for (const group of index.groups) {
    if (group.hostNetwork) continue;
    const open = directions.filter((direction) => {
      if (group[direction].length > 0) return false;
      if (set.context === 'folder' && !used[direction].has(group.namespace)) return false;
      return foreignNotes(direction, group, { type: 'world' }, index).length === 0;
    });
    if (open.length === 0) continue;
    const what = open.length === 2 ? 'pods' : `${open[0]} of the pods`;
    for (const { manifest } of group.workloads) {
      report(
        'network/unselected-workload',
        manifest,
        '/metadata/name',
        `no NetworkPolicy selects the ${what} of ${manifest.kind} "${manifest.metadata.name}": ${open.map((each) => consequence[each]).join(', and ')}`,
        {
          hint: 'add a policy that selects its labels, or a default-deny policy for its namespace',
          ...(set.context === 'folder' && { severity: 'warning' as const }),
        },
      );
    }
  }
}

/** Pods with restricted egress that cannot ask DNS. Pods that may call nobody at all need none. */
export function checkDns(set: ManifestSet, report: Report): void {
  const { index } = reachabilityOf(set);
  const meant = new Map<Manifest, { missing: string; groups: string[]; severity: Severity | undefined }>();
  for (const group of index.groups) {
    if (group.egress.length === 0 || group.hostNetwork) continue;
    const [first] = group.workloads;
    if (!first) continue;
    const dnsPolicy = textAt(set.workloadOf(first.manifest)?.spec, 'dnsPolicy') ?? 'ClusterFirst';
    if (!dnsPolicy.startsWith('ClusterFirst')) continue;
    const callsSomebody =
      group.egress.some((policy) => (policy.egress?.length ?? 0) > 0) ||
      group.workloads.some(({ id }) => connectionsOf(set).bySource.has(id));
    if (!callsSomebody) continue;
    const allowed = dnsProtocols(set, group);
    const missing = (['UDP', 'TCP'] as const).filter((each) => !allowed.has(each));
    if (missing.length === 0 || foreignNotes('egress', group, { type: 'group', group }, index).length > 0) continue;
    const policy = policyFor(group, 'egress');
    const message = `${groupName(group)} cannot resolve names: no policy allows egress to DNS over ${missing.join(' and ')} port 53`;
    const hint = 'allow UDP and TCP port 53 to the pods labelled k8s-app: kube-dns in kube-system';
    // Answers above 512 bytes need TCP, so without it most names still resolve.
    const severity = set.context === 'folder' ? (missing.includes('UDP') ? 'warning' : 'info') : undefined;
    const intended = group.egress.find(({ manifest }) => isForDns(manifest))?.manifest;
    if (intended !== undefined) {
      const told = meant.get(intended);
      if (told === undefined)
        meant.set(intended, { missing: missing.join(' and '), groups: [groupName(group)], severity });
      else told.groups.push(groupName(group));
      continue;
    }
    report(
      'network/dns-blocked',
      policy?.manifest ?? first.manifest,
      policy ? '/spec/egress' : '/metadata/name',
      message,
      { hint, severity },
    );
  }
  for (const [policy, { missing, groups, severity }] of meant)
    report(
      'network/dns-blocked',
      policy,
      '/spec/egress',
      `${groups[0]}${groups.length > 1 ? ` and ${groups.length - 1} more` : ''} cannot resolve names: this policy does not allow egress to DNS over ${missing} port 53`,
      { hint: 'allow UDP and TCP port 53 to the pods labelled k8s-app: kube-dns in kube-system', severity },
    );
}

/** Whether a policy is evidently there to let DNS through, so that it is the one to mend. */
function isForDns(policy: Manifest): boolean {
  return listAt(policy, 'spec', 'egress').some(
    (rule) =>
      listAt(rule, 'ports').some((each) => at(each, 'port') === 53 || /^dns/.test(textAt(each, 'port') ?? '')) ||
      listAt(rule, 'to').some((peer) =>
        Object.values(textsAt(peer, 'podSelector', 'matchLabels')).some((each) =>
          /^(?:kube-dns|coredns|node-local-dns)$/.test(each),
        ),
      ),
  );
}

function dnsProtocols(set: ManifestSet, group: Group): Set<'UDP' | 'TCP' | 'SCTP'> {
  const allowed = new Set<'UDP' | 'TCP' | 'SCTP'>();
  for (const policy of group.egress) {
    for (const rule of policy.egress ?? []) {
      if (allowed.has('UDP') && allowed.has('TCP')) return allowed;
      if (rule.peers !== undefined && !rule.peers.some((peer) => leadsToDns(set, peer, policy))) continue;
      for (const range of portRanges(rule.ports, dnsPorts)) {
        // OpenShift's DNS pods listen on 5353, and policies see the pods' port.
        if ((range.from <= 53 && range.to >= 53) || (range.from <= 5353 && range.to >= 5353))
          allowed.add(range.protocol);
      }
    }
  }
  return allowed;
}

/** The named ports of CoreDNS. */
const dnsPorts = [
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns-tcp', port: 53, protocol: 'TCP' },
] as const;

const dnsNamespaces = ['kube-system', 'openshift-dns'];
const dnsApps = new Set(['kube-dns', 'coredns', 'node-local-dns', 'nodelocaldns']);
// Where clusters answer DNS: service and link-local addresses.
const dnsBlocks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
  'fd00::/8',
].flatMap((each) => parseBlock(each) ?? []);

/** Whether a peer can mean the DNS of the cluster. Its pods are rarely in the manifests, so known names decide. */
function leadsToDns(set: ManifestSet, peer: Peer, policy: Policy): boolean {
  if (peer.type === 'block') {
    return dnsBlocks.some((each) => contains(each, peer.block) || contains(peer.block, each));
  }
  const { namespaces, pods } = peer;
  const home = dnsNamespaces.some((name) => {
    if (namespaces === undefined) return policy.namespace === name;
    const stated = set.namespaces.has(name);
    return namespaces.requirements.every(
      (each) =>
        (!stated && each.key !== 'kubernetes.io/metadata.name') ||
        reachabilityOf(set).index.namespaceMatches({ requirements: [each], key: '' }, name),
    );
  });
  return home && pods.requirements.every(namesDns);
}

function namesDns({ key, operator, values }: Selector['requirements'][number]): boolean {
  if (operator !== 'In') return operator !== 'DoesNotExist';
  return key === 'k8s-app' ? values.some((each) => dnsApps.has(each)) : values.some((each) => each.includes('dns'));
}
