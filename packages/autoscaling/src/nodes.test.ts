import { describe, expect, test } from 'vitest';
import { cluster, lines, nodePool, render, toYaml, workload } from '../test/fixtures.ts';
import { at } from './capacity/json.ts';
import { ClusterNodes } from './cluster-nodes.ts';
import { EventDrivenJob } from './event-driven-job.ts';
import { KarpenterNodes } from './karpenter.ts';
import { priorityExpander } from './priority-expander.ts';
import { quantityNumber } from '@fairlead/objects/quantity';

const ownership = { app: 'platform', team: 'platform-team', environment: 'production', cloud: 'eks' };
const pools = [
  nodePool(),
  nodePool({
    name: 'burst',
    spot: true,
    architecture: 'arm64',
    taints: [{ key: 'spot', value: 'true', effect: 'NoSchedule' }],
  }),
];

describe('Karpenter', () => {
  const nodes = (changes: Parameters<typeof cluster>[0]) =>
    render((chart) => {
      new KarpenterNodes(chart, 'nodes', {
        cluster: cluster(changes),
        ownership,
        role: 'eks-production-node',
        image: 'bottlerocket@v1.20.4',
      });
    });

  test('one class, one pool per pool of the cluster file', () => {
    const { kinds, yaml, objects, diagnostics } = nodes({ nodePools: pools });
    expect(diagnostics).toEqual([]);
    expect(kinds).toEqual(['EC2NodeClass', 'NodePool', 'NodePool']);
    expect(yaml['EC2NodeClass']).toContain(`spec:
  amiSelectorTerms:
    - alias: bottlerocket@v1.20.4
  blockDeviceMappings:
    - deviceName: /dev/xvda
      ebs:
        deleteOnTermination: true
        encrypted: true
        volumeSize: 50Gi
        volumeType: gp3
  metadataOptions:
    httpPutResponseHopLimit: 1
    httpTokens: required
  role: eks-production-node
`);
    expect(toYaml(objects[2])).toContain(`spec:
  disruption:
    budgets:
      - nodes: 10%
    consolidateAfter: 5m
    consolidationPolicy: WhenEmpty
  limits:
    cpu: "40"
  template:
    spec:
      expireAfter: 720h
      nodeClassRef:
        group: karpenter.k8s.aws
        kind: EC2NodeClass
        name: default
      requirements:
        - key: kubernetes.io/arch
          operator: In
          values:
            - arm64
`);
    expect(objects[2]).toMatchObject({
      spec: { weight: 50, template: { spec: { taints: [{ key: 'spot', value: 'true', effect: 'NoSchedule' }] } } },
    });
  });

  test('devices narrow the choice of machines, and a pool may state its families', () => {
    const { objects } = nodes({
      nodePools: [
        nodePool({ name: 'gpu', resources: { 'nvidia.com/gpu': '4' } }),
        nodePool({ name: 'memory', machines: ['r', 'x'] }),
      ],
    });
    const requirements = (index: number) => {
      const [, ...pools] = objects.map(({ spec }): unknown => spec);
      return JSON.stringify(pools[index]);
    };
    expect(requirements(0)).toContain('"karpenter.k8s.aws/instance-category","operator":"In","values":["g","p"]');
    expect(requirements(0)).toContain('"karpenter.k8s.aws/instance-gpu-count","operator":"Gt","values":["3"]');
    expect(requirements(1)).toContain('"karpenter.k8s.aws/instance-category","operator":"In","values":["r","x"]');
  });

  test('spot and on-demand nodes are apart in each of the domains that shares are spread over', () => {
    const { objects } = nodes({ nodePools: pools });
    const domains = (object: unknown) =>
      [...JSON.stringify(object).matchAll(/capacity-spread-(\d)","operator":"In","values":(\[[^\]]*\])/g)].map(
        ([, count, values = '']): [string | undefined, unknown] => [count, JSON.parse(values)],
      );
    expect(domains(objects[1])).toEqual([
      ['2', ['1']],
      ['3', ['1']],
      ['4', ['1']],
      ['5', ['1']],
    ]);
    expect(domains(objects[2])).toEqual([
      ['2', ['2']],
      ['3', ['2', '3']],
      ['4', ['2', '3', '4']],
      ['5', ['2', '3', '4', '5']],
    ]);
  });

  test('elsewhere the cloud makes nodes', () => {
    const { kinds, diagnostics } = nodes({ nodePools: pools, provider: 'gke', autoscaling: { nodes: 'managed' } });
    expect(kinds).toEqual([]);
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['info scaling/unsupported']);
  });
});

