import type { HarmlessEdit, Mutation } from '../mutation.ts';

export const monitoringMutations: readonly Mutation[] = [];

export const monitoringHarmlessEdits: readonly HarmlessEdit[] = [];
