import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import { aboutWorkload } from '@fairlead/objects/about-workload';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { ScalingContext } from './check-scaling.ts';
import { podRequests } from './pod-requests.ts';

/** Whether the cluster's nodes can hold a pod, its limits, and all of its replicas. Says nothing where node pools are not described. */
export function checkNodes(context: ScalingContext): Diagnostic[] {
  const { cluster, resources, scaling } = context;
  if (resources === undefined || cluster.nodePools.length === 0) return [];
  const pools = cluster.nodePools.map(({ name, cpu, memory, max }) => ({
    name,
    cpu: quantityNumber(cpu) ?? 0,
    memory: quantityNumber(memory) ?? 0,
    max,
  }));
  const found: Diagnostic[] = [];
  const wanted = podRequests(resources);

  const fits = pools.filter(({ cpu, memory }) => cpu >= wanted.cpu && memory >= wanted.memory);
  if (fits.length === 0) {
    const nodes = cluster.nodePools.map(({ name, cpu, memory }) => `${name} ${cpu}/${memory}`).join(', ');
    found.push(
      diagnostic('scaling/exceeds-node', {
        message: `a pod asks for ${cores(wanted.cpu)} and ${bytes(wanted.memory)}, and no node has both`,
        hint: `state a smaller \`size\`, or larger nodes among nodePools in clusters/${cluster.name}.yaml; per node: ${nodes}`,
      }),
    );
    return found.map((each) => aboutWorkload(each, context));
  }
  for (const { container, limits } of resources) {
    for (const name of ['cpu', 'memory'] as const) {
      const largest = Math.max(...pools.map((pool) => pool[name]));
      const limit = limits?.[name];
      if (limit !== undefined && (quantityNumber(limit) ?? 0) > largest) {
        const has = name === 'cpu' ? cores(largest) : bytes(largest);
        found.push(
          diagnostic('scaling/limit-exceeds-node', {
            message: `the ${name} limit of ${container}, ${limit}, is above the largest node's ${has}`,
            hint: `state a smaller \`size\`, with a limit of at most ${has}`,
          }),
        );
      }
    }
  }
  if (scaling !== undefined && (wanted.cpu > 0 || wanted.memory > 0)) {
    const room = fits.reduce(
      (sum, { cpu, memory, max }) => sum + max * Math.floor(Math.min(cpu / wanted.cpu, memory / wanted.memory)),
      0,
    );
    if (scaling.max > room) {
      found.push(
        diagnostic('scaling/exceeds-pool', {
          message: `${scaling.max} replicas are stated, and all nodes together hold ${room}`,
          hint: `state \`max: ${room}\`, or raise max of a pool among nodePools in clusters/${cluster.name}.yaml`,
        }),
      );
    }
  }
  return found.map((each) => aboutWorkload(each, context));
}

function cores(value: number): string {
  return `${Number(value.toFixed(3))} CPU`;
}

function bytes(value: number): string {
  return `${Math.ceil(value / 2 ** 20)}Mi`;
}
