import { join } from 'node:path';
import { loadManifests } from '@fairlead/validate/load';
import { expect, test } from 'vitest';
import { repository } from '../../test/workspace.ts';
import { readInventory } from '../render-fleet.ts';
import { readYamlTree } from '../yaml-files.ts';
import { renderCloudsPage } from './docs-clouds.ts';

test('shows each intent as each provider gets it, in its own words', () => {
  const { clusters } = readInventory(repository).inventory;
  const rendered = clusters.map((cluster) => {
    const tree = readYamlTree(repository, [join('dist', 'clusters', cluster.name)]);
    return { cluster, manifests: loadManifests(tree, 'folder').manifests };
  });
  const [, route = '', secret = '', identity = '', nodes = ''] = renderCloudsPage(rendered).split('\n## ');
  for (const word of [
    'wafv2-acl-arn',
    'securityPolicy: staging-edge',
    'azure-allowed-service-tags',
    'EnvoyExtensionPolicy',
  ])
    expect(route).toContain(word);
  for (const word of ['provider: aws', 'provider: gke', 'provider: azure', 'provider: vault'])
    expect(secret).toContain(word);
  for (const word of [
    'eks.amazonaws.com/role-arn',
    'iam.gke.io/gcp-service-account',
    'azure.workload.identity/client-id',
  ])
    expect(identity).toContain(word);
  for (const word of [
    'kind: EC2NodeClass',
    'kind: ComputeClass',
    'kind: AKSNodeClass',
    'karpenter.azure.com/sku-family',
  ])
    expect(nodes).toContain(word);
  expect(route.match(/^### /gm)).toHaveLength(4);
});
