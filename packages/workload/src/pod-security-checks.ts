import { type Fields, fieldsOf, isFields, listOf } from '@fairlead/objects/fields';

/** What a check sees. */
export interface PodSecurityInput {
  readonly spec: Fields;
  /** All containers of the spec, as {@link containersOf} reads them. */
  readonly containers: readonly PodSecurityContainer[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Minor version of the policy; infinite for `latest`. */
  readonly minor: number;
  /** Minor version of the API server. */
  readonly server: number;
}

/** A place that breaks a check. */
export interface Found {
  readonly pointer: string;
  readonly message: string;
}

/** One check of k8s.io/pod-security-admission/policy, under its upstream name. */
export interface PodSecurityCheck {
  readonly name: string;
  readonly level: 'baseline' | 'restricted';
  /** Minor version of the policy in which the check began; absent: always. */
  readonly since?: number;
  /** Baseline checks that this one is the stricter form of. */
  readonly replaces?: readonly string[];
  /** True where it looks at security contexts, `os` and `hostUsers` alone. */
  readonly ofContexts?: true;
  /** Adds what breaks the check to `found`; nothing in most pods, so that nothing is made for them. */
  violations(input: PodSecurityInput, found: Found[]): void;
}

/** A container of any kind, with what every check asks of it. */
export interface PodSecurityContainer {
  readonly name: string;
  readonly fields: Fields;
  readonly security: Fields;
  readonly pointer: string;
}

/** The containers of a pod spec, in the order in which upstream visits them. */
export function containersOf(spec: Fields): PodSecurityContainer[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    listOf(spec[list]).map((value, index) => {
      const fields = fieldsOf(value);
      const pointer = `/spec/${list}/${index}`;
      return { name: String(fields['name'] ?? index), fields, security: fieldsOf(fields['securityContext']), pointer };
    }),
  );
}

function addedCapabilities(
  container: PodSecurityContainer,
  isAllowed: (capability: unknown) => boolean,
  found: Found[],
): void {
  for (const [index, value] of listOf(fieldsOf(container.security['capabilities'])['add']).entries()) {
    if (isAllowed(value)) continue;
    found.push({
      pointer: `${container.pointer}/securityContext/capabilities/add/${index}`,
      message: `container "${container.name}" adds the capability ${String(value)}`,
    });
  }
}

/** The longest part of a path that exists, so that the pointer resolves in the document. */
function existing(container: PodSecurityContainer, ...path: readonly string[]): string {
  let value: unknown = container.fields;
  let pointer = container.pointer;
  for (const step of path) {
    value = fieldsOf(value)[step];
    if (value === undefined || value === null) break;
    pointer += `/${step}`;
  }
  return pointer;
}

const podSecurity = (spec: Fields): Fields => fieldsOf(spec['securityContext']);
const isWindows = (spec: Fields): boolean => fieldsOf(spec['os'])['name'] === 'windows';
/** KEP-127: from policy version 1.35 a pod in a user namespace may be root inside it. */
const inUserNamespace = ({ spec, minor }: PodSecurityInput): boolean => minor >= 35 && spec['hostUsers'] === false;
const quoted = (values: Iterable<string>): string => [...values].map((each) => `"${each}"`).join(', ');

const defaultCapabilities = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

/** Sysctls that baseline allows, with the policy version that added them. */
const allowedSysctls: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
  // Seen only in a third party's comparison with upstream, not in upstream's own text.
  'net.ipv4.tcp_notsent_lowat': 37,
  'net.ipv4.tcp_slow_start_after_idle': 37,
};

/** SELinux types that baseline allows, with the policy version that added them. */
const allowedSelinuxTypes: Readonly<Record<string, number>> = {
  '': 0,
  container_t: 0,
  container_init_t: 0,
  container_kvm_t: 0,
  container_engine_t: 31,
};

