import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { Secret } from './secret.ts';

/** What a prefix of the cluster file may contain. */
function replacements({ cluster, owner, namespace }: Secret): Readonly<Record<string, string>> {
  return {
    account: cluster.account,
    app: owner.app,
    cluster: cluster.name,
    environment: cluster.environment.name,
    namespace,
    region: cluster.region,
  };
}

/**
 * Where a secret lies at its provider: the stated path, or the cluster's prefix and the secret's name.
 * `separator` is `/` where paths exist and `-` where names are flat.
 */
export function remotePath(secret: Secret, separator: '/' | '-'): { path: string; diagnostics: Diagnostic[] } {
  const { cluster } = secret;
  const known = replacements(secret);
  const diagnostics: Diagnostic[] = [];
  const stated = secret.path ?? `${cluster.capabilities.secrets.prefix}/${secret.secret ?? secret.name}`;
  const expanded = stated.replace(/\{([^{}]*)\}/g, (whole, word: string) => {
    const value = Object.hasOwn(known, word) ? known[word] : undefined;
    if (value !== undefined) return value;
    diagnostics.push(
      diagnostic('secrets/unknown-placeholder', {
        message: `secret ${secret.namespace}/${secret.name}: nothing replaces {${word}} in "${stated}"`,
        hint: `known: ${Object.keys(known)
          .map((name) => `{${name}}`)
          .join(', ')}`,
        clusters: [cluster.name],
      }),
    );
    return whole;
  });
  // Vault's policies read * and + as wildcards; the rest of what is left out has a meaning in HCL or in URLs.
  if (diagnostics.length === 0 && !/^[\w.@=/-]+$/.test(expanded)) {
    diagnostics.push(
      diagnostic('secrets/invalid-name', {
        message: `secret ${secret.namespace}/${secret.name}: "${expanded}" is no path of a secret`,
        hint: 'use letters, digits and . _ - @ = between slashes',
        clusters: [cluster.name],
      }),
    );
  }
  const parts = expanded.split('/').filter((part) => part !== '');
  return { path: parts.join(separator), diagnostics };
}
