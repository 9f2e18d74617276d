import { countOrPercent } from '@fairlead/objects/forms';
import type { Check } from '../../check.ts';
import { at, listAt, numberAt, textAt } from '../../json.ts';
import { containerResource } from '../../pod-resources.ts';
import { replicasOf, scalersOf } from '../../scaling.ts';
import type { Workload } from '../../workload.ts';

/** Roll-outs that take every replica down at once, and autoscalers that can never scale up. */
export const rolloutOperations: Check = (set, report) => {
  const scalers = scalersOf(set);
  for (const workload of set.workloads) {
    const { manifest, kind, name } = workload;
    if (kind !== 'Deployment') continue;
    const stated = at(manifest, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable');
    if (stated !== undefined) {
      const replicas = replicasOf(set, workload)?.minimum ?? workload.replicas ?? 1;
      const parsed = countOrPercent(stated);
      // Kubernetes rounds a percentage of unavailable pods down.
      const lost =
        parsed === undefined ? 0 : 'percent' in parsed ? Math.floor((replicas * parsed.percent) / 100) : parsed.count;
      if (replicas > 1 && lost >= replicas)
        report(
          'operations/rollout-downtime',
          manifest,
          '/spec/strategy/rollingUpdate/maxUnavailable',
          `a roll-out of Deployment "${name}" may take all ${replicas} replicas down at once`,
          { hint: 'lower maxUnavailable, or raise maxSurge instead' },
        );
    }
    for (const { manifest: scaler } of scalers.get(manifest) ?? []) {
      if (scaler.kind !== 'HorizontalPodAutoscaler') continue;
      for (const [index, metric] of listAt(scaler, 'spec', 'metrics').entries()) {
        const resource = textAt(metric, 'resource', 'name');
        const target = numberAt(metric, 'resource', 'target', 'averageUtilization');
        const most = resource === undefined ? undefined : (highestUse(workload, resource) ?? unlimited);
        if (target !== undefined && most !== undefined && target > most)
          report(
            'operations/unreachable-target',
            scaler,
            `/spec/metrics/${index}/resource/target/averageUtilization`,
            `${kind} "${name}" may use at most ${most} % of the ${resource} it requests, so that it is never scaled up at ${target} %`,
            { hint: 'lower the target, or raise the limit' },
          );
      }
    }
  }
};

/** Percent of its requests that nobody expects of a pod, even one without limits. */
const unlimited = 1000;

/** Percent of its requests that the limits of a pod allow; undefined where a container has no limit. */
function highestUse(workload: Workload, resource: string): number | undefined {
  let [requested, allowed] = [0, 0];
  for (const container of workload.containers) {
    if (container.role === 'init') continue;
    const limit = containerResource(container, 'limits', resource);
    const request = containerResource(container, 'requests', resource);
    if (limit === undefined || request === undefined) return undefined;
    requested += request;
    allowed += limit;
  }
  return requested === 0 ? undefined : Math.floor((allowed / requested) * 100);
}
