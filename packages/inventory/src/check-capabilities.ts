import { didYouMean } from '@fairlead/diagnostics';
import type { ProviderRow } from './providers.ts';
import { isRecord, type Path, type SourceFile } from './source-file.ts';

/** Settings that only some implementations of a capability read. */
const readBy: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  secrets: {
    address: ['vault'],
    authMount: ['vault'],
    mount: ['vault'],
    keyVault: ['azure'],
    tenant: ['azure'],
    project: ['gcp'],
    store: ['external-secrets'],
    addon: ['gcp'],
  },
  identity: {
    projectNumber: ['gke-workload-identity', 'gke-workload-identity-direct'],
    tenant: ['azure-workload-identity'],
    pattern: ['irsa', 'pod-identity', 'gke-workload-identity', 'azure-workload-identity'],
    principals: ['irsa', 'pod-identity', 'gke-workload-identity', 'azure-workload-identity'],
  },
  metrics: {
    nodeMetrics: ['google-managed'],
    workspace: ['azure-managed'],
    resourceGroup: ['azure-managed'],
    actionGroups: ['azure-managed'],
  },
};

/** Sources of certificates that an ingress implementation can use. */
const certificateSources: Readonly<Record<string, readonly string[]>> = {
  // An ALB cannot use a Kubernetes TLS Secret (LBC annotations guide).
  alb: ['acm'],
  'alb-gateway': ['acm'],
  'gke-gateway': ['google-managed', 'cert-manager'],
  'gke-ingress': ['google-managed', 'cert-manager'],
  'aks-approuting': ['key-vault', 'cert-manager'],
  'envoy-gateway': ['cert-manager'],
  nginx: ['cert-manager'],
};

const fqdnNeeds: Readonly<Record<string, readonly string[]>> = {
  gke: ['dataplane-v2'],
  cilium: ['cilium', 'azure-cilium'],
};

/** Checks what a cluster file says about capabilities against its provider and against itself. Works on whatever the file holds. */
export function checkCapabilities(source: SourceFile, row: ProviderRow): void {
  const capabilities = record(source.value?.['capabilities']);
  const settings = (capability: string): Readonly<Record<string, unknown>> => {
    const value = capabilities[capability];
    return {
      ...row.defaults.capabilities[capability],
      ...(typeof value === 'string' ? { implementation: value } : record(value)),
    };
  };
  for (const [capability, known] of Object.entries(row.only)) {
    if (capability === 'nodes') continue;
    checkImplementation(source, capability, settings(capability), known, row.title);
  }
  const ingress = settings('ingress');
  const implementation = String(ingress['implementation']);
  if (implementation === 'nginx') {
    source.report('inventory/retired', implementationPath(source, 'ingress'), 'value', {
      message: 'ingress-nginx is retired upstream since March 2026 and gets no security fixes',
      hint: 'use envoy-gateway, or the implementation of the cloud',
    });
  }
  const certificates = record(ingress['certificates'])['source'];
  conflictUnless(
    source,
    certificateSources[implementation],
    certificates,
    ['capabilities', 'ingress', 'certificates', 'source'],
    `ingress ${implementation} cannot use certificates of`,
  );
  conflictUnless(
    source,
    row.only.nodes,
    settings('autoscaling')['nodes'],
    ['capabilities', 'autoscaling', 'nodes'],
    `${row.title} has no node autoscaling by`,
  );

  checkNodes(source, settings('autoscaling'));

  const policy = settings('networkPolicy');
  const fqdn = String(policy['fqdn'] ?? 'none');
  const needed = fqdnNeeds[fqdn];
  if (needed !== undefined && !needed.includes(String(policy['implementation']))) {
    source.report('inventory/capability-conflict', ['capabilities', 'networkPolicy', 'fqdn'], 'value', {
      message: `host names in policies of kind ${fqdn} need ${needed.join(' or ')}, not ${String(policy['implementation'])}`,
      hint: 'write fqdn: none, or change the implementation',
    });
  }
  const identity = settings('identity');
  // As a mere default of the provider it harms nobody until a workload wants an identity, and then the workload is told.
  const stated = capabilities['identity'] !== undefined;
  if (stated && identity['implementation'] === 'irsa' && identity['issuer'] === undefined) {
    source.report('inventory/capability-conflict', ['capabilities', 'identity'], 'key', {
      message: 'identity irsa needs the OIDC issuer of the cluster',
      hint: 'add capabilities: { identity: { issuer: https://… } } as `aws eks describe-cluster` prints it, or choose pod-identity or none',
    });
  }
  const secrets = settings('secrets');
  if (secrets['implementation'] === 'azure' && secrets['keyVault'] === undefined) {
    source.report('inventory/capability-conflict', ['capabilities', 'secrets'], 'key', {
      message: 'secrets azure needs the name of a Key Vault',
      hint: 'add capabilities: { secrets: { implementation: azure, keyVault: … } }',
    });
  }
  checkEffects(source, 'secrets', secrets);
  checkEffects(source, 'identity', identity);
  const metrics = settings('metrics');
  if (metrics['workspace'] !== undefined && metrics['resourceGroup'] === undefined) {
    source.report('inventory/capability-conflict', ['capabilities', 'metrics', 'workspace'], 'key', {
      message: 'rules of a workspace are resources of a resource group, which is not stated',
      hint: 'add capabilities: { metrics: { resourceGroup: … } }',
    });
  }
  checkEffects(source, 'metrics', metrics);
}

