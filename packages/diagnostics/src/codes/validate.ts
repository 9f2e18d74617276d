import type { CodeEntry } from './index.ts';

/** Faults of files that are to be judged, before any check can look at an object. */
export const validateCodes = {
  'validate/unreadable': {
    severity: 'error',
    sentence:
      'A file is no text that can be read safely: binary, too large, not UTF-8, nested without end, or an alias bomb.',
    bad: 'a: &a [x, x]\nb: &b [*a, *a]   # … twenty more levels of doubling',
    good: 'a: [x, x]',
  },
  'validate/syntax': {
    severity: 'error',
    sentence: 'A document is not valid YAML.',
    bad: 'metadata:\n\tname: web   # indented with a tab',
    good: 'metadata:\n  name: web',
  },
  'validate/duplicate-key': {
    severity: 'error',
    sentence: 'A key stands twice in one map; API servers refuse that, and some tools silently keep the last.',
    bad: 'metadata:\n  name: web\n  name: api',
    good: 'metadata:\n  name: web',
  },
  'validate/template': {
    severity: 'error',
    sentence: 'A file is a template that must be rendered before it is Kubernetes YAML.',
    bad: 'metadata:\n  name: {{ .Release.Name }}',
    good: 'metadata:\n  name: web   # helm template … > rendered.yaml',
  },
  'validate/not-a-manifest': {
    severity: 'error',
    sentence: 'A document among manifests is no Kubernetes object, so that applying the file fails.',
    bad: '- just\n- a list',
    good: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web',
  },
  'validate/no-api-version': {
    severity: 'error',
    sentence: 'An object has no apiVersion, so that no API server knows what it is.',
    bad: 'kind: Service\nmetadata:\n  name: web',
    good: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web',
  },
  'validate/no-kind': {
    severity: 'error',
    sentence: 'An object has no kind, so that no API server knows what it is.',
    bad: 'apiVersion: v1\nmetadata:\n  name: web',
    good: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web',
  },
  'validate/no-name': {
    severity: 'error',
    sentence: 'An object has neither a name nor a generateName, so that it cannot be created.',
    bad: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  namespace: shop',
    good: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop',
  },
  'validate/duplicate-object': {
    severity: 'error',
    sentence: 'Two manifests are the same object to a cluster; whichever is applied last wins.',
    bad: '# a.yaml and b.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop',
    good: '# b.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other-settings\n  namespace: shop',
  },
  'validate/expired-waiver': {
    severity: 'warning',
    sentence: 'The date of a waiver has passed, so that it accepts nothing any more.',
    bad: 'waivers:\n  - { code: operations/single-replica, owner: shop, reason: licence, expires: 2020-01-01 }',
    good: 'waivers: []',
  },
  'validate/unused-waiver': {
    severity: 'warning',
    sentence: 'A waiver accepts a finding that no longer exists, and would hide the next one.',
    bad: 'waivers:\n  - { code: operations/single-replica, target: shop/gone, owner: shop, reason: licence, expires: 2030-01-01 }',
    good: 'waivers: []',
  },
  'validate/invalid-waiver': {
    severity: 'error',
    sentence:
      'A waiver lacks an owner, a reason, a date or a known code, or is about an error that cannot be accepted, and so accepts nothing.',
    bad: 'waivers:\n  - { code: operations/single-replica, expires: tomorrow }',
    good: 'waivers:\n  - { code: operations/single-replica, owner: shop, reason: licence for one, expires: 2030-01-01 }',
  },
  'schema/invalid': {
    severity: 'error',
    sentence:
      'An object does not fit the strict schema of its kind on the version of its cluster; a control plane drops or refuses such fields.',
    bad: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replica: 3',
    good: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 3',
  },
  'schema/unknown-kind': {
    severity: 'error',
    sentence: 'No schema is known for a kind: the cluster may not serve it at all.',
    bad: 'apiVersion: apps/v1\nkind: Deploymnet',
    good: 'apiVersion: apps/v1\nkind: Deployment',
  },
} as const satisfies Record<string, CodeEntry>;
