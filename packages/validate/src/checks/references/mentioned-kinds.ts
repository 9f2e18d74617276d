import type { ManifestSet } from '../../manifest-set.ts';
import { isBuiltInGroup } from '../../scope.ts';

/** How a field says a name: as the text itself, or as `name` (or `ref`) of a map below it. */
export type Form = 'text' | 'map';

/** Whether the maps of a list may be what it defines (`templates: [{ name: main, … }]`) and not what it refers to. */
export const mayDefine = (group: string, field: string): boolean =>
  /s$/.test(field) && !/(?:Refs|References|[pP]ullSecrets)$/.test(field) && statedFor(group, field) === undefined;

/**
 * `group/Kind` of what the name of a field mentions, as seen from a resource of an API group: kinds of Kubernetes that the field's name
 * ends with, else kinds that the set declares in that group or in its family, such as `elasticsearch.k8s.elastic.co` and
 * `kibana.k8s.elastic.co`.
 */
export function mentionedKinds(set: ManifestSet, group: string, field: string, form: Form): readonly string[] {
  const known = set.memo(mentions);
  const key = `${group} ${form} ${field}`;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = find(set, group, field, form)));
  return found;
}

const mentions = (): Map<string, readonly string[]> => new Map();

/** `group/Kind` by kind, of all that the set declares. */
export function keysByKind(set: ManifestSet): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { kind, key } of set.kinds) found.set(kind, (found.get(kind) ?? new Set()).add(key));
  return found;
}

function find(set: ManifestSet, group: string, field: string, form: Form): readonly string[] {
  const stated = statedFor(group, field);
  if (stated !== undefined) return stated;
  if (outputs.test(field)) return [];
  const [, stem = field] = (form === 'map' ? mapForm : textForm).exec(field) ?? [];
  // A list of names has the plural: `admissionChecks: [quota]`, `imagePullSecrets`.
  const word = stem.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
  const wanted = word.toLowerCase();
  const core = coreFields.find(([ending]) => wanted.endsWith(ending));
  if (core !== undefined) return core[1];
  const refers = /Ref(?:s|erences?)?$/.test(field);
  if (!refers && inside.has(wanted)) return [];
  const isFuzzy = stem.length < field.length || /[a-z][A-Z]/.test(word);
  const own: string[] = [];
  for (const [kind, keys] of set.memo(keysByKind)) {
    if (kind.toLowerCase() !== wanted && !(isFuzzy && (endsWithWord(kind, word) || (refers && endAlike(word, kind)))))
      continue;
    for (const key of keys) {
      const other = key.slice(0, key.indexOf('/'));
      if (other === group || (!isBuiltInGroup(other) && family(other) === family(group))) own.push(key);
    }
  }
  return own;
}

const mapForm = /^(.+?)(?:Id|Arn|Name)?(?:KeyRef|Refs?|References?|Selector)?$/;
const textForm = /^(.+?)(?:CR)?(?:Names?|Refs?)?$/;

/** The domain of an API group's owner: `elastic.co` of `kibana.k8s.elastic.co`. */
const family = (group: string): string => group.split('.').slice(-2).join('.');

/** Whether a name in camel case ends with the words of another: `WorkflowTemplate` with `template`. */
function endsWithWord(name: string, ending: string): boolean {
  const start = name.length - ending.length;
  return (
    ending.length > 3 &&
    start > 0 &&
    /[A-Z]/.test(name[start] ?? '') &&
    name.slice(start).toLowerCase() === ending.toLowerCase()
  );
}

/** Whether names in camel case end with the same word, and no short one: `ComputeNetwork` and `privateNetwork`. */
function endAlike(one: string, other: string): boolean {
  const last = (name: string): string => /[A-Z]?[a-z]+$/.exec(name)?.[0].toLowerCase() ?? '';
  return last(one).length > 4 && last(one) === last(other);
}

