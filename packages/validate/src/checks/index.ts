import type { Check } from '../check.ts';
import { monitoringChecks } from './monitoring.ts';
import { networkChecks } from './network.ts';
import { operationsChecks } from './operations/index.ts';
import { referenceChecks } from './references/index.ts';
import { ruleChecks } from './rules/index.ts';
import { securityChecks } from './security.ts';

/** Every check, in the order in which they run. */
export const checks: readonly Check[] = [
  ...ruleChecks,
  ...referenceChecks,
  ...networkChecks,
  ...securityChecks,
  ...operationsChecks,
  ...monitoringChecks,
];
