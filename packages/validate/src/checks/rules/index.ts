import type { Check } from '../../check.ts';

export const ruleChecks: readonly Check[] = [];
