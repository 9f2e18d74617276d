import type { Manifest } from '@fairlead/objects';
import { distance } from 'fastest-levenshtein';
import type { Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, step, textAt, textsAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { checkSecretKey } from '../references/secret-key.ts';
import { ruleKinds } from './rules.ts';

/** What teams call severities; none of them is a slip of another. */
const customary = [
  ...['critical', 'crit', 'error', 'err', 'warning', 'warn', 'info', 'information', 'informational', 'notice', 'none'],
  ...['debug', 'emergency', 'emerg', 'alert', 'fatal', 'severe', 'urgent', 'blocker', 'disaster', 'average', 'ok'],
  ...['high', 'medium', 'moderate', 'low', 'major', 'minor', 'trivial', 'page', 'pager', 'paging', 'ticket', 'tickets'],
  ...['email', 'mail', 'slack', 'chat', 'notify', 'silent', 'heartbeat', 'watchdog', 'security', 'test'],
  ...['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'sev0', 'sev1', 'sev2', 'sev3', 'sev4', 'sev5', '0', '1', '2', '3', '4', '5'],
];

/** Routes of alerts lead to receivers that exist and have their keys, and every severity is one that a route knows. */
export function checkRoutes(set: ManifestSet, report: Report): void {
  const configs = set.ofKind('monitoring.coreos.com', 'AlertmanagerConfig');
  const routed = new Set<string>();
  for (const each of configs) {
    checkReceivers(report, each);
    checkKeys(set, report, each);
    for (const value of severitiesOf(at(each, 'spec', 'route'))) routed.add(value);
  }
  checkSeverities(set, report, routed);
}

/** The operator refuses the whole object if one route leads nowhere. */
function checkReceivers(report: Report, manifest: Manifest): void {
  const known = new Set(listAt(manifest, 'spec', 'receivers').flatMap((each) => textAt(each, 'name') ?? []));
  visitRoutes(at(manifest, 'spec', 'route'), '/spec/route', (route, pointer) => {
    const receiver = textAt(route, 'receiver');
    if (receiver === undefined || receiver === '' || known.has(receiver)) return;
    report('monitoring/unknown-receiver', manifest, `${pointer}/receiver`, `there is no receiver "${receiver}"`, {
      hint: hintFrom(receiver, known, 'add it to spec.receivers'),
    });
  });
}

function visitRoutes(route: unknown, pointer: string, visit: (route: unknown, pointer: string) => void): void {
  if (!isMap(route)) return;
  visit(route, pointer);
  for (const [index, each] of listAt(route, 'routes').entries()) visitRoutes(each, `${pointer}/routes/${index}`, visit);
}

/** Keys of Secrets lie beside the object that names them. */
function checkKeys(set: ManifestSet, report: Report, manifest: Manifest): void {
  const wayOut = 'add it there: a receiver reads Secrets of its own namespace only';
  visitSelectors(at(manifest, 'spec', 'receivers'), '/spec/receivers', (name, key, pointer) =>
    checkSecretKey(set, report, manifest, { name, key, pointer, wayOut }),
  );
}

/** Every map of a name and a key, which is what a selector of a Secret looks like; those of ConfigMaps say so one level up. */
function visitSelectors(
  value: unknown,
  pointer: string,
  visit: (name: string, key: string, pointer: string) => void,
): void {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) visitSelectors(each, `${pointer}/${index}`, visit);
    return;
  }
  if (!isMap(value)) return;
  const [name, key] = [textAt(value, 'name'), textAt(value, 'key')];
  if (name !== undefined && key !== undefined) {
    if (value['optional'] !== true) visit(name, key, pointer);
    return;
  }
  for (const [field, each] of Object.entries(value)) {
    if (field !== 'configMap') visitSelectors(each, `${pointer}/${step(field)}`, visit);
  }
}

/** Values of the label `severity` that a tree of routes matches on; words of a regular expression one by one. */
function severitiesOf(route: unknown): string[] {
  const found: string[] = [];
  visitRoutes(route, '', (each) => {
    for (const matcher of listAt(each, 'matchers')) {
      if (textAt(matcher, 'name') !== 'severity') continue;
      const value = textAt(matcher, 'value') ?? '';
      const pattern = textAt(matcher, 'matchType') === '=~' || at(matcher, 'regex') === true;
      for (const word of pattern ? value.replaceAll(/[()^$]/g, '').split('|') : [value]) {
        if (/^[\w-]+$/.test(word)) found.push(word);
      }
    }
  });
  return found;
}

/**
 * An alert whose severity no route knows reaches whoever hears of everything else, if anybody. Who routes alerts is often not in the
 * set, so without routes only a slip of a customary word is told.
 */
function checkSeverities(set: ManifestSet, report: Report, routed: ReadonlySet<string>): void {
  const known = [...new Set([...routed, ...customary])];
  const verdicts = new Map<string, string | undefined>();
  const slip = (value: string): string | undefined => {
    if (!verdicts.has(value)) verdicts.set(value, meant(value, routed, known));
    return verdicts.get(value);
  };
  for (const [group, kind] of ruleKinds) {
    for (const manifest of set.ofKind(group, kind)) {
      for (const [groupIndex, each] of listAt(manifest, 'spec', 'groups').entries()) {
        const shared = textsAt(each, 'labels')['severity'];
        for (const [index, rule] of listAt(each, 'rules').entries()) {
          const alert = textAt(rule, 'alert');
          const own = textsAt(rule, 'labels')['severity'];
          const severity = own ?? shared;
          if (alert === undefined || severity === undefined || severity === '' || severity.includes('{{')) continue;
          const word = slip(severity);
          const unrouted = set.context === 'fleet' && routed.size > 0 && !routed.has(severity);
          if (word === undefined && !unrouted) continue;
          const rulePointer = `/spec/groups/${groupIndex}/rules/${index}`;
          report(
            'monitoring/unknown-severity',
            manifest,
            own === undefined ? `/spec/groups/${groupIndex}/labels/severity` : `${rulePointer}/labels/severity`,
            routed.size > 0
              ? `no route knows the severity "${severity}" of alert "${alert}"`
              : `alert "${alert}" has the severity "${severity}", which is hardly one`,
            {
              hint:
                word === undefined
                  ? `routes know ${[...routed].sort().join(', ')}`
                  : `did you mean "${word}"?${routed.size > 0 ? ` routes know ${[...routed].sort().join(', ')}` : ''}`,
            },
          );
        }
      }
    }
  }
}

/**
 * The word that a severity is a slip of; undefined for one that is known, and for one that may be anybody's own. Labels are compared
 * with their case, so a route that knows the word in small letters does not know it in capitals.
 */
function meant(value: string, routed: ReadonlySet<string>, known: readonly string[]): string | undefined {
  if (routed.has(value)) return undefined;
  const lower = value.toLowerCase();
  if (routed.has(lower)) return lower;
  if (known.includes(lower) || !/^[a-z]{4,}$/.test(lower)) return undefined;
  return known.find(
    (each) =>
      each.length > 3 &&
      lower !== `${each}s` &&
      Math.abs(each.length - lower.length) <= 2 &&
      distance(lower, each) <= (each.length < 6 ? 1 : 2),
  );
}
