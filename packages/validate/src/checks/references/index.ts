import type { Check } from '../../check.ts';
import { namespaceReferences, podReferences } from './cluster.ts';
import { configReferences, pullSecretReferences } from './config.ts';
import { compositionReferences } from './compositions.ts';
import { customResourceReferences } from './custom-resources.ts';
import { addressReferences } from './addresses.ts';
import { argoReferences } from './argo.ts';
import { fluxReferences } from './flux.ts';
import { gatewayReferences } from './gateway.ts';
import { ingressReferences } from './ingress.ts';
import { issuerReferences } from './issuers.ts';
import { monitorReferences } from './monitors.ts';
import { nodeClassReferences } from './node-classes.ts';
import { rbacReferences } from './rbac.ts';
import { secretMountReferences } from './secret-mounts.ts';
import { certificateReferences, secretProviderReferences } from './secret-providers.ts';
import { routerReferences } from './routers.ts';
import { serviceReferences } from './services.ts';
import { stepReferences } from './steps.ts';
import { targetReferences } from './targets.ts';
import { volumePairReferences } from './volume-pairs.ts';
import { webhookReferences } from './webhooks.ts';

/** Everything that one object says about another is true of the others. */
export const referenceChecks: readonly Check[] = [
  configReferences,
  pullSecretReferences,
  serviceReferences,
  ingressReferences,
  gatewayReferences,
  targetReferences,
  monitorReferences,
  podReferences,
  namespaceReferences,
  issuerReferences,
  rbacReferences,
  webhookReferences,
  argoReferences,
  fluxReferences,
  addressReferences,
  secretProviderReferences,
  certificateReferences,
  nodeClassReferences,
  secretMountReferences,
  routerReferences,
  volumePairReferences,
  customResourceReferences,
  stepReferences,
  compositionReferences,
];
