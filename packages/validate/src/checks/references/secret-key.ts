import type { Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { configData } from '../../config-data.ts';
import { hintFrom } from '../../did-you-mean.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSecretSeverity } from '../../missing.ts';

/** A `{ name, key }` by which a manifest refers to a Secret of its own namespace. */
export interface SecretKeyReference {
  readonly name: string;
  readonly key: string | undefined;
  /** Pointer to the reference itself. */
  readonly pointer: string;
  /** What to do about a Secret that is missing and like no other. */
  readonly wayOut?: string | undefined;
}

/** The Secret that a manifest refers to is there, and has the key. */
export function checkSecretKey(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  { name, key, pointer, wayOut }: SecretKeyReference,
): void {
  const namespace = set.namespaceOf(manifest);
  const data = configData(set);
  const keys = data.secret(namespace, name);
  if (keys === undefined) {
    if (data.mayBeMade(namespace, name)) return;
    const known = data.names('Secret', namespace);
    report(
      'references/missing-secret',
      manifest,
      `${pointer}/name`,
      `Secret "${name}" does not exist in namespace ${namespace}`,
      { hint: hintFrom(name, known, wayOut), severity: missingSecretSeverity(set, name, known) },
    );
  } else if (keys !== 'any' && key !== undefined && !keys.has(key)) {
    report('references/missing-key', manifest, `${pointer}/key`, `Secret "${name}" has no key "${key}"`, {
      hint: hintFrom(key, keys),
    });
  }
}
