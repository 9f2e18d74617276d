/** Where a cluster runs. A provider is only a row of defaults (`providers.ts`); adapters live in the capabilities. */
export type Provider = 'eks' | 'gke' | 'aks' | 'onprem';

export type DeliveryEngine = 'argocd' | 'flux';

/** What carries traffic from outside to a workload. */
export type IngressImplementation =
  | 'alb' // Ingress on the AWS Load Balancer Controller
  | 'alb-gateway' // Gateway API on the AWS Load Balancer Controller
  | 'gke-gateway' // GKE Gateway controller
  | 'gke-ingress' // Ingress of class gce
  | 'aks-approuting' // AKS application routing, Gateway API flavour
  | 'envoy-gateway' // any conformant Gateway API implementation, with Envoy Gateway's policies
  | 'nginx'; // ingress-nginx, retired upstream in March 2026: only with a warning

export type IdentityImplementation =
  | 'irsa'
  | 'pod-identity'
  | 'gke-workload-identity' // Google service account, linked by annotation
  | 'gke-workload-identity-direct' // principal:// bindings, no annotation
  | 'azure-workload-identity'
  | 'none';

export type SecretsImplementation = 'vault' | 'aws' | 'gcp' | 'azure' | 'external-secrets';

export type MetricsImplementation =
  | 'prometheus-operator'
  | 'google-managed'
  | 'azure-managed'
  | 'annotations' // prometheus.io/* annotations only
  | 'none';

export type NetworkPolicyImplementation = 'vpc-cni' | 'dataplane-v2' | 'azure-cilium' | 'cilium' | 'calico';

/** How a claim asks for storage; the cluster says which class that is. */
export type StorageIntent = 'fast' | 'shared' | 'cheap' | 'default';

/** What an environment says of one namespace alone. */
export interface NamespaceDifferences extends Pick<Environment, 'quota' | 'limits'> {
  readonly access?: Partial<Environment['access']> | undefined;
  readonly podSecurity?: Environment['podSecurity'] | undefined;
}

/** One file of `environments/`, resolved: how strictly things run. */
export interface Environment {
  readonly name: string;
  /** Position in the roll-out and promotion order; lower goes first. */
  readonly order: number;
  readonly images: 'digest' | 'tag';
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
  /** Fewest replicas that a workload behind a Service may run with. */
  readonly minimumReplicas: number;
  /** Human groups bound in every namespace of the environment. */
  readonly access: Readonly<Record<'admin' | 'deploy' | 'readOnly', readonly string[]>>;
  readonly alerts: EnvironmentAlerts;
  /** ResourceQuota of a namespace; absent: none. */
  readonly quota?: Readonly<Record<string, string>> | undefined;
  /** LimitRange of a namespace; absent: one with the defaults where there is a quota, else none. */
  readonly limits?: NamespaceLimits | undefined;
  /** What differs in single namespaces, key by key. */
  readonly namespaces?: Readonly<Record<string, NamespaceDifferences>> | undefined;
  /** Severity of diagnostic codes where it differs from the registered one; `off` silences. */
  readonly strictness: Readonly<Record<string, 'error' | 'warning' | 'info' | 'off'>>;
  /** Those that the inventory has found sound; of the others it has told. */
  readonly waivers: readonly WaiverRule[];
}

/** Quantities of `cpu`, `memory` and `ephemeral-storage`. */
export type Amounts = Readonly<Partial<Record<'cpu' | 'memory' | 'ephemeral-storage', string>>>;

/** Bounds and defaults of what runs in a namespace, as a LimitRange states them. */
export interface NamespaceLimits {
  readonly container?: Readonly<
    Partial<Record<'default' | 'defaultRequest' | 'min' | 'max' | 'maxLimitRequestRatio', Amounts>>
  >;
  readonly pod?: Readonly<Partial<Record<'min' | 'max' | 'maxLimitRequestRatio', Amounts>>>;
  /** Of the storage that one claim asks for. */
  readonly claim?: Readonly<Partial<Record<'min' | 'max', string>>>;
}

/** How urgent an alert is: `page` wakes somebody, `ticket` waits for working hours. */
export type AlertUrgency = 'page' | 'ticket';

