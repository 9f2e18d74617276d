import type { CustomResource, Quantities } from './metadata.ts';

/**
 * Recommends, and where it may also sets, the requests of a workload's pods.
 * Source: kubernetes/autoscaler, `vertical-pod-autoscaler/pkg/apis/autoscaling.k8s.io/v1/types.go`.
 */
export interface VerticalPodAutoscaler extends CustomResource<'autoscaling.k8s.io/v1', 'VerticalPodAutoscaler'> {
  readonly spec: {
    readonly recommenders?: readonly { readonly name: string }[];
    readonly resourcePolicy?: { readonly containerPolicies?: readonly ContainerResourcePolicy[] };
    readonly startupBoost?: StartupBoost;
    readonly targetRef: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
    readonly updatePolicy?: {
      readonly evictionRequirements?: readonly {
        readonly changeRequirement: 'TargetHigherThanRequests' | 'TargetLowerThanRequests';
        readonly resources: readonly string[];
      }[];
      /**
       * @integer
       * @minimum 1
       */
      readonly minReplicas?: number;
      readonly updateMode?: 'Off' | 'Initial' | 'Recreate' | 'InPlaceOrRecreate' | 'InPlace' | 'Auto';
    };
  };
}

interface ContainerResourcePolicy {
  readonly containerName?: string;
  readonly controlledResources?: readonly string[];
  readonly controlledValues?: 'RequestsAndLimits' | 'RequestsOnly';
  readonly maxAllowed?: Quantities;
  readonly minAllowed?: Quantities;
  readonly mode?: 'Auto' | 'Off';
  readonly oomBumpUpRatio?: string | number;
  readonly oomMinBumpUp?: string | number;
  readonly startupBoost?: StartupBoost;
}

interface StartupBoost {
  readonly cpu?: {
    readonly duration?: string;
    /** @integer */
    readonly factor?: number;
    readonly quantity?: string | number;
    readonly type: 'Factor' | 'Quantity';
  };
}