/** Kinds of Kubernetes that the end of a field's name mentions, without the field's `Name` or `Ref`. */
const coreFields: readonly (readonly [ending: string, keys: readonly string[]])[] = [
  ['configmap', ['/ConfigMap']],
  ['secret', ['/Secret']],
  ['serviceaccount', ['/ServiceAccount']],
  // A DataVolume makes a claim of its name: https://kubevirt.io/user-guide/storage/disks_and_volumes/#datavolume
  ['persistentvolumeclaim', ['/PersistentVolumeClaim', 'cdi.kubevirt.io/DataVolume']],
  ['claim', ['/PersistentVolumeClaim', 'cdi.kubevirt.io/DataVolume']],
  ['storageclass', ['storage.k8s.io/StorageClass']],
  ['priorityclass', ['scheduling.k8s.io/PriorityClass']],
  ['runtimeclass', ['node.k8s.io/RuntimeClass']],
  ['ingressclass', ['networking.k8s.io/IngressClass']],
];

/** Fields that say where a controller shall put what it makes. */
const outputs =
  /^(?:write|publish|output|target|generated?|created?|connection|result|destination|new)[A-Z].*(?:Secret|ConfigMap)|^connectionSecret/;

/** Things inside the system that a resource configures, whose names are not those of objects. */
const inside = new Set(
  (
    'account alias application bucket collection consumer dashboard database datasource domain environment exchange field folder ' +
    'group host image index instance key keyspace label login namespace node org organization plan principal project queue realm record ' +
    'region repository role schema service space stream table tag team tenant topic user vhost volume zone'
  ).split(' '),
);

/** Fields whose names do not tell the kind or its group, by the family of the group that has them where one has. */
const statedFields: Readonly<Record<string, readonly string[]>> = {
  // https://argo-rollouts.readthedocs.io/en/stable/features/specification/
  'argoproj.io canaryService': ['/Service'],
  'argoproj.io stableService': ['/Service'],
  'argoproj.io activeService': ['/Service'],
  'argoproj.io previewService': ['/Service'],
  'argoproj.io stableIngress': ['networking.k8s.io/Ingress'],
  'argoproj.io stableIngresses': ['networking.k8s.io/Ingress'],
  // https://docs.crossplane.io/latest/composition/composite-resources/
  compositionRef: ['apiextensions.crossplane.io/Composition'],
  // https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/fleet-managed-elastic-agent
  'elastic.co fleetServerRef': ['agent.k8s.elastic.co/Agent'],
  // https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/
  'x-k8s.io flavors': ['kueue.x-k8s.io/ResourceFlavor'],
  // https://kubevirt.io/user-guide/network/interfaces_and_networks/#multus
  'kubevirt.io networkName': ['k8s.cni.cncf.io/NetworkAttachmentDefinition'],
  // https://rook.io/docs/rook/latest-release/CRDs/Object-Storage/ceph-object-store-user-crd/
  'rook.io store': ['ceph.rook.io/CephObjectStore'],
  // https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
  'istio.io credentialName': ['/Secret'],
  // https://kserve.github.io/website/latest/modelserving/servingruntimes/ and /inference_graph/
  'kserve.io runtime': ['serving.kserve.io/ServingRuntime', 'serving.kserve.io/ClusterServingRuntime'],
  'kserve.io serviceName': ['serving.kserve.io/InferenceService'],
  // https://metallb.io/apis/
  'metallb.io peers': ['metallb.io/BGPPeer'],
  // https://developer.konghq.com/kubernetes-ingress-controller/reference/custom-resources/#kongconsumer
  'konghq.com credentials': ['/Secret'],
  // cert-manager keeps there the account that it makes: https://cert-manager.io/docs/configuration/acme/
  'cert-manager.io privateKeySecretRef': [],
  // https://volcano.sh/en/docs/vcjob/
  'volcano.sh queue': ['scheduling.volcano.sh/Queue'],
  // https://docs.percona.com/percona-operator-for-mysql/pxc/backups-ondemand.html
  'percona.com pxcCluster': ['pxc.percona.com/PerconaXtraDBCluster'],
  'percona.com psmdbCluster': ['psmdb.percona.com/PerconaServerMongoDB'],
  'percona.com pgCluster': ['pgv2.percona.com/PerconaPGCluster'],
};

const statedFor = (group: string, field: string): readonly string[] | undefined =>
  statedFields[`${family(group)} ${field}`] ?? statedFields[field];
