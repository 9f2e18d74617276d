import type { HarmlessEdit, Mutation } from '../mutation.ts';

export const operationsMutations: readonly Mutation[] = [];

export const operationsHarmlessEdits: readonly HarmlessEdit[] = [];
