import { fieldsOf } from '@fairlead/objects/fields';
import type { Labels } from '@fairlead/objects/labels';
import { groupOf, type Manifest } from '@fairlead/objects/manifest';
import { parsePolicy, type Direction, type Peer, type Policy } from './reachability-policy.ts';
import { LabelIndex, parseSelector, selects, type Selector } from '@fairlead/objects/label-selector';
import { sortedKeys } from '@fairlead/objects/plain';
import { labelsOf, namespaceOf, workloadOf, type Workload } from './reachability-workload.ts';

/** Workloads that no policy can tell apart: equal namespace, labels, ports and host network. */
export interface Group {
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: Workload['ports'];
  readonly hostNetwork: boolean;
  readonly workloads: Workload[];
  /** Policies that select the group, per direction; none: everything is allowed. */
  readonly ingress: readonly Policy[];
  readonly egress: readonly Policy[];
}

interface MutableGroup extends Group {
  ingress: Policy[];
  egress: Policy[];
}

interface Namespace {
  readonly name: string;
  readonly labels: Labels;
  readonly groups: LabelIndex<Group>;
}

/** The manifests of a cluster, arranged so that each question about policies touches only what can matter to it. */
export interface PolicyIndex {
  readonly groups: readonly Group[];
  readonly workloads: ReadonlyMap<string, { readonly workload: Workload; readonly group: Group }>;
  readonly policies: readonly Policy[];
  readonly services: ReadonlyMap<string, Manifest>;
  readonly namespaces: ReadonlyMap<string, { readonly labels: Labels }>;
  /** Policy kinds of other API groups, `Kind namespace/name`: what they allow or deny is not known here. */
  readonly foreign: readonly Manifest[];
  /** Endpoints and EndpointSlices by the Service they belong to. */
  readonly endpoints: ReadonlyMap<string, readonly Manifest[]>;
  /** The groups that a peer of a policy means, `all` for every pod of the cluster. Address blocks mean none. */
  peerGroups(peer: Peer, policyNamespace: string): readonly Group[] | 'all';
  /** Whether a peer means the pods of a group. Address blocks never do here. */
  matches(peer: Peer, policyNamespace: string, group: Group): boolean;
  /** The groups of a namespace that a selector selects. */
  select(namespace: string, selector: Selector): readonly Group[];
  /** The groups of pods behind a Service; none without a selector. */
  behind(service: Manifest): readonly Group[];
  namespaceMatches(selector: Selector, namespace: string): boolean;
}

/** Kinds that decide about traffic too, of CNIs and clouds (and the cluster-wide ones of SIG Network). */
const foreignKinds = new Set([
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'networking.gke.io/FQDNNetworkPolicy',
  'networking.k8s.aws/ApplicationNetworkPolicy',
  'networking.k8s.aws/ClusterNetworkPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'policy.networking.k8s.io/ClusterNetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
  'projectcalico.org/NetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
]);

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

