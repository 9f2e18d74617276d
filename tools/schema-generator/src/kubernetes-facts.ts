import { quantityPattern } from '@fairlead/schemas/schema';
import type { Schema } from './schema.ts';

// What the OpenAPI documents of Kubernetes only say in prose, by `<Type>#<field>`; sources: the descriptions in
// `@kubernetes/client-node`'s declarations, which are the comments of k8s.io/api. Kept to what a manifest gets wrong.

/** Fields of type resource.Quantity, which the generated models show as plain strings. */
const quantityFields = new Set(
  `CSIStorageCapacity#capacity CSIStorageCapacity#maximumVolumeSize CapacityRequestPolicy#default
  CapacityRequestPolicyRange#max CapacityRequestPolicyRange#min CapacityRequestPolicyRange#step
  CapacityRequirements#requests Counter#value DeviceCapacity#value EmptyDirVolumeSource#sizeLimit LimitRangeItem#default
  LimitRangeItem#defaultRequest LimitRangeItem#max LimitRangeItem#maxLimitRequestRatio LimitRangeItem#min
  Overhead#podFixed PersistentVolumeSpec#capacity PodSpec#overhead ResourceFieldSelector#divisor ResourceQuotaSpec#hard
  ResourceRequirements#limits ResourceRequirements#requests VolumeResourceRequirements#limits
  VolumeResourceRequirements#requests HPAScalingRules#tolerance MetricTarget#averageValue MetricTarget#value`.split(
    /\s+/,
  ),
);

/** True for a field that holds a quantity or a map of quantities. */
export function isQuantity(field: string): boolean {
  return quantityFields.has(field);
}

/** A quantity: a number, or a string of apimachinery's resource.Quantity format. */
export const quantity: Schema = {
  type: ['string', 'number'],
  pattern: quantityPattern,
};

const port: Schema = { minimum: 1, maximum: 65535 };
const portOrUnset: Schema = { minimum: 0, maximum: 65535 };
const natural: Schema = { minimum: 0 };
const base64: Schema = { additionalProperties: { type: 'string', pattern: '^[A-Za-z0-9+/\\r\\n]*={0,2}[\\r\\n]*$' } };

const ranges: Readonly<Record<string, Schema>> = {
  'ContainerPort#containerPort': port,
  'ContainerPort#hostPort': portOrUnset,
  'ServicePort#port': port,
  'ServicePort#nodePort': portOrUnset,
  'ServiceBackendPort#number': portOrUnset,
  'NetworkPolicyPort#endPort': port,
  'GRPCAction#port': port,
  'DeploymentSpec#replicas': natural,
  'StatefulSetSpec#replicas': natural,
  'ReplicaSetSpec#replicas': natural,
  'DeploymentSpec#minReadySeconds': natural,
  'DeploymentSpec#revisionHistoryLimit': natural,
  'JobSpec#parallelism': natural,
  'JobSpec#completions': natural,
  'JobSpec#backoffLimit': natural,
  'JobSpec#ttlSecondsAfterFinished': natural,
  'CronJobSpec#successfulJobsHistoryLimit': natural,
  'CronJobSpec#failedJobsHistoryLimit': natural,
  'HorizontalPodAutoscalerSpec#maxReplicas': { minimum: 1 },
  'HorizontalPodAutoscalerSpec#minReplicas': natural,
  'PodSpec#terminationGracePeriodSeconds': natural,
  'Probe#initialDelaySeconds': natural,
  'Probe#timeoutSeconds': natural,
  'Probe#periodSeconds': natural,
  'Probe#successThreshold': natural,
  'Probe#failureThreshold': natural,
  'Secret#data': base64,
  'ConfigMap#binaryData': base64,
};

