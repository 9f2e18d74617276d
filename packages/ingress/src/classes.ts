import type { Cluster, IngressImplementation } from '@fairlead/inventory/model';
import { type Manifest, type Ownership, ownershipLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { Construct } from 'constructs';
import type { IGatewayClass } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewayClass';
import type { IIngressClass } from 'kubernetes-models/networking.k8s.io/v1/IngressClass';

interface ClassKind {
  readonly kind: 'IngressClass' | 'GatewayClass';
  readonly controller: string;
}

/** Classes that somebody must make. GKE and AKS make their own, and ingress of class gce is chosen by annotation. */
const classKinds: Readonly<Partial<Record<IngressImplementation, ClassKind>>> = {
  alb: { kind: 'IngressClass', controller: 'ingress.k8s.aws/alb' },
  'alb-gateway': { kind: 'GatewayClass', controller: 'gateway.k8s.aws/alb' },
  // https://gateway.envoyproxy.io/docs/tasks/quickstart/
  'envoy-gateway': { kind: 'GatewayClass', controller: 'gateway.envoyproxy.io/gatewayclass-controller' },
  nginx: { kind: 'IngressClass', controller: 'k8s.io/ingress-nginx' },
};

/**
 * The IngressClass or GatewayClass objects that the cluster's routes name, for the app that owns what a cluster needs as a whole.
 * Classes that the cluster comes with (`offers`) are left alone, and so is an internal class of another name, whose addresses only
 * its owner knows.
 */
export class IngressClasses extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, owner }: { readonly cluster: Cluster; readonly owner: Ownership },
  ) {
    super(scope, id);
    const { implementation, class: name } = cluster.capabilities.ingress;
    const made = classKinds[implementation];
    if (made === undefined) return;
    const offered = made.kind === 'IngressClass' ? cluster.offers.ingressClasses : cluster.offers.gatewayClasses;
    if (!offered.includes(name)) new KubernetesObject(this, 'class', classObject(made, name, owner));
  }
}

function classObject({ kind, controller }: ClassKind, name: string, owner: Ownership): Manifest {
  const metadata = { name, labels: ownershipLabels(owner) };
  if (kind === 'IngressClass') {
    return { apiVersion: 'networking.k8s.io/v1', kind, metadata, spec: { controller } } satisfies IIngressClass;
  }
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata,
    spec: { controllerName: controller },
  } satisfies IGatewayClass;
}
