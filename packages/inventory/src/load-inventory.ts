import { type Diagnostic, didYouMean } from '@fairlead/diagnostics';
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
  const diagnostics: Diagnostic[] = [];
  const environments = new Map<string, ResolvedEnvironment>();
  const environmentNames: string[] = [];
  for (const text of input.environments) {
    const source = new SourceFile(text);
    const name = baseName(text.file);
    environmentNames.push(name);
    if (source.value !== undefined && checkStructure('environment', source)) {
      // The schema has just checked the shape.
      environments.set(name, resolveEnvironment(name, source.value as EnvironmentFile, source));
    }
    diagnostics.push(...source.diagnostics);
  }
  const clusters = new Map<string, ResolvedCluster>();
  for (const text of input.clusters) {
    const source = new SourceFile(text);
    const name = baseName(text.file);
    if (source.value !== undefined && checkStructure('cluster', source)) {
      // The schema has just checked the shape.
      const file = source.value as ClusterFile;
      const environment = environments.get(file.environment);
      if (!environmentNames.includes(file.environment)) {
        source.report('inventory/unknown-environment', ['environment'], 'value', {
          message: `environment "${file.environment}" does not exist`,
          hint: didYouMean(file.environment, environmentNames.toSorted()),
        });
      }
      if (environment !== undefined) {
        clusters.set(name, resolveCluster(name, file, source, environment.environment, input.repository));
      }
    }
    diagnostics.push(...source.diagnostics);
  }
  return {
    clusters: [...clusters.values()].map(({ cluster }) => cluster).sort((a, b) => (a.name < b.name ? -1 : 1)),
    environments: [...environments.values()].map(({ environment }) => environment).sort((a, b) => a.order - b.order),
    diagnostics,
    explain: (name, path) => {
      const resolved = clusters.get(name);
      const environment = resolved && environments.get(resolved.cluster.environment.name);
      return resolved && environment && explainValues(resolved, environment, path);
    },
  };
}

/** `eks-production` of `clusters/eks-production.yaml`. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.ya?ml$/i, '');
}
