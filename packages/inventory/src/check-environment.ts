import { didYouMean } from '@fairlead/diagnostics';
import { checkDuplicates } from './check-duplicates.ts';
import { checkCode, checkWaivers } from './check-waivers.ts';
import { isRecord, type SourceFile } from './source-file.ts';

/** What a ResourceQuota can limit by plain name (kubernetes.io, Resource Quotas). */
const quotaResources = [
  'cpu',
  'memory',
  'pods',
  'services',
  'services.loadbalancers',
  'services.nodeports',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
];

/** Checks what a schema cannot say of an environment file; takes nothing about it for granted. */
export function checkEnvironment(source: SourceFile, today: string | undefined): void {
  const { quota, strictness } = source.value ?? {};
  for (const resource of Object.keys(isRecord(quota) ? quota : {})) {
    // Counted objects, extended resources and storage classes have names that nobody can list.
    if (quotaResources.includes(resource) || resource.includes('/') || resource.startsWith('hugepages-')) continue;
    source.report('inventory/unknown-key', ['quota', resource], 'key', {
      message: `a quota cannot limit "${resource}"`,
      hint: didYouMean(resource, quotaResources),
    });
  }
  for (const code of Object.keys(isRecord(strictness) ? strictness : {})) {
    checkCode(source, code, ['strictness', code], 'key');
  }
  checkDuplicates(source);
  checkWaivers(source, today);
}
