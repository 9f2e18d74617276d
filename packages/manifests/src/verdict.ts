import type { Diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import type { PlacedManifest } from '@fairlead/render';

/** Judges the manifests of a cluster; `shown` is the output folder as diagnostics name it. */
export type Judge = (cluster: Cluster, manifests: readonly PlacedManifest[], shown: string) => readonly Diagnostic[];

/** Every verdict on what a cluster gets. */
export async function judgeCluster(root: string): Promise<Judge> {
  void root;
  return () => [];
}