const enums: Readonly<Record<string, string>> = {
  'AppArmorProfile#type': 'Localhost RuntimeDefault Unconfined',
  'Container#imagePullPolicy': 'Always IfNotPresent Never',
  'EphemeralContainer#imagePullPolicy': 'Always IfNotPresent Never',
  'ImageVolumeSource#pullPolicy': 'Always IfNotPresent Never',
  'Container#restartPolicy': 'Always Never OnFailure',
  'Container#terminationMessagePolicy': 'FallbackToLogsOnError File',
  'ContainerPort#protocol': 'SCTP TCP UDP',
  'ServicePort#protocol': 'SCTP TCP UDP',
  'NetworkPolicyPort#protocol': 'SCTP TCP UDP',
  'CronJobSpec#concurrencyPolicy': 'Allow Forbid Replace',
  'CustomResourceDefinitionSpec#scope': 'Cluster Namespaced',
  'DaemonSetUpdateStrategy#type': 'OnDelete RollingUpdate',
  'DeploymentStrategy#type': 'Recreate RollingUpdate',
  'StatefulSetUpdateStrategy#type': 'OnDelete RollingUpdate',
  'StatefulSetSpec#podManagementPolicy': 'OrderedReady Parallel',
  'StatefulSetPersistentVolumeClaimRetentionPolicy#whenDeleted': 'Delete Retain',
  'StatefulSetPersistentVolumeClaimRetentionPolicy#whenScaled': 'Delete Retain',
  'EndpointSlice#addressType': 'FQDN IPv4 IPv6',
  'HTTPGetAction#scheme': 'HTTP HTTPS',
  'HTTPIngressPath#pathType': 'Exact ImplementationSpecific Prefix',
  'HPAScalingPolicy#type': 'Percent Pods',
  'HPAScalingRules#selectPolicy': 'Disabled Max Min',
  'MetricSpec#type': 'ContainerResource External Object Pods Resource',
  'MetricTarget#type': 'AverageValue Utilization Value',
  'JobSpec#completionMode': 'Indexed NonIndexed',
  'JobSpec#podReplacementPolicy': 'Failed TerminatingOrFailed',
  'PodFailurePolicyRule#action': 'Count FailIndex FailJob Ignore',
  'LabelSelectorRequirement#operator': 'DoesNotExist Exists In NotIn',
  'NodeSelectorRequirement#operator': 'DoesNotExist Exists Gt In Lt NotIn',
  'Toleration#operator': 'Equal Exists Gt Lt',
  'Toleration#effect': 'NoExecute NoSchedule PreferNoSchedule',
  'Taint#effect': 'NoExecute NoSchedule PreferNoSchedule',
  'NetworkPolicySpec#policyTypes': 'Egress Ingress',
  'PersistentVolumeClaimSpec#accessModes': 'ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod',
  'PersistentVolumeSpec#accessModes': 'ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod',
  'PersistentVolumeClaimSpec#volumeMode': 'Block Filesystem',
  'PersistentVolumeSpec#volumeMode': 'Block Filesystem',
  'PersistentVolumeSpec#persistentVolumeReclaimPolicy': 'Delete Recycle Retain',
  'StorageClass#reclaimPolicy': 'Delete Recycle Retain',
  'StorageClass#volumeBindingMode': 'Immediate WaitForFirstConsumer',
  'PodDisruptionBudgetSpec#unhealthyPodEvictionPolicy': 'AlwaysAllow IfHealthyBudget',
  'PodSecurityContext#fsGroupChangePolicy': 'Always OnRootMismatch',
  'PodSecurityContext#supplementalGroupsPolicy': 'Merge Strict',
  'PodSpec#dnsPolicy': 'ClusterFirst ClusterFirstWithHostNet Default None',
  'PodSpec#preemptionPolicy': 'Never PreemptLowerPriority',
  'PriorityClass#preemptionPolicy': 'Never PreemptLowerPriority',
  'PodSpec#restartPolicy': 'Always Never OnFailure',
  'SeccompProfile#type': 'Localhost RuntimeDefault Unconfined',
  'SecurityContext#procMount': 'Default Unmasked',
  'ServiceSpec#externalTrafficPolicy': 'Cluster Local',
  'ServiceSpec#internalTrafficPolicy': 'Cluster Local',
  'ServiceSpec#ipFamilies': 'IPv4 IPv6',
  'ServiceSpec#ipFamilyPolicy': 'PreferDualStack RequireDualStack SingleStack',
  'ServiceSpec#sessionAffinity': 'ClientIP None',
  'ServiceSpec#type': 'ClusterIP ExternalName LoadBalancer NodePort',
  'TopologySpreadConstraint#nodeAffinityPolicy': 'Honor Ignore',
  'TopologySpreadConstraint#nodeTaintsPolicy': 'Honor Ignore',
  'TopologySpreadConstraint#whenUnsatisfiable': 'DoNotSchedule ScheduleAnyway',
  'ValidatingWebhook#failurePolicy': 'Fail Ignore',
  'MutatingWebhook#failurePolicy': 'Fail Ignore',
  'ValidatingAdmissionPolicySpec#failurePolicy': 'Fail Ignore',
  'ValidatingAdmissionPolicyBindingSpec#validationActions': 'Audit Deny Warn',
  'VolumeMount#mountPropagation': 'Bidirectional HostToContainer None',
};

/** The schema of a field with its range or closed set of values added; unchanged where none is known. */
export function overlay(field: string, schema: Schema): Schema {
  const range = ranges[field];
  if (range !== undefined) return { ...schema, ...range };
  const values = enums[field]?.split(' ');
  if (values === undefined) return schema;
  return schema.items === undefined
    ? { ...schema, enum: values }
    : { ...schema, items: { ...schema.items, enum: values } };
}
