import type { Manifest } from '@fairlead/objects/manifest';
import { describe, expect, test } from 'vitest';
import { emit } from './emit.ts';

function configMap(data: Record<string, unknown>): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data };
}

describe('layout', () => {
  test('a document begins with its header and identity, and every map with its name', () => {
    const manifest: Manifest = {
      kind: 'Deployment',
      spec: {
        template: {
          spec: {
            volumes: [],
            containers: [
              {
                image: 'example.com/api:1.2.0',
                args: ['--port=8080', '-v'],
                name: 'api',
                ports: [{ containerPort: 8080, name: 'http' }],
                securityContext: {},
              },
            ],
          },
        },
        replicas: 2,
      },
      metadata: { labels: { team: 'hub' }, name: 'api', annotations: { note: 'yes' } },
      apiVersion: 'apps/v1',
    };
    expect(emit(manifest, 'Rendered by Fairlead from apps/api/app.ts\nDo not edit')).toBe(`\
# Rendered by Fairlead from apps/api/app.ts
# Do not edit
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  annotations:
    note: "yes"
  labels:
    team: hub
spec:
  replicas: 2
  template:
    spec:
      containers:
      - name: api
        args:
        - --port=8080
        - -v
        image: example.com/api:1.2.0
        ports:
        - name: http
          containerPort: 8080
        securityContext: {}
      volumes: []
`);
  });

  test('texts of several lines are literal blocks that keep their end and their indentation', () => {
    expect(
      emit(
        configMap({
          'a.conf': 'one\n  two\n\nthree\n',
          b: 'no end',
          c: 'no end\nat all',
          d: 'two ends\n\n',
          e: '  indented\nfirst',
        }),
      ),
    ).toContain(`\
data:
  a.conf: |
    one
      two

    three
  b: no end
  c: |-
    no end
    at all
  d: |+
    two ends

  e: |2-
      indented
    first
`);
  });

  test('lists in lists, shared parts and long lines are written out, without anchors and folds', () => {
    const shared = { cpu: '100m' };
    const long = `${'word '.repeat(100)}end`;
    expect(emit(configMap({ a: shared, b: shared, c: [[1, [2, []]], [{}], ['x\ny']], d: long }))).toContain(`\
data:
  a:
    cpu: 100m
  b:
    cpu: 100m
  c:
  - - 1
    - - 2
      - []
  - - {}
  - - |-
      x
      y
  d: ${long}
`);
  });
});

describe('quotes', () => {
  const plain =
    'a|resource-hub.example.com|10.0.0.0/16|100m|128Mi|5m|/health|--config=/etc/x.yaml|$(HOST):$(PORT)|http://x.example.com:80/?a=b#c|' +
    'Pod is down, again|café|sum by (job) (rate(http_requests_total{code=~"5.."}[5m]))|a"b|it\'s|1st|app.kubernetes.io/name|-e';
  test.each(plain.split('|'))('%s stands as it is', (text) => {
    expect(emit(configMap({ text }))).toContain(`\n  text: ${text}\n`);
  });

  const words = 'y Y n N yes Yes YES no on On off OFF true True false null Null NULL ~ = << --- ... - : | > ] }';
  const numbers =
    '0 -1 +1 0755 0o7 0x1F 0b11 1_000 1e3 1E-3 12e03 .5 5. 1.5 .inf -.Inf .NaN 1,000 1.2.3 12:30:45 1:30 190:20:30.15 e0 -E5 0b-00 0_x7';
  const dates = '2001-01-01|2001-12-14t21:59:43.10-05:00|2001-12-14 21:59:43';
  const indicators = '| | a|a |a:|a: b|a #b|#a|- a|? a|&a|*a|!a|%a|@a|`a|,a|[a|{a|\'a|"a';
  const invisible = ['a\tb', '\ta', 'a\rb', 'a\u0000b', 'a\u0085b', 'a\u2028b', '\ufeffa', '\n'];
  const quoted = [
    ...words.split(' '),
    ...numbers.split(' '),
    ...dates.split('|'),
    ...indicators.split('|'),
    ...invisible,
  ];
  test.each(quoted)('%j is quoted, as a value and as a key', (text) => {
    expect(emit(configMap({ text }))).toMatch(/\n {2}text: ["'].*["']\n$/);
    expect(emit(configMap({ [text]: 1 }))).toMatch(/\n {2}["'].*["']: 1\n$/);
  });

  test.each([
    [0, '0'],
    [-0, '-0.0'],
    [-3, '-3'],
    [2 ** 53, '9007199254740992'],
    [2 ** 60, '1152921504606846976'],
    [1e21, '1.0e+21'],
    [1.5, '1.5'],
    [-2.5e-9, '-2.5e-9'],
    [Number.MIN_VALUE, '5.0e-324'],
  ])('%d is written as %s: integers to the last digit, exponents with a point', (number, written) => {
    expect(emit(configMap({ number }))).toContain(`\n  number: ${written}\n`);
  });

  test('what is no JSON is refused', () => {
    expect(() => emit(configMap({ run: () => 1 }))).toThrow(TypeError);
  });
});
