import { expect, test } from 'vitest';
import { schemas } from '@fairlead/fixtures';
import { upgrade } from './upgrade.ts';

test('an upgrade lists what is gone there, by file, and nothing that was wrong before', () => {
  const flow =
    'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: a }\nspec: { priorityLevelConfiguration: { name: workload-low } }\n';
  const wrong = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replica: 1 }\n';
  const documents = [
    { file: 'flow.yaml', text: flow },
    { file: 'wrong.yaml', text: wrong },
  ];
  const found = upgrade({ documents, from: '1.28', to: '1.34', context: 'folder', schemas, cluster: 'north' });
  expect(found.map((each) => [each.code, each.file, each.line, each.severity, each.clusters])).toEqual([
    ['rules/removed-api', 'flow.yaml', 1, 'error', ['north']],
  ]);
});
