import type { CustomResource, Texts } from './metadata.ts';

/**
 * How Karpenter makes nodes on AKS (node auto-provisioning).
 * Source: Azure/karpenter-provider-azure, `pkg/apis/v1beta1/aksnodeclass.go`.
 */
export interface AKSNodeClass extends CustomResource<'karpenter.azure.com/v1beta1', 'AKSNodeClass'> {
  readonly spec?: {
    readonly artifactStreaming?: { readonly enabled?: boolean };
    readonly fipsMode?: 'FIPS' | 'Disabled';
    readonly imageFamily?: 'Ubuntu' | 'Ubuntu2204' | 'Ubuntu2404' | 'AzureLinux';
    readonly kubelet?: KubeletConfiguration;
    readonly linuxOSConfig?: {
      /**
       * @integer
       * @minimum 1
       */
      readonly swapFileSizeMB?: number;
      /** Names as in AKS' custom node configuration (`vmMaxMapCount`); left open. */
      readonly sysctls?: Readonly<Record<string, string | number | boolean>>;
      readonly transparentHugePageDefrag?: 'always' | 'defer' | 'defer+madvise' | 'madvise' | 'never';
      readonly transparentHugePageEnabled?: 'always' | 'madvise' | 'never';
    };
    readonly localDNS?: {
      readonly kubeDNSOverrides: readonly LocalDnsOverride[];
      readonly mode: 'Preferred' | 'Required' | 'Disabled';
      readonly vnetDNSOverrides: readonly LocalDnsOverride[];
    };
    /**
     * @integer
     * @minimum 10
     * @maximum 250
     */
    readonly maxPods?: number;
    /**
     * @integer
     * @minimum 30
     * @maximum 2048
     */
    readonly osDiskSizeGB?: number;
    readonly security?: { readonly encryptionAtHost?: boolean };
    readonly tags?: Texts;
    readonly vnetSubnetID?: string;
  };
}

interface KubeletConfiguration {
  readonly allowedUnsafeSysctls?: readonly string[];
  /**
   * @integer
   * @minimum 2
   */
  readonly containerLogMaxFiles?: number;
  /** @pattern ^\d+(E|P|T|G|M|K|Ei|Pi|Ti|Gi|Mi|Ki)$ */
  readonly containerLogMaxSize?: string;
  readonly cpuCFSQuota?: boolean;
  readonly cpuCFSQuotaPeriod?: string;
  readonly cpuManagerPolicy?: 'none' | 'static';
  /**
   * @integer
   * @minimum 0
   * @maximum 100
   */
  readonly imageGCHighThresholdPercent?: number;
  /**
   * @integer
   * @minimum 0
   * @maximum 100
   */
  readonly imageGCLowThresholdPercent?: number;
  /** @integer */
  readonly podPidsLimit?: number;
  readonly topologyManagerPolicy?: 'restricted' | 'best-effort' | 'none' | 'single-numa-node';
}

interface LocalDnsOverride {
  /** @pattern ^([0-9]+(s|m|h))+$ */
  readonly cacheDuration: string;
  readonly forwardDestination: 'ClusterCoreDNS' | 'VnetDNS';
  readonly forwardPolicy: 'Sequential' | 'RoundRobin' | 'Random';
  /**
   * @integer
   * @minimum 0
   */
  readonly maxConcurrent: number;
  readonly protocol: 'PreferUDP' | 'ForceTCP';
  readonly queryLogging: 'Error' | 'Log';
  readonly serveStale: 'Verify' | 'Immediate' | 'Disable';
  /** @pattern ^([0-9]+(s|m|h))+$ */
  readonly serveStaleDuration: string;
  readonly zone: string;
}
