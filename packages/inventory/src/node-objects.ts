import type { Cluster } from './model.ts';

/**
 * The objects by which the platform makes a cluster's nodes, from the pools of its file: NodePools of Karpenter on AWS or of node
 * auto-provisioning on AKS, ComputeClasses on GKE. Undefined where the cloud or somebody else makes them.
 */
export function nodeObjects({
  provider,
  capabilities: { autoscaling },
}: Pick<Cluster, 'provider' | 'capabilities'>): 'karpenter' | 'aks' | 'compute-class' | undefined {
  const { nodes, nodeRole, nodeImage } = autoscaling;
  if (provider === 'eks' && nodes === 'karpenter')
    return nodeRole === undefined || nodeImage === undefined ? undefined : 'karpenter';
  if (nodes !== 'auto-provisioning') return undefined;
  return provider === 'gke' ? 'compute-class' : provider === 'aks' ? 'aks' : undefined;
}
