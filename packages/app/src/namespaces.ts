import type { INamespace } from 'kubernetes-models/v1/Namespace';
import type { Cluster } from '@fairlead/inventory';
import type { Labels, Manifest } from '@fairlead/objects';

/**
 * A namespace with Pod Security as the environment wants it, pinned to the cluster's version, so that an upgrade of the cluster
 * changes no verdict by itself.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function namespaceManifest(name: string, labels: Labels, { environment, kubernetes }: Cluster): Manifest {
  const level = environment.podSecurity;
  const modes = ['audit', 'enforce', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetes}`],
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...labels, ...Object.fromEntries(modes) } },
  } satisfies INamespace & Manifest;
}