/** Volume sources that restricted allows. `image` came with the API server 1.33, whatever version a namespace pins. */
const allowedVolumes: Readonly<Record<string, number>> = {
  configMap: 0,
  csi: 0,
  downwardAPI: 0,
  emptyDir: 0,
  ephemeral: 0,
  persistentVolumeClaim: 0,
  projected: 0,
  secret: 0,
  image: 33,
};

const allowedSeccomp = new Set<unknown>(['RuntimeDefault', 'Localhost']);
const hookPrefix = 'lifecycle/';
const probesAndHooks = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle/postStart', 'lifecycle/preStop'];
const handlers = ['httpGet', 'tcpSocket'] as const;
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

const has = (table: Readonly<Record<string, number>>, key: string, minor: number): boolean =>
  Object.hasOwn(table, key) && minor >= (table[key] ?? Number.POSITIVE_INFINITY);

/** The value at a path of a security context. */
function read(security: Fields, path: readonly string[]): unknown {
  let value: unknown = security;
  for (let index = 0; index < path.length; index++) value = fieldsOf(value)[path[index] ?? ''];
  return value;
}

/** Bad values of a field that pod and containers share: `at` reads it from a security context. */
function badValues(
  { spec, containers }: PodSecurityInput,
  found: Found[],
  path: readonly string[],
  isBad: (value: unknown) => boolean,
  message: (value: unknown, subject: string) => string,
): void {
  const own = read(podSecurity(spec), path);
  if (own !== undefined && own !== null && isBad(own)) {
    found.push({ pointer: `/spec/securityContext/${path.join('/')}`, message: message(own, 'the pod') });
  }
  containers.forEach((container) => {
    const value = read(container.security, path);
    if (value === undefined || value === null || !isBad(value)) return;
    found.push({
      pointer: existing(container, 'securityContext', ...path),
      message: message(value, `container "${container.name}"`),
    });
  });
}

/** Containers that neither state a value nor inherit one; a bad value of the pod has been told already. */
function missing(
  { spec, containers }: PodSecurityInput,
  found: Found[],
  path: readonly string[],
  message: (subject: string) => string,
): void {
  if (read(podSecurity(spec), path) !== undefined) return;
  for (const container of containers) {
    const value = read(container.security, path);
    if (value === undefined || value === null) {
      found.push({
        pointer: existing(container, 'securityContext', ...path),
        message: message(`container "${container.name}"`),
      });
    }
  }
}

function procMounts({ containers }: PodSecurityInput, found: Found[]): void {
  for (const container of containers) {
    const value = container.security['procMount'];
    if (value !== undefined && value !== null && value !== 'Default') {
      found.push({
        pointer: `${container.pointer}/securityContext/procMount`,
        message: `container "${container.name}" sets procMount to "${String(value)}"`,
      });
    }
  }
}

/**
 * Every check of the standard, in upstream's order.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/master/staging/src/k8s.io/pod-security-admission/policy
 */
