import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { IngressImplementation } from '@fairlead/inventory/model';
import { identityKey, identityOf, type Manifest } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { Construct, type IConstruct } from 'constructs';
import { aksApprouting } from './aks-approuting.ts';
import { albGateway } from './alb-gateway.ts';
import { alb } from './alb.ts';
import { checkCertificates } from './certificates.ts';
import { checkRoute } from './check-route.ts';
import { envoyGateway } from './envoy-gateway.ts';
import { gkeGateway } from './gke-gateway.ts';
import { gkeIngress } from './gke-ingress.ts';
import { nginx } from './nginx.ts';
import type { Adapted, Adapter, IngressRequest } from './request.ts';
import { trafficSources } from './traffic-sources.ts';
import { missingSetting, unsupportedIntents } from './unsupported.ts';

const adapters: Readonly<Record<IngressImplementation, Adapter>> = {
  alb,
  'alb-gateway': albGateway,
  'gke-gateway': gkeGateway,
  'gke-ingress': gkeIngress,
  'aks-approuting': aksApprouting,
  'envoy-gateway': envoyGateway,
  nginx,
};

/** The objects of a route on a cluster, and everything that is wrong with it there. */
export function renderRoute(request: IngressRequest): Adapted {
  const faults = [
    ...checkRoute(request),
    ...checkCertificates(request),
    ...checkSources(request),
    ...unsupportedIntents(request),
  ];
  const adapted = adapters[request.cluster.capabilities.ingress.implementation]?.(request) ?? {
    objects: [],
    diagnostics: [],
  };
  return { objects: adapted.objects, diagnostics: [...faults, ...adapted.diagnostics] };
}

/** A route that no policy can admit would be closed by the default deny. */
function checkSources(request: IngressRequest): Diagnostic[] {
  const { cluster, namespace, route } = request;
  if (trafficSources(cluster, route.exposure ?? 'internal', namespace).length > 0) return [];
  const hint = 'set network.loadBalancerSubnets, or capabilities.ingress.sources';
  return [missingSetting(request, 'traffic from a load balancer', 'which addresses that has', hint)];
}

/**
 * A route from outside the cluster to workloads, as the objects of the cluster's ingress implementation.
 *
 * What the implementation cannot express is reported on the construct, never dropped silently.
 */
export class Ingress extends Construct {
  constructor(scope: Construct, id: string, request: IngressRequest) {
    super(scope, id);
    const { objects, diagnostics } = renderRoute(request);
    for (const object of objects) {
      const claim = claimOf(this, object);
      if (claim === 'first') new KubernetesObject(this, `${object.kind}-${object.metadata.name}`, object);
      if (claim === 'different') report(this, contested(request, object));
    }
    for (const each of diagnostics) report(this, each);
  }
}

/** What the routes of one construct tree made, by identity: settings of a Service exist once, however many routes lead to it. */
const claims = new WeakMap<IConstruct, Map<string, string>>();

function claimOf(construct: Construct, object: Manifest): 'first' | 'same' | 'different' {
  const { root } = construct.node;
  const made = claims.get(root) ?? new Map<string, string>();
  claims.set(root, made);
  const key = identityKey(identityOf(object));
  const text = JSON.stringify(object);
  const before = made.get(key);
  if (before === undefined) made.set(key, text);
  return before === undefined ? 'first' : before === text ? 'same' : 'different';
}

function contested({ cluster, name, namespace }: IngressRequest, { kind, metadata }: Manifest): Diagnostic {
  return diagnostic('ingress/invalid-route', {
    message: `route ${namespace}/${name} wants another ${kind} ${metadata.name} than a route before it`,
    hint: 'give both routes the same timeouts, affinity, firewall and health check for this Service, or give them different names',
    clusters: [cluster.name],
  });
}
