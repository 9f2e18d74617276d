import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster, NodePool } from '@fairlead/inventory';
import { ownershipLabels, type Labels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { quantityNumber } from '@fairlead/objects/quantity';
import { report } from '@fairlead/objects/report';
import type { ComputeClass } from '@fairlead/schemas/custom-resources/compute-class';
import { Construct } from 'constructs';
import { machineSize } from './karpenter-node-pool.ts';

/**
 * One ComputeClass per node pool of the cluster file: GKE makes node pools for the pods that select it. A spot class falls back to
 * machines on demand and returns to spot ones when there are some. A class knows no highest number of nodes; the limits of the
 * cluster's auto-provisioning hold.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/reference/crds/computeclass
 */
export class ComputeClasses extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, ownership }: { readonly cluster: Cluster; readonly ownership: Ownership },
  ) {
    super(scope, id);
    for (const pool of cluster.nodePools) {
      if (gpusOf(pool) > 0 && pool.labels[acceleratorLabel] === undefined) {
        report(
          this,
          diagnostic('scaling/unsupported', {
            severity: 'error',
            message: `node pool "${pool.name}" has GPUs, and nothing says which: a ComputeClass must name their type`,
            hint: `state labels: { ${acceleratorLabel}: nvidia-l4 } of the pool in clusters/${cluster.name}.yaml`,
            clusters: [cluster.name],
          }),
        );
        continue;
      }
      new KubernetesObject(this, `class-${pool.name}`, computeClass(pool, cluster, ownershipLabels(ownership)));
    }
  }
}

const acceleratorLabel = 'cloud.google.com/gke-accelerator';

/** Families for general use: on amd64 those that take every type of disk; Axion, the Arm that most regions have, takes Hyperdisk alone. */
const families = { amd64: ['n2d', 'n2'], arm64: ['c4a'] } as const;

function computeClass(pool: NodePool, cluster: Cluster, labels: Labels) {
  const { nodeRole } = cluster.capabilities.autoscaling;
  const nodeLabels = Object.fromEntries(Object.entries(pool.labels).filter(([key]) => !isGoogles(key)));
  // What GKE taints by itself need not be stated, and a class is a pool of its own without any taint.
  const taints = pool.taints.filter(({ key }) => !isGoogles(key));
  return {
    apiVersion: 'cloud.google.com/v1',
    kind: 'ComputeClass',
    metadata: { name: pool.name, labels },
    spec: {
      priorities: [...(pool.spot ? priorities(pool, cluster, true) : []), ...priorities(pool, cluster, false)],
      // Pods that had to start on demand move to spot nodes when there are some again; disruption budgets hold.
      activeMigration: { optimizeRulePriority: pool.spot },
      autoscalingPolicy: { consolidationDelayMinutes: 5 },
      nodePoolAutoCreation: { enabled: true },
      nodePoolConfig: {
        imageType: 'cos_containerd',
        ...(Object.keys(nodeLabels).length > 0 && { nodeLabels }),
        ...(nodeRole !== undefined && { serviceAccount: nodeRole }),
        ...(taints.length > 0 && {
          taints: taints.map(({ key, value, effect }) => ({ key, effect, ...(value !== undefined && { value }) })),
        }),
      },
      // Without it GKE would take any machine when none of these is to be had.
      whenUnsatisfiable: 'DoNotScaleUp',
    },
  } satisfies ComputeClass;
}

function priorities(pool: NodePool, cluster: Cluster, spot: boolean) {
  const { cores } = machineSize(pool);
  const gpus = gpusOf(pool);
  const type = pool.labels[acceleratorLabel];
  const { encryptionKey } = cluster.capabilities.storage;
  const machine = {
    minCores: cores,
    minMemoryGb: Math.ceil((quantityNumber(pool.memory) ?? 0) / 2 ** 30),
    spot,
    ...(gpus > 0 && type !== undefined && { gpu: { type, count: gpus } }),
    ...(encryptionKey !== undefined && { storage: { bootDiskKMSKey: encryptionKey } }),
  };
  // The type of a GPU decides the family by itself.
  if (gpus > 0 && pool.machines === undefined) return [machine];
  return (pool.machines ?? families[pool.architecture]).map((machineFamily) => ({ machineFamily, ...machine }));
}

function gpusOf({ resources }: NodePool): number {
  return Number(resources?.['nvidia.com/gpu'] ?? 0);
}

/** Labels and taints that GKE sets itself, and that no class may set. */
function isGoogles(key: string): boolean {
  return /(^|\.)(google\.com|gke\.io|kubernetes\.io|k8s\.io)\//.test(key);
}