/** Reads the manifests once; the work grows with their number, not with pairs of them. */
export function indexPolicies(manifests: Iterable<Manifest>): PolicyIndex {
  const stated = new Map<string, Labels>();
  const namespaces = new Map<string, Namespace>();
  const workloads = new Map<string, { workload: Workload; group: Group }>();
  const groups = new Map<string, MutableGroup>();
  const policies: Policy[] = [];
  const services = new Map<string, Manifest>();
  const endpoints = new Map<string, Manifest[]>();
  const foreign: Manifest[] = [];
  const found: Workload[] = [];

  for (const manifest of manifests) {
    const group = groupOf(manifest.apiVersion);
    if (manifest.kind === 'Namespace' && group === '') stated.set(manifest.metadata.name, labelsOf(manifest.metadata));
    else if (manifest.kind === 'Service' && group === '')
      services.set(`${namespaceOf(manifest)}/${manifest.metadata.name}`, manifest);
    else if (manifest.kind === 'Endpoints' && group === '')
      push(endpoints, `${namespaceOf(manifest)}/${manifest.metadata.name}`, manifest);
    else if (manifest.kind === 'EndpointSlice' && group === 'discovery.k8s.io') {
      push(
        endpoints,
        `${namespaceOf(manifest)}/${labelsOf(manifest.metadata)['kubernetes.io/service-name'] ?? ''}`,
        manifest,
      );
    } else if (manifest.kind === 'NetworkPolicy' && group === 'networking.k8s.io') policies.push(parsePolicy(manifest));
    else if (foreignKinds.has(`${group}/${manifest.kind}`)) foreign.push(manifest);
    else {
      const workload = workloadOf(manifest);
      if (workload) found.push(workload);
    }
  }

  const namespace = (name: string): Namespace => {
    let entry = namespaces.get(name);
    if (!entry) {
      // The API server sets this label on every namespace and refuses another value.
      const labels = { ...stated.get(name), 'kubernetes.io/metadata.name': name };
      entry = { name, labels, groups: new LabelIndex((group) => group.labels) };
      namespaces.set(name, entry);
    }
    return entry;
  };
  for (const name of stated.keys()) namespace(name);
  for (const policy of policies) namespace(policy.namespace);

  for (const workload of found) {
    const key = groupKey(workload);
    let group = groups.get(key);
    if (!group) {
      const { labels: own, ports, hostNetwork } = workload;
      group = {
        namespace: workload.namespace,
        labels: own,
        ports,
        hostNetwork,
        workloads: [],
        ingress: [],
        egress: [],
      };
      groups.set(key, group);
      namespace(workload.namespace).groups.add(group);
    }
    group.workloads.push(workload);
    workloads.set(workload.id, { workload, group });
  }

  const select = (name: string, selector: Selector): readonly Group[] =>
    namespaces.get(name)?.groups.select(selector) ?? none;

  const servedGroups = new Map<Manifest, readonly Group[]>();
  const behind = (service: Manifest): readonly Group[] => {
    let result = servedGroups.get(service);
    if (!result) {
      const selector = fieldsOf(fieldsOf(service['spec'])['selector']);
      result =
        Object.keys(selector).length === 0
          ? none
          : select(namespaceOf(service), parseSelector({ matchLabels: selector }));
      servedGroups.set(service, result);
    }
    return result;
  };

  for (const policy of policies) {
    for (const group of select(policy.namespace, policy.selector)) {
      // The API leaves policies on host-network pods undefined; implementations do not enforce them.
      if (group.hostNetwork) continue;
      for (const direction of ['ingress', 'egress'] satisfies Direction[]) {
        if (policy[direction]) (group as MutableGroup)[direction].push(policy);
      }
    }
  }

  const namespaceCache = new Map<string, readonly Namespace[]>();
  const selectNamespaces = (selector: Selector): readonly Namespace[] => {
    let result = namespaceCache.get(selector.key);
    if (!result) {
      const names = selector.requirements.find(
        (each) => each.key === 'kubernetes.io/metadata.name' && each.operator === 'In',
      )?.values;
      const candidates = names
        ? [...new Set(names)].flatMap((name) => namespaces.get(name) ?? [])
        : [...namespaces.values()];
      result = candidates.filter((each) => selects(selector, each.labels));
      namespaceCache.set(selector.key, result);
    }
    return result;
  };

  const inNamespaces = (found: readonly Namespace[], pods: Selector): readonly Group[] => {
    const [first] = found;
    if (first && found.length === 1) return select(first.name, pods);
    return found.flatMap((each) => select(each.name, pods));
  };
  // What peers mean by what they say, and by themselves: checks ask about the same ones again and again.
  const meanings = new Map<string, readonly Group[]>();
  const known = new Map<Peer, readonly Group[]>();
  const peerGroups = (peer: Peer, policyNamespace: string): readonly Group[] | 'all' => {
    if (peer.type === 'block') return none;
    if (peer.namespaces?.requirements.length === 0 && peer.pods.requirements.length === 0) return 'all';
    let result = known.get(peer);
    if (result) return result;
    const key = `${peer.namespaces?.key ?? `@${policyNamespace}`} ${peer.pods.key}`;
    result = meanings.get(key);
    if (!result) {
      const selected =
        peer.namespaces === undefined
          ? select(policyNamespace, peer.pods)
          : inNamespaces(selectNamespaces(peer.namespaces), peer.pods);
      result = selected.some((group) => group.hostNetwork) ? selected.filter((group) => !group.hostNetwork) : selected;
      meanings.set(key, result);
    }
    known.set(peer, result);
    return result;
  };

  const namespaceMatches = (selector: Selector, name: string): boolean =>
    selects(selector, namespaces.get(name)?.labels ?? { 'kubernetes.io/metadata.name': name });

  return {
    groups: [...groups.values()],
    workloads,
    policies,
    services,
    namespaces,
    foreign,
    endpoints,
    peerGroups,
    matches: (peer, policyNamespace, group) =>
      peer.type === 'pods' &&
      !group.hostNetwork &&
      (peer.namespaces === undefined
        ? group.namespace === policyNamespace
        : namespaceMatches(peer.namespaces, group.namespace)) &&
      selects(peer.pods, group.labels),
    select,
    behind,
    namespaceMatches,
  };
}

const none: readonly never[] = [];

/** Equal for workloads that no policy can tell apart. */
function groupKey({ namespace, labels, ports, hostNetwork }: Workload): string {
  const parts = [namespace];
  for (const label of sortedKeys(labels)) parts.push(`${label}=${labels[label]}`);
  for (const { name, port, protocol } of ports) parts.push(`${name} ${port} ${protocol}`);
  if (hostNetwork) parts.push('host');
  return parts.join('\n');
}
