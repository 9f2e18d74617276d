import { type Diagnostic, diagnostic, hasErrors, sortDiagnostics } from '@fairlead/diagnostics';
import { checkCluster } from './check-cluster.ts';
import { checkEnvironment } from './check-environment.ts';
import { baseName, checkFileNames } from './check-file-names.ts';
import { checkStructure } from './check-structure.ts';
import type { ClusterFile } from './cluster-schema.ts';
import type { EnvironmentFile } from './environment-schema.ts';
import { explainValues } from './explain.ts';
import type { Cluster, Environment } from './model.ts';
import { type ResolvedCluster, resolveCluster } from './resolve-cluster.ts';
import { type ResolvedEnvironment, resolveEnvironment } from './resolve-environment.ts';
import { SourceFile, type SourceText } from './source-file.ts';

/** Everything that loading an inventory depends on; nothing is read from anywhere else. */
export interface InventoryInput {
  /** Files of `clusters/`. */
  readonly clusters: readonly SourceText[];
  /** Files of `environments/`. */
  readonly environments: readonly SourceText[];
  /** Git URL of the root package.json: default of `delivery.repository`. */
  readonly repository?: string | undefined;
  /** Names of the folders of `apps/`. Absent: references to apps are not checked. */
  readonly knownApps?: readonly string[] | undefined;
  /** ISO date that decides which waivers have expired. Absent: none has. */
  readonly today?: string | undefined;
}

/** A loaded inventory. Clusters and environments with an error are left out; `diagnostics` says why. */
export interface Inventory {
  /** Sorted by name. */
  readonly clusters: readonly Cluster[];
  /** Names of all cluster files, also of those left out; sorted. */
  readonly clusterFiles: readonly string[];
  /** In roll-out order. */
  readonly environments: readonly Environment[];
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Each resolved value of a cluster with the file and line, or the default, that set it, one aligned line each.
   * `path` such as `capabilities.ingress` narrows it. Undefined when there is no such cluster or nothing at the path.
   */
  readonly explain: (cluster: string, path?: string) => string | undefined;
}

/** Reads, checks and resolves cluster and environment files. All faults of all files are reported at once; no input throws. */
export function loadInventory(input: InventoryInput): Inventory {
  const diagnostics = [
    ...checkFileNames(files(input.environments), 'environment'),
    ...checkFileNames(files(input.clusters), 'cluster'),
  ];
  const environments = new Map<string, ResolvedEnvironment>();
  for (const text of input.environments) {
    const name = baseName(text.file);
    const source = new SourceFile(text);
    if (source.value !== undefined) {
      const sound = checkStructure('environment', source);
      const faulty = checkEnvironment(source, input.today);
      if (sound) {
        // The schema has just checked the shape.
        const { environment, layers } = resolveEnvironment(name, source.value as EnvironmentFile, source);
        const waivers = environment.waivers.filter((_, index) => !faulty.has(index));
        environments.set(name, { environment: { ...environment, waivers }, layers });
      }
    }
    diagnostics.push(...source.diagnostics);
  }

  const clusters = new Map<string, ResolvedCluster>();
  const used = new Set<string>();
  const environmentNames = files(input.environments).map(baseName);
  for (const text of input.clusters) {
    const name = baseName(text.file);
    const source = new SourceFile(text);
    if (source.value !== undefined) {
      used.add(String(source.value['environment']));
      const sound = checkStructure('cluster', source);
      checkCluster(source, { ...input, name, environments: environmentNames });
      if (sound && !hasErrors(source.diagnostics)) {
        // The schema has just checked the shape.
        const file = source.value as ClusterFile;
        const environment = environments.get(file.environment)?.environment;
        if (environment !== undefined)
          clusters.set(name, resolveCluster(name, file, source, environment, input.repository));
      }
    }
    diagnostics.push(...source.diagnostics.map((each) => ({ ...each, clusters: [name] })));
  }
  for (const file of files(input.environments)) {
    if (used.has(baseName(file)) || input.clusters.length === 0) continue;
    diagnostics.push(
      diagnostic('inventory/unused-environment', {
        message: `no cluster names the environment "${baseName(file)}"`,
        file,
      }),
    );
  }
  return {
    clusters: [...clusters.values()].map(({ cluster }) => cluster).sort((a, b) => (a.name < b.name ? -1 : 1)),
    clusterFiles: files(input.clusters).map(baseName).sort(),
    environments: [...environments.values()].map(({ environment }) => environment).sort(byOrder),
    diagnostics: sortDiagnostics(diagnostics),
    explain: (name, path) => {
      const resolved = clusters.get(name);
      const environment = resolved && environments.get(resolved.cluster.environment.name);
      return resolved && environment && explainValues(resolved, environment, path);
    },
  };
}

function files(texts: readonly SourceText[]): string[] {
  return texts.map(({ file }) => file);
}

function byOrder(a: Environment, b: Environment): number {
  return a.order - b.order || (a.name < b.name ? -1 : 1);
}
