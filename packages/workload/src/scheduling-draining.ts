import type { IngressImplementation } from '@fairlead/inventory';

/**
 * Seconds for which the load balancer in front of a route lets requests end on a pod that leaves, as the ingress adapters set it
 * (`deregistration_delay`, `connectionDraining`). Proxies in the cluster watch endpoints and have none.
 */
export const balancerDrainSeconds: Readonly<Record<IngressImplementation, number>> = {
  alb: 30,
  'alb-gateway': 30,
  'gke-gateway': 30,
  'gke-ingress': 30,
  'aks-approuting': 0,
  'envoy-gateway': 0,
  nginx: 0,
};
