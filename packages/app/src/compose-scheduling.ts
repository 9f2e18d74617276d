import { diagnostic } from '@fairlead/diagnostics';
import type { Architecture } from '@fairlead/inventory';
import { joinName, selectorLabels } from '@fairlead/objects';
import { report } from '@fairlead/objects/report';
import type { Neighbour, Scheduled } from '@fairlead/workload';
import { balancerDrainSeconds, schedule } from '@fairlead/workload';
import type { Construct } from 'constructs';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import type { NeighbourHandle, NeighbourOptions } from './workload-options.ts';

/** What scheduling depends on besides what the app states about it. */
export interface SchedulingFacts {
  readonly platforms: readonly Architecture[] | undefined;
  /** Fewest pods that run. */
  readonly replicas: number;
  readonly drainSeconds: number;
  /** True when a route leads to the workload. */
  readonly routed: boolean;
}

/** Where the pods of a workload run, as the cluster's nodes can express it; what they cannot is reported. */
export function composeScheduling(
  scope: Construct,
  graph: AppGraph,
  { kind, reference, options }: WorkloadDeclaration,
  { platforms, replicas, drainSeconds, routed }: SchedulingFacts,
): Scheduled {
  const { cluster } = graph;
  const { together, apart, ...intent } = options.scheduling ?? {};
  const scheduled = schedule({
    cluster,
    workload: reference,
    intent: {
      // What has to be done on every node has to be done on spot nodes.
      ...(kind === 'DaemonSet' && { spot: true, spread: { zone: false, node: false } }),
      ...intent,
      together: together?.map((each) => neighbour(graph, each)),
      apart: apart?.map((each) => neighbour(graph, each)),
    },
    platforms,
    replicas,
    drainSeconds,
    graceSeconds: options.graceSeconds,
    balancerDrainSeconds: routed ? balancerDrainSeconds[cluster.capabilities.ingress.implementation] : 0,
  });
  for (const each of scheduled.diagnostics) report(scope, each);
  for (const each of together ?? []) {
    const { of: handle, strict = false } = 'of' in each ? each : { of: each };
    if (!strict || handle.kind !== 'peer' || cluster.apps.some(({ name }) => name === handle.app)) continue;
    report(
      scope,
      diagnostic('scheduling/no-neighbour', {
        message: `workload "${reference.component}" must run together with ${handle.app}/${handle.workload}, and app "${handle.app}" is not on the cluster`,
        hint: `add ${handle.app} to apps in clusters/${cluster.name}.yaml, or leave strict out`,
        clusters: [cluster.name],
      }),
    );
  }
  return scheduled;
}

function neighbour({ definition, workloads }: AppGraph, given: NeighbourHandle | NeighbourOptions): Neighbour {
  const { of: handle, over = 'node', strict = false } = 'of' in given ? given : { of: given };
  const strength = strict ? 'strict' : 'soft';
  if (handle.kind === 'peer') {
    const { app, workload, namespace } = handle;
    return { name: `${app}/${workload}`, namespace, selector: selectorLabels(app, workload), over, strength };
  }
  const own = workloads.find(({ name }) => name === handle.name)?.reference;
  return {
    name: joinName(definition.name, handle.name),
    namespace: own?.namespace ?? definition.namespace,
    selector: selectorLabels(definition.name, handle.name),
    over,
    strength,
  };
}

/** The architectures that every image of a pod is built for; undefined where one of them does not say. */
export function commonPlatforms(
  platforms: readonly (readonly Architecture[] | undefined)[],
): readonly Architecture[] | undefined {
  let common: readonly Architecture[] | undefined;
  for (const each of platforms) {
    if (each === undefined) return undefined;
    common = common === undefined ? each : common.filter((architecture) => each.includes(architecture));
  }
  return common;
}
