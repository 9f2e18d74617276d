import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, atPath, listAt, textAt, textsAt } from '../../json.ts';
import { isEmptySelector } from '../../label-selector.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { podsMayBeMade } from '../../made-pods.ts';
import { missingSeverity } from '../../missing.ts';
import { isBuiltInGroup } from '../../scope.ts';
import { checkSecretKey } from './secret-key.ts';
import { nearestWorkload } from './services.ts';

/** What an autoscaler scales, and what a PodDisruptionBudget guards, exists. */
export const targetReferences: Check = (set, report) => {
  for (const each of set.ofKind('autoscaling', 'HorizontalPodAutoscaler'))
    checkScaleTarget(set, report, each, '/spec/scaleTargetRef', 'v1');
  for (const each of set.ofKind('keda.sh', 'ScaledObject')) {
    checkScaleTarget(set, report, each, '/spec/scaleTargetRef', 'apps/v1');
    checkAuthentication(set, report, each);
  }
  for (const each of set.ofKind('keda.sh', 'ScaledJob')) checkAuthentication(set, report, each);
  for (const each of set.ofKind('autoscaling.k8s.io', 'VerticalPodAutoscaler'))
    checkScaleTarget(set, report, each, '/spec/targetRef', 'apps/v1');
  for (const kind of ['TriggerAuthentication', 'ClusterTriggerAuthentication'])
    for (const each of set.ofKind('keda.sh', kind)) checkTriggerSecrets(set, report, each);
  for (const each of set.ofKind('policy', 'PodDisruptionBudget')) checkBudget(set, report, each);
};

function checkScaleTarget(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  pointer: string,
  defaultVersion: string,
): void {
  const reference = atPath(manifest, pointer.slice(1).split('/'));
  const name = textAt(reference, 'name');
  if (name === undefined) return;
  const kind = textAt(reference, 'kind') ?? 'Deployment';
  const stated = textAt(reference, 'apiVersion');
  const version = stated ?? defaultVersion;
  const namespace = set.namespaceOf(manifest);
  if (set.get(groupOf(version), kind, namespace, name) !== undefined) {
    const target = set.get(groupOf(version), kind, namespace, name);
    if (
      stated !== undefined &&
      target !== undefined &&
      target.apiVersion !== stated &&
      isBuiltInGroup(groupOf(stated)) &&
      stated !== 'apps/v1'
    ) {
      report(
        'references/missing-scale-target',
        manifest,
        `${pointer}/apiVersion`,
        `${kind} is served as ${target.apiVersion}, not as ${stated}`,
        { hint: `write apiVersion: ${target.apiVersion}` },
      );
    }
    return;
  }
  const sameName = set.workloadsIn(namespace).some((each) => each.kind === kind && each.name === name);
  // An operator's object that is made elsewhere cannot be judged.
  if (!sameName && !isBuiltInGroup(groupOf(version)) && set.ofKind(groupOf(version), kind).length === 0) return;
  const same = set.workloadsIn(namespace).filter((each) => each.kind === kind);
  const other = set.workloadsIn(namespace).find((each) => each.name === name);
  const group = groupOf(version) === '' ? 'the core group' : groupOf(version);
  const otherwise =
    other === undefined
      ? undefined
      : `there is a ${other.kind} of that name: write apiVersion: ${other.manifest.apiVersion} and kind: ${other.kind}`;
  report(
    'references/missing-scale-target',
    manifest,
    other !== undefined && other.kind !== kind
      ? `${pointer}/kind`
      : other !== undefined
        ? `${pointer}/apiVersion`
        : `${pointer}/name`,
    `${kind} "${name}" of ${group} does not exist in namespace ${namespace}`,
    {
      hint:
        otherwise ??
        hintFrom(
          name,
          same.map((each) => each.name),
        ),
      severity: missingSeverity(set, set.workloadsIn(namespace)),
    },
  );
}

function checkAuthentication(set: ManifestSet, report: Report, manifest: Manifest): void {
  for (const [index, trigger] of listAt(manifest, 'spec', 'triggers').entries()) {
    const name = textAt(trigger, 'authenticationRef', 'name');
    if (name === undefined) continue;
    const kind = textAt(trigger, 'authenticationRef', 'kind') ?? 'TriggerAuthentication';
    if (set.get('keda.sh', kind, kind.startsWith('Cluster') ? '' : set.namespaceOf(manifest), name) !== undefined)
      continue;
    const known = set.ofKind('keda.sh', kind).map((each) => each.metadata.name);
    report(
      'references/missing-trigger-authentication',
      manifest,
      `/spec/triggers/${index}/authenticationRef/name`,
      `${kind} "${name}" does not exist`,
      { hint: hintFrom(name, known), severity: missingSeverity(set, known) },
    );
  }
}

function checkTriggerSecrets(set: ManifestSet, report: Report, manifest: Manifest): void {
  if (set.namespaceOf(manifest) === '') return;
  for (const [index, each] of listAt(manifest, 'spec', 'secretTargetRef').entries()) {
    const name = textAt(each, 'name');
    if (name === undefined) continue;
    checkSecretKey(set, report, manifest, {
      name,
      key: textAt(each, 'key'),
      pointer: `/spec/secretTargetRef/${index}`,
    });
  }
}

function checkBudget(set: ManifestSet, report: Report, budget: Manifest): void {
  const namespace = set.namespaceOf(budget);
  const selector = at(budget, 'spec', 'selector');
  if (isEmptySelector(selector) || set.select(namespace, selector).length > 0) return;
  const labels = textsAt(selector, 'matchLabels');
  if (podsMayBeMade(set, namespace, labels)) return;
  report(
    'references/budget-selects-nothing',
    budget,
    '/spec/selector',
    `PodDisruptionBudget "${budget.metadata.name}" guards no pods of namespace ${namespace}`,
    {
      hint: nearestWorkload(set.workloadsIn(namespace), labels),
      severity: missingSeverity(set, set.workloadsIn(namespace)),
    },
  );
}
