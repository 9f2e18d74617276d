import type { Cluster } from '@fairlead/inventory';
import { nodeObjects } from '@fairlead/inventory/node-objects';
import type { Ownership } from '@fairlead/objects';
import { Construct } from 'constructs';
import { AksNodes } from './aks-nodes.ts';
import { ComputeClasses } from './compute-classes.ts';
import { KarpenterNodes } from './karpenter.ts';

/**
 * The node pools of the cluster file, where the cluster makes its nodes by objects: NodePools of Karpenter on EKS and AKS, ComputeClasses
 * on GKE. Nothing where the cloud or somebody else makes them.
 */
export class ClusterNodes extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, ownership }: { readonly cluster: Cluster; readonly ownership: Ownership },
  ) {
    super(scope, id);
    const { nodeRole: role, nodeImage: image } = cluster.capabilities.autoscaling;
    switch (nodeObjects(cluster)) {
      case 'karpenter':
        if (role !== undefined && image !== undefined)
          new KarpenterNodes(this, 'pools', { cluster, ownership, role, image });
        break;
      case 'aks':
        new AksNodes(this, 'pools', { cluster, ownership });
        break;
      case 'compute-class':
        new ComputeClasses(this, 'classes', { cluster, ownership });
        break;
      case undefined:
    }
  }
}
