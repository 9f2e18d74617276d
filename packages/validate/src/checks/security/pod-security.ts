import {
  podSecurityViolations,
  type PodSecurityLevel,
  type PodSecurityViolation,
} from '@fairlead/workload/pod-security';
import type { Severity } from '@fairlead/diagnostics';
import { strictnessOf } from '@fairlead/inventory/namespace-strictness';
import type { Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { step } from '../../json.ts';
import type { Labels } from '../../label-selector.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import type { Workload } from '../../workload.ts';

const prefix = 'pod-security.kubernetes.io/';
const levels: readonly PodSecurityLevel[] = ['privileged', 'baseline', 'restricted'];
const isLevel = (text: string | undefined): text is PodSecurityLevel => levels.includes(text as PodSecurityLevel);
const stricter = (a: PodSecurityLevel, b: PodSecurityLevel): boolean => levels.indexOf(a) > levels.indexOf(b);

/** Labels of namespaces: levels and versions that exist, and in the fleet the level of the environment. */
export function checkNamespaceLevels(set: ManifestSet, report: Report): void {
  if (set.context === 'folder') checkSiblings(set, report);
  for (const [name, { manifest, labels }] of set.namespaces) {
    for (const mode of ['enforce', 'warn', 'audit']) {
      const key = `${prefix}${mode}`;
      const level = labels[key];
      if (level !== undefined && !isLevel(level)) {
        report(
          'security/namespace-level',
          manifest,
          `/metadata/labels/${step(key)}`,
          `"${level}" is no Pod Security level, so the API server refuses the namespace`,
          {
            hint: hintFrom(level, levels),
          },
        );
      }
      const version = labels[`${key}-version`];
      if (version !== undefined && version !== 'latest' && !/^v1\.\d+$/.test(version)) {
        report(
          'security/namespace-level',
          manifest,
          `/metadata/labels/${step(`${key}-version`)}`,
          `"${version}" is no version of the Pod Security Standards`,
          {
            hint: 'write latest, or a minor version such as v1.34',
          },
        );
      }
    }
    const demanded = set.environment && strictnessOf(set.environment, name).podSecurity;
    if (demanded === undefined || demanded === 'privileged') continue;
    const enforced = labels[`${prefix}enforce`];
    if (enforced === undefined || (isLevel(enforced) && stricter(demanded, enforced))) {
      report(
        'security/namespace-level',
        manifest,
        enforced === undefined ? '/metadata/labels' : `/metadata/labels/${step(`${prefix}enforce`)}`,
        `namespace "${name}" enforces ${enforced === undefined ? 'no Pod Security level' : `"${enforced}"`}; the environment ${set.environment?.name ?? ''} demands "${demanded}"`,
        { hint: `label it ${prefix}enforce: ${demanded}` },
      );
    }
  }
}

/** A namespace with pods that states no level, or none at all, where most namespaces beside it enforce one. */
function checkSiblings(set: ManifestSet, report: Report): void {
  const levelOf = (labels: Labels): PodSecurityLevel | undefined => {
    const level = labels[`${prefix}enforce`];
    return isLevel(level) ? level : undefined;
  };
  const filled = [...set.namespaces].filter(([name]) => set.workloadsIn(name).length > 0);
  const stated = filled.flatMap(([, { labels }]) => levelOf(labels) ?? []).filter((each) => each !== 'privileged');
  if (stated.length < 2 || stated.length <= filled.length - stated.length) return;
  for (const [name, { manifest, labels }] of filled) {
    const level = levelOf(labels);
    // Who says privileged means it.
    if (level !== undefined) continue;
    report(
      'security/namespace-level',
      manifest,
      '/metadata/labels',
      `namespace "${name}" enforces no Pod Security level; ${stated.length} beside it do`,
      { hint: `label it ${prefix}enforce: ${stated[0]}`, severity: 'warning' },
    );
  }
}

interface Demand {
  readonly level: PodSecurityLevel;
  readonly version: string;
  readonly severity: Severity | undefined;
  readonly by: string;
}

/** Pods against the labels of their namespace and the level of the environment; the same violation is told once. */
export function checkPodSecurity(set: ManifestSet, report: Report): void {
  const demands = new Map<string, readonly Demand[]>();
  for (const workload of set.workloads) {
    const { namespace } = workload;
    let asked = demands.get(namespace);
    if (asked === undefined) demands.set(namespace, (asked = demandsOn(set, namespace)));
    let told: Set<string> | undefined;
    for (const demand of asked) {
      for (const violation of judge(set, workload, demand)) {
        const key = `${violation.check}${violation.pointer}`;
        told ??= new Set();
        if (told.has(key)) continue;
        told.add(key);
        report(
          'security/pod-security',
          workload.manifest,
          `${workload.templatePointer}${violation.pointer}`,
          `${violation.message} (${violation.check}: ${demand.by})`,
          {
            hint: hints[violation.check],
            severity: demand.severity,
          },
        );
      }
    }
  }
}

const judge = (set: ManifestSet, workload: Workload, { level, version }: Demand): PodSecurityViolation[] =>
  podSecurityViolations(workload.spec, { annotations: workload.annotations }, level, version, set.kubernetes);

/** What asks something of the pods of a namespace, the most serious first; what only repeats another is left out. */
function demandsOn(set: ManifestSet, namespace: string): Demand[] {
  const labels: Labels = set.namespaces.get(namespace)?.labels ?? {};
  const demands: Demand[] = [];
  const add = (mode: 'enforce' | 'warn' | 'audit', severity: Severity | undefined) => {
    const level = labels[`${prefix}${mode}`];
    if (!isLevel(level)) return;
    const version = labels[`${prefix}${mode}-version`];
    const pinned = version === undefined || version === 'latest' ? set.kubernetes : version;
    if (demands.some((each) => each.level === level && each.version === pinned)) return;
    demands.push({
      level,
      version: pinned,
      severity,
      by: `namespace "${namespace}" ${mode === 'enforce' ? 'enforces' : `${mode}s about`} ${level}`,
    });
  };
  add('enforce', undefined);
  if (set.environment) {
    const { name } = set.environment;
    const { podSecurity } = strictnessOf(set.environment, namespace);
    const [enforced] = demands;
    // What the namespace enforces at the same version need not be judged twice.
    const told =
      enforced !== undefined && enforced.version === set.kubernetes && !stricter(podSecurity, enforced.level);
    if (!told)
      demands.push({
        level: podSecurity,
        version: set.kubernetes,
        severity: undefined,
        by: `environment ${name} demands ${podSecurity}`,
      });
  }
  add('warn', 'warning');
  add('audit', 'info');
  // Of a folder nothing is known but that baseline is what every ordinary workload keeps.
  if (demands.length === 0)
    demands.push({
      level: 'baseline',
      version: set.kubernetes,
      severity: 'warning',
      by: 'the baseline level of the standard',
    });
  return demands;
}

const hints: Readonly<Record<string, string>> = {
  allowPrivilegeEscalation: 'set securityContext.allowPrivilegeEscalation: false on the container',
  capabilities_baseline: 'drop the capability from securityContext.capabilities.add',
  capabilities_restricted: 'set securityContext.capabilities.drop: ["ALL"]; only NET_BIND_SERVICE may be added back',
  hostNamespaces: 'remove hostNetwork, hostPID and hostIPC',
  hostPathVolumes: 'use a persistentVolumeClaim, an emptyDir or a configMap',
  hostPorts: 'remove hostPort and put a Service in front',
  hostProbesAndHostLifecycle: 'remove host: the kubelet probes the pod itself',
  privileged: 'remove privileged: true',
  restrictedVolumes: 'use a volume type that restricted allows',
  runAsNonRoot: 'set securityContext.runAsNonRoot: true on the pod',
  runAsUser: 'run as another user than 0',
  seccompProfile_baseline: 'set seccompProfile.type: RuntimeDefault',
  seccompProfile_restricted: 'set securityContext.seccompProfile.type: RuntimeDefault on the pod',
};
