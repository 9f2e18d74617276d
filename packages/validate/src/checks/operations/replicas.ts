import { countOrPercent } from '@fairlead/objects/forms';
import type { Check } from '../../check.ts';
import { at, isMap, listAt, textAt, textsAt } from '../../json.ts';
import { matches } from '../../label-selector.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { containerResource } from '../../pod-resources.ts';
import { replicasOf, scalersOf } from '../../scaling.ts';
import { serviceIndex } from '../../service-index.ts';
import type { Workload } from '../../workload.ts';

/** Replicas, their spread, and who else decides their number. */
export const replicaOperations: Check = (set, report) => {
  // A folder that states no environment may be meant for anything: told, but not held against it.
  const wanted = set.environment?.minimumReplicas ?? 2;
  const who = set.environment === undefined ? 'safe roll-outs and drains need' : `${set.environment.name} asks for`;
  const unsure = set.environment === undefined ? ('info' as const) : undefined;
  const scalers = scalersOf(set);
  const serving = new Set(serviceIndex(set).all.flatMap((each) => each.pods ?? []));
  for (const workload of set.workloads) {
    const { manifest, kind, name } = workload;
    const bounds = replicasOf(set, workload);
    if (bounds === undefined) continue;
    const [scaler, rival] = scalers.get(manifest) ?? [];
    if (scaler === undefined) {
      const replicas = workload.replicas ?? 1;
      // An app that must not run twice says why.
      const singleton = textAt(manifest, 'metadata', 'annotations', 'fairlead.dev/singleton') !== undefined;
      if (replicas > 0 && replicas < wanted && !singleton && serving.has(workload))
        report(
          'operations/single-replica',
          manifest,
          '/spec/replicas',
          `${kind} "${name}" runs with ${replicas} replica${replicas === 1 ? '' : 's'}; ${who} ${wanted}`,
          { hint: `set replicas: ${wanted}, or waive it with a reason`, severity: unsure },
        );
    } else {
      if (scaler.minimum < wanted && serving.has(workload))
        report(
          'operations/autoscaler-minimum',
          scaler.manifest,
          scaler.minimumPointer,
          `${kind} "${name}" may be scaled down to ${scaler.minimum}; ${who} ${wanted}`,
          { hint: `raise it to ${wanted}` },
        );
      if (at(manifest, 'spec', 'replicas') !== undefined && at(manifest, 'spec', 'replicas') !== null)
        report(
          'operations/replicas-with-autoscaler',
          manifest,
          '/spec/replicas',
          `${kind} "${name}" states replicas, but ${scaler.manifest.kind} "${scaler.manifest.metadata.name}" decides them`,
          { hint: 'remove spec.replicas', severity: set.context === 'folder' ? 'info' : undefined },
        );
      if (rival !== undefined)
        report(
          'operations/autoscaler-conflict',
          rival.manifest,
          '/spec/scaleTargetRef',
          `${scaler.manifest.kind} "${scaler.manifest.metadata.name}" scales ${kind} "${name}" already`,
          { hint: 'keep one of the two' },
        );
      checkRequests(workload, scaler.manifest, report);
    }
    checkSpread(workload, bounds.minimum, set, report);
  }
};

function checkRequests(workload: Workload, autoscaler: Workload['manifest'], report: Parameters<Check>[1]): void {
  for (const [index, metric] of listAt(autoscaler, 'spec', 'metrics').entries()) {
    const type = textAt(metric, 'type');
    const source =
      type === 'Resource'
        ? at(metric, 'resource')
        : type === 'ContainerResource'
          ? at(metric, 'containerResource')
          : undefined;
    const resource = textAt(source, 'name');
    const pointer = `/spec/metrics/${index}`;
    const only = type === 'ContainerResource' ? textAt(source, 'container') : undefined;
    if (only !== undefined && !workload.containers.some((each) => each.name === only))
      report(
        'operations/autoscaler-without-request',
        autoscaler,
        `${pointer}/containerResource/container`,
        `${workload.kind} "${workload.name}" has no container "${only}"`,
      );
    if (resource === undefined || textAt(source, 'target', 'type') !== 'Utilization') continue;
    const lacking = workload.containers.find(
      (each) =>
        each.role !== 'init' &&
        (only === undefined || each.name === only) &&
        containerResource(each, 'requests', resource) === undefined &&
        at(each.spec, 'resources', 'requests', resource) === undefined,
    );
    if (lacking !== undefined)
      report(
        'operations/autoscaler-without-request',
        autoscaler,
        pointer,
        `container "${lacking.name}" of ${workload.kind} "${workload.name}" requests no ${resource}, so that its utilization cannot be measured`,
        { hint: `add resources.requests.${resource} to the container` },
      );
  }
  const simple = at(autoscaler, 'spec', 'targetCPUUtilizationPercentage');
  const lacking =
    simple === undefined
      ? undefined
      : workload.containers.find(
          (each) => each.role !== 'init' && containerResource(each, 'requests', 'cpu') === undefined,
        );
  if (lacking !== undefined)
    report(
      'operations/autoscaler-without-request',
      autoscaler,
      '/spec/targetCPUUtilizationPercentage',
      `container "${lacking.name}" of ${workload.kind} "${workload.name}" requests no cpu, so that its utilization cannot be measured`,
      { hint: 'add resources.requests.cpu to the container' },
    );
}

