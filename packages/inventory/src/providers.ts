import { systemNamespaces } from '@fairlead/objects/system-namespaces';
import type { Provider } from './model.ts';

/** What a provider means unless a cluster file says otherwise; everything in it is data. */
export interface ProviderRow {
  readonly title: string;
  readonly account: { readonly pattern: RegExp; readonly expected: string };
  readonly region: { readonly pattern: RegExp; readonly expected: string };
  /** Implementations that exist on this provider, per capability; absent: all of them. */
  readonly only: Readonly<
    Record<'ingress' | 'identity' | 'secrets' | 'metrics' | 'networkPolicy' | 'nodes', readonly string[]>
  >;
  /** What is true of addresses on this provider. */
  readonly network: {
    /** Pods take addresses of the VPC when the CNI is this one. */
    readonly podsInVpcWith?: string;
    /** Services may lie in the VPC, as secondary ranges of a subnet. */
    readonly servicesInVpc: boolean;
    /** Pods may share addresses with nodes. */
    readonly podsOnNodeRange: boolean;
    /** Subnets of load balancers are parts of the VPC. */
    readonly subnetsInVpc: boolean;
  };
  /** What a reference to an encryption key of volumes looks like; absent: anything. */
  readonly encryptionKey?: 'awsKey' | 'googleKey' | 'diskEncryptionSet';
  /** Defaults in the shape of a cluster file, long forms only. */
  readonly defaults: {
    readonly network?: Readonly<Record<string, unknown>>;
    readonly capabilities: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly offers: Readonly<Record<string, readonly string[]>>;
  };
}

const everywhere = {
  ingress: ['envoy-gateway', 'nginx'],
  secrets: ['vault', 'external-secrets'],
  metrics: ['prometheus-operator', 'annotations', 'none'],
};
const systemRoles = ['admin', 'cluster-admin', 'edit', 'view', 'system:auth-delegator'];
const systemPriorities = ['system-cluster-critical', 'system-node-critical'];

/** Where in its area a region of AWS or Google Cloud lies. */
export const directions: readonly string[] = [
  ...['north', 'south', 'east', 'west', 'central'],
  ...['northeast', 'northwest', 'southeast', 'southwest'],
];
const direction = `(?:${directions.join('|')})`;

/**
 * One row per provider; a fifth provider is a row here and a word in `model.ts`.
 * Facts: reference/clouds.md sections 1 (ingress), 2 (identity), 4 (storage), 5 (nodes), 6 (network).
 */
