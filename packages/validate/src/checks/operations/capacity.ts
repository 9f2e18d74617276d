import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { at, isMap, listAt, mapAt, step, textAt, textsAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { defaultAmount, limitsByNamespace } from './limit-ranges.ts';
import { containerResource, formatResource, podResource } from '../../pod-resources.ts';
import { quantityNumber } from '@fairlead/objects/quantity';
import { countOrPercent } from '@fairlead/objects/forms';
import { replicasOf } from '../../scaling.ts';
import type { Workload } from '../../workload.ts';

/** Quotas of a namespace against what its workloads ask for. */
export const quotaOperations: Check = (set, report) => {
  const ranges = limitsByNamespace(set);
  for (const quota of set.ofKind('', 'ResourceQuota')) {
    // Scoped quotas count only some of the pods.
    if (listAt(quota, 'spec', 'scopes').length > 0 || isMap(at(quota, 'spec', 'scopeSelector'))) continue;
    checkQuota(set, report, quota, ranges.get(set.namespaceOf(quota)) ?? []);
  }
};

function checkQuota(
  set: ManifestSet,
  report: Report,
  quota: Manifest,
  limits: Parameters<typeof defaultAmount>[0],
): void {
  const namespace = set.namespaceOf(quota);
  const workloads = set.workloadsIn(namespace);
  for (const [name, value] of Object.entries(mapAt(quota, 'spec', 'hard'))) {
    const hard = quantityNumber(value);
    const pointer = `/spec/hard/${step(name)}`;
    if (hard === undefined) continue;
    const counted = name === 'pods' || name === 'count/pods' ? ('pods' as const) : resourceOf(name);
    if (counted === undefined) {
      checkCount(set, report, quota, name, hard, pointer);
      continue;
    }
    const defaults = counted === 'pods' ? undefined : defaultAmount(limits, counted.kind, counted.name);
    let least = 0;
    let surge = 0;
    for (const workload of workloads) {
      if (counted !== 'pods') {
        const lacking = workload.containers.find(
          (each) =>
            defaults === undefined &&
            containerResource(each, counted.kind, counted.name) === undefined &&
            at(each.spec, 'resources', counted.kind, counted.name) === undefined,
        );
        if (lacking !== undefined)
          report(
            'operations/quota-needs-resources',
            workload.manifest,
            `${lacking.pointer}/resources`,
            `container "${lacking.name}" states no ${counted.kind}.${counted.name}, which ResourceQuota "${quota.metadata.name}" counts; its pods are refused`,
            { hint: `add resources.${counted.kind}.${counted.name}, or a default in a LimitRange` },
          );
      }
      const bounds = replicasOf(set, workload);
      // Jobs come and go; they count only when started.
      if (bounds === undefined && workload.kind !== 'Pod') continue;
      const one = counted === 'pods' ? 1 : podResource(workload, counted.kind, counted.name, () => defaults);
      least += one * (bounds?.minimum ?? 1);
      if (needsSurge(workload, bounds?.minimum ?? 1)) surge = Math.max(surge, one);
    }
    const [needs, has] = [formatResource(name, least), formatResource(name, hard)];
    if (least > hard * 1.000001)
      report(
        'operations/quota-exceeded',
        quota,
        pointer,
        `the workloads of namespace ${namespace} need ${needs} of ${name}, more than the quota of ${has}`,
        { hint: 'raise the quota, or lower requests or replicas' },
      );
    else if (least > 0 && surge > 0 && least + surge > hard * 1.000001)
      report(
        'operations/stuck-rollout',
        quota,
        pointer,
        `the workloads of namespace ${namespace} need ${needs} of ${name} and ${formatResource(name, surge)} more during a roll-out, above the quota of ${has}`,
        { hint: 'raise the quota, or let maxUnavailable be 1' },
      );
  }
}

/** Object counts: `count/deployments.apps`, `services`, `configmaps` … */
function checkCount(
  set: ManifestSet,
  report: Report,
  quota: Manifest,
  name: string,
  hard: number,
  pointer: string,
): void {
  const kinds: Readonly<Record<string, readonly [string, string]>> = {
    services: ['', 'Service'],
    configmaps: ['', 'ConfigMap'],
    secrets: ['', 'Secret'],
    persistentvolumeclaims: ['', 'PersistentVolumeClaim'],
    'deployments.apps': ['apps', 'Deployment'],
    'statefulsets.apps': ['apps', 'StatefulSet'],
    'jobs.batch': ['batch', 'Job'],
    'cronjobs.batch': ['batch', 'CronJob'],
  };
  const kind = kinds[name.replace(/^count\//, '')];
  if (kind === undefined) return;
  const namespace = set.namespaceOf(quota);
  const count = set.ofKind(...kind).filter((each) => set.namespaceOf(each) === namespace).length;
  if (count > hard)
    report(
      'operations/quota-exceeded',
      quota,
      pointer,
      `namespace ${namespace} has ${count} objects of kind ${kind[1]}, more than the quota of ${hard}`,
      { hint: 'raise the quota' },
    );
}

function resourceOf(name: string): { kind: 'requests' | 'limits'; name: string } | undefined {
  const match = /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(name);
  return match?.[2] === undefined ? undefined : { kind: match[1] === 'limits' ? 'limits' : 'requests', name: match[2] };
}

/** Whether a roll-out starts a new pod before it stops an old one. */
function needsSurge(workload: Workload, replicas: number): boolean {
  if (workload.kind !== 'Deployment' || textAt(workload.manifest, 'spec', 'strategy', 'type') === 'Recreate')
    return false;
  const unavailable = countOrPercent(at(workload.manifest, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable')) ?? {
    percent: 25,
  };
  return ('count' in unavailable ? unavailable.count : Math.floor((unavailable.percent * replicas) / 100)) === 0;
}

/** The largest pods against the sizes, labels and taints of the cluster's nodes. */
export const nodeOperations: Check = (set, report) => {
  const pools = set.nodePools ?? [];
  if (pools.length === 0) return;
  const sizes = pools.map((each) => ({
    pool: each,
    cpu: quantityNumber(each.cpu) ?? 0,
    memory: quantityNumber(each.memory) ?? 0,
  }));
  for (const workload of set.workloads) {
    const { manifest, spec, specPointer, kind, name } = workload;
    const selector = textsAt(spec, 'nodeSelector');
    const fitting = sizes.filter(
      ({ pool }) =>
        Object.entries(selector).every(
          ([key, value]) => nodeLabel(key, pool) === undefined || nodeLabel(key, pool) === value,
        ) &&
        (kind === 'DaemonSet' ||
          pool.taints.every((taint) => taint.effect === 'PreferNoSchedule' || tolerates(spec, taint))),
    );
    if (fitting.length === 0) {
      report(
        'operations/no-matching-node',
        manifest,
        Object.keys(selector).length > 0 ? `${specPointer}/nodeSelector` : specPointer,
        `no node pool takes the pods of ${kind} "${name}"`,
        { hint: `pools: ${pools.map((each) => each.name).join(', ')}; see their labels and taints` },
      );
      continue;
    }
    const [cpu, memory] = [podResource(workload, 'requests', 'cpu'), podResource(workload, 'requests', 'memory')];
    if (fitting.some((each) => each.cpu >= cpu && each.memory >= memory)) continue;
    const largest = fitting.reduce((best, each) => (each.cpu > best.cpu ? each : best));
    report(
      'operations/too-large-for-nodes',
      manifest,
      specPointer,
      `a pod of ${kind} "${name}" requests ${formatResource('cpu', cpu)} CPU and ${formatResource('memory', memory)}; the largest node has ${formatResource('cpu', largest.cpu)} and ${formatResource('memory', largest.memory)}`,
      { hint: 'lower the requests, or add larger nodes' },
    );
  }
};

type Pool = NonNullable<ManifestSet['nodePools']>[number];

/** What is known of a node's label; undefined where the pool does not say. */
function nodeLabel(key: string, pool: Pool): string | undefined {
  if (key === 'kubernetes.io/arch') return pool.architecture;
  if (key === 'kubernetes.io/os') return 'linux';
  if (Object.hasOwn(pool.labels, key)) return pool.labels[key];
  return /(?:^|\.)kubernetes\.io\/|(?:^|\.)k8s\.io\/|^eks\.|^cloud\.google\.com\/|^karpenter\.|^kubernetes\.azure\.com\/|^agentpool$/.test(
    key,
  )
    ? undefined
    : '\0none';
}

function tolerates(spec: unknown, taint: Pool['taints'][number]): boolean {
  return listAt(spec, 'tolerations').some((each) => {
    const effect = textAt(each, 'effect');
    const key = textAt(each, 'key');
    if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
    if (key !== undefined && key !== '' && key !== taint.key) return false;
    return (
      textAt(each, 'operator') === 'Exists' ||
      (key === taint.key && (textAt(each, 'value') ?? '') === (taint.value ?? ''))
    );
  });
}

/** A claim that one node can write, mounted by pods that may land on several. */
export const claimOperations: Check = (set, report) => {
  for (const workload of set.workloads) {
    const most = replicasOf(set, workload)?.maximum ?? (workload.kind === 'DaemonSet' ? 2 : 1);
    if (most < 2) continue;
    for (const [index, volume] of listAt(workload.spec, 'volumes').entries()) {
      const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
      const claim = name === undefined ? undefined : set.get('', 'PersistentVolumeClaim', workload.namespace, name);
      const modes = listAt(claim, 'spec', 'accessModes');
      if (
        claim === undefined ||
        modes.length === 0 ||
        modes.includes('ReadWriteMany') ||
        modes.includes('ReadOnlyMany')
      )
        continue;
      report(
        'operations/shared-claim',
        workload.manifest,
        `${workload.specPointer}/volumes/${index}/persistentVolumeClaim`,
        `${most} pods of ${workload.kind} "${workload.name}" mount claim "${name}", which only one ${modes.includes('ReadWriteOncePod') ? 'pod' : 'node'} can mount at a time`,
        { hint: 'use ReadWriteMany, a StatefulSet, or one replica' },
      );
    }
  }
};
