import type { Placement } from '@fairlead/render';

/** Kinds by whose names the objects of other apps ask for something. */
const classes = new Set([
  'ClusterIssuer',
  'ClusterSecretStore',
  'CustomResourceDefinition',
  'GatewayClass',
  'IngressClass',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
]);

/** The apps that own what the others of a cluster refer to: they are applied first. Empty where all apps are such, or none. */
export function foundations(placements: readonly Placement[]): string[] {
  const owners = placements.filter(({ manifests }) => manifests.some(({ manifest }) => classes.has(manifest.kind)));
  return owners.length === placements.length ? [] : owners.map(({ app }) => app);
}
