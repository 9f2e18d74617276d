import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster, NodePool } from '@fairlead/inventory';
import { ownershipLabels, type Labels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { IEC2NodeClass } from '@kubernetes-models/karpenter/karpenter.k8s.aws/v1/EC2NodeClass';
import { Construct } from 'constructs';
import { atLeast, karpenterNodePool, machineSize } from './karpenter-node-pool.ts';

export interface KarpenterNodesProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  /** Name of the IAM role that nodes run with. */
  readonly role: string;
  /** Image family and version, such as `bottlerocket@v1.20.4` or `al2023@v20260801`; a version, so that nodes do not change by themselves. */
  readonly image: string;
  /** Tags by which Karpenter finds subnets and security groups. Default `karpenter.sh/discovery: <cluster>`. */
  readonly discovery?: Labels | undefined;
  /** KMS key of node volumes; default: the storage capability's key, else the account's. */
  readonly encryptionKey?: string | undefined;
  /** Instance categories to choose from. Default c, m and r. */
  readonly categories?: readonly string[] | undefined;
}

/**
 * One EC2NodeClass and one NodePool per node pool of the cluster file.
 *
 * @see https://karpenter.sh/docs/concepts/nodepools/
 */
export class KarpenterNodes extends Construct {
  constructor(scope: Construct, id: string, props: KarpenterNodesProps) {
    super(scope, id);
    const { cluster } = props;
    if (cluster.provider !== 'eks' || cluster.capabilities.autoscaling.nodes !== 'karpenter') {
      report(
        this,
        diagnostic('scaling/unsupported', {
          message: `nodes of ${cluster.name} are not made by Karpenter on AWS, so its node pools are left to the cloud`,
          hint: 'state capabilities.autoscaling.nodes: karpenter on an EKS cluster, or leave the construct out',
          severity: 'info',
          clusters: [cluster.name],
        }),
      );
      return;
    }
    const labels = ownershipLabels(props.ownership);
    new KubernetesObject(this, 'class', nodeClass(props, labels));
    for (const pool of cluster.nodePools) {
      const cloud = {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: className },
        requirements: requirements(pool, props.categories),
      };
      new KubernetesObject(this, `pool-${pool.name}`, karpenterNodePool(pool, cloud, labels));
    }
  }
}

const className = 'default';

function nodeClass({ cluster, role, image, discovery, encryptionKey }: KarpenterNodesProps, labels: Labels) {
  const tags = { ...(discovery ?? { 'karpenter.sh/discovery': cluster.name }) };
  const key = encryptionKey ?? cluster.capabilities.storage.encryptionKey;
  return {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name: className, labels },
    spec: {
      role,
      amiSelectorTerms: [{ alias: image }],
      subnetSelectorTerms: [{ tags }],
      securityGroupSelectorTerms: [{ tags }],
      // One hop: the host itself may reach the instance's metadata, pods may not.
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            volumeSize: '50Gi',
            volumeType: 'gp3',
            encrypted: true,
            deleteOnTermination: true,
            ...(key === undefined ? {} : { kmsKeyID: key }),
          },
        },
      ],
      tags: { environment: cluster.environment.name, 'managed-by': 'fairlead' },
    },
  } satisfies IEC2NodeClass;
}

/**
 * Which machines of EC2 hold what the cluster file promises. Devices narrow the choice to the families that have them.
 *
 * @see https://karpenter.sh/docs/concepts/scheduling/#well-known-labels
 */
function requirements(pool: NodePool, categories: readonly string[] | undefined) {
  const { cores, mebibytes } = machineSize(pool);
  const devices = Object.entries(pool.resources ?? {}).flatMap(([name, count]) => {
    const device = deviceLabels[name];
    return device === undefined ? [] : [{ ...device, count: Number(count) }];
  });
  const [device] = devices;
  return [
    {
      key: 'karpenter.k8s.aws/instance-category',
      operator: 'In' as const,
      values: [...(pool.machines ?? device?.categories ?? categories ?? ['c', 'm', 'r'])],
    },
    // The generations before the fifth have no Nitro; those with devices are newer by themselves.
    ...(device === undefined ? [atLeast('karpenter.k8s.aws/instance-generation', 5)] : []),
    ...devices.map(({ label, count }) => atLeast(label, count)),
    atLeast('karpenter.k8s.aws/instance-cpu', cores),
    atLeast('karpenter.k8s.aws/instance-memory', mebibytes),
  ];
}

/** By the resource that a device plugin offers: the categories of machines that have it, and the label with their number. */
const deviceLabels: Readonly<Record<string, { readonly categories: readonly string[]; readonly label: string }>> = {
  'nvidia.com/gpu': { categories: ['g', 'p'], label: 'karpenter.k8s.aws/instance-gpu-count' },
  'aws.amazon.com/neuron': { categories: ['inf', 'trn'], label: 'karpenter.k8s.aws/instance-accelerator-count' },
};
