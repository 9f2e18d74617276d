import { groupOf } from '@fairlead/objects/manifest';

// Kinds that moved out of `extensions` and other groups: the same objects to the API server.
const groupMoves: Readonly<Record<string, string>> = {
  'extensions/Ingress': 'networking.k8s.io',
  'extensions/NetworkPolicy': 'networking.k8s.io',
  'extensions/Deployment': 'apps',
  'extensions/DaemonSet': 'apps',
  'extensions/ReplicaSet': 'apps',
};

/** The group that an object is stored under. */
export function storedGroup(manifest: { readonly apiVersion: string; readonly kind: string }): string {
  const group = groupOf(manifest.apiVersion);
  return groupMoves[`${group}/${manifest.kind}`] ?? group;
}
