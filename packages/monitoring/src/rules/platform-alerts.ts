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

/** Compared with the week before; a cluster that is younger, or runs no OpenCost, has nothing to compare. */
export const costAnomaly: AlertTemplate = {
  name: 'CostAnomaly',
  severity: 'ticket',
  expression: 'cluster:cost:hourly > 1.5 * avg_over_time(cluster:cost:hourly[7d] offset 1h)',
  for: '3h',
  summary: 'Nodes cost far more than last week',
  description: 'The nodes of the cluster cost {{ $value | humanize }} an hour, half as much again as in the last week.',
  meaning:
    'Something scaled out and does not come back, or dearer nodes were chosen, be the budget kept or not. See which namespace grew on the dashboard of cost.',
  commands: [
    'kubectl get hpa -A',
    'kubectl get nodes -L node.kubernetes.io/instance-type',
    'kubectl get pods -A --field-selector status.phase=Pending',
  ],
};

/** Needs `{cpu}` cores and `{memory}` bytes (`{gib}` for people), what the node pools can grow to. Two weeks ahead: time to ask for more. */
export const capacityRunningOut: AlertTemplate = {
  name: 'CapacityRunningOut',
  severity: 'ticket',
  expression:
    'predict_linear(cluster:cpu_requests:sum[7d], 1209600) > {cpu} or predict_linear(cluster:memory_requests:sum[7d], 1209600) > {memory}',
  for: '6h',
  summary: 'Node pools will be full within two weeks',
  description:
    'At the pace of the last week the pods of the cluster will ask for {{ $value | humanize }} in two weeks, more than the node pools can grow to ({cpu} cores, {gib} GiB).',
  meaning:
    'Requests grow steadily. When the pools are at their maximum, new pods stay pending and autoscalers order what does not come.',
  commands: ['npx fairlead capacity', 'kubectl describe nodes', 'kubectl get hpa -A'],
};

/** The node's own word, from kube-state-metrics. */
export const nodeNotReady: AlertTemplate = {
  name: 'NodeNotReady',
  severity: 'ticket',
  expression: 'kube_node_status_condition{condition="Ready",status="true"} == 0',
  for: '15m',
  summary: 'Node is not ready',
  description: 'Node {{ $labels.node }} has not been ready for a quarter of an hour.',
  meaning:
    'Its kubelet does not report, or reports trouble. Pods on it are moved after five minutes, if others have room.',
  commands: [
    'kubectl describe node {{ $labels.node }}',
    'kubectl get pods -A -o wide --field-selector spec.nodeName={{ $labels.node }}',
    'kubectl get events -A --field-selector involvedObject.kind=Node --sort-by=.lastTimestamp',
  ],
};

/** Disk, memory and processes of a node, as the kubelet judges them before it evicts. */
export const nodePressure: AlertTemplate = {
  name: 'NodePressure',
  severity: 'ticket',
  expression: 'kube_node_status_condition{condition=~"DiskPressure|MemoryPressure|PIDPressure",status="true"} == 1',
  for: '10m',
  summary: 'Node is short of disk, memory or processes',
  description: 'Node {{ $labels.node }} reports {{ $labels.condition }}.',
  meaning:
    'The kubelet evicts pods from the node until the pressure is gone, those first that use more than they ask for.',
  commands: [
    'kubectl describe node {{ $labels.node }}',
    'kubectl top pods -A --sort-by=memory',
    'kubectl get events -A --field-selector reason=Evicted --sort-by=.lastTimestamp',
  ],
};

/** Argo CD's own gauge: one series per Application, value 1. */
export const argoDeliveryFailing: AlertTemplate = {
  name: 'DeliveryFailing',
  severity: 'ticket',
  expression:
    'argocd_app_info{health_status=~"Degraded|Missing|Unknown"} == 1 or argocd_app_info{sync_status!="Synced"} == 1',
  for: '30m',
  summary: 'Delivery does not get through',
  description:
    'What git says of {{ $labels.name }} has not held in the cluster for half an hour: {{ $labels.sync_status }} {{ $labels.health_status }}.',
  meaning:
    'The delivery engine cannot apply the manifests, or what it applied does not become healthy. The cluster stays as it was, or half way.',
  commands: [
    'kubectl get applications,kustomizations -A',
    'kubectl get events -A --field-selector type=Warning --sort-by=.lastTimestamp',
    'npx fairlead synth --check',
  ],
};

/** Flux: kube-state-metrics with the custom resource state of flux2-monitoring-example, which names this gauge. */
export const fluxDeliveryFailing: AlertTemplate = {
  ...argoDeliveryFailing,
  expression: 'gotk_resource_info{ready="False",suspended!="true"} == 1',
  description: 'What git says of {{ $labels.name }} has not held in the cluster for half an hour.',
};

/** Against the day before; the recorded counter of the business contract. */
export const failedLoginsAnomaly: AlertTemplate = {
  name: 'FailedLoginsAnomaly',
  severity: 'ticket',
  expression:
    'security:logins_failed:rate1m > 10 and security:logins_failed:rate1m > 5 * avg_over_time(security:logins_failed:rate1m[1d] offset 15m)',
  for: '10m',
  summary: 'Many failed logins',
  description:
    '{{ $value | humanize }} logins a minute fail in namespace {{ $labels.namespace }}, more than five times as many as in the last day.',
  meaning:
    'Somebody tries passwords, or a client was given the wrong ones. The rate limit and the firewall of the route slow it down.',
  commands: [
    'kubectl -n {{ $labels.namespace }} logs -l app.kubernetes.io/component=user --since=15m --prefix',
    'kubectl -n {{ $labels.namespace }} get ingress,gateway,httproute',
    'kubectl -n {{ $labels.namespace }} get events --sort-by=.lastTimestamp',
  ],
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
  const { nodePools, capabilities, delivery, provider } = cluster;
  const spot = nodePools.some((pool) => pool.spot);
  return [
    ...(capabilities.ingress.certificates.source === 'cert-manager' ? [certificateExpiring] : []),
    nodeNotReady,
    nodePressure,
    ...(spot ? [nodeChurn] : []),
    ...(spot && capabilities.autoscaling.nodes === 'karpenter' && provider === 'eks' ? [spotInterruptions] : []),
    ...(nodePools.length > 0 ? [capacityRunningOut] : []),
    delivery.engine === 'argocd' ? argoDeliveryFailing : fluxDeliveryFailing,
    costAnomaly,
  ];
}
