import { SharedParts } from '@fairlead/objects/shared-parts';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { ISecurityContext } from 'kubernetes-models/v1/SecurityContext';

/**
 * What a workload gives up of Pod Security *restricted* and of a read-only root filesystem. Every entry is a sentence that says why;
 * the reason is written beside the workload as an annotation, so that a reviewer sees it.
 */
export interface SecurityOptOuts {
  /** The container writes outside its volumes. */
  readonly writableRoot?: string;
  /** The process must be root (violates *restricted*). */
  readonly root?: string;
  /** Linux capabilities to keep. Only NET_BIND_SERVICE is allowed by *restricted*. */
  readonly capabilities?: { readonly add: readonly string[]; readonly reason: string };
  /** The container is privileged (violates *baseline*). */
  readonly privileged?: string;
}

/** User and group of images that name none of their own. */
export const defaultUser = 10001;

/** The first port that needs no privilege, where the kernel has its way. */
export const firstFreePort = 1024;

/**
 * Lets a process without privileges listen on every port of its own pod. containerd 2 does so by itself; containerd 1 and CRI-O do not,
 * and a kept NET_BIND_SERVICE does not reach a process that is not root. Safe for Kubernetes since 1.22, allowed by *restricted*.
 *
 * @see https://github.com/kubernetes/kubernetes/issues/102612
 */
const anyPort = { name: 'net.ipv4.ip_unprivileged_port_start', value: '0' };

/**
 * The pod's half of Pod Security *restricted*.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityContext(
  user: number,
  hasVolumes: boolean,
  optOuts: SecurityOptOuts,
  lowPorts = false,
): IPodSecurityContext {
  const root = optOuts.root !== undefined;
  return podContexts.of([user, hasVolumes, root, lowPorts], () => newPodContext(user, hasVolumes, root, lowPorts));
}

const podContexts = new SharedParts<IPodSecurityContext>();

function newPodContext(user: number, hasVolumes: boolean, root: boolean, lowPorts: boolean): IPodSecurityContext {
  const seccompProfile = { type: 'RuntimeDefault' as const };
  const sysctls = lowPorts ? { sysctls: [anyPort] } : {};
  if (root) return { seccompProfile, ...sysctls };
  const context: IPodSecurityContext = {
    runAsGroup: user,
    runAsNonRoot: true,
    runAsUser: user,
    seccompProfile,
    ...sysctls,
  };
  if (hasVolumes) {
    context.fsGroup = user;
    context.fsGroupChangePolicy = 'OnRootMismatch';
  }
  return context;
}

/** The container's half: no escalation, no capabilities, no writable root. */
export function containerSecurityContext(optOuts: SecurityOptOuts): ISecurityContext {
  const { writableRoot, privileged, capabilities } = optOuts;
  const make = (): ISecurityContext => newContainerContext(optOuts);
  if (capabilities !== undefined) return make();
  return containerContexts.of([writableRoot === undefined, privileged === undefined], make);
}

const containerContexts = new SharedParts<ISecurityContext>();

function newContainerContext(optOuts: SecurityOptOuts): ISecurityContext {
  const context: ISecurityContext = {
    capabilities: { drop: ['ALL'], ...(optOuts.capabilities && { add: [...optOuts.capabilities.add] }) },
    readOnlyRootFilesystem: optOuts.writableRoot === undefined,
  };
  if (optOuts.privileged === undefined) context.allowPrivilegeEscalation = false;
  else context.privileged = true;
  return context;
}

/** One line per opt-out, for the annotation that shows them to a reviewer. */
export function optOutReasons(optOuts: SecurityOptOuts): string | undefined {
  const lines = [
    optOuts.privileged && `privileged: ${optOuts.privileged}`,
    optOuts.root && `root: ${optOuts.root}`,
    optOuts.writableRoot && `writable root filesystem: ${optOuts.writableRoot}`,
    optOuts.capabilities && `capabilities ${optOuts.capabilities.add.join(', ')}: ${optOuts.capabilities.reason}`,
  ].filter((line) => line !== undefined && line !== '');
  return lines.length === 0 ? undefined : lines.join('; ');
}
