import type { Cluster } from '@fairlead/inventory';
import type { Labels, Manifest } from '@fairlead/objects';
import { sizes } from '@fairlead/workload';
import type { ILimitRange } from 'kubernetes-models/v1/LimitRange';
import type { IResourceQuota } from 'kubernetes-models/v1/ResourceQuota';

/**
 * What a namespace may use, as its environment says, and what a container gets that states nothing: a quota refuses pods that do not
 * say what it counts. Nothing where the environment has no quota.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaManifests(namespace: string, labels: Labels, { environment: { quota } }: Cluster): Manifest[] {
  if (quota === undefined) return [];
  const { cpu, memory, cpuLimit } = sizes.small;
  return [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'quota', namespace, labels },
      spec: { hard: { ...quota } },
    } satisfies IResourceQuota & Manifest,
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'defaults', namespace, labels },
      spec: {
        limits: [
          {
            type: 'Container',
            // A CPU limit throttles, so it is set for nobody unless the quota asks for one.
            default: { ...('limits.cpu' in quota && { cpu: cpuLimit }), memory },
            defaultRequest: { cpu, memory },
          },
        ],
      },
    } satisfies ILimitRange & Manifest,
  ];
}