export const podSecurityChecks: readonly PodSecurityCheck[] = [
  {
    name: 'allowPrivilegeEscalation',
    ofContexts: true,
    level: 'restricted',
    since: 8,
    violations({ spec, containers, minor }, found) {
      if (minor >= 25 && isWindows(spec)) return;
      for (const container of containers) {
        if (container.security['allowPrivilegeEscalation'] === false) continue;
        found.push({
          pointer: existing(container, 'securityContext', 'allowPrivilegeEscalation'),
          message: `container "${container.name}" must set securityContext.allowPrivilegeEscalation to false`,
        });
      }
    },
  },
  {
    name: 'appArmorProfile',
    level: 'baseline',
    violations(input, found) {
      badValues(
        input,
        found,
        ['appArmorProfile', 'type'],
        (value) => value !== 'RuntimeDefault' && value !== 'Localhost' && value !== '',
        (value, subject) => `${subject} sets the AppArmor profile "${String(value)}"`,
      );
      for (const [key, value] of Object.entries(input.annotations)) {
        if (
          !key.startsWith(appArmorPrefix) ||
          typeof value !== 'string' ||
          value === '' ||
          value === 'runtime/default' ||
          value.startsWith('localhost/')
        )
          continue;
        found.push({
          pointer: `/metadata/annotations/${key.replaceAll('/', '~1')}`,
          message: `annotation ${key} sets the AppArmor profile "${value}"`,
        });
      }
    },
  },
  {
    name: 'capabilities_baseline',
    ofContexts: true,
    level: 'baseline',
    violations({ containers }, found) {
      for (const container of containers) {
        addedCapabilities(container, (value) => defaultCapabilities.has(String(value)), found);
      }
    },
  },
  {
    name: 'capabilities_restricted',
    ofContexts: true,
    level: 'restricted',
    since: 22,
    replaces: ['capabilities_baseline'],
    violations({ spec, containers, minor }, found) {
      if (minor >= 25 && isWindows(spec)) return;
      for (const container of containers) {
        const { drop } = fieldsOf(container.security['capabilities']);
        if (!listOf(drop).includes('ALL')) {
          found.push({
            pointer: existing(container, 'securityContext', 'capabilities', 'drop'),
            message: `container "${container.name}" must drop the capabilities ["ALL"]`,
          });
        }
        addedCapabilities(container, (value) => value === 'NET_BIND_SERVICE', found);
      }
    },
  },
  {
    name: 'hostNamespaces',
    level: 'baseline',
    violations({ spec }, found) {
      for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
        if (spec[field] === true) found.push({ pointer: `/spec/${field}`, message: `the pod sets ${field}` });
      }
    },
  },
  {
    name: 'hostPathVolumes',
    level: 'baseline',
    violations({ spec }, found) {
      for (const [index, volume] of listOf(spec['volumes']).entries()) {
        const { hostPath, name } = fieldsOf(volume);
        if (isFields(hostPath))
          found.push({ pointer: `/spec/volumes/${index}/hostPath`, message: `volume "${String(name)}" is a hostPath` });
      }
    },
  },
  {
    name: 'hostPorts',
    level: 'baseline',
    violations({ containers }, found) {
      for (const container of containers) {
        for (const [index, port] of listOf(container.fields['ports']).entries()) {
          const { hostPort } = fieldsOf(port);
          if (hostPort === undefined || hostPort === null || hostPort === 0) continue;
          found.push({
            pointer: `${container.pointer}/ports/${index}/hostPort`,
            message: `container "${container.name}" uses host port ${String(hostPort)}`,
          });
        }
      }
    },
  },
  {
    name: 'hostProbesAndHostLifecycle',
    level: 'baseline',
    since: 34,
    violations({ containers }, found) {
      for (const container of containers) {
        const lifecycle = fieldsOf(container.fields['lifecycle']);
        for (const path of probesAndHooks) {
          const handler = path.startsWith(hookPrefix)
            ? lifecycle[path.slice(hookPrefix.length)]
            : container.fields[path];
          if (handler === undefined) continue;
          for (const type of handlers) {
            const { host } = fieldsOf(fieldsOf(handler)[type]);
            if (host === undefined || host === null || host === '') continue;
            found.push({
              pointer: `${container.pointer}/${path}/${type}/host`,
              message: `container "${container.name}" sets the host "${String(host)}" in a probe or lifecycle hook`,
            });
          }
        }
      }
    },
  },
  {
    name: 'privileged',
    ofContexts: true,
    level: 'baseline',
    violations({ containers }, found) {
      for (const container of containers) {
        if (container.security['privileged'] !== true) continue;
        found.push({
          pointer: `${container.pointer}/securityContext/privileged`,
          message: `container "${container.name}" is privileged`,
        });
      }
    },
  },
  {
    name: 'procMount',
    ofContexts: true,
    level: 'baseline',
    violations(input, found) {
      if (!inUserNamespace(input)) procMounts(input, found);
    },
  },
  {
    name: 'procMount_restricted',
    ofContexts: true,
    level: 'restricted',
    since: 35,
    replaces: ['procMount'],
    violations: procMounts,
  },
  {
    name: 'restrictedVolumes',
    level: 'restricted',
    replaces: ['hostPathVolumes'],
    violations({ spec, server }, found) {
      for (const [index, volume] of listOf(spec['volumes']).entries()) {
        const fields = fieldsOf(volume);
        const sources = Object.keys(fields).filter(
          (each) => each !== 'name' && fields[each] !== undefined && fields[each] !== null,
        );
        // A volume without a source is an emptyDir by default, set before admission looks.
        if (sources.length === 0 || sources.some((each) => has(allowedVolumes, each, server))) continue;
        found.push({
          pointer: `/spec/volumes/${index}/${sources[0] ?? ''}`,
          message: `volume "${String(fields['name'])}" is of the type ${quoted(sources)}; restricted allows only ${Object.keys(
            allowedVolumes,
          )
            .filter((each) => has(allowedVolumes, each, server))
            .join(', ')}`,
        });
      }
    },
  },
  {
    name: 'runAsNonRoot',
    ofContexts: true,
    level: 'restricted',
    violations(input, found) {
      if (inUserNamespace(input)) return;
      badValues(
        input,
        found,
        ['runAsNonRoot'],
        (value) => value !== true,
        (_, subject) => `${subject} must not set securityContext.runAsNonRoot to false`,
      );
      missing(
        input,
        found,
        ['runAsNonRoot'],
        (subject) => `${subject} or its pod must set securityContext.runAsNonRoot to true`,
      );
    },
  },
  {
    name: 'runAsUser',
    ofContexts: true,
    level: 'restricted',
    since: 23,
    violations(input, found) {
      if (inUserNamespace(input)) return;
      badValues(
        input,
        found,
        ['runAsUser'],
        (value) => value === 0,
        (_, subject) => `${subject} runs as user 0`,
      );
    },
  },
  {
    name: 'seLinuxOptions',
    ofContexts: true,
    level: 'baseline',
    violations(input, found) {
      badValues(
        input,
        found,
        ['seLinuxOptions', 'type'],
        (value) => !has(allowedSelinuxTypes, String(value), input.minor),
        (value, subject) => `${subject} sets the SELinux type "${String(value)}"`,
      );
      for (const field of ['user', 'role']) {
        badValues(
          input,
          found,
          ['seLinuxOptions', field],
          (value) => value !== '',
          (value, subject) => `${subject} sets the SELinux ${field} "${String(value)}"`,
        );
      }
    },
  },
  { name: 'seccompProfile_baseline', ofContexts: true, level: 'baseline', since: 19, violations: badSeccomp },
  {
    name: 'seccompProfile_restricted',
    ofContexts: true,
    level: 'restricted',
    since: 19,
    replaces: ['seccompProfile_baseline'],
    violations(input, found) {
      if (input.minor >= 25 && isWindows(input.spec)) return;
      badSeccomp(input, found);
      missing(
        input,
        found,
        ['seccompProfile', 'type'],
        (subject) =>
          `${subject} or its pod must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
      );
    },
  },
  {
    name: 'sysctls',
    ofContexts: true,
    level: 'baseline',
    violations({ spec, minor }, found) {
      for (const [index, sysctl] of listOf(podSecurity(spec)['sysctls']).entries()) {
        const { name } = fieldsOf(sysctl);
        if (has(allowedSysctls, String(name), minor)) continue;
        found.push({
          pointer: `/spec/securityContext/sysctls/${index}/name`,
          message: `the pod sets the sysctl ${String(name)}`,
        });
      }
    },
  },
  {
    name: 'windowsHostProcess',
    ofContexts: true,
    level: 'baseline',
    violations(input, found) {
      badValues(
        input,
        found,
        ['windowsOptions', 'hostProcess'],
        (value) => value === true,
        (_, subject) => `${subject} is a HostProcess container`,
      );
    },
  },
];

function badSeccomp(input: PodSecurityInput, found: Found[]): void {
  badValues(
    input,
    found,
    ['seccompProfile', 'type'],
    (value) => !allowedSeccomp.has(value),
    (value, subject) => `${subject} sets the seccomp profile "${String(value)}"`,
  );
}
