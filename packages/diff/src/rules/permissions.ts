import type { Manifest } from '@fairlead/objects/manifest';
import {
  effectivePermissions,
  escalations,
  expandRule,
  rulesOf,
  subtractRules,
  type PermissionRule,
} from '@fairlead/rbac/permissions';
import type { Claims, Finding, Sides } from '../finding.ts';
import type { SourceManifest } from '../model.ts';
import type { ObjectChange } from '../pair.ts';
import type { Values } from '../shapes/shape.ts';
import type { View } from '../view.ts';
import { dig, kindOf, maps, templateOf } from '../workloads.ts';

const group = 'rbac.authorization.k8s.io';

/** What a changed role or binding lets somebody do that they could not do before. */
export function permissionChanges(change: ObjectChange, claims: Claims, sides: Sides): Finding[] {
  const source = change.after ?? change.before;
  if (source === undefined) return [];
  switch (kindOf(source)) {
    case `${group}/Role`:
    case `${group}/ClusterRole`:
      return roleChanges(change, claims);
    case `${group}/RoleBinding`:
    case `${group}/ClusterRoleBinding`:
      return bindingChanges(change, claims, sides);
    default:
      return accountChanges(change, sides);
  }
}

const permissions = new WeakMap<View, ReturnType<typeof effectivePermissions>>();

function permissionsOf(view: View): ReturnType<typeof effectivePermissions> {
  let found = permissions.get(view);
  if (found === undefined) {
    found = effectivePermissions(view.manifests.map((each) => each.manifest));
    permissions.set(view, found);
  }
  return found;
}

/** What a workload may newly do because its pods act as another service account. */
function accountChanges(change: ObjectChange, sides: Sides): Finding[] {
  const { before, after } = change;
  if (change.change !== 'modified' || before === undefined || after === undefined) return [];
  if (!change.leaves.some((leaf) => leaf.path.endsWith('.serviceAccountName'))) return [];
  const nameOf = (source: SourceManifest) => String(dig(templateOf(source), 'spec', 'serviceAccountName') ?? 'default');
  const rulesAs = (view: View, name: string) =>
    (
      permissionsOf(view).get(`ServiceAccount/${after.manifest.metadata.namespace ?? 'default'}/${name}`)?.grants ?? []
    ).flatMap((each) => [...each.rules]);
  const [from, to] = [nameOf(before), nameOf(after)];
  const gained = subtractRules(rulesAs(sides.after, to), rulesAs(sides.before, from));
  if (gained.length === 0) return [{ code: 'service-account-changed', change, leaves: [], words: { from, to } }];
  const dangers = [...new Set(escalations(gained).map((each) => each.message))];
  const words = { permissions: tellRules(gained), dangers: dangers.slice(0, 3).join('; ') };
  return [{ code: dangers.length > 0 ? 'escalation-gained' : 'permissions-gained', change, leaves: [], words }];
}

function roleChanges(change: ObjectChange, claims: Claims): Finding[] {
  const before = change.before === undefined ? [] : rulesOf(change.before.manifest);
  const after = change.after === undefined ? [] : rulesOf(change.after.manifest);
  const more = subtractRules(after, before);
  const less = subtractRules(before, after);
  const inRules = (leaf: { path: string }) => leaf.path.startsWith('rules.');
  const findings: Finding[] = [];
  if (more.length > 0) {
    const dangers = escalations(more).map((each) => each.message);
    const leaves = claims.take((leaf) => inRules(leaf) && (leaf.after !== undefined || less.length === 0));
    const words = { permissions: tellRules(more), dangers: [...new Set(dangers)].slice(0, 3).join('; ') };
    findings.push({ code: dangers.length > 0 ? 'escalation-gained' : 'permissions-gained', change, leaves, words });
  }
  if (change.change !== 'modified') return findings;
  const aggregated = claims.take((leaf) => leaf.path.startsWith('aggregationRule'));
  if (aggregated.length > 0)
    findings.push({
      code: 'permissions-gained',
      change,
      leaves: aggregated,
      words: { permissions: 'those of the roles that it aggregates now' },
    });
  const leaves = claims.take(inRules);
  if (less.length > 0)
    findings.push({ code: 'permissions-lost', change, leaves, words: { permissions: tellRules(less) } });
  else if (leaves.length > 0) findings.push({ code: 'same-permissions', change, leaves });
  return findings;
}

