import type { ClusterFile } from './cluster-schema.ts';
import { formatAddress, parseCidr } from './cidr.ts';
import { broughtNamespaces, implementations } from './implementations.ts';
import { Layers } from './layers.ts';
import type { AppEntry, Cluster, Environment } from './model.ts';
import { providers } from './providers.ts';
import { list } from './resolve-environment.ts';
import { isRecord, type SourceFile } from './source-file.ts';

/** What holds on a cluster when neither its file, its provider nor an implementation says otherwise. */
const defaults = {
  delivery: { revision: 'main' },
  network: { vpc: [], controlPlane: [], loadBalancerSubnets: [] },
  capabilities: {
    secrets: { prefix: '{environment}/{app}', rotation: true },
    metrics: { labels: {} },
    autoscaling: { resourceMetrics: true, customMetrics: false, keda: false, vpa: false, nodes: 'none' },
    networkPolicy: { fqdn: 'none', metadata: [] },
  },
  apps: [],
  nodePools: [],
  offers: {
    namespaces: [],
    storageClasses: [],
    ingressClasses: [],
    gatewayClasses: [],
    priorityClasses: [],
    clusterRoles: [],
    clusterIssuers: [],
    secretStores: [],
  },
  stores: {},
  waivers: [],
};

const engineNamespaces = { argocd: 'argocd', flux: 'flux-system' };

/** A cluster with the provenance of each value. */
export interface ResolvedCluster {
  readonly cluster: Cluster;
  readonly layers: Layers;
}

/** Lays a cluster file, which has passed its schema, over the defaults of its implementations and its provider. */
export function resolveCluster(
  name: string,
  file: ClusterFile,
  source: SourceFile,
  environment: Environment,
  repository: string | undefined,
): ResolvedCluster {
  const row = providers[file.provider];
  const stated = longForm(file);
  const layers = new Layers().add(defaults, 'default');
  for (const [capability, rows] of Object.entries(implementations)) {
    const implementation = implementationOf(stated, row.defaults.capabilities, capability);
    const settings = rows[implementation] ?? {};
    layers.add({ capabilities: { [capability]: settings } }, `default of ${capability} ${implementation}`);
  }
  layers.add(row.defaults, `default of provider ${file.provider}`).add(stated, source);
  derive(layers, file, repository);
  // The schema has checked each field of the file, and the layers below it fill the others.
  const resolved = { ...layers.value, environment } as unknown as Cluster;
  const { provider, region, account, kubernetes, domain, delivery, network, capabilities, ...rest } = resolved;
  const head = { name, provider, region, account, environment, kubernetes, domain, delivery, network, capabilities };
  return { cluster: { ...head, ...rest }, layers };
}

function implementationOf(
  stated: Readonly<Record<string, unknown>>,
  row: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  capability: string,
): string {
  const capabilities = isRecord(stated['capabilities']) ? stated['capabilities'] : {};
  const own = capabilities[capability];
  const chosen = isRecord(own) ? own['implementation'] : undefined;
  return String(chosen ?? row[capability]?.['implementation']);
}

/** Values that follow from other values of the same cluster. */
function derive(layers: Layers, file: ClusterFile, repository: string | undefined): void {
  const engine = typeof file.delivery === 'string' ? file.delivery : file.delivery.engine;
  layers.derive(['delivery', 'namespace'], engineNamespaces[engine], `default of delivery ${engine}`);
  layers.derive(['delivery', 'repository'], repository, 'package.json');
  layers.derive(['capabilities', 'metrics', 'runbooks'], runbooks(layers), 'derived from delivery.repository');

  const vpc = layers.get(['network', 'vpc']);
  const { podsInVpcWith } = providers[file.provider].network;
  const vpcPods =
    podsInVpcWith !== undefined && layers.get(['capabilities', 'networkPolicy', 'implementation']) === podsInVpcWith;
  if (vpcPods) layers.derive(['network', 'pods'], vpc, 'derived from network.vpc');
  layers.derive(['network', 'pods'], [], 'default');
  layers.derive(['network', 'services'], [], 'default');
  layers.derive(['network', 'nodes'], vpc, 'derived from network.vpc');

  const subnets = layers.get(['network', 'loadBalancerSubnets']);
  const sources = Array.isArray(subnets) ? subnets.flatMap((each) => (isRecord(each) ? [each['cidr']] : [])) : [];
  layers.derive(['capabilities', 'ingress', 'sources'], sources, 'derived from network.loadBalancerSubnets');

  // What a cluster file offers comes on top of what every cluster of the provider has, and of what its engine and stacks bring.
  const brought = broughtBy(layers, engine);
  const { offers } = providers[file.provider].defaults;
  for (const [kind, own] of Object.entries(offers)) {
    const path = ['offers', kind];
    const more = kind === 'namespaces' ? brought.flatMap(({ namespaces }) => namespaces) : [];
    const stated = layers.get(path);
    if (stated !== own && Array.isArray(stated)) layers.amend(path, [...new Set([...own, ...more, ...stated])]);
    else if (more.length > 0) {
      const words = [`default of provider ${file.provider}`, ...brought.map(({ by }) => by)].join(', ');
      layers.add({ offers: { [kind]: [...own, ...more] } }, words);
    }
  }

  const stated = typeof file.capabilities?.networkPolicy === 'object' ? file.capabilities.networkPolicy : undefined;
  if (stated?.dns?.cidrs === undefined) {
    const path = ['capabilities', 'networkPolicy', 'dns', 'cidrs'];
    const known = layers.get(path);
    const services = layers.get(['network', 'services']);
    const addresses = Array.isArray(services) ? services.flatMap((each) => dnsAddress(String(each))) : [];
    const all = [...(Array.isArray(known) ? known : []), ...addresses];
    layers.add({ capabilities: { networkPolicy: { dns: { cidrs: all } } } }, 'derived from network.services');
  }
  if (layers.get(['capabilities', 'identity', 'implementation']) === 'pod-identity' && stated?.metadata === undefined) {
    // The agent of EKS Pod Identity listens here on every node (clouds.md section 2).
    const metadata = [{ cidr: '169.254.170.23/32', port: 80 }];
    layers.add({ capabilities: { networkPolicy: { metadata } } }, 'default of identity pod-identity');
  }
  if (layers.get(['capabilities', 'secrets', 'implementation']) === 'gcp') {
    layers.derive(['capabilities', 'secrets', 'project'], file.account, 'derived from account');
  }
}

