import { diagnostic, type Diagnostic, type Finding } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import type { WorkloadReference } from '@fairlead/objects';
import { aboutWorkload } from '@fairlead/objects/about-workload';
import { supportsTolerance } from './behavior.ts';
import { checkEventSource } from './check-event-source.ts';
import type { ContainerResources, MetricQuantity, Scaling, VerticalScaling } from './intent.ts';
import { quantityNumber } from '@fairlead/objects/quantity';

/** What autoscaling is decided from: the cluster's capabilities, the workload, and what its app states. */
export interface ScalingContext {
  readonly cluster: Cluster;
  readonly workload: WorkloadReference;
  /** The containers' requests and limits; absent: not known, so nothing is said about them. */
  readonly resources?: readonly ContainerResources[] | undefined;
  readonly scaling?: Scaling | undefined;
  readonly vertical?: VerticalScaling | undefined;
}

type Resource = 'cpu' | 'memory';

/** Everything that keeps a scaling intent from working on a cluster. */
export function checkScaling(context: ScalingContext): Diagnostic[] {
  const { scaling } = context;
  if (scaling === undefined) return [];
  return [
    ...checkKind(context.workload, scaling),
    ...checkRange(context, scaling),
    ...checkMetrics(context, scaling),
    ...checkTargets(scaling),
    ...checkRequests(context, scaling),
    ...checkBehavior(context, scaling),
    ...(scaling.events ?? []).flatMap((source) => checkEventSource(source, context.cluster)),
  ].map((each) => aboutWorkload(each, context));
}

/** The resources that a horizontal autoscaler of this intent measures. */
export function measuredResources(scaling: Scaling | undefined): ReadonlySet<Resource> {
  const measured = new Set<Resource>();
  if (scaling?.cpu !== undefined) measured.add('cpu');
  if (scaling?.memory !== undefined) measured.add('memory');
  for (const { resource } of scaling?.containers ?? []) measured.add(resource);
  return measured;
}

function checkKind(workload: WorkloadReference, scaling: Scaling): Diagnostic[] {
  if (workload.kind === 'Deployment' || workload.kind === 'StatefulSet') return [];
  const events = (scaling.events ?? []).length > 0;
  if (workload.kind === 'Job' && events && measuredResources(scaling).size === 0) return [];
  const hint = {
    DaemonSet: 'a DaemonSet runs one pod per node; leave the range of replicas out',
    CronJob: 'a CronJob runs by its schedule; state parallelism on the job, or make it a Deployment',
    Job: 'state `events` alone, for an EventDrivenJob, or parallelism on the job',
  }[workload.kind];
  return [diagnostic('scaling/unsupported-kind', { message: `a ${workload.kind} cannot be scaled by replicas`, hint })];
}

function checkRange({ cluster, workload }: ScalingContext, { min, max, events = [] }: Scaling): Diagnostic[] {
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max < 1) {
    return [fault('scaling/range', `the range ${min} to ${max} is not made of whole numbers from 0 and 1 up`)];
  }
  if (min > max)
    return [
      fault('scaling/range', `the least number of replicas, ${min}, is above the highest, ${max}`, 'swap min and max'),
    ];
  if (min === 0) {
    // CPU, memory and pending entries are measured on running pods: none of them wakes a workload that has none.
    const wakes = events.some((event) => event.source !== 'redis-stream' || event.lag !== undefined);
    if (wakes) return [];
    return [
      fault(
        'scaling/zero',
        'zero replicas without an event source to wake them',
        'state `min: 1`, or `events` that wake it',
      ),
    ];
  }
  const { minimumReplicas, name } = cluster.environment;
  if (workload.service !== undefined && min < minimumReplicas) {
    const message = `the least number of replicas is ${min}, and ${name} asks for ${minimumReplicas} behind a Service`;
    return [
      fault(
        'scaling/below-minimum',
        message,
        `state \`min: ${minimumReplicas}\`, or lower minimumReplicas of environments/${name}.yaml`,
      ),
    ];
  }
  return [];
}

