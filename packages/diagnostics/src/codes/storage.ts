import type { CodeEntry } from './index.ts';

/** Faults of claims and classes. */
export const storageCodes = {
  'storage/unsupported-intent': {
    severity: 'error',
    sentence: 'A claim asks for a kind of storage that the cluster does not offer.',
    bad: "claimSpec(cluster, { intent: 'shared', size: '10Gi' }) // on a cluster without fileDriver",
    good: 'storage: { fileDriver: efs.csi.aws.com, classes: { shared: efs } }',
  },
  'storage/access-mode': {
    severity: 'error',
    sentence: 'A claim wants many nodes to write a block volume, which attaches to one node at a time.',
    bad: "claimSpec(cluster, { intent: 'fast', size: '10Gi', accessModes: ['ReadWriteMany'] })",
    good: "claimSpec(cluster, { intent: 'shared', size: '10Gi', accessModes: ['ReadWriteMany'] })",
  },
  'storage/invalid-size': {
    severity: 'error',
    sentence: 'The size of a claim is no positive Kubernetes quantity, or less than the driver can make.',
    bad: "storage: '10 GB'",
    good: "storage: '10Gi'",
  },
  'storage/unencrypted': {
    severity: 'error',
    sentence: 'A StorageClass cannot be encrypted the way the cluster file asks for.',
    bad: 'storage: { classes: { fast: premium }, encryptionKey: arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d }\noffers: { storageClasses: [premium] } # a class of the cluster keeps its own key',
    good: 'storage: { classes: { fast: fast }, encryptionKey: arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d }',
  },
  'storage/missing-setting': {
    severity: 'error',
    sentence: 'A StorageClass needs a fact that the cluster file does not state.',
    bad: 'storage: { fileDriver: efs.csi.aws.com, classes: { shared: efs } }',
    good: 'storage: { fileDriver: efs.csi.aws.com, fileSystem: fs-0123456789abcdef0, classes: { shared: efs } }',
  },
} as const satisfies Record<string, CodeEntry>;
