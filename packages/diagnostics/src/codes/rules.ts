import type { CodeEntry } from './index.ts';

export const ruleCodes = {} as const satisfies Record<string, CodeEntry>;
