import { type Static, Type } from '@sinclair/typebox';
import {
  choice,
  cidr,
  cidrs,
  dnsLabel,
  fields,
  hostName,
  httpsUrl,
  labels,
  mapOf,
  objectName,
  oneOrMore,
  port,
  quantity,
  shaped,
  shortOrLong,
  url,
  waivers,
  words,
} from './schema-parts.ts';
import { providerNames } from './providers.ts';
import { supportedVersions } from './kubernetes-versions.ts';

const engine = choice(['argocd', 'flux'], 'What applies dist to the cluster.');

const delivery = shortOrLong(
  engine,
  fields(
    {
      engine,
      repository: Type.Optional(
        words('Git URL that the engine reads. Default: repository.url of the root package.json.'),
      ),
      revision: Type.Optional(words('Branch or tag. Default: main.')),
      namespace: Type.Optional(dnsLabel('Namespace of the engine. Default: argocd or flux-system.')),
    },
    'The engine and where it reads from.',
  ),
  'What applies dist to the cluster: argocd, flux, or a mapping with more.',
);

const network = fields(
  {
    vpc: Type.Optional(cidrs('Ranges of the VPC, VNet or site.')),
    pods: Type.Optional(cidrs('Ranges of pod addresses. Default: the VPC on EKS, where pods take VPC addresses.')),
    services: Type.Optional(cidrs('Ranges of Service addresses.')),
    nodes: Type.Optional(cidrs('Ranges of node addresses. Default: vpc.')),
    controlPlane: Type.Optional(cidrs('Addresses of the Kubernetes API server, as pods see them.')),
    loadBalancerSubnets: Type.Optional(
      Type.Array(
        shortOrLong(
          cidr,
          fields({ id: Type.Optional(words('Id of the subnet in the cloud.')), cidr }, 'One subnet.'),
          'One subnet: its range, or id and range.',
        ),
        { description: 'Subnets from which load balancers reach pods.' },
      ),
    ),
  },
  'Address ranges; NetworkPolicies are made from them.',
);

const ingressImplementation = choice(
  ['alb', 'alb-gateway', 'gke-gateway', 'gke-ingress', 'aks-approuting', 'envoy-gateway', 'nginx'],
  'What carries traffic from outside to a workload.',
);
const ingress = shortOrLong(
  ingressImplementation,
  fields(
    {
      implementation: Type.Optional(ingressImplementation),
      class: Type.Optional(objectName('IngressClass or GatewayClass.')),
      internalClass: Type.Optional(objectName('GatewayClass of routes that are not public.')),
      certificates: Type.Optional(
        fields(
          {
            source: Type.Optional(
              choice(['acm', 'cert-manager', 'google-managed', 'key-vault'], 'Where certificates come from.'),
            ),
            name: Type.Optional(
              words(
                'Certificate ARN, ClusterIssuer, certificate map or Key Vault certificate URI. Absent: found by host name.',
              ),
            ),
            internalName: Type.Optional(
              words('The same for routes that are not public, where the implementation takes another kind of it.'),
            ),
            identity: Type.Optional(
              words('Client id of the managed identity that reads the certificate, for key-vault.'),
            ),
          },
          'TLS certificates of public host names.',
        ),
      ),
      tlsPolicy: Type.Optional(
        words('TLS policy of the implementation. Default: one that knows TLS 1.3, where it has such a thing.'),
      ),
      firewall: Type.Optional(
        words(
          'Web ACL ARN, Cloud Armor policy, id of the Azure Front Door profile with the WAF policy, or image of a Wasm filter for Envoy.',
        ),
      ),
      accessLogs: Type.Optional(
        fields(
          {
            bucket: words('Bucket that receives the access logs.'),
            prefix: Type.Optional(words('Prefix of the log objects.')),
          },
          'Access logs of the load balancer.',
        ),
      ),
      group: Type.Optional(
        shaped(
          '^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$',
          'a group name: at most 63 lower-case letters, digits, dots and hyphens',
          'Load balancer shared by the Ingresses of one scheme. Absent: one per app.',
        ),
      ),
      sources: Type.Optional(cidrs('Ranges from which the load balancer and its health checks reach pods.')),
      proxyNamespace: Type.Optional(dnsLabel('Namespace of in-cluster proxies.')),
    },
    'The implementation and its settings.',
  ),
  'How traffic comes in.',
);

