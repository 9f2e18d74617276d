import type { Cluster } from '@fairlead/inventory/model';
import type { Labels, Peer, PeerPort } from '@fairlead/objects';
import { backendsOf } from './backends.ts';
import type { Exposure, Route } from './route.ts';

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
      return cidrs([...googleFrontEnds, ...ingress.sources, ...(isRegional(ingress, exposure) ? subnets : [])]);
    case 'aks-approuting':
      // The proxies run in the Gateway's own namespace.
      return [{ namespace, selector: { 'gateway.networking.k8s.io/gateway-class-name': ingress.class } }];
    case 'envoy-gateway':
      // Labels of the proxies that Envoy Gateway makes; the component and manager labels are unverified here.
      return [
        {
          namespace: ingress.proxyNamespace ?? 'envoy-gateway-system',
          selector: { 'app.kubernetes.io/managed-by': 'envoy-gateway', 'app.kubernetes.io/component': 'proxy' },
        },
      ];
    case 'nginx':
      // The chart's label; unverified for clusters that installed it otherwise.
      return [
        {
          namespace: ingress.proxyNamespace ?? 'ingress-nginx',
          selector: { 'app.kubernetes.io/name': 'ingress-nginx' },
        },
      ];
  }
}

function isRegional(
  { class: name, internalClass = 'internal' }: Cluster['capabilities']['ingress'],
  exposure: Exposure,
): boolean {
  return exposure === 'internal' ? !internalClass.includes('cross-regional') : name.includes('regional');
}

/** What pods of the ingress implementation may do that live in an app's own namespace, under its default deny. */
export interface ProxyTraffic {
  /** Labels of the proxies' pods. */
  readonly selector: Labels;
  readonly ingress: readonly { readonly peer: Peer; readonly ports: readonly PeerPort[] }[];
  /** Without DNS, which every policy allows. */
  readonly egress: readonly { readonly peer: Peer; readonly ports: readonly PeerPort[] }[];
}

/**
 * The policy that the proxies of a route need where they run beside the app: clients, the backends, and their control plane.
 * Undefined where there are none, which is everywhere but with AKS application routing.
 *
 * @see https://learn.microsoft.com/azure/aks/app-routing-gateway-api
 */
export function proxyTraffic(cluster: Cluster, route: Route): ProxyTraffic | undefined {
  const { implementation, class: className } = cluster.capabilities.ingress;
  if (implementation !== 'aks-approuting') return undefined;
  const clients: Peer = route.exposure === 'public' ? { cidrs: ['0.0.0.0/0'] } : { cidrs: cluster.network.vpc };
  return {
    selector: { 'gateway.networking.k8s.io/gateway-class-name': className },
    // 15021 is where the Azure load balancer asks for their health.
    ingress: [{ peer: clients, ports: [{ port: 80 }, { port: 443 }, { port: 15021 }] }],
    egress: [
      ...backendsOf(route).map(({ workload, port }) => ({
        peer: { namespace: workload.namespace, selector: workload.selector },
        ports: [{ port: port.port }],
      })),
      // istiod's xDS port, by mutual TLS: Istio's own documentation of its ports.
      { peer: { namespace: 'aks-istio-system', selector: { app: 'istiod' } }, ports: [{ port: 15012 }] },
    ],
  };
}