function checkSpread(workload: Workload, minimum: number, set: ManifestSet, report: Parameters<Check>[1]): void {
  const { manifest, spec, specPointer, labels, kind, name } = workload;
  const constraints = listAt(spec, 'topologySpreadConstraints');
  const apart = [
    ...listAt(spec, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution').map(
      (each, index) => [each, `required${rest}/${index}`] as const,
    ),
    ...listAt(spec, 'affinity', 'podAntiAffinity', 'preferredDuringSchedulingIgnoredDuringExecution').map(
      (each, index) => [at(each, 'podAffinityTerm'), `preferred${rest}/${index}/podAffinityTerm`] as const,
    ),
  ];
  for (const [index, each] of constraints.entries()) {
    const selector = at(each, 'labelSelector');
    if (isMap(selector) && !matches(selector, labels))
      report(
        'operations/spread-mismatch',
        manifest,
        `${specPointer}/topologySpreadConstraints/${index}/labelSelector`,
        `the spread constraint of ${kind} "${name}" does not count its own pods`,
        { hint: 'select the labels of the template' },
      );
  }
  for (const [term, place] of apart) {
    const selector = at(term, 'labelSelector');
    if (!isMap(selector) || at(term, 'namespaces') !== undefined || at(term, 'namespaceSelector') !== undefined)
      continue;
    const wanted = [
      ...Object.values(textsAt(selector, 'matchLabels')),
      ...listAt(selector, 'matchExpressions').flatMap((each) => listAt(each, 'values')),
    ];
    // Its own name under a key that no pod has; what others call themselves may be elsewhere.
    if (
      set.select(workload.namespace, selector).length > 0 ||
      !wanted.some((each) => Object.values(labels).includes(`${String(each)}`))
    )
      continue;
    report(
      'operations/spread-mismatch',
      manifest,
      `${specPointer}/affinity/podAntiAffinity/${place}/labelSelector`,
      `the anti-affinity of ${kind} "${name}" selects no pods, not even its own`,
      {
        hint: `select the labels of the template: ${Object.entries(labels)
          .map(([key, value]) => `${key}: ${value}`)
          .join(', ')}`,
      },
    );
  }
  if (minimum < 2 || constraints.length > 0) return;
  if (apart.some(([term]) => matches(at(term, 'labelSelector'), labels))) return;
  report(
    'operations/no-spread',
    manifest,
    specPointer,
    `nothing keeps the ${minimum} pods of ${kind} "${name}" apart`,
    {
      hint: 'add topologySpreadConstraints over topology.kubernetes.io/zone',
      severity: set.environment === undefined ? 'info' : undefined,
    },
  );
}

const rest = 'DuringSchedulingIgnoredDuringExecution';

/** Disruption budgets that never let a pod go, or that collide. */
export const budgetOperations: Check = (set, report) => {
  const guards = new Map<Workload, string>();
  for (const budget of set.ofKind('policy', 'PodDisruptionBudget')) {
    const selector = at(budget, 'spec', 'selector');
    const pods = isMap(selector) ? set.select(set.namespaceOf(budget), selector) : [];
    for (const workload of pods) {
      const other = guards.get(workload);
      if (other !== undefined)
        report(
          'operations/several-budgets',
          budget,
          '/spec/selector',
          `${workload.kind} "${workload.name}" is also guarded by PodDisruptionBudget "${other}"`,
          { hint: 'the eviction API refuses pods with two budgets: remove one' },
        );
      else guards.set(workload, budget.metadata.name);
    }
    const most = countOrPercent(at(budget, 'spec', 'maxUnavailable'));
    const least = countOrPercent(at(budget, 'spec', 'minAvailable'));
    if (most !== undefined && ('count' in most ? most.count === 0 : most.percent === 0)) {
      report(
        'operations/budget-blocks-drain',
        budget,
        '/spec/maxUnavailable',
        `PodDisruptionBudget "${budget.metadata.name}" lets no pod go, so that no node with one can be drained`,
        { hint: 'set maxUnavailable: 1' },
      );
      continue;
    }
    const bounds = pods.map((each) => replicasOf(set, each));
    const total = bounds.reduce((sum, each) => sum + (each?.minimum ?? 0), 0);
    if (bounds.length === 0 || bounds.some((each) => each === undefined) || total === 0) continue;
    // Kubernetes rounds percentages up.
    const kept = least === undefined ? 0 : 'count' in least ? least.count : Math.ceil((least.percent * total) / 100);
    if (least !== undefined && kept >= total) {
      report(
        'operations/budget-blocks-drain',
        budget,
        '/spec/minAvailable',
        `PodDisruptionBudget "${budget.metadata.name}" keeps ${kept} of ${total} pod${total === 1 ? '' : 's'}, so that no node with one can be drained`,
        { hint: total > 1 ? 'set maxUnavailable: 1' : 'raise the replicas, and set maxUnavailable: 1' },
      );
    }
  }
};
