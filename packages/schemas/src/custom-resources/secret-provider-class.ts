import type { ObjectMeta } from './metadata.ts';

/**
 * A set of secrets that the Secrets Store CSI driver mounts.
 * Source: kubernetes-sigs/secrets-store-csi-driver, `deploy/secrets-store.csi.x-k8s.io_secretproviderclasses.yaml`.
 */
export interface SecretProviderClass {
  readonly apiVersion: 'secrets-store.csi.x-k8s.io/v1';
  readonly kind: 'SecretProviderClass';
  readonly metadata: ObjectMeta;
  readonly spec?: {
    /** The provider's name: `vault`, `aws`, `gcp`, `gke`, `azure`. */
    readonly provider?: string;
    /** Settings of the provider, all strings; `objects` is a YAML document in a string. */
    readonly parameters?: Readonly<Record<string, string>>;
    /** Kubernetes Secrets kept in step with what is mounted. */
    readonly secretObjects?: readonly SecretObject[];
  };
  readonly status?: Readonly<Record<string, unknown>>;
}

export interface SecretObject {
  readonly secretName?: string;
  readonly type?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly data?: readonly {
    /** Name of the mounted file, or its alias. */
    readonly objectName?: string;
    /** Key in the Secret. */
    readonly key?: string;
  }[];
}
