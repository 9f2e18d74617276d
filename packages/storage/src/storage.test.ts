import type { StorageCapability, StorageIntent } from '@fairlead/inventory/model';
import { reported } from '@fairlead/objects/report';
import { Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { sampleCluster, sampleOwner as owner, schemaFaults } from '@fairlead/fixtures';
import { type Claim, claimSpec } from './claim.ts';
import { drivers } from './drivers.ts';
import { SnapshotClass } from './snapshot-class.ts';
import { renderStorageClasses, StorageClasses } from './storage-classes.ts';
import { renderStoragePage } from './support-page.ts';

const classes = { default: 'standard', fast: 'fast', cheap: 'cheap', shared: 'shared' };

function classOf(storage: StorageCapability, intent: StorageIntent): Record<string, unknown> | undefined {
  const { objects } = renderStorageClasses(sampleCluster({ capabilities: { storage } }), owner);
  return objects.find((object) => object.metadata.name === classes[intent]);
}

test('the default class of a production cluster on EKS', () => {
  const cluster = sampleCluster({
    capabilities: {
      storage: {
        classes: { default: 'gp3' },
        blockDriver: 'ebs.csi.aws.com',
        encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/abc',
      },
    },
    environment: { name: 'production' },
  });
  expect(stringify(renderStorageClasses(cluster, owner).objects[0])).toBe(`apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: gp3
  labels:
    app.kubernetes.io/managed-by: fairlead
    app.kubernetes.io/name: shop
    app.kubernetes.io/part-of: shop
    cloud: any
    environment: staging
    team: shop-team
  annotations:
    storageclass.kubernetes.io/is-default-class: "true"
provisioner: ebs.csi.aws.com
parameters:
  type: gp3
  encrypted: "true"
  csi.storage.k8s.io/fstype: ext4
  kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/abc
reclaimPolicy: Retain
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
`);
});

describe('parameters by driver and intent, with a key of the cluster', () => {
  const longhornKey = {
    encrypted: 'true',
    'csi.storage.k8s.io/provisioner-secret-name': 'crypto',
    'csi.storage.k8s.io/node-stage-secret-namespace': 'longhorn-system',
  };
  test.each<[string, StorageIntent, string, Record<string, string>]>([
    ['ebs.csi.aws.com', 'fast', 'key', { type: 'io2', iopsPerGB: '50', encrypted: 'true', kmsKeyId: 'key' }],
    ['ebs.csi.eks.amazonaws.com', 'default', 'key', { type: 'gp3', encrypted: 'true', kmsKeyId: 'key' }],
    ['ebs.csi.aws.com', 'cheap', 'key', { type: 'st1', encrypted: 'true' }],
    ['pd.csi.storage.gke.io', 'default', 'key', { type: 'pd-balanced', 'disk-encryption-kms-key': 'key' }],
    ['pd.csi.storage.gke.io', 'fast', 'key', { type: 'pd-ssd' }],
    ['pd.csi.storage.gke.io', 'cheap', 'key', { type: 'pd-standard' }],
    ['disk.csi.azure.com', 'default', 'key', { skuName: 'StandardSSD_ZRS', diskEncryptionSetID: 'key' }],
    ['disk.csi.azure.com', 'fast', 'key', { skuName: 'Premium_ZRS' }],
    ['disk.csi.azure.com', 'cheap', 'key', { skuName: 'Standard_LRS' }],
    ['driver.longhorn.io', 'default', 'longhorn-system/crypto', { numberOfReplicas: '3', ...longhornKey }],
    ['csi.vsphere.vmware.com', 'default', 'encrypted-policy', { storagepolicyname: 'encrypted-policy' }],
  ])('%s, %s', (blockDriver, intent, encryptionKey, parameters) => {
    expect(classOf({ classes, blockDriver, encryptionKey }, intent)).toMatchObject({
      provisioner: blockDriver,
      parameters,
    });
  });

  test.each<[string, Record<string, string>]>([
    ['efs.csi.aws.com', { provisioningMode: 'efs-ap', fileSystemId: 'fs-1' }],
    ['filestore.csi.storage.gke.io', { tier: 'enterprise', 'instance-encryption-kms-key': 'key' }],
    ['file.csi.azure.com', { protocol: 'nfs', skuName: 'Premium_LRS' }],
    ['driver.longhorn.io', { numberOfReplicas: '3', encrypted: 'true' }],
  ])('%s, shared', (fileDriver, parameters) => {
    const storage = { classes, blockDriver: 'ebs.csi.aws.com', fileDriver, encryptionKey: 'key', fileSystem: 'fs-1' };
    expect(classOf(storage, 'shared')).toMatchObject({ provisioner: fileDriver, parameters });
  });
});

test.each(Object.keys(drivers))('every class of %s fits the schema of a StorageClass', (driver) => {
  const storage = { classes, blockDriver: driver, fileDriver: driver, encryptionKey: 'a/b', fileSystem: 'fs-1' };
  expect(
    renderStorageClasses(sampleCluster({ capabilities: { storage } }), owner).objects.flatMap((object) =>
      schemaFaults(object),
    ),
  ).toEqual([]);
});

test('classes that the cluster comes with are left alone, and said to ignore its key', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const cluster = sampleCluster({
    capabilities: {
      storage: {
        classes: { default: 'managed-csi' },
        blockDriver: 'disk.csi.azure.com',
        encryptionKey: '/subscriptions/x',
      },
    },
    offers: { ...sampleCluster().offers, storageClasses: ['managed-csi'] },
  });
  const made = new StorageClasses(chart, 'classes', { cluster, owner });
  expect(made.node.children).toEqual([]);
  expect(reported(made)).toMatchObject([{ code: 'storage/unencrypted', severity: 'error' }]);
});

