import { podTemplateKinds } from '@fairlead/objects';
import { canonical } from './canonical.ts';
import type { SourceManifest } from './model.ts';
import { dig, isWorkload, kindOf, templateOf } from './workloads.ts';

/** Which unchanged files the rules have to see, beside the changed ones. */
export interface ContextNeeds {
  /** Clusters whose policies and workloads the simulation needs; `''` stands for trees without clusters. */
  readonly networkOf: ReadonlySet<string>;
}

/** Tells from the changed objects which surroundings decide what they mean. */
export function contextNeeds(base: readonly SourceManifest[], head: readonly SourceManifest[]): ContextNeeds {
  const networkOf = new Set<string>();
  const labels = new Map<string, string>();
  const key = ({ manifest, cluster }: SourceManifest) =>
    `${cluster ?? ''}|${manifest.kind}|${manifest.metadata.namespace ?? ''}|${manifest.metadata.name}`;
  const labelsOf = (each: SourceManifest) =>
    canonical(
      each.manifest.kind === 'Namespace' ? each.manifest.metadata.labels : dig(templateOf(each), 'metadata', 'labels'),
      undefined,
    );
  for (const each of [...base, ...head])
    if (kindOf(each) === 'networking.k8s.io/NetworkPolicy') networkOf.add(each.cluster ?? '');
  for (const each of base)
    if (each.manifest.kind === 'Namespace' || isWorkload(each)) labels.set(key(each), labelsOf(each));
  for (const each of head) {
    if (each.manifest.kind !== 'Namespace' && !isWorkload(each)) continue;
    const before = labels.get(key(each));
    if (before !== undefined && before !== labelsOf(each)) networkOf.add(each.cluster ?? '');
  }
  return { networkOf };
}

const aroundKinds = [
  // What runs once, or alone, shares no one's budget or autoscaler.
  ...podTemplateKinds.filter((kind) => kind !== 'Pod' && kind !== 'Job'),
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'PodDisruptionBudget',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'Service',
];
const networkKinds = ['NetworkPolicy', 'Namespace', ...podTemplateKinds, 'Service'];
const pattern = (kinds: readonly string[]) =>
  new RegExp(`^[\\s"'{-]*(?:"kind"|kind)["']?:\\s*["']?(?:${kinds.join('|')}|List)\\b`, 'm');
const aroundPattern = pattern(aroundKinds);
const networkPattern = pattern(networkKinds);

/** True when a text may hold an object that a neighbour's meaning depends on. Reads no YAML. */
export function mayBeContext(text: string, network: boolean): boolean {
  return aroundPattern.test(text) || (network && networkPattern.test(text));
}

const names = (kinds: readonly string[]) => new RegExp(`^(?:${kinds.map((each) => each.toLowerCase()).join('|')})-`);
const aroundName = names(aroundKinds);
const networkName = names(networkKinds);
const otherName =
  /^(?:configmap|secret|secretproviderclass|serviceaccount|servicemonitor|podmonitor|prometheusrule|ingress|httproute|persistentvolumeclaim|customresourcedefinition|storageclass|resourcequota|limitrange)-/;

/** True when a file named `<kind>-<name>.yaml` may be context; a file of another naming may be, too. */
export function mayBeContextByName(path: string, network: boolean): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (otherName.test(name)) return false;
  return aroundName.test(name) || (network ? networkName.test(name) : !networkName.test(name));
}
