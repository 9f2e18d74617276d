import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory/model';
import { strictnessOf } from '@fairlead/inventory/namespace-strictness';
import { type Ownership, ownershipLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { Construct } from 'constructs';
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { type Rule, ruleManifest } from './rule.ts';

export interface HumanAccessProps {
  readonly cluster: Cluster;
  readonly owner: Ownership;
  readonly namespace: string;
  /** `restricted` keeps Secrets, pod templates, exec and port-forward from administrators too, for namespaces such as a payment service's. Default `standard`. */
  readonly level?: 'standard' | 'restricted' | undefined;
}

/**
 * What people do by hand where git is the source of truth: remove a stuck pod (which also is how to restart one), scale for an hour.
 * Not more: whoever may change a pod template or make a Job can use every Secret and ServiceAccount of the namespace, and the built-in
 * `edit` reads Secrets directly and opens shells.
 */
const operate: readonly Rule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['patch', 'update'] },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ['patch'] },
];

/** Levels of access, from the least: which roles of the namespace their groups get. `operate` is the Role of this construct. */
const levels = {
  standard: { readOnly: ['view'], deploy: ['view', 'operate'], admin: ['admin'] },
  // `admin` reads Secrets and opens shells, and RBAC cannot take anything away again.
  restricted: { readOnly: ['view'], deploy: ['view', 'operate'], admin: ['view', 'operate'] },
} as const;

/**
 * The human groups of the environment, bound in one namespace: `view` (which leaves Secrets out) for readers, `view` and an own Role
 * for those who deploy, the built-in `admin` for administrators, who can break the glass.
 */
export class HumanAccess extends Construct {
  constructor(scope: Construct, id: string, { cluster, owner, namespace, level = 'standard' }: HumanAccessProps) {
    super(scope, id);
    const { access } = strictnessOf(cluster.environment, namespace);
    const environment = cluster.environment.name;
    const labels = ownershipLabels(owner);
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    const group = 'rbac.authorization.k8s.io';
    const ownRole = `${owner.app}-operate`;
    let operates = false;

    for (const [audience, roles] of Object.entries(levels[level])) {
      const groups = accessOf(access, audience);
      if (groups.length === 0) {
        const message = `environment ${environment} names no group for ${audience} access, so nobody has it in ${namespace}`;
        report(
          this,
          diagnostic('identity/missing-group', {
            message,
            hint: `set access.${audience} in environments/${environment}.yaml`,
            clusters: [cluster.name],
          }),
        );
        continue;
      }
      for (const role of roles) {
        operates ||= role === 'operate';
        new KubernetesObject(this, `${audience}-${role}`, {
          apiVersion,
          kind: 'RoleBinding',
          metadata: {
            name: `${owner.app}-${audience === 'readOnly' ? 'read-only' : audience}-${role}`,
            namespace,
            labels,
          },
          roleRef:
            role === 'operate'
              ? { apiGroup: group, kind: 'Role', name: ownRole }
              : { apiGroup: group, kind: 'ClusterRole', name: role },
          subjects: groups.map((name) => ({ apiGroup: group, kind: 'Group', name })),
        } satisfies IRoleBinding);
      }
    }
    if (!operates) return;
    new KubernetesObject(this, 'operate', {
      apiVersion,
      kind: 'Role',
      metadata: { name: ownRole, namespace, labels },
      rules: operate.map(ruleManifest),
    } satisfies IRole);
  }
}

function accessOf(access: Cluster['environment']['access'], audience: string): readonly string[] {
  return audience === 'admin' || audience === 'deploy' || audience === 'readOnly' ? access[audience] : [];
}
