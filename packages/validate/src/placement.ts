import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import { at, listAt, textAt } from './json.ts';
import { folderOf, joined } from './paths.ts';

/** Where a folder's tools put what states no namespace. */
export interface Placement {
  /** Namespaces of manifests that state none, where exactly one is given. */
  readonly namespaces: ReadonlyMap<Manifest, string>;
  /** Namespaces that kustomizations make of the Namespace objects they reach, which take their name. */
  readonly made: ReadonlyMap<string, Manifest>;
  /** Manifests whose namespace a kustomization writes: accounts in their bindings get it too. */
  readonly written: ReadonlySet<Manifest>;
}

interface Kustomization {
  readonly file: string;
  readonly content: unknown;
}

interface Root {
  readonly folder: string;
  readonly namespace: string;
  readonly by: 'flux' | 'kustomize' | 'argo';
  readonly files: ReadonlySet<string>;
}

/**
 * Namespaces that `namespace` of kustomizations, `targetNamespace` of Flux and the destination of Argo CD give to manifests without one:
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/ and https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace.
 * A base of several overlays keeps none, and neither does what an overlay adds to it. Undefined where nothing gives any, or nothing takes
 * any: `isOpen` says of a manifest that it needs a namespace and states none.
 */
export function placementOf(
  manifests: readonly Manifest[],
  kustomizations: readonly Kustomization[],
  fileOf: (manifest: Manifest) => string | undefined,
  isOpen: (manifest: Manifest) => boolean,
): Placement | undefined {
  const asked = manifests.flatMap(destinations);
  if (!kustomizations.some(({ content }) => textAt(content, 'namespace'))) {
    if (asked.length === 0) return undefined;
    // Argo CD only fills in what is left open.
    if (asked.every(({ by }) => by === 'argo') && !manifests.some(isOpen)) return undefined;
  }
  const tree = new Tree(manifests, kustomizations, fileOf);
  const roots = tree.roots(asked);
  const byFile = new Map<string, Root[]>();
  for (const root of roots)
    for (const file of root.files) {
      const known = byFile.get(file);
      if (known === undefined) byFile.set(file, [root]);
      else known.push(root);
    }
  // Most files are reached from one place alone, and those of a place share what is said of them.
  const alone = new Map(roots.map((root) => [root, new Set([root.namespace])]));
  const places = new Map(
    [...byFile].map(([file, each]) => {
      const [first] = each;
      return [file, (each.length === 1 && first && alone.get(first)) || placesOf(each)];
    }),
  );
  const namespaces = new Map<Manifest, string>();
  const made = new Map<string, Manifest>();
  const written = new Set<Manifest>();
  for (const root of roots) {
    const found = [...root.files].flatMap((file) => tree.manifestsIn(file).map((manifest) => ({ file, manifest })));
    const own = found.filter(({ manifest }) => manifest.kind === 'Namespace' && groupOf(manifest.apiVersion) === '');
    // What a base calls its namespace, and its references too, is as good a name as the one it gets.
    const stated = new Set(found.flatMap(({ manifest }) => textAt(manifest, 'metadata', 'namespace') ?? []));
    const [only] = stated;
    const namespace =
      stated.size === 1 && only !== undefined && own.some(({ manifest }) => manifest.metadata.name === only)
        ? only
        : root.namespace;
    if (root.by !== 'argo')
      for (const { manifest } of found) {
        written.add(manifest);
        if (own.length > 0 && !made.has(root.namespace) && own[0] !== undefined)
          made.set(root.namespace, own[0].manifest);
      }
    const shared = found.some(({ file, manifest }) => !mayBeShared(manifest) && (places.get(file)?.size ?? 0) > 1);
    if (shared) continue;
    for (const { file, manifest } of found)
      if (places.get(file)?.has(root.namespace) === true && !namespaces.has(manifest))
        namespaces.set(manifest, namespace);
  }
  return { namespaces, made, written };
}

/** The namespaces that a file gets: Flux has the last word, Argo CD fills in what is left open. */
function placesOf(roots: readonly Root[]): Set<string> {
  for (const by of ['flux', 'kustomize', 'argo'] as const) {
    const places = new Set(roots.flatMap((each) => (each.by === by ? each.namespace : [])));
    if (places.size > 0) return places;
  }
  return new Set();
}

/** Kinds that components bring into each namespace, and to which nothing of an overlay refers. */
function mayBeShared({ apiVersion, kind }: Manifest): boolean {
  return (
    apiVersion.includes('.toolkit.fluxcd.io/') ||
    ['Namespace', 'Secret', 'ExternalSecret', 'NetworkPolicy', 'LimitRange', 'ResourceQuota'].includes(kind)
  );
}