const identityImplementation = choice(
  ['irsa', 'pod-identity', 'gke-workload-identity', 'gke-workload-identity-direct', 'azure-workload-identity', 'none'],
  'How a workload proves to the cloud who it is.',
);
const identity = shortOrLong(
  identityImplementation,
  fields(
    {
      implementation: Type.Optional(identityImplementation),
      issuer: Type.Optional(httpsUrl('OIDC issuer URL of the cluster.')),
      pattern: Type.Optional(
        words(
          'What a service account is linked to; {app}, {workload}, {namespace}, {serviceAccount}, {cluster}, {environment}, {account} and {region} are replaced.',
        ),
      ),
      principals: Type.Optional(
        mapOf(
          words('What the service account is linked to.'),
          'The same by <app>/<workload> or <app>, before the pattern: for identities that no pattern can name.',
        ),
      ),
      tenant: Type.Optional(
        shaped('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', 'a GUID', 'Azure tenant id.'),
      ),
      projectNumber: Type.Optional(shaped('^[0-9]{6,15}$', 'a project number, quoted', 'GCP project number, quoted.')),
    },
    'The implementation and its settings.',
  ),
  'Workload identity.',
);

const secretsImplementation = choice(
  ['vault', 'aws', 'gcp', 'azure', 'external-secrets'],
  'Where secrets are kept and who brings them.',
);
const secrets = shortOrLong(
  secretsImplementation,
  fields(
    {
      implementation: Type.Optional(secretsImplementation),
      address: Type.Optional(url('Address of Vault. Absent: the default of the CSI provider.')),
      authMount: Type.Optional(words('Vault Kubernetes auth mount. Default: kubernetes.')),
      mount: Type.Optional(words('Vault KV v2 mount. Default: secret.')),
      prefix: Type.Optional(words('Prefix of the path or name of a secret. Default: {environment}/{app}.')),
      keyVault: Type.Optional(
        shaped(
          '^[A-Za-z][-A-Za-z0-9]{1,22}[A-Za-z0-9]$',
          'a Key Vault name: 3 to 24 letters, digits and hyphens',
          'Key Vault name, for azure.',
        ),
      ),
      tenant: Type.Optional(
        shaped('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', 'a GUID', 'Azure tenant id.'),
      ),
      project: Type.Optional(words('GCP project of the secrets. Default: the account.')),
      store: Type.Optional(objectName('ClusterSecretStore, for external-secrets.')),
      addon: Type.Optional(
        Type.Boolean({
          description: "The cloud's managed add-on instead of the open-source provider, for gcp. Default: false.",
        }),
      ),
      rotation: Type.Optional(Type.Boolean({ description: 'Changed secrets reach running pods. Default: true.' })),
    },
    'The implementation and its settings.',
  ),
  'Secrets.',
);

const metricsImplementation = choice(
  ['prometheus-operator', 'google-managed', 'azure-managed', 'annotations', 'none'],
  'Who scrapes metrics.',
);
const metrics = shortOrLong(
  metricsImplementation,
  fields(
    {
      implementation: Type.Optional(metricsImplementation),
      namespace: Type.Optional(dnsLabel('Namespace from which pods are scraped. Default: monitoring.')),
      labels: Type.Optional(labels('Labels by which the stack finds monitors and rules.')),
      runbooks: Type.Optional(url('Base URL of runbooks.')),
      queryUrl: Type.Optional(url('In-cluster URL of a Prometheus-compatible query API.')),
      exports: Type.Optional(
        Type.Array(
          shaped('^[a-zA-Z_:][a-zA-Z0-9_:]*\\*?$', 'a name of a metric, or a prefix_*', 'Name, or prefix_*.'),
          {
            description:
              'Metrics that the stack has without any app of this repository exporting them, such as rabbitmq_*. Those of Kubernetes, its usual exporters and the proxies of the cluster need not be named.',
          },
        ),
      ),
      blackbox: Type.Optional(
        shaped(
          '^[^\\s:/]+:[0-9]{1,5}$',
          'an address such as blackbox.monitoring.svc:9115',
          "host:port of the blackbox exporter that probes public routes. Default: the Service of the community's chart.",
        ),
      ),
      nodeMetrics: Type.Optional(
        choice(
          ['cloud', 'platform'],
          "Who scrapes the kubelets of google-managed: the cloud's own packages, or the platform app. Default: cloud.",
        ),
      ),
      workspace: Type.Optional(
        words('Azure Monitor workspace (resource id) that rules are evaluated in, by Azure Service Operator.'),
      ),
      resourceGroup: Type.Optional(words("Azure resource group of these rules, in the cluster's subscription.")),
      actionGroups: Type.Optional(
        fields(
          {
            page: Type.Optional(words('Resource id of the action group that wakes somebody.')),
            ticket: Type.Optional(words('Resource id of the action group for alerts that can wait.')),
          },
          'Azure action group of each severity.',
        ),
      ),
    },
    'The implementation and its settings.',
  ),
  'Metrics and alerts.',
);

