import { fieldsOf, listOf } from '@fairlead/objects/fields';
import { groupOf, type Manifest } from '@fairlead/objects/manifest';
import { defaultClusterRoles } from './permissions-default-roles.ts';

export { covers, expandRule, mergeRules, subtractRules } from './permissions-difference.ts';
export { escalations, type Escalation } from './permissions-escalation.ts';

/** A PolicyRule of rbac.authorization.k8s.io/v1; absent lists are empty. */
export interface PermissionRule {
  readonly apiGroups: readonly string[];
  /** `pods`, `pods/exec`, `*`, `*\/scale`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Empty: every name. */
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** Rules of a subject within a namespace, or in the whole cluster. */
export interface Grant {
  /** Absent: every namespace and the cluster-scoped resources. */
  readonly namespace?: string | undefined;
  readonly rules: readonly PermissionRule[];
  /** Where the grant comes from. */
  readonly binding: Manifest;
  /** `Role/name` or `ClusterRole/name`. */
  readonly role: string;
  /** True when the role is neither in the manifests nor one that Kubernetes brings. */
  readonly unknown: boolean;
}

/** Everything that one subject may do. */
export interface SubjectPermissions {
  /** `ServiceAccount/namespace/name`, `User/name` or `Group/name`. */
  readonly subject: string;
  readonly grants: readonly Grant[];
}

const textsOf = (value: unknown): string[] => listOf(value).filter((each): each is string => typeof each === 'string');

const group = 'rbac.authorization.k8s.io';

/** The rules of a Role or ClusterRole as they stand in its manifest; malformed entries are left out. */
export function rulesOf(role: Manifest): PermissionRule[] {
  return listOf(role['rules']).map((each) => {
    const rule = fieldsOf(each);
    return {
      apiGroups: textsOf(rule['apiGroups']),
      resources: textsOf(rule['resources']),
      verbs: textsOf(rule['verbs']),
      resourceNames: textsOf(rule['resourceNames']),
      nonResourceURLs: textsOf(rule['nonResourceURLs']),
    };
  });
}

/** The key of a subject of a binding; a service account without a namespace is in the binding's. */
export function subjectKey(subject: unknown, binding: Manifest): string {
  const { kind, name, namespace } = fieldsOf(subject);
  if (kind !== 'ServiceAccount') return `${String(kind)}/${String(name)}`;
  return `ServiceAccount/${typeof namespace === 'string' && namespace !== '' ? namespace : (binding.metadata.namespace ?? 'default')}/${String(name)}`;
}

/**
 * What every subject may do by the roles and bindings of a set of manifests: ClusterRoles with their aggregated rules, bound in a
 * namespace or in the cluster. Of the roles that Kubernetes brings, `cluster-admin`, `admin`, `edit` and `view` are known.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function effectivePermissions(manifests: Iterable<Manifest>): Map<string, SubjectPermissions> {
  const roles = new Map<string, Manifest>();
  const bindings: Manifest[] = [];
  for (const manifest of manifests) {
    if (groupOf(manifest.apiVersion) !== group) continue;
    if (manifest.kind === 'ClusterRole') roles.set(`ClusterRole/${manifest.metadata.name}`, manifest);
    else if (manifest.kind === 'Role')
      roles.set(`Role/${manifest.metadata.namespace ?? 'default'}/${manifest.metadata.name}`, manifest);
    else if (manifest.kind === 'RoleBinding' || manifest.kind === 'ClusterRoleBinding') bindings.push(manifest);
  }
  const rules = clusterRoleRules(roles);

  const found = new Map<string, { subject: string; grants: Grant[] }>();
  for (const binding of bindings) {
    const { kind, name } = fieldsOf(binding['roleRef']);
    const namespace = binding.kind === 'RoleBinding' ? (binding.metadata.namespace ?? 'default') : undefined;
    const role = `${String(kind)}/${String(name)}`;
    const resolved =
      kind === 'ClusterRole' ? rules(String(name)) : own(roles.get(`Role/${namespace ?? ''}/${String(name)}`));
    // Bound in a namespace, a ClusterRole gives nothing outside resources of that namespace.
    const effective =
      namespace === undefined ? resolved : resolved?.filter((rule) => rule.nonResourceURLs.length === 0);
    for (const subject of listOf(binding['subjects'])) {
      const key = subjectKey(subject, binding);
      const entry = found.get(key) ?? { subject: key, grants: [] };
      entry.grants.push({ namespace, rules: effective ?? [], binding, role, unknown: resolved === undefined });
      found.set(key, entry);
    }
  }
  return found;
}

const own = (role: Manifest | undefined) => (role === undefined ? undefined : rulesOf(role));

/** The rules of a ClusterRole by name, aggregation followed; roles that aggregate one another end. */
function clusterRoleRules(
  roles: ReadonlyMap<string, Manifest>,
): (name: string) => readonly PermissionRule[] | undefined {
  const clusterRoles = [...roles.values()].filter((each) => each.kind === 'ClusterRole');
  const cache = new Map<string, readonly PermissionRule[] | undefined>();
  const resolve = (name: string): readonly PermissionRule[] | undefined => {
    if (cache.has(name)) return cache.get(name);
    const role = roles.get(`ClusterRole/${name}`);
    // Kubernetes aggregates into its own roles by this label.
    const builtIn = defaultClusterRoles[name];
    const selectors = role
      ? listOf(fieldsOf(role['aggregationRule'])['clusterRoleSelectors'])
      : builtIn && name !== 'cluster-admin'
        ? [{ matchLabels: { [`rbac.authorization.k8s.io/aggregate-to-${name}`]: 'true' } }]
        : [];
    cache.set(name, role ? rulesOf(role) : builtIn);
    if (selectors.length > 0) {
      // The controller overwrites what an aggregating role states itself.
      const aggregated = clusterRoles
        .filter((each) => each !== role && selectors.some((selector) => selects(selector, each)))
        .flatMap((each) => resolve(each.metadata.name) ?? []);
      cache.set(name, [...(role ? [] : (builtIn ?? [])), ...aggregated]);
    }
    return cache.get(name);
  };
  return resolve;
}

function selects(selector: unknown, role: Manifest): boolean {
  const labels = fieldsOf(role.metadata.labels);
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  return (
    Object.entries(fieldsOf(matchLabels)).every(([key, value]) => labels[key] === value) &&
    listOf(matchExpressions).every((each) => {
      const { key, operator, values } = fieldsOf(each);
      const value = labels[String(key)];
      if (operator === 'In') return listOf(values).includes(value);
      if (operator === 'NotIn') return !listOf(values).includes(value);
      return operator === 'Exists' ? value !== undefined : value === undefined;
    })
  );
}
