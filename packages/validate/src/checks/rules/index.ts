import type { Check } from '../../check.ts';
import { definitionRules, durationRules, podSecurityLabelRules, webhookRules } from './admission.ts';
import { autoscalerRules, budgetRules } from './autoscaling.ts';
import { closedListRules } from './closed-lists.ts';
import { completenessRules } from './incomplete.ts';
import { configRules } from './config.ts';
import { containerRules } from './containers.ts';
import { gatewayRules } from './gateways.ts';
import { ingressRules } from './ingresses.ts';
import { knownNameRules } from './known-names.ts';
import { duplicateRules, metadataRules } from './metadata.ts';
import { networkPolicyRules } from './network-policies.ts';
import { podRules } from './pods.ts';
import { rbacRules } from './rbac.ts';
import { refusedObjectRules } from './refused-objects.ts';
import { refusedPodRules } from './refused-pods.ts';
import { serviceRules } from './services.ts';
import { priorityRules, quotaRules, storageRules } from './storage.ts';
import { versionRules } from './versions.ts';
import { workloadRules } from './workloads.ts';

/** What API servers refuse although schemas let it pass, each object by itself. */
export const ruleChecks: readonly Check[] = [
  metadataRules,
  duplicateRules,
  versionRules,
  podRules,
  containerRules,
  workloadRules,
  serviceRules,
  ingressRules,
  gatewayRules,
  networkPolicyRules,
  configRules,
  autoscalerRules,
  budgetRules,
  rbacRules,
  storageRules,
  quotaRules,
  priorityRules,
  webhookRules,
  definitionRules,
  podSecurityLabelRules,
  durationRules,
  completenessRules,
  knownNameRules,
  closedListRules,
  refusedPodRules,
  refusedObjectRules,
];