const autoscaling = fields(
  {
    resourceMetrics: Type.Optional(Type.Boolean({ description: 'metrics-server is there. Default: true.' })),
    customMetrics: Type.Optional(
      Type.Boolean({ description: 'An adapter serves custom or external metrics. Default: false.' }),
    ),
    keda: Type.Optional(Type.Boolean({ description: 'KEDA is there. Default: false.' })),
    vpa: Type.Optional(Type.Boolean({ description: 'The Vertical Pod Autoscaler is there. Default: false.' })),
    nodes: Type.Optional(
      choice(
        ['karpenter', 'auto-provisioning', 'cluster-autoscaler', 'managed', 'none'],
        'Who adds and removes nodes. auto-provisioning: the cloud, by objects that the platform renders from nodePools (GKE, AKS).',
      ),
    ),
    nodeRole: Type.Optional(
      words(
        'IAM role of the nodes that Karpenter makes on EKS (absent: somebody else makes its node pools), or Google service account of those that auto-provisioning makes on GKE.',
      ),
    ),
    nodeImage: Type.Optional(
      words('Image family and version of these nodes, such as bottlerocket@v1.20.4; on AKS Ubuntu or AzureLinux.'),
    ),
  },
  'What scales pods and nodes.',
);

const storage = fields(
  {
    classes: Type.Optional(
      fields(
        {
          default: Type.Optional(objectName('StorageClass of claims that ask for nothing.')),
          fast: Type.Optional(objectName('StorageClass with guaranteed performance.')),
          shared: Type.Optional(objectName('StorageClass that many pods mount at once.')),
          cheap: Type.Optional(objectName('StorageClass for cold data.')),
        },
        'StorageClass per intent.',
      ),
    ),
    blockDriver: Type.Optional(objectName('CSI driver of block volumes.')),
    fileDriver: Type.Optional(objectName('CSI driver of shared volumes.')),
    fileSystem: Type.Optional(words('File system that shared volumes are access points of, for efs.csi.aws.com.')),
    encryptionKey: Type.Optional(
      words(
        "KMS key ARN, Cloud KMS key, disk encryption set id, vSphere storage policy, or namespace/name of Longhorn's Secret.",
      ),
    ),
  },
  'Volumes.',
);

const networkPolicyImplementation = choice(
  ['vpc-cni', 'dataplane-v2', 'azure-cilium', 'cilium', 'calico'],
  'Who enforces NetworkPolicies.',
);
const networkPolicy = shortOrLong(
  networkPolicyImplementation,
  fields(
    {
      implementation: Type.Optional(networkPolicyImplementation),
      fqdn: Type.Optional(choice(['cilium', 'gke', 'none'], 'Which object can name hosts instead of addresses.')),
      dns: Type.Optional(
        fields(
          {
            apps: Type.Optional(oneOrMore(words('Value of the label k8s-app.'), 'DNS pods of kube-system by k8s-app.')),
            cidrs: Type.Optional(cidrs('Link-local and Service addresses of DNS.')),
          },
          'Where pods find DNS.',
        ),
      ),
      metadata: Type.Optional(
        Type.Array(fields({ cidr, port: port('TCP port.') }, 'One endpoint.'), {
          description: 'Metadata endpoints that workload identity needs.',
        }),
      ),
    },
    'The implementation and its settings.',
  ),
  'NetworkPolicies.',
);

const dnsImplementation = choice(['external-dns', 'none'], 'Who makes DNS records of routes.');
const dns = shortOrLong(
  dnsImplementation,
  fields({ implementation: dnsImplementation }, 'The implementation.'),
  'DNS records of routes.',
);

