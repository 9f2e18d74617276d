import { loadInventory } from '@fairlead/inventory';
import type { Cluster } from '@fairlead/inventory';
import type { WorkloadReference } from '@fairlead/objects';
import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { priorityClasses } from './scheduling-priority.ts';
import type { NodeFamilyName, SchedulingIntent } from './scheduling-support.ts';
import { nodeFamilies, renderSchedulingPage, schedulingIntents, schedulingSupport } from './scheduling-support.ts';
import type { Neighbour, Scheduled, Scheduling, SchedulingContext } from './scheduling.ts';
import { schedule } from './scheduling.ts';

const families = Object.keys(nodeFamilies) as NodeFamilyName[];
const intents = Object.keys(schedulingIntents) as SchedulingIntent[];

const sites: Readonly<Record<NodeFamilyName, string>> = {
  'eks-karpenter': "provider: eks\nregion: eu-west-1\naccount: '111122223333'",
  'eks-node-groups':
    "provider: eks\nregion: eu-west-1\naccount: '111122223333'\ncapabilities: { autoscaling: { nodes: cluster-autoscaler } }",
  gke: 'provider: gke\nregion: europe-west1\naccount: example-project',
  'gke-auto-provisioning':
    'provider: gke\nregion: europe-west1\naccount: example-project\ncapabilities: { autoscaling: { nodes: auto-provisioning } }',
  'aks-node-pools': 'provider: aks\nregion: westeurope\naccount: 00000000-0000-4000-8000-000000000000',
  'aks-auto-provisioning':
    'provider: aks\nregion: westeurope\naccount: 00000000-0000-4000-8000-000000000000\ncapabilities: { autoscaling: { nodes: karpenter } }',
  onprem: 'provider: onprem\nregion: berlin\naccount: berlin-1',
};

const general = '{ name: general, cpu: 4, memory: 16Gi, max: 10 }';
const spot = '{ name: spot, cpu: 4, memory: 16Gi, max: 10, spot: true }';
const arm = '{ name: arm, cpu: 4, memory: 16Gi, max: 10, architecture: arm64 }';
const gpu =
  '{ name: gpu, cpu: 8, memory: 64Gi, max: 2, resources: { nvidia.com/gpu: 1 }, taints: [{ key: nvidia.com/gpu, value: present, effect: NoSchedule }] }';
const cards =
  '{ name: cards, cpu: 4, memory: 16Gi, max: 3, labels: { zone: pci }, taints: [{ key: dedicated, value: pci, effect: NoExecute }] }';

function clusterOf(site: string, pools: readonly string[]): Cluster {
  const text = `${site}\nenvironment: production\nkubernetes: '1.34'\ndelivery: argocd\ndomain: example.com\nnetwork: { vpc: 10.0.0.0/16 }\nnodePools: [${pools.join(', ')}]\n`;
  const { clusters, diagnostics } = loadInventory({
    clusters: [{ file: 'clusters/test.yaml', text }],
    environments: [{ file: 'environments/production.yaml', text: 'order: 1\n' }],
    repository: 'https://git.example.com/fleet.git',
  });
  const [loaded] = clusters;
  if (!loaded) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return loaded;
}

const workload: WorkloadReference = {
  app: 'shop',
  component: 'web',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'shop-web',
  serviceAccount: 'shop-web',
  ports: [],
  labels: {},
  selector: { app: 'web' },
};
const cache: Neighbour = {
  name: 'shop/cache',
  namespace: 'shop',
  selector: { app: 'cache' },
  over: 'node',
  strength: 'soft',
};

interface Case {
  readonly pools: readonly string[];
  readonly intent: Scheduling;
  readonly over?: Partial<SchedulingContext>;
}

function run(family: NodeFamilyName, { pools, intent, over }: Case): Scheduled {
  return schedule({
    cluster: clusterOf(sites[family], pools),
    workload,
    intent,
    replicas: 4,
    drainSeconds: 15,
    balancerDrainSeconds: 0,
    ...over,
  });
}

