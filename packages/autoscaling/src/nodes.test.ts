import { describe, expect, test } from 'vitest';
import { cluster, lines, nodePool, render, toYaml, workload } from '../test/fixtures.ts';
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
    cpu: "39"
    memory: 140Gi
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

  test('elsewhere the cloud makes nodes', () => {
    const { kinds, diagnostics } = nodes({ nodePools: pools, provider: 'gke', autoscaling: { nodes: 'managed' } });
    expect(kinds).toEqual([]);
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['info scaling/unsupported']);
  });
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