const subjectKey = (each: Values) =>
  `${String(each['kind'])}/${String(each['namespace'] ?? '')}/${String(each['name'])}`;

function bindingChanges(change: ObjectChange, claims: Claims, sides: Sides): Finding[] {
  const before = maps(dig(change.before?.manifest, 'subjects'));
  const after = maps(dig(change.after?.manifest, 'subjects'));
  const missing = (from: readonly Values[], other: readonly Values[]) => {
    const keys = new Set(other.map(subjectKey));
    return from.filter((each) => !keys.has(subjectKey(each)));
  };
  const more = missing(after, before);
  const less = missing(before, after);
  const ref = dig((change.after ?? change.before)?.manifest, 'roleRef');
  const role = `${String(dig(ref, 'kind'))} ${String(dig(ref, 'name'))}`;
  const inSubjects = (leaf: { path: string }) => leaf.path.startsWith('subjects.');
  const findings: Finding[] = [];
  if (more.length > 0 && change.after !== undefined) {
    const leaves = claims.take((leaf) => inSubjects(leaf) && (leaf.after !== undefined || less.length === 0));
    const dangers = [...new Set(escalations(rulesBehind(change.after, sides)).map((each) => each.message))];
    const words = {
      role,
      subjects: tellSubjects(more),
      dangers: dangers.length === 0 ? '' : `, which can ${dangers.slice(0, 3).join('; ')}`,
    };
    findings.push({ code: 'subjects-gained', change, leaves, words });
  }
  if (
    change.change === 'modified' &&
    change.before !== undefined &&
    change.after !== undefined &&
    JSON.stringify(change.before.manifest['roleRef']) !== JSON.stringify(change.after.manifest['roleRef'])
  ) {
    // The API server refuses it; whoever deletes and creates the binding gives these.
    const gained = subtractRules(
      rulesBehind(change.after, sides),
      rulesBehind(change.before, { ...sides, after: sides.before }),
    );
    const dangers = [...new Set(escalations(gained).map((each) => each.message))];
    if (gained.length > 0) {
      const words = { permissions: tellRules(gained), dangers: dangers.slice(0, 3).join('; ') };
      findings.push({
        code: dangers.length > 0 ? 'escalation-gained' : 'permissions-gained',
        change,
        leaves: [],
        words,
      });
    }
  }
  if (change.change !== 'modified') return findings;
  const leaves = claims.take(inSubjects);
  if (less.length > 0)
    findings.push({ code: 'subjects-lost', change, leaves, words: { role, subjects: tellSubjects(less) } });
  else if (leaves.length > 0) findings.push({ code: 'same-permissions', change, leaves });
  return findings;
}

/** The rules that a binding gives, its role looked up beside it or among those that Kubernetes brings. */
function rulesBehind(binding: SourceManifest, { after }: Sides): PermissionRule[] {
  const { manifest } = binding;
  const kind = String(dig(manifest, 'roleRef', 'kind'));
  const roles: Manifest[] = after
    .of(kind, kind === 'Role' ? manifest.metadata.namespace : undefined)
    .map((each) => each.manifest);
  const [first] = [...effectivePermissions([manifest, ...roles]).values()];
  return (first?.grants ?? []).flatMap((each) => [...each.rules]);
}

function tellRules(rules: readonly PermissionRule[]): string {
  const texts = rules.flatMap((rule) =>
    rule.nonResourceURLs.length > 0
      ? [`${rule.verbs.join('/')} ${rule.nonResourceURLs.join(', ')}`]
      : [
          `${rule.verbs.join('/')} ${rule.resources.map((each) => rule.apiGroups.map((one) => (one === '' ? each : `${each}.${one}`)).join(', ')).join(', ')}${rule.resourceNames.length > 0 ? ` named ${rule.resourceNames.join(', ')}` : ''}`,
        ],
  );
  return texts.length > 4
    ? `${texts.slice(0, 4).join('; ')} and ${rules.flatMap(expandRule).length} in all`
    : texts.join('; ');
}

function tellSubjects(subjects: readonly Values[]): string {
  return subjects
    .map(
      (each) =>
        `${String(each['kind'])} ${each['namespace'] === undefined ? '' : `${String(each['namespace'])}/`}${String(each['name'])}`,
    )
    .sort()
    .join(', ');
}
