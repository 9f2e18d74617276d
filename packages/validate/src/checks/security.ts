import type { Check } from '../check.ts';
import { checkBindings, checkRoles, checkServiceAccounts } from './security/access.ts';
import { checkExposure } from './security/exposure.ts';
import { checkImages } from './security/images.ts';
import { checkNamespaceLevels, checkPodSecurity } from './security/pod-security.ts';
import { checkRootFilesystem } from './security/root-filesystem.ts';
import { checkSecrets } from './security/secrets.ts';

/** What opens a cluster further than meant. */
export const securityChecks: readonly Check[] = [
  checkNamespaceLevels,
  checkPodSecurity,
  checkRoles,
  checkBindings,
  checkServiceAccounts,
  checkSecrets,
  checkImages,
  checkExposure,
  checkRootFilesystem,
];
