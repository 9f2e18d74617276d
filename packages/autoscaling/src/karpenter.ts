import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster, NodePool } from '@fairlead/inventory';
import { ownershipLabels, type Labels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { IEC2NodeClass } from '@kubernetes-models/karpenter/karpenter.k8s.aws/v1/EC2NodeClass';
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1/NodePool';
import { Construct } from 'constructs';
import { quantityNumber } from '@fairlead/objects/quantity';

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
    for (const pool of cluster.nodePools)
      new KubernetesObject(this, `pool-${pool.name}`, nodePool(pool, props, labels));
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

function nodePool(pool: NodePool, { categories }: KarpenterNodesProps, labels: Labels) {
  const cpu = quantityNumber(pool.cpu) ?? 0;
  const memory = quantityNumber(pool.memory) ?? 0;
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: pool.name, labels },
    spec: {
      template: {
        ...(Object.keys(pool.labels).length === 0 ? {} : { metadata: { labels: pool.labels } }),
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: className },
          requirements: [
            { key: 'kubernetes.io/arch', operator: 'In', values: [pool.architecture] },
            { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: [pool.spot ? 'spot' : 'on-demand'] },
            {
              key: 'karpenter.k8s.aws/instance-category',
              operator: 'In',
              values: [...(categories ?? ['c', 'm', 'r'])],
            },
            { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['4'] },
            // What the cluster file promises to pods must fit on every node that is bought.
            { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Gt', values: [`${Math.ceil(cpu) - 1}`] },
            {
              key: 'karpenter.k8s.aws/instance-memory',
              operator: 'Gt',
              values: [`${Math.ceil(memory / 2 ** 20) - 1}`],
            },
          ],
          ...(pool.taints.length === 0
            ? {}
            : {
                taints: pool.taints.map(({ key, value, effect }) => ({
                  key,
                  effect,
                  ...(value === undefined ? {} : { value }),
                })),
              }),
          expireAfter: '720h',
        },
      },
      // Spot nodes are consolidated only when empty: moving pods off a node that the cloud may take anyway disturbs twice.
      disruption: {
        consolidationPolicy: pool.spot ? 'WhenEmpty' : 'WhenEmptyOrUnderutilized',
        consolidateAfter: '5m',
        budgets: [{ nodes: '10%' }],
      },
      limits: { cpu: `${Math.ceil(cpu * pool.max)}`, memory: `${Math.ceil((memory * pool.max) / 2 ** 30)}Gi` },
      // Spot first: the higher weight is tried first.
      weight: pool.spot ? 50 : 10,
    },
  } satisfies INodePool;
}