test('what a class cannot be is said', () => {
  const told = (storage: StorageCapability) =>
    renderStorageClasses(sampleCluster({ capabilities: { storage } }), owner).diagnostics;
  expect(
    told({ classes: { shared: 'efs' }, blockDriver: 'ebs.csi.aws.com', fileDriver: 'efs.csi.aws.com' }),
  ).toMatchObject([
    { code: 'storage/missing-setting', message: expect.stringContaining('access points of an EFS file system') },
  ]);
  expect(told({ classes: { default: 'x' }, blockDriver: 'csi.example.com', encryptionKey: 'key' })).toMatchObject([
    { code: 'storage/unencrypted', severity: 'error' },
  ]);
  expect(
    told({
      classes: { shared: 'f' },
      blockDriver: 'disk.csi.azure.com',
      fileDriver: 'file.csi.azure.com',
      encryptionKey: 'key',
    }),
  ).toMatchObject([{ code: 'storage/unencrypted', severity: 'info' }]);
});

describe('a claim', () => {
  const cluster = sampleCluster({
    capabilities: {
      storage: { classes: { default: 'gp3', cheap: 'st1', shared: 'efs' }, blockDriver: 'ebs.csi.aws.com' },
    },
  });

  test('names the class of its intent', () => {
    expect(claimSpec(cluster, { size: '20Gi' })).toEqual({
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '20Gi' } },
        storageClassName: 'gp3',
        volumeMode: 'Filesystem',
      },
      diagnostics: [],
    });
  });

  test.each<[string, Claim, string, string]>([
    ['no file driver', { intent: 'shared', size: '1Gi' }, 'storage/unsupported-intent', 'it can give: default, cheap'],
    ['no class', { intent: 'fast', size: '10Gi' }, 'storage/unsupported-intent', 'it can give: default, cheap'],
    [
      'many writers of a block volume',
      { size: '1Gi', accessModes: ['ReadWriteMany'] },
      'storage/access-mode',
      "ask for intent 'shared', or for ReadWriteOnce",
    ],
    [
      'less than the driver makes',
      { intent: 'cheap', size: '20Gi' },
      'storage/invalid-size',
      'ask for 125Gi, or for another intent',
    ],
    ['no size', { size: '20 GB' }, 'storage/invalid-size', 'write a positive quantity such as 20Gi'],
    ['nothing', { size: '0' }, 'storage/invalid-size', 'write a positive quantity such as 20Gi'],
    ['less than nothing', { size: '-1Gi' }, 'storage/invalid-size', 'write a positive quantity such as 20Gi'],
  ])('%s', (_, claim, code, hint) => {
    expect(claimSpec(cluster, claim).diagnostics).toMatchObject([{ code, hint, clusters: ['eks-staging'] }]);
  });
});

test('snapshots are kept where volumes are, and found by Velero', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const cluster = sampleCluster({
    capabilities: { storage: { classes, blockDriver: 'disk.csi.azure.com' } },
    environment: { name: 'production' },
  });
  new SnapshotClass(chart, 'snapshots', { cluster, owner });
  expect(schemaFaults(Testing.synth(chart)[0])).toEqual([]);
  expect(Testing.synth(chart)).toMatchObject([
    {
      kind: 'VolumeSnapshotClass',
      metadata: {
        name: 'snapshots',
        labels: { 'velero.io/csi-volumesnapshot-class': 'true' },
        annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' },
      },
      driver: 'disk.csi.azure.com',
      deletionPolicy: 'Retain',
      parameters: { incremental: 'true' },
    },
  ]);
});

test('the page has a row per driver', () => {
  expect(
    renderStoragePage()
      .split('\n')
      .filter((line) => line.startsWith('|')),
  ).toHaveLength(Object.keys(drivers).length + 2);
});
