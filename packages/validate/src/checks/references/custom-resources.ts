import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import { dnsSubdomain, hasForm } from '@fairlead/objects/forms';
import type { Check, Report } from '../../check.ts';
import { configData } from '../../config-data.ts';
import { declaredNames, isDeclared } from '../../declared-names.ts';
import { isMap, type JsonMap, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { nameSlipOf } from '../../name-slips.ts';
import { isBuiltInGroup } from '../../scope.ts';
import { serviceIndex } from '../../service-index.ts';
import { type Form, keysByKind, mayDefine, mentionedKinds } from './mentioned-kinds.ts';
import { referringAnnotations, referringLabels } from './referring-metadata.ts';

/**
 * What custom resources say of other objects, as far as the form of the field tells it, after Kubernetes' conventions for references
 * (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#object-references): a map
 * with `kind` and `name`; `taskRef: { name }`, `secretName: …`, `superuserSecret: { name }` for objects of the kind in the field's name;
 * `cluster: { name }` and `clusterQueue: …` for objects of a kind of the resource's own API group; `{ name, key }` for a Secret or
 * ConfigMap. As no schema says that such a name must be declared, only a slip of one that is declared in the namespace is told.
 */
export const customResourceReferences: Check = (set, report) => {
  readPods(set, report);
  const known = referringLabels.filter(({ kinds }) => kinds.some((each) => isDeclared(set, each)));
  for (const { group, kind, key, manifests } of set.kinds) {
    const isClaim = group === '' && kind === 'PersistentVolumeClaim';
    const labels = known.filter((each) => each.group === undefined || each.group === group);
    if (isClaim || judgedHere.has(key) || !(isBuiltInGroup(group) || judgedElsewhere.has(group)))
      for (const manifest of manifests) {
        const owner = { group, kind, namespace: set.namespaceOf(manifest) };
        const reader = new Reader(set, report, manifest);
        // Some kinds have no spec, as those of Kong.
        for (const field of manifest['spec'] === undefined ? Object.keys(manifest) : ['spec'])
          if (!ofAllObjects.has(field)) reader.read(manifest[field], field, `/${field}`, 0, owner);
      }
    if (labels.length === 0) continue;
    for (const manifest of manifests) {
      for (const { label, at = 'labels', kinds } of labels) {
        const stated = textAt(manifest, 'metadata', at, label);
        if (stated === undefined) continue;
        for (const name of stated.split(','))
          new Reader(set, report, manifest).judge(
            name.trim(),
            kinds,
            set.namespaceOf(manifest),
            `/metadata/${at}/${step(label)}`,
          );
      }
    }
  }
};

/** What annotations of pods say of custom resources. */
function readPods(set: ManifestSet, report: Report): void {
  const known = referringAnnotations.filter(([, kinds]) => kinds.some((each) => isDeclared(set, each)));
  if (known.length === 0) return;
  for (const { manifest, annotations, namespace, templatePointer } of set.workloads) {
    for (const [annotation, value] of Object.entries(annotations)) {
      const kinds = known.find(([pattern]) => pattern.test(annotation))?.[1];
      if (kinds === undefined || /^(?:true|false)$/.test(value)) continue;
      const slash = value.indexOf('/');
      const pointer = `${templatePointer}/metadata/annotations/${step(annotation)}`;
      const home = slash > 0 ? value.slice(0, slash) : namespace;
      new Reader(set, report, manifest).judge(value.slice(slash + 1), kinds, home, pointer);
    }
  }
}

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
  'monitoring.googleapis.com',
  'networking.istio.io',
  'secrets-store.csi.x-k8s.io',
  'traefik.io',
]);

/** Kinds of these groups that nobody else reads whole. */
const judgedHere = new Set([
  'cert-manager.io/ClusterIssuer',
  'cert-manager.io/Issuer',
  'external-secrets.io/ClusterSecretStore',
  'external-secrets.io/PushSecret',
  'external-secrets.io/SecretStore',
  'gateway.networking.k8s.io/GatewayClass',
  'networking.istio.io/Gateway',
]);

const ofAllObjects = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/** Definitions of custom resources lie at most this deep: podTemplates of operators. */
const deepest = 16;

