import type { PermissionRule } from './permissions.ts';

/** One permission: a rule with a single group, resource, verb and name, or a single verb and URL. `*` stands for all. */
interface Atom {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  /** Undefined: every name. */
  readonly name: string | undefined;
  readonly url: string | undefined;
}

function* atomsOf(rule: PermissionRule): Generator<Atom> {
  for (const verb of rule.verbs) {
    for (const url of rule.nonResourceURLs) yield { group: '', resource: '', verb, name: undefined, url };
    for (const group of rule.apiGroups) {
      for (const resource of rule.resources) {
        if (rule.resourceNames.length === 0) yield { group, resource, verb, name: undefined, url: undefined };
        for (const name of rule.resourceNames) yield { group, resource, verb, name, url: undefined };
      }
    }
  }
}

const matches = (pattern: string, value: string): boolean => pattern === '*' || pattern === value;

/** `*` is every resource and subresource; `*\/scale` that subresource of every resource. A resource does not include its subresources. */
function matchesResource(pattern: string, value: string): boolean {
  if (matches(pattern, value)) return true;
  return pattern.startsWith('*/') && value.slice(value.indexOf('/') + 1) === pattern.slice(2) && value.includes('/');
}

const matchesUrl = (pattern: string, url: string): boolean =>
  pattern === url || (pattern.endsWith('*') && url.startsWith(pattern.slice(0, -1)));

function grants(rule: PermissionRule, atom: Atom): boolean {
  if (!rule.verbs.some((verb) => matches(verb, atom.verb))) return false;
  if (atom.url !== undefined) return rule.nonResourceURLs.some((pattern) => matchesUrl(pattern, atom.url ?? ''));
  return (
    rule.apiGroups.some((group) => matches(group, atom.group)) &&
    rule.resources.some((resource) => matchesResource(resource, atom.resource)) &&
    (rule.resourceNames.length === 0 || (atom.name !== undefined && rule.resourceNames.includes(atom.name)))
  );
}

/** True when the rules `a` allow everything that `b` allows; wildcards are understood, and Kubernetes' own check works alike. */
export function covers(a: readonly PermissionRule[], b: readonly PermissionRule[]): boolean {
  return subtractRules(b, a).length === 0;
}

/**
 * The permissions of `a` that `b` does not give, as few rules: what is gained when `b` becomes `a`. A wildcard of `a` that `b` only
 * covers in part stays whole, because nobody can list what it does not mean.
 */
export function subtractRules(a: readonly PermissionRule[], b: readonly PermissionRule[]): PermissionRule[] {
  const rest = a.flatMap((rule) => [...atomsOf(rule)].filter((atom) => !b.some((other) => grants(other, atom))));
  return mergeRules(rest.map(toRule));
}

/** The same permissions one by one: a rule per group, resource, verb and name. */
export function expandRule(rule: PermissionRule): PermissionRule[] {
  return [...atomsOf(rule)].map(toRule);
}

/** The same permissions in as few rules as equal verbs, then equal resources, allow; sorted. */
export function mergeRules(rules: readonly PermissionRule[]): PermissionRule[] {
  const byTarget = mergeBy(
    rules.flatMap(expandRule),
    ['verbs'],
    ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'],
  );
  const byVerbs = mergeBy(byTarget, ['resources', 'nonResourceURLs'], ['apiGroups', 'resourceNames', 'verbs']);
  return mergeBy(byVerbs, ['resourceNames'], ['apiGroups', 'resources', 'verbs', 'nonResourceURLs']);
}

type List = keyof PermissionRule;

function mergeBy(rules: readonly PermissionRule[], joined: readonly List[], equal: readonly List[]): PermissionRule[] {
  const merged = new Map<string, PermissionRule>();
  for (const rule of rules) {
    // Rules for URLs never join rules for resources, nor rules for every name those for some.
    const kind = [rule.nonResourceURLs.length > 0, rule.resourceNames.length > 0];
    const key = JSON.stringify([kind, ...equal.map((list) => rule[list])]);
    const before = merged.get(key);
    const union = Object.fromEntries(
      joined.map((list) => [list, [...new Set([...(before?.[list] ?? []), ...rule[list]])].sort()]),
    );
    merged.set(key, { ...rule, ...union });
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
}

const toRule = ({ group, resource, verb, name, url }: Atom): PermissionRule => ({
  apiGroups: url === undefined ? [group] : [],
  resources: url === undefined ? [resource] : [],
  verbs: [verb],
  resourceNames: name === undefined ? [] : [name],
  nonResourceURLs: url === undefined ? [] : [url],
});
