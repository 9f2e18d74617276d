import type { Cluster } from '@fairlead/inventory';
import type { Manifest, WorkloadReference } from '@fairlead/objects';
import { joinName } from '@fairlead/objects';
import type { Traffic } from './policy.ts';

/**
 * Traffic that a cloud's load balancer sends by way of nodes, where an `ipBlock` means no node: Azure CNI powered by Cilium. There the
 * addresses of a policy are the outside world only, and nodes are an entity of their own; undefined everywhere else.
 *
 * @see https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium
 * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
 */
export function nodeTraffic(
  { capabilities }: Cluster,
  { name, namespace, labels, selector }: WorkloadReference,
  ingress: readonly Traffic[],
): Manifest | undefined {
  if (capabilities.networkPolicy.implementation !== 'azure-cilium') return undefined;
  const ports = ingress.flatMap((traffic) => ('cidrs' in traffic.peer ? traffic.ports : []));
  if (ports.length === 0) return undefined;
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: joinName(name, 'nodes'), namespace, labels: { ...labels } },
    spec: {
      endpointSelector: { matchLabels: { ...selector } },
      ingress: [
        {
          fromEntities: ['host', 'remote-node'],
          toPorts: [
            { ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol: protocol ?? 'TCP' })) },
          ],
        },
      ],
    },
  };
}
