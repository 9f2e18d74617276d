import { typoOf } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import { dnsSubdomain, hasForm } from '@fairlead/objects/forms';
import type { Check, Report } from '../../check.ts';
import { isMap, type JsonMap, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { isBuiltInGroup } from '../../scope.ts';
import { serviceIndex } from '../../service-index.ts';

/**
 * What custom resources say of other objects, as far as the form of the field tells it, after Kubernetes' conventions for references
 * (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#object-references): a map
 * with `kind` and `name`; `taskRef: { name }`, `secretName: …`, `superuserSecret: { name }` for objects of the kind in the field's name;
 * `cluster: { name }` and `clusterQueue: …` for objects of a kind of the resource's own API group. As no schema says that such a name must
 * be declared, only a slip of one that is declared in the namespace is told.
 */
export const customResourceReferences: Check = (set, report) => {
  for (const { group, kind, manifests } of set.kinds) {
    const isClaim = group === '' && kind === 'PersistentVolumeClaim';
    const labels = referringLabels.filter((each) => each.group === undefined || each.group === group);
    if (isClaim || !(isBuiltInGroup(group) || judgedElsewhere.has(group)))
      for (const manifest of manifests)
        new Reader(set, report, group, manifest).read(manifest['spec'], 'spec', '/spec', 0);
    if (labels.length === 0) continue;
    for (const manifest of manifests) {
      for (const { label, kinds } of labels) {
        const name = textAt(manifest, 'metadata', 'labels', label);
        if (name === undefined) continue;
        const reader = new Reader(set, report, group, manifest);
        reader.judge(name, kinds, set.namespaceOf(manifest), `/metadata/labels/${step(label)}`);
      }
    }
  }
};

/** API groups of whose references other checks know all, or whose names are those of what they make. */
const judgedElsewhere = new Set([
  'acme.cert-manager.io',
  'autoscaling.k8s.io',
  'bitnami.com',
  'cert-manager.io',
  'cilium.io',
  'external-secrets.io',
  'gateway.networking.k8s.io',
  'keda.sh',
  'kustomize.config.k8s.io',
  'monitoring.coreos.com',
  'monitoring.googleapis.com',
  'networking.istio.io',
  'secrets-store.csi.x-k8s.io',
  'traefik.io',
]);

/** Labels that name an object of the same namespace. */
const referringLabels: readonly {
  readonly label: string;
  /** Of the objects that state it; absent: of any. */
  readonly group?: string;
  /** `group/Kind` of what it may name. */
  readonly kinds: readonly string[];
}[] = [
  // Users, topics and node pools name their Kafka, connectors their KafkaConnect: https://strimzi.io/docs/operators/latest/configuring
  {
    label: 'strimzi.io/cluster',
    group: 'kafka.strimzi.io',
    kinds: ['kafka.strimzi.io/Kafka', 'kafka.strimzi.io/KafkaConnect', 'kafka.strimzi.io/KafkaMirrorMaker2'],
  },
  // https://pkg.go.dev/sigs.k8s.io/kueue/pkg/controller/constants: QueueLabel
  { label: 'kueue.x-k8s.io/queue-name', kinds: ['kueue.x-k8s.io/LocalQueue'] },
  // https://cluster-api.sigs.k8s.io/reference/api/labels-and-annotations
  { label: 'cluster.x-k8s.io/cluster-name', kinds: ['cluster.x-k8s.io/Cluster'] },
];

/** Kinds of Kubernetes itself that the name of a field may mention. */
const coreKinds = ['/ConfigMap', '/PersistentVolumeClaim', '/Secret', '/ServiceAccount'];

/** Definitions of custom resources lie at most this deep: podTemplates of operators. */
const deepest = 12;

/** Reads one manifest for references. */
class Reader {
  readonly #set: ManifestSet;
  readonly #report: Report;
  readonly #group: string;
  readonly #manifest: Manifest;

  constructor(set: ManifestSet, report: Report, group: string, manifest: Manifest) {
    this.#set = set;
    this.#report = report;
    this.#group = group;
    this.#manifest = manifest;
  }

  /** `field`: the key that a value stands under; that of the list for its items. */
  read(value: unknown, field: string, pointer: string, depth: number): void {
    if (depth > deepest || schemas.test(field)) return;
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) this.read(each, field, `${pointer}/${index}`, depth + 1);
    } else if (typeof value === 'string') {
      this.#name(value, field, pointer);
    } else if (isMap(value)) {
      this.#map(value, field, pointer);
      for (const [key, each] of Object.entries(value)) {
        // Patches choose what they change by patterns, in what other folders declare.
        if (key !== 'patches') this.read(each, key, `${pointer}/${step(key)}`, depth + 1);
      }
    }
  }

  #map(value: JsonMap, field: string, pointer: string): void {
    const name = textAt(value, 'name');
    if (name === undefined) return;
    const kind = textAt(value, 'kind');
    const namespace = textAt(value, 'namespace') ?? this.#set.namespaceOf(this.#manifest);
    const kinds =
      kind === undefined
        ? this.#mentioned(field, /^(.+?)(?:KeyRef|Refs?|Reference|Selector)?$/)
        : this.#called(kind, textAt(value, 'apiVersion') ?? textAt(value, 'apiGroup') ?? textAt(value, 'group'));
    this.judge(name, kinds, namespace, `${pointer}/name`);
  }

  #name(value: string, field: string, pointer: string): void {
    // A topic states the name of the topic, not that of another.
    const own = `${this.#group}/${this.#manifest.kind}`;
    const kinds = this.#mentioned(field, /^(.+?)(?:Name|Ref)?$/).filter((key) => key !== own);
    this.judge(value, kinds, this.#set.namespaceOf(this.#manifest), pointer);
  }

  /** `group/Kind` of what is called so, in the API group or version stated. */
  #called(kind: string, stated: string | undefined): readonly string[] {
    const group = stated === undefined || /\/|^v\d/.test(stated) ? groupOf(stated ?? '') : stated;
    return [...(this.#set.memo(keysByKind).get(kind) ?? [])].filter(
      (key) => stated === undefined || key === `${group}/${kind}`,
    );
  }

  /** `group/Kind` of what the name of a field mentions. */
  #mentioned(field: string, form: RegExp): readonly string[] {
    const [, stem = field] = form.exec(field) ?? [];
    const isReference = stem.length < field.length;
    const wanted = stem.toLowerCase();
    const core = coreKinds.filter((key) => wanted.endsWith(key.slice(1).toLowerCase()));
    if (core.length > 0) return core;
    const own: string[] = [];
    for (const [kind, keys] of this.#set.memo(keysByKind)) {
      const known = kind.toLowerCase();
      if (known !== wanted && !(isReference && known.endsWith(wanted) && wanted.length > 3)) continue;
      for (const key of keys) if (key.startsWith(`${this.#group}/`)) own.push(key);
    }
    return own;
  }

  /** Tells a name that is but a slip of one that is declared. */
  judge(name: string, keys: readonly string[], namespace: string, pointer: string): void {
    if (keys.length === 0 || !hasForm(name, dnsSubdomain)) return;
    const declared = keys.flatMap((key) => {
      const slash = key.indexOf('/');
      return this.#set.ofKind(key.slice(0, slash), key.slice(slash + 1));
    });
    if (declared.some((each) => each.metadata.name === name)) return;
    const here = declared.flatMap((each) => {
      const home = this.#set.namespaceOf(each);
      return home === '' || home === namespace ? each.metadata.name : [];
    });
    const meant = typoOf(
      name,
      here.filter((each) => !isSibling(each, name)),
    );
    if (meant === undefined || serviceIndex(this.#set).mayBeMade(namespace, name)) return;
    const found = declared.find((each) => each.metadata.name === meant);
    this.#report(
      'references/missing-object',
      this.#manifest,
      pointer,
      `${found?.kind} "${name}" does not exist${namespace === '' ? '' : ` in namespace ${namespace}`}`,
      { hint: `did you mean "${meant}"?` },
    );
  }
}

/** Fields that hold a schema, whose words name nothing. */
const schemas = /^(?:openAPIV3Schema|jsonSchema|parameterSchema)$/;

/** Kinds of the set with the API groups that have them. */
function keysByKind(set: ManifestSet): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { kind, key } of set.kinds) found.set(kind, (found.get(kind) ?? new Set()).add(key));
  return found;
}

/** Names of a series, such as `pool-1` and `pool-2`, `shard-a` and `shard-b`, `web` and `web-2`: one is no slip of the other. */
function isSibling(one: string, other: string): boolean {
  const plain = (name: string): string => name.replace(/[\d.]+/g, '0');
  if (plain(one) === plain(other)) return true;
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  if (longer.startsWith(shorter) && /^[-.\d]/.test(longer.slice(shorter.length))) return true;
  const parts = one.split(/[-.]/);
  const others = other.split(/[-.]/);
  if (parts.length !== others.length) return false;
  // Words as short as zones, stages and regions are not mistyped but chosen.
  return parts.every((each, index) => each === others[index] || (each.length < 4 && (others[index] ?? '').length < 4));
}
