import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { ingressGceClasses } from '../../ingress-classes.ts';
import { at, listAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { removedApis, type RemovedApi } from '../deprecated-apis.ts';
import { minor } from './containers.ts';

/** How many minor versions ahead of the cluster a removal is told. */
const horizon = 2;

/** API versions that the cluster, or one of the next two versions, no longer serves. */
export const versionRules: Check = (set, report) => {
  const version = minor(set.kubernetes);
  for (const { apiVersion, kind, manifests } of set.kinds) {
    const api = removedApis.get(`${apiVersion}/${kind}`);
    if (api !== undefined) for (const manifest of manifests) tellVersion(set, report, manifest, api, version);
  }
  for (const workload of set.workloads) {
    const { manifest, spec, specPointer } = workload;
    for (const key of Object.keys(workload.annotations)) {
      if (key.startsWith('container.apparmor.security.beta.kubernetes.io/'))
        report(
          'rules/deprecated-field',
          manifest,
          `${workload.templatePointer}/metadata/annotations/${step(key)}`,
          'AppArmor by annotation is deprecated since Kubernetes 1.30',
          { hint: 'write securityContext.appArmorProfile' },
        );
      if (
        key === 'seccomp.security.alpha.kubernetes.io/pod' ||
        key.startsWith('container.seccomp.security.alpha.kubernetes.io/')
      )
        report(
          'rules/deprecated-field',
          manifest,
          `${workload.templatePointer}/metadata/annotations/${step(key)}`,
          'seccomp by annotation has no effect since Kubernetes 1.27',
          { hint: 'write securityContext.seccompProfile' },
        );
    }
    if (spec['serviceAccount'] !== undefined && spec['serviceAccountName'] === undefined)
      report('rules/deprecated-field', manifest, `${specPointer}/serviceAccount`, 'serviceAccount is deprecated', {
        hint: 'write serviceAccountName',
      });
    listAt(spec, 'volumes').forEach((volume, index) => {
      if (at(volume, 'gitRepo') !== undefined)
        report(
          'rules/deprecated-field',
          manifest,
          `${specPointer}/volumes/${index}/gitRepo`,
          'gitRepo volumes are deprecated and switched off in newer versions',
          { hint: 'clone in an init container' },
        );
    });
    for (const label of [
      'beta.kubernetes.io/os',
      'beta.kubernetes.io/arch',
      'failure-domain.beta.kubernetes.io/zone',
      'failure-domain.beta.kubernetes.io/region',
      'node-role.kubernetes.io/master',
    ]) {
      if (textAt(spec, 'nodeSelector', label) !== undefined)
        report(
          'rules/deprecated-field',
          manifest,
          `${specPointer}/nodeSelector/${step(label)}`,
          `the node label ${label} is deprecated`,
          { hint: `write ${replacedLabels[label]}` },
        );
    }
  }
  for (const ingress of set.ofKind('networking.k8s.io', 'Ingress')) reportIngressAnnotation(ingress, report);
};

const replacedLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'node-role.kubernetes.io/master': 'node-role.kubernetes.io/control-plane',
};

function reportIngressAnnotation(ingress: Manifest, report: Parameters<Check>[1]): void {
  const annotation = 'kubernetes.io/ingress.class';
  const name = textAt(ingress, 'metadata', 'annotations', annotation);
  if (name === undefined) return;
  const both = textAt(ingress, 'spec', 'ingressClassName') !== undefined;
  if (!both && ingressGceClasses.has(name)) return;
  report(
    both ? 'rules/ingress' : 'rules/deprecated-field',
    ingress,
    `/metadata/annotations/${step(annotation)}`,
    both
      ? `the annotation ${annotation} and spec.ingressClassName exclude each other`
      : `the annotation ${annotation} is deprecated`,
    { hint: both ? 'remove the annotation' : 'write spec.ingressClassName' },
  );
}

function tellVersion(set: ManifestSet, report: Report, manifest: Manifest, api: RemovedApi, version: number): void {
  const hint = api.replacement === undefined ? 'nothing takes its place' : `write ${api.replacement}`;
  const what = `${manifest.kind} of ${manifest.apiVersion}`;
  if (api.removed !== undefined && api.removed <= version)
    report(
      'rules/removed-api',
      manifest,
      '/apiVersion',
      `Kubernetes ${set.kubernetes} no longer serves ${what}; 1.${api.removed} removed it`,
      { hint },
    );
  else if (api.removed !== undefined && api.removed <= version + horizon)
    report('rules/soon-removed-api', manifest, '/apiVersion', `${what} is gone in Kubernetes 1.${api.removed}`, {
      hint,
    });
  else if (api.deprecated <= version + horizon)
    report(
      'rules/deprecated-api',
      manifest,
      '/apiVersion',
      `${what} is deprecated since Kubernetes 1.${api.deprecated}`,
      { hint },
    );
}
