import { expect, test } from 'vitest';
import { diffManifests } from '../src/diff.ts';
import { parseManifests } from '../src/parse.ts';

const job = (spec: string, pod = ''): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate, namespace: shop }\nspec: { ${spec} template: { spec: { restartPolicy: Never, ${pod} containers: [{ name: a, image: "a:1" }] } } }\n`;
const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: shop }\nspec: { ${spec} containers: [{ name: a, image: "a:1" }] }\n`;
const quota = (spec: string): string =>
  `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: a, namespace: shop }\nspec: { hard: { pods: "10" }, ${spec} }\n`;

/** kubernetes/pkg/apis/{batch,core}/validation at v1.34.2: what an API server lets change after all, and what it refuses. */
test.each<[string, string, string, string[]]>([
  ['a Job runs another image', job(''), job('').replace('a:1', 'a:2'), ['immutable-job']],
  ['a suspended Job goes to other nodes', job('suspend: true,'), job('suspend: true,', 'nodeSelector: { a: b },'), []],
  ['a running Job goes to other nodes', job(''), job('', 'nodeSelector: { a: b },'), ['immutable-job']],
  ['a Job tolerates more failures', job('backoffLimit: 1,'), job('backoffLimit: 2,'), []],
  [
    'an indexed Job grows',
    job('completionMode: Indexed, completions: 2, parallelism: 2,'),
    job('completionMode: Indexed, completions: 3, parallelism: 3,'),
    [],
  ],
  [
    'an indexed Job grows alone',
    job('completionMode: Indexed, completions: 2, parallelism: 2,'),
    job('completionMode: Indexed, completions: 3, parallelism: 2,'),
    ['immutable-job'],
  ],
  ['another Job grows', job('completions: 2,'), job('completions: 3,'), ['immutable-job']],
  [
    'a Pod gets more time to stop',
    pod('terminationGracePeriodSeconds: 30,'),
    pod('terminationGracePeriodSeconds: 60,'),
    ['immutable-pod'],
  ],
  ['a Pod is limited in time', pod(''), pod('activeDeadlineSeconds: 60,'), []],
  ['a quota counts other pods', quota('scopes: [Terminating]'), quota('scopes: [BestEffort]'), ['immutable-field']],
])('%s', (_, before, after, expected) => {
  const tree = (name: string, text: string) => ({ name, manifests: parseManifests({ path: 'object.yaml', text }) });
  const { entries } = diffManifests(tree('a', before), tree('b', after));
  expect(entries.flatMap((each) => (each.class === 'rejected' ? each.code : []))).toEqual(expected);
});
