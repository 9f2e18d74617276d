import type { AutoscalingCapability } from '@fairlead/inventory';
import type { NodeFamily } from './scheduling-nodes.ts';
import { autoscalerUndisturbed, karpenterUndisturbed } from './scheduling-undisturbed.ts';

/** EC2 tells two minutes ahead; Karpenter or the node termination handler drains the node meanwhile. */
const noticeSeconds = 120;

const karpenter: NodeFamily = {
  title: 'EKS with Karpenter',
  capacity: { label: 'karpenter.sh/capacity-type', spot: 'spot' },
  balance: 'karpenter.sh/capacity-type',
  poolLabel: 'karpenter.sh/nodepool',
  noticeSeconds,
  undisturbed: karpenterUndisturbed,
};

const nodeGroups: NodeFamily = {
  title: 'EKS node groups',
  capacity: { label: 'eks.amazonaws.com/capacityType', spot: 'SPOT' },
  balance: 'eks.amazonaws.com/capacityType',
  poolLabel: 'eks.amazonaws.com/nodegroup',
  noticeSeconds,
  undisturbed: autoscalerUndisturbed,
};

/** Karpenter (also inside Auto Mode, which is `managed`), or managed node groups. Neither taints spot nodes by itself. */
export function eksNodes(nodes: AutoscalingCapability['nodes']): NodeFamily {
  return nodes === 'karpenter' || nodes === 'managed' ? karpenter : nodeGroups;
}
