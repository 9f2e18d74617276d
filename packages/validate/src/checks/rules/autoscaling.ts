import type { Manifest } from '@fairlead/objects';
import { countOrPercent } from '@fairlead/objects/forms';
import type { Check, Report } from '../../check.ts';
import { at, isMap, listAt, numberAt, textAt } from '../../json.ts';
import { checkSelector } from './metadata.ts';

const metricFields: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

/** Bounds and metrics of autoscalers. */
export const autoscalerRules: Check = (set, report) => {
  for (const autoscaler of set.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
    checkBounds(
      report,
      autoscaler,
      numberAt(autoscaler, 'spec', 'minReplicas'),
      numberAt(autoscaler, 'spec', 'maxReplicas'),
      'minReplicas',
      'maxReplicas',
      1,
    );
    for (const [index, metric] of listAt(autoscaler, 'spec', 'metrics').entries())
      checkMetric(report, autoscaler, metric, `/spec/metrics/${index}`);
    const percent = numberAt(autoscaler, 'spec', 'targetCPUUtilizationPercentage');
    if (percent !== undefined && percent < 1)
      report(
        'rules/autoscaler',
        autoscaler,
        '/spec/targetCPUUtilizationPercentage',
        `a utilization of ${percent}% cannot be reached`,
      );
    for (const direction of ['scaleUp', 'scaleDown']) {
      const pointer = `/spec/behavior/${direction}`;
      const window = numberAt(autoscaler, 'spec', 'behavior', direction, 'stabilizationWindowSeconds');
      if (window !== undefined && (window < 0 || window > 3600))
        report(
          'rules/autoscaler',
          autoscaler,
          `${pointer}/stabilizationWindowSeconds`,
          `stabilizationWindowSeconds is ${window}; it must be from 0 to 3600`,
        );
      listAt(autoscaler, 'spec', 'behavior', direction, 'policies').forEach((policy, index) => {
        const [value, period] = [numberAt(policy, 'value'), numberAt(policy, 'periodSeconds')];
        if (value !== undefined && value < 1)
          report(
            'rules/autoscaler',
            autoscaler,
            `${pointer}/policies/${index}/value`,
            `the value of a policy must be positive, not ${value}`,
          );
        if (period !== undefined && (period < 1 || period > 1800))
          report(
            'rules/autoscaler',
            autoscaler,
            `${pointer}/policies/${index}/periodSeconds`,
            `periodSeconds is ${period}; it must be from 1 to 1800`,
          );
      });
    }
  }
  for (const scaled of set.ofKind('keda.sh', 'ScaledObject')) {
    checkBounds(
      report,
      scaled,
      numberAt(scaled, 'spec', 'minReplicaCount'),
      numberAt(scaled, 'spec', 'maxReplicaCount'),
      'minReplicaCount',
      'maxReplicaCount',
      0,
    );
    if (listAt(scaled, 'spec', 'triggers').length === 0)
      report('rules/autoscaler', scaled, '/spec', 'a ScaledObject needs triggers');
  }
};

function checkBounds(
  report: Report,
  manifest: Manifest,
  least: number | undefined,
  most: number | undefined,
  leastField: string,
  mostField: string,
  floor: number,
): void {
  if (least !== undefined && least < floor)
    report(
      'rules/autoscaler',
      manifest,
      `/spec/${leastField}`,
      `${leastField} is ${least}; it must be at least ${floor}`,
      { hint: least === 0 ? 'scaling to nothing needs KEDA' : undefined },
    );
  if (most !== undefined && most < 1)
    report('rules/autoscaler', manifest, `/spec/${mostField}`, `${mostField} is ${most}; it must be at least 1`);
  else if (most !== undefined && (least ?? floor) > most)
    report(
      'rules/autoscaler',
      manifest,
      `/spec/${mostField}`,
      `${mostField} (${most}) is less than ${leastField} (${least ?? floor})`,
    );
}

function checkMetric(report: Report, manifest: Manifest, metric: unknown, pointer: string): void {
  const type = textAt(metric, 'type');
  const field = type === undefined ? undefined : metricFields[type];
  if (type === undefined || field === undefined) {
    if (type !== undefined)
      report('rules/autoscaler', manifest, `${pointer}/type`, `"${type}" is no type of a metric`, {
        hint: Object.keys(metricFields).join(', '),
      });
    return;
  }
  const source = at(metric, field);
  if (!isMap(source)) {
    report('rules/autoscaler', manifest, pointer, `a metric of type ${type} needs ${field}`);
    return;
  }
  const target = source['target'];
  if (!isMap(target)) return;
  const wanted = { Utilization: 'averageUtilization', AverageValue: 'averageValue', Value: 'value' }[
    textAt(target, 'type') ?? ''
  ];
  if (wanted !== undefined && target[wanted] === undefined)
    report(
      'rules/autoscaler',
      manifest,
      `${pointer}/${field}/target`,
      `a target of type ${textAt(target, 'type')} needs ${wanted}`,
    );
  const percent = numberAt(target, 'averageUtilization');
  if (percent !== undefined && percent < 1)
    report(
      'rules/autoscaler',
      manifest,
      `${pointer}/${field}/target/averageUtilization`,
      `a utilization of ${percent}% cannot be reached`,
    );
}

/** PodDisruptionBudgets state one bound, and a valid one. */
export const budgetRules: Check = (set, report) => {
  for (const budget of set.ofKind('policy', 'PodDisruptionBudget')) {
    const [least, most] = [at(budget, 'spec', 'minAvailable'), at(budget, 'spec', 'maxUnavailable')];
    if (least !== undefined && most !== undefined)
      report('rules/budget', budget, '/spec', 'minAvailable and maxUnavailable exclude each other', {
        hint: 'keep maxUnavailable',
      });
    for (const [field, value] of [
      ['minAvailable', least],
      ['maxUnavailable', most],
    ] as const) {
      if (value === undefined) continue;
      const parsed = countOrPercent(value);
      if (parsed === undefined || ('percent' in parsed && parsed.percent > 100))
        report(
          'rules/budget',
          budget,
          `/spec/${field}`,
          `${JSON.stringify(value)} is neither a count nor a percentage`,
          { hint: 'such as 1 or 25%' },
        );
    }
    checkSelector(report, budget, at(budget, 'spec', 'selector'), '/spec/selector');
  }
};
