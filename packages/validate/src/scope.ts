import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import { textAt } from './json.ts';

/** Cluster-scoped kinds of Kubernetes itself and of the controllers that clusters commonly run, as `group/Kind`. */
const clusterScoped = new Set([
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  '/ComponentStatus',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'policy/PodSecurityPolicy',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  'snapshot.storage.k8s.io/VolumeSnapshotClass',
  'snapshot.storage.k8s.io/VolumeSnapshotContent',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
  'gateway.networking.k8s.io/GatewayClass',
  'cert-manager.io/ClusterIssuer',
  'external-secrets.io/ClusterSecretStore',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterPushSecret',
  'keda.sh/ClusterTriggerAuthentication',
  'karpenter.sh/NodePool',
  'karpenter.sh/NodeClaim',
  'karpenter.k8s.aws/EC2NodeClass',
  'karpenter.azure.com/AKSNodeClass',
  'eks.amazonaws.com/NodeClass',
  'cloud.google.com/ComputeClass',
  'monitoring.googleapis.com/ClusterNodeMonitoring',
  'monitoring.googleapis.com/ClusterPodMonitoring',
  'monitoring.googleapis.com/ClusterRules',
  'monitoring.googleapis.com/GlobalRules',
  'kyverno.io/ClusterPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'argoproj.io/ClusterAnalysisTemplate',
  'argoproj.io/ClusterWorkflowTemplate',
  'elbv2.k8s.aws/IngressClassParams',
  'trust.cert-manager.io/Bundle',
  'crd.projectcalico.org/GlobalNetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'operator.tigera.io/Installation',
]);

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

/** Whether a kind lives in namespaces: from the CustomResourceDefinitions given, else from the list of known kinds, else from the manifest. */
export function isNamespaced(manifest: Manifest, definitions: ReadonlyMap<string, 'Namespaced' | 'Cluster'>): boolean {
  const kind = `${groupOf(manifest.apiVersion)}/${manifest.kind}`;
  const defined = definitions.get(kind);
  if (defined !== undefined) return defined === 'Namespaced';
  if (clusterScoped.has(kind)) return false;
  if (builtInGroups.has(groupOf(manifest.apiVersion))) return true;
  return textAt(manifest, 'metadata', 'namespace') !== undefined || !/^Cluster[A-Z]/.test(manifest.kind);
}
