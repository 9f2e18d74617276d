import type { CodeEntry } from './index.ts';

/** Faults of `apps/*`: what an author wrote cannot be rendered. */
export const appCodes = {
  'app/failed': { severity: 'error', sentence: 'The code of an app threw while one of its placements was built.' },
} as const satisfies Record<string, CodeEntry>;
