import type { StorageIntent } from '@fairlead/inventory/model';

type Parameters = Readonly<Record<string, string>>;

/** What one CSI driver makes of an intent. */
export interface VolumeKind {
  readonly parameters: Parameters;
  /** Smallest volume that the driver makes. */
  readonly minimum: string;
  readonly mountOptions?: readonly string[];
}

/** How a CSI driver is asked for volumes. */
export interface Driver {
  readonly title: string;
  readonly kinds: Readonly<Partial<Record<StorageIntent, VolumeKind>>>;
  /** Parameters that encrypt with a key of the cluster's; undefined: the driver has none, `encrypted` says why. */
  readonly encrypt?: (key: string) => Parameters;
  /** How volumes are encrypted without a key of one's own. */
  readonly encrypted: string;
  /** Parameters of a VolumeSnapshotClass; undefined: no snapshots. */
  readonly snapshot?: (region: string) => Parameters;
}

const ext4 = { 'csi.storage.k8s.io/fstype': 'ext4' };

/**
 * Amazon EBS. Encryption is off by default, so it is asked for.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
const ebs: Driver = {
  title: 'Amazon EBS',
  kinds: {
    default: { parameters: { type: 'gp3', encrypted: 'true', ...ext4 }, minimum: '1Gi' },
    fast: {
      // Never together with `iops`; without the increase small volumes are refused for too few.
      parameters: { type: 'io2', iopsPerGB: '50', allowAutoIOPSPerGBIncrease: 'true', encrypted: 'true', ...ext4 },
      minimum: '4Gi',
    },
    cheap: { parameters: { type: 'st1', encrypted: 'true', ...ext4 }, minimum: '125Gi' },
  },
  encrypt: (kmsKeyId) => ({ kmsKeyId }),
  encrypted: "the account's default EBS key",
  snapshot: () => ({}),
};

/**
 * CSI drivers by name.
 *
 * Parameters: the documents named at each. Unverified: the minimum sizes, EFS' and vSphere's lack of more parameters, and the
 * parameters of snapshots other than Azure's.
 */
export const drivers: Readonly<Record<string, Driver>> = {
  'ebs.csi.aws.com': ebs,
  // EKS Auto Mode runs the same driver under its own name.
  'ebs.csi.eks.amazonaws.com': { ...ebs, title: 'Amazon EBS (EKS Auto Mode)' },

  /** @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md */
  'efs.csi.aws.com': {
    title: 'Amazon EFS',
    kinds: { shared: { parameters: { provisioningMode: 'efs-ap', directoryPerms: '700' }, minimum: '1Gi' } },
    encrypted: "the file system's own key",
  },

  /** @see https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver */
  'pd.csi.storage.gke.io': {
    title: 'Google Persistent Disk',
    kinds: {
      default: { parameters: { type: 'pd-balanced', ...ext4 }, minimum: '10Gi' },
      fast: { parameters: { type: 'pd-ssd', ...ext4 }, minimum: '10Gi' },
      cheap: { parameters: { type: 'pd-standard', ...ext4 }, minimum: '10Gi' },
    },
    encrypt: (key) => ({ 'disk-encryption-kms-key': key }),
    encrypted: "Google's own key",
    snapshot: (region) => ({ 'storage-locations': region, 'snapshot-type': 'snapshots' }),
  },

  /** @see https://github.com/kubernetes-sigs/gcp-filestore-csi-driver */
  'filestore.csi.storage.gke.io': {
    title: 'Google Filestore',
    kinds: { shared: { parameters: { tier: 'enterprise' }, minimum: '1Ti' } },
    encrypt: (key) => ({ 'instance-encryption-kms-key': key }),
    encrypted: "Google's own key",
  },

  /** @see https://learn.microsoft.com/azure/aks/create-volume-azure-disk */
  'disk.csi.azure.com': {
    title: 'Azure Disk',
    kinds: {
      default: { parameters: { skuName: 'StandardSSD_ZRS', fsType: 'ext4' }, minimum: '1Gi' },
      fast: { parameters: { skuName: 'Premium_ZRS', fsType: 'ext4' }, minimum: '1Gi' },
      cheap: { parameters: { skuName: 'Standard_LRS', fsType: 'ext4' }, minimum: '1Gi' },
    },
    encrypt: (diskEncryptionSetID) => ({ diskEncryptionSetID }),
    encrypted: 'a key of the platform',
    snapshot: () => ({ incremental: 'true' }),
  },

  /** @see https://learn.microsoft.com/azure/aks/create-volume-azure-files */
  'file.csi.azure.com': {
    title: 'Azure Files',
    kinds: {
      shared: {
        // NFS knows no keys, so the account must not be reachable from elsewhere.
        parameters: { skuName: 'Premium_LRS', protocol: 'nfs', networkEndpointType: 'privateEndpoint' },
        minimum: '100Gi',
        mountOptions: ['nconnect=4', 'noresvport', 'actimeo=30'],
      },
    },
    // A key of one's own belongs to the storage account, which the class can only name.
    encrypted: "the storage account's key",
  },

  /** @see https://longhorn.io/docs/latest/references/storage-class-parameters/ */
  'driver.longhorn.io': {
    title: 'Longhorn',
    kinds: {
      default: { parameters: { numberOfReplicas: '3', fsType: 'ext4' }, minimum: '10Mi' },
      fast: { parameters: { numberOfReplicas: '3', dataLocality: 'best-effort', fsType: 'ext4' }, minimum: '10Mi' },
      cheap: { parameters: { numberOfReplicas: '2', fsType: 'ext4' }, minimum: '10Mi' },
      // The same driver serves ReadWriteMany by NFS from a pod.
      shared: { parameters: { numberOfReplicas: '3', fsType: 'ext4' }, minimum: '10Mi' },
    },
    encrypt: longhornSecret,
    encrypted: 'nothing: Longhorn encrypts only with a key of yours',
    snapshot: () => ({ type: 'snap' }),
  },

  /** @see https://docs.vmware.com/en/VMware-vSphere-Container-Storage-Plug-in/ */
  'csi.vsphere.vmware.com': {
    title: 'vSphere',
    kinds: {
      default: { parameters: ext4, minimum: '1Gi' },
      fast: { parameters: ext4, minimum: '1Gi' },
      cheap: { parameters: ext4, minimum: '1Gi' },
    },
    // Encryption is a property of the storage policy.
    encrypt: (storagepolicyname) => ({ storagepolicyname }),
    encrypted: "whatever the datastore's default policy says",
    snapshot: () => ({}),
  },
};

/**
 * References to the Secret (`namespace/name`) with the key, for each of the calls that need it.
 *
 * @see https://longhorn.io/docs/latest/advanced-resources/security/volume-encryption/
 */
function longhornSecret(key: string): Parameters {
  const [namespace = '', name = ''] = key.split('/');
  const calls = ['provisioner', 'node-publish', 'node-stage', 'node-expand'];
  const references = calls.flatMap((call): [string, string][] => [
    [`csi.storage.k8s.io/${call}-secret-name`, name],
    [`csi.storage.k8s.io/${call}-secret-namespace`, namespace],
  ]);
  return { encrypted: 'true', ...Object.fromEntries(references) };
}
