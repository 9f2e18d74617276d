import { suggest } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { distance } from 'fastest-levenshtein';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, mapAt, numberAt, step, textAt } from '../../json.ts';
import { quantityNumber } from '@fairlead/objects/quantity';

const accessModes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** Claims, volumes, quotas, limits and priorities: the small objects that others lean on. */
export const storageRules: Check = (set, report) => {
  for (const claim of set.ofKind('', 'PersistentVolumeClaim')) checkClaim(report, claim, claim['spec'], '/spec');
  for (const each of set.ofKind('apps', 'StatefulSet'))
    listAt(each, 'spec', 'volumeClaimTemplates').forEach((claim, index) =>
      checkClaim(report, each, at(claim, 'spec'), `/spec/volumeClaimTemplates/${index}/spec`),
    );
  for (const volume of set.ofKind('', 'PersistentVolume')) {
    checkModes(report, volume, volume['spec'], '/spec');
    checkQuantity(report, volume, at(volume, 'spec', 'capacity', 'storage'), '/spec/capacity/storage', true);
    if (at(volume, 'spec', 'local') !== undefined && at(volume, 'spec', 'nodeAffinity') === undefined)
      report('rules/claim', volume, '/spec', 'a local volume needs nodeAffinity');
  }
};

function checkClaim(report: Report, manifest: Manifest, spec: unknown, pointer: string): void {
  if (!isMap(spec)) {
    report('rules/claim', manifest, pointer, 'a claim needs a spec', { hint: 'add accessModes and resources' });
    return;
  }
  checkModes(report, manifest, spec, pointer);
  const storage = at(spec, 'resources', 'requests', 'storage');
  if (storage === undefined)
    report('rules/claim', manifest, pointer, 'a claim needs resources.requests.storage', { hint: 'such as 10Gi' });
  else checkQuantity(report, manifest, storage, `${pointer}/resources/requests/storage`, true);
}

function checkModes(report: Report, manifest: Manifest, spec: unknown, pointer: string): void {
  const modes = listAt(spec, 'accessModes');
  if (modes.length === 0)
    report('rules/claim', manifest, pointer, 'accessModes is missing', { hint: 'such as [ReadWriteOnce]' });
  modes.forEach((each, index) => {
    if (typeof each === 'string' && !accessModes.includes(each))
      report('rules/claim', manifest, `${pointer}/accessModes/${index}`, `"${each}" is no access mode`, {
        hint: hintFrom(each, accessModes),
      });
  });
  if (modes.includes('ReadWriteOncePod') && modes.length > 1)
    report('rules/claim', manifest, `${pointer}/accessModes`, 'ReadWriteOncePod stands alone');
}

function checkQuantity(
  report: Report,
  manifest: Manifest,
  quantity: unknown,
  pointer: string,
  positive: boolean,
): void {
  if (quantity === undefined) return;
  const value = quantityNumber(quantity);
  if (value === undefined)
    report('rules/quantity', manifest, pointer, `${JSON.stringify(quantity)} is no quantity`, {
      hint: 'such as 10Gi (GB and Gib are none; G and Gi are)',
    });
  else if (value < 0 || (positive && value === 0))
    report('rules/quantity', manifest, pointer, `${String(quantity)} is not positive`);
}

