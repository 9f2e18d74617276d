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
  },
  'storage/invalid-size': {
    severity: 'error',
    sentence: 'The size of a claim is no positive Kubernetes quantity, or less than the driver can make.',
  },
  'storage/unencrypted': {
    severity: 'error',
    sentence: 'A StorageClass cannot be encrypted the way the cluster file asks for.',
  },
  'storage/missing-setting': {
    severity: 'error',
    sentence: 'A StorageClass needs a fact that the cluster file does not state.',
  },
} as const satisfies Record<string, CodeEntry>;
