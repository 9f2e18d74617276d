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
const googleRules: Defaults = [['spec.groups[].interval', '1m']];

/**
 * Defaults that the definitions of these kinds have inside lists (gateway-api 1.5, prometheus-operator 0.85, external-secrets 1.3,
 * cert-manager 1.21, karpenter 1.14, cilium 1.18, aws-load-balancer-controller 3, prometheus-engine 0.17). Outer paths come first.
 */
export const listDefaults: ReadonlyMap<string, Defaults> = new Map<string, Defaults>([
  ['azmonitoring.coreos.com/v1 PodMonitor', monitor('podMetricsEndpoints')],
  ['azmonitoring.coreos.com/v1 ServiceMonitor', monitor('endpoints')],
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
 * States what the API server would write into the lists of a custom resource. Argo CD compares such a list as one value, so what is
 * left out there shows as a difference for ever, and self-heal applies it again and again. Defaults outside lists do no harm.
 * What is stated stays as it is, and the argument is not changed.
 *
 * @see https://github.com/argoproj/argo-cd/issues/22151
 */
export function stateDefaults(manifest: Manifest): Manifest {
  const defaults = listDefaults.get(`${manifest.apiVersion} ${manifest.kind}`);
  if (defaults === undefined) return manifest;
  return defaults.reduce<Manifest>((object, [path, value]) => {
    const spec = state(object['spec'], path.split('.').slice(1), value);
    return spec === object['spec'] ? object : { ...object, spec };
  }, manifest);
}

/** The value with what is missing at a path; the same value where nothing is. */
function state(value: unknown, [step = '', ...rest]: readonly string[], add: Json): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const key = step.replace('[]', '');
  const old: unknown = Reflect.get(value, key);
  let complete: unknown = old;
  if (rest.length === 0) complete = old === undefined ? add : old;
  else if (!step.endsWith('[]')) complete = state(old, rest, add);
  else if (Array.isArray(old)) {
    const items = old.map((item: unknown) => state(item, rest, add));
    if (items.some((item, index) => item !== old[index])) complete = items;
  }
  return complete === old ? value : { ...value, [key]: complete };
}
