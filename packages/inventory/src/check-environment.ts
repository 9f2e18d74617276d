import { didYouMean } from '@fairlead/diagnostics';
import { compareQuantities } from '@fairlead/objects';
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

/**
 * Checks what a schema cannot say of an environment file; takes nothing about it for granted. Returns the indexes of waivers that
 * accept nothing.
 */
export function checkEnvironment(source: SourceFile, today: string | undefined): ReadonlySet<number> {
  const { strictness, namespaces } = source.value ?? {};
  checkQuota(source, []);
  checkLimits(source, []);
  for (const name of Object.keys(isRecord(namespaces) ? namespaces : {})) {
    checkQuota(source, ['namespaces', name]);
    checkLimits(source, ['namespaces', name]);
  }
  for (const code of Object.keys(isRecord(strictness) ? strictness : {})) {
    checkCode(source, code, ['strictness', code], 'key');
  }
  checkReceivers(source);
  checkDuplicates(source);
  return checkWaivers(source, today);
}

function checkQuota(source: SourceFile, at: readonly string[]): void {
  const quota = valueAt(source.value, [...at, 'quota']);
  for (const resource of Object.keys(isRecord(quota) ? quota : {})) {
    // Counted objects, extended resources and storage classes have names that nobody can list.
    if (quotaResources.includes(resource) || resource.includes('/') || resource.startsWith('hugepages-')) continue;
    source.report('inventory/unknown-key', [...at, 'quota', resource], 'key', {
      message: `a quota cannot limit "${resource}"`,
      hint: didYouMean(resource, quotaResources),
    });
  }
}

/** What a LimitRange states from least to most; the API server refuses one that is out of order. */
const ascending = ['min', 'defaultRequest', 'default', 'max'] as const;

function checkLimits(source: SourceFile, at: readonly string[]): void {
  for (const of of ['container', 'pod', 'claim']) {
    const bounds = valueAt(source.value, [...at, 'limits', of]);
    if (!isRecord(bounds)) continue;
    const stated = ascending.filter((each) => bounds[each] !== undefined);
    for (const [index, lower] of stated.entries()) {
      for (const higher of stated.slice(index + 1)) {
        for (const resource of of === 'claim' ? [''] : ['cpu', 'memory', 'ephemeral-storage']) {
          const step = resource === '' ? [] : [resource];
          const [low, high] = [lower, higher].map((each) => valueAt(bounds, [each, ...step]));
          if (!isQuantity(low) || !isQuantity(high) || (compareQuantities(low, high) ?? 0) <= 0) continue;
          source.report('inventory/out-of-range', [...at, 'limits', of, lower, ...step], 'value', {
            message: `${[lower, ...step].join('.')} of a ${of} is ${low}, and ${[higher, ...step].join('.')} only ${high}`,
            hint: `state them in the order ${ascending.join(' ≤ ')}`,
          });
        }
      }
    }
  }
}

function isQuantity(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);
}

/** Receivers that nobody reaches, severities that reach nobody, and receivers with nowhere to send. */
function checkReceivers(source: SourceFile): void {
  const alerts = source.value?.['alerts'];
  if (!isRecord(alerts) || !isRecord(alerts['receivers'])) return;
  const { enabled, severity, receivers } = alerts;
  const known = Object.keys(receivers);
  const used = new Set<string>();
  let astray = false;
  for (const urgency of ['page', 'ticket']) {
    const stated = isRecord(severity) ? severity[urgency] : undefined;
    if (typeof stated === 'string') {
      used.add(stated);
      if (known.includes(stated)) continue;
      astray = true;
      source.report('inventory/unknown-receiver', ['alerts', 'severity', urgency], 'value', {
        message: `alerts of severity ${urgency} go to "${stated}", which is no receiver of this environment`,
        hint: didYouMean(stated, known),
      });
    } else if (stated === undefined && enabled !== false) {
      source.report('inventory/unknown-receiver', ['alerts', 'receivers'], 'key', {
        message: `nothing says which receiver hears of alerts of severity ${urgency}`,
        hint: `add alerts: { severity: { ${urgency}: ${known[0] ?? '…'} } }`,
      });
    }
  }
  for (const [name, value] of Object.entries(receivers)) {
    const path = ['alerts', 'receivers', name];
    if (isRecord(value) && Object.keys(value).length === 0) {
      source.report('inventory/missing-key', path, 'key', {
        message: `receiver "${name}" has nowhere to send to`,
        hint: 'add slack, pager or email',
      });
    }
    if (!/^[a-zA-Z0-9]([-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/.test(name)) {
      source.report('inventory/bad-format', path, 'key', {
        message: `"${name}" is no name of a receiver`,
        hint: 'it becomes the value of a label: at most 63 letters, digits, hyphens, dots and underscores',
      });
    } else if (!used.has(name) && !astray) {
      source.report('inventory/no-effect', path, 'key', {
        message: `no severity goes to receiver "${name}"`,
        hint: `known severities: page, ticket; remove the receiver, or name it in alerts.severity`,
      });
    }
  }
}
