import type { Manifest } from '@fairlead/objects/manifest';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import {
  covers,
  effectivePermissions,
  escalations,
  rulesOf,
  subtractRules,
  type PermissionRule,
} from './permissions.ts';

const read = (text: string): Manifest[] => parseAllDocuments(text).map((document) => document.toJS() as Manifest);
const rules = (text: string): PermissionRule[] =>
  rulesOf({ apiVersion: 'v1', kind: 'Role', metadata: { name: 'r' }, rules: parse(text) as unknown });
const texts = (list: readonly PermissionRule[]): string[] =>
  list.map((each) =>
    [
      each.apiGroups.map((group) => group || 'core'),
      each.resources,
      each.resourceNames,
      each.nonResourceURLs,
      each.verbs,
    ]
      .filter((part) => part.length > 0)
      .map((part) => part.join(','))
      .join(' '),
  );

const api = 'apiVersion: rbac.authorization.k8s.io/v1';

test('bindings, aggregation and scope', () => {
  const permissions = effectivePermissions(
    read(`
{ ${api}, kind: ClusterRole, metadata: { name: monitoring }, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: monitoring } }] }, rules: [] }
---
{ ${api}, kind: ClusterRole, metadata: { name: scrape, labels: { to: monitoring } }, rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }, { nonResourceURLs: [/metrics], verbs: [get] }] }
---
{ ${api}, kind: Role, metadata: { name: own, namespace: a }, rules: [{ apiGroups: [""], resources: [secrets], resourceNames: [db], verbs: [get] }] }
---
{ ${api}, kind: RoleBinding, metadata: { name: one, namespace: a }, roleRef: { kind: ClusterRole, name: monitoring }, subjects: [{ kind: ServiceAccount, name: x }, { kind: Group, name: g }] }
---
{ ${api}, kind: RoleBinding, metadata: { name: two, namespace: a }, roleRef: { kind: Role, name: own }, subjects: [{ kind: ServiceAccount, name: x, namespace: a }] }
---
{ ${api}, kind: ClusterRoleBinding, metadata: { name: three }, roleRef: { kind: ClusterRole, name: monitoring }, subjects: [{ kind: User, name: u }] }
---
{ ${api}, kind: ClusterRoleBinding, metadata: { name: four }, roleRef: { kind: ClusterRole, name: elsewhere }, subjects: [{ kind: User, name: u }] }
`),
  );
  const grants = [...permissions.values()].flatMap(({ subject, grants: list }) =>
    list.map(
      (each) => `${subject} ${each.namespace ?? '*'} ${each.unknown ? 'unknown' : texts(each.rules).join('; ')}`,
    ),
  );
  expect(grants).toEqual([
    'ServiceAccount/a/x a core pods get',
    'ServiceAccount/a/x a core secrets db get',
    'Group/g a core pods get',
    'User/u * core pods get; /metrics get',
    'User/u * unknown',
  ]);
});

test.each([
  ['[{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]', 'everything'],
  ['[{ apiGroups: [""], resources: [configmaps], verbs: [get, list, watch] }]', ''],
  ['[{ apiGroups: [""], resources: [secrets], verbs: [list] }]', 'secrets'],
  ['[{ apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [db] }]', ''],
  ['[{ apiGroups: [apps], resources: [secrets], verbs: [list] }]', ''],
  ['[{ apiGroups: [""], resources: [configmaps], verbs: ["*"] }]', 'wildcard-verbs'],
  ['[{ apiGroups: [""], resources: ["*"], verbs: [get] }]', 'wildcard-resources secrets exec nodes-proxy'],
  ['[{ apiGroups: ["*"], resources: [configmaps], verbs: [get] }]', 'wildcard-groups'],
  ['[{ apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate, bind] }]', 'escalate bind'],
  ['[{ apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind], resourceNames: [view] }]', ''],
  ['[{ apiGroups: [""], resources: [users], verbs: [impersonate] }]', 'impersonate'],
  ['[{ apiGroups: [""], resources: [pods], verbs: [create] }]', 'create-pods'],
  ['[{ apiGroups: [batch], resources: [cronjobs], verbs: [patch] }]', 'create-pods'],
  ['[{ apiGroups: [""], resources: [pods/exec], verbs: [create] }]', 'exec'],
  ['[{ apiGroups: [""], resources: ["*/exec"], verbs: [create] }]', 'exec'],
  ['[{ apiGroups: [""], resources: [nodes/proxy], verbs: [get] }]', 'nodes-proxy'],
  ['[{ apiGroups: [""], resources: [serviceaccounts/token], verbs: [create] }]', 'token-request'],
  [
    '[{ apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [update] }]',
    'csr-approval',
  ],
  [
    '[{ apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [patch] }]',
    'webhooks',
  ],
  ['[{ apiGroups: [""], resources: [persistentvolumes], verbs: [create] }]', 'persistent-volumes'],
  ['[{ nonResourceURLs: [/metrics], verbs: [get] }]', ''],
])('%s: %s', (text, expected) => {
  expect(
    escalations(rules(text))
      .map((each) => each.type)
      .join(' '),
  ).toBe(expected);
});

test.each([
  [
    '[{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]',
    '[{ apiGroups: [apps], resources: [deployments/scale], verbs: [patch], resourceNames: [a] }]',
    true,
  ],
  [
    '[{ apiGroups: [""], resources: [pods], verbs: [get] }]',
    '[{ apiGroups: [""], resources: [pods/log], verbs: [get] }]',
    false,
  ],
  [
    '[{ apiGroups: [""], resources: ["*/log"], verbs: [get] }]',
    '[{ apiGroups: [""], resources: [pods/log], verbs: [get] }]',
    true,
  ],
  [
    '[{ apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [a] }]',
    '[{ apiGroups: [""], resources: [secrets], verbs: [get] }]',
    false,
  ],
  [
    '[{ apiGroups: [""], resources: [secrets], verbs: [get] }]',
    '[{ apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [a] }]',
    true,
  ],
  [
    '[{ apiGroups: [a], resources: [x], verbs: [get] }, { apiGroups: [b], resources: [x], verbs: [get] }]',
    '[{ apiGroups: [b, a], resources: [x], verbs: [get] }]',
    true,
  ],
  ['[{ nonResourceURLs: ["/api*"], verbs: [get] }]', '[{ nonResourceURLs: [/api/v1], verbs: [get] }]', true],
  ['[{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]', '[{ nonResourceURLs: [/api], verbs: [get] }]', false],
])('%s covers %s: %s', (a, b, expected) => {
  expect(covers(rules(a), rules(b))).toBe(expected);
});

test('permissions gained, in few rules', () => {
  const before = rules('[{ apiGroups: [""], resources: [pods, services], verbs: [get, list] }]');
  const after = rules(
    '[{ apiGroups: [""], resources: [pods, services, secrets], verbs: [get, list, watch] }, { apiGroups: [apps], resources: ["*"], verbs: [get] }]',
  );
  expect(texts(subtractRules(after, before)).sort()).toEqual([
    'apps * get',
    'core pods,services watch',
    'core secrets get,list,watch',
  ]);
  expect(subtractRules(before, after)).toEqual([]);
});
