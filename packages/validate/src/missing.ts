import type { Severity } from '@fairlead/diagnostics';
import type { ManifestSet } from './manifest-set.ts';
import { nameSlipOf } from './name-slips.ts';

/**
 * How much a missing thing weighs: an error in the fleet, where everything that the cluster gets is known; in a folder an error only
 * where the folder declares others of the kind, so that this one is evidently forgotten and not kept elsewhere.
 */
export function missingSeverity(set: ManifestSet, others: { readonly length: number }): Severity {
  return set.context === 'fleet' || others.length > 0 ? 'error' : 'warning';
}

/**
 * How much a missing Secret weighs. Many teams keep Secrets out of git and make them by hand, so in a folder it is an error only where
 * its name is a slip of one that is there, and not its counterpart as `external-tls` is of `internal-tls`.
 */
export function missingSecretSeverity(set: ManifestSet, name: string, others: readonly string[]): Severity {
  return set.context === 'fleet' || nameSlipOf(name, others) !== undefined ? 'error' : 'warning';
}

/**
 * How much a missing thing weighs that platforms usually offer, such as a class or a namespace: an error in the fleet, and in a folder
 * where its name is a slip of one that is declared there.
 */
export function offeredSeverity(set: ManifestSet, name: string, known: readonly string[]): Severity {
  return nameSlipOf(name, known) === undefined ? set.offered : 'error';
}
