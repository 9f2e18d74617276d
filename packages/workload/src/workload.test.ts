import type { Manifest, WorkloadReference } from '@fairlead/objects';
import { ownershipLabels, selectorLabels } from '@fairlead/objects';
import { schemas } from '@fairlead/fixtures';
import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { podSecurityViolations } from './pod-security.ts';
import type { ContainerSpec } from './containers.ts';
import { container } from './containers.ts';
import { environmentVariables } from './environment.ts';
import { configFiles, writableFolders } from './files.ts';
import type { PodSpec } from './pod-template.ts';
import { podTemplate } from './pod-template.ts';
import { probes } from './probes.ts';
import { resourceRequirements, resourcesOf } from './sizes.ts';
import type { Behaviour } from './workload.ts';
import { Workload } from './workload.ts';

const spec: ContainerSpec = {
  name: 'web',
  image: 'registry.example.com/web:1.0.0',
  ports: [{ name: 'http', port: 8080 }],
  environment: {},
  configMaps: [],
  health: '/health',
  size: 'small',
  security: {},
  volumes: writableFolders({ '/tmp': {} }),
  drainSeconds: 15,
};

function reference(kind: WorkloadReference['kind']): WorkloadReference {
  return {
    app: 'shop',
    component: 'web',
    namespace: 'shop',
    kind,
    name: 'shop-web',
    serviceAccount: 'shop-web',
    service: 'shop-web',
    ports: spec.ports,
    labels: ownershipLabels({
      app: 'shop',
      component: 'web',
      team: 'shop-team',
      environment: 'production',
      cloud: 'aws',
    }),
    selector: selectorLabels('shop', 'web'),
  };
}

const pod: PodSpec = {
  containers: [spec],
  security: {},
  serviceAccount: 'shop-web',
  mountToken: false,
  labels: reference('Deployment').labels,
  annotations: {},
  graceSeconds: 45,
  spread: [],
  placement: {},
};

function rendered(
  behaviour: Behaviour,
  minimumReplicas: number,
  kubernetes = '1.34',
  over: Partial<PodSpec> = {},
): Manifest[] {
  const chart = new Chart(new App(), 'chart');
  new Workload(chart, 'web', {
    reference: reference(behaviour.kind),
    kubernetes,
    behaviour,
    minimumReplicas,
    pod: { ...pod, ...over },
  });
  return chart.toJson() as Manifest[];
}

const behaviours: Behaviour[] = [
  { kind: 'Deployment', replicas: 3 },
  { kind: 'Deployment', replicas: 1, recreate: true },
  {
    kind: 'StatefulSet',
    replicas: 3,
    claims: [{ name: 'data', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }],
  },
  { kind: 'DaemonSet' },
  { kind: 'Job', run: {} },
  { kind: 'CronJob', run: {}, schedule: '5 4 * * *' },
];

describe('every kind of workload', () => {
  const cases = behaviours.flatMap((behaviour) =>
    ['1.28', '1.34', '1.36'].map((version) => [behaviour, version] as const),
  );

  test.each(cases)('%o satisfies the strict schemas and Pod Security restricted of %s', (behaviour, version) => {
    const restartPolicy = behaviour.kind === 'Job' || behaviour.kind === 'CronJob' ? 'Never' : undefined;
    const manifests = rendered(behaviour, 3, version, { restartPolicy });
    for (const manifest of manifests) expect(schemas.validate(version, manifest), manifest.kind).toEqual([]);
    const controller = manifests.find(({ kind }) => kind === behaviour.kind) as unknown as {
      spec: { template?: Template; jobTemplate?: { spec: { template: Template } } };
    };
    const template = controller.spec.template ?? controller.spec.jobTemplate?.spec.template;
    expect(podSecurityViolations(template?.spec ?? {}, template?.metadata ?? {}, 'restricted', version)).toEqual([]);
  });

  test('brings what belongs to it, and a disruption budget only where it runs more than one pod', () => {
    const kinds = (behaviour: Behaviour, minimum: number): string[] =>
      rendered(behaviour, minimum).map(({ kind }) => kind);
    const [deployment] = behaviours;
    if (!deployment) throw new Error('no behaviour');
    expect(kinds(deployment, 3)).toEqual(['ServiceAccount', 'Service', 'PodDisruptionBudget', 'Deployment']);
    expect(kinds(deployment, 1)).toEqual(['ServiceAccount', 'Service', 'Deployment']);
    expect(kinds({ kind: 'DaemonSet' }, 5)).toEqual(['ServiceAccount', 'Service', 'DaemonSet']);
  });

  test('leaves replicas out where an autoscaler owns them', () => {
    const deployment = rendered({ kind: 'Deployment' }, 2).find(({ kind }) => kind === 'Deployment');
    expect(deployment).not.toHaveProperty('spec.replicas');
  });
});

