import type { AutoscalingCapability } from '@fairlead/inventory';
import type { NodeFamily } from './scheduling-nodes.ts';
import { autoscalerUndisturbed, karpenterUndisturbed } from './scheduling-undisturbed.ts';

/** Spot nodes of AKS carry it whether one wants it or not. */
const spotTaint = {
  key: 'kubernetes.azure.com/scalesetpriority',
  value: 'spot',
  effect: 'NoSchedule',
  always: true,
} as const;

const nodePools: NodeFamily = {
  title: 'AKS node pools',
  // The label `scalesetpriority` is deprecated and missing on regular nodes; the taint keeps its name.
  capacity: { label: 'kubernetes.azure.com/priority', spot: 'spot' },
  balance: 'kubernetes.azure.com/priority',
  spotTaint,
  poolLabel: 'kubernetes.azure.com/agentpool',
  noticeSeconds: 30,
  undisturbed: autoscalerUndisturbed,
};

const autoProvisioning: NodeFamily = {
  title: 'AKS node auto-provisioning',
  capacity: { label: 'karpenter.sh/capacity-type', spot: 'spot' },
  balance: 'karpenter.sh/capacity-type',
  // Whether auto-provisioned spot nodes carry the taint too is not verified; tolerating one that is not there harms nobody.
  spotTaint: { ...spotTaint, always: false },
  poolLabel: 'karpenter.sh/nodepool',
  noticeSeconds: 30,
  undisturbed: karpenterUndisturbed,
};

/** Node pools of a scale set each, or node auto-provisioning, which is Karpenter. */
export function aksNodes(nodes: AutoscalingCapability['nodes']): NodeFamily {
  return nodes === 'karpenter' || nodes === 'auto-provisioning' ? autoProvisioning : nodePools;
}
