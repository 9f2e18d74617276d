export * from './build-app.ts';
export type {
  AlertingOptions,
  AnySecretHandle,
  AppGraph,
  NamespaceOptions,
  NamespaceOwner,
  RouteDeclaration,
  SecretDeclaration,
  SecretHandle,
  SecretValue,
  WorkloadDeclaration,
} from './builder.ts';
export { AppBuilder } from './builder.ts';
export * from './claims.ts';
export * from './compose-app.ts';
export type { ClusterMonitoringOptions } from './compose-cluster-monitoring.ts';
export { identities, wantsIdentity } from './compose-identity.ts';
export { secretUses } from './compose-secrets.ts';
export * from './crossings.ts';
export * from './definition.ts';
export { stageAnnotation } from './delivery-order.ts';
export * from './images.ts';
export type * from './route-options.ts';
export type * from './targets.ts';
export type * from './workload-options.ts';
