import type { IngressImplementation } from '@fairlead/inventory/model';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { Construct } from 'constructs';
import { alb } from './alb.ts';
import { checkCertificates } from './certificates.ts';
import { checkRoute } from './check-route.ts';
import type { Adapted, Adapter, IngressRequest } from './request.ts';
import { unsupportedIntents } from './unsupported.ts';

const adapters: Readonly<Partial<Record<IngressImplementation, Adapter>>> = { alb };

/** The objects of a route on a cluster, and everything that is wrong with it there. */
export function renderRoute(request: IngressRequest): Adapted {
  const faults = [...checkRoute(request), ...checkCertificates(request), ...unsupportedIntents(request)];
  const adapted = adapters[request.cluster.capabilities.ingress.implementation]?.(request) ?? {
    objects: [],
    diagnostics: [],
  };
  return { objects: adapted.objects, diagnostics: [...faults, ...adapted.diagnostics] };
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
    for (const object of objects) new KubernetesObject(this, `${object.kind}-${object.metadata.name}`, object);
    for (const each of diagnostics) report(this, each);
  }
}
