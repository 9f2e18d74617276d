import { textAt } from './json.ts';
import type { ManifestSet } from './manifest-set.ts';

/** Names of one kind. */
export interface DeclaredNames {
  readonly all: Set<string>;
  /** Under the empty namespace: those of the cluster, and those that state none. */
  readonly byNamespace: Map<string, string[]>;
}

/** Names of what is declared, by `group/Kind`. */
export function declaredNames(set: ManifestSet): ReadonlyMap<string, DeclaredNames> {
  const found = new Map<string, DeclaredNames>();
  for (const { key, manifests } of set.kinds) {
    const names = found.get(key) ?? { all: new Set(), byNamespace: new Map<string, string[]>() };
    found.set(key, names);
    for (const manifest of manifests) {
      const { name } = manifest.metadata;
      names.all.add(name);
      // What states no namespace may go to any.
      const home = textAt(manifest, 'metadata', 'namespace') === undefined ? '' : set.namespaceOf(manifest);
      const here = names.byNamespace.get(home);
      if (here === undefined) names.byNamespace.set(home, [name]);
      else here.push(name);
    }
  }
  return found;
}
