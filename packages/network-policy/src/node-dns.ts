import type { Cluster } from '@fairlead/inventory';
import type { Labels, Manifest } from '@fairlead/objects';

/** Addresses on which LocalDNS of AKS answers on each node. */
const localDns = /^169\.254\.10\.\d+\/32$/;

/**
 * Name resolution by the node's own resolver, for the pods of a namespace, where an `ipBlock` does not mean the node: Azure CNI powered
 * by Cilium with LocalDNS. There the node is the entity `host`; undefined everywhere else.
 *
 * @see https://aka.ms/aks/localdns
 * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
 */
export function nodeDns({ capabilities }: Cluster, namespace: string, labels: Labels): Manifest | undefined {
  const { implementation, dns } = capabilities.networkPolicy;
  const addresses = dns.cidrs.filter((cidr) => localDns.test(cidr));
  if (implementation !== 'azure-cilium' || addresses.length === 0) return undefined;
  const toPorts = [
    {
      ports: [
        { port: '53', protocol: 'UDP' },
        { port: '53', protocol: 'TCP' },
      ],
    },
  ];
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'node-dns', namespace, labels: { ...labels } },
    spec: {
      egress: [
        { toEntities: ['host'], toPorts },
        { toCIDR: addresses, toPorts },
      ],
      endpointSelector: {},
    },
  };
}
