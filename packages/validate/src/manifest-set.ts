import type { Environment, IngressImplementation, NodePool, Offers } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import { LabelIndex, parseSelector } from '@fairlead/objects/label-selector';
import { at, listAt, numberAt, textAt, textsAt } from './json.ts';
import type { Labels } from './label-selector.ts';
import { type Placement, placementOf } from './placement.ts';
import { namespaceIn, scopeOf, type KindScope } from './scope.ts';
import { type Workload, workloadOf } from './workload.ts';

/** What is known about the place that the manifests are meant for. */
export interface Target {
  /** Minor version, such as `1.34`. */
  readonly kubernetes: string;
  /** `fleet`: everything that the cluster gets is in the set. `folder`: someone's YAML, perhaps a part of what a cluster gets. */
  readonly context: 'fleet' | 'folder';
  readonly offers?: Offers | undefined;
  readonly environment?: Environment | undefined;
  readonly nodePools?: readonly NodePool[] | undefined;
  /** What the cluster's metrics stack offers besides what the manifests tell. Absent: not known, so no metric is missing. */
  readonly metrics?:
    | {
        /** Where somebody has installed it, by the cluster's file. */
        readonly namespace?: string | undefined;
        /** Address of the query API that scrapes the cluster. */
        readonly queryUrl?: string | undefined;
        /** Metrics that the cluster's owner says are there: names, and `prefix_*`. */
        readonly exports?: readonly string[] | undefined;
        /** Whose proxies are scraped. */
        readonly ingress?: IngressImplementation | undefined;
        readonly keda?: boolean | undefined;
      }
    | undefined;
  /** Whether a path exists in the repository that Argo CD or Flux reads, relative to its root. Absent: not checked. */
  readonly pathExists?: ((path: string) => boolean) | undefined;
  /** `kustomization.yaml` files of the folder, parsed: what they generate counts as present, what they patch is no object. */
  readonly kustomizations?: readonly { readonly file: string; readonly content: unknown }[] | undefined;
  /** The file that a manifest was read from. */
  readonly fileOf?: ((manifest: Manifest) => string | undefined) | undefined;
  /** URL of that repository, where it is known. */
  readonly repository?: string | undefined;
}

/** The manifests of one kind and API version. */
export interface ManifestsOfKind {
  readonly apiVersion: string;
  /** Empty for core kinds. */
  readonly group: string;
  readonly kind: string;
  /** `group/Kind`. */
  readonly key: string;
  readonly manifests: readonly Manifest[];
}

/** The manifests of one cluster, indexed once: all look-ups are by key. */
export interface ManifestSet extends Target {
  readonly manifests: readonly Manifest[];
  /** The same by kind, in the order in which kinds first come: what is asked of a kind is asked once. */
  readonly kinds: readonly ManifestsOfKind[];
  /** A manifest and those that have taken its identity too: variants, of which a cluster gets one. */
  variantsOf(manifest: Manifest): readonly Manifest[];
  /** Manifests whose identity another one, `first`, has taken. */
  readonly duplicates: readonly { readonly manifest: Manifest; readonly first: Manifest }[];
  /** Severity of a missing thing that platforms usually offer: `error` in the fleet, `warning` in a folder. */
  readonly offered: 'error' | 'warning';
  /** The namespace that a namespaced manifest goes to (`default` where it states none), empty for a cluster-scoped one. */
  namespaceOf(manifest: Manifest): string;
  /** All manifests of a kind, whatever their API version. `group` is empty for core kinds. */
  ofKind(group: string, kind: string): readonly Manifest[];
  /** One manifest by its identity; `namespace` is empty for cluster-scoped kinds. */
  get(group: string, kind: string, namespace: string, name: string): Manifest | undefined;
  /** Everything that makes pods. */
  readonly workloads: readonly Workload[];
  workloadsIn(namespace: string): readonly Workload[];
  workloadOf(manifest: Manifest): Workload | undefined;
  /** The workloads of a namespace whose pods a LabelSelector selects; an empty selector selects all. */
  select(namespace: string, selector: unknown): readonly Workload[];
  /** Labels of every namespace that a manifest declares, with the label Kubernetes adds by itself. */
  readonly namespaces: ReadonlyMap<string, { readonly manifest: Manifest; readonly labels: Labels }>;
  /** `group/Kind` of the kinds that CustomResourceDefinitions in the set define, with their scope. */
  readonly definitions: ReadonlyMap<string, 'Namespaced' | 'Cluster'>;
  /** Whether a kustomization writes the namespace of a manifest when it is applied, and the name of a Namespace. */
  isPlaced(manifest: Manifest): boolean;
  /** A value computed once per set and shared by checks; `key` names it. */
  memo<T>(key: (set: ManifestSet) => T): T;
}

