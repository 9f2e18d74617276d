import type { AutoscalingCapability } from '@fairlead/inventory';
import type { NodeFamily } from './scheduling-nodes.ts';
import { autoscalerUndisturbed } from './scheduling-undisturbed.ts';

/**
 * Node pools of GKE. Spot nodes are tainted by node auto-provisioning and by convention, not by hand-made pools; Arm nodes always are.
 *
 * Of the 30 s, the kubelet leaves pods 15, and keeps as many for those of the system, unless the node configuration says otherwise
 * (1.35 and later, up to 120 s): a drain of 15 s would leave a process nothing.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
 */
const nodePools: NodeFamily = {
  title: 'GKE node pools',
  capacity: { label: 'cloud.google.com/gke-spot', spot: 'true' },
  // `gke-spot` is on spot nodes only; `gke-provisioning` is `spot` or `standard`. Seen in the field, not in Google's reference.
  balance: 'cloud.google.com/gke-provisioning',
  spotTaint: { key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule', always: false },
  armTaint: { key: 'kubernetes.io/arch', value: 'arm64', effect: 'NoSchedule' },
  poolLabel: 'cloud.google.com/gke-nodepool',
  noticeSeconds: 30,
  podSeconds: 15,
  undisturbed: autoscalerUndisturbed,
};

/**
 * Nodes that GKE makes by ComputeClasses: a pod selects its class and nothing else of a node, since a second selector beside the class
 * can be impossible to satisfy. What the class prefers, spot before on demand, is the class's own.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/concepts/about-custom-compute-classes
 */
const computeClasses: NodeFamily = {
  ...nodePools,
  title: 'GKE ComputeClasses',
  poolLabel: 'cloud.google.com/compute-class',
  classLabel: 'cloud.google.com/compute-class',
};

/** Node pools that somebody makes, or ComputeClasses by which GKE makes them. */
export function gkeNodes(nodes: AutoscalingCapability['nodes']): NodeFamily {
  return nodes === 'auto-provisioning' ? computeClasses : nodePools;
}
