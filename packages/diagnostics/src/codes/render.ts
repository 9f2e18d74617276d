import type { CodeEntry } from './index.ts';

/** Faults of a construct tree: what it holds cannot become a manifest without damage. */
export const renderCodes = {
  'render/failed': {
    severity: 'error',
    sentence: 'A construct threw while its object was turned into a manifest.',
    bad: 'patch: (manifest) => manifest.spec.template.metadata.labels.team.toUpperCase() // there is no team',
    good: 'patch: (manifest) => manifest.spec.template.metadata.labels.team?.toUpperCase()',
  },
  'render/validation': {
    severity: 'error',
    sentence: 'A validation that a construct carries (`node.addValidation`) refuses the tree.',
    bad: "construct.node.addValidation({ validate: () => (replicas > 9 ? ['too many replicas'] : []) }); // replicas: 12",
    good: 'replicas: 9',
  },
  'render/incomplete-object': {
    severity: 'error',
    sentence: 'An object lacks `apiVersion`, `kind` or `metadata.name`, so nothing can apply it.',
    bad: 'apiVersion: v1\nmetadata:\n  name: settings',
    good: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings',
  },
  'render/duplicate-object': {
    severity: 'error',
    sentence:
      'Two constructs make the same object (group, kind, namespace and name); a cluster would keep only one of them.',
    bad: "new KubeConfigMap(chart, 'a', { metadata: { name: 'settings' } });\nnew KubeConfigMap(chart, 'b', { metadata: { name: 'settings' } });",
    good: "new KubeConfigMap(chart, 'a', { metadata: { name: 'settings' } });\nnew KubeConfigMap(chart, 'b', { metadata: { name: 'limits' } });",
  },
  'render/duplicate-file': {
    severity: 'error',
    sentence: 'Two objects of a placement would be written to the same file.',
    bad: '{ apiVersion: a.example.com/v1, kind: Widget, metadata: { name: web } }\n---\n{ apiVersion: b.example.com/v1, kind: Widget, metadata: { name: web } }',
    good: '{ apiVersion: a.example.com/v1, kind: Widget, metadata: { name: web } }\n---\n{ apiVersion: b.example.com/v1, kind: Widget, metadata: { name: web-b } }',
  },
  'render/not-a-number': {
    severity: 'error',
    sentence: 'A number is NaN or infinite, mostly the result of arithmetic on a missing value; JSON has neither.',
    bad: '{ replicas: Number(undefined) }',
    good: '{ replicas: 2 }',
  },
  'render/unsupported-value': {
    severity: 'error',
    sentence: 'A value is not JSON: a Date, a Map, a class instance, a function, a symbol or a bigint.',
    bad: '{ notBefore: new Date(0) }',
    good: "{ notBefore: '1970-01-01T00:00:00Z' }",
  },
  'render/missing-item': {
    severity: 'error',
    sentence: 'A list has a hole or an undefined item, which would reach the cluster as null.',
    bad: "{ args: ['serve', verbose ? '-v' : undefined] }",
    good: "{ args: ['serve', ...(verbose ? ['-v'] : [])] }",
  },
  'render/null-dropped': {
    severity: 'warning',
    sentence: 'A field is null; it is left out of the manifest, as cdk8s does.',
    bad: '{ emptyDir: null }',
    good: '{ emptyDir: {} }',
  },
  'render/cycle': {
    severity: 'error',
    sentence: 'A value contains itself, or is nested too deeply to be meant.',
    bad: 'const labels = {}; labels.self = labels;',
    good: "const labels = { app: 'shop' };",
  },
  'render/too-large': {
    severity: 'error',
    sentence: 'An object has more values than any API server accepts, mostly because shared parts multiply.',
    bad: 'data: Object.fromEntries(everyProduct.map((each) => [each.id, each.description]))',
    good: "data: { catalogue: 'https://catalogue.example.com' }",
  },
  'render/unsafe-key': {
    severity: 'error',
    sentence:
      'A map has the key `__proto__`, which JavaScript programs that read the manifest mistake for something else.',
    bad: '{ data: JSON.parse(\'{ "__proto__": "x" }\') }',
    good: "{ data: { prototype: 'x' } }",
  },
  'render/ill-formed-text': {
    severity: 'error',
    sentence: 'A text has half of a surrogate pair, mostly an emoji that was cut in two; UTF-8 cannot hold it.',
    bad: "{ title: '🚀 Shop'.slice(0, 1) }",
    good: "{ title: [...'🚀 Shop'][0] }",
  },
  'render/environment-variable': {
    severity: 'error',
    sentence:
      'An environment variable that changes what cdk8s renders is set, so equal sources would give unequal bytes.',
    bad: 'CDK8S_LEGACY_HASH=1 npx fairlead synth',
    good: 'npx fairlead synth',
  },
} as const satisfies Record<string, CodeEntry>;