const none: readonly never[] = [];

/** Indexes manifests for the checks. Linear in the number of manifests. */
export function manifestSet(manifests: readonly Manifest[], target: Target): ManifestSet {
  const definitions = definitionsOf(manifests);
  const namespaceOf = new Map<Manifest, string>();
  const workloadByManifest = new Map<Manifest, Workload>();
  const workloadsByNamespace = new Map<string, LabelIndex<Workload>>();
  const workloads: Workload[] = [];
  const namespaces = new Map<string, { manifest: Manifest; labels: Labels }>();
  const memos = new Map<unknown, unknown>();
  const kinds = new Kinds(definitions);
  const duplicates: { manifest: Manifest; first: Manifest }[] = [];
  const { fileOf, kustomizations = [] } = target;
  const isOpen = (manifest: Manifest): boolean =>
    textAt(manifest, 'metadata', 'namespace') === undefined &&
    scopeOf(groupOf(manifest.apiVersion), manifest.kind, definitions) !== 'Cluster';
  const placement: Placement | undefined =
    target.context === 'folder' && fileOf !== undefined
      ? placementOf(manifests, kustomizations, fileOf, isOpen)
      : undefined;

  for (const manifest of manifests) {
    const { key, scope, manifests: alike, versions } = kinds.of(manifest);
    const namespace =
      (placement !== undefined && scope !== 'Cluster' && textAt(manifest, 'metadata', 'namespace') === undefined
        ? placement.namespaces.get(manifest)
        : undefined) ?? namespaceIn(scope, manifest);
    const { name } = manifest.metadata;
    namespaceOf.set(manifest, namespace);
    alike.push(manifest);
    versions.manifests.push(manifest);
    let byName = versions.byNamespace.get(namespace);
    if (byName === undefined) versions.byNamespace.set(namespace, (byName = new Map()));
    const first = byName.get(name);
    // The API server completes a generated name, so two of them are two objects.
    if (first === undefined || isGenerated(first)) byName.set(name, manifest);
    else if (!isGenerated(manifest)) duplicates.push({ manifest, first });
    if (key === '/Namespace') {
      namespaces.set(name, {
        manifest,
        labels: { ...textsAt(manifest, 'metadata', 'labels'), 'kubernetes.io/metadata.name': name },
      });
    }
    const workload = workloadOf(manifest, namespace);
    if (workload === undefined) continue;
    workloads.push(workload);
    workloadByManifest.set(manifest, workload);
    let home = workloadsByNamespace.get(namespace);
    if (home === undefined) workloadsByNamespace.set(namespace, (home = new LabelIndex(({ labels }) => labels)));
    home.add(workload);
  }

  for (const [name, manifest] of placement?.made ?? [])
    if (!namespaces.has(name))
      namespaces.set(name, {
        manifest,
        labels: { ...textsAt(manifest, 'metadata', 'labels'), 'kubernetes.io/metadata.name': name },
      });

  const set: ManifestSet = {
    ...target,
    manifests,
    kinds: kinds.all,
    duplicates,
    variantsOf: (manifest) =>
      duplicates.length === 0
        ? [manifest]
        : [manifest, ...duplicates.flatMap((each) => (each.first === manifest ? each.manifest : []))],
    offered: target.context === 'fleet' ? 'error' : 'warning',
    namespaceOf: (manifest) => namespaceOf.get(manifest) ?? textAt(manifest, 'metadata', 'namespace') ?? '',
    ofKind: (group, kind) => kinds.in(group, kind)?.manifests ?? none,
    get: (group, kind, namespace, name) => kinds.in(group, kind)?.byNamespace.get(namespace)?.get(name),
    workloads,
    workloadsIn: (namespace) => workloadsByNamespace.get(namespace)?.all ?? none,
    workloadOf: (manifest) => workloadByManifest.get(manifest),
    select(namespace, selector) {
      const home = workloadsByNamespace.get(namespace);
      if (home === undefined) return none;
      const pod = textAt(selector, 'matchLabels', podName);
      return pod === undefined ? home.select(parseSelector(selector)) : onePod(home, selector, pod);
    },
    namespaces,
    definitions,
    isPlaced: (manifest) => placement?.written.has(manifest) ?? false,
    memo<T>(key: (set: ManifestSet) => T): T {
      let value = memos.get(key) as T | undefined;
      if (value === undefined) {
        value = key(set);
        memos.set(key, value);
      }
      return value;
    },
  };
  return set;
}

