import type { INamespace } from 'kubernetes-models/v1/Namespace';
import type { Cluster } from '@fairlead/inventory';
import { strictnessOf } from '@fairlead/inventory/namespace-strictness';
import type { Labels, Manifest } from '@fairlead/objects';

/**
 * The volume claims of StatefulSets belong to no file of git: they would go with a namespace that is pruned, so delivery never deletes one.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
const keepOnDeletion = {
  argocd: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' },
  flux: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
} as const satisfies Record<Cluster['delivery']['engine'], Readonly<Record<string, string>>>;

/**
 * A namespace with Pod Security as the environment wants it, pinned to the cluster's version, so that an upgrade of the cluster
 * changes no verdict by itself.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function namespaceManifest(
  name: string,
  labels: Labels,
  { environment, kubernetes, delivery }: Cluster,
): Manifest {
  const level = strictnessOf(environment, name).podSecurity;
  const modes = ['audit', 'enforce', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetes}`],
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { ...labels, ...Object.fromEntries(modes) },
      annotations: { ...keepOnDeletion[delivery.engine] },
    },
  } satisfies INamespace & Manifest;
}
