import { identityOf, type Identity, type Manifest } from './manifest.ts';

/**
 * Kinds in the order in which a cluster should meet them: what others refer to comes first.
 *
 * Follows Helm's install order, with IngressClass, PriorityClass and the newer policy kinds where they belong.
 * @see https://github.com/helm/helm/blob/main/pkg/releaseutil/kind_sorter.go
 */
const installOrder = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
];

const ranks = new Map(installOrder.map((kind, index) => [kind, index]));

/** Position of a kind among documents; kinds that are not listed, such as custom resources, come last. */
export function kindRank(kind: string): number {
  return ranks.get(kind) ?? installOrder.length;
}

/** Compares by kind order, then kind, group, namespace and name, each by UTF-16 code unit: the same on every machine. */
export function compareIdentities(a: Identity, b: Identity): number {
  return (
    kindRank(a.kind) - kindRank(b.kind) ||
    compareText(a.kind, b.kind) ||
    compareText(a.group, b.group) ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name)
  );
}

/** {@link compareIdentities} of two manifests. */
export function compareManifests(a: Manifest, b: Manifest): number {
  return compareIdentities(identityOf(a), identityOf(b));
}

/** Compares by UTF-16 code unit, without a locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
