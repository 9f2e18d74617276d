import type { Check } from '../check.ts';
import { checkBackends, checkScrapes } from './network/backends.ts';
import { checkConnections } from './network/connections.ts';
import { checkExceptions } from './network/exceptions.ts';
import { checkDns, checkIsolation } from './network/isolation.ts';
import { checkHalfOpen, checkUndeclared } from './network/pairs.ts';
import { checkPolicies } from './network/policies.ts';

/** What the NetworkPolicies of a set allow and block, by simulation. */
export const networkChecks: readonly Check[] = [
  checkPolicies,
  checkExceptions,
  checkIsolation,
  checkDns,
  checkConnections,
  checkBackends,
  checkScrapes,
  checkHalfOpen,
  checkUndeclared,
];
