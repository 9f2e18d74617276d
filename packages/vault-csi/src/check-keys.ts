import { type Diagnostic, diagnostic, didYouMean } from '@fairlead/diagnostics';
import { configKey, hasForm } from '@fairlead/objects/forms';
import { keysOf, type Secret } from './secret.ts';

/** Keys that are declared twice or that no Secret can carry. */
export function checkKeys(secret: Secret): Diagnostic[] {
  const fault = (message: string, hint: string) =>
    diagnostic('secrets/invalid-key', {
      message: `secret ${secret.namespace}/${secret.name}: ${message}`,
      hint,
      clusters: [secret.cluster.name],
    });
  const seen = new Set<string>();
  const faults: Diagnostic[] = [];
  for (const { key } of keysOf(secret)) {
    if (!hasForm(key, configKey)) {
      faults.push(fault(`"${key}" is no key`, 'use letters, digits, ".", "-" and "_"'));
    } else if (seen.has(key)) faults.push(fault(`the key ${key} is declared twice`, 'leave one of them out'));
    seen.add(key);
  }
  if (seen.size === 0) faults.push(fault('it has no keys', 'declare the keys that the app reads'));
  return faults;
}

/** The diagnostic that `consumer` wants a key which the secret does not declare; undefined if it does. */
export function undeclaredKey(secret: Secret, key: string, consumer?: string): Diagnostic | undefined {
  const declared = keysOf(secret).map((each) => each.key);
  if (declared.includes(key)) return undefined;
  const who = consumer === undefined ? 'something' : consumer;
  return diagnostic('secrets/undeclared-key', {
    message: `${who} wants the key "${key}" of secret ${secret.namespace}/${secret.name}, which does not declare it`,
    hint: didYouMean(key, declared),
    clusters: [secret.cluster.name],
  });
}
