import type { CustomResource, Texts } from './metadata.ts';

/**
 * A set of secrets that the Secrets Store CSI driver mounts.
 * Source: kubernetes-sigs/secrets-store-csi-driver, `apis/v1/secretproviderclass_types.go`.
 */
export interface SecretProviderClass extends CustomResource<'secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass'> {
  readonly spec?: {
    /** The provider's name: `vault`, `aws`, `gcp`, `gke`, `azure`. */
    readonly provider?: string;
    /** Settings of the provider, all texts; `objects` is a YAML document in a text. */
    readonly parameters?: Texts;
    /** Kubernetes Secrets kept in step with what is mounted. */
    readonly secretObjects?: readonly SecretObject[];
  };
}

/** A Kubernetes Secret that the driver keeps while a pod mounts the class. */
export interface SecretObject {
  readonly secretName?: string;
  readonly type?: string;
  readonly labels?: Texts;
  readonly annotations?: Texts;
  readonly data?: readonly {
    /** Name of the mounted file, or its alias. */
    readonly objectName?: string;
    /** Key in the Secret. */
    readonly key?: string;
  }[];
}
