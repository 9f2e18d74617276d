import { join } from 'node:path';
import { capacityReport, renderCapacity } from '@fairlead/autoscaling/capacity';
import { loadManifests } from '@fairlead/validate/load';
import type { Io } from '../io.ts';
import { readInventory } from '../render-fleet.ts';
import { selectScope } from '../select.ts';
import { findWorkspace } from '../workspace.ts';
import { readYamlTree } from '../yaml-files.ts';

export interface CapacityOptions {
  readonly cluster?: readonly string[] | undefined;
  readonly app?: readonly string[] | undefined;
  readonly by?: 'workload' | 'app' | undefined;
  readonly json?: boolean | undefined;
}

/** What the rendered workloads ask of their clusters: requests, limits and ranges, what a node of each pool holds, and how full quotas get. */
export async function capacity(options: CapacityOptions, io: Io): Promise<number> {
  const root = findWorkspace(io.cwd);
  const { inventory, apps } = readInventory(root);
  const scope = selectScope(options, inventory, apps);
  const clusters = inventory.clusters.filter(({ name }) => !scope.clusters || scope.clusters.includes(name));
  const manifests = new Map(
    clusters.map(({ name }) => [
      name,
      loadManifests(readYamlTree(root, [join('dist', 'clusters', name)]), 'folder').manifests,
    ]),
  );
  const report = capacityReport(manifests, clusters);
  const workloads = report.workloads.filter(({ app }) => options.app?.includes(app) ?? true);
  io.stdout(
    options.json
      ? `${JSON.stringify({ version: 1, ...report, workloads }, undefined, 2)}\n`
      : renderCapacity(report, { by: options.by, apps: options.app }),
  );
  return 0;
}