const nodePool = fields(
  {
    name: dnsLabel('Name of the pool.'),
    cpu: quantity('Allocatable CPU of one node.'),
    memory: quantity('Allocatable memory of one node.'),
    architecture: Type.Optional(choice(['amd64', 'arm64'], 'Processor architecture. Default: amd64.')),
    spot: Type.Optional(Type.Boolean({ description: 'Nodes that the cloud may take back. Default: false.' })),
    max: Type.Integer({ minimum: 1, maximum: 15000, description: 'Most nodes of the pool.' }),
    machines: Type.Optional(
      Type.Array(words('Name of a family.'), {
        minItems: 1,
        description:
          'Families of machines to choose from where the platform makes the nodes, the preferred one first: categories of EC2 (m), families of Compute Engine (n2d) or of Azure (D). Absent: those for general use.',
      }),
    ),
    resources: Type.Optional(
      mapOf(quantity('Quantity.'), 'Extended resources of one node, such as nvidia.com/gpu: 1.'),
    ),
    labels: Type.Optional(labels('Labels of the nodes.')),
    taints: Type.Optional(
      Type.Array(
        fields(
          {
            key: words('Key of the taint.'),
            value: Type.Optional(Type.String({ description: 'Value of the taint.' })),
            effect: choice(['NoSchedule', 'PreferNoSchedule', 'NoExecute'], 'What the taint does.'),
          },
          'One taint.',
        ),
        { description: 'Taints of the nodes.' },
      ),
    ),
  },
  'One pool of nodes.',
);

const names = (what: string) =>
  Type.Optional(Type.Array(objectName(what), { description: `${what}s that are there.` }));
const offers = fields(
  {
    namespaces: names('Namespace'),
    storageClasses: names('StorageClass'),
    ingressClasses: names('IngressClass'),
    gatewayClasses: names('GatewayClass'),
    priorityClasses: names('PriorityClass'),
    clusterRoles: names('ClusterRole'),
    clusterIssuers: names('ClusterIssuer'),
    secretStores: names('ClusterSecretStore'),
  },
  'What the cluster has without any app of this repository; references to these are not missing.',
);

const store = fields(
  {
    host: hostName('Host name of the store.'),
    port: port('TCP port of the store.'),
    cidrs: cidrs('Where its addresses lie; NetworkPolicies allow exactly these.'),
  },
  'A data store or system outside the cluster.',
);

const app = Type.Union(
  [
    Type.Null(),
    fields(
      {
        values: Type.Optional(
          Type.Unsafe<Record<string, unknown>>({
            type: 'object',
            description: "Merged over the app's own values of the environment, key by key.",
          }),
        ),
      },
      'What differs on this cluster.',
    ),
  ],
  { description: 'Nothing, or what differs on this cluster.' },
);

/** A file of `clusters/`. Its name without `.yaml` is the cluster's name. */
export const clusterSchema = Type.Object(
  {
    provider: choice(providerNames, 'Where the cluster runs; sets the defaults of everything else.'),
    region: words('Region or data centre.'),
    account: words('AWS account id (12 digits, quoted), GCP project id, Azure subscription id or a data centre.'),
    environment: words('Name of a file in environments/.'),
    kubernetes: Type.Unsafe<string>({
      type: 'string',
      enum: supportedVersions,
      description: 'Minor version of Kubernetes, quoted: "1.34".',
    }),
    domain: hostName('Domain under which routes of the cluster live.'),
    delivery,
    network: Type.Optional(network),
    capabilities: Type.Optional(
      fields(
        {
          ingress: Type.Optional(ingress),
          identity: Type.Optional(identity),
          secrets: Type.Optional(secrets),
          metrics: Type.Optional(metrics),
          autoscaling: Type.Optional(autoscaling),
          storage: Type.Optional(storage),
          networkPolicy: Type.Optional(networkPolicy),
          dns: Type.Optional(dns),
        },
        'What the cluster offers; each has a default of its provider.',
      ),
    ),
    nodePools: Type.Optional(Type.Array(nodePool, { description: 'Pools of nodes, for capacity and scheduling.' })),
    offers: Type.Optional(offers),
    stores: Type.Optional(
      mapOf(store, 'Stores and systems outside the cluster, by <app>/<name> or by <name> for all apps.'),
    ),
    apps: Type.Optional(
      Type.Union([mapOf(app, 'Apps by name.'), Type.Array(words('Name of a folder in apps/.'))], {
        description: 'The apps of the cluster: names with nothing or with what differs here, or a list of names.',
      }),
    ),
    waivers: Type.Optional(waivers),
  },
  {
    additionalProperties: false,
    title: 'Fairlead cluster',
    description: 'Where apps run. The name of the file is the name of the cluster.',
  },
);

/** The shape of a cluster file that has passed the schema. */
export type ClusterFile = Static<typeof clusterSchema>;
