/** An API version of a kind that Kubernetes deprecated, with the minor versions of 1.x in which that happened. */
export interface RemovedApi {
  /** First minor version that warns about it. */
  readonly deprecated: number;
  /** First minor version that no longer serves it; absent: served everywhere so far. */
  readonly removed?: number;
  /** What to write instead; absent: nothing takes its place. */
  readonly replacement?: string;
}

type Row = readonly [
  apiVersion: string,
  kinds: string,
  deprecated: number,
  removed: number | undefined,
  replacement?: string,
];

/** The deprecated API migration guide, https://kubernetes.io/docs/reference/using-api/deprecation-guide/, and the API lifecycle comments of k8s.io/api. */
const rows: readonly Row[] = [
  ['extensions/v1beta1', 'Deployment DaemonSet ReplicaSet', 8, 16, 'apps/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', 9, 16, 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'PodSecurityPolicy', 10, 16],
  ['extensions/v1beta1', 'Ingress', 14, 22, 'networking.k8s.io/v1'],
  ['apps/v1beta1', 'Deployment StatefulSet ReplicaSet', 8, 16, 'apps/v1'],
  ['apps/v1beta2', 'Deployment StatefulSet DaemonSet ReplicaSet', 9, 16, 'apps/v1'],
  [
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    16,
    22,
    'admissionregistration.k8s.io/v1',
  ],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 16, 22, 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', 'APIService', 19, 22, 'apiregistration.k8s.io/v1'],
  ['authentication.k8s.io/v1beta1', 'TokenReview', 19, 22, 'authentication.k8s.io/v1'],
  [
    'authorization.k8s.io/v1beta1',
    'LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview',
    19,
    22,
    'authorization.k8s.io/v1',
  ],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', 19, 22, 'certificates.k8s.io/v1'],
  ['coordination.k8s.io/v1beta1', 'Lease', 19, 22, 'coordination.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress IngressClass', 19, 22, 'networking.k8s.io/v1'],
  [
    'rbac.authorization.k8s.io/v1beta1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    17,
    22,
    'rbac.authorization.k8s.io/v1',
  ],
  [
    'rbac.authorization.k8s.io/v1alpha1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    17,
    23,
    'rbac.authorization.k8s.io/v1',
  ],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', 14, 22, 'scheduling.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSIDriver CSINode StorageClass VolumeAttachment', 19, 22, 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', 24, 27, 'storage.k8s.io/v1'],
  ['batch/v1beta1', 'CronJob', 21, 25, 'batch/v1'],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', 21, 25, 'discovery.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', 19, 25, 'events.k8s.io/v1'],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 19, 25, 'autoscaling/v2'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 23, 26, 'autoscaling/v2'],
  ['policy/v1beta1', 'PodDisruptionBudget', 21, 25, 'policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', 21, 25],
  ['node.k8s.io/v1beta1', 'RuntimeClass', 20, 25, 'node.k8s.io/v1'],
  [
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'FlowSchema PriorityLevelConfiguration',
    23,
    26,
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta2',
    'FlowSchema PriorityLevelConfiguration',
    26,
    29,
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'FlowSchema PriorityLevelConfiguration',
    29,
    32,
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [
    'admissionregistration.k8s.io/v1beta1',
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
    31,
    34,
    'admissionregistration.k8s.io/v1',
  ],
  ['v1', 'ComponentStatus', 19, undefined],
  // KEP-4974; slices have replaced it since 1.21.
  ['v1', 'Endpoints', 33, undefined, 'discovery.k8s.io/v1 EndpointSlice'],
];

/** By `apiVersion/Kind`. */
export const removedApis: ReadonlyMap<string, RemovedApi> = new Map(
  rows.flatMap(([apiVersion, kinds, deprecated, removed, replacement]) =>
    kinds.split(' ').map(
      (kind) =>
        [
          `${apiVersion}/${kind}`,
          {
            deprecated,
            ...(removed === undefined ? {} : { removed }),
            ...(replacement === undefined ? {} : { replacement }),
          },
        ] as const,
    ),
  ),
);
