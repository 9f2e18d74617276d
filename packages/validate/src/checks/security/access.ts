import {
  effectivePermissions,
  escalations,
  rulesOf,
  subjectKey,
  type SubjectPermissions,
} from '@fairlead/rbac/permissions';
import type { Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { at, listAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

const group = 'rbac.authorization.k8s.io';

const permissionsOf = (set: ManifestSet): Map<string, SubjectPermissions> => set.memo(permissions);

const permissions = (set: ManifestSet): Map<string, SubjectPermissions> =>
  effectivePermissions(
    ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => set.ofKind(group, kind)),
  );

const folderWarning = (set: ManifestSet) => (set.context === 'folder' ? { severity: 'warning' as const } : {});

/** Escalations that controllers and people often need, so that they are told and do not fail a run. */
const ordinary = new Set(['secrets', 'create-pods', 'exec', 'persistent-volumes']);

/** Roles that only people hold: creating workloads and reading logs is what they are there for. */
function rolesOfPeople(set: ManifestSet): Set<Manifest> {
  const people = new Set<Manifest>();
  const others = new Set<Manifest>();
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    for (const binding of set.ofKind(group, kind)) {
      const roleKind = textAt(binding, 'roleRef', 'kind') ?? '';
      const role = set.get(
        group,
        roleKind,
        roleKind === 'Role' ? set.namespaceOf(binding) : '',
        textAt(binding, 'roleRef', 'name') ?? '',
      );
      if (!role) continue;
      const named = listAt(binding, 'subjects').every(
        (each) => textAt(each, 'kind') !== 'ServiceAccount' && !textAt(each, 'name')?.startsWith('system:'),
      );
      (named ? people : others).add(role);
    }
  }
  return new Set([...people].filter((each) => !others.has(each)));
}

/** Roles that give more than they name. */
export function checkRoles(set: ManifestSet, report: Report): void {
  const ofPeople = rolesOfPeople(set);
  for (const kind of ['Role', 'ClusterRole']) {
    for (const role of set.ofKind(group, kind)) {
      const found = escalations(rulesOf(role));
      const isBroad = (type: string): boolean => type.startsWith('wildcard') || type === 'everything';
      const broad = new Set(found.flatMap(({ type, rule }) => (isBroad(type) ? rule : [])));
      for (const { type, message, rule, because, control } of found) {
        // Who may do everything with everything may also do each single thing: that is one finding.
        if (because === '* *' && !isBroad(type) && broad.has(rule)) continue;
        report(
          'security/escalation',
          role,
          `/rules/${rule}`,
          `${kind} "${role.metadata.name}" may ${message} (${because}${control === undefined ? '' : `, CIS ${control}`})`,
          {
            hint: isBroad(type)
              ? 'name the groups, resources and verbs that are needed'
              : 'leave it out, or limit it with resourceNames',
            ...(ordinary.has(type)
              ? { severity: ofPeople.has(role) ? ('info' as const) : ('warning' as const) }
              : folderWarning(set)),
          },
        );
      }
    }
  }
}

const everybody: Readonly<Record<string, string>> = {
  'Group/system:masters': 'the group that no RBAC limits',
  'Group/system:anonymous': 'everybody who reaches the API server',
  'User/system:anonymous': 'everybody who reaches the API server',
  'Group/system:unauthenticated': 'everybody who reaches the API server',
  'Group/system:authenticated': 'everybody with any account, service accounts included',
  'Group/system:serviceaccounts': 'every service account of the cluster',
};

// What Kubernetes itself gives to everybody.
const publicRoles = new Set([
  'system:public-info-viewer',
  'system:basic-user',
  'system:discovery',
  'system:service-account-issuer-discovery',
]);

/** Bindings of too much, or to too many. */
export function checkBindings(set: ManifestSet, report: Report): void {
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    for (const binding of set.ofKind(group, kind)) {
      const role = textAt(binding, 'roleRef', 'name') ?? '';
      const isAdmin = role === 'cluster-admin' && textAt(binding, 'roleRef', 'kind') === 'ClusterRole';
      if (isAdmin) {
        const scope = kind === 'ClusterRoleBinding' ? 'the whole cluster' : `namespace "${set.namespaceOf(binding)}"`;
        report(
          'security/powerful-binding',
          binding,
          '/roleRef/name',
          `${kind} "${binding.metadata.name}" gives every permission in ${scope}`,
          {
            hint: 'bind a role with the permissions that are needed',
            ...(kind === 'RoleBinding' ? { severity: 'warning' as const } : folderWarning(set)),
          },
        );
      }
      for (const [index, subject] of listAt(binding, 'subjects').entries()) {
        const key = subjectKey(subject, binding);
        const whom = everybody[key];
        if (whom !== undefined && Object.hasOwn(everybody, key) && !publicRoles.has(role)) {
          report(
            'security/powerful-binding',
            binding,
            `/subjects/${index}/name`,
            `${kind} "${binding.metadata.name}" binds ${role} to ${textAt(subject, 'name') ?? ''}: ${whom}`,
            {
              hint: 'bind the group or service account that needs it',
              ...(key === 'Group/system:authenticated' || key === 'Group/system:serviceaccounts'
                ? folderWarning(set)
                : {}),
            },
          );
        }
        if (/^ServiceAccount\/[^/]+\/default$/.test(key)) {
          report(
            'security/default-service-account',
            binding,
            `/subjects/${index}/name`,
            `${kind} "${binding.metadata.name}" gives ${role} to a default service account, and so to every pod that names none`,
            {
              hint: 'make a service account for the workload that needs it',
              ...folderWarning(set),
            },
          );
        }
      }
    }
  }
}

/** Tokens that pods carry without need. */
export function checkServiceAccounts(set: ManifestSet, report: Report): void {
  const known = permissionsOf(set);
  for (const { manifest, kind, namespace, name, spec, specPointer } of set.workloads) {
    const account = textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default';
    const stated = at(spec, 'automountServiceAccountToken');
    const object = set.get('', 'ServiceAccount', namespace, account);
    const mounts = stated === undefined ? at(object, 'automountServiceAccountToken') !== false : stated !== false;
    if (!mounts) continue;
    const pointer =
      stated === undefined
        ? textAt(spec, 'serviceAccountName') === undefined
          ? specPointer
          : `${specPointer}/serviceAccountName`
        : `${specPointer}/automountServiceAccountToken`;
    if (account === 'default') {
      report(
        'security/default-service-account',
        manifest,
        pointer,
        `the pods of ${kind} "${name}" carry a token of the default service account`,
        {
          hint: 'set automountServiceAccountToken: false, or give the workload a service account of its own',
          ...(set.context === 'folder' && { severity: 'info' as const }),
        },
      );
    } else if (
      !isBound(known, namespace, account) &&
      (set.context === 'fleet' || (stated === true && object !== undefined))
    ) {
      report(
        'security/needless-token',
        manifest,
        pointer,
        `the pods of ${kind} "${name}" carry a token of service account "${account}", to which no role is bound`,
        {
          hint: 'set automountServiceAccountToken: false',
          ...(set.context === 'folder' && { severity: 'info' as const }),
        },
      );
    }
  }
}

function isBound(known: ReadonlyMap<string, SubjectPermissions>, namespace: string, account: string): boolean {
  return (
    known.has(`ServiceAccount/${namespace}/${account}`) ||
    known.has(`User/system:serviceaccount:${namespace}:${account}`) ||
    known.has(`Group/system:serviceaccounts:${namespace}`) ||
    known.has('Group/system:serviceaccounts')
  );
}
