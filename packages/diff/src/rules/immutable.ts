import type { Leaf } from '../compare.ts';
import type { Claims, Finding } from '../finding.ts';
import { quantity } from '../meaning.ts';
import type { SourceManifest } from '../model.ts';
import type { ObjectChange } from '../pair.ts';
import {
  containersOf,
  dig,
  isWorkload,
  kindOf,
  maps,
  number,
  podTemplateOf,
  selects,
  templateOf,
  text,
} from '../workloads.ts';
import type { Code } from './codes.ts';

/** A field that the API server never lets change. */
interface ImmutableField {
  readonly kind: string;
  readonly path: RegExp;
  readonly code: Code;
  /** What to do instead, for the general code. */
  readonly out?: string;
  readonly when?: (leaf: Leaf, change: ObjectChange) => boolean;
}

const another = 'create one with another name';
const again = 'delete and create it';

// Compared with the Validate*Update functions of kubernetes/pkg/apis/*/validation at v1.34.2, one by one. By their notes in k8s.io/api
// alone: CertificateSigningRequest, ControllerRevision, ResourceClaim; by its CustomResourceDefinition: VolumeSnapshot.
const immutableFields: readonly ImmutableField[] = [
  { kind: 'apps/Deployment', path: /^spec\.selector\b/, code: 'immutable-selector' },
  { kind: 'apps/DaemonSet', path: /^spec\.selector\b/, code: 'immutable-selector' },
  { kind: 'apps/ReplicaSet', path: /^spec\.selector\b/, code: 'immutable-selector' },
  { kind: 'apps/StatefulSet', path: /^spec\.selector\b/, code: 'immutable-selector' },
  { kind: 'apps/StatefulSet', path: /^spec\.volumeClaimTemplates\b/, code: 'immutable-claim-templates' },
  {
    kind: 'apps/StatefulSet',
    path: /^spec\.(?!replicas\b|template\b|updateStrategy\b|persistentVolumeClaimRetentionPolicy\b|minReadySeconds\b|ordinals\b|revisionHistoryLimit\b)/,
    code: 'immutable-stateful-set',
  },
  {
    kind: 'batch/Job',
    path: /^spec\.(selector|template|completionMode|podFailurePolicy|successPolicy|backoffLimitPerIndex|managedBy)\b/,
    code: 'immutable-job',
    // Where its pods go may change while a Job has not been started.
    when: (leaf, { before }) =>
      dig(before?.manifest, 'spec', 'suspend') !== true ||
      !/^spec\.template\.(metadata\.(labels|annotations)|spec\.(nodeSelector|tolerations|schedulingGates|affinity\.nodeAffinity))\b/.test(
        leaf.path,
      ),
  },
  {
    kind: 'batch/Job',
    path: /^spec\.completions$/,
    code: 'immutable-job',
    // Indexed Jobs grow and shrink, when parallelism goes along.
    when: (_, { after }) =>
      dig(after?.manifest, 'spec', 'completionMode') !== 'Indexed' ||
      dig(after?.manifest, 'spec', 'completions') !== dig(after?.manifest, 'spec', 'parallelism'),
  },
  {
    kind: '/Pod',
    path: /^spec\.(?!(containers|initContainers)\.\*\.image$|activeDeadlineSeconds$|tolerations\b|schedulingGates\b)/,
    code: 'immutable-pod',
  },
  {
    kind: '/Service',
    path: /^spec\.(clusterIP|clusterIPs\.\*)$/,
    code: 'immutable-cluster-ip',
    when: (_, { after }) => dig(after?.manifest, 'spec', 'type') !== 'ExternalName',
  },
  {
    kind: '/Service',
    path: /^spec\.ipFamilies\.\*$/,
    code: 'immutable-cluster-ip',
    when: (leaf) => leaf.pointer === '/spec/ipFamilies/0' && leaf.before !== undefined && leaf.after !== undefined,
  },
  {
    kind: '/Service',
    path: /^spec\.loadBalancerClass$/,
    code: 'immutable-field',
    out: again,
    when: (_, { before, after }) =>
      dig(before?.manifest, 'spec', 'type') === 'LoadBalancer' &&
      dig(after?.manifest, 'spec', 'type') === 'LoadBalancer',
  },
  {
    kind: '/PersistentVolumeClaim',
    path: /^spec\.(?!resources\.requests\.storage$|volumeAttributesClassName$)/,
    code: 'immutable-claim',
  },
  {
    kind: '/PersistentVolume',
    path: /^spec\.(?!capacity\b|accessModes\b|persistentVolumeReclaimPolicy$|mountOptions\b|claimRef\b|storageClassName$|volumeAttributesClassName$)/,
    code: 'immutable-volume',
  },
  {
    kind: 'storage.k8s.io/StorageClass',
    path: /^(provisioner|parameters\b.*|reclaimPolicy|volumeBindingMode)$/,
    code: 'immutable-storage-class',
  },
  { kind: 'rbac.authorization.k8s.io/RoleBinding', path: /^roleRef\b/, code: 'immutable-role-ref' },
  { kind: 'rbac.authorization.k8s.io/ClusterRoleBinding', path: /^roleRef\b/, code: 'immutable-role-ref' },
  {
    kind: '/ConfigMap',
    path: /^(data|binaryData|immutable)\b/,
    code: 'immutable-data',
    when: (_, { before }) => dig(before?.manifest, 'immutable') === true,
  },
  {
    kind: '/Secret',
    path: /^(data|stringData|immutable)\b/,
    code: 'immutable-data',
    when: (_, { before }) => dig(before?.manifest, 'immutable') === true,
  },
  { kind: '/Secret', path: /^type$/, code: 'immutable-secret-type' },
  {
    kind: 'scheduling.k8s.io/PriorityClass',
    path: /^(value|preemptionPolicy)$/,
    code: 'immutable-field',
    out: another,
  },
  { kind: 'networking.k8s.io/IngressClass', path: /^spec\.controller$/, code: 'immutable-field', out: again },
  {
    kind: 'storage.k8s.io/CSIDriver',
    path: /^spec\.(attachRequired|volumeLifecycleModes\b.*)$/,
    code: 'immutable-field',
    out: again,
  },
  {
    kind: 'storage.k8s.io/VolumeAttributesClass',
    path: /^(driverName|parameters\b.*)$/,
    code: 'immutable-field',
    out: another,
  },
  {
    kind: 'storage.k8s.io/CSIStorageCapacity',
    path: /^(nodeTopology\b.*|storageClassName)$/,
    code: 'immutable-field',
    out: again,
  },
  { kind: 'node.k8s.io/RuntimeClass', path: /^handler$/, code: 'immutable-field', out: another },
  { kind: 'discovery.k8s.io/EndpointSlice', path: /^addressType$/, code: 'immutable-field', out: again },
  {
    kind: 'apiextensions.k8s.io/CustomResourceDefinition',
    path: /^spec\.(group|scope|names\.(kind|plural))$/,
    code: 'immutable-field',
    out: 'define a new kind and migrate the objects',
  },
  { kind: '/ResourceQuota', path: /^spec\.scopes\b/, code: 'immutable-field', out: another },
  { kind: 'networking.k8s.io/IPAddress', path: /^spec\.parentRef\b/, code: 'immutable-field', out: again },
  { kind: 'networking.k8s.io/ServiceCIDR', path: /^spec\./, code: 'immutable-field', out: another },
  { kind: 'resource.k8s.io/ResourceClaim', path: /^spec\./, code: 'immutable-field', out: again },
  { kind: 'certificates.k8s.io/CertificateSigningRequest', path: /^spec\./, code: 'immutable-field', out: again },
  { kind: 'snapshot.storage.k8s.io/VolumeSnapshot', path: /^spec\.source\b/, code: 'immutable-field', out: another },
  // The types of a controller revision are data of its owner. apps/v1 types.go: "immutable snapshot of state data".
  { kind: 'apps/ControllerRevision', path: /^data\b/, code: 'immutable-field', out: 'do not write it by hand' },
];

