import type { CodeEntry } from './index.ts';

/** Faults of identities and of the permissions that are bound to them. */
export const identityCodes = {
  'identity/unknown-placeholder': {
    severity: 'error',
    sentence: 'The identity pattern of a cluster contains a placeholder that nothing replaces.',
    bad: 'identity: { pattern: "arn:aws:iam::{account}:role/{ap}" }',
    good: 'identity: { pattern: "arn:aws:iam::{account}:role/{app}" }',
  },
  'identity/missing-setting': {
    severity: 'error',
    sentence: 'The identity of a cluster lacks a setting that its implementation needs, such as the OIDC issuer.',
    bad: 'identity: irsa # and a workload states identity: true',
    good: "identity: { implementation: irsa, issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF' }",
  },
  'identity/invalid-principal': {
    severity: 'error',
    sentence:
      'The identity pattern of a cluster gives something that is no role ARN, service account e-mail or client id.',
    bad: "identity: { implementation: irsa, pattern: '{cluster}-{app}' }",
    good: "identity: { implementation: irsa, pattern: 'arn:aws:iam::{account}:role/{cluster}-{app}' }",
  },
  'identity/unavailable': {
    severity: 'error',
    sentence: 'A workload wants a cloud identity on a cluster that has none.',
    bad: 'identity: none # and a workload states identity: true',
    good: 'identity: pod-identity',
  },
  'identity/wildcard-rule': {
    severity: 'warning',
    sentence: 'A role allows every verb, resource or group, so it also allows what is added later (CIS 5.1.3).',
    bad: "rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]",
    good: "rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }]",
  },
  'identity/invalid-rule': {
    severity: 'error',
    sentence: 'A role contains a rule that Kubernetes refuses or that allows nothing.',
    bad: "rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: [] }]",
    good: "rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }]",
  },
  'identity/missing-group': {
    severity: 'warning',
    sentence: 'An environment names no group for one of its levels of human access, so nobody gets it.',
    bad: 'access: { admin: [platform], readOnly: [everybody] }',
    good: 'access: { admin: [platform], deploy: [shop], readOnly: [everybody] }',
  },
} as const satisfies Record<string, CodeEntry>;
