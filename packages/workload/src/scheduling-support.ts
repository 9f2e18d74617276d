import { markdownTable } from '@fairlead/diagnostics/markdown-table';
import { no, some, type Support, supportText, yes } from '@fairlead/diagnostics/support';
/** The families of nodes, in the order of the documentation. */
export const nodeFamilies = {
  'eks-karpenter': 'EKS, Karpenter or Auto Mode',
  'eks-node-groups': 'EKS, node groups',
  gke: 'GKE, node pools',
  'gke-auto-provisioning': 'GKE, auto-provisioning',
  'aks-node-pools': 'AKS, node pools',
  'aks-auto-provisioning': 'AKS, auto-provisioning',
  onprem: 'on-premises',
} as const;

export type NodeFamilyName = keyof typeof nodeFamilies;

/** What a workload can want of the nodes it runs on. */
export const schedulingIntents = {
  spot: 'may run on spot nodes',
  onDemand: 'keeps a part of its replicas on demand',
  offSpot: 'stays off spot nodes (no intent stated)',
  architecture: 'architecture',
  spread: 'spread over zones and nodes',
  together: 'together with another workload',
  apart: 'apart from another workload',
  priority: 'priority',
  device: 'GPU or another extended resource',
  pool: 'a pool of its own',
  undisturbed: 'is not moved to save nodes',
  grace: 'ends within the notice of a spot node',
} as const;

export type SchedulingIntent = keyof typeof schedulingIntents;

type Row = Readonly<Record<NodeFamilyName, Support>>;

function everywhere(support: Support): Row {
  return {
    'eks-karpenter': support,
    'eks-node-groups': support,
    gke: support,
    'gke-auto-provisioning': support,
    'aks-node-pools': support,
    'aks-auto-provisioning': support,
    onprem: support,
  };
}

const karpenterCapacity = '`karpenter.sh/capacity-type`';
const aksTaint = '`kubernetes.azure.com/scalesetpriority=spot`';
const balanced = (label: string): Support => some(`soft spread over ${label}; up to half of the replicas`);

const shared = yes(
  `even spread over \`fairlead.dev/capacity-spread-<n>\` of the NodePools that the platform makes: one pod in n on demand, however many run, also strictly; elsewhere soft over ${karpenterCapacity}`,
);

/** Intent × family of nodes: documentation is rendered from it, and the feature tests hold it true. */
export const schedulingSupport: Readonly<Record<SchedulingIntent, Row>> = {
  spot: {
    'eks-karpenter': yes(`prefers ${karpenterCapacity}: spot`),
    'eks-node-groups': yes('prefers `eks.amazonaws.com/capacityType`: SPOT'),
    gke: yes('prefers `cloud.google.com/gke-spot`, tolerates its taint'),
    'gke-auto-provisioning': yes(
      'selects the spot pool’s `cloud.google.com/compute-class`: spot first, on demand when there is none, back when there is',
    ),
    'aks-node-pools': yes(`prefers \`kubernetes.azure.com/priority\`: spot, tolerates ${aksTaint}`),
    'aks-auto-provisioning': yes(`prefers ${karpenterCapacity}: spot, tolerates ${aksTaint}`),
    onprem: no('nobody takes the nodes back: it runs on them, and an info says so'),
  },
  onDemand: {
    'eks-karpenter': shared,
    'eks-node-groups': balanced('`eks.amazonaws.com/capacityType`'),
    gke: balanced('`cloud.google.com/gke-provisioning`'),
    'gke-auto-provisioning': some(
      'a class prefers one sort of nodes to the other and knows no share: soft spread over `cloud.google.com/gke-provisioning` among the nodes there are',
    ),
    'aks-node-pools': balanced('`kubernetes.azure.com/priority`'),
    'aks-auto-provisioning': shared,
    onprem: no('nobody takes the nodes back: all replicas stay, and an info says so'),
  },
  offSpot: {
    'eks-karpenter': yes(`requires ${karpenterCapacity} NotIn spot where a spot pool is untainted`),
    'eks-node-groups': yes('requires `eks.amazonaws.com/capacityType` NotIn SPOT where a spot pool is untainted'),
    gke: yes('requires `cloud.google.com/gke-spot` NotIn true where a spot pool is untainted'),
    'gke-auto-provisioning': yes('selects a class on demand'),
    'aks-node-pools': yes('spot nodes are always tainted'),
    'aks-auto-provisioning': yes(`requires ${karpenterCapacity} NotIn spot where a spot pool is untainted`),
    onprem: yes('there are none'),
  },
  architecture: {
    ...everywhere(yes('requires `kubernetes.io/arch`')),
    gke: yes('requires `kubernetes.io/arch`, tolerates `kubernetes.io/arch=arm64`'),
    'gke-auto-provisioning': yes('selects a class of that architecture, tolerates `kubernetes.io/arch=arm64`'),
  },
  spread: everywhere(yes('`topologySpreadConstraints`, soft or strict')),
  together: everywhere(yes('`podAffinity`, soft or strict, per node or zone')),
  apart: everywhere(yes('`podAntiAffinity`, soft or strict, per node or zone')),
  priority: everywhere(yes('`priorityClassName`, from the ladder that the platform makes')),
  device: everywhere(yes('request and limit, tolerates a taint of the resource’s name')),
  pool: {
    'eks-karpenter': yes('`karpenter.sh/nodepool`, tolerates its taints'),
    'eks-node-groups': yes('`eks.amazonaws.com/nodegroup`, tolerates its taints'),
    gke: yes('`cloud.google.com/gke-nodepool`, tolerates its taints'),
    'gke-auto-provisioning': yes('`cloud.google.com/compute-class`, which is a pool of its own, tolerates its taints'),
    'aks-node-pools': yes('`kubernetes.azure.com/agentpool`, tolerates its taints'),
    'aks-auto-provisioning': yes('`karpenter.sh/nodepool`, tolerates its taints'),
    onprem: some('the labels that the cluster file states for the pool, tolerates its taints'),
  },
  undisturbed: {
    ...everywhere(yes('`cluster-autoscaler.kubernetes.io/safe-to-evict: "false"`')),
    'eks-karpenter': yes('`karpenter.sh/do-not-disrupt: "true"`'),
    'aks-auto-provisioning': yes('`karpenter.sh/do-not-disrupt: "true"`'),
  },
  grace: {
    ...everywhere(yes('30 s; a longer stated one is a diagnostic')),
    'eks-karpenter': yes('120 s; a longer stated one is a diagnostic'),
    'eks-node-groups': yes('120 s; a longer stated one is a diagnostic'),
    'gke-auto-provisioning': some(
      '30 s, of which the kubelet leaves pods 15 by default, so they drain for 10; a longer stated one is a diagnostic',
    ),
    gke: some(
      '30 s, of which the kubelet leaves pods 15 by default, so they drain for 10; a longer stated one is a diagnostic',
    ),
    onprem: yes('no notice, so no limit'),
  },
};

/** The table of scheduling as a Markdown page. */
export function renderSchedulingPage(): string {
  const families = Object.keys(nodeFamilies).filter((name): name is NodeFamilyName => name in nodeFamilies);
  const rows = Object.entries(schedulingIntents).map(([intent, words]) => {
    const supports = Object.entries(schedulingSupport).find(([name]) => name === intent)?.[1];
    const cells = families.map((name) => supports?.[name]).map((each) => (each ? supportText(each) : ''));
    return [words, ...cells];
  });
  const columns = ['intent', ...families.map((name) => nodeFamilies[name])];
  return `# Scheduling\n\n${markdownTable(columns, rows)}`;
}
