import type { CustomResource, Texts } from './metadata.ts';

/**
 * Which nodes GKE makes for the pods that select the class by `cloud.google.com/compute-class`.
 * Source: the CRD of GKE as docs.cloud.google.com/kubernetes-engine/docs/reference/crds/computeclass describes it; the node's system
 * configuration (kubelet, sysctls) is left open.
 */
export interface ComputeClass extends CustomResource<'cloud.google.com/v1', 'ComputeClass'> {
  readonly spec: {
    readonly activeMigration?: {
      readonly ensureAllDaemonSetPodsRunning?: boolean;
      readonly optimizeRulePriority?: boolean;
    };
    readonly allocationStrategyDefaults?: Texts;
    readonly autopilot?: { readonly enabled: boolean };
    readonly autoscalingPolicy?: {
      /**
       * @integer
       * @minimum 1
       * @maximum 1440
       */
      readonly consolidationDelayMinutes?: number;
      /**
       * @integer
       * @minimum 0
       * @maximum 100
       */
      readonly consolidationThreshold?: number;
      /**
       * @integer
       * @minimum 0
       * @maximum 100
       */
      readonly gpuConsolidationThreshold?: number;
    };
    readonly buffers?: readonly Open[];
    readonly description?: string;
    readonly nodePoolAutoCreation?: {
      readonly enabled: boolean;
      readonly shieldedInstanceConfig?: {
        readonly enableIntegrityMonitoring?: boolean;
        readonly enableSecureBoot?: boolean;
      };
    };
    readonly nodePoolConfig?: {
      readonly autoRepair?: boolean;
      readonly autoUpgrade?: boolean;
      readonly confidentialNodeType?: 'CONFIDENTIAL_INSTANCE_TYPE_UNSPECIFIED' | 'SEV' | 'SEV_SNP' | 'TDX';
      readonly dra?: Open;
      readonly gvnic?: { readonly enabled: boolean };
      readonly imageStreaming?: { readonly enabled: boolean };
      readonly imageType?: 'cos_containerd' | 'ubuntu_containerd';
      readonly ipType?: 'public' | 'private';
      readonly loggingConfig?: { readonly loggingVariantConfig?: { readonly variant?: 'DEFAULT' | 'MAX_THROUGHPUT' } };
      readonly nodeLabels?: Texts;
      readonly resourceManagerTags?: readonly { readonly key?: string; readonly value?: string }[];
      readonly sandbox?: { readonly type?: string };
      readonly serviceAccount?: string;
      readonly taintConfig?: { readonly architectureTaintBehavior?: 'NONE' | 'ARM' };
      readonly taints?: readonly Taint[];
      readonly workloadType?: 'HIGH_AVAILABILITY' | 'HIGH_THROUGHPUT';
    };
    readonly nodePoolGroup?: { readonly name: string };
    readonly priorities?: readonly Priority[];
    readonly priorityDefaults?: { readonly location?: Location; readonly nodeSystemConfig?: Open };
    /** The API server fills in `DoNotScaleUp`. */
    readonly whenUnsatisfiable?: 'ScaleUpAnyway' | 'DoNotScaleUp';
  };
}

interface Priority {
  readonly allocationStrategy?: string;
  /** @integer */
  readonly capacityCheckWaitTimeSeconds?: number;
  readonly flexStart?: {
    readonly enabled: boolean;
    readonly nodeRecycling?: {
      /** @integer */
      readonly leadTimeSeconds: number;
    };
  };
  readonly gpu?: {
    /** @integer */
    readonly count?: number;
    readonly driverVersion?: 'default' | 'latest';
    readonly sharing?: Open;
    readonly type?: string;
  };
  readonly location?: Location;
  /** @maxLength 10 */
  readonly machineFamily?: string;
  readonly machineType?: string;
  /**
   * @integer
   * @minimum 8
   * @maximum 256
   */
  readonly maxPodsPerNode?: number;
  /** @integer */
  readonly maxRunDurationSeconds?: number;
  /** @integer */
  readonly minCores?: number;
  readonly minCpuPlatform?: string;
  /** @integer */
  readonly minMemoryGb?: number;
  readonly nodeLabels?: Texts;
  readonly nodeSystemConfig?: Open;
  readonly nodepools?: readonly string[];
  readonly placement?: { readonly policyName: string };
  readonly podFamily?: string;
  readonly priorityScore?: number;
  readonly reservations?: {
    readonly affinity: 'Specific' | 'AnyBestEffort' | 'None';
    readonly specific?: readonly Open[];
  };
  readonly spot?: boolean;
  readonly storage?: {
    readonly bootDiskKMSKey?: string;
    /** @integer */
    readonly bootDiskSize?: number;
    readonly bootDiskType?: 'pd-balanced' | 'pd-standard' | 'pd-ssd' | 'hyperdisk-balanced';
    /** @integer */
    readonly localSSDCount?: number;
    readonly secondaryBootDisks?: readonly Open[];
  };
  readonly taints?: readonly Taint[];
  readonly tpu?: {
    /** @integer */
    readonly count?: number;
    readonly topology?: string;
    readonly type?: string;
  };
}

interface Location {
  readonly locationPolicy?: 'ANY' | 'BALANCED';
  readonly zones?: readonly string[];
}

interface Taint {
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  readonly key?: string;
  readonly value?: string;
}

/** What changes with every version of GKE; not checked. */
type Open = Readonly<Record<string, unknown>>;
