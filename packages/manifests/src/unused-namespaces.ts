import { diagnostic, didYouMean, type Diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';

/** Quotas and limits that environments state for namespaces which no app makes on any of their clusters, by the paths of what was rendered. */
export function unusedNamespaces(clusters: readonly Cluster[], paths: Iterable<string>): Diagnostic[] {
  const made = new Map<string, Set<string>>();
  const stated = clusters.some(({ environment }) => Object.keys(environment.namespaces ?? {}).length > 0);
  for (const path of stated ? paths : []) {
    const [, cluster = '', name] = /^([^/]+)\/[^/]+\/namespace-([^/]+)\.yaml$/.exec(path) ?? [];
    if (name !== undefined) made.set(cluster, (made.get(cluster) ?? new Set()).add(name));
  }
  const environments = new Map(clusters.map(({ environment }) => [environment.name, environment]));
  return [...environments.values()].flatMap(({ name, namespaces = {} }) => {
    const own = clusters.filter(({ environment }) => environment.name === name);
    const known = new Set(own.flatMap((cluster) => [...(made.get(cluster.name) ?? [])]));
    return Object.keys(namespaces)
      .filter((namespace) => !known.has(namespace))
      .map((namespace) =>
        diagnostic('inventory/no-effect', {
          message: `namespaces names "${namespace}", which no app makes on a cluster of environment ${name}`,
          hint: didYouMean(namespace, [...known].sort()),
          file: `environments/${name}.yaml`,
        }),
      );
  });
}