/** Label that the StatefulSet controller puts on each pod: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-name-label */
const podName = 'statefulset.kubernetes.io/pod-name';

/** The StatefulSet that has a pod of that name, if the rest of the selector selects it. */
function onePod(home: LabelIndex<Workload>, selector: unknown, pod: string): readonly Workload[] {
  const { [podName]: _, ...matchLabels } = textsAt(selector, 'matchLabels');
  const rest = parseSelector({ matchLabels, matchExpressions: at(selector, 'matchExpressions') });
  return home.select(rest).filter(({ kind, name, replicas = 1, manifest }) => {
    const [, owner, index] = /^(.+)-(\d+)$/.exec(pod) ?? [];
    const start = numberAt(manifest, 'spec', 'ordinals', 'start') ?? 0;
    return kind === 'StatefulSet' && name === owner && Number(index) >= start && Number(index) < start + replicas;
  });
}

const isGenerated = ({ metadata }: Manifest): boolean => metadata['generateName'] === metadata.name;

interface OpenKind extends ManifestsOfKind {
  readonly scope: KindScope;
  readonly manifests: Manifest[];
  readonly versions: AllVersions;
}

/** The manifests of a kind, whatever their API version. */
interface AllVersions {
  readonly manifests: Manifest[];
  /** By namespace and name. */
  readonly byNamespace: Map<string, Map<string, Manifest>>;
}

/** Kinds as they come, found again without a text being put together for each manifest. */
class Kinds {
  readonly all: OpenKind[] = [];
  readonly #byVersion = new Map<string, Map<string, OpenKind>>();
  readonly #byGroup = new Map<string, Map<string, AllVersions>>();
  readonly #definitions: ReadonlyMap<string, 'Namespaced' | 'Cluster'>;

  constructor(definitions: ReadonlyMap<string, 'Namespaced' | 'Cluster'>) {
    this.#definitions = definitions;
  }

  of({ apiVersion, kind }: Manifest): OpenKind {
    let kinds = this.#byVersion.get(apiVersion);
    if (kinds === undefined) this.#byVersion.set(apiVersion, (kinds = new Map()));
    let found = kinds.get(kind);
    if (found === undefined) {
      const group = groupOf(apiVersion);
      const scope = scopeOf(group, kind, this.#definitions);
      const sameGroup = this.#byGroup.get(group) ?? new Map<string, AllVersions>();
      const versions = sameGroup.get(kind) ?? { manifests: [], byNamespace: new Map<string, Map<string, Manifest>>() };
      this.#byGroup.set(group, sameGroup.set(kind, versions));
      found = { apiVersion, group, kind, key: `${group}/${kind}`, scope, manifests: [], versions };
      kinds.set(kind, found);
      this.all.push(found);
    }
    return found;
  }

  in(group: string, kind: string): AllVersions | undefined {
    return this.#byGroup.get(group)?.get(kind);
  }
}

function definitionsOf(manifests: readonly Manifest[]): Map<string, 'Namespaced' | 'Cluster'> {
  const definitions = new Map<string, 'Namespaced' | 'Cluster'>();
  for (const manifest of manifests) {
    if (manifest.kind !== 'CustomResourceDefinition') continue;
    const group = textAt(manifest, 'spec', 'group');
    const kind = textAt(manifest, 'spec', 'names', 'kind');
    if (group !== undefined && kind !== undefined) {
      definitions.set(`${group}/${kind}`, textAt(manifest, 'spec', 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced');
    }
  }
  return definitions;
}

/** Whether two manifests lie side by side. Those of different folders may be variants of which a cluster gets one. */
export function inOneFolder(set: ManifestSet, one: Manifest, other: Manifest): boolean {
  return folderOf(set.fileOf?.(one)) === folderOf(set.fileOf?.(other));
}

/** The folder of a file, with a slash at the end. */
export const folderOf = (file = ''): string => file.slice(0, file.lastIndexOf('/') + 1);

/** API versions that a CustomResourceDefinition serves. */
export function servedVersions(definition: Manifest): string[] {
  return listAt(definition, 'spec', 'versions').flatMap((each) =>
    at(each, 'served') === false ? [] : (textAt(each, 'name') ?? []),
  );
}
