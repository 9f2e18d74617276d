import type { HarmlessEdit, Mutation } from '../mutation.ts';

export const referencesMutations: readonly Mutation[] = [];

export const referencesHarmlessEdits: readonly HarmlessEdit[] = [];
