import type { Manifest } from '@fairlead/objects';
import { textAt } from './json.ts';
import type { ManifestSet } from './manifest-set.ts';

/** Names of one kind. */
export interface DeclaredNames {
  readonly all: ReadonlySet<string>;
  /** Under the empty namespace: those of the cluster, and those that state none. */
  readonly byNamespace: ReadonlyMap<string, readonly string[]>;
}

/** Names of what is declared of a kind, by `group/Kind`; undefined where nothing is. Read once for each kind that is asked for. */
export function declaredNames(set: ManifestSet): (key: string) => DeclaredNames | undefined {
  const known = new Map<string, DeclaredNames>();
  return (key) => {
    let names = known.get(key);
    if (names === undefined && isDeclared(set, key)) known.set(key, (names = namesOf(set, key)));
    return names;
  };
}

function namesOf(set: ManifestSet, key: string): DeclaredNames {
  const all = new Set<string>();
  const byNamespace = new Map<string, string[]>();
  for (const manifest of objectsOf(set, key)) {
    const { name } = manifest.metadata;
    all.add(name);
    // What states no namespace may go to any.
    const home = textAt(manifest, 'metadata', 'namespace') === undefined ? '' : set.namespaceOf(manifest);
    const here = byNamespace.get(home);
    if (here === undefined) byNamespace.set(home, [name]);
    else here.push(name);
  }
  return { all, byNamespace };
}

/** Whether anything is declared of a kind, by `group/Kind`. */
export function isDeclared(set: ManifestSet, key: string): boolean {
  return objectsOf(set, key).length > 0;
}

function objectsOf(set: ManifestSet, key: string): readonly Manifest[] {
  const slash = key.indexOf('/');
  return set.ofKind(key.slice(0, slash), key.slice(slash + 1));
}
