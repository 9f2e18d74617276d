import type { HarmlessEdit, Mutation } from '../mutation.ts';

export const rulesMutations: readonly Mutation[] = [];

export const rulesHarmlessEdits: readonly HarmlessEdit[] = [];
