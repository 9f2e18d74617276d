import { shared } from '@fairlead/objects/plain';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { podSecurityViolations, type PodSecurityLevel } from './pod-security.ts';

/** A container that restricted accepts, and a pod around it. */
const good =
  '{ allowPrivilegeEscalation: false, runAsNonRoot: true, seccompProfile: { type: RuntimeDefault }, capabilities: { drop: [ALL] } }';
const pod = (fields: string, container = good) =>
  `{ containers: [{ name: a, securityContext: ${container} }], ${fields} }`;
const security = (fields: string) => good.replace(/^\{/, `{ ${fields},`);

type Case = readonly [spec: string, versions: string, expected: Partial<Record<'baseline' | 'restricted', string>>];

/**
 * From the text of the standard: a pod spec, the versions that judge it so, and the checks that speak (`check pointer`), per
 * level. A level that is not given is silent.
 */
const cases: readonly Case[] = [
  [pod(''), '1.28 1.30 1.34 1.36', {}],
  [
    pod('', '{}'),
    '1.28 1.36',
    { restricted: 'allowPrivilegeEscalation capabilities_restricted runAsNonRoot seccompProfile_restricted' },
  ],
  // Host namespaces
  [pod('hostNetwork: true'), '1.28 1.36', { baseline: 'hostNamespaces', restricted: 'hostNamespaces' }],
  [
    pod('hostPID: true, hostIPC: true'),
    '1.34',
    { baseline: 'hostNamespaces hostNamespaces', restricted: 'hostNamespaces hostNamespaces' },
  ],
  [pod('hostNetwork: false'), '1.34', {}],
  // Privileged containers
  [pod('', security('privileged: true')), '1.34', { baseline: 'privileged', restricted: 'privileged' }],
  [
    pod(`initContainers: [{ name: i, securityContext: ${security('privileged: true')} }]`),
    '1.34',
    { baseline: 'privileged', restricted: 'privileged' },
  ],
  [
    pod(`ephemeralContainers: [{ name: e, securityContext: ${security('privileged: true')} }]`),
    '1.34',
    { baseline: 'privileged', restricted: 'privileged' },
  ],
  // Capabilities
  [
    pod(
      '',
      '{ allowPrivilegeEscalation: false, runAsNonRoot: true, seccompProfile: { type: Localhost }, capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] } }',
    ),
    '1.28',
    {},
  ],
  [
    pod(
      '',
      '{ allowPrivilegeEscalation: false, runAsNonRoot: true, seccompProfile: { type: Localhost }, capabilities: { drop: [ALL], add: [CHOWN] } }',
    ),
    '1.28',
    { restricted: 'capabilities_restricted' },
  ],
  [
    pod(
      '',
      '{ allowPrivilegeEscalation: false, runAsNonRoot: true, seccompProfile: { type: Localhost }, capabilities: { drop: [ALL], add: [NET_ADMIN] } }',
    ),
    '1.28',
    { baseline: 'capabilities_baseline', restricted: 'capabilities_restricted' },
  ],
  [
    pod(
      '',
      '{ allowPrivilegeEscalation: false, runAsNonRoot: true, seccompProfile: { type: Localhost }, capabilities: { drop: [NET_RAW] } }',
    ),
    '1.28',
    { restricted: 'capabilities_restricted' },
  ],
  // HostPath volumes and volume types
  [
    pod('volumes: [{ name: v, hostPath: { path: / } }]'),
    '1.34',
    { baseline: 'hostPathVolumes', restricted: 'restrictedVolumes' },
  ],
  [pod('volumes: [{ name: v, nfs: { server: s, path: / } }]'), '1.34', { restricted: 'restrictedVolumes' }],
  [pod('volumes: [{ name: v, gitRepo: { repository: r } }]'), '1.34', { restricted: 'restrictedVolumes' }],
  [
    pod(
      'volumes: [{ name: a, configMap: {} }, { name: b, csi: {} }, { name: c, downwardAPI: {} }, { name: d, emptyDir: {} }, { name: e, ephemeral: {} }, { name: f, persistentVolumeClaim: {} }, { name: g, projected: {} }, { name: h, secret: {} }, { name: i }]',
    ),
    '1.28 1.36',
    {},
  ],
  [pod('volumes: [{ name: v, image: { reference: r } }]'), '1.31 1.32', { restricted: 'restrictedVolumes' }],
  [pod('volumes: [{ name: v, image: { reference: r } }]'), '1.33 1.36', {}],
  // Host ports
  [
    pod(`initContainers: [{ name: i, ports: [{ containerPort: 80, hostPort: 80 }], securityContext: ${good} }]`),
    '1.34',
    { baseline: 'hostPorts', restricted: 'hostPorts' },
  ],
  [
    pod(`initContainers: [{ name: i, ports: [{ containerPort: 80, hostPort: 0 }], securityContext: ${good} }]`),
    '1.34',
    {},
  ],
  // Host in probes and lifecycle hooks, from 1.34
  [
    pod(
      `initContainers: [{ name: i, livenessProbe: { httpGet: { host: 10.0.0.1, port: 80 } }, securityContext: ${good} }]`,
    ),
    '1.28 1.33',
    {},
  ],
  [
    pod(
      `initContainers: [{ name: i, livenessProbe: { httpGet: { host: 10.0.0.1, port: 80 } }, securityContext: ${good} }]`,
    ),
    '1.34 1.36',
    { baseline: 'hostProbesAndHostLifecycle', restricted: 'hostProbesAndHostLifecycle' },
  ],
  [
    pod(
      `initContainers: [{ name: i, startupProbe: { tcpSocket: { host: localhost, port: 80 } }, lifecycle: { preStop: { httpGet: { host: h, port: 80 } } }, securityContext: ${good} }]`,
    ),
    '1.34',
    {
      baseline: 'hostProbesAndHostLifecycle hostProbesAndHostLifecycle',
      restricted: 'hostProbesAndHostLifecycle hostProbesAndHostLifecycle',
    },
  ],
  [
    pod(`initContainers: [{ name: i, readinessProbe: { httpGet: { host: "", port: 80 } }, securityContext: ${good} }]`),
    '1.36',
    {},
  ],
  // AppArmor
  [
    pod('securityContext: { appArmorProfile: { type: Unconfined } }'),
    '1.31',
    { baseline: 'appArmorProfile', restricted: 'appArmorProfile' },
  ],
  [pod('securityContext: { appArmorProfile: { type: Localhost, localhostProfile: p } }'), '1.31', {}],
  // SELinux
  [pod('securityContext: { seLinuxOptions: { type: container_t } }'), '1.28', {}],
  [
    pod('securityContext: { seLinuxOptions: { type: container_engine_t } }'),
    '1.28 1.30',
    { baseline: 'seLinuxOptions', restricted: 'seLinuxOptions' },
  ],
  [pod('securityContext: { seLinuxOptions: { type: container_engine_t } }'), '1.31 1.36', {}],
  [
    pod('securityContext: { seLinuxOptions: { type: spc_t } }'),
    '1.36',
    { baseline: 'seLinuxOptions', restricted: 'seLinuxOptions' },
  ],
  [
    pod('', security('seLinuxOptions: { user: u, role: r, level: s0 }')),
    '1.36',
    { baseline: 'seLinuxOptions seLinuxOptions', restricted: 'seLinuxOptions seLinuxOptions' },
  ],
  // /proc mount, and user namespaces from 1.35
  [pod('', security('procMount: Default')), '1.36', {}],
  [pod('', security('procMount: Unmasked')), '1.34', { baseline: 'procMount', restricted: 'procMount' }],
  [
    pod('hostUsers: false', security('procMount: Unmasked')),
    '1.34',
    { baseline: 'procMount', restricted: 'procMount' },
  ],
  [pod('hostUsers: false', security('procMount: Unmasked')), '1.35 1.36', { restricted: 'procMount_restricted' }],
  [pod('', security('procMount: Unmasked')), '1.35', { baseline: 'procMount', restricted: 'procMount_restricted' }],
  // Seccomp
  [
    pod('securityContext: { seccompProfile: { type: Unconfined } }'),
    '1.28',
    { baseline: 'seccompProfile_baseline', restricted: 'seccompProfile_restricted' },
  ],
  [
    pod(
      'securityContext: { seccompProfile: { type: RuntimeDefault }, runAsNonRoot: true }',
      '{ allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }',
    ),
    '1.28 1.36',
    {},
  ],
  [
    pod(
      'securityContext: { seccompProfile: { type: RuntimeDefault } }',
      '{ allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: [ALL] }, seccompProfile: { type: Unconfined } }',
    ),
    '1.36',
    { baseline: 'seccompProfile_baseline', restricted: 'seccompProfile_restricted' },
  ],
  // Sysctls, a longer list with each version
  [
    pod('securityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }'),
    '1.36',
    { baseline: 'sysctls', restricted: 'sysctls' },
  ],
  [
    pod(
      'securityContext: { sysctls: [{ name: net.ipv4.ip_local_reserved_ports, value: "1" }, { name: kernel.shm_rmid_forced, value: "1" }] }',
    ),
    '1.28',
    {},
  ],
  [
    pod('securityContext: { sysctls: [{ name: net.ipv4.tcp_keepalive_time, value: "1" }] }'),
    '1.28',
    { baseline: 'sysctls', restricted: 'sysctls' },
  ],
  [pod('securityContext: { sysctls: [{ name: net.ipv4.tcp_keepalive_time, value: "1" }] }'), '1.29 1.36', {}],
  [
    pod('securityContext: { sysctls: [{ name: net.ipv4.tcp_rmem, value: "1" }] }'),
    '1.31',
    { baseline: 'sysctls', restricted: 'sysctls' },
  ],
  [pod('securityContext: { sysctls: [{ name: net.ipv4.tcp_rmem, value: "1" }] }'), '1.32', {}],
  // Non-root
  [pod('securityContext: { runAsNonRoot: false }'), '1.28', { restricted: 'runAsNonRoot' }],
  [
    pod('securityContext: { runAsNonRoot: true }', good.replace('runAsNonRoot: true', 'runAsNonRoot: false')),
    '1.28',
    { restricted: 'runAsNonRoot' },
  ],
  [pod('securityContext: { runAsUser: 0 }'), '1.28', { restricted: 'runAsUser' }],
  [pod('', security('runAsUser: 0')), '1.28', { restricted: 'runAsUser' }],
  [pod('', security('runAsUser: 1000')), '1.28', {}],
  [
    pod('hostUsers: false', good.replace('runAsNonRoot: true', 'runAsUser: 0')),
    '1.34',
    { restricted: 'runAsNonRoot runAsUser' },
  ],
  [pod('hostUsers: false', good.replace('runAsNonRoot: true', 'runAsUser: 0')), '1.35', {}],
  [
    pod('hostUsers: true', good.replace('runAsNonRoot: true', 'runAsUser: 0')),
    '1.36',
    { restricted: 'runAsNonRoot runAsUser' },
  ],
  // Windows: three Linux rules do not apply from 1.25, HostProcess does
  [pod('os: { name: windows }', '{ runAsNonRoot: true }'), '1.28 1.36', {}],
  [pod('os: { name: windows }', '{}'), '1.28', { restricted: 'runAsNonRoot' }],
  [
    pod('os: { name: linux }', '{ runAsNonRoot: true }'),
    '1.28',
    { restricted: 'allowPrivilegeEscalation capabilities_restricted seccompProfile_restricted' },
  ],
  [
    pod('securityContext: { windowsOptions: { hostProcess: true } }'),
    '1.28',
    { baseline: 'windowsHostProcess', restricted: 'windowsHostProcess' },
  ],
  // Not part of the standard
  [pod('automountServiceAccountToken: true', security('readOnlyRootFilesystem: false, runAsGroup: 0')), '1.36', {}],
];

const rows = cases.flatMap(([spec, versions, expected]) =>
  versions.split(' ').flatMap((version) =>
    (['privileged', 'baseline', 'restricted'] as const).map((level) => ({
      spec,
      version,
      level,
      expected: level === 'privileged' ? '' : (expected[level] ?? ''),
    })),
  ),
);

test.each(rows)('$level $version: $spec', ({ spec, version, level, expected }) => {
  const found = podSecurityViolations(parse(spec), {}, level, version);
  expect(found.map((each) => each.check).join(' ')).toBe(expected);
});

const pointers: readonly (readonly [string, PodSecurityLevel, string])[] = [
  [
    '{ containers: [{ name: a, securityContext: { privileged: true } }] }',
    'baseline',
    '/spec/containers/0/securityContext/privileged',
  ],
  [
    '{ initContainers: [{ name: a, ports: [{ containerPort: 1 }, { containerPort: 80, hostPort: 80 }] }] }',
    'baseline',
    '/spec/initContainers/0/ports/1/hostPort',
  ],
  ['{ volumes: [{ name: a }, { name: b, hostPath: { path: / } }] }', 'baseline', '/spec/volumes/1/hostPath'],
  ['{ hostPID: true }', 'baseline', '/spec/hostPID'],
  [
    `{ containers: [{ name: a, securityContext: ${good.replace('runAsNonRoot: true, ', '')} }] }`,
    'restricted',
    '/spec/containers/0/securityContext',
  ],
  [
    `{ containers: [{ name: a, securityContext: ${good.replace('drop: [ALL]', 'add: []')} }] }`,
    'restricted',
    '/spec/containers/0/securityContext/capabilities',
  ],
];

test.each(pointers)('%s points at what exists', (spec, level, pointer) => {
  expect(podSecurityViolations(parse(spec), {}, level, '1.34').map((each) => each.pointer)).toEqual([pointer]);
});

test('a shared context is judged in a pod without containers too', () => {
  const securityContext = shared({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] });
  const checks = podSecurityViolations({ securityContext, containers: [] }, undefined, 'baseline').map(
    ({ check }) => check,
  );
  expect(checks).toEqual(['sysctls']);
});

test('the AppArmor annotation is judged as well', () => {
  const annotations = { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' };
  expect(podSecurityViolations({}, { annotations }, 'baseline', '1.28')).toEqual([
    {
      check: 'appArmorProfile',
      pointer: '/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1a',
      message: 'annotation container.apparmor.security.beta.kubernetes.io/a sets the AppArmor profile "unconfined"',
    },
  ]);
});

test('image volumes follow the API server, not the pinned policy', () => {
  const spec = parse(pod('volumes: [{ name: v, image: { reference: r } }]')) as unknown;
  expect(podSecurityViolations(spec, {}, 'restricted', '1.28', '1.34')).toEqual([]);
});
