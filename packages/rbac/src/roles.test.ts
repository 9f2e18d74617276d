import { reported } from '@fairlead/objects/report';
import { Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { sampleCluster, sampleOwner as owner, sampleWorkload, schemaFaults } from '@fairlead/fixtures';
import { HumanAccess } from './human-access.ts';
import { escalations, rulesOf } from './permissions.ts';
import type { Rule } from './rule.ts';
import { WorkloadRole } from './workload-role.ts';

const api = sampleWorkload();

const readConfig: Rule = {
  apiGroups: [''],
  resources: ['configmaps'],
  resourceNames: ['shop'],
  verbs: ['get', 'watch'],
};

function chart() {
  return new Chart(Testing.app(), 'chart');
}

/** Objects as YAML without labels; each fits its schema. */
function yamlOf(of: Chart): string {
  expect(Testing.synth(of).flatMap((object) => schemaFaults(object))).toEqual([]);
  return Testing.synth(of)
    .map(({ metadata: { labels: _, ...metadata }, ...object }) =>
      stringify({ ...object, metadata }, { sortMapEntries: true }),
    )
    .join('---\n');
}

test('a workload gets a Role of its own, in its own namespace', () => {
  const scope = chart();
  new WorkloadRole(scope, 'role', { cluster: sampleCluster(), owner, workload: api, rules: [readConfig] });
  expect(yamlOf(scope)).toBe(`apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: shop-api
  namespace: shop
rules:
  - apiGroups:
      - ""
    resourceNames:
      - shop
    resources:
      - configmaps
    verbs:
      - get
      - watch
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: shop-api
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: shop-api
subjects:
  - kind: ServiceAccount
    name: shop-api
    namespace: shop
`);
});

test('permissions in every namespace carry their reason, under a name that no other namespace uses', () => {
  const scope = chart();
  const workload = { ...api, namespace: 'tools', name: 'shop-api' };
  const clusterWide = { reason: 'watches nodes to spread its shards' };
  new WorkloadRole(scope, 'role', {
    cluster: sampleCluster(),
    owner,
    workload,
    rules: [{ ...readConfig, resources: ['nodes'] }],
    clusterWide,
  });
  expect(Testing.synth(scope)).toMatchObject([
    {
      kind: 'ClusterRole',
      metadata: { name: 'tools-shop-api', annotations: { 'fairlead.dev/reason': clusterWide.reason } },
    },
    { kind: 'ClusterRoleBinding', roleRef: { name: 'tools-shop-api' }, subjects: [{ namespace: 'tools' }] },
  ]);
});

test.each<[string, readonly Rule[], string, string]>([
  ['no rules', [], 'identity/invalid-rule', 'role shop/shop-api has no rules'],
  [
    'no verbs',
    [{ ...readConfig, verbs: [] }],
    'identity/invalid-rule',
    'a rule without verbs, resources or API groups allows nothing',
  ],
  [
    'a wildcard',
    [{ ...readConfig, verbs: ['*'] }],
    'identity/wildcard-rule',
    'role shop/shop-api uses * for configmaps',
  ],
  [
    'create by name',
    [{ ...readConfig, verbs: ['create'] }],
    'identity/invalid-rule',
    'create and deletecollection of configmaps cannot be limited to names',
  ],
])('%s is reported', (_, rules, code, message) => {
  const role = new WorkloadRole(chart(), 'role', { cluster: sampleCluster(), owner, workload: api, rules });
  expect(reported(role)).toMatchObject([{ code, message: expect.stringContaining(message) }]);
});

describe('human access', () => {
  const access = { admin: ['platform'], deploy: ['shop-team', 'on-call'], readOnly: ['everyone'] };
  const cluster = sampleCluster({ environment: { access } });

  /** Which groups get which role, as `role: groups`. */
  function bindings(level?: 'restricted') {
    const scope = chart();
    new HumanAccess(scope, 'access', { cluster, owner, namespace: 'shop', level });
    const objects = Testing.synth(scope);
    expect(objects.flatMap((object) => schemaFaults(object))).toEqual([]);
    return {
      bound: objects
        .filter(({ kind }) => kind === 'RoleBinding')
        .map(
          ({ metadata, roleRef, subjects }) =>
            `${metadata.name} → ${roleRef.kind} ${roleRef.name}: ${subjects.map((each: { name: string }) => each.name)}`,
        ),
      role: objects.find(({ kind }) => kind === 'Role'),
    };
  }

  test('is the least of each level: view without Secrets, what a rollout needs by hand, admin', () => {
    const { bound, role } = bindings();
    expect(bound).toEqual([
      'shop-read-only-view → ClusterRole view: everyone',
      'shop-deploy-view → ClusterRole view: shop-team,on-call',
      'shop-deploy-operate → Role shop-operate: shop-team,on-call',
      'shop-admin-admin → ClusterRole admin: platform',
    ]);
    // Whoever changes a pod template or makes a Job can mount what it likes, so there is neither.
    expect(role.rules.flatMap((rule: Rule) => rule.resources)).toEqual([
      'pods',
      'pods/eviction',
      'deployments/scale',
      'statefulsets/scale',
      'horizontalpodautoscalers',
    ]);
    expect(escalations(rulesOf(role))).toEqual([]);
  });

  test('keeps Secrets and shells from administrators too in a restricted namespace', () => {
    expect(bindings('restricted').bound).toEqual([
      'shop-read-only-view → ClusterRole view: everyone',
      'shop-deploy-view → ClusterRole view: shop-team,on-call',
      'shop-deploy-operate → Role shop-operate: shop-team,on-call',
      'shop-admin-view → ClusterRole view: platform',
      'shop-admin-operate → Role shop-operate: platform',
    ]);
  });

  test('says which level nobody has', () => {
    const access = new HumanAccess(chart(), 'access', {
      cluster: sampleCluster({
        environment: { name: 'dev', access: { admin: ['platform'], deploy: [], readOnly: [] } },
      }),
      owner,
      namespace: 'shop',
    });
    expect(reported(access).map((each) => `${each.severity} ${each.message}`)).toEqual([
      'warning environment dev names no group for readOnly access, so nobody has it in shop',
      'warning environment dev names no group for deploy access, so nobody has it in shop',
    ]);
  });
});
