import type { PermissionRule } from './permissions.ts';

const rule = (apiGroups: string, resources: string, verbs: string): PermissionRule => ({
  apiGroups: apiGroups.split(' ').map((each) => (each === 'core' ? '' : each)),
  resources: resources.split(' '),
  verbs: verbs.split(' '),
  resourceNames: [],
  nonResourceURLs: [],
});

const read = 'get list watch';
const write = 'create delete deletecollection patch update';

const view = [
  rule(
    'core',
    'configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status',
    read,
  ),
  rule(
    'core',
    'bindings events limitranges namespaces namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status',
    read,
  ),
  rule('discovery.k8s.io', 'endpointslices', read),
  rule(
    'apps',
    'controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status',
    read,
  ),
  rule('autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status', read),
  rule('batch', 'cronjobs cronjobs/status jobs jobs/status', read),
  rule('policy', 'poddisruptionbudgets poddisruptionbudgets/status', read),
  rule('networking.k8s.io', 'ingresses ingresses/status networkpolicies', read),
  rule('resource.k8s.io', 'resourceclaims resourceclaims/status resourceclaimtemplates', read),
];

const edit = [
  ...view,
  rule('core', 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy', read),
  rule('core', 'serviceaccounts', 'impersonate'),
  rule(
    'core',
    'pods pods/attach pods/exec pods/portforward pods/proxy configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy',
    write,
  ),
  rule('core', 'pods/eviction serviceaccounts/token', 'create'),
  rule(
    'apps',
    'daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale',
    write,
  ),
  rule('autoscaling', 'horizontalpodautoscalers', write),
  rule('batch', 'cronjobs jobs', write),
  rule('policy', 'poddisruptionbudgets', write),
  rule('networking.k8s.io', 'ingresses networkpolicies', write),
  rule('coordination.k8s.io', 'leases', `${read} ${write}`),
  rule('resource.k8s.io', 'resourceclaims resourceclaimtemplates', write),
];

/**
 * The user-facing roles that every cluster has, as far as permissions of manifests are concerned.
 *
 * Compared rule by rule with Kubernetes 1.34.2; the group `extensions`, which no version since 1.22 serves, is left out.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.2/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata/cluster-roles.yaml
 */
export const defaultClusterRoles: Readonly<Record<string, readonly PermissionRule[] | undefined>> = {
  'cluster-admin': [
    rule('*', '*', '*'),
    { apiGroups: [], resources: [], verbs: ['*'], resourceNames: [], nonResourceURLs: ['*'] },
  ],
  admin: [
    ...edit,
    rule('rbac.authorization.k8s.io', 'rolebindings roles', `${read} ${write}`),
    rule('authorization.k8s.io', 'localsubjectaccessreviews', 'create'),
  ],
  edit,
  view,
};
