import { dnsLabel } from '@fairlead/objects/forms';
import type { Check, Report } from '../../check.ts';
import { parseAddress } from '../../address.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, numberAt, textAt } from '../../json.ts';
import type { Workload } from '../../workload.ts';
import { checkSelector } from './metadata.ts';

/** Pod templates: volumes and mounts, restart policy, scheduling. */
export const podRules: Check = (set, report) => {
  for (const workload of set.workloads) {
    checkVolumes(report, workload);
    checkRestartPolicy(report, workload);
    checkScheduling(report, workload);
    checkPod(report, workload);
  }
};

const volumeSources = new Set(
  'awsElasticBlockStore azureDisk azureFile cephfs cinder configMap csi downwardAPI emptyDir ephemeral fc flexVolume flocker gcePersistentDisk gitRepo glusterfs hostPath image iscsi nfs persistentVolumeClaim photonPersistentDisk portworxVolume projected quobyte rbd scaleIO secret storageos vsphereVolume'.split(
    ' ',
  ),
);

function checkVolumes(report: Report, workload: Workload): void {
  const { manifest, spec, specPointer } = workload;
  const volumes = new Map<string, string>();
  for (const [index, volume] of listAt(spec, 'volumes').entries()) {
    const pointer = `${specPointer}/volumes/${index}`;
    const name = textAt(volume, 'name');
    if (name === undefined) continue;
    const fault = dnsLabel(name);
    if (fault !== undefined) report('rules/volume', manifest, `${pointer}/name`, `the volume name "${name}" ${fault}`);
    if (volumes.has(name))
      report('rules/duplicate-name', manifest, `${pointer}/name`, `two volumes of the pod are named "${name}"`, {
        hint: 'rename or remove one of them',
      });
    volumes.set(name, `${pointer}/name`);
    const driver = textAt(volume, 'csi', 'driver');
    if (
      driver !== undefined &&
      textAt(volume, 'csi', 'volumeAttributes', 'secretProviderClass') !== undefined &&
      !/^secrets-store(?:-[a-z]+)?\.csi\.(?:k8s\.io|x-k8s\.io)$/.test(driver)
    )
      report(
        'rules/volume',
        manifest,
        `${pointer}/csi/driver`,
        `a secretProviderClass belongs to the driver secrets-store.csi.k8s.io, not to "${driver}"`,
      );
    const downward = [
      ...listAt(volume, 'downwardAPI', 'items'),
      ...listAt(volume, 'projected', 'sources').flatMap((source) => listAt(source, 'downwardAPI', 'items')),
    ];
    for (const item of downward) {
      const path = textAt(item, 'fieldRef', 'fieldPath');
      if (path !== undefined && !/^metadata\.(?:name|namespace|uid|labels|annotations)(?:\['[^']+'\])?$/.test(path))
        report('rules/env-source', manifest, pointer, `"${path}" is no field that a volume can take`, {
          hint: hintFrom(path, [
            'metadata.name',
            'metadata.namespace',
            'metadata.uid',
            'metadata.labels',
            'metadata.annotations',
          ]),
        });
    }
    const sources = isMap(volume)
      ? Object.keys(volume).filter((key) => volumeSources.has(key) && volume[key] !== null)
      : [];
    if (sources.length > 1)
      report('rules/volume', manifest, pointer, `volume "${name}" has several sources: ${sources.join(', ')}`, {
        hint: 'keep one of them',
      });
  }
  const used = new Set<string>();
  const claims = new Set(
    listAt(manifest, 'spec', 'volumeClaimTemplates').flatMap((each) => textAt(each, 'metadata', 'name') ?? []),
  );
  for (const container of workload.containers) {
    const paths = new Set<string>();
    for (const field of ['volumeMounts', 'volumeDevices'] as const) {
      for (const [index, mount] of listAt(container.spec, field).entries()) {
        const pointer = `${container.pointer}/${field}/${index}`;
        const name = textAt(mount, 'name');
        if (name !== undefined) {
          used.add(name);
          if (!volumes.has(name) && !claims.has(name))
            report(
              'rules/mount-without-volume',
              manifest,
              `${pointer}/name`,
              `container "${container.name}" mounts volume "${name}", which the pod does not have`,
              { hint: hintFrom(name, [...volumes.keys(), ...claims], 'add it under volumes') },
            );
        }
        const path = textAt(mount, field === 'volumeMounts' ? 'mountPath' : 'devicePath');
        if (path === '') report('rules/mount', manifest, pointer, 'the mount has an empty path');
        if (path !== undefined && path !== '') {
          if (paths.has(path))
            report('rules/mount', manifest, pointer, `container "${container.name}" mounts two volumes at ${path}`, {
              hint: 'every path can hold one',
            });
          paths.add(path);
          if (field === 'volumeMounts' && path.replace(/^[A-Za-z]:/, '').includes(':'))
            report('rules/mount', manifest, `${pointer}/mountPath`, `the path ${path} holds a colon`);
          if (!path.startsWith('/') && !/^[A-Za-z]:\\/.test(path))
            report('rules/mount', manifest, `${pointer}/mountPath`, `the path ${path} is not absolute`, {
              severity: 'warning',
            });
        }
        const sub = textAt(mount, 'subPath');
        if (sub !== undefined && (sub.startsWith('/') || sub.split('/').includes('..')))
          report('rules/mount', manifest, `${pointer}/subPath`, `subPath "${sub}" leaves the volume`, {
            hint: 'write a relative path without ..',
          });
        if (sub !== undefined && sub !== '' && textAt(mount, 'subPathExpr'))
          report('rules/mount', manifest, pointer, 'subPath and subPathExpr exclude each other');
      }
    }
  }
  for (const [name, pointer] of volumes)
    if (!used.has(name))
      report('rules/unused-volume', manifest, pointer, `no container mounts volume "${name}"`, {
        hint: 'mount it or remove it',
      });
}

/** Which restart policies the pods of a kind may have; the default is Always. */
function checkRestartPolicy(report: Report, { manifest, spec, specPointer, kind, runs }: Workload): void {
  const policy = textAt(spec, 'restartPolicy');
  if (runs === 'done') {
    if (policy === undefined || policy === 'Always')
      report(
        'rules/restart-policy',
        manifest,
        policy === undefined ? specPointer : `${specPointer}/restartPolicy`,
        `the pods of a ${kind} need restartPolicy Never or OnFailure${policy === undefined ? '; the default is Always' : `, not ${policy}`}`,
        { hint: 'add restartPolicy: Never' },
      );
  } else if (runs !== 'one' && policy !== undefined && policy !== 'Always') {
    report(
      'rules/restart-policy',
      manifest,
      `${specPointer}/restartPolicy`,
      `the pods of a ${kind} need restartPolicy Always, not ${policy}`,
      { hint: 'remove it, or make this a Job' },
    );
  }
}

function checkScheduling(report: Report, { manifest, spec, specPointer }: Workload): void {
  for (const [index, each] of listAt(spec, 'tolerations').entries()) {
    const pointer = `${specPointer}/tolerations/${index}`;
    const operator = textAt(each, 'operator') ?? 'Equal';
    const key = textAt(each, 'key');
    const effect = textAt(each, 'effect');
    if (!['Exists', 'Equal'].includes(operator) && !['Lt', 'Gt'].includes(operator))
      report('rules/toleration', manifest, `${pointer}/operator`, `"${operator}" is no operator of a toleration`, {
        hint: 'Exists or Equal',
      });
    if (operator === 'Exists' && textAt(each, 'value'))
      report('rules/toleration', manifest, `${pointer}/value`, 'a toleration with operator Exists takes no value', {
        hint: 'remove the value, or write operator: Equal',
      });
    if ((key === undefined || key === '') && operator !== 'Exists')
      report('rules/toleration', manifest, pointer, 'a toleration without key needs operator Exists');
    if (effect !== undefined && !['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect))
      report('rules/toleration', manifest, `${pointer}/effect`, `"${effect}" is no effect of a taint`, {
        hint: hintFrom(effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
      });
    if (at(each, 'tolerationSeconds') !== undefined && effect !== 'NoExecute' && effect !== undefined && effect !== '')
      report('rules/toleration', manifest, `${pointer}/tolerationSeconds`, 'tolerationSeconds needs effect NoExecute');
  }
  const seen = new Set<string>();
  for (const [index, each] of listAt(spec, 'topologySpreadConstraints').entries()) {
    const pointer = `${specPointer}/topologySpreadConstraints/${index}`;
    const skew = numberAt(each, 'maxSkew');
    const when = textAt(each, 'whenUnsatisfiable');
    if (skew !== undefined && skew < 1)
      report('rules/spread', manifest, `${pointer}/maxSkew`, `maxSkew is ${skew}; it must be at least 1`);
    if (!textAt(each, 'topologyKey'))
      report('rules/spread', manifest, pointer, 'a spread constraint needs a topologyKey', {
        hint: 'such as topology.kubernetes.io/zone',
      });
    if (when !== undefined && when !== 'DoNotSchedule' && when !== 'ScheduleAnyway')
      report(
        'rules/spread',
        manifest,
        `${pointer}/whenUnsatisfiable`,
        `"${when}" is neither DoNotSchedule nor ScheduleAnyway`,
      );
    checkTopologyKey(report, manifest, each, pointer);
    const key = `${textAt(each, 'topologyKey')} ${when}`;
    if (seen.has(key))
      report('rules/spread', manifest, pointer, `two spread constraints have topologyKey ${key.replace(' ', ' and ')}`);
    seen.add(key);
    if (isMap(each) && (each['labelSelector'] === undefined || each['labelSelector'] === null))
      report('rules/spread', manifest, pointer, 'a spread constraint without labelSelector counts no pods', {
        hint: 'add labelSelector with the labels of the pods',
        severity: 'warning',
      });
    checkSelector(report, manifest, at(each, 'labelSelector'), `${pointer}/labelSelector`);
  }
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    const pointer = `${specPointer}/affinity/${kind}`;
    listAt(spec, 'affinity', kind, 'requiredDuringSchedulingIgnoredDuringExecution').forEach((each, index) => {
      const place = `${pointer}/requiredDuringSchedulingIgnoredDuringExecution/${index}`;
      if (!textAt(each, 'topologyKey'))
        report('rules/affinity', manifest, place, 'a required affinity term needs a topologyKey', {
          hint: 'such as kubernetes.io/hostname',
        });
      checkTopologyKey(report, manifest, each, place);
      checkSelector(report, manifest, at(each, 'labelSelector'), `${place}/labelSelector`);
    });
    listAt(spec, 'affinity', kind, 'preferredDuringSchedulingIgnoredDuringExecution').forEach((each, index) => {
      const place = `${pointer}/preferredDuringSchedulingIgnoredDuringExecution/${index}`;
      checkWeight(report, manifest, each, place);
      checkTopologyKey(report, manifest, at(each, 'podAffinityTerm'), `${place}/podAffinityTerm`);
      if (!textAt(each, 'podAffinityTerm', 'topologyKey'))
        report('rules/affinity', manifest, `${place}/podAffinityTerm`, 'an affinity term needs a topologyKey');
      checkSelector(
        report,
        manifest,
        at(each, 'podAffinityTerm', 'labelSelector'),
        `${place}/podAffinityTerm/labelSelector`,
      );
    });
  }
  listAt(spec, 'affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution').forEach((each, index) =>
    checkWeight(
      report,
      manifest,
      each,
      `${specPointer}/affinity/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution/${index}`,
    ),
  );
  const required = at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  if (isMap(required) && listAt(required, 'nodeSelectorTerms').length === 0)
    report(
      'rules/affinity',
      manifest,
      `${specPointer}/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution`,
      'a required node affinity needs nodeSelectorTerms',
    );
}

/** Reports a topology key under a domain of Kubernetes that no node carries. */
function checkTopologyKey(report: Report, manifest: Workload['manifest'], term: unknown, pointer: string): void {
  const key = textAt(term, 'topologyKey');
  if (key === undefined || key === '' || topologyKeys.includes(key)) return;
  if (/(?:^|\.)kubernetes\.io/.test(key) || !key.includes('/'))
    report('rules/topology-key', manifest, `${pointer}/topologyKey`, `nodes carry no label "${key}"`, {
      hint: hintFrom(key, topologyKeys.slice(0, 5)),
    });
}

const topologyKeys: readonly string[] = [
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'kubernetes.io/arch',
  'kubernetes.io/os',
  'node.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'topology.ebs.csi.aws.com/zone',
  'topology.k8s.aws/zone-id',
  'kubernetes.azure.com/agentpool',
];

function checkWeight(report: Report, manifest: Workload['manifest'], term: unknown, pointer: string): void {
  const weight = numberAt(term, 'weight');
  if (weight === undefined || weight < 1 || weight > 100)
    report(
      'rules/affinity',
      manifest,
      `${pointer}/weight`,
      `the weight ${weight ?? 'is missing'}${weight === undefined ? '' : ' is not from 1 to 100'}`,
    );
}

function checkPod(report: Report, { manifest, spec, specPointer, kind, runs }: Workload): void {
  const grace = numberAt(spec, 'terminationGracePeriodSeconds');
  if (grace !== undefined && grace < 0)
    report(
      'rules/pod',
      manifest,
      `${specPointer}/terminationGracePeriodSeconds`,
      `terminationGracePeriodSeconds is ${grace}; it cannot be negative`,
    );
  const deadline = numberAt(spec, 'activeDeadlineSeconds');
  if (deadline !== undefined && (deadline < 1 || (runs !== 'done' && runs !== 'one')))
    report(
      'rules/pod',
      manifest,
      `${specPointer}/activeDeadlineSeconds`,
      deadline < 1 ? 'activeDeadlineSeconds must be positive' : `the pods of a ${kind} take no activeDeadlineSeconds`,
    );
  if (textAt(spec, 'dnsPolicy') === 'None' && listAt(spec, 'dnsConfig', 'nameservers').length === 0)
    report('rules/dns', manifest, `${specPointer}/dnsPolicy`, 'dnsPolicy None needs dnsConfig.nameservers');
  listAt(spec, 'dnsConfig', 'nameservers').forEach((each, index) => {
    if (typeof each === 'string' && parseAddress(each) === undefined)
      report('rules/dns', manifest, `${specPointer}/dnsConfig/nameservers/${index}`, `"${each}" is no IP address`);
  });
  listAt(spec, 'hostAliases').forEach((each, index) => {
    const ip = textAt(each, 'ip');
    if (ip !== undefined && parseAddress(ip) === undefined)
      report('rules/dns', manifest, `${specPointer}/hostAliases/${index}/ip`, `"${ip}" is no IP address`);
  });
  const { serviceAccount, serviceAccountName } = spec;
  if (
    typeof serviceAccount === 'string' &&
    typeof serviceAccountName === 'string' &&
    serviceAccount !== serviceAccountName
  )
    report(
      'rules/pod',
      manifest,
      `${specPointer}/serviceAccount`,
      `serviceAccount "${serviceAccount}" and serviceAccountName "${serviceAccountName}" differ`,
      { hint: 'remove serviceAccount, which is deprecated' },
    );
  if (spec['shareProcessNamespace'] === true && spec['hostPID'] === true)
    report(
      'rules/pod',
      manifest,
      `${specPointer}/shareProcessNamespace`,
      'shareProcessNamespace and hostPID exclude each other',
    );
}
