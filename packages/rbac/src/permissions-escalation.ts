import { covers } from './permissions-difference.ts';
import type { PermissionRule } from './permissions.ts';

/** A way in which rules let their holder become more than they say. */
export interface Escalation {
  /** `escalate`, `secrets`, `create-pods` … */
  readonly type: string;
  /** What the holder can do with it, as the rest of "the role may …". */
  readonly message: string;
  /** Index of the rule that gives it, and the verb, resource or group that does. */
  readonly rule: number;
  readonly because: string;
  /** Requirement of the CIS Kubernetes Benchmark 1.10. */
  readonly control?: string | undefined;
}

interface Danger {
  readonly type: string;
  readonly message: string;
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly control?: string;
  /** Harmless when limited to names. */
  readonly unlessNamed?: true;
}

const writing = ['create', 'update', 'patch'];
const reading = ['get', 'list', 'watch'];

/** Permissions by which more than they name can be had, from the Kubernetes RBAC good practices and CIS section 5.1. */
const dangers: readonly Danger[] = [
  {
    type: 'escalate',
    message: 'give itself any permission',
    groups: ['rbac.authorization.k8s.io'],
    resources: ['roles', 'clusterroles'],
    verbs: ['escalate'],
    control: '5.1.8',
  },
  {
    type: 'bind',
    message: 'bind itself to any role',
    groups: ['rbac.authorization.k8s.io'],
    resources: ['roles', 'clusterroles'],
    verbs: ['bind'],
    control: '5.1.8',
    unlessNamed: true,
  },
  {
    type: 'impersonate',
    message: 'act as another user, group or service account',
    groups: ['', 'authentication.k8s.io'],
    resources: ['users', 'groups', 'serviceaccounts', 'userextras', 'uids'],
    verbs: ['impersonate'],
    control: '5.1.8',
    unlessNamed: true,
  },
  {
    type: 'secrets',
    message: 'read every Secret',
    groups: [''],
    resources: ['secrets'],
    verbs: reading,
    control: '5.1.2',
    unlessNamed: true,
  },
  {
    type: 'create-pods',
    message: 'create or change pods, and with them use any Secret and service account of the namespace',
    groups: [''],
    resources: ['pods', 'replicationcontrollers'],
    verbs: writing,
    control: '5.1.4',
    unlessNamed: true,
  },
  {
    type: 'create-pods',
    message: 'create or change workloads, and with them use any Secret and service account of the namespace',
    groups: ['apps', 'batch'],
    resources: ['deployments', 'daemonsets', 'statefulsets', 'replicasets', 'jobs', 'cronjobs'],
    verbs: writing,
    control: '5.1.4',
    unlessNamed: true,
  },
  {
    type: 'exec',
    message: 'run commands in running pods',
    groups: [''],
    resources: ['pods/exec', 'pods/attach', 'pods/ephemeralcontainers'],
    verbs: [...writing, 'get'],
  },
  {
    type: 'nodes-proxy',
    message: 'reach every pod through the kubelet, past admission and audit',
    groups: [''],
    resources: ['nodes/proxy'],
    verbs: ['get', 'create', 'update', 'patch', 'delete'],
    control: '5.1.10',
  },
  {
    type: 'token-request',
    message: 'get a token of any service account',
    groups: [''],
    resources: ['serviceaccounts/token'],
    verbs: ['create'],
    control: '5.1.13',
    unlessNamed: true,
  },
  {
    type: 'csr-approval',
    message: 'approve client certificates for any user',
    groups: ['certificates.k8s.io'],
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
    control: '5.1.11',
  },
  {
    type: 'webhooks',
    message: 'read and change every object on its way to the API server',
    groups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
    verbs: writing,
    control: '5.1.12',
  },
  {
    type: 'persistent-volumes',
    message: 'mount any folder of a node through a hostPath volume',
    groups: [''],
    resources: ['persistentvolumes'],
    verbs: ['create'],
    control: '5.1.9',
  },
];

const every: PermissionRule = {
  apiGroups: ['*'],
  resources: ['*'],
  verbs: ['*'],
  resourceNames: [],
  nonResourceURLs: [],
};

/**
 * The ways to more permissions that a list of rules opens, each with the rule that opens it. A rule that allows everything is told
 * once, as `everything`; other wildcards as such, and besides as what they include.
 */
export function escalations(rules: readonly PermissionRule[]): Escalation[] {
  const found: Escalation[] = [];
  for (const [index, rule] of rules.entries()) {
    if (covers([rule], [every])) {
      found.push({ type: 'everything', message: 'do everything', rule: index, because: '*', control: '5.1.1' });
      continue;
    }
    const wildcards = (
      [
        ['verbs', 'do everything, also what Kubernetes adds later, to the resources it names'],
        ['resources', 'use every resource of its groups, Secrets and subresources included'],
        ['apiGroups', 'use every API group, also those added later'],
      ] as const
    ).filter(([list]) => rule[list].includes('*') && (list !== 'resources' || rule.apiGroups.length > 0));
    for (const [list, message] of wildcards) {
      if (rule.nonResourceURLs.length > 0 && rule.apiGroups.length === 0) continue;
      found.push({
        type: `wildcard-${list === 'apiGroups' ? 'groups' : list}`,
        message,
        rule: index,
        because: `${list}: ["*"]`,
        control: '5.1.3',
      });
    }
    for (const danger of dangers) {
      const because = opening(rule, danger);
      if (because === undefined || (danger.unlessNamed && rule.resourceNames.length > 0)) continue;
      const { type, message, control } = danger;
      if (!found.some((each) => each.type === type && each.rule === index))
        found.push({ type, message, rule: index, because, control });
    }
  }
  return found;
}

/** The verb and resource of a rule that open a danger. */
function opening(rule: PermissionRule, { groups, resources, verbs }: Danger): string | undefined {
  if (!rule.apiGroups.some((each) => each === '*' || groups.includes(each))) return undefined;
  const resource = rule.resources.find(
    (each) =>
      each === '*' ||
      resources.includes(each) ||
      (each.startsWith('*/') && resources.some((known) => known.endsWith(each.slice(1)))),
  );
  const verb = rule.verbs.find((each) => each === '*' || verbs.includes(each));
  return resource === undefined || verb === undefined ? undefined : `${verb} ${resource}`;
}
