import type { HarmlessEdit, Mutation } from '../mutation.ts';

export const networkMutations: readonly Mutation[] = [];

export const networkHarmlessEdits: readonly HarmlessEdit[] = [];