/** One line per finding: severity, code, message. */
function lines({ diagnostics }: Scheduled): string[] {
  return diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

function yaml(scheduled: Scheduled): string {
  const { placement, spread, annotations, graceSeconds } = scheduled;
  return stringify({ ...placement, spread, annotations, graceSeconds }, { lineWidth: 0, aliasDuplicateObjects: false });
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const stating: Readonly<Record<SchedulingIntent, Case>> = {
  spot: { pools: [general, spot], intent: { spot: true } },
  onDemand: { pools: [general, spot], intent: { spot: { onDemand: '25%' } } },
  offSpot: { pools: [general, spot], intent: {} },
  architecture: { pools: [general, arm], intent: { architecture: 'arm64' }, over: { platforms: ['amd64', 'arm64'] } },
  spread: { pools: [general], intent: { spread: { zone: 'strict', node: false } } },
  together: { pools: [general], intent: { together: [cache] } },
  apart: { pools: [general], intent: { apart: [{ ...cache, namespace: 'bank', over: 'zone', strength: 'strict' }] } },
  priority: { pools: [general], intent: { priority: 'critical' } },
  device: { pools: [general, gpu], intent: { devices: { 'nvidia.com/gpu': 1 } } },
  pool: { pools: [general, cards], intent: { pool: 'cards' } },
  undisturbed: { pools: [general], intent: { undisturbed: true } },
  grace: { pools: [spot], intent: { spot: true }, over: { graceSeconds: 300 } },
};

const prefers = (label: string, value: string): string =>
  `preferredDuringSchedulingIgnoredDuringExecution: - weight: 100 preference: matchExpressions: - key: ${label} operator: In values: - ${value}`;
const avoids = (label: string, value: string): string =>
  `requiredDuringSchedulingIgnoredDuringExecution: nodeSelectorTerms: - matchExpressions: - key: ${label} operator: NotIn values: - ${value}`;
// Four replicas, one of them kept: two more on spot nodes than on others.
const balances = (label: string): string => `maxSkew: 2 topologyKey: ${label} whenUnsatisfiable: ScheduleAnyway`;
const tolerates = (key: string, value: string, effect = 'NoSchedule'): string =>
  `- key: ${key} operator: Equal value: ${value} effect: ${effect}`;
const same = (text: string): Partial<Record<NodeFamilyName, string>> =>
  Object.fromEntries(families.map((family) => [family, text]));

/** What each intent becomes; a cell that is left out is a diagnostic. Compared without line breaks and indentation. */
const becomes: Readonly<Record<SchedulingIntent, Partial<Record<NodeFamilyName, string | readonly string[]>>>> = {
  spot: {
    'eks-karpenter': prefers('karpenter.sh/capacity-type', 'spot'),
    'eks-node-groups': prefers('eks.amazonaws.com/capacityType', 'SPOT'),
    gke: [prefers('cloud.google.com/gke-spot', '"true"'), tolerates('cloud.google.com/gke-spot', '"true"')],
    // The class prefers spot nodes, so nothing else of a node is asked for.
    'gke-auto-provisioning': 'nodeSelector: cloud.google.com/compute-class: spot tolerations:',
    'aks-node-pools': [
      prefers('kubernetes.azure.com/priority', 'spot'),
      tolerates('kubernetes.azure.com/scalesetpriority', 'spot'),
    ],
    'aks-auto-provisioning': [
      prefers('karpenter.sh/capacity-type', 'spot'),
      tolerates('kubernetes.azure.com/scalesetpriority', 'spot'),
    ],
  },
  onDemand: {
    'eks-karpenter': balances('karpenter.sh/capacity-type'),
    'eks-node-groups': balances('eks.amazonaws.com/capacityType'),
    gke: balances('cloud.google.com/gke-provisioning'),
    'gke-auto-provisioning': balances('cloud.google.com/gke-provisioning'),
    'aks-node-pools': balances('kubernetes.azure.com/priority'),
    'aks-auto-provisioning': balances('karpenter.sh/capacity-type'),
  },
  offSpot: {
    'eks-karpenter': avoids('karpenter.sh/capacity-type', 'spot'),
    'eks-node-groups': avoids('eks.amazonaws.com/capacityType', 'SPOT'),
    gke: avoids('cloud.google.com/gke-spot', '"true"'),
    'gke-auto-provisioning': 'nodeSelector: cloud.google.com/compute-class: general tolerations: []',
    // Nothing: the taint that is always there keeps the pods away.
    'aks-node-pools': 'tolerations: [] spread:',
    'aks-auto-provisioning': avoids('karpenter.sh/capacity-type', 'spot'),
    onprem: 'tolerations: [] spread:',
  },
  architecture: {
    ...same('key: kubernetes.io/arch operator: In values: - arm64'),
    gke: ['key: kubernetes.io/arch operator: In values: - arm64', tolerates('kubernetes.io/arch', 'arm64')],
    'gke-auto-provisioning': [
      'nodeSelector: cloud.google.com/compute-class: arm',
      tolerates('kubernetes.io/arch', 'arm64'),
    ],
  },
  spread: same(
    'spread: - labelSelector: matchLabels: app: web maxSkew: 1 topologyKey: topology.kubernetes.io/zone whenUnsatisfiable: DoNotSchedule matchLabelKeys: - pod-template-hash nodeTaintsPolicy: Honor annotations:',
  ),
  together: same(
    'podAffinity: preferredDuringSchedulingIgnoredDuringExecution: - weight: 100 podAffinityTerm: labelSelector: matchLabels: app: cache topologyKey: kubernetes.io/hostname',
  ),
  apart: same(
    'podAntiAffinity: requiredDuringSchedulingIgnoredDuringExecution: - labelSelector: matchLabels: app: cache namespaces: - bank topologyKey: topology.kubernetes.io/zone',
  ),
  priority: same('priorityClass: critical'),
  device: same('tolerations: - key: nvidia.com/gpu operator: Exists effect: NoSchedule'),
  pool: {
    'eks-karpenter': ['nodeSelector: karpenter.sh/nodepool: cards', tolerates('dedicated', 'pci', 'NoExecute')],
    'eks-node-groups': 'nodeSelector: eks.amazonaws.com/nodegroup: cards',
    gke: 'nodeSelector: cloud.google.com/gke-nodepool: cards',
    'gke-auto-provisioning': [
      'nodeSelector: cloud.google.com/compute-class: cards',
      tolerates('dedicated', 'pci', 'NoExecute'),
    ],
    'aks-node-pools': 'nodeSelector: kubernetes.azure.com/agentpool: cards',
    'aks-auto-provisioning': 'nodeSelector: karpenter.sh/nodepool: cards',
    onprem: ['nodeSelector: zone: pci', tolerates('dedicated', 'pci', 'NoExecute')],
  },
  undisturbed: {
    ...same('annotations: cluster-autoscaler.kubernetes.io/safe-to-evict: "false"'),
    'eks-karpenter': 'annotations: karpenter.sh/do-not-disrupt: "true"',
    'aks-auto-provisioning': 'annotations: karpenter.sh/do-not-disrupt: "true"',
  },
  // 315 s are longer than any notice.
  grace: { onprem: 'graceSeconds: 315' },
};

/** The finding of the cells that are left out above. */
const refusals: Readonly<Partial<Record<SchedulingIntent, RegExp>>> = {
  spot: /^info scheduling\/no-spot: .* are not taken back/,
  onDemand: /^info scheduling\/no-spot: .* are not taken back/,
  grace: /^error scheduling\/grace-exceeds-notice: .* up to 31[05] s .* go (30|120) s after the notice$/,
};

describe('every intent on every family of nodes', () => {
  test.each(intents.flatMap((intent) => families.map((family) => [intent, family] as const)))(
    '%s on %s',
    (intent, family) => {
      const found = run(family, stating[intent]);
      const expected = becomes[intent][family];
      if (expected === undefined) {
        expect(lines(found)).toEqual([expect.stringMatching(refusals[intent] ?? 'nothing is refused')]);
        return;
      }
      const wanted = typeof expected === 'string' ? [expected] : expected;
      for (const text of wanted) expect(flat(yaml(found))).toContain(text);
      // Who ends in time on machines of one's own still hears that none of them is spot.
      expect(lines(found).filter((line) => !line.startsWith('info scheduling/no-spot'))).toEqual([]);
    },
  );
});

test('the table of the documentation says the same', () => {
  for (const intent of intents) {
    for (const family of families) {
      const told = becomes[intent][family] === undefined;
      // A grace period is supported by being refused when it is too long.
      const refused = schedulingSupport[intent][family].level === 'no' || (intent === 'grace' && family !== 'onprem');
      expect(told, `${intent} on ${family}`).toBe(refused);
    }
  }
  expect(renderSchedulingPage().split('\n')).toHaveLength(intents.length + 5);
});

describe('what cannot be had is said, with the pools that are there', () => {
  const karpenter = 'eks-karpenter';
  test.each<[string, NodeFamilyName, Case, string[]]>([
    [
      'a pool that is not there',
      karpenter,
      { pools: [general, cards], intent: { pool: 'card' } },
      ['error scheduling/unknown-pool: shop/web: there is no node pool "card"'],
    ],
    [
      'an architecture of no pool',
      karpenter,
      { pools: [general, spot], intent: { architecture: 'arm64' } },
      ['error scheduling/no-pool: shop/web: no node pool takes its pods: general is amd64, spot is amd64'],
    ],
    [
      'an architecture that the images are not built for',
      karpenter,
      { pools: [general, arm], intent: { architecture: 'arm64' }, over: { platforms: ['amd64'] } },
      ['error scheduling/architecture: shop/web: it is to run on arm64, and its images are built for amd64'],
    ],
    [
      'more devices than a node has',
      'gke',
      { pools: [general, gpu], intent: { devices: { 'nvidia.com/gpu': 4 } } },
      [
        'error scheduling/no-pool: shop/web: no node pool takes its pods: general has no nvidia.com/gpu, gpu has 1 nvidia.com/gpu per node',
      ],
    ],
    [
      'a device without a domain',
      'gke',
      { pools: [], intent: { devices: { gpu: 0.5 } } },
      ['error scheduling/device: shop/web: 0.5 of "gpu" is no amount of an extended resource'],
    ],
    [
      'a device of a domain that cannot be',
      'gke',
      { pools: [], intent: { devices: { 'nvidia..com/gpu': 1 } } },
      ['error scheduling/device: shop/web: 1 of "nvidia..com/gpu" is no amount of an extended resource'],
    ],
    [
      'nothing but tainted and spot nodes',
      'gke',
      { pools: [spot, cards], intent: {} },
      ['error scheduling/no-pool: shop/web: no node pool takes its pods: spot is spot, cards is tainted dedicated=pci'],
    ],
    [
      'a pool without labels on machines of one’s own',
      'onprem',
      { pools: [general], intent: { pool: 'general' } },
      [
        'error scheduling/unsupported: shop/web: nothing tells the nodes of pool "general" from others: machines of one’s own carry no label with the pool\'s name',
      ],
    ],
    [
      'a share that is none',
      karpenter,
      { pools: [], intent: { spot: { onDemand: '150%' } } },
      ['error scheduling/on-demand-share: shop/web: "150%" is neither a number of replicas nor a share of them'],
    ],
    [
      'a share that leaves nothing',
      karpenter,
      { pools: [], intent: { spot: { onDemand: 4 } } },
      [
        'error scheduling/on-demand-share: shop/web: 4 of 4 replicas are to stay on demand, which leaves none for spot nodes',
      ],
    ],
    [
      'a share that balancing cannot keep',
      karpenter,
      { pools: [], intent: { spot: { onDemand: '75%' } } },
      [
        'error scheduling/unsupported: shop/web: 3 of 4 replicas are to stay on demand, and a scheduler that balances cannot keep more than half',
      ],
    ],
    [
      'spot without a spot pool',
      karpenter,
      { pools: [general], intent: { spot: true } },
      [
        'info scheduling/no-spot: shop/web: it may run on spot nodes, and there are none for it: no node pool is spot; it runs on the others',
      ],
    ],
    [
      'spot nodes of another architecture than the images',
      karpenter,
      {
        pools: [general, spot.replace('spot: true', 'spot: true, architecture: arm64')],
        intent: { spot: true },
        over: { platforms: ['amd64'] },
      },
      [
        'info scheduling/no-spot: shop/web: it may run on spot nodes, and there are none for it: spot is arm64; it runs on the others',
      ],
    ],
    [
      'a single pod on spot',
      karpenter,
      { pools: [spot], intent: { spot: true }, over: { replicas: 1 } },
      [
        'warning scheduling/single-on-spot: shop/web: its only pod may run on a spot node, so every time the cloud takes one back it is away',
      ],
    ],
    [
      'together and apart',
      karpenter,
      {
        pools: [],
        intent: { together: [{ ...cache, strength: 'strict' }], apart: [{ ...cache, strength: 'strict' }] },
      },
      ['error scheduling/contradiction: shop/web: it must run in the same node as shop/cache and in another node'],
    ],
    [
      'a priority off the ladder',
      karpenter,
      { pools: [], intent: { priority: 'urgent' as 'high' } },
      ['error scheduling/priority: shop/web: there is no priority "urgent"'],
    ],
  ])('%s', (_, family, given, expected) => {
    expect(lines(run(family, given))).toEqual(expected);
  });
});

describe('the end of a pod', () => {
  test.each<[string, NodeFamilyName, number | undefined, boolean, number, number, string[]]>([
    ['two minutes on EC2 hold the default', 'eks-karpenter', undefined, true, 0, 45, []],
    ['as they do in node groups', 'eks-node-groups', undefined, true, 0, 45, []],
    ['thirty seconds on Google cut the default', 'gke', undefined, true, 30, 30, []],
    ['as they do where classes make the nodes', 'gke-auto-provisioning', undefined, true, 30, 30, []],
    ['thirty seconds on Azure cut the default', 'aks-node-pools', undefined, true, 30, 30, []],
    ['as they do where Karpenter makes the nodes', 'aks-auto-provisioning', undefined, true, 30, 30, []],
    ['nobody takes machines of one’s own', 'onprem', 600, false, 0, 615, []],
    ['a time that the notice just holds', 'aks-node-pools', 15, true, 30, 30, []],
    [
      'a second more than the notice',
      'gke',
      21,
      true,
      30,
      31,
      [
        // Of the thirty seconds the kubelet of GKE leaves pods fifteen: they drain for ten of them.
        'error scheduling/grace-exceeds-notice: shop/web: its pods take up to 31 s to end (10 s draining), and spot nodes of GKE node pools go 30 s after the notice',
      ],
    ],
    [
      'too short for the load balancer and too long for the notice',
      'aks-auto-provisioning',
      30,
      true,
      60,
      45,
      [
        'error scheduling/grace-exceeds-notice: shop/web: its pods take up to 45 s to end (15 s draining), and spot nodes of AKS node auto-provisioning go 30 s after the notice',
        'warning scheduling/grace-below-draining: shop/web: its pods end within 45 s, and the load balancer lets requests end on them for 60 s',
      ],
    ],
    ['off spot nodes nothing is cut', 'gke', 600, false, 30, 615, []],
    [
      'a stated time that outlives the notice',
      'eks-node-groups',
      120,
      true,
      0,
      135,
      [
        'error scheduling/grace-exceeds-notice: shop/web: its pods take up to 135 s to end (15 s draining), and spot nodes of EKS node groups go 120 s after the notice',
      ],
    ],
    [
      'a stated time that the load balancer outlives',
      'eks-karpenter',
      5,
      false,
      30,
      20,
      [
        'warning scheduling/grace-below-draining: shop/web: its pods end within 20 s, and the load balancer lets requests end on them for 30 s',
      ],
    ],
  ])('%s', (_, family, graceSeconds, onSpot, balancerDrainSeconds, seconds, expected) => {
    const found = run(family, {
      pools: [general, spot],
      intent: onSpot ? { spot: true } : {},
      over: { graceSeconds, balancerDrainSeconds },
    });
    expect([found.graceSeconds, lines(found)]).toEqual([seconds, expected]);
  });
});

test('a workload that tolerates devices still stays off spot nodes that have them', () => {
  const spotGpu = gpu.replace('name: gpu', 'name: spot-gpu, spot: true');
  const found = run('gke', { pools: [gpu, spotGpu], intent: { devices: { 'nvidia.com/gpu': 1 } } });
  expect(flat(yaml(found))).toContain(avoids('cloud.google.com/gke-spot', '"true"'));
  expect(found.pools.map(({ name }) => name)).toEqual(['gpu']);
});

describe('a share of the replicas on demand, on NodePools that the platform makes', () => {
  const made = {
    karpenter:
      "provider: eks\nregion: eu-west-1\naccount: '111122223333'\ncapabilities: { autoscaling: { nodeRole: nodes, nodeImage: al2023@v20260801 } }",
    'auto-provisioning':
      'provider: aks\nregion: westeurope\naccount: 00000000-0000-4000-8000-000000000000\ncapabilities: { autoscaling: { nodes: auto-provisioning } }',
  };
  const shared = (onDemand: number | `${number}%`, replicas: number, strict?: boolean, site = made.karpenter) =>
    schedule({
      cluster: clusterOf(site, [general, spot]),
      workload,
      intent: { spot: { onDemand, strict } },
      replicas,
      drainSeconds: 15,
      balancerDrainSeconds: 0,
    });

  test.each<[number | `${number}%`, number, number, string]>([
    ['20%', 10, 5, 'two of ten'],
    ['20%', 6, 3, 'two of six, because one of six is less than a fifth'],
    ['25%', 4, 4, 'one of four'],
    [1, 3, 3, 'one of three'],
    ['50%', 9, 2, 'every other one'],
    ['5%', 40, 5, 'a fifth at least: finer shares would need more domains'],
  ])('%s of %i is one in %i: %s', (onDemand, replicas, domains) => {
    for (const site of Object.values(made)) {
      const { spread, diagnostics } = shared(onDemand, replicas, undefined, site);
      expect(diagnostics).toEqual([]);
      expect(spread.at(-1)).toMatchObject({
        maxSkew: 1,
        topologyKey: `fairlead.dev/capacity-spread-${domains}`,
        whenUnsatisfiable: 'ScheduleAnyway',
      });
    }
  });

  test('is kept strictly where that is asked for, the domains that have no nodes yet included', () => {
    expect(shared('20%', 10, true).spread.at(-1)).toMatchObject({
      maxSkew: 1,
      minDomains: 5,
      topologyKey: 'fairlead.dev/capacity-spread-5',
      whenUnsatisfiable: 'DoNotSchedule',
    });
  });

  test('cannot be kept strictly where the nodes are somebody else’s, nor at all where only spot nodes take the pods', () => {
    const found = run('gke', { pools: [general, spot], intent: { spot: { onDemand: 1, strict: true } } });
    expect(lines(found)).toEqual([
      'error scheduling/unsupported: shop/web: a strict number of replicas on demand needs NodePools of the platform, spot and on demand, and GKE node pools offers none',
    ]);
    expect(
      lines(run('eks-karpenter', { pools: [general, spot], intent: { pool: 'spot', spot: { onDemand: 1 } } })),
    ).toEqual([
      'error scheduling/on-demand-share: shop/web: 1 of 4 replicas are to stay on demand, and only spot nodes take its pods',
    ]);
  });
});

describe('nodes that GKE makes by classes', () => {
  test('a pod selects one class and no other label; a DaemonSet runs on the nodes of all', () => {
    const pools = [general, arm, spot];
    const both = { platforms: ['amd64', 'arm64'] } as const;
    expect(run('gke-auto-provisioning', { pools, intent: {}, over: both }).placement).toMatchObject({
      nodeSelector: { 'cloud.google.com/compute-class': 'general' },
    });
    const agent = run('gke-auto-provisioning', {
      pools,
      intent: {},
      over: { ...both, workload: { ...workload, kind: 'DaemonSet' } },
    });
    expect(agent.placement.nodeSelector).toBeUndefined();
    expect(agent.placement.tolerations).toContainEqual({
      key: 'cloud.google.com/compute-class',
      operator: 'Exists',
      effect: 'NoSchedule',
    });
  });
});

describe('images whose platforms nobody states', () => {
  test('are kept on amd64 where both sorts of nodes are, and left alone elsewhere', () => {
    expect(yaml(run('eks-karpenter', { pools: [general, arm], intent: {} }))).toContain('- amd64');
    expect(run('eks-karpenter', { pools: [arm], intent: {} }).placement.affinity).toBeUndefined();
    expect(run('eks-karpenter', { pools: [], intent: {} }).placement.affinity).toBeUndefined();
  });

  test('of both sorts run on both', () => {
    const found = run('gke', { pools: [general, arm], intent: {}, over: { platforms: ['amd64', 'arm64'] } });
    expect([found.pools.map(({ name }) => name), found.placement.affinity]).toEqual([['general', 'arm'], undefined]);
  });
});

test('the ladder is in order, and its lowest rung is above what the Cluster Autoscaler ignores', () => {
  const values = priorityClasses({}).map(({ value = 0 }) => value);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(Math.min(...values)).toBeGreaterThan(-10);
});
