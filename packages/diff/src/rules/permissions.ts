import type { Claims, Finding } from '../finding.ts';
import type { ObjectChange } from '../pair.ts';
import type { Values } from '../shapes/shape.ts';
import { dig, kindOf, list, maps } from '../workloads.ts';

interface Permission {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  readonly name: string;
}

const all = '*';

/** Every single permission of a role's rules; wildcards stay wildcards. */
function permissions(rules: readonly Values[]): Permission[] {
  const result: Permission[] = [];
  const texts = (value: unknown) => list(value).map(String);
  for (const rule of rules) {
    for (const verb of texts(rule['verbs'])) {
      for (const url of texts(rule['nonResourceURLs']))
        result.push({ group: '', resource: `url:${url}`, verb, name: all });
      const names = texts(rule['resourceNames']);
      for (const group of texts(rule['apiGroups'])) {
        for (const resource of texts(rule['resources']))
          for (const name of names.length === 0 ? [all] : names) result.push({ group, resource, verb, name });
      }
    }
  }
  return result;
}

/** True when having the first permission includes the second. */
function covers(one: Permission, other: Permission): boolean {
  const resource =
    one.resource === other.resource ||
    (one.resource === all && !other.resource.startsWith('url:')) ||
    (one.resource.startsWith('*/') && other.resource.endsWith(one.resource.slice(1))) ||
    (one.resource.startsWith('url:') &&
      one.resource.endsWith('*') &&
      other.resource.startsWith(one.resource.slice(0, -1)));
  return (
    resource &&
    (one.group === all || one.group === other.group) &&
    (one.verb === all || one.verb === other.verb) &&
    (one.name === all || one.name === other.name)
  );
}

/** The permissions of the second set that the first does not include. */
function gained(before: readonly Permission[], after: readonly Permission[]): Permission[] {
  const index = new Set(before.map((each) => `${each.group}/${each.resource}/${each.verb}/${each.name}`));
  const wild = before.filter((each) =>
    [each.group, each.resource, each.verb, each.name].some((part) => part.includes('*')),
  );
  return after.filter(
    (each) =>
      !index.has(`${each.group}/${each.resource}/${each.verb}/${each.name}`) && !wild.some((one) => covers(one, each)),
  );
}

/**
 * Why a permission leads to more than it says, as Kubernetes' own guidance lists it; undefined when it does not.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
function escalation({ group, resource, verb }: Permission): boolean {
  const verbs = (...wanted: string[]) => verb === all || wanted.includes(verb);
  const is = (g: string, ...resources: string[]) =>
    (group === g || group === all) && (resource === all || resources.includes(resource));
  if (resource === all && verb === all) return true;
  return (
    (verbs('escalate', 'bind') && is('rbac.authorization.k8s.io', 'roles', 'clusterroles')) ||
    (verbs('impersonate') && is('', 'users', 'groups', 'serviceaccounts', 'userextras')) ||
    (verbs('get', 'list', 'watch') && is('', 'secrets')) ||
    (verbs('create') &&
      is(
        '',
        'serviceaccounts/token',
        'pods/exec',
        'pods/attach',
        'pods/ephemeralcontainers',
        'pods',
        'persistentvolumes',
      )) ||
    (verbs('get', 'create') && is('', 'nodes/proxy', 'pods/exec')) ||
    (verbs('create', 'update', 'patch') && is('apps', 'deployments', 'daemonsets', 'statefulsets', 'replicasets')) ||
    (verbs('create', 'update', 'patch') && is('batch', 'jobs', 'cronjobs')) ||
    (verbs('create', 'update', 'patch') && is('rbac.authorization.k8s.io', 'rolebindings', 'clusterrolebindings')) ||
    (verbs('create', 'update', 'patch', 'delete') &&
      is('admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'mutatingwebhookconfigurations')) ||
    (verbs('approve', 'sign', 'update', 'patch') &&
      is('certificates.k8s.io', 'signers', 'certificatesigningrequests/approval')) ||
    (verbs('patch', 'update') && is('', 'namespaces', 'nodes'))
  );
}

function tell(permission: Permission): string {
  const resource = permission.resource.startsWith('url:')
    ? permission.resource.slice(4)
    : permission.group === ''
      ? permission.resource
      : `${permission.resource}.${permission.group}`;
  return `${permission.verb} ${resource}${permission.name === all ? '' : ` "${permission.name}"`}`;
}

function tellAll(permissions: readonly Permission[]): string {
  const texts = [...new Set(permissions.map(tell))].sort();
  return texts.length > 6 ? `${texts.slice(0, 6).join(', ')} and ${texts.length - 6} more` : texts.join(', ');
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

const subjectKey = (each: Values) =>
  `${String(each['kind'])}/${String(each['namespace'] ?? '')}/${String(each['name'])}`;

/** What a changed role or binding lets somebody do that they could not do before. */
export function permissionChanges(change: ObjectChange, claims: Claims): Finding[] {
  const source = change.after ?? change.before;
  if (source === undefined) return [];
  const kind = kindOf(source);
  if (kind === 'rbac.authorization.k8s.io/Role' || kind === 'rbac.authorization.k8s.io/ClusterRole')
    return roleChanges(change, claims);
  if (kind === 'rbac.authorization.k8s.io/RoleBinding' || kind === 'rbac.authorization.k8s.io/ClusterRoleBinding')
    return bindingChanges(change, claims);
  return [];
}