/** Standard names of a ResourceQuota: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
const quotaNames =
  /^(?:(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage)|requests\.storage|(?:requests\.)?hugepages-.+|pods|services|services\.loadbalancers|services\.nodeports|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims)$/;

/** Quotas and limits: quantities, and bounds in order. */
export const quotaRules: Check = (set, report) => {
  for (const quota of set.ofKind('', 'ResourceQuota')) {
    for (const [name, value] of Object.entries(mapAt(quota, 'spec', 'hard'))) {
      const pointer = `/spec/hard/${step(name)}`;
      checkQuantity(report, quota, value, pointer, false);
      if (!name.includes('/') && !quotaNames.test(name))
        report('rules/resource-name', quota, pointer, `"${name}" is nothing that a quota counts`, {
          hint: hintFrom(name, [
            'requests.cpu',
            'requests.memory',
            'limits.cpu',
            'limits.memory',
            'pods',
            'services',
            'persistentvolumeclaims',
          ]),
        });
    }
  }
  for (const range of set.ofKind('', 'LimitRange')) {
    for (const [index, limit] of listAt(range, 'spec', 'limits').entries()) {
      const pointer = `/spec/limits/${index}`;
      const type = textAt(limit, 'type');
      if (type !== undefined && !type.includes('/') && !['Container', 'Pod', 'PersistentVolumeClaim'].includes(type))
        report('rules/limit-range', range, `${pointer}/type`, `"${type}" is no type of a limit`, {
          hint: hintFrom(type, ['Container', 'Pod', 'PersistentVolumeClaim']),
        });
      for (const field of ['min', 'max', 'default', 'defaultRequest']) {
        for (const name of Object.keys(mapAt(limit, field)))
          if (!/^(?:cpu|memory|storage|ephemeral-storage|hugepages-.+|.+\/.+)$/.test(name))
            report('rules/resource-name', range, `${pointer}/${field}/${step(name)}`, `"${name}" is no resource`, {
              hint: hintFrom(name, ['cpu', 'memory', 'ephemeral-storage', 'storage']),
            });
      }
      const order = ['min', 'defaultRequest', 'default', 'max'] as const;
      for (const field of order)
        for (const [name, value] of Object.entries(mapAt(limit, field)))
          checkQuantity(report, range, value, `${pointer}/${field}/${step(name)}`, false);
      for (const [place, low] of order.entries()) {
        for (const high of order.slice(place + 1)) {
          for (const name of Object.keys(mapAt(limit, low))) {
            const [a, b] = [quantityNumber(at(limit, low, name)), quantityNumber(at(limit, high, name))];
            if (a !== undefined && b !== undefined && a > b)
              report(
                'rules/limit-range',
                range,
                `${pointer}/${low}/${step(name)}`,
                `${low} of ${name} (${String(at(limit, low, name))}) is more than ${high} (${String(at(limit, high, name))})`,
              );
          }
        }
      }
    }
  }
};

/** Drivers of block and file storage that clusters commonly run. */
const provisioners: readonly string[] =
  'ebs.csi.aws.com efs.csi.aws.com fsx.csi.aws.com ebs.csi.eks.amazonaws.com pd.csi.storage.gke.io filestore.csi.storage.gke.io disk.csi.azure.com file.csi.azure.com blob.csi.azure.com csi.vsphere.vmware.com cinder.csi.openstack.org driver.longhorn.io rancher.io/local-path nfs.csi.k8s.io smb.csi.k8s.io csi.hetzner.cloud dobs.csi.digitalocean.com rook-ceph.rbd.csi.ceph.com rook-ceph.cephfs.csi.ceph.com rbd.csi.ceph.com cephfs.csi.ceph.com hostpath.csi.k8s.io kubernetes.io/no-provisioner kubernetes.io/aws-ebs kubernetes.io/gce-pd kubernetes.io/azure-disk kubernetes.io/azure-file openebs.io/local local.csi.openebs.io topolvm.io csi.trident.netapp.io'.split(
    ' ',
  );

/** PriorityClasses: the range of values, one default. */
export const priorityRules: Check = (set, report) => {
  let standard: string | undefined;
  for (const each of set.ofKind('scheduling.k8s.io', 'PriorityClass')) {
    const value = numberAt(each, 'value');
    if (value !== undefined && value > 1_000_000_000 && !each.metadata.name.startsWith('system-'))
      report(
        'rules/priority-class',
        each,
        '/value',
        `the value ${value} is above 1000000000, which is kept for system classes`,
      );
    if (
      each.metadata.name.startsWith('system-') &&
      !['system-cluster-critical', 'system-node-critical'].includes(each.metadata.name)
    )
      report('rules/priority-class', each, '/metadata/name', 'names that start with system- are reserved');
    if (at(each, 'globalDefault') !== true) continue;
    if (standard !== undefined)
      report('rules/priority-class', each, '/globalDefault', `PriorityClass "${standard}" is the default already`);
    standard = each.metadata.name;
  }
  let storage: string | undefined;
  for (const each of set.ofKind('storage.k8s.io', 'StorageClass')) {
    const provisioner = textAt(each, 'provisioner');
    const near =
      provisioner === undefined || provisioners.includes(provisioner) ? undefined : suggest(provisioner, provisioners);
    if (near !== undefined && provisioner !== undefined && distance(near, provisioner) <= 3)
      report('rules/provisioner', each, '/provisioner', `no known driver is called "${provisioner}"`, {
        hint: `did you mean "${near}"?`,
      });
    if (provisioner === undefined) report('rules/claim', each, '', 'a StorageClass needs a provisioner');
    if (textAt(each, 'metadata', 'annotations', 'storageclass.kubernetes.io/is-default-class') !== 'true') continue;
    if (storage !== undefined)
      report('rules/default-class', each, '/metadata/annotations', `StorageClass "${storage}" is the default already`);
    storage = each.metadata.name;
  }
};
