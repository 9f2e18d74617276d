import { fieldsOf } from '@fairlead/objects/fields';
import { isShared } from '@fairlead/objects/plain';
import {
  containersOf,
  podSecurityChecks,
  type Found,
  type PodSecurityCheck,
  type PodSecurityInput,
} from './pod-security-checks.ts';

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** One rule of the standard that a pod breaks. */
export interface PodSecurityViolation {
  /** Name of the check in k8s.io/pod-security-admission, such as `runAsNonRoot`. */
  readonly check: string;
  /** JSON pointer into the pod template: `/spec/containers/0/securityContext/privileged`; into the nearest parent where the field is absent. */
  readonly pointer: string;
  readonly message: string;
}

/** The metadata of a pod template that the standard looks at. */
export interface PodMetadata {
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/**
 * What Pod Security admission would refuse in a pod, by the standard as it stood in a Kubernetes minor version.
 *
 * Restricted includes baseline; where a restricted check is the stricter form of a baseline one, only it speaks, as upstream.
 *
 * @param version of the policy: a minor version such as `1.34`, or `latest`
 * @param server version of the API server, where a namespace pins an older policy
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityViolations(
  podSpec: unknown,
  podMetadata: PodMetadata | undefined,
  level: PodSecurityLevel,
  version = 'latest',
  server = version,
): PodSecurityViolation[] {
  if (level === 'privileged') return [];
  const standard = standardOf(level, version, server);
  const spec = fieldsOf(podSpec);
  const input: PodSecurityInput = {
    spec,
    containers: containersOf(spec),
    annotations: podMetadata?.annotations ?? {},
    minor: standard.minor,
    server: standard.server,
  };
  const violations: PodSecurityViolation[] = [];
  const found: Found[] = [];
  const contexts = sharedContexts(input);
  const sound = contexts?.every((each) => standard.sound.get(each.pod)?.has(each.container)) === true;
  let wrong = false;
  for (const check of standard.checks) {
    if (sound && check.ofContexts) continue;
    check.violations(input, found);
    if (found.length === 0) continue;
    if (check.ofContexts) wrong = true;
    for (const { pointer, message } of found) violations.push({ check: check.name, pointer, message });
    found.length = 0;
  }
  if (!sound && !wrong) {
    for (const { pod, container } of contexts ?? []) {
      const known = standard.sound.get(pod);
      if (known === undefined) standard.sound.set(pod, new WeakSet([container]));
      else known.add(container);
    }
  }
  return violations;
}

/** The security contexts of each container, if manifests share all of them and nothing else has a say in what they mean. */
function sharedContexts({ spec, containers }: PodSecurityInput): { pod: object; container: object }[] | undefined {
  const pod = spec['securityContext'];
  const shared = (value: unknown): value is object => typeof value === 'object' && value !== null && isShared(value);
  if (!shared(pod) || spec['os'] !== undefined || spec['hostUsers'] !== undefined) return undefined;
  const found: { pod: object; container: object }[] = [];
  for (const { security } of containers) {
    if (!isShared(security)) return undefined;
    found.push({ pod, container: security });
  }
  // Of a pod without containers nothing has been looked at.
  return found.length === 0 ? undefined : found;
}

/** A level as it stood in a version. */
interface Standard {
  readonly checks: readonly PodSecurityCheck[];
  readonly minor: number;
  readonly server: number;
  /** Security contexts that manifests share and that break nothing: those of a container, by those of its pod. */
  readonly sound: WeakMap<object, WeakSet<object>>;
}

/** Standards by level and versions: thousands of pods are judged by the same one. */
const standards = new Map<string, Standard>();

function standardOf(level: PodSecurityLevel, version: string, server: string): Standard {
  const key = `${level} ${version} ${server}`;
  let standard = standards.get(key);
  if (standard === undefined) {
    const minor = minorOf(version);
    const checks = podSecurityChecks.filter(
      (each) => (each.level === 'baseline' || level === 'restricted') && minor >= (each.since ?? 0),
    );
    const replaced = new Set(checks.flatMap((each) => each.replaces ?? []));
    standard = {
      checks: checks.filter((each) => !replaced.has(each.name)),
      minor,
      server: minorOf(server),
      sound: new WeakMap(),
    };
    standards.set(key, standard);
  }
  return standard;
}

/** `1.34` and `v1.34` are 34; `latest` is newer than any. */
export function minorOf(version: string): number {
  const match = /^v?1\.(\d+)/.exec(version);
  return match ? Number(match[1]) : Number.POSITIVE_INFINITY;
}
