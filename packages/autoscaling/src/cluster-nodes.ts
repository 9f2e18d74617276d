import type { Cluster } from '@fairlead/inventory';
import { nodeObjects } from '@fairlead/inventory/node-objects';
import type { Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { Construct } from 'constructs';
import { AksNodes } from './aks-nodes.ts';
import { ComputeClasses } from './compute-classes.ts';
import { KarpenterNodes } from './karpenter.ts';
import { priorityExpander } from './priority-expander.ts';

/** Where the community's chart puts the autoscaler; it reads the ConfigMap of its own namespace alone. */
const autoscalerNamespace = 'kube-system';

/**
 * The node pools of the cluster file, where the cluster makes its nodes by objects: NodePools of Karpenter on EKS and AKS, ComputeClasses
 * on GKE. Where the Cluster Autoscaler grows pools that somebody made, the order in which it tries them, for those who run it with
 * `--expander=priority`. Nothing else where the cloud or somebody else makes them.
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
      case undefined: {
        const sorts = new Set(cluster.nodePools.map(({ spot }) => spot));
        // With one sort of pools there is nothing to prefer.
        if (cluster.capabilities.autoscaling.nodes === 'cluster-autoscaler' && sorts.size > 1)
          new KubernetesObject(this, 'priorities', priorityExpander(cluster, ownership, autoscalerNamespace));
      }
    }
  }
}
