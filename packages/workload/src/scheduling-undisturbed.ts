/** What keeps Karpenter from moving a pod to save nodes. */
export const karpenterUndisturbed = { 'karpenter.sh/do-not-disrupt': 'true' };

/** The same for the Cluster Autoscaler, the clouds' own included. */
export const autoscalerUndisturbed = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' };