/** The object that a field belongs to: the manifest, or one written out inside it. */
interface Owner {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  /** Whether these are values of a chart, which may name what the chart makes. */
  readonly isChart?: boolean;
}

/** Groups whose resources release charts. */
const charts = new Set(['argoproj.io', 'helm.toolkit.fluxcd.io']);

/** Values by which charts commonly ask for what is made elsewhere. */
const askedOfCharts = /^existing[A-Z]|Ref$|[pP]ullSecrets?$/;

/** Reads one manifest for references. */
class Reader {
  readonly #set: ManifestSet;
  readonly #report: Report;
  readonly #manifest: Manifest;

  constructor(set: ManifestSet, report: Report, manifest: Manifest) {
    this.#set = set;
    this.#report = report;
    this.#manifest = manifest;
  }

  /** `field`: the key that a value stands under; that of the list for its items. */
  read(value: unknown, field: string, pointer: string, depth: number, owner: Owner): void {
    if (depth > deepest || opaque.test(field)) return;
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) this.read(each, field, `${pointer}/${index}`, depth + 1, owner);
    } else if (typeof value === 'string') {
      this.#text(value, field, pointer, owner);
    } else if (isMap(value)) {
      // What shall be made is no reference: `destination: { name: env, create: true }`. A task of a bundle lies in a registry.
      if (value['create'] === true || value['generate'] === true || value['bundle'] !== undefined) return;
      if (field !== 'generate') this.#map(value, field, pointer, owner);
      const inner = embedded(value, owner);
      for (const [key, each] of Object.entries(value)) {
        // A rule of Kyverno makes an object, as a copy of another of the kind: generate: { kind: Secret, name, clone: { name } }
        const named = field === 'generate' && key === 'clone' ? (textAt(value, 'kind') ?? key) : key;
        const isChart = /^values(?:Object)?$/.test(key) && charts.has(owner.group);
        this.read(
          each,
          isFrom(key, field) ? field : named,
          `${pointer}/${step(key)}`,
          depth + 1,
          isChart ? { ...inner, isChart } : inner,
        );
      }
    }
  }

  #map(value: JsonMap, field: string, pointer: string, owner: Owner): void {
    const kind = textAt(value, 'kind');
    const namespace = textAt(value, 'namespace') ?? owner.namespace;
    for (const [key, port] of [
      ['service', 'port'],
      ['serviceName', 'servicePort'],
    ] as const) {
      const name = textAt(value, key);
      if (name !== undefined && typeof value[port] === 'number')
        this.judge(name, services, namespace, `${pointer}/${key}`);
    }
    if (kind === undefined && mayDefine(owner.group, field) && !isBareReference(value)) return;
    for (const key of ['name', 'ref'] as const) {
      const name = textAt(value, key);
      if (name === undefined) continue;
      const kinds =
        kind === undefined
          ? this.#mentioned(owner, key === 'ref' ? `${field.replace(/s$/, '')}Ref` : field, 'map')
          : this.#called(kind, textAt(value, 'apiVersion') ?? textAt(value, 'apiGroup') ?? textAt(value, 'group'));
      const keys =
        kinds.length > 0 ? kinds : isKeySelector(value) ? keySources : isBackend(value, field) ? services : kinds;
      const plain = kind === 'ImageStreamTag' ? name.replace(/:.*/, '') : name;
      this.judge(plain, keys, namespace, `${pointer}/${key}`);
    }
  }

  #text(value: string, field: string, pointer: string, owner: Owner): void {
    // A topic states the name of the topic, not that of another.
    const own = `${owner.group}/${owner.kind}`;
    const kinds = this.#mentioned(owner, field, 'text').filter((key) => key !== own);
    const slash = field.endsWith('Ref') ? value.indexOf('/') : -1;
    this.judge(value.slice(slash + 1), kinds, slash > 0 ? value.slice(0, slash) : owner.namespace, pointer);
  }

  #mentioned({ group, isChart }: Owner, field: string, form: Form): readonly string[] {
    return isChart === true && !askedOfCharts.test(field) ? [] : mentionedKinds(this.#set, group, field, form);
  }

  /** `group/Kind` of what is called so, in the API group or version stated. */
  #called(kind: string, stated: string | undefined): readonly string[] {
    const group = stated === undefined || /\/|^v\d/.test(stated) ? groupOf(stated ?? '') : stated;
    // https://docs.openshift.com/container-platform/latest/openshift_images/images-understand.html: a tag of a stream is no object of its own
    const plain = kind === 'ImageStreamTag' ? 'ImageStream' : kind;
    return [...(this.#set.memo(keysByKind).get(plain) ?? [])].filter(
      (key) => stated === undefined || key === `${group}/${plain}`,
    );
  }

  /** Tells a name that is but a slip of one that is declared. */
  judge(name: string, keys: readonly string[], namespace: string, pointer: string): void {
    if (keys.length === 0 || !hasForm(name, dnsSubdomain)) return;
    const names = this.#set.memo(declaredNames);
    const data = configData(this.#set);
    if (keys.some((key) => names(key)?.all.has(name) === true)) return;
    if (keys.includes('/Secret') && data.secret(namespace, name) !== undefined) return;
    if (keys.includes('/ConfigMap') && data.configMap(namespace, name) !== undefined) return;
    const { mayBeMade } = serviceIndex(this.#set);
    for (const key of keys) {
      const kind = key.slice(key.indexOf('/') + 1);
      const here =
        // What belongs to the cluster may mean any namespace, as ClusterIssuers mean that of cert-manager.
        namespace !== '' && (key === '/Secret' || key === '/ConfigMap')
          ? data.names(key === '/Secret' ? 'Secret' : 'ConfigMap', namespace)
          : (namespace === '' ? [...(names(key)?.byNamespace.keys() ?? [])] : ['', namespace]).flatMap(
              (each) => names(key)?.byNamespace.get(each) ?? [],
            );
      const meant = nameSlipOf(name, here);
      // Operators make Secrets and Services under names that start with the owner's, as the name that is meant may itself.
      if (meant === undefined || (mayBeMade(namespace, name) && !mayBeMade(namespace, meant))) continue;
      const where =
        names(key)?.byNamespace.get('')?.includes(meant) === true || namespace === ''
          ? ''
          : ` in namespace ${namespace}`;
      this.#report('references/missing-object', this.#manifest, pointer, `${kind} "${name}" does not exist${where}`, {
        hint: `did you mean "${meant}"?`,
      });
      return;
    }
  }
}

