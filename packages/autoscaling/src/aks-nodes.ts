import type { Cluster, NodePool } from '@fairlead/inventory';
import { ownershipLabels, type Labels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import type { AKSNodeClass } from '@fairlead/schemas/custom-resources/aks-node-class';
import { Construct } from 'constructs';
import { atLeast, karpenterNodePool, machineSize } from './karpenter-node-pool.ts';

/** Not `default`, which AKS makes itself. */
const className = 'fairlead';

/**
 * One AKSNodeClass and one NodePool per node pool of the cluster file, for the Karpenter of node auto-provisioning. The pools that AKS
 * makes itself (`default`, `system-surge`) weigh less and stay a last resort; `--node-provisioning-default-pools None` leaves them out.
 *
 * @see https://learn.microsoft.com/azure/aks/node-auto-provisioning-node-pools
 */
export class AksNodes extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, ownership }: { readonly cluster: Cluster; readonly ownership: Ownership },
  ) {
    super(scope, id);
    const labels = ownershipLabels(ownership);
    new KubernetesObject(this, 'class', nodeClass(cluster, labels));
    // Without the label Karpenter forgets what Cilium's pods take of a node; with the taint no pod starts before Cilium does.
    const cilium = cluster.capabilities.networkPolicy.implementation === 'azure-cilium';
    for (const pool of cluster.nodePools) {
      const cloud = {
        nodeClassRef: { group: 'karpenter.azure.com', kind: 'AKSNodeClass', name: className },
        requirements: requirements(pool),
        ...(cilium && {
          labels: { 'kubernetes.azure.com/ebpf-dataplane': 'cilium' },
          startupTaints: [{ key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' as const }],
        }),
      };
      new KubernetesObject(this, `pool-${pool.name}`, karpenterNodePool(pool, cloud, labels));
    }
  }
}

function nodeClass(cluster: Cluster, labels: Labels) {
  const { nodeImage } = cluster.capabilities.autoscaling;
  return {
    apiVersion: 'karpenter.azure.com/v1beta1',
    kind: 'AKSNodeClass',
    metadata: { name: className, labels },
    spec: {
      imageFamily: nodeImage === 'AzureLinux' ? 'AzureLinux' : 'Ubuntu',
      osDiskSizeGB: 128,
      tags: { environment: cluster.environment.name, 'managed-by': 'fairlead' },
    },
  } satisfies AKSNodeClass;
}

/** Which machines of Azure hold what the cluster file promises: D is balanced, E has more memory, F more processors, N has GPUs. */
function requirements(pool: NodePool) {
  const { cores, mebibytes } = machineSize(pool);
  const gpus = Number(pool.resources?.['nvidia.com/gpu'] ?? 0);
  return [
    {
      key: 'karpenter.azure.com/sku-family',
      operator: 'In' as const,
      values: [...(pool.machines ?? (gpus > 0 ? ['N'] : ['D', 'E', 'F']))],
    },
    ...(gpus > 0
      ? [
          { key: 'karpenter.azure.com/sku-gpu-manufacturer', operator: 'In' as const, values: ['nvidia'] },
          atLeast('karpenter.azure.com/sku-gpu-count', gpus),
        ]
      : []),
    atLeast('karpenter.azure.com/sku-cpu', cores),
    atLeast('karpenter.azure.com/sku-memory', mebibytes),
  ];
}
