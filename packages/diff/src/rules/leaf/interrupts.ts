import type { Leaf } from '../../compare.ts';
import type { ObjectChange } from '../../pair.ts';
import { dig, list } from '../../workloads.ts';
import {
  inContainer,
  workload,
  ingress,
  service,
  plain,
  fromTo,
  what,
  becomes,
  gone,
  last,
  containerField,
  annotation,
  type LeafRule,
} from './leaf-rule.ts';

/** Fields whose change breaks running callers, requests or connections. */
export const interruptsRules: readonly LeafRule[] = [
  {
    code: 'service-port',
    kind: service,
    path: /^spec\.ports\.\*\.(port|targetPort|nodePort|protocol)$/,
    when: (leaf) => leaf.before !== undefined || last(leaf) === 'targetPort',
  },
  {
    code: 'service-elsewhere',
    kind: service,
    path: /^spec\.(externalName|loadBalancerIP)$/,
    when: (leaf) => leaf.before !== undefined && leaf.after !== undefined,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'host-changed',
    path: annotation('external-dns\\.alpha\\.kubernetes\\.io/hostname'),
    when: (leaf) => leaf.before !== undefined,
  },
  { code: 'service-selector', kind: service, path: /^spec\.selector\b.*$/ },
  {
    code: 'service-type',
    kind: service,
    path: /^spec\.type$/,
    when: (leaf) =>
      leaf.before === 'LoadBalancer' ||
      leaf.before === 'NodePort' ||
      leaf.after === 'ExternalName' ||
      leaf.before === 'ExternalName',
    words: (leaf) => fromTo(leaf, 'ClusterIP'),
  },
  { code: 'host-changed', kind: ingress, path: /^spec\.rules\.\*\.host$/, when: (leaf) => leaf.before !== undefined },
  {
    code: 'exposed',
    kind: ingress,
    path: /^spec\.rules\.\*\.host$/,
    when: (leaf) => leaf.before === undefined,
    words: (leaf) => ({ what: `answers for a new host, ${plain(leaf.after)}` }),
    onAdded: true,
  },
  {
    code: 'host-changed',
    kind: /^gateway\.networking\.k8s\.io\/\w+Route$|^networking\.istio\.io\/VirtualService$/,
    path: /^spec\.(hostnames|hosts)\.\*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'exposed',
    kind: /^gateway\.networking\.k8s\.io\/\w+Route$|^networking\.istio\.io\/VirtualService$/,
    path: /^spec\.(hostnames|hosts)\.\*$/,
    when: (leaf) => leaf.before === undefined,
    words: (leaf) => ({ what: `answers for a new host, ${plain(leaf.after)}` }),
    onAdded: true,
  },
  {
    code: 'tls-added',
    kind: ingress,
    path: /^spec\.tls\b.*$/,
    when: (_, { before }) => list(dig(before?.manifest, 'spec', 'tls')).length === 0,
  },
  { code: 'tls-changed', kind: ingress, path: /^spec\.tls\b.*$/ },
  {
    code: 'tls-changed',
    path: annotation(
      '(alb\\.ingress\\.kubernetes\\.io/(certificate-arn|ssl-policy|listen-ports)|cert-manager\\.io/(cluster-issuer|issuer)|service\\.beta\\.kubernetes\\.io/aws-load-balancer-ssl-.*)',
    ),
  },
  {
    code: 'tls-changed',
    kind: /^cert-manager\.io\/Certificate$/,
    path: /^spec\.(dnsNames\.\*|secretName|issuerRef\..*|commonName|privateKey\..*)$/,
  },
  {
    code: 'tls-changed',
    kind: /^gateway\.networking\.k8s\.io\/Gateway$/,
    path: /^spec\.listeners\.\*\.tls\b.*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'listener-changed',
    kind: /^(gateway\.networking\.k8s\.io|networking\.istio\.io)\/Gateway$/,
    path: /^spec\.(listeners|servers)\.\*(\..*)?$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'exposed',
    kind: /^(gateway\.networking\.k8s\.io|networking\.istio\.io)\/Gateway$/,
    path: /^spec\.(listeners|servers)\.\*\..*$/,
    when: (leaf) => leaf.before === undefined,
    words: what('gets a new listener'),
    onAdded: true,
  },
  {
    code: 'route-changed',
    kind: ingress,
    path: /^spec\.(rules\.\*\.http\b.*|defaultBackend\b.*|ingressClassName)$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'route-changed',
    kind: /^gateway\.networking\.k8s\.io\/(\w+Route|Gateway)$/,
    path: /^spec\.(parentRefs|rules|gatewayClassName)\b.*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'route-changed',
    kind: /^networking\.istio\.io\/VirtualService$/,
    path: /^spec\.(http|tcp|tls|gateways)\b.*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'route-changed',
    kind: /^(\/Endpoints|discovery\.k8s\.io\/EndpointSlice)$/,
    path: /^(subsets|endpoints|ports)\b.*$/,
  },
  {
    code: 'probe-removed',
    kind: workload,
    path: inContainer('(livenessProbe|readinessProbe|startupProbe)\\b.*$'),
    when: (leaf, change) => gone(leaf) && probeGone(leaf, change),
    words: (leaf) => ({ field: `the ${(containerField(leaf).split('.')[0] ?? '').replace('Probe', ' probe')}` }),
  },
  { code: 'probe-changed', kind: workload, path: inContainer('(livenessProbe|readinessProbe|startupProbe)\\b.*$') },
  {
    code: 'container-port',
    kind: workload,
    path: inContainer('ports\\.\\*\\.(containerPort|protocol)$'),
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'nodes-replaced',
    kind: /^karpenter\.(sh|k8s\.aws|azure\.com)\//,
    path: /^spec\.(template\b.*|amiFamily|amiSelectorTerms\b.*|userData|blockDeviceMappings\b.*|metadataOptions\b.*|subnetSelectorTerms\b.*|securityGroupSelectorTerms\b.*|role|imageFamily)$/,
  },
  {
    code: 'database-restarts',
    kind: /^postgresql\.cnpg\.io\/Cluster$/,
    path: /^spec\.(imageName|imageCatalogRef\b.*|postgresql\b.*|resources\b.*|primaryUpdateStrategy|env\b.*)$/,
  },
  {
    code: 'version-unserved',
    kind: /^apiextensions\.k8s\.io\/CustomResourceDefinition$/,
    path: /^spec\.versions\.\*\.served$/,
    when: becomes(false),
  },
];

/** True when the whole probe went, and its container stayed. */
function probeGone(leaf: Leaf, change: ObjectChange): boolean {
  const match = /^(.*\.)(livenessProbe|readinessProbe|startupProbe)\b/.exec(leaf.path);
  if (match === null) return false;
  const start = leaf.pointer.slice(0, leaf.pointer.indexOf(`/${match[2]}`));
  return (
    !change.leaves.some((each) => each.pointer.startsWith(`${start}/${match[2]}/`) && each.after !== undefined) &&
    !isProbePresent(start, match[2] ?? '', change)
  );
}

function isProbePresent(pointer: string, probe: string, change: ObjectChange): boolean {
  let value: unknown = change.after?.manifest;
  for (const step of pointer.split('/').slice(1)) {
    const named = /^\[name=([^\]]+)\]$/.exec(step);
    if (Array.isArray(value))
      value = named === null ? value[Number(step)] : value.find((each) => dig(each, 'name') === named[1]);
    else value = dig(value, step);
  }
  return dig(value, probe) !== undefined;
}
