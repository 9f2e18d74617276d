import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { Cluster, StorageIntent } from '@fairlead/inventory/model';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { IPersistentVolumeClaimSpec } from 'kubernetes-models/v1/PersistentVolumeClaimSpec';
import { drivers } from './drivers.ts';

export type AccessMode = 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany' | 'ReadOnlyMany';

/** Storage that a workload asks for; it names no class. */
export interface Claim {
  /** Default `default`. */
  readonly intent?: StorageIntent | undefined;
  /** Such as `20Gi`. */
  readonly size: string;
  /** Default: `ReadWriteMany` for shared storage, else `ReadWriteOnce`. */
  readonly accessModes?: readonly [AccessMode, ...AccessMode[]] | undefined;
}

/** The driver that serves an intent on a cluster. */
export function driverOf(cluster: Cluster, intent: StorageIntent): string | undefined {
  const { blockDriver, fileDriver } = cluster.capabilities.storage;
  return intent === 'shared' ? fileDriver : blockDriver;
}

/** Which intents a cluster can give: those with a class and a driver. */
export function offeredIntents(cluster: Cluster): StorageIntent[] {
  const all: readonly StorageIntent[] = ['default', 'fast', 'shared', 'cheap'];
  const { classes } = cluster.capabilities.storage;
  return all.filter((intent) => classes[intent] !== undefined && driverOf(cluster, intent) !== undefined);
}

/** Spec of a PersistentVolumeClaim, for claims of their own and for `volumeClaimTemplates`, and what the cluster cannot give. */
export function claimSpec(
  cluster: Cluster,
  { intent = 'default', size, accessModes }: Claim,
): { spec: IPersistentVolumeClaimSpec; diagnostics: Diagnostic[] } {
  const { classes } = cluster.capabilities.storage;
  const clusters = [cluster.name];
  const modes = accessModes ?? [intent === 'shared' ? 'ReadWriteMany' : 'ReadWriteOnce'];
  const driver = driverOf(cluster, intent);
  const storageClassName = classes[intent];
  const diagnostics: Diagnostic[] = [];
  if (storageClassName === undefined || driver === undefined) {
    const lacks =
      driver === undefined
        ? 'no driver for it (capabilities.storage.fileDriver)'
        : `no class for it (capabilities.storage.classes.${intent})`;
    diagnostics.push(
      diagnostic('storage/unsupported-intent', {
        message: `a claim asks cluster ${cluster.name} for ${intent} storage, and the cluster file names ${lacks}`,
        hint: `it can give: ${offeredIntents(cluster).join(', ') || 'none'}`,
        clusters,
      }),
    );
  }
  const shared = modes.find((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
  if (shared !== undefined && intent !== 'shared') {
    diagnostics.push(
      diagnostic('storage/access-mode', {
        message: `a claim wants ${shared} of ${intent} storage, which is a block volume of one node`,
        hint: "ask for intent 'shared', or for ReadWriteOnce",
        clusters,
      }),
    );
  }
  const bytes = quantityNumber(size);
  const minimum = driver === undefined ? undefined : drivers[driver]?.kinds[intent]?.minimum;
  if (bytes === undefined || bytes <= 0) {
    diagnostics.push(
      diagnostic('storage/invalid-size', {
        message: `"${size}" is no size of a claim`,
        hint: 'write a positive quantity such as 20Gi',
        clusters,
      }),
    );
  } else if (minimum !== undefined && bytes < (quantityNumber(minimum) ?? 0)) {
    diagnostics.push(
      diagnostic('storage/invalid-size', {
        message: `a claim asks for ${size} of ${intent} storage, and ${driver} makes volumes of ${minimum} and more`,
        hint: `ask for ${minimum}, or for another intent`,
        clusters,
      }),
    );
  }
  return {
    spec: {
      accessModes: [...modes],
      resources: { requests: { storage: size } },
      ...(storageClassName === undefined ? {} : { storageClassName }),
      volumeMode: 'Filesystem',
    },
    diagnostics,
  };
}
