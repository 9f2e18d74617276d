import { type Labels, podTemplates, type PodTemplateKind } from '@fairlead/objects';
import { parseSelector, selects as matches } from '@fairlead/objects/label-selector';
import { isMap } from './canonical.ts';
import { quantity } from './meaning.ts';
import type { SourceManifest } from './model.ts';
import { storedGroup } from './stored-group.ts';
import type { Values } from './shapes/shape.ts';

/** `group/Kind` of an object. */
export function kindOf(source: SourceManifest): string {
  return `${storedGroup(source.manifest)}/${source.manifest.kind}`;
}

/** The value at a path of keys; undefined when anything on the way is missing. */
export function dig(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isMap(current)) return undefined;
    current = current[key];
  }
  return current ?? undefined;
}

/** A list, or nothing where there is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The maps of a list. */
export function maps(value: unknown): readonly Values[] {
  return list(value).filter(isMap);
}

/** A text, or nothing where there is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number, or nothing where there is none. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** How a workload keeps and runs its pods; undefined for other kinds. */
export function podTemplateOf(source: SourceManifest): PodTemplateKind | undefined {
  const kind = kindOf(source);
  return Object.hasOwn(podTemplates, kind) ? podTemplates[kind] : undefined;
}

/** The pod template of a workload. A Pod is its own. */
export function templateOf(source: SourceManifest): Values | undefined {
  const facts = podTemplateOf(source);
  if (facts === undefined) return undefined;
  const value = facts.path.length === 0 ? source.manifest : dig(source.manifest, ...facts.path);
  return isMap(value) ? value : undefined;
}

/** All containers of a pod template, with the name of their list. */
export function containersOf(template: Values | undefined): { readonly list: string; readonly container: Values }[] {
  const spec = dig(template, 'spec');
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((name) =>
    maps(dig(spec, name)).map((container) => ({ list: name, container })),
  );
}

/**
 * How many pods a workload runs by itself, without an autoscaler. A DaemonSet counts as one: its nodes are not known here; what is
 * started by a clock or by events runs none in between.
 */
export function declaredReplicas(source: SourceManifest): number {
  const { manifest } = source;
  const facts = podTemplateOf(source);
  if (facts?.runs === 'replicas') return number(dig(manifest, 'spec', 'replicas')) ?? 1;
  if (facts?.runs !== 'done') return 1;
  if (manifest.kind === 'Job') return number(dig(manifest, 'spec', 'parallelism')) ?? 1;
  return number(dig(manifest, 'spec', 'minReplicaCount')) ?? 0;
}

/** Requests of one pod: the containers' sum or the largest init container, plus sidecars. */
export function podRequests(template: Values | undefined): { cpu: number; memory: number } {
  const sum = { cpu: 0, memory: 0 };
  const init = { cpu: 0, memory: 0 };
  for (const { list: name, container } of containersOf(template)) {
    if (name === 'ephemeralContainers') continue;
    for (const resource of ['cpu', 'memory'] as const) {
      const asked =
        quantity(dig(container, 'resources', 'requests', resource)) ??
        quantity(dig(container, 'resources', 'limits', resource)) ??
        0;
      if (name === 'containers' || container['restartPolicy'] === 'Always') sum[resource] += asked;
      else init[resource] = Math.max(init[resource], asked);
    }
  }
  return { cpu: Math.max(sum.cpu, init.cpu), memory: Math.max(sum.memory, init.memory) };
}

/** True when a label selector selects these labels. An absent selector selects nothing, an empty one everything. */
export function selects(selector: unknown, labels: unknown): boolean {
  return matches(parseSelector(selector, 'nothing'), isLabels(labels) ? labels : {});
}

const isLabels = (value: unknown): value is Labels => isMap(value);

/** True for the kinds that run pods. */
export function isWorkload(source: SourceManifest): boolean {
  return podTemplateOf(source) !== undefined;
}