describe('node auto-provisioning of the clouds', () => {
  const made = (changes: Parameters<typeof cluster>[0]) =>
    render((chart) => {
      new ClusterNodes(chart, 'nodes', {
        cluster: cluster({ ...changes, autoscaling: { nodes: 'auto-provisioning', ...changes?.autoscaling } }),
        ownership,
      });
    });
  const spec = (object: unknown) => toYaml(at(object, 'spec'));
  const gpu = nodePool({
    name: 'gpu',
    resources: { 'nvidia.com/gpu': '1' },
    labels: { 'cloud.google.com/gke-accelerator': 'nvidia-l4' },
    taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
  });

  test('of AKS: one class, one NodePool per pool of the cluster file', () => {
    const { kinds, objects, diagnostics } = made({ provider: 'aks', nodePools: [...pools, gpu] });
    expect(diagnostics).toEqual([]);
    expect(kinds).toEqual(['AKSNodeClass', 'NodePool', 'NodePool', 'NodePool']);
    expect(spec(objects[0])).toBe(
      'imageFamily: Ubuntu\nosDiskSizeGB: 128\ntags:\n  environment: production\n  managed-by: fairlead\n',
    );
    expect(spec(objects[2])).toContain(`    nodeClassRef:
      group: karpenter.azure.com
      kind: AKSNodeClass
      name: fairlead
    requirements:
      - key: kubernetes.io/arch
        operator: In
        values:
          - arm64
      - key: kubernetes.io/os
        operator: In
        values:
          - linux
      - key: karpenter.sh/capacity-type
        operator: In
        values:
          - spot
      - key: karpenter.azure.com/sku-family
        operator: In
        values:
          - D
          - E
          - F
      - key: karpenter.azure.com/sku-cpu
        operator: Gt
        values:
          - "3"
      - key: karpenter.azure.com/sku-memory
        operator: Gt
        values:
          - "14335"
`);
    expect(spec(objects[3])).toContain(`      - key: karpenter.azure.com/sku-family
        operator: In
        values:
          - N
      - key: karpenter.azure.com/sku-gpu-manufacturer
        operator: In
        values:
          - nvidia
      - key: karpenter.azure.com/sku-gpu-count
        operator: Gt
        values:
          - "0"
`);
  });

  test('of GKE: a ComputeClass per pool, spot ones with a way back', () => {
    const { kinds, objects, diagnostics } = made({
      provider: 'gke',
      autoscaling: { nodeRole: 'nodes@example-project.iam.gserviceaccount.com' },
      nodePools: [
        nodePool({ labels: { team: 'shop' } }),
        nodePool({
          name: 'burst',
          spot: true,
          architecture: 'arm64',
          labels: { 'cloud.google.com/gke-spot': 'true' },
          taints: [{ key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' }],
        }),
      ],
    });
    expect(diagnostics).toEqual([]);
    expect(kinds).toEqual(['ComputeClass', 'ComputeClass']);
    expect(spec(objects[0])).toBe(`activeMigration:
  optimizeRulePriority: false
autoscalingPolicy:
  consolidationDelayMinutes: 5
nodePoolAutoCreation:
  enabled: true
nodePoolConfig:
  imageType: cos_containerd
  nodeLabels:
    team: shop
  serviceAccount: nodes@example-project.iam.gserviceaccount.com
priorities:
  - machineFamily: n2d
    minCores: 4
    minMemoryGb: 14
    spot: false
  - machineFamily: n2
    minCores: 4
    minMemoryGb: 14
    spot: false
whenUnsatisfiable: DoNotScaleUp
`);
    expect(spec(objects[1])).toContain(`activeMigration:
  optimizeRulePriority: true
`);
    expect(spec(objects[1])).toContain(`priorities:
  - machineFamily: c4a
    minCores: 4
    minMemoryGb: 14
    spot: true
  - machineFamily: c4a
    minCores: 4
    minMemoryGb: 14
    spot: false
`);
  });

  test('of GKE needs the type of a GPU, which the label of its nodes names', () => {
    expect(spec(made({ provider: 'gke', nodePools: [gpu] }).objects[0])).toContain(`priorities:
  - gpu:
      count: 1
      type: nvidia-l4
    minCores: 4
    minMemoryGb: 14
    spot: false
`);
    expect(lines(made({ provider: 'gke', nodePools: [{ ...gpu, labels: {} }] }).diagnostics)).toEqual([
      'error scaling/unsupported: node pool "gpu" has GPUs, and nothing says which: a ComputeClass must name their type',
    ]);
  });

  test.each(['eks', 'gke', 'aks', 'onprem'] as const)('leaves %s alone where somebody else makes nodes', (provider) => {
    expect(made({ provider, nodePools: pools, autoscaling: { nodes: 'managed' } }).kinds).toEqual([]);
  });
});

test('the platform gives the Cluster Autoscaler an order of pools where there are spot and other ones', () => {
  const made = (nodePools: Parameters<typeof nodePool>[0][]) =>
    render((chart) => {
      const changes = { nodePools: nodePools.map(nodePool), autoscaling: { nodes: 'cluster-autoscaler' } } as const;
      new ClusterNodes(chart, 'nodes', { cluster: cluster(changes), ownership });
    }).objects.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  expect(made([{}, { name: 'burst', spot: true }])).toEqual(['kube-system/cluster-autoscaler-priority-expander']);
  expect(made([{}, { name: 'memory' }])).toEqual([]);
});

test('the Cluster Autoscaler tries spot pools first', () => {
  expect(toYaml(priorityExpander(cluster({ nodePools: pools }), ownership, 'kube-system').data)).toBe(`priorities: |
  10:
    - .*general.*
  50:
    - .*burst.*
`);
});

describe('an event-driven job', () => {
  const job: ConstructorParameters<typeof EventDrivenJob>[2]['job'] = {
    template: {
      spec: { containers: [{ name: 'worker', image: 'registry.example.com/worker' }], restartPolicy: 'Never' },
    },
  };
  const source = { source: 'kafka', servers: ['kafka:9092'], group: 'g', topic: 't', lag: 1 } as const;
  const build = (scaling: ConstructorParameters<typeof EventDrivenJob>[2]['scaling']) =>
    render((chart) => {
      new EventDrivenJob(chart, 'job', {
        cluster: cluster({ autoscaling: { keda: true } }),
        workload: workload({ kind: 'Job', service: undefined }),
        job,
        scaling,
      });
    });

  test('becomes a ScaledJob', () => {
    const { objects, diagnostics } = build({ min: 0, max: 10, events: [source] });
    expect(diagnostics).toEqual([]);
    expect(objects).toMatchObject([
      {
        kind: 'ScaledJob',
        spec: {
          minReplicaCount: 0,
          maxReplicaCount: 10,
          jobTargetRef: job,
          rollout: { strategy: 'gradual' },
          triggers: [{ type: 'kafka' }],
        },
      },
    ]);
  });

  test('is not started by CPU', () => {
    expect(lines(build({ min: 0, max: 10, cpu: 70, events: [source] }).diagnostics)).toEqual([
      'error scaling/unsupported-kind: hub/api: a Job cannot be scaled by replicas',
    ]);
  });
});

test.each([
  ['250m', 0.25],
  ['2', 2],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['1e3', 1000],
  ['128M', 128e6],
  ['1E', 1e18],
  ['12 GB', undefined],
  ['', undefined],
])('the quantity %j', (text, value) => {
  expect(quantityNumber(text)).toBe(value);
});
