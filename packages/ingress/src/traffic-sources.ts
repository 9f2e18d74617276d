import type { Cluster } from '@fairlead/inventory/model';
import type { Peer } from '@fairlead/objects';
import type { Exposure } from './route.ts';

/**
 * Google's front ends and health checkers.
 *
 * @see https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges
 */
const googleFrontEnds = ['130.211.0.0/22', '35.191.0.0/16'];

/**
 * What the NetworkPolicy of a routed workload in `namespace` must admit, health checkers included.
 * The cluster file's `capabilities.ingress.sources` comes first; its subnets of load balancers are the fallback for those that
 * live in subnets. Empty: nobody knows, and a policy made of it would close the route.
 */
export function trafficSources(cluster: Cluster, exposure: Exposure, namespace: string): Peer[] {
  const { ingress } = cluster.capabilities;
  const cidrs = (list: readonly string[]): Peer[] => (list.length === 0 ? [] : [{ cidrs: [...new Set(list)] }]);
  const subnets = cluster.network.loadBalancerSubnets.map((subnet) => subnet.cidr);
  switch (ingress.implementation) {
    case 'alb':
    case 'alb-gateway':
      return cidrs(ingress.sources.length > 0 ? ingress.sources : subnets);
    case 'gke-gateway':
    case 'gke-ingress':
      // Regional and internal load balancers send from the proxy-only subnet, their health checkers from Google's ranges.
      return cidrs([
        ...googleFrontEnds,
        ...ingress.sources,
        ...(exposure === 'internal' && ingress.sources.length === 0 ? subnets : []),
      ]);
    case 'aks-approuting':
      // The proxies run in the Gateway's own namespace.
      return [{ namespace, selector: { 'gateway.networking.k8s.io/gateway-class-name': ingress.class } }];
    case 'envoy-gateway':
      return [
        {
          namespace: ingress.proxyNamespace ?? 'envoy-gateway-system',
          selector: { 'app.kubernetes.io/managed-by': 'envoy-gateway', 'app.kubernetes.io/component': 'proxy' },
        },
      ];
    case 'nginx':
      return [
        {
          namespace: ingress.proxyNamespace ?? 'ingress-nginx',
          selector: { 'app.kubernetes.io/name': 'ingress-nginx' },
        },
      ];
  }
}
