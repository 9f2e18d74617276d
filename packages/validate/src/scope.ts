import type { Manifest } from '@fairlead/objects';

/**
 * Cluster-scoped kinds, by API group: those of Kubernetes after the discovery documents of 1.34.2
 * (https://github.com/kubernetes/kubernetes/tree/v1.34.2/api/discovery), those of controllers that clusters commonly run after their
 * CustomResourceDefinitions. `*`: every kind of the group.
 */
const clusterScoped: Readonly<Record<string, string>> = {
  '': 'ComponentStatus Namespace Node PersistentVolume',
  'admissionregistration.k8s.io':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  'apiregistration.k8s.io': 'APIService',
  'authentication.k8s.io': 'SelfSubjectReview TokenReview',
  'authorization.k8s.io': 'SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'certificates.k8s.io': 'CertificateSigningRequest ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io': 'FlowSchema PriorityLevelConfiguration',
  'internal.apiserver.k8s.io': 'StorageVersion',
  'networking.k8s.io': 'IngressClass IPAddress ServiceCIDR',
  'node.k8s.io': 'RuntimeClass',
  policy: 'PodSecurityPolicy',
  'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding',
  'resource.k8s.io': 'DeviceClass DeviceTaintRule ResourceSlice',
  'scheduling.k8s.io': 'PriorityClass',
  'storage.k8s.io': 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass',
  'storagemigration.k8s.io': 'StorageVersionMigration',

  'argoproj.io': 'ClusterAnalysisTemplate ClusterWorkflowTemplate',
  'cert-manager.io': 'ClusterIssuer',
  'cilium.io': 'CiliumClusterwideNetworkPolicy',
  'cloud.google.com': 'ComputeClass',
  'constraints.gatekeeper.sh': '*',
  'crd.projectcalico.org': 'GlobalNetworkPolicy GlobalNetworkSet IPPool FelixConfiguration BGPConfiguration BGPPeer',
  'eks.amazonaws.com': 'NodeClass',
  'elbv2.k8s.aws': 'IngressClassParams',
  'external-secrets.io': 'ClusterSecretStore ClusterExternalSecret ClusterPushSecret',
  'gateway.networking.k8s.io': 'GatewayClass',
  'karpenter.azure.com': 'AKSNodeClass',
  'karpenter.k8s.aws': 'EC2NodeClass',
  'karpenter.sh': 'NodePool NodeClaim',
  'keda.sh': 'ClusterTriggerAuthentication',
  'kyverno.io': 'ClusterPolicy ClusterCleanupPolicy',
  'monitoring.googleapis.com': 'ClusterNodeMonitoring ClusterPodMonitoring ClusterRules GlobalRules',
  'operator.tigera.io': 'Installation APIServer',
  'policy.networking.k8s.io': 'AdminNetworkPolicy BaselineAdminNetworkPolicy',
  'projectcalico.org': 'GlobalNetworkPolicy GlobalNetworkSet IPPool FelixConfiguration BGPConfiguration BGPPeer',
  'snapshot.storage.k8s.io': 'VolumeSnapshotClass VolumeSnapshotContent',
  'templates.gatekeeper.sh': 'ConstraintTemplate',
  'trust.cert-manager.io': 'Bundle',
};

const clusterScopedKinds = new Set(
  Object.entries(clusterScoped).flatMap(([group, kinds]) => kinds.split(' ').map((kind) => `${group}/${kind}`)),
);

/** API groups that Kubernetes itself serves, and so whose kinds need no CustomResourceDefinition. */
export function isBuiltInGroup(group: string): boolean {
  return builtInGroups.has(group);
}

const builtInGroups = new Set(
  (
    '  admissionregistration.k8s.io apiextensions.k8s.io apiregistration.k8s.io apps authentication.k8s.io authorization.k8s.io autoscaling ' +
    'batch certificates.k8s.io coordination.k8s.io discovery.k8s.io events.k8s.io extensions flowcontrol.apiserver.k8s.io ' +
    'internal.apiserver.k8s.io networking.k8s.io node.k8s.io policy rbac.authorization.k8s.io resource.k8s.io scheduling.k8s.io ' +
    'storage.k8s.io storagemigration.k8s.io'
  ).split(' '),
);

/** Where objects of a kind live. `stated`: where their manifests say, because nothing is known of the kind. */
export type KindScope = 'Namespaced' | 'Cluster' | 'stated';

/** Where a kind lives: from the CustomResourceDefinitions given, else from the list of known kinds. */
export function scopeOf(
  group: string,
  kind: string,
  definitions: ReadonlyMap<string, 'Namespaced' | 'Cluster'>,
): KindScope {
  const key = `${group}/${kind}`;
  const defined = definitions.get(key);
  if (defined !== undefined) return defined;
  if (clusterScopedKinds.has(key) || clusterScoped[group] === '*') return 'Cluster';
  return builtInGroups.has(group) ? 'Namespaced' : 'stated';
}

/** The namespace that a manifest goes to, `default` where it states none; empty for one of the cluster. */
export function namespaceIn(scope: KindScope, manifest: Manifest): string {
  if (scope === 'Cluster') return '';
  const stated: unknown = manifest.metadata.namespace;
  const namespace = typeof stated === 'string' ? stated : undefined;
  if (scope === 'stated' && namespace === undefined && /^Cluster[A-Z]/.test(manifest.kind)) return '';
  return namespace || 'default';
}
