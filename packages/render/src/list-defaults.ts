import type { Json, Manifest } from '@fairlead/objects/manifest';

/** Where a list item lacks a field, and what the API server then writes into it. `[]` stands for every item of a list. */
type Defaults = readonly (readonly [path: string, value: Json])[];

const gatewayParents: Defaults = [
  ['spec.parentRefs[].group', 'gateway.networking.k8s.io'],
  ['spec.parentRefs[].kind', 'Gateway'],
];
const gatewayBackends: Defaults = [
  ['spec.rules[].backendRefs[].group', ''],
  ['spec.rules[].backendRefs[].kind', 'Service'],
  ['spec.rules[].backendRefs[].weight', 1],
  ['spec.rules[].filters[].requestMirror.backendRef.group', ''],
  ['spec.rules[].filters[].requestMirror.backendRef.kind', 'Service'],
  ['spec.rules[].matches[].headers[].type', 'Exact'],
];
const everything = { type: 'PathPrefix', value: '/' };
const monitor = (endpoints: string): Defaults => [
  [`spec.${endpoints}[].relabelings[].action`, 'replace'],
  [`spec.${endpoints}[].metricRelabelings[].action`, 'replace'],
];
const solvers: Defaults = gatewayParents.map(([path, value]) => [
  path.replace('spec.', 'spec.acme.solvers[].http01.gatewayHTTPRoute.'),
  value,
]);
/** Of built-in kinds Argo CD knows all defaults but these: a resource read in its own unit has a divisor of 0, and a claim a kind. */
const podDefaults = (template: string): Defaults =>
  [
    'containers[].env[].valueFrom',
    'initContainers[].env[].valueFrom',
    'volumes[].downwardAPI.items[]',
    'volumes[].projected.sources[].downwardAPI.items[]',
  ].map((from) => [`${template}.spec.${from}.resourceFieldRef.divisor`, '0']);
const claimTemplates: Defaults = [
  ['spec.volumeClaimTemplates[].apiVersion', 'v1'],
  ['spec.volumeClaimTemplates[].kind', 'PersistentVolumeClaim'],
];
const googleRules: Defaults = [['spec.groups[].interval', '1m']];

/**
 * Defaults that the definitions of these kinds have inside lists (Kubernetes 1.34 with Argo CD 3.5, gateway-api 1.5, prometheus-operator 0.85, external-secrets 1.3,
 * cert-manager 1.21, karpenter 1.14, cilium 1.18, aws-load-balancer-controller 3, prometheus-engine 0.17). Outer paths come first.
 */
