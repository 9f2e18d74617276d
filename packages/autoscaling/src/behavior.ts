import type { IHorizontalPodAutoscalerBehavior } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscalerBehavior';
import type { IHPAScalingRules } from 'kubernetes-models/autoscaling/v2/HPAScalingRules';
import { shared } from '@fairlead/objects/plain';
import type { Scaling, ScalingDirection } from './intent.ts';

/**
 * Up: at once, because users wait, but at most doubling (or four pods, which is what lets a small workload grow) a minute,
 * so that one wrong sample cannot order a hundred pods.
 *
 * Down: only after five calm minutes and at most a tenth (or one pod) a minute, because load that went away often comes back,
 * and pods that start again cost more than pods that idle. Kubernetes' own default may remove all surplus pods at once.
 */
const defaults = {
  up: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 60 },
      { type: 'Pods', value: 4, periodSeconds: 60 },
    ],
  },
  down: {
    stabilizationWindowSeconds: 300,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 10, periodSeconds: 60 },
      { type: 'Pods', value: 1, periodSeconds: 60 },
    ],
  },
} as const;

/** First minor version whose API server accepts `tolerance` without a feature gate set by hand. */
const toleranceSince = 35;

/** The behaviour of an autoscaler: what the intent states, else the defaults, per direction and field. */
export function scalingBehavior(stated: Scaling['behavior'], kubernetes: string): IHorizontalPodAutoscalerBehavior {
  return stated === undefined ? usual : behavior(stated, kubernetes);
}

function behavior(stated: Scaling['behavior'], kubernetes: string): IHorizontalPodAutoscalerBehavior {
  return { scaleDown: direction('down', stated?.down, kubernetes), scaleUp: direction('up', stated?.up, kubernetes) };
}

function direction(way: 'up' | 'down', stated: ScalingDirection | undefined, kubernetes: string): IHPAScalingRules {
  const { stabilizationWindowSeconds, selectPolicy, policies } = defaults[way];
  return {
    stabilizationWindowSeconds: stated?.stabilization ?? stabilizationWindowSeconds,
    selectPolicy: stated?.select ?? selectPolicy,
    policies: (stated?.policies ?? policies).map((policy) => ({ ...policy })),
    ...(stated?.tolerance !== undefined && supportsTolerance(kubernetes) ? { tolerance: stated.tolerance } : {}),
  };
}

const usual = shared(behavior(undefined, ''));

/** True where `behavior.*.tolerance` is on by default (sources differ between 1.34 and 1.35, so the later one counts). */
export function supportsTolerance(kubernetes: string): boolean {
  return Number(kubernetes.split('.')[1]) >= toleranceSince;
}
