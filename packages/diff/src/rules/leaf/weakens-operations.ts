import type { Leaf } from '../../compare.ts';
import { duration } from '../../duration.ts';
import { quantity } from '../../meaning.ts';
import type { ObjectChange } from '../../pair.ts';
import { plainPromql } from '../../promql.ts';
import { alert } from './alert-of.ts';
import {
  fromTo,
  what,
  becomes,
  leaves,
  gone,
  higher,
  lower,
  last,
  quieter,
  annotation,
  type LeafRule,
} from './leaf-rule.ts';

/** Where alerts are stated: resources of operators, and rule files that a ConfigMap carries. */
const rules =
  /^(monitoring\.coreos\.com\/PrometheusRule|operator\.victoriametrics\.com\/VMRule|monitoring\.googleapis\.com\/(Cluster|Global)?Rules|\/ConfigMap)$/;

const hard = (leaf: Leaf) => ({ ...fromTo(leaf), field: leaf.path.replace(/^spec\.hard\./, '') });

const comparison = /^[<>]=?$/;

/** True when two expressions differ in nothing but the numbers that they compare with, and one of these is harder to reach. */
function thresholdLoosened(leaf: Leaf): boolean {
  const tokens = (value: unknown) =>
    (typeof value === 'string' ? plainPromql(value) : '').match(/[<>]=?|"[^"]*"|[\w:.]+|[^\s]/g) ?? [];
  const [before, after] = [tokens(leaf.before), tokens(leaf.after)];
  if (before.length === 0 || before.length !== after.length) return false;
  let looser = false;
  for (const [index, old] of before.entries()) {
    const now = after[index] ?? '';
    if (old === now) continue;
    const [from, to] = [Number(old), Number(now)];
    if (Number.isNaN(from) || Number.isNaN(to)) return false;
    const sign = index > 0 && before[index - 1] === '-' ? -1 : 1;
    const left = before[index - (sign < 0 ? 2 : 1)] ?? '';
    const right = before[index + 1] ?? '';
    const rising = comparison.test(left) ? left[0] === '>' : comparison.test(right) ? right[0] === '<' : undefined;
    if (rising === undefined) return false;
    if (rising ? sign * to > sign * from : sign * to < sign * from) looser = true;
  }
  return looser;
}

/** How often a five-field cron expression runs in a day; undefined when it cannot be told simply. */
function runsPerDay(schedule: unknown): number | undefined {
  if (typeof schedule !== 'string') return undefined;
  const named: Record<string, number> = {
    '@hourly': 24,
    '@daily': 1,
    '@midnight': 1,
    '@weekly': 1 / 7,
    '@monthly': 1 / 30,
    '@yearly': 1 / 365,
  };
  if (named[schedule] !== undefined) return named[schedule];
  const parts = schedule.trim().split(/\s+/);
  const fields = parts.length === 6 ? parts.slice(1) : parts;
  if (fields.length !== 5) return undefined;
  const count = (field: string, size: number): number => {
    if (field === '*' || field === '?') return size;
    if (field.startsWith('*/')) return size / Number(field.slice(2));
    return field.split(',').reduce((sum, part) => {
      const range = /^(\d+)-(\d+)(?:\/(\d+))?$/.exec(part);
      return sum + (range === null ? 1 : (Number(range[2]) - Number(range[1]) + 1) / Number(range[3] ?? 1));
    }, 0);
  };
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = fields;
  return (
    count(minute, 60) *
    count(hour, 24) *
    (day === '*' ? 1 : count(day, 30) / 30) *
    (month === '*' ? 1 : count(month, 12) / 12) *
    (weekday === '*' ? 1 : count(weekday, 7) / 7)
  );
}
const rarer = (leaf: Leaf) => (runsPerDay(leaf.after) ?? 0) < (runsPerDay(leaf.before) ?? 0);

const isBackup = ({ after, before }: ObjectChange) =>
  /backup|dump|snapshot|velero/i.test((after ?? before)?.manifest.metadata.name ?? '');
const backupKinds =
  /^(velero\.io\/Schedule|postgresql\.cnpg\.io\/ScheduledBackup|k8up\.io\/Schedule|longhorn\.io\/RecurringJob)$/;

/** A CIDR with so many addresses, or none where the value is no CIDR. */

