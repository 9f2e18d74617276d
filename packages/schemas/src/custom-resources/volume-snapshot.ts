import type { CustomResource, ObjectMeta, Texts } from './metadata.ts';

// Source: kubernetes-csi/external-snapshotter, `client/apis/volumesnapshot/v1/types.go`.

/** A snapshot of a volume, of a claim or of what a driver holds already. */
export interface VolumeSnapshot extends CustomResource<'snapshot.storage.k8s.io/v1', 'VolumeSnapshot'> {
  readonly spec: {
    readonly source: { readonly persistentVolumeClaimName?: string; readonly volumeSnapshotContentName?: string };
    readonly volumeSnapshotClassName?: string;
  };
}

/** How a driver takes snapshots. */
export interface VolumeSnapshotClass {
  readonly apiVersion: 'snapshot.storage.k8s.io/v1';
  readonly kind: 'VolumeSnapshotClass';
  readonly metadata: ObjectMeta;
  readonly deletionPolicy: 'Delete' | 'Retain';
  readonly driver: string;
  readonly parameters?: Texts;
}