function checkMetrics({ cluster }: ScalingContext, scaling: Scaling): Diagnostic[] {
  const { resourceMetrics, customMetrics, keda } = cluster.capabilities.autoscaling;
  const { events = [], pods = [], object = [], external = [] } = scaling;
  const resources = measuredResources(scaling);
  const custom = [...pods, ...object, ...external];
  const found: Diagnostic[] = [];
  if (resources.size + custom.length + events.length === 0) {
    found.push(
      fault(
        'scaling/no-metric',
        'a range of replicas with nothing to scale on',
        'state `cpu: 70`, another metric, or a plain number of replicas',
      ),
    );
  }
  if (resources.size > 0 && !resourceMetrics) {
    found.push(
      fault(
        'scaling/metric-not-exported',
        `${[...resources].join(' and ')} of pods is not served: the cluster runs no metrics-server`,
        `install metrics-server, then state capabilities.autoscaling.resourceMetrics: true in clusters/${cluster.name}.yaml`,
      ),
    );
  }
  if (events.length > 0 && !keda) {
    found.push(
      fault(
        'scaling/keda-missing',
        'event sources need KEDA',
        `install KEDA, then state capabilities.autoscaling.keda: true in clusters/${cluster.name}.yaml`,
      ),
    );
  }
  if (events.length > 0 && custom.length > 0) {
    const names = custom.map(({ metric }) => metric).join(', ');
    found.push(
      fault(
        'scaling/conflict',
        `${names} beside event sources: KEDA makes its own autoscaler, and a second one would be refused`,
        "state the metric among `events`, as { source: 'prometheus' }",
      ),
    );
  } else if (custom.length > 0 && !customMetrics) {
    const names = custom.map(({ metric }) => metric).join(', ');
    const hint = keda
      ? "state it among `events`, as { source: 'prometheus' }, which KEDA reads"
      : `install prometheus-adapter, then state capabilities.autoscaling.customMetrics: true in clusters/${cluster.name}.yaml`;
    found.push(fault('scaling/metric-not-exported', `nothing serves ${names} to autoscalers`, hint));
  }
  return found;
}

function checkTargets(scaling: Scaling): Diagnostic[] {
  const found: Diagnostic[] = [];
  const percents = [
    ['cpu', scaling.cpu],
    ['memory', scaling.memory],
    ...(scaling.containers ?? []).map((each) => [`${each.resource} of ${each.container}`, each.utilization] as const),
  ] as const;
  for (const [name, percent] of percents) {
    if (percent !== undefined && !(Number.isInteger(percent) && percent >= 1 && percent <= 1000)) {
      found.push(
        fault(
          'scaling/target',
          `${percent} is no percentage of the ${name} request`,
          'state a whole number such as 70',
        ),
      );
    }
  }
  const amount = (metric: string, quantity: MetricQuantity | undefined) => {
    if (quantity === undefined || !((quantityNumber(quantity) ?? 0) > 0)) {
      found.push(
        fault(
          'scaling/target',
          `${quantity ?? 'nothing'} is no target of the metric ${metric}`,
          'state a quantity above zero such as 20 or 500m',
        ),
      );
    }
  };
  for (const { metric, average } of scaling.pods ?? []) amount(metric, average);
  for (const { metric, value, average } of [...(scaling.object ?? []), ...(scaling.external ?? [])]) {
    if (value !== undefined && average !== undefined)
      found.push(fault('scaling/target', `the metric ${metric} has both a value and an average`, 'state one of them'));
    else amount(metric, value ?? average);
  }
  return found;
}

function checkRequests({ resources }: ScalingContext, scaling: Scaling): Diagnostic[] {
  if (resources === undefined) return [];
  const found: Diagnostic[] = [];
  const running = resources.filter(({ init }) => init !== true);
  for (const resource of ['cpu', 'memory'] as const) {
    if (scaling[resource] === undefined) continue;
    for (const { container, requests } of running) {
      if (requests?.[resource] === undefined) found.push(missingRequest(container, resource));
    }
  }
  for (const { container, resource } of scaling.containers ?? []) {
    const known = running.find((each) => each.container === container);
    if (known === undefined) {
      const names = running.map((each) => each.container).join(', ');
      found.push(
        fault('scaling/unknown-container', `there is no container "${container}" to measure`, `known: ${names}`),
      );
    } else if (known.requests?.[resource] === undefined) {
      found.push(missingRequest(container, resource));
    }
  }
  return found;
}

function missingRequest(container: string, resource: Resource): Diagnostic {
  return fault(
    'scaling/requests-missing',
    `container ${container} states no ${resource} request, of which the target is a share`,
    `state requests.${resource} of ${container}`,
  );
}

function checkBehavior({ cluster }: ScalingContext, { behavior }: Scaling): Diagnostic[] {
  const stated = [behavior?.up, behavior?.down].some((direction) => direction?.tolerance !== undefined);
  if (!stated || supportsTolerance(cluster.kubernetes)) return [];
  return [
    fault(
      'scaling/unsupported',
      `tolerance needs Kubernetes 1.35, and the cluster runs ${cluster.kubernetes}; it is left out`,
      'leave it out, or upgrade the cluster',
    ),
  ];
}

function fault(code: Diagnostic['code'], message: string, hint?: string): Diagnostic {
  const finding: Finding = hint === undefined ? { message } : { message, hint };
  return diagnostic(code, finding);
}