/** Where the alerts of an environment go, and where they fire. */
export interface EnvironmentAlerts {
  readonly enabled: boolean;
  /** Receiver of each urgency; a name of `receivers` where these are stated. */
  readonly severity: Readonly<Record<AlertUrgency, string>>;
  /** Absent: whoever configures the metrics stack of a cluster knows them. */
  readonly receivers?: Readonly<Record<string, EnvironmentReceiver>> | undefined;
  /** Logical secret of the platform app that holds their keys. Default `alerting`. */
  readonly secret?: string | undefined;
  /** When an alert that goes on is told again, as Prometheus durations. Default: pages after `1h`, tickets after `24h`. */
  readonly repeat?: Readonly<Partial<Record<AlertUrgency, string>>> | undefined;
  readonly thresholds?: AlertThresholds | undefined;
}

/** Where one receiver sends. What is secret is a key of the environment's alerting secret, never a value. */
export interface EnvironmentReceiver {
  /** `webhook` is the key with the URL. */
  readonly slack?: { readonly channel: string; readonly webhook: string } | undefined;
  /** `routingKey` is the key with the integration key of the Events API v2. */
  readonly pager?: { readonly service: 'pagerduty'; readonly routingKey: string } | undefined;
  readonly email?:
    | {
        readonly to: string;
        readonly from: string;
        /** `host:port`. */
        readonly server: string;
        /** Absent: the server asks for none. */
        readonly username?: string | undefined;
        /** The key with the password. */
        readonly password: string;
      }
    | undefined;
}

/** Where alerts fire in an environment, unless an app says otherwise. */
export interface AlertThresholds {
  /** Percent of failed requests. Default 10. */
  readonly errorRate?: number | undefined;
  /** Seconds that one request in twenty may take. Default 2. */
  readonly latency?: number | undefined;
  /** Percent of the connections of a database or a pool. Default 80. */
  readonly connections?: number | undefined;
  /** Most that the nodes of a cluster may cost an hour, in OpenCost's currency. Absent: no alert. */
  readonly hourlyCost?: number | undefined;
}

/** A finding that somebody accepts for a while. */
export interface WaiverRule {
  readonly code: string;
  /** `app`, `app/workload` or `Kind/namespace/name`, with `*` as a wildcard; absent: everywhere. */
  readonly target?: string | undefined;
  readonly owner: string;
  readonly reason: string;
  /** ISO date, the last day on which it holds. */
  readonly expires: string;
}

/** A data store or another system that the cluster's owner provides outside the cluster. */
export interface ExternalStore {
  readonly host: string;
  readonly port: number;
  /** Where its addresses lie; NetworkPolicies allow exactly these. */
  readonly cidrs: readonly string[];
}

export interface Delivery {
  readonly engine: DeliveryEngine;
  /** Git URL that the engine reads, from the root package.json unless the cluster says otherwise. */
  readonly repository: string;
  /** Branch. Default `main`. */
  readonly revision: string;
  /** Namespace of the engine: `argocd` or `flux-system`. */
  readonly namespace: string;
}

export interface Network {
  readonly vpc: readonly string[];
  readonly pods: readonly string[];
  readonly services: readonly string[];
  /** Node addresses; default: the VPC. */
  readonly nodes: readonly string[];
  /** Addresses of the Kubernetes API server, for the few workloads that call it. */
  readonly controlPlane: readonly string[];
  readonly loadBalancerSubnets: readonly { readonly id?: string | undefined; readonly cidr: string }[];
}

export interface IdentityCapability {
  readonly implementation: IdentityImplementation;
  /** OIDC issuer URL of the cluster. */
  readonly issuer?: string | undefined;
  /**
   * What a workload's service account is linked to: a role ARN, a Google service account e-mail or an Azure client id.
   * `{app}`, `{workload}`, `{namespace}`, `{serviceAccount}`, `{cluster}`, `{environment}`, `{account}`, `{region}` are replaced.
   */
  readonly pattern?: string | undefined;
  /** The same by `<app>/<workload>` or `<app>`, before the pattern: for identities that no pattern can name, such as Azure client ids. */
  readonly principals?: Readonly<Record<string, string>> | undefined;
  /** Azure tenant id. */
  readonly tenant?: string | undefined;
  /** GCP project number (the account is the project id). */
  readonly projectNumber?: string | undefined;
}

