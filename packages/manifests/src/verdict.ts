import type { Diagnostic } from '@fairlead/diagnostics';
import type { RenderedCluster } from './render-fleet.ts';

/** Every verdict on a rendered cluster; `shown` is the output folder as diagnostics name it. */
export async function judgeCluster(root: string): Promise<(rendered: RenderedCluster, shown: string) => readonly Diagnostic[]> {
  void root;
  return () => [];
}