interface Template {
  readonly spec: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

describe('a container', () => {
  test('drains without a shell where the kubelet can sleep, and with one before 1.30', () => {
    expect(container(spec, '1.30').lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(container(spec, '1.29').lifecycle).toEqual({
      preStop: { exec: { command: ['/bin/sh', '-c', 'sleep 15'] } },
    });
  });

  test.each([
    [
      { root: 'writes to /etc' },
      { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    ],
    [
      { writableRoot: 'unpacks itself', capabilities: { add: ['NET_BIND_SERVICE'], reason: 'port 80' } },
      {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
        readOnlyRootFilesystem: false,
      },
    ],
    [
      { privileged: 'loads modules' },
      { privileged: true, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    ],
  ])('gives up only what it states: %o', (security, expected) => {
    expect(container({ ...spec, security }, '1.34').securityContext).toEqual(expected);
  });

  test('asks for its health in every way a kubelet knows', () => {
    expect(probes('/health', 'http').readinessProbe).toMatchObject({
      httpGet: { path: '/health', port: 'http' },
      periodSeconds: 10,
    });
    expect(probes({ tcp: 5432 }, undefined).livenessProbe).toMatchObject({ tcpSocket: { port: 5432 } });
    expect(probes({ grpc: 9000, service: 'ready' }, undefined).startupProbe).toMatchObject({
      grpc: { port: 9000, service: 'ready' },
    });
    const split = probes({ ready: '/ready', live: false, startWithin: 600 }, 'http');
    expect(Object.keys(split)).toEqual(['readinessProbe']);
    expect(probes({ ready: '/ready', live: { exec: ['true'] }, startWithin: 600 }, 'http').startupProbe).toMatchObject({
      exec: { command: ['true'] },
      failureThreshold: 120,
      periodSeconds: 5,
    });
  });

  test('gives a start-up as long for one answer as it gives to a live container', () => {
    const slow = probes({ ready: { exec: ['ping'] }, timing: { live: { timeout: 30 } } }, undefined);
    expect([slow.startupProbe?.timeoutSeconds, slow.livenessProbe?.timeoutSeconds]).toEqual([30, 30]);
    expect(probes('/health', 'http').startupProbe?.timeoutSeconds).toBe(5);
  });

  test('may listen on any port without a privilege, which only newer runtimes allow by themselves', () => {
    const low = podTemplate({ ...pod, containers: [{ ...spec, ports: [{ name: 'http', port: 80 }] }] }, '1.34');
    expect(low.spec?.securityContext?.sysctls).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }]);
    expect(podSecurityViolations(low.spec, undefined, 'restricted', '1.34')).toEqual([]);
    expect(podTemplate(pod, '1.34').spec?.securityContext).not.toHaveProperty('sysctls');
  });

  test('never overcommits memory, and lets CPU burst', () => {
    expect(resourceRequirements(resourcesOf('medium'))).toEqual({
      limits: { cpu: '1', memory: '512Mi' },
      requests: { cpu: '250m', memory: '512Mi' },
    });
    expect(resourceRequirements({ cpu: '2', memory: '4Gi', memoryLimit: '6Gi' })).toEqual({
      limits: { memory: '6Gi' },
      requests: { cpu: '2', memory: '4Gi' },
    });
  });
});

describe('environment variables', () => {
  test('are ordered by name, but what is expanded comes first', () => {
    const names = environmentVariables({ A_URL: 'http://$(Z_HOST):$(PORT)', PORT: 80, Z_HOST: 'web', B: true }).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['Z_HOST', 'PORT', 'A_URL', 'B']);
  });

  test('come from literals, maps, secrets, fields and resources', () => {
    const values = environmentVariables({
      A: { configMap: 'settings', key: 'a' },
      B: { secret: 'login', key: 'b' },
      C: { field: 'status.podIP' },
      D: { resource: 'limits.memory' },
    });
    expect(values).toEqual([
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } },
      { name: 'B', valueFrom: { secretKeyRef: { name: 'login', key: 'b' } } },
      { name: 'C', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'D', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
    ]);
  });
});

test('files of one name in two folders keep apart', () => {
  const { mounts } = configFiles('files', ['/etc/a/app.yaml', '/etc/b/app.yaml', '/etc/nginx.conf']);
  expect(mounts.map(({ mountPath, subPath }) => `${mountPath} ${subPath}`)).toEqual([
    '/etc/a/app.yaml etc_a_app.yaml',
    '/etc/b/app.yaml etc_b_app.yaml',
    '/etc/nginx.conf nginx.conf',
  ]);
});
