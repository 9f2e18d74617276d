import { behavesRules } from './leaf/behaves.ts';
import { deliveryRules } from './leaf/delivery.ts';
import { destroysRules } from './leaf/destroys.ts';
import { interruptsRules } from './leaf/interrupts.ts';
import { operatorRules } from './leaf/operators.ts';
import { opensAccessRules } from './leaf/opens-access.ts';
import { opensPodRules } from './leaf/opens-pod.ts';
import { weakensOperationsRules } from './leaf/weakens-operations.ts';
import { weakensWorkloadRules } from './leaf/weakens-workload.ts';
import type { LeafRule } from './leaf/leaf-rule.ts';

/** Rules about single fields; the first that matches takes the leaf, so the order of the tables counts. */
export const leafRules: readonly LeafRule[] = [
  ...deliveryRules,
  ...operatorRules,
  ...destroysRules,
  ...opensPodRules,
  ...opensAccessRules,
  ...weakensWorkloadRules,
  ...weakensOperationsRules,
  ...interruptsRules,
  ...behavesRules,
];
