import type { Cluster } from '@fairlead/inventory/model';
import type { Ownership } from '@fairlead/objects';

/** A key of a secret: its name in the cluster, and where its value lies if that is called differently. */
export interface SecretKey {
  /** Name of the file and of the key in the synced Secret. */
  readonly key: string;
  /** Property of the remote secret (Vault, AWS, External Secrets), or the whole name of the remote secret (Google, Azure). Default: the key. */
  readonly remote?: string | undefined;
}

/** A logical secret on one cluster. No value ever passes through here. */
export interface Secret {
  readonly cluster: Cluster;
  readonly owner: Ownership;
  readonly namespace: string;
  /** `metadata.name` of the objects and of the synced Secret, such as `shop-database`. */
  readonly name: string;
  /** What the app calls it; the last part of the remote path. Default: the name. */
  readonly secret?: string | undefined;
  readonly keys: readonly (string | SecretKey)[];
  /** Remote path or name, instead of `<prefix>/<secret>`. */
  readonly path?: string | undefined;
  /** Whether the keys also become a Kubernetes Secret, which environment variables need. Default true; false: files only. */
  readonly sync?: boolean | undefined;
  /** ServiceAccount of the consumers: whose identity reads the secret. */
  readonly serviceAccount?: string | undefined;
  /** Client id of that identity (Azure only). False: it has none, and whoever states the secret has told so. */
  readonly clientId?: string | false | undefined;
}

/** The keys with their remote names, in the order of their declaration. */
export function keysOf({ keys }: Pick<Secret, 'keys'>): { key: string; remote: string }[] {
  return keys.map((each) =>
    typeof each === 'string' ? { key: each, remote: each } : { key: each.key, remote: each.remote ?? each.key },
  );
}