export const providers: Readonly<Record<Provider, ProviderRow>> = {
  eks: {
    title: 'Amazon EKS',
    account: { pattern: /^\d{12}$/, expected: 'an AWS account id: 12 digits' },
    region: {
      // https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html: an area, then where in it.
      pattern: new RegExp(`^[a-z]{2,4}(-[a-z]{2,})*-${direction}-\\d{1,2}$`),
      expected: 'an AWS region such as eu-west-1',
    },
    only: {
      ingress: ['alb', 'alb-gateway', ...everywhere.ingress],
      identity: ['irsa', 'pod-identity', 'none'],
      secrets: ['aws', ...everywhere.secrets],
      metrics: everywhere.metrics,
      networkPolicy: ['vpc-cni', 'cilium', 'calico'],
      nodes: ['karpenter', 'cluster-autoscaler', 'managed', 'none'],
    },
    network: { podsInVpcWith: 'vpc-cni', servicesInVpc: false, podsOnNodeRange: true, subnetsInVpc: true },
    encryptionKey: 'awsKey',
    defaults: {
      capabilities: {
        ingress: { implementation: 'alb' },
        identity: { implementation: 'irsa' },
        secrets: { implementation: 'vault' },
        metrics: { implementation: 'prometheus-operator' },
        autoscaling: { nodes: 'karpenter' },
        storage: {
          classes: { default: 'gp3', fast: 'io2', shared: 'efs', cheap: 'st1' },
          blockDriver: 'ebs.csi.aws.com',
          fileDriver: 'efs.csi.aws.com',
        },
        networkPolicy: { implementation: 'vpc-cni', dns: { apps: ['kube-dns'] } },
        dns: { implementation: 'external-dns' },
      },
      offers: { namespaces: systemNamespaces, clusterRoles: systemRoles, priorityClasses: systemPriorities },
    },
  },
  gke: {
    title: 'Google Kubernetes Engine',
    account: {
      pattern: /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
      expected: 'a Google Cloud project id: 6 to 30 lower-case letters, digits and hyphens',
    },
    // https://cloud.google.com/compute/docs/regions-zones
    region: {
      pattern: new RegExp(`^[a-z]+-${direction}\\d{1,2}$`),
      expected: 'a Google Cloud region such as europe-west1',
    },
    only: {
      ingress: ['gke-gateway', 'gke-ingress', ...everywhere.ingress],
      identity: ['gke-workload-identity', 'gke-workload-identity-direct', 'none'],
      secrets: ['gcp', ...everywhere.secrets],
      metrics: ['google-managed', ...everywhere.metrics],
      networkPolicy: ['dataplane-v2', 'cilium', 'calico'],
      // On GKE and AKS the autoscaler is the cloud's own (clouds.md section 5).
      nodes: ['managed', 'auto-provisioning', 'none'],
    },
    network: { servicesInVpc: true, podsOnNodeRange: true, subnetsInVpc: false },
    encryptionKey: 'googleKey',
    defaults: {
      capabilities: {
        ingress: { implementation: 'gke-gateway' },
        identity: { implementation: 'gke-workload-identity' },
        secrets: { implementation: 'vault' },
        metrics: { implementation: 'google-managed' },
        autoscaling: { nodes: 'managed' },
        storage: {
          classes: { default: 'standard-rwo', fast: 'premium-rwo', shared: 'standard-rwx', cheap: 'standard' },
          blockDriver: 'pd.csi.storage.gke.io',
          fileDriver: 'filestore.csi.storage.gke.io',
        },
        networkPolicy: {
          implementation: 'dataplane-v2',
          dns: { apps: ['kube-dns', 'node-local-dns'], cidrs: ['169.254.20.10/32'] },
          // Blocking the metadata server breaks workload identity (clouds.md section 6).
          metadata: [{ cidr: '169.254.169.254/32', port: 80 }],
        },
        dns: { implementation: 'external-dns' },
      },
      // `standard-rwx` comes with the Filestore CSI driver; not verified in reference/clouds.md.
      offers: {
        namespaces: systemNamespaces,
        clusterRoles: systemRoles,
        priorityClasses: systemPriorities,
        storageClasses: ['standard', 'standard-rwo', 'standard-rwx', 'premium-rwo'],
        gatewayClasses: [
          'gke-l7-global-external-managed',
          'gke-l7-regional-external-managed',
          'gke-l7-rilb',
          'gke-l7-gxlb',
        ],
      },
    },
  },
  aks: {
    title: 'Azure Kubernetes Service',
    account: { pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, expected: 'an Azure subscription id: a GUID' },
    region: { pattern: /^[a-z]+\d?$/, expected: 'an Azure region such as westeurope' },
    only: {
      ingress: ['aks-approuting', ...everywhere.ingress],
      identity: ['azure-workload-identity', 'none'],
      secrets: ['azure', ...everywhere.secrets],
      metrics: ['azure-managed', ...everywhere.metrics],
      networkPolicy: ['azure-cilium', 'cilium', 'calico'],
      nodes: ['karpenter', 'auto-provisioning', 'managed', 'none'],
    },
    network: { servicesInVpc: false, podsOnNodeRange: true, subnetsInVpc: true },
    encryptionKey: 'diskEncryptionSet',
    defaults: {
      capabilities: {
        ingress: { implementation: 'aks-approuting' },
        identity: { implementation: 'azure-workload-identity' },
        secrets: { implementation: 'vault' },
        metrics: { implementation: 'azure-managed' },
        autoscaling: { nodes: 'managed' },
        storage: {
          classes: {
            default: 'managed-csi',
            fast: 'managed-csi-premium',
            shared: 'azurefile-csi',
            cheap: 'managed-csi',
          },
          blockDriver: 'disk.csi.azure.com',
          fileDriver: 'file.csi.azure.com',
        },
        networkPolicy: {
          implementation: 'azure-cilium',
          dns: { apps: ['kube-dns'], cidrs: ['169.254.10.10/32', '169.254.10.11/32'] },
        },
        dns: { implementation: 'external-dns' },
      },
      offers: {
        namespaces: systemNamespaces,
        clusterRoles: systemRoles,
        priorityClasses: systemPriorities,
        storageClasses: ['default', 'managed-csi', 'managed-csi-premium', 'azurefile-csi', 'azurefile-csi-premium'],
        gatewayClasses: ['approuting-istio'],
      },
    },
  },
  onprem: {
    title: 'on-premises (kubeadm)',
    account: {
      pattern: /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/,
      expected: "a data centre's name: lower-case letters, digits, dots and hyphens",
    },
    region: {
      pattern: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
      expected: 'a name of lower-case letters, digits and hyphens',
    },
    only: {
      ingress: everywhere.ingress,
      identity: ['none'],
      secrets: everywhere.secrets,
      metrics: everywhere.metrics,
      networkPolicy: ['cilium', 'calico'],
      nodes: ['cluster-autoscaler', 'none'],
    },
    network: { servicesInVpc: false, podsOnNodeRange: false, subnetsInVpc: false },
    defaults: {
      capabilities: {
        ingress: { implementation: 'envoy-gateway' },
        identity: { implementation: 'none' },
        secrets: { implementation: 'vault' },
        metrics: { implementation: 'prometheus-operator' },
        autoscaling: { nodes: 'none' },
        storage: {
          classes: { default: 'longhorn', fast: 'longhorn', shared: 'longhorn', cheap: 'longhorn' },
          blockDriver: 'driver.longhorn.io',
        },
        networkPolicy: { implementation: 'calico', dns: { apps: ['kube-dns'] } },
        dns: { implementation: 'external-dns' },
      },
      offers: {
        namespaces: systemNamespaces,
        clusterRoles: systemRoles,
        priorityClasses: systemPriorities,
        storageClasses: ['longhorn'],
      },
    },
  },
};

/** Names of the rows. */
export const providerNames = Object.keys(providers).filter(isProvider);

/** True for a word that names a provider. */
export function isProvider(word: unknown): word is Provider {
  return typeof word === 'string' && Object.hasOwn(providers, word);
}
