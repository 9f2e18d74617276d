import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import { aboutWorkload } from '@fairlead/objects/about-workload';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { ScalingContext } from './check-scaling.ts';
import { controlledBy } from './vertical.ts';

/** What keeps a vertical autoscaler from working beside the rest, or on this cluster. */
export function checkVertical(context: ScalingContext): Diagnostic[] {
  const { cluster, vertical, scaling, resources } = context;
  if (vertical === undefined) return [];
  const found: Diagnostic[] = [];
  if (!cluster.capabilities.autoscaling.vpa) {
    found.push(
      diagnostic('scaling/vpa-missing', {
        message: 'the cluster runs no vertical pod autoscaler, so requests stay as stated',
        hint: `install it, then state capabilities.autoscaling.vpa: true in clusters/${cluster.name}.yaml`,
      }),
    );
  }
  if (controlledBy(vertical, scaling).length === 0) {
    found.push(
      diagnostic('scaling/conflict', {
        message: `a vertical autoscaler in mode ${vertical.mode} and a horizontal one both act on CPU and memory`,
        hint: "state `vertical: { mode: 'recommend' }`, or scale horizontally on one of the two only",
      }),
    );
  }
  for (const [container, { min, max }] of Object.entries(vertical.containers ?? {})) {
    if (container !== '*' && resources !== undefined && !resources.some((each) => each.container === container)) {
      const known = resources.map((each) => each.container).join(', ');
      found.push(
        diagnostic('scaling/unknown-container', {
          message: `there is no container "${container}" to size`,
          hint: `known: ${known}`,
        }),
      );
    }
    for (const name of ['cpu', 'memory'] as const) {
      const [low, high] = [min?.[name], max?.[name]];
      for (const text of [low, high]) {
        if (text !== undefined && quantityNumber(text) === undefined) {
          found.push(
            diagnostic('scaling/target', {
              message: `"${text}" is no quantity of ${name}`,
              hint: 'state one such as 250m or 512Mi',
            }),
          );
        }
      }
      if (low !== undefined && high !== undefined && (quantityNumber(low) ?? 0) > (quantityNumber(high) ?? Infinity)) {
        found.push(
          diagnostic('scaling/range', {
            message: `the least ${name} of ${container}, ${low}, is above the most, ${high}`,
            hint: 'swap min and max',
          }),
        );
      }
    }
  }
  return found.map((each) => aboutWorkload(each, context));
}
