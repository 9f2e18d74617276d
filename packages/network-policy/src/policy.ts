import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer';
import type { Cluster } from '@fairlead/inventory';
import type { Labels, Manifest, Peer, PeerPort, WorkloadReference } from '@fairlead/objects';
import { diagnostic } from '@fairlead/diagnostics';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { shared } from '@fairlead/objects/plain';
import { report } from '@fairlead/objects/report';
import { matching, SharedParts } from '@fairlead/objects/shared-parts';
import { Construct } from 'constructs';
import { hostPolicy } from './host-policy.ts';
import { nodeTraffic } from './node-traffic.ts';

/** Traffic with one peer over some ports. */
export interface Traffic {
  readonly peer: Peer;
  readonly ports: readonly PeerPort[];
}

export interface WorkloadPolicyProps {
  readonly cluster: Cluster;
  readonly workload: WorkloadReference;
  /** Who may reach the workload. */
  readonly ingress: readonly Traffic[];
  /** Whom the workload may reach; DNS is added. */
  readonly egress: readonly Traffic[];
}

/**
 * Exactly the traffic that a workload has declared, in both directions, with DNS.
 *
 * Hosts by name become the object that the cluster's network knows (CiliumNetworkPolicy, FQDNNetworkPolicy);
 * where it knows none, a diagnostic asks for addresses.
 */
export class WorkloadPolicy extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadPolicyProps) {
    super(scope, id);
    const { cluster, workload, ingress, egress } = props;
    const hosts = egress.filter((traffic) => 'hosts' in traffic.peer);
    new KubernetesObject(this, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: workload.name, namespace: workload.namespace, labels: workload.labels },
      spec: {
        egress: [dnsRule(cluster), ...merged(egress).map(({ peers, ports }) => ({ to: peers, ports }))],
        podSelector: matching(workload.selector),
        policyTypes: bothWays,
        ...(ingress.length > 0 && { ingress: merged(ingress).map(({ peers, ports }) => ({ from: peers, ports })) }),
      },
    } satisfies INetworkPolicy & Manifest);
    const byNodes = nodeTraffic(cluster, workload, ingress);
    if (byNodes) new KubernetesObject(this, 'NodeTraffic', byNodes);
    if (hosts.length === 0) return;
    const byName = hostPolicy(cluster, workload, hosts);
    if (byName) new KubernetesObject(this, byName.kind, byName);
    else {
      report(
        this,
        diagnostic('app/hosts-not-supported', {
          message: `${workload.app}/${workload.component} reaches hosts by name, which the network of cluster "${cluster.name}" (${cluster.capabilities.networkPolicy.implementation}) cannot express`,
          hint: `state the addresses under stores: in clusters/${cluster.name}.yaml, or choose a network with capabilities.networkPolicy.fqdn cilium or gke`,
          clusters: [cluster.name],
        }),
      );
    }
  }
}

/** No traffic for any pod of a namespace but what other policies allow. */
export class DefaultDeny extends Construct {
  constructor(scope: Construct, id: string, { namespace, labels }: { namespace: string; labels: Labels }) {
    super(scope, id);
    new KubernetesObject(this, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace, labels: { ...labels } },
      spec: { podSelector: {}, policyTypes: bothWays },
    } satisfies INetworkPolicy & Manifest);
  }
}

const bothWays: ('Ingress' | 'Egress')[] = shared(['Ingress', 'Egress']);

type EgressRule = NonNullable<NonNullable<INetworkPolicy['spec']>['egress']>[number];

/** One rule per cluster, shared by all its policies. */
const dnsRules = new WeakMap<Cluster, EgressRule>();

function dnsRule(cluster: Cluster): EgressRule {
  let rule = dnsRules.get(cluster);
  if (rule === undefined) {
    rule = shared(newDnsRule(cluster));
    dnsRules.set(cluster, rule);
  }
  return rule;
}

/** Name resolution, over UDP and TCP, at every place where the cluster may answer. */
function newDnsRule({ capabilities }: Cluster): EgressRule {
  const { apps, cidrs } = capabilities.networkPolicy.dns;
  return {
    to: [
      ...apps.map((app) => ({
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': app } },
      })),
      ...cidrs.map((cidr) => ({ ipBlock: { cidr } })),
    ],
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  };
}

interface MergedRule {
  peers: INetworkPolicyPeer[];
  readonly ports: { port: number | string; protocol: 'TCP' | 'UDP' | 'SCTP' }[];
}

const portLists = new SharedParts<MergedRule['ports']>();

const portsKey = (ports: MergedRule['ports']): (number | string)[] => [
  ports.length,
  ...ports.flatMap(({ port, protocol }) => [port, protocol]),
];

/** Rules with equal ports are one rule with several peers; rules and peers are in a stable order, each once. */
function merged(traffic: readonly Traffic[]): MergedRule[] {
  const rules = new Map<string, MergedRule>();
  for (const { peer, ports } of traffic) {
    if ('hosts' in peer) continue;
    const sorted = ports.map(({ port, protocol }) => ({ port, protocol: protocol ?? ('TCP' as const) }));
    if (sorted.length > 1) sorted.sort((a, b) => (portKey(a) < portKey(b) ? -1 : 1));
    const key = sorted.map(portKey).join(',');
    let entry = rules.get(key);
    if (entry === undefined)
      rules.set(key, (entry = { ports: portLists.of(portsKey(sorted), () => sorted), peers: [] }));
    entry.peers.push(...policyPeers(peer));
  }
  return sortedByKey(rules).map(({ ports, peers }) => ({ peers: eachOnce(peers), ports }));
}

function eachOnce(peers: MergedRule['peers']): MergedRule['peers'] {
  return peers.length < 2 ? peers : sortedByKey(new Map(peers.map((each) => [JSON.stringify(each), each])));
}

function sortedByKey<T>(map: ReadonlyMap<string, T>): T[] {
  if (map.size < 2) return [...map.values()];
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function portKey({ port, protocol }: { port: number | string; protocol: string }): string {
  return `${String(port).padStart(5, '0')}/${protocol}`;
}

const namespaceSelectors = new SharedParts<NonNullable<INetworkPolicyPeer['namespaceSelector']>>();

function policyPeers(peer: Exclude<Peer, { hosts: readonly string[] }>): INetworkPolicyPeer[] {
  if ('cidrs' in peer) {
    return peer.cidrs.map((cidr) => ({
      ipBlock: { cidr, ...(peer.except?.length && { except: [...peer.except] }) },
    }));
  }
  const result: INetworkPolicyPeer = {
    namespaceSelector: namespaceSelectors.of([peer.namespace], () => ({
      matchLabels: { 'kubernetes.io/metadata.name': peer.namespace },
    })),
  };
  if (peer.selector) result.podSelector = matching(peer.selector);
  return [result];
}
