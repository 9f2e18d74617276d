import type { Check } from '../check.ts';

export const referenceChecks: readonly Check[] = [];
