import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import { groupOf, type Manifest } from '@fairlead/objects';
import { at, list, text } from './capacity/json.ts';

interface Autoscaler {
  readonly kind: string;
  readonly name: string;
  readonly manifest: Manifest;
  /** Resources it measures or changes. */
  readonly resources: ReadonlySet<string>;
}

/** Autoscalers by the workload that they act on. */
interface Autoscalers {
  readonly horizontal: ReadonlyMap<string, readonly Autoscaler[]>;
  readonly vertical: ReadonlyMap<string, readonly Autoscaler[]>;
}

/**
 * Two autoscalers of one set of manifests that act on the same workload: two horizontal ones, or what {@link verticalConflicts} finds.
 * Whoever rendered them.
 */
export function scalingConflicts(manifests: Iterable<Manifest>): Diagnostic[] {
  const autoscalers = autoscalersOf(manifests);
  const found: Diagnostic[] = [];
  for (const [target, [first, ...others]] of autoscalers.horizontal) {
    for (const other of others)
      found.push(
        conflict(
          other,
          `${other.kind} ${other.name} and ${first?.kind} ${first?.name} both scale ${target}`,
          'keep one of them',
        ),
      );
  }
  return [...found, ...withVertical(autoscalers)];
}

/** A vertical autoscaler that changes what a horizontal one measures, and two vertical ones of one workload. */
export function verticalConflicts(manifests: Iterable<Manifest>): Diagnostic[] {
  return withVertical(autoscalersOf(manifests));
}

function withVertical({ horizontal, vertical }: Autoscalers): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [target, [first, ...others]] of vertical) {
    for (const other of first === undefined ? [] : [first, ...others]) {
      const shared = [...other.resources].filter((resource) =>
        horizontal.get(target)?.some(({ resources }) => resources.has(resource)),
      );
      if (shared.length === 0) continue;
      const message = `VerticalPodAutoscaler ${other.name} changes ${shared.join(' and ')} of ${target}, which a horizontal one measures`;
      found.push(conflict(other, message, 'set updateMode: "Off", or controlledResources to the others'));
    }
    for (const other of others)
      found.push(
        conflict(
          other,
          `VerticalPodAutoscaler ${other.name} and ${first?.name} both size ${target}`,
          'keep one of them',
        ),
      );
  }
  return found;
}

function autoscalersOf(manifests: Iterable<Manifest>): Autoscalers {
  const horizontal = new Map<string, Autoscaler[]>();
  const vertical = new Map<string, Autoscaler[]>();
  for (const manifest of manifests) {
    const group = groupOf(manifest.apiVersion);
    if (manifest.kind === 'HorizontalPodAutoscaler' && group === 'autoscaling')
      add(horizontal, manifest, 'scaleTargetRef', measured(manifest));
    if (manifest.kind === 'ScaledObject' && group === 'keda.sh')
      add(horizontal, manifest, 'scaleTargetRef', triggered(manifest));
    if (
      manifest.kind === 'VerticalPodAutoscaler' &&
      group === 'autoscaling.k8s.io' &&
      text(at(manifest, 'spec', 'updatePolicy', 'updateMode')) !== 'Off'
    ) {
      add(vertical, manifest, 'targetRef', controlled(manifest));
    }
  }
  return { horizontal, vertical };
}

function add(
  into: Map<string, Autoscaler[]>,
  manifest: Manifest,
  reference: string,
  resources: ReadonlySet<string>,
): void {
  const { namespace = '', name } = manifest.metadata;
  const target = at(manifest, 'spec', reference);
  const kind = text(at(target, 'kind')) ?? 'Deployment';
  const key = `${kind} ${namespace}/${text(at(target, 'name')) ?? ''}`;
  const known = into.get(key);
  const entry = { kind: manifest.kind, name, manifest, resources };
  if (known === undefined) into.set(key, [entry]);
  else known.push(entry);
}

function measured(manifest: Manifest): ReadonlySet<string> {
  const names = list(at(manifest, 'spec', 'metrics')).map((metric) =>
    text(at(metric, 'resource', 'name') ?? at(metric, 'containerResource', 'name')),
  );
  return new Set(names.filter((name) => name !== undefined));
}

function triggered(manifest: Manifest): ReadonlySet<string> {
  const types = list(at(manifest, 'spec', 'triggers')).map((trigger) => text(at(trigger, 'type')));
  return new Set(types.filter((type) => type !== undefined));
}

function controlled(manifest: Manifest): ReadonlySet<string> {
  const policies = list(at(manifest, 'spec', 'resourcePolicy', 'containerPolicies'));
  if (policies.length === 0) return new Set(['cpu', 'memory']);
  const resources = policies.flatMap((policy) => {
    if (text(at(policy, 'mode')) === 'Off') return [];
    const stated = at(policy, 'controlledResources');
    return stated === undefined ? ['cpu', 'memory'] : list(stated).map(text);
  });
  return new Set(resources.filter((name) => name !== undefined));
}

function conflict({ manifest }: Autoscaler, message: string, hint: string): Diagnostic {
  const { apiVersion, kind, metadata } = manifest;
  return diagnostic('scaling/conflict', {
    message,
    hint,
    object: { apiVersion, kind, namespace: metadata.namespace, name: metadata.name },
  });
}
