import { expect, test } from 'vitest';
import type { Environment } from './model.ts';
import { loadInventory } from './load-inventory.ts';
import { imageOf, parseReleases } from './releases.ts';

const digest = `sha256:${'0a'.repeat(32)}`;
const text = `images:
  api:
    repository: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/resource-hub-api
    sandbox: { version: 1.4.0 }
    production: { version: 1.3.2, digest: ${digest} }
`;

const environments: readonly Environment[] = loadInventory({
  clusters: [],
  environments: [
    { file: 'environments/sandbox.yaml', text: 'order: 1\nimages: tag\n' },
    { file: 'environments/production.yaml', text: 'order: 2\nimages: digest\n' },
  ],
}).environments;

test('an image is its repository, the version of the environment and the digest where there is one', () => {
  const { value, diagnostics } = parseReleases('apps/shop/releases.yaml', text, environments);
  expect(diagnostics).toEqual([]);
  const repository = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/resource-hub-api';
  expect(value && imageOf(value, 'api', 'sandbox')).toEqual({ reference: `${repository}:1.4.0`, digest: false });
  expect(value && imageOf(value, 'api', 'production')).toEqual({
    reference: `${repository}:1.3.2@${digest}`,
    digest: true,
  });
  expect(value && imageOf(value, 'api', 'dev')).toBeUndefined();
  expect(value && imageOf(value, 'constructor', 'sandbox')).toBeUndefined();
});

test('an image says for which architectures it is built, if its file does', () => {
  const both = text.replace('    sandbox:', '    platforms: [amd64, arm64]\n    sandbox:');
  const { value, diagnostics } = parseReleases('apps/shop/releases.yaml', both, environments);
  expect(diagnostics).toEqual([]);
  expect(value && imageOf(value, 'api', 'sandbox')?.platforms).toEqual(['amd64', 'arm64']);
  const wrong = parseReleases('apps/shop/releases.yaml', both.replace('arm64', 'arm46'), environments);
  expect(wrong.diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('"arm46"')]);
});

test.each([
  [
    'a version that is a number',
    'version: 1.4.0',
    'version: 1.40',
    'inventory/wrong-type@4:25',
    'YAML reads 1.40 as 1.4',
  ],
  ['a tag with a slash', 'version: 1.4.0', 'version: feature/x', 'inventory/bad-format@4:25', 'not an image tag'],
  ['a short digest', digest, 'sha256:0a0a', 'inventory/bad-format@5:43', 'not a digest'],
  ['a digest in capitals', digest, digest.toUpperCase(), 'inventory/bad-format@5:43', 'not a digest'],
  ['no digest where one is demanded', `, digest: ${digest}`, '', 'inventory/missing-digest@5:5', 'demands digests'],
  ['an unknown environment', 'sandbox:', 'sandbx:', 'inventory/unknown-environment@4:5', '"sandbx"'],
  ['a mistyped key of a release', 'digest:', 'digets:', 'inventory/unknown-key@5:35', '"digets"'],
  [
    'no repository',
    '    repository: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/resource-hub-api\n',
    '',
    'inventory/missing-key@2:3',
    '"repository"',
  ],
  [
    'a repository with a tag',
    'resource-hub-api\n',
    'resource-hub-api:1.0\n',
    'inventory/bad-format@3:17',
    'without tag',
  ],
])('%s is told', (_name, from, to, at, message) => {
  const { diagnostics } = parseReleases('apps/shop/releases.yaml', text.replace(from, to), environments);
  const told = diagnostics.map((each) => `${each.code}@${each.line}:${each.column} ${each.message}`);
  expect(told).toContainEqual(expect.stringContaining(message));
  expect(told).toContainEqual(expect.stringMatching(`^${at} `));
});
