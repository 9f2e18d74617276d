import { slipOf } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, listAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

const group = 'rbac.authorization.k8s.io';

/**
 * Resources of Kubernetes by API group, without subresources: the discovery documents of 1.34.2, and what only authorisation knows
 * (users, groups, signers) or older versions served (podsecuritypolicies).
 */
const resources: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    '': 'bindings componentstatuses configmaps endpoints events limitranges namespaces nodes persistentvolumeclaims persistentvolumes pods podtemplates replicationcontrollers resourcequotas secrets serviceaccounts services users groups',
    apps: 'controllerrevisions daemonsets deployments replicasets statefulsets',
    batch: 'cronjobs jobs',
    autoscaling: 'horizontalpodautoscalers',
    policy: 'poddisruptionbudgets podsecuritypolicies',
    'networking.k8s.io': 'ingressclasses ingresses ipaddresses networkpolicies servicecidrs',
    'rbac.authorization.k8s.io': 'clusterrolebindings clusterroles rolebindings roles',
    'storage.k8s.io':
      'csidrivers csinodes csistoragecapacities storageclasses volumeattachments volumeattributesclasses',
    'coordination.k8s.io': 'leasecandidates leases',
    'discovery.k8s.io': 'endpointslices',
    'scheduling.k8s.io': 'priorityclasses',
    'events.k8s.io': 'events',
    'admissionregistration.k8s.io':
      'mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations validatingadmissionpolicies validatingadmissionpolicybindings validatingwebhookconfigurations',
    'apiextensions.k8s.io': 'customresourcedefinitions',
    'apiregistration.k8s.io': 'apiservices',
    'authentication.k8s.io': 'selfsubjectreviews tokenreviews uids userextras',
    'authorization.k8s.io':
      'localsubjectaccessreviews selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews',
    'certificates.k8s.io': 'certificatesigningrequests clustertrustbundles podcertificaterequests signers',
    'flowcontrol.apiserver.k8s.io': 'flowschemas prioritylevelconfigurations',
    'node.k8s.io': 'runtimeclasses',
    'resource.k8s.io':
      'deviceclasses devicetaintrules podschedulingcontexts resourceclaimparameters resourceclaims resourceclaimtemplates resourceclasses resourceclassparameters resourceslices',
  }).map(([name, list]) => [name, list.split(' ')]),
);

/**
 * Subresources of Kubernetes, of whichever resource: the discovery documents of 1.34.2, with those that only authorisation knows
 * (finalizers, and what kubelets serve below nodes).
 */
const subresources =
  'status scale finalizers finalize proxy attach binding ephemeralcontainers eviction exec log portforward resize token approval metrics stats spec configz healthz rollback'.split(
    ' ',
  );

/** Verbs that API servers know: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb */
const verbs = new Set(
  '* get list watch create update patch delete deletecollection use bind escalate impersonate approve sign attest proxy post put head options connect redirect request-serviceaccounts-token-audience'.split(
    ' ',
  ),
);

/** Roles grant something, and bindings are complete. */
export const rbacRules: Check = (set, report) => {
  for (const role of [...set.ofKind(group, 'Role'), ...set.ofKind(group, 'ClusterRole')]) {
    const rules = listAt(role, 'rules');
    for (const [index, rule] of rules.entries()) {
      checkRule(report, role, rule, `/rules/${index}`);
      if (namesWhatIsNew(rule))
        report(
          'rules/role',
          role,
          `/rules/${index}/resourceNames`,
          'no request to create says a name, so that the rule grants nothing',
          { hint: 'remove resourceNames', severity: 'warning' },
        );
    }
  }
  for (const binding of [...set.ofKind(group, 'RoleBinding'), ...set.ofKind(group, 'ClusterRoleBinding')]) {
    const kind = textAt(binding, 'roleRef', 'kind');
    if (binding.kind === 'ClusterRoleBinding' && kind === 'Role')
      report('rules/binding', binding, '/roleRef/kind', 'a ClusterRoleBinding can only bind a ClusterRole', {
        hint: 'make it a RoleBinding, or the role a ClusterRole',
      });
    if (kind !== undefined && kind !== 'Role' && kind !== 'ClusterRole')
      report('rules/binding', binding, '/roleRef/kind', `"${kind}" is no kind of role`, {
        hint: hintFrom(kind, ['Role', 'ClusterRole']),
      });
    const roleGroup = textAt(binding, 'roleRef', 'apiGroup');
    if (roleGroup !== undefined && roleGroup !== '' && roleGroup !== group)
      report('rules/binding', binding, '/roleRef/apiGroup', `"${roleGroup}" is not the group of roles`, {
        hint: `write ${group}`,
      });
    for (const [index, subject] of listAt(binding, 'subjects').entries())
      checkSubject(set, report, binding, subject, `/subjects/${index}`);
  }
};