const byKind = groupByKind();

function groupByKind(): Map<string, ImmutableField[]> {
  const groups = new Map<string, ImmutableField[]>();
  for (const each of immutableFields) groups.set(each.kind, [...(groups.get(each.kind) ?? []), each]);
  return groups;
}

/** The field of a path as a sentence names it: `spec.serviceName`, or the first two or three steps of a deep one. */
export function fieldName(path: string): string {
  const meta = /^metadata\.(annotation|label)s\.(.+)$/.exec(path);
  if (meta !== null) return `${meta[1]} ${meta[2]}`;
  return path
    .split('.')
    .filter((part) => part !== '*')
    .slice(0, 3)
    .join('.');
}

/** Where a kind states the size of a disk, and how large it counts where it states none any more. */
const sizes: ReadonlyMap<string, { readonly path: RegExp; readonly whenGone: number }> = new Map([
  ['/PersistentVolumeClaim', { path: /^spec\.resources\.requests\.storage$/, whenGone: 0 }],
  ['postgresql.cnpg.io/Cluster', { path: /^spec\.(?:storage|walStorage)\.size$/, whenGone: Infinity }],
]);

function shrunk(change: ObjectChange, claims: Claims, path: RegExp, whenGone: number): Finding[] {
  const leaves = claims.take(
    (leaf) => path.test(leaf.path) && (quantity(leaf.after) ?? whenGone) < (quantity(leaf.before) ?? 0),
  );
  const [leaf] = leaves;
  if (leaf === undefined) return [];
  return [{ code: 'claim-shrunk', change, leaves, words: { from: String(leaf.before), to: String(leaf.after) } }];
}

