import type { CustomResource, LabelSelector } from './metadata.ts';

/**
 * Egress by host name on GKE Dataplane V2 (managed, not the add-on controller that serves v1alpha3).
 * The fields are those of Google's documented examples; its CRD is not published.
 */
export interface FQDNNetworkPolicy extends CustomResource<'networking.gke.io/v1alpha1', 'FQDNNetworkPolicy'> {
  readonly spec: {
    readonly egress: readonly {
      readonly matches: readonly { readonly name?: string; readonly pattern?: string }[];
      readonly ports?: readonly {
        /**
         * @integer
         * @minimum 1
         * @maximum 65535
         */
        readonly port?: number;
        readonly protocol?: 'TCP' | 'UDP' | 'ALL';
      }[];
    }[];
    readonly podSelector: LabelSelector;
  };
}
