import { join } from 'node:path';
import { hasErrors } from '@fairlead/diagnostics';
import { upgrade as mustChange } from '@fairlead/validate/upgrade';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { printDiagnostics } from '../print.ts';
import { readInventory } from '../render-fleet.ts';
import { requireCluster } from '../select.ts';
import { programSchemas, supportedVersions } from '../schemas.ts';
import { findWorkspace } from '../workspace.ts';
import { readYamlTree } from '../yaml-files.ts';

export interface UpgradeOptions {
  /** Minor version to which the cluster shall go. */
  readonly to: string;
  readonly json?: boolean | undefined;
}

/** Lists what must change before a cluster runs another Kubernetes version. Exit 1 if anything would fail there. */
export async function upgrade(name: string, { to, json }: UpgradeOptions, io: Io): Promise<number> {
  const root = findWorkspace(io.cwd);
  const cluster = requireCluster(readInventory(root).inventory, name);
  if (!/^1\.\d{1,3}$/.test(to)) {
    throw new UsageError(
      `"${to}" is no minor version of Kubernetes`,
      `write --to ${supportedVersions.at(-1) ?? '1.36'}`,
    );
  }
  if (!supportedVersions.includes(to)) {
    throw new UsageError(
      `nothing is known of Kubernetes ${to}`,
      `known: ${supportedVersions[0] ?? ''} to ${supportedVersions.at(-1) ?? ''}`,
    );
  }
  const diagnostics = mustChange({
    documents: readYamlTree(root, [join('dist', 'clusters', name)]),
    from: cluster.kubernetes,
    to,
    context: 'fleet',
    schemas: programSchemas(),
    cluster: name,
  });
  if (json)
    io.stdout(
      `${JSON.stringify({ version: 1, cluster: name, from: cluster.kubernetes, to, diagnostics }, undefined, 2)}\n`,
    );
  else {
    printDiagnostics(root, diagnostics, io, io.stdout);
    io.stdout(
      diagnostics.length === 0
        ? `${name}: nothing must change from ${cluster.kubernetes} to ${to}\n`
        : `${name}: ${diagnostics.length} findings from ${cluster.kubernetes} to ${to}\n`,
    );
  }
  return hasErrors(diagnostics) ? 1 : 0;
}
