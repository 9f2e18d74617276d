import type { CustomResource } from './metadata.ts';

// Source: Azure/aks-app-routing-operator, `api/v1alpha1`, with `identity.type` as the AKS documentation shows it.

/** The external-dns that AKS runs for one namespace. */
export interface ExternalDNS extends CustomResource<'approuting.kubernetes.azure.com/v1alpha1', 'ExternalDNS'> {
  readonly spec: ExternalDnsSpec;
}

/** The external-dns that AKS runs for the cluster. */
export interface ClusterExternalDNS extends CustomResource<
  'approuting.kubernetes.azure.com/v1alpha1',
  'ClusterExternalDNS'
> {
  readonly spec: ExternalDnsSpec & { readonly resourceNamespace: string };
}

interface ExternalDnsSpec {
  /** @minItems 1 */
  readonly dnsZoneResourceIDs: readonly string[];
  readonly filters?: {
    /** @pattern ^[^=]+=[^=]+$ */
    readonly gatewayLabels?: string;
    /** @pattern ^[^=]+=[^=]+$ */
    readonly routeAndIngressLabels?: string;
  };
  /** Not verified: the values of `type` other than the documented `workloadIdentity`. */
  readonly identity: { readonly serviceAccount?: string; readonly type?: string };
  readonly resourceName: string;
  /** @minItems 1 */
  readonly resourceTypes: readonly ('gateway' | 'ingress')[];
  /** Required by some releases and left out by the documentation of others. */
  readonly tenantID?: string;
}