export interface IngressCapability {
  readonly implementation: IngressImplementation;
  /** IngressClass or GatewayClass. */
  readonly class: string;
  /** GatewayClass for routes that are not public, where the implementation has one class per scheme. */
  readonly internalClass?: string | undefined;
  readonly certificates: {
    readonly source: 'acm' | 'cert-manager' | 'google-managed' | 'key-vault';
    /** Certificate ARN, ClusterIssuer, certificate map or Key Vault certificate URI; absent: found by host name where the implementation can. */
    readonly name?: string | undefined;
    /** The same for routes that are not public, where the implementation takes another kind of it (regional Certificate Manager certificates). */
    readonly internalName?: string | undefined;
    /** Client id of the managed identity that reads the certificate, for `key-vault`. */
    readonly identity?: string | undefined;
  };
  /** TLS policy of the implementation; default: the one for TLS 1.3 where it has such a thing. */
  readonly tlsPolicy?: string | undefined;
  /** Web ACL ARN, Cloud Armor policy, id of the Azure Front Door profile with the WAF policy, or image of a Wasm filter for Envoy. */
  readonly firewall?: string | undefined;
  readonly accessLogs?: { readonly bucket: string; readonly prefix?: string | undefined } | undefined;
  /** Load balancer shared by the Ingresses of one scheme; absent: one per app. */
  readonly group?: string | undefined;
  /** CIDRs from which the load balancer and its health checks reach pods. */
  readonly sources: readonly string[];
  /** Namespace of in-cluster proxies, where the traffic comes from pods and not from addresses. */
  readonly proxyNamespace?: string | undefined;
}

export interface SecretsCapability {
  readonly implementation: SecretsImplementation;
  /** `https://vault.example.com:8200`, for `vault`. Absent: the provider's own default. */
  readonly address?: string | undefined;
  /** Vault Kubernetes auth mount, default `kubernetes`. */
  readonly authMount?: string | undefined;
  /** Vault KV v2 mount, default `secret`. */
  readonly mount?: string | undefined;
  /** Prefix of the path or name of a secret; placeholders as in identity.pattern. Default `{environment}/{app}`. */
  readonly prefix: string;
  /** Key Vault name, for `azure`. */
  readonly keyVault?: string | undefined;
  readonly tenant?: string | undefined;
  /** GCP project of the secrets; default: the account. */
  readonly project?: string | undefined;
  /** ClusterSecretStore, for `external-secrets`. */
  readonly store?: string | undefined;
  /** The cloud's managed add-on instead of the open-source provider, where the two differ (`gcp`). Default false. */
  readonly addon?: boolean | undefined;
  /** CIDRs and port of the secrets service, if a workload itself must reach it. */
  readonly rotation: boolean;
}

export interface MetricsCapability {
  readonly implementation: MetricsImplementation;
  /** Namespace from which pods are scraped. */
  readonly namespace: string;
  /** Labels by which the stack finds monitors and rules, such as `release: kube-prometheus-stack`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Base URL of runbooks; an alert links `<runbooks>/<alert>.md`. */
  readonly runbooks: string;
  /** In-cluster URL of a Prometheus-compatible query API, where the cluster has one. */
  readonly queryUrl?: string | undefined;
  /**
   * Metrics that the stack has without any app of this repository exporting them: names, and `prefix_*`. Those of Kubernetes, its usual
   * exporters and the cluster's own proxies need not be named.
   */
  readonly exports?: readonly string[] | undefined;
  /** `host:port` of the blackbox exporter that probes public routes. Default: the Service of the community's chart, in `namespace`. */
  readonly blackbox?: string | undefined;
  /** Who scrapes the kubelets of a managed stack: the cloud's own packages, or the platform app. Default `cloud`. */
  readonly nodeMetrics?: 'cloud' | 'platform' | undefined;
  /** Azure Monitor workspace (ARM id) that rules are evaluated in, by Azure Service Operator. Absent: rules are made elsewhere. */
  readonly workspace?: string | undefined;
  /** Azure resource group of these rules, in the cluster's subscription. */
  readonly resourceGroup?: string | undefined;
  /** Azure action group (ARM id) of each urgency. */
  readonly actionGroups?: Readonly<Partial<Record<AlertUrgency, string>>> | undefined;
}

export interface AutoscalingCapability {
  /** `metrics-server` unless the cluster has none. */
  readonly resourceMetrics: boolean;
  /** An adapter serves custom.metrics.k8s.io / external.metrics.k8s.io. */
  readonly customMetrics: boolean;
  readonly keda: boolean;
  readonly vpa: boolean;
  /**
   * `auto-provisioning`: the cloud makes nodes by objects that the platform renders from `nodePools` (ComputeClasses of GKE, NodePools
   * of AKS); `karpenter` on AKS: the same, and somebody else renders them.
   */
  readonly nodes: 'karpenter' | 'auto-provisioning' | 'cluster-autoscaler' | 'managed' | 'none';
  /**
   * IAM role of the nodes that Karpenter makes on EKS (absent: somebody else makes its node pools), or the Google service account of those
   * that auto-provisioning makes on GKE (absent: the project's default one).
   */
  readonly nodeRole?: string | undefined;
  /** Image family and version of these nodes, such as `bottlerocket@v1.20.4`; on AKS the family, `Ubuntu` (default) or `AzureLinux`. */
  readonly nodeImage?: string | undefined;
}

