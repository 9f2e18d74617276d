import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { Cluster, StorageIntent } from '@fairlead/inventory/model';
import { type Manifest, type Ownership, ownershipLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { Construct } from 'constructs';
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1/StorageClass';
import { driverOf, offeredIntents } from './claim.ts';
import { drivers } from './drivers.ts';

export interface StorageClassesProps {
  readonly cluster: Cluster;
  readonly owner: Ownership;
}

/**
 * The StorageClass objects of a cluster, for the app that owns what the cluster needs as a whole: encrypted with the cluster's key,
 * bound when a pod is placed, expandable. Classes that the cluster comes with are left alone: providers overwrite changes to them.
 */
export class StorageClasses extends Construct {
  constructor(scope: Construct, id: string, { cluster, owner }: StorageClassesProps) {
    super(scope, id);
    const { objects, diagnostics } = renderStorageClasses(cluster, owner);
    for (const object of objects) new KubernetesObject(this, `class-${object.metadata.name}`, object);
    for (const each of diagnostics) report(this, each);
  }
}

/** The classes as manifests, and what they cannot be. */
export function renderStorageClasses(
  cluster: Cluster,
  owner: Ownership,
): { objects: Manifest[]; diagnostics: Diagnostic[] } {
  const { classes, encryptionKey } = cluster.capabilities.storage;
  const objects = new Map<string, Manifest>();
  const diagnostics: Diagnostic[] = [];
  const unencrypted = (message: string, hint: string) =>
    void diagnostics.push(
      diagnostic('storage/unencrypted', {
        message: `cluster ${cluster.name}: ${message}`,
        hint,
        clusters: [cluster.name],
      }),
    );
  for (const intent of offeredIntents(cluster)) {
    const name = classes[intent];
    const driver = driverOf(cluster, intent);
    if (name === undefined || driver === undefined || objects.has(name)) continue;
    if (cluster.offers.storageClasses.includes(name)) {
      if (encryptionKey !== undefined && drivers[driver]?.encrypt !== undefined) {
        unencrypted(
          `the class ${name} for ${intent} storage comes with the cluster and does not use its key`,
          `set capabilities.storage.classes.${intent} to a name that is not among offers.storageClasses`,
        );
      }
      continue;
    }
    const known = drivers[driver];
    if (encryptionKey !== undefined && known !== undefined && known.encrypt === undefined) {
      const message = `cluster ${cluster.name}: ${known.title} volumes of class ${name} are encrypted with ${known.encrypted}, not with the cluster's key`;
      diagnostics.push(diagnostic('storage/unencrypted', { severity: 'info', message, clusters: [cluster.name] }));
    }
    if (encryptionKey !== undefined && known === undefined) {
      unencrypted(
        `how ${driver} encrypts with a key is not known`,
        'leave the key out, or write the StorageClass in an app and offer it',
      );
    }
    objects.set(name, storageClass(cluster, owner, { name, driver, intent }, diagnostics));
  }
  return { objects: [...objects.values()], diagnostics };
}

function storageClass(
  cluster: Cluster,
  owner: Ownership,
  { name, driver, intent }: { name: string; driver: string; intent: StorageIntent },
  diagnostics: Diagnostic[],
): Manifest {
  const { encryptionKey, fileSystem, classes } = cluster.capabilities.storage;
  const known = drivers[driver];
  const kind = known?.kinds[intent];
  if (driver === 'efs.csi.aws.com' && fileSystem === undefined) {
    diagnostics.push(
      diagnostic('storage/missing-setting', {
        message: `cluster ${cluster.name}: shared volumes are access points of an EFS file system, which is not named`,
        hint: 'set capabilities.storage.fileSystem, such as fs-0123456789abcdef0',
        clusters: [cluster.name],
      }),
    );
  }
  const parameters = {
    ...kind?.parameters,
    ...(driver === 'efs.csi.aws.com' && fileSystem !== undefined ? { fileSystemId: fileSystem } : {}),
    ...(encryptionKey === undefined ? {} : known?.encrypt?.(encryptionKey)),
  };
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name,
      labels: ownershipLabels(owner),
      ...(name === classes.default ? { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } : {}),
    },
    provisioner: driver,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(kind?.mountOptions === undefined ? {} : { mountOptions: [...kind.mountOptions] }),
    reclaimPolicy: reclaimPolicy(cluster),
    // A volume must lie in the zone of its pod, so the pod is placed first.
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  } satisfies IStorageClass;
}

/** In production a volume outlives its claim: a deleted namespace must not be deleted data. */
export function reclaimPolicy(cluster: Cluster): 'Retain' | 'Delete' {
  return /^prod/.test(cluster.environment.name) ? 'Retain' : 'Delete';
}
