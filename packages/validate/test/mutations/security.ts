import type { HarmlessEdit, Mutation } from '../mutation.ts';

export const securityMutations: readonly Mutation[] = [];

export const securityHarmlessEdits: readonly HarmlessEdit[] = [];
