import type { Cluster } from '@fairlead/inventory';
import type { Manifest, Peer, PeerPort, WorkloadReference } from '@fairlead/objects';

interface HostTraffic {
  readonly peer: Peer;
  readonly ports: readonly PeerPort[];
}

/** The object by which the cluster's network allows hosts by name; undefined where it has none. */
export function hostPolicy(
  { capabilities }: Cluster,
  workload: WorkloadReference,
  traffic: readonly HostTraffic[],
): Manifest | undefined {
  const named = traffic.flatMap(({ peer, ports }) => ('hosts' in peer ? [{ hosts: peer.hosts, ports }] : []));
  const metadata = { name: workload.name, namespace: workload.namespace, labels: { ...workload.labels } };
  switch (capabilities.networkPolicy.fqdn) {
    case 'cilium':
      // https://docs.cilium.io/en/stable/security/policy/language/#dns-based : toFQDNs needs the DNS proxy, so a rule with rules.dns.
      return {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata,
        spec: {
          endpointSelector: { matchLabels: { ...workload.selector } },
          egress: [
            {
              toEndpoints: [
                { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } },
              ],
              toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
            },
            ...named.map(({ hosts, ports }) => ({
              toFQDNs: hosts.map((host) => (host.includes('*') ? { matchPattern: host } : { matchName: host })),
              toPorts: [
                { ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol: protocol ?? 'TCP' })) },
              ],
            })),
          ],
        },
      };
    case 'gke':
      // https://cloud.google.com/kubernetes-engine/docs/how-to/fqdn-network-policies
      return {
        apiVersion: 'networking.gke.io/v1alpha1',
        kind: 'FQDNNetworkPolicy',
        metadata,
        spec: {
          podSelector: { matchLabels: { ...workload.selector } },
          egress: named.map(({ hosts, ports }) => ({
            matches: hosts.map((host) => (host.includes('*') ? { pattern: host } : { name: host })),
            ports: ports.map(({ port, protocol }) => ({ port, protocol: protocol ?? 'TCP' })),
          })),
        },
      };
    case 'none':
      return undefined;
  }
}
