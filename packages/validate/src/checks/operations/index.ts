import type { Check } from '../../check.ts';
import { claimOperations, nodeOperations, quotaOperations } from './capacity.ts';
import { containerOperations } from './containers.ts';
import { jobOperations } from './jobs.ts';
import { limitRangeOperations } from './limit-ranges.ts';
import { budgetOperations, replicaOperations } from './replicas.ts';
import { rolloutOperations } from './rollout.ts';

/** What would run, but badly. */
export const operationsChecks: readonly Check[] = [
  containerOperations,
  replicaOperations,
  budgetOperations,
  jobOperations,
  quotaOperations,
  limitRangeOperations,
  nodeOperations,
  claimOperations,
  rolloutOperations,
];
