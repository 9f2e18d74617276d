import { join } from 'node:path';
import { capacitySummary, capacityTable, renderCapacity } from '@fairlead/autoscaling/capacity';
import { loadManifests } from '@fairlead/validate/load';
import type { Io } from '../io.ts';
import { readInventory } from '../render-fleet.ts';
import { selectScope } from '../select.ts';
import { findWorkspace } from '../workspace.ts';
import { readYamlTree } from '../yaml-files.ts';

export interface CapacityOptions {
  readonly cluster?: readonly string[] | undefined;
  readonly json?: boolean | undefined;
}

/** What the rendered workloads ask of their clusters: requests, limits and ranges, and what a node of each pool holds. */
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
  const rows = capacityTable(manifests, clusters);
  const summaries = capacitySummary(rows, clusters);
  io.stdout(
    options.json
      ? `${JSON.stringify({ version: 1, workloads: rows, clusters: summaries }, undefined, 2)}\n`
      : renderCapacity(rows, summaries),
  );
  return 0;
}
