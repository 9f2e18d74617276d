import type { Cluster } from '@fairlead/inventory/model';
import { type Ownership, ownershipLabels, type WorkloadReference } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { Construct } from 'constructs';
import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { checkRules, type Rule, ruleManifest } from './rule.ts';

/** Annotation with the reason why a role holds in every namespace. */
export const reasonAnnotation = 'fairlead.dev/reason';

export interface WorkloadRoleProps {
  readonly cluster: Cluster;
  readonly owner: Ownership;
  readonly workload: WorkloadReference;
  readonly rules: readonly Rule[];
  /** Makes the permissions hold in every namespace, for a reason that a reviewer reads. Absent: in the workload's own. */
  readonly clusterWide?: { readonly reason: string } | undefined;
}

/** Permissions of one workload at the API server, bound to its ServiceAccount. A workload that asks for none has none. */
export class WorkloadRole extends Construct {
  /** Pods of a workload with permissions mount their ServiceAccount's token; nothing else does. */
  readonly automountServiceAccountToken = true;

  constructor(scope: Construct, id: string, { cluster, owner, workload, rules, clusterWide }: WorkloadRoleProps) {
    super(scope, id);
    const { name, namespace } = workload;
    const labels = ownershipLabels(owner);
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    const subjects = [{ kind: 'ServiceAccount', name: workload.serviceAccount, namespace }];
    for (const each of checkRules(`${namespace}/${name}`, rules, cluster.name)) report(this, each);

    if (clusterWide === undefined) {
      const metadata = { name, namespace, labels };
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
      new KubernetesObject(this, 'role', {
        apiVersion,
        kind: 'Role',
        metadata,
        rules: rules.map(ruleManifest),
      } satisfies IRole);
      new KubernetesObject(this, 'binding', {
        apiVersion,
        kind: 'RoleBinding',
        metadata,
        roleRef,
        subjects,
      } satisfies IRoleBinding);
      return;
    }
    // Cluster-scoped names are shared by all namespaces.
    const clusterName = name.startsWith(`${namespace}-`) || name === namespace ? name : `${namespace}-${name}`;
    const metadata = { name: clusterName, labels, annotations: { [reasonAnnotation]: clusterWide.reason } };
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterName };
    new KubernetesObject(this, 'role', {
      apiVersion,
      kind: 'ClusterRole',
      metadata,
      rules: rules.map(ruleManifest),
    } satisfies IClusterRole);
    new KubernetesObject(this, 'binding', {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef,
      subjects,
    } satisfies IClusterRoleBinding);
  }
}
