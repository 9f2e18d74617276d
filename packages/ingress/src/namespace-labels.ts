import type { Cluster } from '@fairlead/inventory/model';
import type { Labels } from '@fairlead/objects';

/**
 * Labels that a namespace with routed workloads needs for the cluster's ingress implementation.
 *
 * The AWS Load Balancer Controller then counts a new pod as ready only when the load balancer does; without it, a rolling update can
 * end with every target still being registered, which is an outage.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
export function namespaceLabels({ capabilities }: Cluster): Labels {
  switch (capabilities.ingress.implementation) {
    case 'alb':
    case 'alb-gateway':
      return { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' };
    default:
      return {};
  }
}