/**
 * True for a rule that only grants to create objects of certain names: the name is not known when the API server decides.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
function namesWhatIsNew(rule: unknown): boolean {
  const [names, allowed, kinds] = [listAt(rule, 'resourceNames'), listAt(rule, 'verbs'), listAt(rule, 'resources')];
  return (
    names.length > 0 &&
    allowed.length > 0 &&
    allowed.every((each) => each === 'create' || each === 'deletecollection') &&
    kinds.every((each) => typeof each === 'string' && !each.includes('/') && each !== '*')
  );
}

function checkRule(report: Report, role: Manifest, rule: unknown, pointer: string): void {
  const [groups, names, urls, allowed] = [
    listAt(rule, 'apiGroups'),
    listAt(rule, 'resources'),
    listAt(rule, 'nonResourceURLs'),
    listAt(rule, 'verbs'),
  ];
  groups.forEach((each, place) => {
    if (typeof each === 'string' && (each.includes('/') || each === 'v1'))
      report(
        'rules/unknown-resource',
        role,
        `${pointer}/apiGroups/${place}`,
        `"${each}" is an API version, not a group, so that the rule grants nothing`,
        { hint: `write ${each === 'v1' ? '""' : each.slice(0, each.indexOf('/'))}` },
      );
  });
  if (allowed.length === 0) report('rules/role', role, pointer, 'a rule needs verbs');
  if (urls.length > 0 && role.kind === 'Role')
    report('rules/role', role, `${pointer}/nonResourceURLs`, 'a Role cannot grant nonResourceURLs', {
      hint: 'they belong to a ClusterRole',
    });
  if (urls.length > 0 && names.length > 0)
    report('rules/role', role, pointer, 'a rule grants resources or nonResourceURLs, not both');
  if (urls.length === 0 && names.length === 0) report('rules/role', role, pointer, 'a rule needs resources');
  if (names.length > 0 && groups.length === 0)
    report('rules/role', role, pointer, 'a rule with resources needs apiGroups', {
      hint: 'the core group is written ""',
    });
  for (const [index, verb] of allowed.entries()) {
    if (
      typeof verb !== 'string' ||
      verbs.has(verb) ||
      verb.includes(':') ||
      !groups.every((each) => typeof each === 'string' && Object.hasOwn(resources, each))
    )
      continue;
    report('rules/unknown-verb', role, `${pointer}/verbs/${index}`, `"${verb}" is no verb`, {
      hint: hintFrom(verb, ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection']),
    });
  }
  for (const [index, each] of groups.entries()) {
    if (
      typeof each === 'string' &&
      each !== '*' &&
      !each.includes('.') &&
      !Object.hasOwn(resources, each) &&
      each !== 'extensions'
    )
      report('rules/unknown-resource', role, `${pointer}/apiGroups/${index}`, `"${each}" is no API group`, {
        hint: hintFrom(
          each,
          Object.keys(resources).filter((other) => other !== ''),
        ),
      });
  }
  // Only where every group is known can a resource be called unknown.
  if (groups.length === 0 || !groups.every((each) => typeof each === 'string' && Object.hasOwn(resources, each)))
    return;
  const known = groups.flatMap((each) => (typeof each === 'string' ? (resources[each] ?? []) : []));
  for (const [index, each] of names.entries()) {
    const [name = '', subresource] = typeof each === 'string' ? each.split('/') : [];
    if (name === '*' || name === '' || known.includes(name)) {
      const meant =
        subresource === undefined || subresources.includes(subresource) ? undefined : slipOf(subresource, subresources);
      if (meant !== undefined)
        report(
          'rules/unknown-resource',
          role,
          `${pointer}/resources/${index}`,
          `"${name}" has no subresource "${subresource}", so that the rule grants nothing`,
          { hint: `did you mean "${name}/${meant}"?` },
        );
      continue;
    }
    const home = Object.keys(resources).find((candidate) => resources[candidate]?.includes(name));
    report(
      'rules/unknown-resource',
      role,
      `${pointer}/resources/${index}`,
      `"${name}" is no resource of ${groups.map((other) => `"${String(other)}"`).join(', ')}, so that the rule grants nothing`,
      {
        hint: home !== undefined ? `it belongs to apiGroup "${home}"` : hintFrom(name, known),
      },
    );
  }
}

function checkSubject(set: ManifestSet, report: Report, binding: Manifest, subject: unknown, pointer: string): void {
  const kind = textAt(subject, 'kind');
  if (kind === 'ServiceAccount') {
    if (textAt(subject, 'namespace') === undefined) {
      // The authoriser takes the namespace of a RoleBinding: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
      const known = binding.kind === 'RoleBinding';
      // The account's namespace follows it into bindings: https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_namespacetransformer_
      if (!known && set.isPlaced(binding)) return;
      report(
        'rules/binding',
        binding,
        pointer,
        known
          ? "a ServiceAccount without namespace means the one in the binding's own namespace"
          : 'a ServiceAccount as subject needs a namespace',
        { hint: 'add namespace', severity: known ? 'info' : undefined },
      );
    }
    const apiGroup = at(subject, 'apiGroup');
    if (typeof apiGroup === 'string' && apiGroup !== '')
      report('rules/binding', binding, `${pointer}/apiGroup`, 'a ServiceAccount belongs to the core group', {
        hint: 'remove apiGroup',
      });
  } else if (kind !== 'User' && kind !== 'Group') {
    report('rules/binding', binding, `${pointer}/kind`, `"${kind ?? ''}" is no kind of subject`, {
      hint: hintFrom(kind ?? '', ['ServiceAccount', 'User', 'Group']),
    });
  } else if (![undefined, '', group].includes(textAt(subject, 'apiGroup'))) {
    report('rules/binding', binding, `${pointer}/apiGroup`, `a ${kind} belongs to the group ${group}`, {
      hint: `write apiGroup: ${group}`,
    });
  } else if (textAt(subject, 'namespace') !== undefined) {
    report('rules/binding', binding, `${pointer}/namespace`, `a ${kind} lives in no namespace`, {
      hint: 'remove namespace',
      // API servers take it and ignore it.
      severity: 'warning',
    });
  }
}