export const listDefaults: ReadonlyMap<string, Defaults> = new Map<string, Defaults>([
  ['apps/v1 DaemonSet', podDefaults('spec.template')],
  ['apps/v1 Deployment', podDefaults('spec.template')],
  ['apps/v1 StatefulSet', [...podDefaults('spec.template'), ...claimTemplates]],
  ['azmonitoring.coreos.com/v1 PodMonitor', monitor('podMetricsEndpoints')],
  ['azmonitoring.coreos.com/v1 ServiceMonitor', monitor('endpoints')],
  ['batch/v1 CronJob', podDefaults('spec.jobTemplate.spec.template')],
  ['batch/v1 Job', podDefaults('spec.template')],
  ['cert-manager.io/v1 ClusterIssuer', solvers],
  ['cert-manager.io/v1 Issuer', solvers],
  [
    'external-secrets.io/v1 ExternalSecret',
    [
      ...['data[].remoteRef', 'dataFrom[].extract', 'dataFrom[].find'].flatMap((from): Defaults => [
        [`spec.${from}.conversionStrategy`, 'Default'],
        [`spec.${from}.decodingStrategy`, 'None'],
      ]),
      ['spec.data[].remoteRef.metadataPolicy', 'None'],
      ['spec.dataFrom[].extract.metadataPolicy', 'None'],
    ],
  ],
  ['gateway.k8s.aws/v1 LoadBalancerConfiguration', [['spec.listenerConfigurations[].alpnPolicy', 'None']]],
  [
    'gateway.networking.k8s.io/v1 Gateway',
    [
      ['spec.addresses[].type', 'IPAddress'],
      ['spec.listeners[].allowedRoutes', { namespaces: { from: 'Same' } }],
      ['spec.listeners[].allowedRoutes.namespaces', { from: 'Same' }],
      ['spec.listeners[].allowedRoutes.namespaces.from', 'Same'],
      ['spec.listeners[].allowedRoutes.kinds[].group', 'gateway.networking.k8s.io'],
      ['spec.listeners[].tls.certificateRefs[].group', ''],
      ['spec.listeners[].tls.certificateRefs[].kind', 'Secret'],
      ['spec.listeners[].tls.mode', 'Terminate'],
    ],
  ],
  [
    'gateway.networking.k8s.io/v1 GRPCRoute',
    [...gatewayParents, ...gatewayBackends, ['spec.rules[].matches[].method.type', 'Exact']],
  ],
  [
    'gateway.networking.k8s.io/v1 HTTPRoute',
    [
      ...gatewayParents,
      ...gatewayBackends,
      ['spec.rules[].matches', [{ path: everything }]],
      ['spec.rules[].matches[].path', everything],
      ['spec.rules[].matches[].path.type', everything.type],
      ['spec.rules[].matches[].path.value', everything.value],
      ['spec.rules[].matches[].queryParams[].type', 'Exact'],
      ['spec.rules[].filters[].requestRedirect.statusCode', 302],
    ],
  ],
  ['karpenter.sh/v1 NodePool', [['spec.disruption.budgets[].nodes', '10%']]],
  ['monitoring.coreos.com/v1 PodMonitor', monitor('podMetricsEndpoints')],
  [
    'monitoring.coreos.com/v1 Probe',
    [
      ['spec.metricRelabelings[].action', 'replace'],
      ['spec.targets.ingress.relabelingConfigs[].action', 'replace'],
      ['spec.targets.staticConfig.relabelingConfigs[].action', 'replace'],
    ],
  ],
  ['monitoring.coreos.com/v1 ServiceMonitor', monitor('endpoints')],
  [
    'monitoring.coreos.com/v1alpha1 ScrapeConfig',
    [
      ['spec.metricRelabelings[].action', 'replace'],
      ['spec.relabelings[].action', 'replace'],
    ],
  ],
  ['monitoring.googleapis.com/v1 ClusterRules', googleRules],
  ['monitoring.googleapis.com/v1 GlobalRules', googleRules],
  ['monitoring.googleapis.com/v1 Rules', googleRules],
]);

/**
 * States what the API server would write into the lists of an object. Argo CD compares the list of a custom resource as one value, so what
 * is left out there shows as a difference for ever, and self-heal applies it again and again. Defaults outside lists do no harm.
 * What is stated stays as it is, and the argument is not changed.
 *
 * @see https://github.com/argoproj/argo-cd/issues/22151
 */
export function stateDefaults(manifest: Manifest): Manifest {
  const defaults = stepsOf.get(`${manifest.apiVersion} ${manifest.kind}`);
  if (defaults === undefined) return manifest;
  let spec: unknown = manifest['spec'];
  for (const [steps, value] of defaults) spec = state(spec, steps, 0, value);
  return spec === manifest['spec'] ? manifest : { ...manifest, spec };
}

interface Step {
  readonly key: string;
  readonly list: boolean;
}

/** The table with its paths taken apart, below `spec`. */
const stepsOf = new Map(
  [...listDefaults].map(([kind, defaults]) => [
    kind,
    defaults.map(([path, value]) => {
      const steps = path.split('.').slice(1);
      return [steps.map((step): Step => ({ key: step.replace('[]', ''), list: step.endsWith('[]') })), value] as const;
    }),
  ]),
);

/** The value with what is missing at a path; the same value where nothing is. */
function state(value: unknown, steps: readonly Step[], at: number, add: Json): unknown {
  const step = steps[at];
  if (step === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const old: unknown = Reflect.get(value, step.key);
  let complete: unknown = old;
  if (at === steps.length - 1) complete = old === undefined ? add : old;
  else if (!step.list) complete = state(old, steps, at + 1, add);
  else if (Array.isArray(old)) complete = stateInItems(old, steps, at + 1, add);
  return complete === old ? value : { ...value, [step.key]: complete };
}

function stateInItems(items: readonly unknown[], steps: readonly Step[], at: number, add: Json): readonly unknown[] {
  let result: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const complete = state(items[index], steps, at, add);
    if (complete === items[index]) continue;
    result ??= [...items];
    result[index] = complete;
  }
  return result ?? items;
}