function roleChanges(change: ObjectChange, claims: Claims): Finding[] {
  const before = permissions(maps(dig(change.before?.manifest, 'rules')));
  const after = permissions(maps(dig(change.after?.manifest, 'rules')));
  const more = gained(before, after);
  const less = gained(after, before);
  const inRules = (leaf: { path: string }) => leaf.path.startsWith('rules.');
  const findings: Finding[] = [];
  if (more.length > 0) {
    const grave = more.filter(escalation);
    const leaves = claims.take((leaf) => inRules(leaf) && (leaf.after !== undefined || less.length === 0));
    findings.push({
      code: grave.length > 0 ? 'escalation-gained' : 'permissions-gained',
      change,
      leaves,
      words: { permissions: tellAll(grave.length > 0 ? grave : more) },
    });
  }
  const leaves = change.change === 'modified' ? claims.take(inRules) : [];
  if (less.length > 0 && change.change === 'modified') findings.push({ code: 'permissions-lost', change, leaves });
  else if (leaves.length > 0) findings.push({ code: 'same-permissions', change, leaves });
  if (
    change.change === 'modified' &&
    kindOf(change.after ?? change.before!) === 'rbac.authorization.k8s.io/ClusterRole'
  ) {
    const aggregated = claims.take((leaf) => leaf.path.startsWith('aggregationRule'));
    if (aggregated.length > 0)
      findings.push({
        code: 'permissions-gained',
        change,
        leaves: aggregated,
        words: { permissions: 'by aggregation of other roles' },
      });
  }
  return findings;
}

function bindingChanges(change: ObjectChange, claims: Claims): Finding[] {
  const before = maps(dig(change.before?.manifest, 'subjects'));
  const after = maps(dig(change.after?.manifest, 'subjects'));
  const old = new Set(before.map(subjectKey));
  const now = new Set(after.map(subjectKey));
  const more = after.filter((each) => !old.has(subjectKey(each)));
  const less = before.filter((each) => !now.has(subjectKey(each)));
  const ref = dig((change.after ?? change.before)?.manifest, 'roleRef');
  const role = `${String(dig(ref, 'kind'))} ${String(dig(ref, 'name'))}`;
  const findings: Finding[] = [];
  const inSubjects = (leaf: { path: string }) => leaf.path.startsWith('subjects.');
  if (more.length > 0)
    findings.push({
      code: 'subjects-gained',
      change,
      leaves: claims.take((leaf) => inSubjects(leaf) && (leaf.after !== undefined || less.length === 0)),
      words: { role, subjects: tellSubjects(more) },
    });
  const leaves = change.change === 'modified' ? claims.take(inSubjects) : [];
  if (less.length > 0 && change.change === 'modified')
    findings.push({ code: 'subjects-lost', change, leaves, words: { role, subjects: tellSubjects(less) } });
  else if (leaves.length > 0) findings.push({ code: 'same-permissions', change, leaves });
  return findings;
}
