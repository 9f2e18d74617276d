import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maximumFileBytes } from './decode.ts';
import { loadManifests } from './load.ts';
import { validateManifests } from './validate-manifests.ts';

const findings = (text: string | Uint8Array, file = 'x.yaml'): string[] => {
  const { diagnostics } = validateManifests({ documents: [{ file, text }], kubernetes: '1.34', context: 'folder' });
  return diagnostics.map((each) => `${each.code} ${each.file}:${each.line ?? ''}`);
};
const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const names = (text: string): string[] =>
  loadManifests([{ file: 'x.yaml', text }], 'folder').manifests.map((each) => each.metadata.name);

describe('garbage is a diagnostic', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]), 'validate/unreadable x.yaml:'],
    ['invalid UTF-8', new Uint8Array([0x61, 0x3a, 0x20, 0xc3, 0x28]), 'validate/unreadable x.yaml:'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), 'validate/unreadable x.yaml:'],
    ['too large', 'a'.repeat(maximumFileBytes + 1), 'validate/unreadable x.yaml:'],
    ['deep nesting in one line', '['.repeat(100_000), 'validate/syntax x.yaml:1'],
    ['a circle', 'a: &a [*a]\n', 'validate/unreadable x.yaml:1'],
    [
      'an alias bomb',
      [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...'bcdefghi'
          .split('')
          .map((each, index) => `${each}: &${each} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
      ].join('\n'),
      'validate/unreadable x.yaml:1',
    ],
    ['a tab', 'kind: X\nmetadata:\n\tname: x\n', 'validate/syntax x.yaml:3'],
    [
      'an unknown tag in a manifest',
      'apiVersion: v1\nkind: X\nmetadata:\n  name: !thing x\n',
      'validate/syntax x.yaml:4',
    ],
    ['a Helm template', `${configMap('a')}---\n${configMap('{{ .x }}')}`, 'validate/template x.yaml:9'],
    ['a list among manifests', `${configMap('a')}---\n- one\n`, 'validate/not-a-manifest x.yaml:6'],
    ['a name that is a number', configMap('12'), 'validate/no-name x.yaml:4'],
  ])('%s', (_, text, expected) => {
    expect(findings(text)).toEqual([expected]);
  });

  test('one broken document does not spoil the others', () => {
    const text = `${configMap('a')}---\nkind: [\n---\n${configMap('b')}`;
    expect(names(text)).toEqual(['a', 'b']);
    expect(findings(text)).toEqual(['validate/syntax x.yaml:7']);
  });

  test('long white space, many markers and many comments take no long time', () => {
    for (const text of [
      `${'\n'.repeat(200_000)}a`,
      `${' \n'.repeat(100_000)}- a`,
      '---\n'.repeat(100_000),
      '# c\n'.repeat(100_000),
      `a: ${' '.repeat(200_000)}b`,
      '%'.repeat(100_000),
    ])
      findings(text);
  });

  test('no text whatsoever throws', () => {
    const pieces = fc.constantFrom(
      'apiVersion: v1\n',
      'kind: Pod\n',
      'metadata:\n',
      '  name: a\n',
      'spec:\n',
      '  containers:\n',
      '  - name: x\n',
      '---\n',
      '...\n',
      '&a ',
      '*a',
      '{',
      '}',
      '[',
      ']',
      ': ',
      '- ',
      '|\n',
      '\t',
      '\r\n',
      '"',
      "'",
      '<<: ',
      '!!binary x',
      '{{',
      '%YAML 1.2\n',
      'null',
      '# c\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces, { maxLength: 40 }).map((each) => each.join('')),
        ),
        (text) => void findings(text),
      ),
      { numRuns: 2000 },
    );
  });

  test('no JSON in the place of any field throws', () => {
    const kinds = fc.constantFrom(
      ['apps/v1', 'Deployment'],
      ['v1', 'Service'],
      ['v1', 'Secret'],
      ['networking.k8s.io/v1', 'Ingress'],
      ['networking.k8s.io/v1', 'NetworkPolicy'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler'],
      ['policy/v1', 'PodDisruptionBudget'],
      ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
      ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
      ['monitoring.coreos.com/v1', 'PrometheusRule'],
      ['batch/v1', 'CronJob'],
      ['v1', 'ResourceQuota'],
      ['argoproj.io/v1alpha1', 'Application'],
    );
    const fields = fc.constantFrom(
      'selector',
      'template',
      'spec',
      'containers',
      'ports',
      'rules',
      'http',
      'paths',
      'backend',
      'metadata',
      'labels',
      'volumes',
      'env',
      'ingress',
      'from',
      'subjects',
      'hard',
      'metrics',
      'parentRefs',
      'groups',
      'schedule',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, 0, -1, 'x', '', true),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fields, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, value, value, value), { maxLength: 5 }), (objects) => {
        const text = objects
          .map(([[apiVersion, kind], spec, labels, rest]) =>
            JSON.stringify({
              apiVersion,
              kind,
              metadata: { name: 'a', labels, annotations: rest },
              spec,
              data: rest,
              rules: spec,
              webhooks: rest,
            }),
          )
          .join('\n---\n');
        findings(text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('everything that kubectl takes is read', () => {
  test('several documents, comments, empty ones, line ends of Windows, a byte order mark', () => {
    expect(
      names(
        `\uFEFF# c\r\n---\r\n---\r\n${configMap('a').replaceAll('\n', '\r\n')}---\r\n# nothing\r\n---\r\n${configMap('b')}`,
      ),
    ).toEqual(['a', 'b']);
  });
  test('lists, typed and nested', () => {
    expect(
      names(
        'apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: DeploymentList\n  items:\n  - metadata: {name: a}\n- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n',
      ),
    ).toEqual(['a', 'b']);
  });
  test('JSON with tabs', () => {
    expect(names('{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": {"name": "a"}\n}')).toEqual(['a']);
  });
  test('booleans and octal numbers as kubectl reads them', () => {
    const [manifest] = loadManifests(
      [
        {
          file: 'x.yaml',
          text: `${configMap('a')}data: {a: yes, b: off, c: 0644, d: 2001-01-01, e: "yes", f: 1_000}\n`,
        },
      ],
      'folder',
    ).manifests;
    expect(manifest?.['data']).toEqual({ a: true, b: false, c: 420, d: '2001-01-01', e: 'yes', f: 1000 });
  });
  test('other YAML is left alone', () => {
    for (const text of [
      'replicaCount: 1\nimage: {tag: x}\n',
      'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
      'Resources:\n  A: !Ref b\n',
      'on: push\njobs: {}\n',
      '',
    ]) {
      expect(
        findings(text).filter((each) => !each.startsWith('validate/syntax')),
        text,
      ).toEqual([]);
      expect(names(text)).toEqual([]);
    }
  });
});
