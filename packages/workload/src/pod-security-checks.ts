type Fields = Readonly<Record<string, unknown>>;

/** What a check sees. */
export interface PodSecurityInput {
  readonly spec: Fields;
  readonly annotations: Readonly<Record<string, string>>;
  /** Minor version of the policy; infinite for `latest`. */
  readonly minor: number;
  /** Minor version of the API server. */
  readonly server: number;
}

interface Found {
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
  violations(input: PodSecurityInput): Iterable<Found>;
}

interface Container {
  readonly name: string;
  readonly fields: Fields;
  readonly security: Fields;
  readonly pointer: string;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function* containersOf(spec: Fields): Generator<Container> {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const [index, value] of listOf(spec[list]).entries()) {
      const fields = fieldsOf(value);
      const pointer = `/spec/${list}/${index}`;
      yield { name: String(fields['name'] ?? index), fields, security: fieldsOf(fields['securityContext']), pointer };
    }
  }
}

/** The longest part of a path that exists, so that the pointer resolves in the document. */
function existing(container: Container, ...path: readonly string[]): string {
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
const handlers = ['httpGet', 'tcpSocket'] as const;
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

const has = (table: Readonly<Record<string, number>>, key: string, minor: number): boolean =>
  Object.hasOwn(table, key) && minor >= (table[key] ?? Number.POSITIVE_INFINITY);

/** Bad values of a field that pod and containers share: `at` reads it from a security context. */
function* badValues(
  { spec }: PodSecurityInput,
  path: readonly string[],
  isBad: (value: unknown) => boolean,
  message: (value: unknown, subject: string) => string,
): Generator<Found> {
  const read = (security: Fields) => path.reduce<unknown>((value, step) => fieldsOf(value)[step], security);
  const own = read(podSecurity(spec));
  if (own !== undefined && own !== null && isBad(own)) {
    yield { pointer: `/spec/securityContext/${path.join('/')}`, message: message(own, 'the pod') };
  }
  for (const container of containersOf(spec)) {
    const value = read(container.security);
    if (value === undefined || value === null || !isBad(value)) continue;
    yield {
      pointer: existing(container, 'securityContext', ...path),
      message: message(value, `container "${container.name}"`),
    };
  }
}

/** Containers that neither state a value nor inherit one; a bad value of the pod has been told already. */
function* missing(
  { spec }: PodSecurityInput,
  path: readonly string[],
  message: (subject: string) => string,
): Generator<Found> {
  const read = (security: Fields) => path.reduce<unknown>((value, step) => fieldsOf(value)[step], security);
  if (read(podSecurity(spec)) !== undefined) return;
  for (const container of containersOf(spec)) {
    const value = read(container.security);
    if (value === undefined || value === null) {
      yield {
        pointer: existing(container, 'securityContext', ...path),
        message: message(`container "${container.name}"`),
      };
    }
  }
}

function* procMounts({ spec }: PodSecurityInput): Generator<Found> {
  for (const container of containersOf(spec)) {
    const value = container.security['procMount'];
    if (value !== undefined && value !== null && value !== 'Default') {
      yield {
        pointer: `${container.pointer}/securityContext/procMount`,
        message: `container "${container.name}" sets procMount to "${String(value)}"`,
      };
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
    level: 'restricted',
    since: 8,
    *violations({ spec, minor }) {
      if (minor >= 25 && isWindows(spec)) return;
      for (const container of containersOf(spec)) {
        if (container.security['allowPrivilegeEscalation'] === false) continue;
        yield {
          pointer: existing(container, 'securityContext', 'allowPrivilegeEscalation'),
          message: `container "${container.name}" must set securityContext.allowPrivilegeEscalation to false`,
        };
      }
    },
  },
  {
    name: 'appArmorProfile',
    level: 'baseline',
    *violations(input) {
      yield* badValues(
        input,
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
        yield {
          pointer: `/metadata/annotations/${key.replaceAll('/', '~1')}`,
          message: `annotation ${key} sets the AppArmor profile "${value}"`,
        };
      }
    },
  },
  {
    name: 'capabilities_baseline',
    level: 'baseline',
    *violations({ spec }) {
      for (const container of containersOf(spec)) {
        for (const [index, value] of listOf(fieldsOf(container.security['capabilities'])['add']).entries()) {
          if (defaultCapabilities.has(String(value))) continue;
          yield {
            pointer: `${container.pointer}/securityContext/capabilities/add/${index}`,
            message: `container "${container.name}" adds the capability ${String(value)}`,
          };
        }
      }
    },
  },
  {
    name: 'capabilities_restricted',
    level: 'restricted',
    since: 22,
    replaces: ['capabilities_baseline'],
    *violations({ spec, minor }) {
      if (minor >= 25 && isWindows(spec)) return;
      for (const container of containersOf(spec)) {
        const { add, drop } = fieldsOf(container.security['capabilities']);
        if (!listOf(drop).includes('ALL')) {
          yield {
            pointer: existing(container, 'securityContext', 'capabilities', 'drop'),
            message: `container "${container.name}" must drop the capabilities ["ALL"]`,
          };
        }
        for (const [index, value] of listOf(add).entries()) {
          if (value === 'NET_BIND_SERVICE') continue;
          yield {
            pointer: `${container.pointer}/securityContext/capabilities/add/${index}`,
            message: `container "${container.name}" adds the capability ${String(value)}`,
          };
        }
      }
    },
  },
  {
    name: 'hostNamespaces',
    level: 'baseline',
    *violations({ spec }) {
      for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
        if (spec[field] === true) yield { pointer: `/spec/${field}`, message: `the pod sets ${field}` };
      }
    },
  },
  {
    name: 'hostPathVolumes',
    level: 'baseline',
    *violations({ spec }) {
      for (const [index, volume] of listOf(spec['volumes']).entries()) {
        const { hostPath, name } = fieldsOf(volume);
        if (isFields(hostPath))
          yield { pointer: `/spec/volumes/${index}/hostPath`, message: `volume "${String(name)}" is a hostPath` };
      }
    },
  },
  {
    name: 'hostPorts',
    level: 'baseline',
    *violations({ spec }) {
      for (const container of containersOf(spec)) {
        for (const [index, port] of listOf(container.fields['ports']).entries()) {
          const { hostPort } = fieldsOf(port);
          if (hostPort === undefined || hostPort === null || hostPort === 0) continue;
          yield {
            pointer: `${container.pointer}/ports/${index}/hostPort`,
            message: `container "${container.name}" uses host port ${String(hostPort)}`,
          };
        }
      }
    },
  },
  {
    name: 'hostProbesAndHostLifecycle',
    level: 'baseline',
    since: 34,
    *violations({ spec }) {
      for (const container of containersOf(spec)) {
        const lifecycle = fieldsOf(container.fields['lifecycle']);
        const places: readonly (readonly [string, unknown])[] = [
          ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((each) => [each, container.fields[each]] as const),
          ...['postStart', 'preStop'].map((each) => [`lifecycle/${each}`, lifecycle[each]] as const),
        ];
        for (const [path, handler] of places) {
          for (const type of handlers) {
            const { host } = fieldsOf(fieldsOf(handler)[type]);
            if (host === undefined || host === null || host === '') continue;
            yield {
              pointer: `${container.pointer}/${path}/${type}/host`,
              message: `container "${container.name}" sets the host "${String(host)}" in a probe or lifecycle hook`,
            };
          }
        }
      }
    },
  },
  {
    name: 'privileged',
    level: 'baseline',
    *violations({ spec }) {
      for (const container of containersOf(spec)) {
        if (container.security['privileged'] !== true) continue;
        yield {
          pointer: `${container.pointer}/securityContext/privileged`,
          message: `container "${container.name}" is privileged`,
        };
      }
    },
  },
  {
    name: 'procMount',
    level: 'baseline',
    *violations(input) {
      if (!inUserNamespace(input)) yield* procMounts(input);
    },
  },
  { name: 'procMount_restricted', level: 'restricted', since: 35, replaces: ['procMount'], violations: procMounts },
  {
    name: 'restrictedVolumes',
    level: 'restricted',
    replaces: ['hostPathVolumes'],
    *violations({ spec, server }) {
      for (const [index, volume] of listOf(spec['volumes']).entries()) {
        const fields = fieldsOf(volume);
        const sources = Object.keys(fields).filter(
          (each) => each !== 'name' && fields[each] !== undefined && fields[each] !== null,
        );
        // A volume without a source is an emptyDir by default, set before admission looks.
        if (sources.length === 0 || sources.some((each) => has(allowedVolumes, each, server))) continue;
        yield {
          pointer: `/spec/volumes/${index}/${sources[0] ?? ''}`,
          message: `volume "${String(fields['name'])}" is of the type ${quoted(sources)}; restricted allows only ${Object.keys(
            allowedVolumes,
          )
            .filter((each) => has(allowedVolumes, each, server))
            .join(', ')}`,
        };
      }
    },
  },
  {
    name: 'runAsNonRoot',
    level: 'restricted',
    *violations(input) {
      if (inUserNamespace(input)) return;
      yield* badValues(
        input,
        ['runAsNonRoot'],
        (value) => value !== true,
        (_, subject) => `${subject} must not set securityContext.runAsNonRoot to false`,
      );
      yield* missing(
        input,
        ['runAsNonRoot'],
        (subject) => `${subject} or its pod must set securityContext.runAsNonRoot to true`,
      );
    },
  },
  {
    name: 'runAsUser',
    level: 'restricted',
    since: 23,
    *violations(input) {
      if (inUserNamespace(input)) return;
      yield* badValues(
        input,
        ['runAsUser'],
        (value) => value === 0,
        (_, subject) => `${subject} runs as user 0`,
      );
    },
  },
  {
    name: 'seLinuxOptions',
    level: 'baseline',
    *violations(input) {
      yield* badValues(
        input,
        ['seLinuxOptions', 'type'],
        (value) => !has(allowedSelinuxTypes, String(value), input.minor),
        (value, subject) => `${subject} sets the SELinux type "${String(value)}"`,
      );
      for (const field of ['user', 'role']) {
        yield* badValues(
          input,
          ['seLinuxOptions', field],
          (value) => value !== '',
          (value, subject) => `${subject} sets the SELinux ${field} "${String(value)}"`,
        );
      }
    },
  },
  { name: 'seccompProfile_baseline', level: 'baseline', since: 19, violations: badSeccomp },
  {
    name: 'seccompProfile_restricted',
    level: 'restricted',
    since: 19,
    replaces: ['seccompProfile_baseline'],
    *violations(input) {
      if (input.minor >= 25 && isWindows(input.spec)) return;
      yield* badSeccomp(input);
      yield* missing(
        input,
        ['seccompProfile', 'type'],
        (subject) =>
          `${subject} or its pod must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
      );
    },
  },
  {
    name: 'sysctls',
    level: 'baseline',
    *violations({ spec, minor }) {
      for (const [index, sysctl] of listOf(podSecurity(spec)['sysctls']).entries()) {
        const { name } = fieldsOf(sysctl);
        if (has(allowedSysctls, String(name), minor)) continue;
        yield {
          pointer: `/spec/securityContext/sysctls/${index}/name`,
          message: `the pod sets the sysctl ${String(name)}`,
        };
      }
    },
  },
  {
    name: 'windowsHostProcess',
    level: 'baseline',
    *violations(input) {
      yield* badValues(
        input,
        ['windowsOptions', 'hostProcess'],
        (value) => value === true,
        (_, subject) => `${subject} is a HostProcess container`,
      );
    },
  },
];

function* badSeccomp(input: PodSecurityInput): Generator<Found> {
  yield* badValues(
    input,
    ['seccompProfile', 'type'],
    (value) => !allowedSeccomp.has(value),
    (value, subject) => `${subject} sets the seccomp profile "${String(value)}"`,
  );
}
