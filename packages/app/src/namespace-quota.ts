import type { Amounts, Cluster, NamespaceLimits } from '@fairlead/inventory';
import { compareQuantities, type Labels, type Manifest } from '@fairlead/objects';
import { sizes } from '@fairlead/workload';
import type { ILimitRange } from 'kubernetes-models/v1/LimitRange';
import type { ILimitRangeItem } from 'kubernetes-models/v1/LimitRangeItem';
import type { IResourceQuota } from 'kubernetes-models/v1/ResourceQuota';

/**
 * What a namespace may use, and what a container gets that states nothing, as the environment says. A quota refuses pods that do not say
 * what it counts, so it never comes without a LimitRange. Nothing where the environment states neither.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function quotaManifests(namespace: string, labels: Labels, { environment }: Cluster): Manifest[] {
  const { namespaces = {} } = environment;
  const own = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : undefined;
  const quota = merged(environment.quota, own?.quota);
  const limits = mergedLimits(environment.limits, own?.limits);
  const manifests: Manifest[] = [];
  if (quota !== undefined) {
    manifests.push({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'quota', namespace, labels },
      spec: { hard: { ...quota } },
    } satisfies IResourceQuota & Manifest);
  }
  if (quota !== undefined || limits !== undefined) {
    manifests.push({
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'defaults', namespace, labels },
      spec: { limits: limitItems(limits ?? {}, quota ?? {}) },
    } satisfies ILimitRange & Manifest);
  }
  return manifests;
}

function limitItems({ container = {}, pod, claim }: NamespaceLimits, quota: Readonly<Record<string, string>>) {
  const items: ILimitRangeItem[] = [
    { type: 'Container', ...container, ...containerDefaults(container, 'limits.cpu' in quota) },
  ];
  if (pod !== undefined) items.push({ type: 'Pod', ...pod });
  if (claim !== undefined) {
    items.push({
      type: 'PersistentVolumeClaim',
      ...(claim.min !== undefined && { min: { storage: claim.min } }),
      ...(claim.max !== undefined && { max: { storage: claim.max } }),
    });
  }
  return items;
}

/**
 * A container that states nothing is a small one. Its memory limit is its request, so that no node promises memory twice; a CPU limit
 * throttles, so it is set for nobody unless the quota counts it. Where the environment states a most, Kubernetes makes that the limit of
 * whoever states none; less would refuse the pods that request more than it. What is not stated keeps within what is.
 */
function containerDefaults(
  {
    default: limit = {},
    defaultRequest: request = {},
    min = {},
    max = {},
    maxLimitRequestRatio: ratio,
  }: ContainerLimits,
  countsCpu: boolean,
) {
  const { cpu, memory, cpuLimit } = sizes.small;
  const within = (resource: 'cpu' | 'memory', value: string) => atMost(atLeast(value, min[resource]), max[resource]);
  return {
    default: {
      ...(countsCpu || ratio?.cpu !== undefined
        ? { cpu: atLeast(within('cpu', cpuLimit), request.cpu) }
        : max.cpu !== undefined && { cpu: max.cpu }),
      memory: within('memory', request.memory ?? memory),
      ...limit,
    },
    defaultRequest: {
      cpu: atMost(within('cpu', cpu), limit.cpu),
      memory: within('memory', limit.memory ?? memory),
      ...request,
    },
  } satisfies Partial<ILimitRangeItem>;
}

type ContainerLimits = NonNullable<NamespaceLimits['container']>;

function atLeast(value: string, bound: string | undefined): string {
  return bound !== undefined && (compareQuantities(value, bound) ?? 0) < 0 ? bound : value;
}

function atMost(value: string, bound: string | undefined): string {
  return bound !== undefined && (compareQuantities(value, bound) ?? 0) > 0 ? bound : value;
}

function merged<Value extends object>(base: Value | undefined, over: Value | undefined): Value | undefined {
  return base === undefined || over === undefined ? (over ?? base) : { ...base, ...over };
}

function mergedLimits(base: NamespaceLimits | undefined, over: NamespaceLimits | undefined) {
  if (base === undefined || over === undefined) return over ?? base;
  const part = (left: Bounds | undefined, right: Bounds | undefined): Bounds =>
    Object.fromEntries(
      [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])].map((key) => [
        key,
        merged(left?.[key], right?.[key]) ?? {},
      ]),
    );
  return {
    container: part(base.container, over.container),
    ...((base.pod ?? over.pod) && { pod: part(base.pod, over.pod) }),
    ...((base.claim ?? over.claim) && { claim: { ...base.claim, ...over.claim } }),
  } satisfies NamespaceLimits;
}

type Bounds = Readonly<Record<string, Amounts>>;
