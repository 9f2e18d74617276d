import { didYouMean } from '@fairlead/diagnostics';
import type { Rule } from '@fairlead/rbac';
import type { Fault } from './check-values.ts';
import { isRecord, shown } from './check-values.ts';
import type { ExtraMetadata, Metrics, SingleJobOptions, StorageOptions } from './workload-options.ts';
import type { RouteOptions } from './route-options.ts';

/** The names of an interface's keys, written out so that the compiler keeps them complete. */
function keysOf<T>(keys: Readonly<Record<keyof T, true>>): readonly string[] {
  return Object.keys(keys);
}

/** Keys of options that are objects of a fixed shape. */
export const keysOfOption = {
  metadata: keysOf<ExtraMetadata>({ podAnnotations: true, podLabels: true, serviceAnnotations: true }),
  permissions: keysOf<Rule>({ apiGroups: true, resources: true, resourceNames: true, verbs: true }),
  storage: keysOf<StorageOptions>({ size: true, path: true, intent: true }),
  metrics: keysOf<Exclude<Metrics, true>>({ path: true, port: true, interval: true, exports: true }),
  startedBy: keysOf<NonNullable<SingleJobOptions['startedBy']>>({ events: true, max: true, min: true }),
  route: keysOf<RouteOptions>({
    name: true,
    host: true,
    to: true,
    probe: true,
    exposure: true,
    minimumTls: true,
    redirectHttp: true,
    requestHeaders: true,
    responseHeaders: true,
    securityHeaders: true,
    cors: true,
    requestTimeout: true,
    idleTimeout: true,
    maximumBodySize: true,
    rateLimit: true,
    sessionAffinity: true,
    authentication: true,
    firewall: true,
    ddosProtection: true,
    accessLog: true,
  }),
};

/** Tells of every key that is none of those known: a misspelt one would be left out of what is rendered without a word. */
export function checkKeys(value: unknown, at: string, fault: Fault, known: readonly string[]): void {
  if (!isRecord(value)) return;
  for (const key in value) {
    if (value[key] === undefined || known.includes(key)) continue;
    fault(`${at === '' ? 'it' : at} has the unknown key ${shown(key)}`, didYouMean(key, known));
  }
}
