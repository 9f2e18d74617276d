import type { CodeEntry } from './index.ts';

export const operationsCodes = {} as const satisfies Record<string, CodeEntry>;
