import type { Diagnostic } from './diagnostic.ts';

/**
 * Makes one diagnostic of those that say the same about several clusters; the first keeps its place, `clusters` lists all of them.
 *
 * The same means: equal code, severity, message, hint, object, pointer, origin and waiver, and the same file once the cluster's
 * folder is set aside. Lines may differ, because the files of two clusters do. Findings about a file that no cluster owns must also
 * agree on their place.
 */
export function mergeAcrossClusters(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const merged = new Map<string, { first: Diagnostic; clusters: Set<string> }>();
  for (const each of diagnostics) {
    const key = identity(each);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { first: each, clusters: new Set(each.clusters) });
    else for (const cluster of each.clusters) known.clusters.add(cluster);
  }
  return [...merged.values()].map(({ first, clusters }) => ({ ...first, clusters: [...clusters].sort() }));
}

function identity(each: Diagnostic): string {
  const owned = each.clusters.find((cluster) => each.file?.split('/').includes(cluster));
  const file =
    owned === undefined
      ? each.file
      : each.file
          ?.split('/')
          .map((part) => (part === owned ? '*' : part))
          .join('/');
  const place = owned !== undefined || each.file === undefined ? null : [each.line, each.column];
  return JSON.stringify([
    each.code,
    each.severity,
    each.message,
    each.hint,
    each.object && [each.object.apiVersion, each.object.kind, each.object.namespace, each.object.name],
    each.pointer,
    each.origin && [each.origin.app, each.origin.file, each.origin.line],
    each.waiver && [each.waiver.owner, each.waiver.reason, each.waiver.expires],
    file,
    place,
  ]);
}
