import type { CodeEntry } from './index.ts';

/** Faults of logical secrets: keys, names and what the cluster's provider needs to find them. */
export const secretsCodes = {
  'secrets/undeclared-key': {
    severity: 'error',
    sentence: 'Something wants a key of a secret that the secret does not declare.',
    bad: "app.secret('database', { keys: ['username'] }).key('password')",
    good: "app.secret('database', { keys: ['username', 'password'] }).key('password')",
  },
  'secrets/invalid-key': {
    severity: 'error',
    sentence: 'A key of a secret is declared twice or has a name that a Kubernetes Secret or a file cannot carry.',
    bad: "app.secret('database', { keys: ['user name'] })",
    good: "app.secret('database', { keys: ['username'] })",
  },
  'secrets/missing-setting': {
    severity: 'error',
    sentence:
      "The cluster's secrets provider lacks a setting without which it cannot find a secret, such as the Key Vault's name.",
    bad: 'secrets: azure',
    good: 'secrets: { implementation: azure, keyVault: shop-production }',
  },
  'secrets/unknown-placeholder': {
    severity: 'error',
    sentence: 'The path or name of a secret contains a placeholder that nothing replaces.',
    bad: "secrets: { prefix: '{stage}/{app}' }",
    good: "secrets: { prefix: '{environment}/{app}' }",
  },
  'secrets/invalid-name': {
    severity: 'error',
    sentence: "The name of a secret is one that the cluster's secrets provider refuses.",
    bad: "secrets: { implementation: azure, keyVault: shop, prefix: '{environment}_{app}' }",
    good: "secrets: { implementation: azure, keyVault: shop, prefix: '{environment}-{app}' }",
  },
} as const satisfies Record<string, CodeEntry>;
