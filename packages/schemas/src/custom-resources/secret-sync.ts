import type { CustomResource, Texts } from './metadata.ts';

/**
 * A Kubernetes Secret that GKE's Secret Manager add-on keeps from a SecretProviderClass, without any pod (GKE 1.34 and later).
 * The fields are those of kubernetes-sigs/secrets-store-sync-controller, which the add-on serves under Google's group;
 * its own CRD is not published.
 */
export interface SecretSync extends CustomResource<'secret-sync.gke.io/v1', 'SecretSync'> {
  readonly spec: {
    readonly secretProviderClassName: string;
    /** Reads the secrets, and is what the cloud sees. */
    readonly serviceAccountName: string;
    readonly secretObject: {
      /** Type of the Secret, such as `Opaque` or `kubernetes.io/tls`. */
      readonly type: string;
      readonly labels?: Texts;
      readonly annotations?: Texts;
      readonly data: readonly {
        /** Name of the file that the SecretProviderClass would mount, or its alias. */
        readonly sourcePath: string;
        /** Key in the Secret. */
        readonly targetKey: string;
      }[];
    };
    /** Any change of it makes the controller read the secrets again. */
    readonly forceSynchronization?: string;
  };
}
