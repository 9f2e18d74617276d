import type { Leaf } from '../../compare.ts';
import type { ObjectChange } from '../../pair.ts';
import { dig, list, templateOf, text } from '../../workloads.ts';
import { inPod, workload, becomes, gone, last, type LeafRule } from './leaf-rule.ts';

/** Fields whose change loses data or identity. */
export const destroysRules: readonly LeafRule[] = [
  {
    code: 'reclaim-policy-delete',
    kind: /^\/PersistentVolume$/,
    path: /^spec\.persistentVolumeReclaimPolicy$/,
    when: becomes('Delete'),
  },
  {
    code: 'claims-deleted-with-set',
    kind: /^apps\/StatefulSet$/,
    path: /^spec\.persistentVolumeClaimRetentionPolicy\.(whenDeleted|whenScaled)$/,
    when: becomes('Delete'),
    words: (leaf) => ({ when: last(leaf) === 'whenScaled' ? 'when it is scaled down' : 'when it is deleted' }),
  },
  {
    code: 'deletion-policy-delete',
    path: /^(spec\.)?(target\.)?(deletionPolicy|reclaimPolicy|databaseReclaimPolicy)$/i,
    kind: /^(?!storage\.k8s\.io\/StorageClass|\/PersistentVolume$)/,
    when: (leaf) => String(leaf.after).toLowerCase() === 'delete',
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'prune-everything',
    kind: /^kustomize\.toolkit\.fluxcd\.io\/Kustomization$/,
    path: /^spec\.(path|sourceRef\.(kind|name|namespace)|targetNamespace)$/,
    when: (_, { after }) => dig(after?.manifest, 'spec', 'prune') === true,
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'prune-everything',
    kind: /^argoproj\.io\/Application$/,
    path: /^spec\.(destination\.(server|name|namespace)|source\.(path|repoURL|chart))$/,
    when: (leaf, { after }) =>
      leaf.before !== undefined && dig(after?.manifest, 'spec', 'syncPolicy', 'automated', 'prune') === true,
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'storage-ephemeral',
    kind: workload,
    path: inPod('volumes\\.\\*\\.(persistentVolumeClaim|nfs|iscsi)\\b.*$'),
    when: (leaf, change) => gone(leaf) && volumeName(leaf, change) !== undefined,
    words: (leaf, change) => ({ volume: volumeName(leaf, change) ?? '' }),
  },
  {
    code: 'storage-swapped',
    kind: workload,
    path: inPod('volumes\\.\\*\\.persistentVolumeClaim\\.claimName$'),
    when: (leaf) => leaf.before !== undefined,
    words: (leaf) => ({
      from: String(leaf.before),
      instead: leaf.after === undefined ? '' : ` but ${String(leaf.after)}`,
    }),
  },
];

/** The volume of a leaf, where it turned into one that is lost with the pod. */
function volumeName(leaf: Leaf, change: ObjectChange): string | undefined {
  const spec = (side: ObjectChange['before']) =>
    dig(side === undefined ? undefined : templateOf(side), 'spec', 'volumes');
  const step = /\/volumes\/([^/]+)\//.exec(leaf.pointer)?.[1] ?? '';
  const before = list(spec(change.before)).find(
    (each, index) => String(index) === step || step === `[name=${String(dig(each, 'name'))}]`,
  );
  const name = text(dig(before, 'name'));
  const after = list(spec(change.after)).find((each) => dig(each, 'name') === name);
  if (name === undefined || after === undefined) return undefined;
  const persistent = ['persistentVolumeClaim', 'ephemeral', 'csi', 'nfs', 'iscsi', 'cephfs', 'hostPath'];
  return persistent.some((each) => dig(after, each) !== undefined) ? undefined : name;
}