export interface StorageCapability {
  /** StorageClass name per intent. */
  readonly classes: Readonly<Partial<Record<StorageIntent, string>>>;
  /** CSI driver of block volumes, such as `ebs.csi.aws.com`. */
  readonly blockDriver: string;
  /** CSI driver of shared (ReadWriteMany) volumes. */
  readonly fileDriver?: string | undefined;
  /** File system that shared volumes are access points of, for `efs.csi.aws.com`. */
  readonly fileSystem?: string | undefined;
  /** KMS key ARN, Cloud KMS key, disk encryption set id, vSphere storage policy, or `namespace/name` of Longhorn's Secret. */
  readonly encryptionKey?: string | undefined;
}

export interface NetworkPolicyCapability {
  readonly implementation: NetworkPolicyImplementation;
  /** Which object can name hosts instead of addresses. */
  readonly fqdn: 'cilium' | 'gke' | 'none';
  /** Where pods may find DNS: pods of kube-system by `k8s-app`, and link-local or service addresses. */
  readonly dns: { readonly apps: readonly string[]; readonly cidrs: readonly string[] };
  /** Where workload identity needs the metadata server. */
  readonly metadata: readonly { readonly cidr: string; readonly port: number }[];
}

/** Processor architecture of nodes, and of the images that run on them. */
export type Architecture = 'amd64' | 'arm64';

/** One pool of nodes, for capacity and scheduling. */
export interface NodePool {
  readonly name: string;
  /** Allocatable to pods of one node, as quantities. */
  readonly cpu: string;
  readonly memory: string;
  readonly architecture: Architecture;
  readonly spot: boolean;
  readonly max: number;
  /**
   * Families of machines to choose from where the platform makes the nodes, the preferred one first, in the cloud's words: categories
   * of EC2 (`m`), families of Compute Engine (`n2d`) or of Azure (`D`). Absent: those for general use.
   */
  readonly machines?: readonly string[] | undefined;
  /** Extended resources of one node, such as `nvidia.com/gpu: '1'`. */
  readonly resources?: Readonly<Record<string, string>> | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly {
    readonly key: string;
    readonly value?: string | undefined;
    readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  }[];
}

/** What a cluster has without any app of this repository: references to these are not missing. */
export interface Offers {
  readonly namespaces: readonly string[];
  readonly storageClasses: readonly string[];
  readonly ingressClasses: readonly string[];
  readonly gatewayClasses: readonly string[];
  readonly priorityClasses: readonly string[];
  readonly clusterRoles: readonly string[];
  readonly clusterIssuers: readonly string[];
  readonly secretStores: readonly string[];
}

/** One app on one cluster, as the cluster file says it. */
export interface AppEntry {
  readonly name: string;
  /** Merged over the app's own values of the environment, key by key. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** One file of `clusters/`, resolved against the provider's row and the environment. */
export interface Cluster {
  /** The file's name without `.yaml`; a DNS label. */
  readonly name: string;
  readonly provider: Provider;
  readonly region: string;
  /** AWS account id, GCP project id, Azure subscription id, or a data centre's name. */
  readonly account: string;
  readonly environment: Environment;
  /** Minor version, such as `1.34`. */
  readonly kubernetes: string;
  readonly domain: string;
  readonly delivery: Delivery;
  readonly network: Network;
  readonly capabilities: {
    readonly ingress: IngressCapability;
    readonly identity: IdentityCapability;
    readonly secrets: SecretsCapability;
    readonly metrics: MetricsCapability;
    readonly autoscaling: AutoscalingCapability;
    readonly storage: StorageCapability;
    readonly networkPolicy: NetworkPolicyCapability;
    readonly dns: { readonly implementation: 'external-dns' | 'none' };
  };
  readonly nodePools: readonly NodePool[];
  readonly offers: Offers;
  /** Data stores and systems outside the cluster, by `<app>/<name>` or by `<name>` for all apps. */
  readonly stores: Readonly<Record<string, ExternalStore>>;
  readonly apps: readonly AppEntry[];
  readonly waivers: readonly WaiverRule[];
}
