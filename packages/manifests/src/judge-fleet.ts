import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '@fairlead/inventory';
import { sinceBaseline } from './baseline.ts';
import type { Work } from './threads.ts';
import type { ClusterVerdict } from './verdict.ts';
import { clusterJudge } from './verdict.ts';
import { readYamlTree } from './yaml-files.ts';

export interface JudgeInput {
  readonly root: string;
  readonly clusters: readonly Cluster[];
  /** Git ref; only what was not there is told. */
  readonly baseline?: string | undefined;
}

/** Where a cluster's rendered files lie, below the root of the workspace. */
export const clusterFolder = ({ name }: Pick<Cluster, 'name'>): string => join('dist', 'clusters', name);

/** Judges what is in dist for the clusters that fall to one thread. */
export const judgeShare: Work<JudgeInput, ClusterVerdict> = async ({ root, clusters, baseline }, take, tell) => {
  const judge = clusterJudge();
  for (let index = take(); index !== undefined; index = take()) {
    const cluster = clusters[index];
    if (!cluster) break;
    const folder = clusterFolder(cluster);
    const verdict = judge(cluster, readYamlTree(root, [folder]), (path) => existsSync(join(root, path)));
    const diagnostics = sinceBaseline(
      baseline,
      root,
      [folder],
      verdict.diagnostics,
      (documents) => judge(cluster, documents, () => true).diagnostics,
    );
    tell(index, { ...verdict, diagnostics });
  }
};
