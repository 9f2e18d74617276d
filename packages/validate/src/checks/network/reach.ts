import {
  createReachability,
  type Direction,
  type Group,
  type Policy,
  type Reachability,
} from '@fairlead/network-policy/reachability';
import type { Manifest } from '@fairlead/objects';
import type { ManifestSet } from '../../manifest-set.ts';

const build = (set: ManifestSet): Reachability => createReachability(set.manifests);

/** The simulation of a set, made once for all checks. */
export const reachabilityOf = (set: ManifestSet): Reachability => set.memo(build);

/** Severity of what certainly breaks in the fleet and perhaps elsewhere, where a folder may be a part of what a cluster gets. */
export const inFolderWarning = (set: ManifestSet): { severity?: 'warning' } =>
  set.context === 'folder' ? { severity: 'warning' } : {};

/**
 * Where traffic is to be allowed: the policy that is about these pods in particular. Undefined where only policies for every pod
 * of the namespace select them, because those are no place for an exception.
 */
export function policyFor(group: Group, direction: Direction): Policy | undefined {
  return group[direction].find((each) => each.selector.requirements.length > 0);
}

/** `Deployment shop/web`, as findings name a workload. */
export const nameOf = ({ kind, metadata }: Manifest): string =>
  `${kind} ${metadata.namespace ?? 'default'}/${metadata.name}`;

/** The workloads of a group, in words. */
export function groupName(group: Group): string {
  const [first] = group.workloads;
  if (!first) return '';
  return group.workloads.length === 1
    ? nameOf(first.manifest)
    : `${nameOf(first.manifest)} and ${group.workloads.length - 1} like it`;
}
