import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory/model';
import { type Ownership, ownershipLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { VolumeSnapshotClass } from '@fairlead/schemas/custom-resources/volume-snapshot';
import { Construct } from 'constructs';
import { drivers } from './drivers.ts';
import { reclaimPolicy } from './storage-classes.ts';

export interface SnapshotClassProps {
  readonly cluster: Cluster;
  readonly owner: Ownership;
  /** Default `snapshots`. */
  readonly name?: string | undefined;
}

/** The VolumeSnapshotClass of a cluster's block volumes, which Velero and the cluster's default both find. */
export class SnapshotClass extends Construct {
  constructor(scope: Construct, id: string, { cluster, owner, name = 'snapshots' }: SnapshotClassProps) {
    super(scope, id);
    const driver = cluster.capabilities.storage.blockDriver;
    const parameters = drivers[driver]?.snapshot?.(cluster.region);
    if (drivers[driver] !== undefined && parameters === undefined) {
      const message = `cluster ${cluster.name}: ${driver} makes no snapshots`;
      report(
        this,
        diagnostic('storage/unsupported-intent', {
          message,
          hint: 'leave the VolumeSnapshotClass out',
          clusters: [cluster.name],
        }),
      );
    }
    new KubernetesObject(this, 'class', {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: {
        name,
        labels: { ...ownershipLabels(owner), 'velero.io/csi-volumesnapshot-class': 'true' },
        annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' },
      },
      driver,
      deletionPolicy: reclaimPolicy(cluster),
      ...(parameters === undefined || Object.keys(parameters).length === 0 ? {} : { parameters }),
    } satisfies VolumeSnapshotClass);
  }
}
