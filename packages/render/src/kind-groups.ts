/**
 * Kinds whose name several API groups use, with the group that is meant when nothing else is said.
 * Kinds that are not listed are taken to belong to one group.
 */
export const kindGroups: ReadonlyMap<string, string> = new Map([
  // Kubernetes' own
  ...groupKinds('', ['Binding', 'ConfigMap', 'Endpoints', 'LimitRange', 'Namespace', 'Node', 'PersistentVolume']),
  ...groupKinds('', [
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
  ]),
  ...groupKinds('', ['Service', 'ServiceAccount']),
  ...groupKinds('admissionregistration.k8s.io', ['MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy']),
  ...groupKinds('admissionregistration.k8s.io', ['ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration']),
  ...groupKinds('apiextensions.k8s.io', ['CustomResourceDefinition']),
  ...groupKinds('apiregistration.k8s.io', ['APIService']),
  ...groupKinds('apps', ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']),
  ...groupKinds('autoscaling', ['HorizontalPodAutoscaler']),
  ...groupKinds('batch', ['CronJob', 'Job']),
  ...groupKinds('certificates.k8s.io', ['CertificateSigningRequest']),
  ...groupKinds('coordination.k8s.io', ['Lease']),
  ...groupKinds('discovery.k8s.io', ['EndpointSlice']),
  ...groupKinds('flowcontrol.apiserver.k8s.io', ['FlowSchema', 'PriorityLevelConfiguration']),
  ...groupKinds('networking.k8s.io', ['Ingress', 'IngressClass', 'NetworkPolicy']),
  ...groupKinds('node.k8s.io', ['RuntimeClass']),
  ...groupKinds('policy', ['PodDisruptionBudget']),
  ...groupKinds('rbac.authorization.k8s.io', ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']),
  ...groupKinds('scheduling.k8s.io', ['PriorityClass']),
  ...groupKinds('storage.k8s.io', ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment']),
  // custom resources whose names others use too
  ...groupKinds('argoproj.io', ['Application', 'AppProject', 'Rollout']),
  ...groupKinds('cert-manager.io', ['Certificate', 'CertificateRequest', 'ClusterIssuer', 'Issuer']),
  ...groupKinds('gateway.networking.k8s.io', ['BackendTLSPolicy', 'Gateway', 'GatewayClass', 'GRPCRoute', 'HTTPRoute']),
  ...groupKinds('kustomize.toolkit.fluxcd.io', ['Kustomization']),
  ...groupKinds('kyverno.io', ['ClusterPolicy', 'Policy', 'PolicyException']),
  ...groupKinds('postgresql.cnpg.io', ['Backup', 'Cluster', 'Database', 'ScheduledBackup']),
]);

function groupKinds(group: string, kinds: readonly string[]): [string, string][] {
  return kinds.map((kind) => [kind, group]);
}
