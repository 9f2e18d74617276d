import type { ParsedPromql } from '@fairlead/monitoring/promql';
import type { Manifest } from '@fairlead/objects';
import { distance } from 'fastest-levenshtein';
import type { Report } from '../../check.ts';
import { at, isMap, listAt, step, textAt, textsAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { parsed } from './expression.ts';

interface Rule {
  readonly manifest: Manifest;
  readonly pointer: string;
  readonly rule: unknown;
  readonly alert: string | undefined;
  readonly record: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly expression: ParsedPromql | undefined;
}

/** Kinds that hold rule groups in Prometheus' own form. */
export const ruleKinds: readonly (readonly [string, string])[] = [
  ['monitoring.coreos.com', 'PrometheusRule'],
  ['monitoring.googleapis.com', 'Rules'],
  ['monitoring.googleapis.com', 'ClusterRules'],
  ['monitoring.googleapis.com', 'GlobalRules'],
];

const duration = /^(?:0|(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?)$/;
const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Alerts and recording rules, by themselves and against one another. */
export function checkRules(set: ManifestSet, report: Report): void {
  const rules = ruleKinds
    .flatMap(([group, kind]) => set.ofKind(group, kind))
    .flatMap((each) => rulesOf(set, report, each));
  checkNames(set, report, rules);
  checkLabels(set, report, rules);
  checkRecords(report, rules);
  checkPatterns(report, rules);
}

function rulesOf(set: ManifestSet, report: Report, manifest: Manifest): Rule[] {
  const found: Rule[] = [];
  const groups = new Set<string>();
  for (const [groupIndex, group] of listAt(manifest, 'spec', 'groups').entries()) {
    const groupName = textAt(group, 'name') ?? '';
    if (groups.has(groupName))
      report(
        'monitoring/rule',
        manifest,
        `/spec/groups/${groupIndex}/name`,
        `the group "${groupName}" stands twice in one object`,
        { hint: 'give it another name, or join the two' },
      );
    groups.add(groupName);
    checkDuration(report, manifest, `/spec/groups/${groupIndex}/interval`, at(group, 'interval'));
    for (const [index, rule] of listAt(group, 'rules').entries()) {
      const pointer = `/spec/groups/${groupIndex}/rules/${index}`;
      const [alert, record] = [textAt(rule, 'alert'), textAt(rule, 'record')];
      const name = alert === undefined ? `recording rule "${record ?? ''}"` : `alert "${alert}"`;
      if ((alert === undefined) === (record === undefined)) {
        report(
          'monitoring/rule',
          manifest,
          pointer,
          alert === undefined
            ? 'the rule has neither alert nor record'
            : `the rule is both alert "${alert}" and record "${record ?? ''}"`,
          { hint: 'make it one of them' },
        );
      }
      if (record !== undefined && !metricName.test(record)) {
        report('monitoring/rule', manifest, `${pointer}/record`, `"${record}" is no name of a metric`, {
          hint: 'use letters, digits, _ and :, such as job:errors:rate5m',
        });
      }
      if (record !== undefined && (at(rule, 'for') !== undefined || isMap(at(rule, 'annotations')))) {
        report(
          'monitoring/rule',
          manifest,
          `${pointer}/${at(rule, 'for') === undefined ? 'annotations' : 'for'}`,
          `${name} has a field that only alerts have`,
          { hint: 'remove for, keep_firing_for and annotations' },
        );
      }
      checkDuration(report, manifest, `${pointer}/for`, at(rule, 'for'));
      checkDuration(report, manifest, `${pointer}/keep_firing_for`, at(rule, 'keep_firing_for'));
      const text = at(rule, 'expr');
      const expression =
        typeof text === 'string'
          ? parsed(report, manifest, `${pointer}/expr`, text, `the expression of ${name}`)
          : undefined;
      const labels = textsAt(rule, 'labels');
      if (alert !== undefined) checkAlert(set, report, manifest, pointer, rule, alert, labels, group);
      else if (record !== undefined && metricName.test(record) && !record.includes(':')) {
        report(
          'monitoring/record-name',
          manifest,
          `${pointer}/record`,
          `${name} does not say by what it is aggregated`,
          { hint: 'name it level:metric:operation, such as job:errors:rate5m' },
        );
      }
      found.push({ manifest, pointer, rule, alert, record, labels, expression });
    }
  }
  return found;
}

function checkDuration(report: Report, manifest: Manifest, pointer: string, value: unknown): void {
  if (value === undefined || value === null || value === '') return;
  if (typeof value === 'string' && duration.test(value)) return;
  report('monitoring/rule', manifest, pointer, `${JSON.stringify(value)} is no duration of Prometheus`, {
    hint: 'write whole numbers with units in falling order, such as 5m or 1h30m',
  });
}

function checkAlert(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  pointer: string,
  rule: unknown,
  alert: string,
  labels: Readonly<Record<string, string>>,
  group: unknown,
): void {
  const annotations = textsAt(rule, 'annotations');
  for (const [field, texts] of [
    ['annotations', annotations],
    ['labels', labels],
  ] as const)
    for (const [key, text] of Object.entries(texts))
      if (text.split('{{').length !== text.split('}}').length)
        report(
          'monitoring/rule',
          manifest,
          `${pointer}/${field}/${step(key)}`,
          `the template in ${key} is not closed`,
          {
            hint: 'write a }} for each {{',
          },
        );
  const taste = set.context === 'folder' ? ({ severity: 'info' } as const) : {};
  if (!Object.keys(annotations).some((key) => /^runbook(?:_?url)?$/i.test(key))) {
    report('monitoring/alert-without-runbook', manifest, `${pointer}/annotations`, `alert "${alert}" has no runbook`, {
      hint: 'add the annotation runbook_url',
      ...taste,
    });
  }
  if (labels['severity'] === undefined && textsAt(group, 'labels')['severity'] === undefined) {
    report(
      'monitoring/alert-without-severity',
      manifest,
      `${pointer}/${isMap(at(rule, 'labels')) ? 'labels' : 'alert'}`,
      `alert "${alert}" has no severity`,
      { hint: 'add the label severity', ...taste },
    );
  }
}

/** Alerts and records that stand twice. Equal names with other labels are the pattern of one alert with several thresholds. */
function checkNames(set: ManifestSet, report: Report, rules: readonly Rule[]): void {
  const seen = new Map<string, Rule>();
  for (const each of rules) {
    const { manifest, pointer, alert, record, labels } = each;
    const name = alert ?? record;
    if (name === undefined) continue;
    const stated = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([set.namespaceOf(manifest), alert === undefined, name, stated]);
    const first = seen.get(key);
    if (!first) seen.set(key, each);
    else {
      const where =
        first.manifest === manifest ? 'in this object' : `in ${first.manifest.kind} "${first.manifest.metadata.name}"`;
      if (alert === undefined) {
        // One record may be put together of rules with disjoint series.
        if (textAt(each.rule, 'expr') !== textAt(first.rule, 'expr') && !sameSelection(each, first)) continue;
        report(
          'monitoring/duplicate-record',
          manifest,
          `${pointer}/record`,
          `"${name}" is recorded twice, also ${where}`,
          {
            hint: 'remove one, or set them apart by labels',
            ...(set.context === 'folder' && { severity: 'warning' as const }),
          },
        );
      } else
        report(
          'monitoring/duplicate-alert',
          manifest,
          `${pointer}/alert`,
          `alert "${name}" stands twice, also ${where}`,
          { hint: 'give it a name of its own, or other labels' },
        );
    }
  }
}

const sameSelection = (a: Rule, b: Rule): boolean => matchersOf(a) === matchersOf(b);
const matchersOf = ({ expression }: Rule): string =>
  JSON.stringify(
    expression?.selectors.map((each) =>
      each.matchers.map(({ label, operator, value }) => `${label}${operator}${value}`).sort(),
    ) ?? [],
  );

/** A recorded metric that is read under a name that only nearly is that of a recording rule. */
function checkRecords(report: Report, rules: readonly Rule[]): void {
  const records = new Set(rules.flatMap(({ record }) => record ?? []));
  if (records.size === 0) return;
  const near = new Map<string, string | undefined>();
  for (const { manifest, pointer, expression } of rules) {
    for (const { metric } of expression?.selectors ?? []) {
      // Colons are kept for recorded metrics.
      if (!metric.includes(':') || records.has(metric)) continue;
      if (!near.has(metric))
        near.set(
          metric,
          [...records].find(
            (each) =>
              Math.abs(each.length - metric.length) <= 2 &&
              distance(each, metric) <= 2 &&
              digits(each) === digits(metric),
          ),
        );
      const meant = near.get(metric);
      if (meant === undefined) continue;
      report('monitoring/unknown-record', manifest, `${pointer}/expr`, `no rule records "${metric}"`, {
        hint: `did you mean "${meant}"?`,
      });
    }
  }
}

/** Regular expressions of matchers: RE2, of which only what no dialect takes is told. */
function checkPatterns(report: Report, rules: readonly Rule[]): void {
  for (const { manifest, pointer, expression } of rules) {
    for (const { matchers } of expression?.selectors ?? []) {
      for (const { label, operator, value } of matchers) {
        if (!operator.endsWith('~') || isPattern(value)) continue;
        report(
          'monitoring/expression',
          manifest,
          `${pointer}/expr`,
          `the pattern "${value}" of the label "${label}" is no regular expression`,
          { hint: 'close its brackets, or escape them' },
        );
      }
    }
  }
}

function isPattern(text: string): boolean {
  // Flags, names and classes that JavaScript writes otherwise or not at all.
  const plain = text
    .replace(/\(\?[imsU]+(?:-[imsU]+)?\)/g, '')
    .replace(/\(\?[imsU]+(?:-[imsU]+)?:/g, '(?:')
    .replaceAll('(?P<', '(?<')
    .replace(/\[:\^?\w+:\]/g, 'a-z');
  try {
    new RegExp(plain);
    return true;
  } catch {
    return text.includes('\\Q');
  }
}

/** Windows and quantiles set names apart that are otherwise near: rate5m and rate1m. */
const digits = (name: string): string => name.replace(/\D/g, '');

/** Labels that Prometheus adds to what it sends elsewhere. */
const external = /^(?:cluster|prometheus|prometheus_replica|replica|tenant|tenant_id|receive)$/;

/** What reads a recorded metric asks only for labels that the recording kept. */
function checkLabels(set: ManifestSet, report: Report, rules: readonly Rule[]): void {
  const kept = new Map<string, Set<string> | undefined>();
  for (const { record, labels, expression } of rules) {
    if (record === undefined || !expression) continue;
    const own = expression.resultLabels;
    const known = kept.has(record) ? kept.get(record) : new Set<string>();
    // Recorded in several ways: what any of them keeps may be asked for.
    kept.set(
      record,
      own === undefined || known === undefined ? undefined : new Set([...known, ...own, ...Object.keys(labels)]),
    );
  }
  const severity = set.context === 'folder' ? { severity: 'warning' as const } : {};
  for (const { manifest, pointer, expression } of rules) {
    for (const { metric, matchers } of expression?.selectors ?? []) {
      const labels = kept.get(metric);
      if (!labels) continue;
      for (const { label, operator, value } of matchers) {
        // An absent label equals the empty text, and external labels come by federation.
        if (labels.has(label) || external.test(label) || operator.startsWith('!') || value === '' || value === '.*')
          continue;
        report(
          'monitoring/label-mismatch',
          manifest,
          `${pointer}/expr`,
          `the rule asks "${metric}" for the label "${label}", which its recording rule does not keep`,
          {
            hint: labels.size > 0 ? `it keeps ${[...labels].sort().join(', ')}` : 'it keeps no label',
            ...severity,
          },
        );
      }
    }
    for (const { modifier, labels: grouped, selectors } of expression?.groupings ?? []) {
      if (modifier !== 'by' || selectors.length === 0) continue;
      const sets = selectors.map((each) => kept.get(each.metric));
      for (const label of grouped) {
        if (external.test(label) || !sets.every((each) => each !== undefined && !each.has(label))) continue;
        report(
          'monitoring/label-mismatch',
          manifest,
          `${pointer}/expr`,
          `the rule groups "${selectors[0]?.metric ?? ''}" by the label "${label}", which its recording rule does not keep`,
          {
            hint: `it keeps ${[...(sets[0] ?? [])].sort().join(', ') || 'no label'}`,
            ...severity,
          },
        );
      }
    }
  }
}