/** Fields that leave operators with less: alerts, backups, quotas, admission, protection. */
export const weakensOperationsRules: readonly LeafRule[] = [
  {
    code: 'alert-removed',
    kind: rules,
    path: /^(?:spec|data\..*)\.groups\.\*\.rules\.\*\.(alert|record)$/,
    when: gone,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: rules,
    path: /^(?:spec|data\..*)\.groups\.\*\.rules\.\*\.(for|keep_firing_for)$/,
    when: (leaf) => (last(leaf) === 'for') === (duration(leaf.after) ?? 0) > (duration(leaf.before) ?? 0),
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: rules,
    path: /^(?:spec|data\..*)\.groups\.\*\.rules\.\*\.labels\.severity$/,
    when: quieter,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: rules,
    path: /^(?:spec|data\..*)\.groups\.\*\.rules\.\*\.expr$/,
    when: thresholdLoosened,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: rules,
    path: /^(?:spec|data\..*)\.groups\.\*\.interval$/,
    when: (leaf) => (duration(leaf.after) ?? 0) > (duration(leaf.before) ?? 0),
    words: alert,
  },
  {
    code: 'metrics-deleted',
    kind: /^monitoring\.coreos\.com\/(ServiceMonitor|PodMonitor)$/,
    path: /^spec\.(endpoints|podMetricsEndpoints)\.\*\.(port|targetPort)$/,
    when: gone,
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /^spec\.(schedule|cron)$/,
    when: rarer,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /^spec\.(suspend|paused)$/,
    when: becomes(true),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /(ttl|retain|retention)$/i,
    when: (leaf) =>
      (duration(leaf.after) ?? quantity(leaf.after) ?? 0) < (duration(leaf.before) ?? quantity(leaf.before) ?? 0),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /^spec\.template\.(includedNamespaces|includedResources|snapshotVolumes)\b.*$/,
    when: (leaf) => gone(leaf) || leaf.after === false,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /^spec\.template\.(excludedNamespaces|excludedResources)\b.*$/,
    when: (leaf) => leaf.after !== undefined,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: /^batch\/CronJob$/,
    path: /^spec\.suspend$/,
    when: (leaf, change) => leaf.after === true && isBackup(change),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: /^batch\/CronJob$/,
    path: /^spec\.schedule$/,
    when: (leaf, change) => isBackup(change) && rarer(leaf),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: /^postgresql\.cnpg\.io\/Cluster$/,
    path: /^spec\.backup\b.*$/,
    when: (leaf) =>
      gone(leaf) ||
      (leaf.path.endsWith('retentionPolicy') &&
        (duration(String(leaf.after)) ?? 0) < (duration(String(leaf.before)) ?? 0)),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'quota-raised',
    kind: /^\/ResourceQuota$/,
    path: /^spec\.hard\./,
    when: (leaf) => leaf.before !== undefined && leaf.after !== undefined && higher(0)(leaf),
    words: hard,
  },
  {
    code: 'quota-lowered',
    kind: /^\/ResourceQuota$/,
    path: /^spec\.hard\./,
    when: (leaf) => leaf.after !== undefined,
    words: hard,
  },
  { code: 'quota-changed', kind: /^\/(ResourceQuota|LimitRange)$/, path: /^spec\./, words: (leaf) => fromTo(leaf) },
  {
    code: 'admission-weakened',
    kind: /^admissionregistration\.k8s\.io\//,
    path: /failurePolicy$/,
    when: becomes('Ignore'),
    words: what('what it cannot judge is admitted'),
  },
  {
    code: 'admission-weakened',
    kind: /^admissionregistration\.k8s\.io\/ValidatingAdmissionPolicyBinding$/,
    path: /^spec\.validationActions\.\*$/,
    when: leaves('Deny'),
    words: what('violations are no longer denied'),
  },
  {
    code: 'admission-weakened',
    kind: /^admissionregistration\.k8s\.io\//,
    path: /^(webhooks\.\*\.(name|rules\b.*)|spec\.(validations\.\*\.expression|matchConstraints\b.*))$/,
    when: gone,
    words: what('a check is removed'),
  },
  {
    code: 'admission-weakened',
    kind: /^kyverno\.io\//,
    path: /(validationFailureAction|failureAction)$/,
    when: (leaf) => /^enforce$/i.test(String(leaf.before)) && !/^enforce$/i.test(String(leaf.after)),
    words: what('violations are reported, not refused'),
  },
  {
    code: 'admission-weakened',
    kind: /^kyverno\.io\//,
    path: /^spec\.rules\.\*\.name$/,
    when: gone,
    words: what('a check is removed'),
  },
  {
    code: 'protection-removed',
    path: annotation(
      '(argocd\\.argoproj\\.io/sync-options|kustomize\\.toolkit\\.fluxcd\\.io/prune|helm\\.sh/resource-policy)',
    ),
    when: (leaf) =>
      /Prune=false|Delete=false|Prune=confirm|disabled|keep/.test(String(leaf.before)) &&
      !/Prune=false|Delete=false|Prune=confirm|disabled|keep/.test(String(leaf.after)),
    words: (leaf) => ({ field: leaf.path.replace('metadata.annotations.', '') }),
  },
  { code: 'finalizer-removed', path: /^metadata\.finalizers\.\*$/, when: (leaf) => leaf.before !== undefined },
  {
    code: 'instances-lowered',
    kind: /\.(io|com|in|dev)\//,
    path: /^spec\.(instances|replicas|size|nodeCount|kafka\.replicas)$/,
    when: (leaf) => typeof leaf.before === 'number' && lower(1)(leaf),
    words: (leaf) => fromTo(leaf),
  },
];
