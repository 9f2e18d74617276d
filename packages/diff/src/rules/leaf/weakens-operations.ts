import type { Leaf } from '../../compare.ts';
import { duration, quantity } from '../../meaning.ts';
import type { ObjectChange } from '../../pair.ts';
import { alert } from './alert-of.ts';
import { fromTo, what, becomes, leaves, gone, lower, last, quieter, annotation, type LeafRule } from './leaf-rule.ts';

/** The number that an alert's expression compares with, and in which direction. */
function threshold(expression: unknown): { sign: string; value: number } | undefined {
  const match = /(>=|<=|>|<)\s*(?:bool\s+)?(-?[0-9.]+(?:e-?[0-9]+)?)\s*$/.exec(
    typeof expression === 'string' ? expression.trim() : '',
  );
  return match?.[1] === undefined ? undefined : { sign: match[1], value: Number(match[2]) };
}

function thresholdLoosened(leaf: Leaf): boolean {
  const before = threshold(leaf.before);
  const after = threshold(leaf.after);
  if (before === undefined || after === undefined || before.sign[0] !== after.sign[0]) return false;
  return before.sign.startsWith('>') ? after.value > before.value : after.value < before.value;
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
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.(alert|record)$/,
    when: gone,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.(for|keep_firing_for)$/,
    when: (leaf) => (last(leaf) === 'for') === (duration(leaf.after) ?? 0) > (duration(leaf.before) ?? 0),
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.labels\.severity$/,
    when: quieter,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.expr$/,
    when: thresholdLoosened,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.interval$/,
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