/** What the platform makes nodes from, where it does. */
function checkNodes(source: SourceFile, { nodes, nodeImage }: Readonly<Record<string, unknown>>): void {
  if (nodes !== 'auto-provisioning') return;
  const pools = source.value?.['nodePools'];
  if (!Array.isArray(pools) || pools.length === 0) {
    source.report('inventory/no-effect', ['capabilities', 'autoscaling', 'nodes'], 'value', {
      message: 'auto-provisioning makes nodes by objects that are rendered from nodePools, and there are none',
      hint: 'add nodePools: [{ name: general, cpu: …, memory: …, max: … }], or write nodes: managed',
    });
  }
  if (source.value?.['provider'] === 'aks' && nodeImage !== undefined && !aksImages.includes(String(nodeImage))) {
    source.report('inventory/unknown-value', ['capabilities', 'autoscaling', 'nodeImage'], 'value', {
      message: `auto-provisioned nodes of AKS have no image "${String(nodeImage)}"`,
      hint: didYouMean(String(nodeImage), aksImages),
    });
  }
}

const aksImages = ['Ubuntu', 'AzureLinux'];

function checkImplementation(
  source: SourceFile,
  capability: string,
  settings: Readonly<Record<string, unknown>>,
  known: readonly string[],
  title: string,
): void {
  const implementation = settings['implementation'];
  if (typeof implementation !== 'string' || known.includes(implementation)) return;
  source.report('inventory/capability-conflict', implementationPath(source, capability), 'value', {
    message: `${capability} ${implementation} does not exist on ${title}`,
    hint: didYouMean(implementation, known),
  });
}

function conflictUnless(
  source: SourceFile,
  known: readonly string[] | undefined,
  value: unknown,
  path: Path,
  words: string,
): void {
  if (known === undefined || typeof value !== 'string' || known.includes(value)) return;
  source.report('inventory/capability-conflict', path, 'value', {
    message: `${words} ${value}`,
    hint: `known: ${known.join(', ')}`,
  });
}

function checkEffects(source: SourceFile, capability: string, settings: Readonly<Record<string, unknown>>): void {
  const implementation = String(settings['implementation']);
  for (const [key, readers] of Object.entries(readBy[capability] ?? {})) {
    if (settings[key] === undefined || readers.includes(implementation)) continue;
    source.report('inventory/no-effect', ['capabilities', capability, key], 'key', {
      message: `${key} has no effect with ${capability} ${implementation}`,
      hint: `only ${readers.join(', ')} reads it; remove the key or change the implementation`,
    });
  }
}

/** Where the implementation is stated: the short form, the key of the long form, or the nearest parent of a default. */
function implementationPath(source: SourceFile, capability: string): Path {
  const value = record(source.value?.['capabilities'])[capability];
  return isRecord(value) ? ['capabilities', capability, 'implementation'] : ['capabilities', capability];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
