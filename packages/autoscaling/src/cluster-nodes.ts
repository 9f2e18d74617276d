import type { Cluster } from '@fairlead/inventory';
import type { Ownership } from '@fairlead/objects';
import { Construct } from 'constructs';
import { KarpenterNodes } from './karpenter.ts';

/**
 * The node pools of the cluster file, where the cluster makes its nodes by objects and says what they run with (`nodeRole`, `nodeImage`);
 * nothing where the cloud or somebody else makes them.
 */
export class ClusterNodes extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, ownership }: { readonly cluster: Cluster; readonly ownership: Ownership },
  ) {
    super(scope, id);
    const { nodes, nodeRole: role, nodeImage: image } = cluster.capabilities.autoscaling;
    if (nodes !== 'karpenter' || cluster.provider !== 'eks' || role === undefined || image === undefined) return;
    new KarpenterNodes(this, 'pools', { cluster, ownership, role, image });
  }
}