/** What the API server refuses of a modified object. */
export function rejected(change: ObjectChange, claims: Claims): Finding[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  // With generateName every apply creates another object.
  if (after.manifest.metadata['generateName'] !== undefined) return [];
  const kind = kindOf(after);
  const findings: Finding[] = [];
  for (const rule of byKind.get(kind) ?? []) {
    const leaves = claims.take((leaf) => rule.path.test(leaf.path) && (rule.when?.(leaf, change) ?? true));
    const first = leaves[0];
    if (first !== undefined)
      findings.push({ code: rule.code, change, leaves, words: { field: fieldName(first.path), out: rule.out ?? '' } });
  }
  const how = forced(after);
  if (how !== undefined) return findings.map((each) => replacedByForce(each, kind, how));
  if (kind === 'storage.k8s.io/StorageClass' && becomesDelete(change))
    findings.push({ code: 'reclaim-policy-next', change, leaves: [] });
  const size = sizes.get(kind);
  if (size !== undefined) findings.push(...shrunk(change, claims, size.path, size.whenGone));
  if (kind === 'apiextensions.k8s.io/CustomResourceDefinition') findings.push(...removedVersions(change, claims));
  findings.push(...invalid(change, claims));
  return findings;
}

/** What makes the delivery delete and create an object that the API server refuses to change; undefined when nothing does. */
function forced({ manifest }: SourceManifest): string | undefined {
  const note = (name: string) => text(manifest.metadata.annotations?.[name]);
  const sync = note('argocd.argoproj.io/sync-options') ?? '';
  if (/(^|,)\s*Force=true/.test(sync)) return `argocd.argoproj.io/sync-options: ${sync}`;
  if (note('kustomize.toolkit.fluxcd.io/force')?.toLowerCase() === 'enabled')
    return 'kustomize.toolkit.fluxcd.io/force: enabled';
  // Both engines delete a hook before they create the next one, unless told otherwise.
  for (const [hook, policy, value] of [
    ['argocd.argoproj.io/hook', 'argocd.argoproj.io/hook-delete-policy', 'BeforeHookCreation'],
    ['helm.sh/hook', 'helm.sh/hook-delete-policy', 'before-hook-creation'],
  ] as const) {
    if (note(hook) !== undefined && (note(policy) ?? value).includes(value)) return `${hook}: ${note(hook) ?? ''}`;
  }
  return undefined;
}

const holdsData = new Set([
  '/PersistentVolumeClaim',
  '/PersistentVolume',
  'apiextensions.k8s.io/CustomResourceDefinition',
]);

