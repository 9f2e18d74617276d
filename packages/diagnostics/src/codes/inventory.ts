import type { CodeEntry } from './index.ts';

/** Faults of `clusters/*.yaml`, `environments/*.yaml` and `apps/*\/releases.yaml`. */
export const inventoryCodes = {
  'inventory/syntax': { severity: 'error', sentence: 'A file of the inventory is not readable YAML.' },
} as const satisfies Record<string, CodeEntry>;
