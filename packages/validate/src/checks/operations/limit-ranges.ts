import type { Manifest } from '@fairlead/objects';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { Check, Report } from '../../check.ts';
import { at, listAt, mapAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { containerResource, formatResource, podResource } from '../../pod-resources.ts';
import type { Container, Workload } from '../../workload.ts';

type Amounts = ReadonlyMap<string, number>;
type Kind = 'requests' | 'limits';

/** One entry of a LimitRange as the API server completes it when it stores one. */
interface Limit {
  readonly range: string;
  readonly type: string;
  readonly min: Amounts;
  readonly max: Amounts;
  readonly default: Amounts;
  readonly defaultRequest: Amounts;
  readonly maxLimitRequestRatio: Amounts;
}

/**
 * What pods and claims ask for, after the LimitRanges of their namespace have filled in what they leave out, against the bounds of these.
 * The admission plug-in refuses pods, not workloads: a Deployment that breaks a bound is accepted and never starts.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export const limitRangeOperations: Check = (set, report) => {
  for (const [namespace, limits] of limitsByNamespace(set)) {
    for (const workload of set.workloadsIn(namespace)) {
      checkPod(report, workload, limits);
      const { manifest, spec, specPointer } = workload;
      for (const [index, volume] of listAt(spec, 'volumes').entries()) {
        const pointer = `${specPointer}/volumes/${index}/ephemeral/volumeClaimTemplate/spec`;
        checkClaim(report, manifest, at(volume, 'ephemeral', 'volumeClaimTemplate', 'spec'), pointer, limits);
      }
      for (const [index, claim] of listAt(manifest, 'spec', 'volumeClaimTemplates').entries())
        checkClaim(report, manifest, at(claim, 'spec'), `/spec/volumeClaimTemplates/${index}/spec`, limits);
    }
    for (const claim of set.ofKind('', 'PersistentVolumeClaim'))
      if (set.namespaceOf(claim) === namespace) checkClaim(report, claim, claim['spec'], '/spec', limits);
  }
};

/** What a container gets that states no request or limit of a resource; undefined where nothing is filled in. */
export function defaultAmount(limits: readonly Limit[], kind: Kind, name: string): number | undefined {
  for (const limit of limits) {
    const found = (kind === 'limits' ? limit.default : limit.defaultRequest).get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The entries of the LimitRanges of each namespace that has any. */
export function limitsByNamespace(set: ManifestSet): ReadonlyMap<string, readonly Limit[]> {
  return set.memo(collect);
}

function collect(set: ManifestSet): Map<string, Limit[]> {
  const found = new Map<string, Limit[]>();
  for (const range of set.ofKind('', 'LimitRange')) {
    const limits = listAt(range, 'spec', 'limits').map((each) => complete(range.metadata.name, each));
    const namespace = set.namespaceOf(range);
    found.set(namespace, [...(found.get(namespace) ?? []), ...limits]);
  }
  return found;
}

/** A container's limit is the most, its request the limit or the least, where the entry does not say (SetDefaults_LimitRangeItem). */
function complete(range: string, item: unknown): Limit {
  const type = textAt(item, 'type') ?? '';
  const [min, max] = [amounts(item, 'min'), amounts(item, 'max')];
  const limit = new Map([...(type === 'Container' ? max : []), ...amounts(item, 'default')]);
  const request = new Map([...(type === 'Container' ? [...min, ...limit] : []), ...amounts(item, 'defaultRequest')]);
  return {
    range,
    type,
    min,
    max,
    default: limit,
    defaultRequest: request,
    maxLimitRequestRatio: amounts(item, 'maxLimitRequestRatio'),
  };
}

function amounts(item: unknown, field: string): Map<string, number> {
  const result = new Map<string, number>();
  for (const [name, value] of Object.entries(mapAt(item, field))) {
    const amount = quantityNumber(value);
    if (amount !== undefined) result.set(name, amount);
  }
  return result;
}

/** What is asked, by whom, and where that is stated. */
interface Asked {
  readonly who: string;
  readonly requests: (name: string) => number | undefined;
  readonly limits: (name: string) => number | undefined;
  readonly pointer: (kind: Kind, name: string) => string;
}

function checkPod(report: Report, workload: Workload, limits: readonly Limit[]): void {
  const { manifest, specPointer, containers } = workload;
  const amount = (each: Container, kind: Kind, name: string): number | undefined =>
    containerResource(each, kind, name) ?? defaultAmount(limits, kind, name);
  const sum = (kind: Kind, name: string): number | undefined =>
    containers.some((each) => amount(each, kind, name) !== undefined)
      ? podResource(workload, kind, name, () => defaultAmount(limits, kind, name))
      : undefined;
  const pod: Asked = {
    who: 'the pod',
    requests: (name) => sum('requests', name),
    limits: (name) => sum('limits', name),
    pointer: () => specPointer,
  };
  const asked = containers.map((each): Asked => {
    const resources = `${each.pointer}/resources`;
    return {
      who: `container "${each.name}"`,
      requests: (name) => amount(each, 'requests', name),
      limits: (name) => amount(each, 'limits', name),
      pointer: (kind, name) =>
        at(each.spec, 'resources', kind, name) === undefined ? resources : `${resources}/${kind}/${step(name)}`,
    };
  });
  for (const container of containers) checkDefault(report, manifest, container, limits);
  for (const limit of limits) {
    if (limit.type === 'Container') for (const each of asked) checkBounds(report, manifest, each, limit);
    // Resources of the pod as a whole count instead of those of its containers.
    if (limit.type === 'Pod' && at(workload.spec, 'resources') === undefined) checkBounds(report, manifest, pod, limit);
  }
}

/** A limit that is filled in may be less than the request that is stated. */
function checkDefault(report: Report, manifest: Manifest, container: Container, limits: readonly Limit[]): void {
  for (const [name, value] of Object.entries(mapAt(container.spec, 'resources', 'requests'))) {
    if (at(container.spec, 'resources', 'limits', name) !== undefined) continue;
    const request = quantityNumber(value);
    const source = limits.find((each) => each.default.has(name));
    const limit = source?.default.get(name);
    if (request === undefined || source === undefined || limit === undefined || !isMore(request, limit)) continue;
    // More than the most is told as such.
    if (isMore(request, source.max.get(name) ?? Infinity)) continue;
    report(
      'operations/outside-limit-range',
      manifest,
      `${container.pointer}/resources/requests/${step(name)}`,
      `container "${container.name}" requests ${formatResource(name, request)} of ${name} and states no limit; LimitRange "${source.range}" gives it one of ${formatResource(name, limit)}`,
      { hint: `its pods are refused: state limits.${name}` },
    );
  }
}

function checkBounds(report: Report, manifest: Manifest, asked: Asked, limit: Limit): void {
  const refuse = (kind: Kind, name: string, message: string): void =>
    report('operations/outside-limit-range', manifest, asked.pointer(kind, name), message, {
      hint: 'its pods are refused',
    });
  const says = `LimitRange "${limit.range}"`;
  for (const [name, bound] of limit.max) {
    if (asked.limits(name) === undefined)
      refuse(
        'limits',
        name,
        `${asked.who} has no limits.${name}; ${says} allows at most ${formatResource(name, bound)}`,
      );
    const kind = (['limits', 'requests'] as const).find((each) => isMore(asked[each](name) ?? 0, bound));
    if (kind === undefined) continue;
    const value = formatResource(name, asked[kind](name) ?? 0);
    refuse(
      kind,
      name,
      `${asked.who} has ${kind}.${name} of ${value}; ${says} allows at most ${formatResource(name, bound)}`,
    );
  }
  for (const [name, bound] of limit.min) {
    const value = asked.requests(name);
    if (value === undefined)
      refuse(
        'requests',
        name,
        `${asked.who} has no requests.${name}; ${says} allows at least ${formatResource(name, bound)}`,
      );
    else if (isMore(bound, value))
      refuse(
        'requests',
        name,
        `${asked.who} has requests.${name} of ${formatResource(name, value)}; ${says} allows at least ${formatResource(name, bound)}`,
      );
  }
  for (const [name, most] of limit.maxLimitRequestRatio) {
    const [high, low] = [asked.limits(name), asked.requests(name)];
    if (high === undefined || low === undefined || high === 0 || low === 0)
      refuse(
        'limits',
        name,
        `${asked.who} needs requests.${name} and limits.${name}; ${says} allows at most ${most} times the request`,
      );
    else if (isMore(high / low, most))
      refuse(
        'limits',
        name,
        `${asked.who} may use ${Math.round((high / low) * 100) / 100} times the ${name} it requests; ${says} allows at most ${most} times`,
      );
  }
}

function checkClaim(
  report: Report,
  manifest: Manifest,
  spec: unknown,
  pointer: string,
  limits: readonly Limit[],
): void {
  const asked = quantityNumber(at(spec, 'resources', 'requests', 'storage'));
  if (asked === undefined) return;
  for (const { type, range, min, max } of limits) {
    if (type !== 'PersistentVolumeClaim') continue;
    const [least, most] = [min.get('storage'), max.get('storage')];
    const bound =
      most !== undefined && isMore(asked, most)
        ? `at most ${formatResource('storage', most)}`
        : least !== undefined && isMore(least, asked)
          ? `at least ${formatResource('storage', least)}`
          : undefined;
    if (bound === undefined) continue;
    report(
      'operations/outside-limit-range',
      manifest,
      `${pointer}/resources/requests/storage`,
      `a claim asks for ${formatResource('storage', asked)}; LimitRange "${range}" allows ${bound}`,
      { hint: 'the claim is refused' },
    );
  }
}

/** Quantities become binary fractions. */
function isMore(value: number, bound: number): boolean {
  return value > bound * 1.000001;
}
