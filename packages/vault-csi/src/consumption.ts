import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { keysOf, type Secret } from './secret.ts';

/** What a pod needs to read a secret, as data for whoever builds the pod. */
export interface SecretConsumption {
  /** Name of the Kubernetes Secret that environment variables refer to. */
  readonly secretName: string;
  readonly keys: readonly string[];
  /** The volume with one file per key. */
  readonly volume: IVolume;
  /**
   * True where the volume must be mounted even if only environment variables are wanted: the CSI driver makes the synced
   * Secret when a pod mounts the class, and removes it with the last one.
   */
  readonly mountRequired: boolean;
}

/** Folder under which secrets are mounted unless the app says otherwise. */
export const secretsFolder = '/var/run/secrets/fairlead';

/** How pods consume a secret on its cluster. */
export function consumptionOf(secret: Secret): SecretConsumption {
  const { implementation, addon } = secret.cluster.capabilities.secrets;
  const keys = keysOf(secret).map((each) => each.key);
  // Named for the secret, so that several can stand side by side in a pod.
  const name = `secret-${secret.secret ?? secret.name}`;
  if (implementation === 'external-secrets') {
    return {
      secretName: secret.name,
      keys,
      volume: { name, secret: { secretName: secret.name, defaultMode: 0o440 } },
      mountRequired: false,
    };
  }
  const managed = implementation === 'gcp' && addon === true;
  return {
    secretName: secret.name,
    keys,
    volume: {
      name,
      csi: {
        driver: managed ? 'secrets-store-gke.csi.k8s.io' : 'secrets-store.csi.k8s.io',
        readOnly: true,
        volumeAttributes: { secretProviderClass: secret.name },
      },
    },
    // The managed add-on syncs by a SecretSync, without any pod.
    mountRequired: secret.sync !== false && !managed,
  };
}

/** The mount of {@link SecretConsumption.volume}; `path` defaults to a folder of the secret's own. */
export function secretMount(
  consumption: SecretConsumption,
  path = `${secretsFolder}/${consumption.secretName}`,
): IVolumeMount {
  return { name: consumption.volume.name, mountPath: path, readOnly: true };
}

/** The source of an environment variable. */
export function secretKeyRef(
  consumption: SecretConsumption,
  key: string,
): { secretKeyRef: { name: string; key: string } } {
  return { secretKeyRef: { name: consumption.secretName, key } };
}
