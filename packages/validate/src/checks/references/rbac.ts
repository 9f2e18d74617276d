import { slipOf } from '@fairlead/diagnostics';
import type { Check } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { listAt, textAt } from '../../json.ts';
import { missingSeverity } from '../../missing.ts';
import { namesByNamespace } from './cluster.ts';

const group = 'rbac.authorization.k8s.io';

/** ClusterRoles that every cluster has: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
const builtInRoles: readonly string[] = ['cluster-admin', 'admin', 'edit', 'view'];

/**
 * Those that start with `system:`, of Kubernetes 1.34.2, without those of the controllers. Distributions and add-ons bring others, so
 * that only a slip of one of these can be called missing.
 */
const systemRoles = (
  'aggregate-to-admin aggregate-to-edit aggregate-to-view auth-delegator basic-user discovery heapster kube-aggregator ' +
  'kube-controller-manager kube-dns kube-scheduler kubelet-api-admin monitoring node node-bootstrapper node-problem-detector node-proxier ' +
  'persistent-volume-provisioner public-info-viewer service-account-issuer-discovery volume-scheduler'
)
  .split(' ')
  .map((each) => `system:${each}`);

const isSystemSlip = (name: string): boolean => !systemRoles.includes(name) && slipOf(name, systemRoles) !== undefined;

/** A binding names a role that exists, and service accounts that exist. */
export const rbacReferences: Check = (set, report) => {
  const clusterRoles = [
    ...set.ofKind(group, 'ClusterRole').map((each) => each.metadata.name),
    ...builtInRoles,
    ...(set.offers?.clusterRoles ?? []),
  ];
  const knownClusterRoles = new Set(clusterRoles);
  const roles = namesByNamespace(set, group, 'Role');
  const accounts = namesByNamespace(set, '', 'ServiceAccount');
  for (const binding of [...set.ofKind(group, 'RoleBinding'), ...set.ofKind(group, 'ClusterRoleBinding')]) {
    const namespace = set.namespaceOf(binding);
    const kind = textAt(binding, 'roleRef', 'kind');
    const name = textAt(binding, 'roleRef', 'name');
    if (
      name !== undefined &&
      kind === 'ClusterRole' &&
      !knownClusterRoles.has(name) &&
      (!name.startsWith('system:') || isSystemSlip(name))
    ) {
      report('references/missing-role', binding, '/roleRef/name', `ClusterRole "${name}" does not exist`, {
        hint: roles.get(namespace)?.has(name)
          ? 'there is a Role of that name: write kind: Role'
          : hintFrom(name, name.startsWith('system:') ? systemRoles : clusterRoles),
        severity: missingSeverity(set, isSystemSlip(name) ? systemRoles : set.ofKind(group, 'ClusterRole')),
      });
    }
    if (
      name !== undefined &&
      kind === 'Role' &&
      binding.kind === 'RoleBinding' &&
      !roles.get(namespace)?.has(name) &&
      !name.startsWith('system:') &&
      !(namespace === 'kube-system' && name === 'extension-apiserver-authentication-reader')
    ) {
      const known = [...(roles.get(namespace) ?? [])];
      report(
        'references/missing-role',
        binding,
        '/roleRef/name',
        `Role "${name}" does not exist in namespace ${namespace}`,
        {
          hint: knownClusterRoles.has(name)
            ? 'there is a ClusterRole of that name: write kind: ClusterRole'
            : hintFrom(name, known),
          severity: missingSeverity(set, known),
        },
      );
    }
    for (const [index, subject] of listAt(binding, 'subjects').entries()) {
      if (textAt(subject, 'kind') !== 'ServiceAccount') continue;
      const account = textAt(subject, 'name');
      const home = textAt(subject, 'namespace') ?? namespace;
      if (
        account === undefined ||
        account === 'default' ||
        home === '' ||
        home === 'kube-system' ||
        set.offers?.namespaces.includes(home)
      )
        continue;
      const known = accounts.get(home);
      if (known?.has(account)) continue;
      const others = [...(known ?? [])];
      const elsewhere = [...accounts].find(([, names]) => names.has(account))?.[0];
      // Manifests that leave the namespace to `kubectl apply -n` write it only where they must.
      const unplaced =
        set.context === 'folder' &&
        elsewhere !== undefined &&
        set.get('', 'ServiceAccount', elsewhere, account)?.metadata.namespace === undefined;
      report(
        'references/missing-subject',
        binding,
        `/subjects/${index}/name`,
        `ServiceAccount "${account}" does not exist in namespace ${home}`,
        {
          hint: unplaced
            ? `the one here states no namespace: apply it with -n ${home}, or add namespace: ${home}`
            : elsewhere !== undefined
              ? `there is one in namespace ${elsewhere}`
              : hintFrom(account, others),
          severity: unplaced ? 'warning' : missingSeverity(set, elsewhere !== undefined ? [elsewhere] : others),
        },
      );
    }
  }
};