/**
 * Fields that hold a schema, or the configuration of another program, whose words name nothing; or patterns: patches choose what they
 * change in what other folders declare.
 */
const opaque = /^(?:openAPIV3Schema|jsonSchema|parameterSchema|patches|match|exclude|clusterConfiguration)$/;

/** What `{ name, key }` may be a key of. */
const keySources = ['/Secret', '/ConfigMap'];

/** Whether a map names a key of a Secret or ConfigMap and nothing else. */
function isKeySelector(value: JsonMap): boolean {
  return (
    textAt(value, 'key') !== undefined &&
    Object.keys(value).every((each) => /^(?:name|key|optional|namespace)$/.test(each))
  );
}

const services = ['/Service'];

/** Whether a map is a route's way to a port of a Service: `services: [{ name: web, port: 80 }]`. */
function isBackend(value: JsonMap, field: string): boolean {
  return typeof value['port'] === 'number' && /^(?:.*[bB]ackend(?:Ref)?s?|services?|upstreams?|forwardTo)$/.test(field);
}

/** Whether a map of a list holds nothing that would define a thing, or says how a Secret or ConfigMap is mounted. */
const isBareReference = (value: JsonMap): boolean =>
  Object.keys(value).every((each) =>
    /^(?:name|namespace|key|optional|items|path|mountPath|port|weight|ref|secretType)$/.test(each),
  );

/** References of AWS Controllers for Kubernetes have a level more: `vpcRef: { from: { name } }`. */
const isFrom = (key: string, field: string): boolean => key === 'from' && /Refs?$/.test(field);

/** The object that a map is, where one is written out: a run in a template of triggers. */
function embedded(value: JsonMap, owner: Owner): Owner {
  const apiVersion = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  if (apiVersion === undefined || kind === undefined || !(isMap(value['spec']) || isMap(value['metadata'])))
    return owner;
  return {
    ...owner,
    group: groupOf(apiVersion),
    kind,
    namespace: textAt(value, 'metadata', 'namespace') ?? owner.namespace,
  };
}
