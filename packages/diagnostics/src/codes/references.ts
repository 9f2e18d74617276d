import type { CodeEntry } from './index.ts';

export const referenceCodes = {} as const satisfies Record<string, CodeEntry>;
