import type { Check } from '../../check.ts';

export const operationsChecks: readonly Check[] = [];