/** The folder and namespace that a Flux Kustomization or an Argo CD Application gives. */
function destinations(manifest: Manifest): { path: string; namespace: string; by: 'flux' | 'argo' }[] {
  const { apiVersion, kind } = manifest;
  const plain = (path: string | undefined): string | undefined =>
    path === undefined || path.includes('$') ? undefined : joined('', path);
  if (kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) {
    const [path, namespace] = [plain(textAt(manifest, 'spec', 'path')), textAt(manifest, 'spec', 'targetNamespace')];
    return path && namespace ? [{ path, namespace, by: 'flux' }] : [];
  }
  if (kind !== 'Application' || !apiVersion.startsWith('argoproj.io/')) return [];
  const namespace = textAt(manifest, 'spec', 'destination', 'namespace');
  if (!namespace) return [];
  return [at(manifest, 'spec', 'source'), ...listAt(manifest, 'spec', 'sources')].flatMap((source) => {
    const path = plain(textAt(source, 'path'));
    return path ? [{ path, namespace, by: 'argo' as const }] : [];
  });
}

/** Files of a folder as kustomizations reach them. */
class Tree {
  readonly #byFile = new Map<string, Manifest[]>();
  readonly #inFolder = new Map<string, string[]>();
  readonly #below = new Map<string, string[]>();
  readonly #kustomizations = new Map<string, unknown>();

  constructor(
    manifests: readonly Manifest[],
    kustomizations: readonly Kustomization[],
    fileOf: (manifest: Manifest) => string | undefined,
  ) {
    for (const manifest of manifests) {
      const file = joined('', fileOf(manifest) ?? '');
      const known = this.#byFile.get(file);
      if (known !== undefined) {
        known.push(manifest);
        continue;
      }
      this.#byFile.set(file, [manifest]);
      this.#folder(folderOf(file)).push(file);
    }
    for (const { file, content } of kustomizations) {
      const folder = folderOf(joined('', file));
      this.#folder(folder);
      this.#kustomizations.set(folder, content);
    }
  }

  manifestsIn(file: string): readonly Manifest[] {
    return this.#byFile.get(file) ?? [];
  }

  roots(asked: readonly { path: string; namespace: string; by: 'flux' | 'argo' }[]): Root[] {
    const roots: Root[] = [];
    const inner = new Set<string>();
    for (const [folder, content] of this.#kustomizations) {
      const namespace = textAt(content, 'namespace');
      if (!namespace) continue;
      const { files, folders } = this.#reach(folder);
      for (const each of folders) if (each !== folder) inner.add(each);
      roots.push({ folder, namespace, by: 'kustomize', files });
    }
    const folders = asked.length === 0 ? undefined : this.#bySuffix();
    for (const { path, namespace, by } of asked)
      for (const folder of folders?.get(path) ?? [])
        roots.push({ folder, namespace, by, files: this.#reach(folder).files });
    // The outer kustomization writes last.
    return roots.filter((each) => each.by !== 'kustomize' || !inner.has(each.folder));
  }

  #folder(folder: string): string[] {
    let files = this.#inFolder.get(folder);
    if (files !== undefined) return files;
    this.#inFolder.set(folder, (files = []));
    if (folder === '') return files;
    const above = folderOf(folder);
    this.#folder(above);
    const beside = this.#below.get(above);
    if (beside === undefined) this.#below.set(above, [folder]);
    else beside.push(folder);
    return files;
  }

  /** Folders by each end of their paths, as a repository may lie anywhere. */
  #bySuffix(): Map<string, string[]> {
    const found = new Map<string, string[]>();
    for (const folder of this.#inFolder.keys())
      for (
        let suffix = folder;
        suffix !== '';
        suffix = suffix.includes('/') ? suffix.slice(suffix.indexOf('/') + 1) : ''
      ) {
        const known = found.get(suffix);
        if (known === undefined) found.set(suffix, [folder]);
        else known.push(folder);
      }
    return found;
  }

  /** Files and folders of kustomizations that are built from a folder; all files below it where it has no kustomization. */
  #reach(root: string): { files: Set<string>; folders: Set<string> } {
    const [files, folders] = [new Set<string>(), new Set<string>()];
    const open = [root];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (folders.has(folder)) continue;
      folders.add(folder);
      if (!this.#kustomizations.has(folder)) {
        for (const file of this.#inFolder.get(folder) ?? []) files.add(file);
        open.push(...(this.#below.get(folder) ?? []));
        continue;
      }
      const content = this.#kustomizations.get(folder);
      for (const field of ['resources', 'bases', 'components'])
        for (const entry of listAt(content, field)) {
          if (typeof entry !== 'string') continue;
          const path = joined(folder, entry);
          if (this.#byFile.has(path)) files.add(path);
          else if (this.#kustomizations.has(path)) open.push(path);
        }
    }
    return { files, folders };
  }
}
