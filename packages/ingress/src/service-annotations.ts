import type { Cluster } from '@fairlead/inventory/model';
import type { Labels, WorkloadReference } from '@fairlead/objects';
import { healthCheckAnnotations } from './alb-settings.ts';
import { backendsOf } from './backends.ts';
import type { Route } from './route.ts';

/**
 * Annotations that the Service of a routed workload needs for the cluster's ingress implementation; empty where none.
 * The workload's builder owns the Service, so they are handed to it as data.
 */
export function serviceAnnotations(cluster: Cluster, route: Route, workload: WorkloadReference): Labels {
  const backends = backendsOf(route);
  const backend = backends.find(
    (each) => each.service === workload.service && each.workload.namespace === workload.namespace,
  );
  if (backend === undefined) return {};
  switch (cluster.capabilities.ingress.implementation) {
    case 'alb': {
      // The Ingress carries the first backend's check; on a Service the annotation wins.
      const differs = JSON.stringify(backend.health) !== JSON.stringify(backends[0]?.health);
      return differs ? healthCheckAnnotations(backend.health) : {};
    }
    case 'gke-ingress':
      return {
        'cloud.google.com/backend-config': JSON.stringify({ default: backend.service }),
        'cloud.google.com/neg': JSON.stringify({ ingress: true }),
      };
    // They attach their policies to the Service by name.
    case 'alb-gateway':
    case 'gke-gateway':
    case 'aks-approuting':
    case 'envoy-gateway':
    case 'nginx':
      return {};
  }
}
