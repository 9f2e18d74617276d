import type { CustomResource, LabelSelector } from './metadata.ts';

// Source: metallb/metallb, `api/v1beta1`.

/** Addresses that MetalLB may give to Services of type LoadBalancer. */
export interface IPAddressPool extends CustomResource<'metallb.io/v1beta1', 'IPAddressPool'> {
  readonly spec: {
    readonly addresses: readonly string[];
    readonly autoAssign?: boolean;
    readonly avoidBuggyIPs?: boolean;
    readonly serviceAllocation?: {
      readonly namespaceSelectors?: readonly LabelSelector[];
      readonly namespaces?: readonly string[];
      /** @integer */
      readonly priority?: number;
      readonly serviceSelectors?: readonly LabelSelector[];
    };
  };
}

/** Announces addresses on the local network. */
export interface L2Advertisement extends CustomResource<'metallb.io/v1beta1', 'L2Advertisement'> {
  readonly spec?: {
    readonly interfaces?: readonly string[];
    readonly ipAddressPoolSelectors?: readonly LabelSelector[];
    readonly ipAddressPools?: readonly string[];
    readonly nodeSelectors?: readonly LabelSelector[];
  };
}