/** What comes with the delivery engine and the chosen implementations, and with which of them. */
function broughtBy(
  layers: Layers,
  engine: keyof typeof engineNamespaces,
): { by: string; namespaces: readonly string[] }[] {
  return Object.entries(broughtNamespaces).flatMap(([part, rows]) => {
    const chosen = part === 'delivery' ? engine : String(layers.get(['capabilities', part, 'implementation']));
    // An engine that was installed somewhere else is not where it is by default.
    const moved = part === 'delivery' && layers.get(['delivery', 'namespace']) !== engineNamespaces[engine];
    const namespaces = moved ? undefined : rows[chosen];
    return namespaces === undefined ? [] : [{ by: `${part} ${chosen}`, namespaces }];
  });
}

/** The cluster's DNS Service has the tenth address of the first Service range, on every provider. */
function dnsAddress(services: string): string[] {
  const range = parseCidr(services);
  return 'first' in range ? [`${formatAddress(range.first + 10)}/32`] : [];
}

function runbooks(layers: Layers): string {
  const repository = String(layers.get(['delivery', 'repository']) ?? '');
  const web = repository.replace(/\.git$/, '').replace(/^(?:ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$1/');
  return `${web}/blob/${String(layers.get(['delivery', 'revision']))}/docs/runbooks`;
}

function appEntries(file: ClusterFile): AppEntry[] {
  if (Array.isArray(file.apps)) return file.apps.map((name) => ({ name, values: {} }));
  return Object.entries(file.apps ?? {}).map(([name, entry]) => ({ name, values: entry?.values ?? {} }));
}

/** The file with every short form written out. */
function longForm(file: ClusterFile): Record<string, unknown> {
  const network = file.network && {
    ...file.network,
    vpc: list(file.network.vpc),
    pods: list(file.network.pods),
    services: list(file.network.services),
    nodes: list(file.network.nodes),
    controlPlane: list(file.network.controlPlane),
    loadBalancerSubnets: file.network.loadBalancerSubnets?.map((each) =>
      typeof each === 'string' ? { cidr: each } : each,
    ),
  };
  const ingress = long(file.capabilities?.ingress);
  const networkPolicy = long(file.capabilities?.networkPolicy);
  const capabilities = file.capabilities && {
    ...file.capabilities,
    ingress: ingress && { ...ingress, sources: list(ingress.sources) },
    identity: long(file.capabilities.identity),
    secrets: long(file.capabilities.secrets),
    metrics: long(file.capabilities.metrics),
    networkPolicy: networkPolicy && {
      ...networkPolicy,
      dns: networkPolicy.dns && { apps: list(networkPolicy.dns.apps), cidrs: list(networkPolicy.dns.cidrs) },
    },
    dns: long(file.capabilities.dns),
  };
  return {
    ...file,
    apps: appEntries(file),
    delivery: typeof file.delivery === 'string' ? { engine: file.delivery } : file.delivery,
    network,
    capabilities,
    nodePools: file.nodePools?.map((pool) => ({
      architecture: 'amd64',
      spot: false,
      labels: {},
      taints: [],
      ...pool,
      cpu: String(pool.cpu),
      memory: String(pool.memory),
      resources:
        pool.resources &&
        Object.fromEntries(Object.entries(pool.resources).map(([key, value]) => [key, String(value)])),
    })),
    stores:
      file.stores &&
      Object.fromEntries(
        Object.entries(file.stores).map(([key, store]) => [key, { ...store, cidrs: list(store.cidrs) }]),
      ),
  };
}

function long<Long extends object>(
  value: string | Long | undefined,
): (Partial<Long> & { implementation?: string }) | undefined {
  // A short form names the implementation and nothing else.
  return typeof value === 'string' ? ({ implementation: value } as Partial<Long> & { implementation?: string }) : value;
}
