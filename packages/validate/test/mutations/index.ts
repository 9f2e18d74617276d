import type { HarmlessEdit, Mutation } from '../mutation.ts';
import { knownNameHarmlessEdits, knownNameMutations } from './known-names.ts';
import { monitoringHarmlessEdits, monitoringMutations } from './monitoring.ts';
import { networkHarmlessEdits, networkMutations } from './network.ts';
import { operationsHarmlessEdits, operationsMutations } from './operations.ts';
import { referencesHarmlessEdits, referencesMutations } from './references.ts';
import { refusedMutations } from './refused.ts';
import { routerMutations } from './routers.ts';
import { rulesHarmlessEdits, rulesMutations } from './rules.ts';
import { schemaHarmlessEdits, schemaMutations } from './schema.ts';
import { securityHarmlessEdits, securityMutations } from './security.ts';

export const mutations: readonly Mutation[] = [
  ...schemaMutations,
  ...rulesMutations,
  ...referencesMutations,
  ...networkMutations,
  ...securityMutations,
  ...operationsMutations,
  ...monitoringMutations,
  ...knownNameMutations,
  ...refusedMutations,
  ...routerMutations,
];

export const harmlessEdits: readonly HarmlessEdit[] = [
  ...schemaHarmlessEdits,
  ...rulesHarmlessEdits,
  ...referencesHarmlessEdits,
  ...networkHarmlessEdits,
  ...securityHarmlessEdits,
  ...operationsHarmlessEdits,
  ...monitoringHarmlessEdits,
  ...knownNameHarmlessEdits,
];