function replacedByForce(finding: Finding, kind: string, how: string): Finding {
  const code = kind === 'batch/Job' ? 'job-runs-anew' : holdsData.has(kind) ? 'forced-data-loss' : 'forced-replacement';
  return { ...finding, code, words: { ...finding.words, how } };
}

function becomesDelete({ leaves }: ObjectChange): boolean {
  return leaves.some((leaf) => leaf.path === 'reclaimPolicy' && (leaf.after ?? 'Delete') === 'Delete');
}

function removedVersions(change: ObjectChange, claims: Claims): Finding[] {
  const names = (side: unknown) => maps(dig(side, 'spec', 'versions')).map((each) => each['name']);
  const after = new Set(names(change.after?.manifest));
  const gone = names(change.before?.manifest).filter((each) => !after.has(each));
  if (gone.length === 0) return [];
  const leaves = claims.take(
    (leaf) =>
      leaf.path.startsWith('spec.versions.*') && (leaf.after === undefined || leaf.path === 'spec.versions.*.name'),
  );
  return [{ code: 'crd-version-removed', change, leaves }];
}

/** What validation refuses whatever stood there before. */
function invalid(change: ObjectChange, claims: Claims): Finding[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const findings: Finding[] = [];
  const { manifest } = after;
  const touched = (path: RegExp) => change.leaves.some((leaf) => path.test(leaf.path));
  const template = templateOf(after);
  if (
    template !== undefined &&
    isWorkload(after) &&
    podTemplateOf(after)?.runs !== 'one' &&
    podTemplateOf(after)?.runs !== 'done'
  ) {
    const selector = dig(manifest, 'spec', 'selector');
    if (
      selector !== undefined &&
      !selects(selector, dig(template, 'metadata', 'labels')) &&
      selects(dig(before.manifest, 'spec', 'selector'), dig(templateOf(before), 'metadata', 'labels'))
    ) {
      findings.push({
        code: 'selector-mismatch',
        change,
        leaves: claims.take((leaf) => leaf.path.startsWith('spec.template.metadata.labels')),
      });
    }
  }
  if (
    kindOf(after) === 'apps/Deployment' &&
    dig(manifest, 'spec', 'strategy', 'type') === 'Recreate' &&
    dig(manifest, 'spec', 'strategy', 'rollingUpdate') !== undefined &&
    touched(/^spec\.strategy\b/)
  ) {
    findings.push({
      code: 'recreate-with-rolling-update',
      change,
      leaves: claims.take((leaf) => leaf.path.startsWith('spec.strategy')),
    });
  }
  for (const { container } of template === undefined ? [] : containersOf(template)) {
    for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
      const request = quantity(dig(container, 'resources', 'requests', resource));
      const limit = quantity(dig(container, 'resources', 'limits', resource));
      if (request === undefined || limit === undefined || request <= limit) continue;
      const leaves = claims.take((leaf) =>
        new RegExp(`\\.resources\\.(requests|limits)\\.${resource}$`).test(leaf.path),
      );
      if (leaves.length > 0)
        findings.push({ code: 'request-above-limit', change, leaves, words: { field: `the ${resource} request` } });
    }
  }
  if (
    manifest.kind === 'HorizontalPodAutoscaler' &&
    (number(dig(manifest, 'spec', 'minReplicas')) ?? 1) > (number(dig(manifest, 'spec', 'maxReplicas')) ?? Infinity)
  ) {
    const leaves = claims.take((leaf) => /^spec\.(min|max)Replicas$/.test(leaf.path));
    if (leaves.length > 0) findings.push({ code: 'bounds-crossed', change, leaves });
  }
  if (
    manifest.kind === 'PodDisruptionBudget' &&
    dig(manifest, 'spec', 'minAvailable') !== undefined &&
    dig(manifest, 'spec', 'maxUnavailable') !== undefined
  ) {
    const leaves = claims.take((leaf) => /^spec\.(minAvailable|maxUnavailable)$/.test(leaf.path));
    if (leaves.length > 0) findings.push({ code: 'budget-twice', change, leaves });
  }
  return findings;
}
