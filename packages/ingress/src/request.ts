import type { Diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory/model';
import type { Manifest, Ownership } from '@fairlead/objects';
import type { Route } from './route.ts';

/** One route on one cluster: what an adapter gets. */
export interface IngressRequest {
  readonly cluster: Cluster;
  readonly owner: Ownership;
  readonly namespace: string;
  /** `metadata.name` of the objects, such as `shop-web`. */
  readonly name: string;
  readonly route: Route;
}

/** What an adapter makes of a route: objects, and what it could not express. */
export interface Adapted {
  readonly objects: readonly Manifest[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Turns the intent into the objects of one ingress implementation; pure. */
export type Adapter = (request: IngressRequest) => Adapted;
