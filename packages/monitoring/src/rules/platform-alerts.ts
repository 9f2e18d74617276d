import type { Cluster } from '@fairlead/inventory';
import type { AlertTemplate } from './alert-template.ts';

/** A certificate that cert-manager keeps, near its end: its renewal failed for weeks. */
export const certificateExpiring: AlertTemplate = {
  name: 'CertificateExpiring',
  severity: 'ticket',
  expression: 'certmanager_certificate_expiration_timestamp_seconds - time() < 1209600',
  for: '1h',
  summary: 'Certificate ends within two weeks',
  description:
    'Certificate {{ $labels.name }} of namespace {{ $labels.namespace }} ends in {{ $value | humanizeDuration }} and was not renewed.',
  meaning: 'cert-manager renews a month before the end, so something has kept it from doing so for two weeks.',
  commands: [
    'kubectl get certificate -A',
    'kubectl -n {{ $labels.namespace }} describe certificate {{ $labels.name }}',
    'kubectl get certificaterequest,order,challenge -A',
  ],
};

/** Nodes that a cloud takes back: more new nodes within an hour than a calm cluster sees. */
export const nodeChurn: AlertTemplate = {
  name: 'NodeChurn',
  severity: 'ticket',
  expression: 'count(time() - kube_node_created < 3600) > 0.5 * count(kube_node_created)',
  for: '10m',
  summary: 'More than half of the nodes are new',
  description: '{{ $value }} nodes, more than half of all, are younger than an hour.',
  meaning:
    'The cloud takes spot nodes back in numbers, or the node autoscaler replaces nodes without rest. Every pod on them was started again.',
  commands: [
    'kubectl get nodes --sort-by=.metadata.creationTimestamp',
    'kubectl get events -A --field-selector involvedObject.kind=Node --sort-by=.lastTimestamp',
    'kubectl get pods -A --field-selector status.phase=Pending',
  ],
};

/** Karpenter's own count of spot notices. The name of the metric is that of Karpenter 1.x for AWS [not verified per version]. */
export const spotInterruptions: AlertTemplate = {
  name: 'SpotInterruptions',
  severity: 'ticket',
  expression: 'sum(increase(karpenter_interruption_received_messages_total{message_type="spot_interrupted"}[1h])) > 5',
  summary: 'Spot nodes are taken back often',
  description: 'The cloud has taken back {{ $value | humanize }} spot nodes within an hour.',
  meaning:
    'Capacity of the chosen instance types is scarce. More instance types or zones, or a larger share of on-demand nodes, calm it.',
  commands: [
    'kubectl get nodeclaims -o wide',
    'kubectl get nodepools -o yaml',
    'kubectl get events -A --field-selector reason=SpotInterrupted --sort-by=.lastTimestamp',
  ],
};

/** OpenCost's price of a node, summed; needs `{limit}` and `{budget}`, the amount per hour. */
export const costAboveBudget: AlertTemplate = {
  name: 'CostAboveBudget',
  severity: 'ticket',
  expression: 'sum(node_total_hourly_cost) > {limit}',
  for: '6h',
  summary: 'Nodes cost more than budgeted',
  description:
    'The nodes of the cluster cost {{ $value | humanize }} an hour, more than the {budget} that are budgeted.',
  meaning: 'The cluster runs more or dearer nodes than planned, for six hours already.',
  commands: ['kubectl get nodes -L node.kubernetes.io/instance-type', 'kubectl top nodes', 'kubectl get hpa -A'],
};

/** Needs `{probe}`, the job of a probe of public routes. */
export const endpointDown: AlertTemplate = {
  name: 'EndpointDown',
  severity: 'page',
  expression: 'probe_success{job="{probe}"} == 0',
  for: '2m',
  summary: 'Public address does not answer',
  description: '{{ $labels.instance }} has not answered for two minutes.',
  meaning:
    'A request from outside the app failed: its name, its certificate, the load balancer, the network, or the service behind it.',
  commands: [
    'kubectl -n {namespace} get ingress,gateway,httproute',
    'kubectl -n {namespace} get pods',
    'curl -sv -o /dev/null {{ $labels.instance }}',
  ],
};

/** Needs `{probe}`. */
export const endpointCertificateExpiring: AlertTemplate = {
  name: 'EndpointCertificateExpiring',
  severity: 'ticket',
  expression: 'probe_ssl_earliest_cert_expiry{job="{probe}"} - time() < 1209600',
  for: '1h',
  summary: 'Certificate of a public address ends within two weeks',
  description: 'The certificate of {{ $labels.instance }} ends in {{ $value | humanizeDuration }}.',
  meaning: 'Whoever renews this certificate has not done so. After its end every client refuses to connect.',
  commands: [
    'kubectl -n {namespace} get certificate,ingress,gateway',
    'kubectl get certificaterequest,order,challenge -A',
    'curl -svI {{ $labels.instance }}',
  ],
};

/** Alerts of a cluster as a whole, for the platform app. */
export function platformAlerts(cluster: Cluster): AlertTemplate[] {
  const spot = cluster.nodePools.some((pool) => pool.spot);
  return [
    ...(cluster.capabilities.ingress.certificates.source === 'cert-manager' ? [certificateExpiring] : []),
    ...(spot ? [nodeChurn] : []),
    ...(spot && cluster.capabilities.autoscaling.nodes === 'karpenter' && cluster.provider === 'eks'
      ? [spotInterruptions]
      : []),
  ];
}
