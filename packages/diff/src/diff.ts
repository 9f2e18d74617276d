import { classify } from './classify.ts';
import type { Finding, Sides } from './finding.ts';
import { changeClasses, type ChangeClass, type DiffReport, type SourceManifest } from './model.ts';
import { capacityChange } from './capacity.ts';
import { imageChanges } from './images.ts';
import { pairObjects, type ObjectChange } from './pair.ts';
import { placementChanges } from './placements.ts';
import { examplePrices, type PriceTable } from './prices.ts';
import { rolloutOrder, type ClusterStage } from './rollout.ts';
import { networkEffects } from './rules/network.ts';
import { toEntries } from './report.ts';
import { View } from './view.ts';

/** One side of a comparison. */
export interface Tree {
  /** What the report calls it: a git ref or a folder. */
  readonly name: string;
  readonly manifests: readonly SourceManifest[];
}

/** What a comparison may know beyond the two trees. */
export interface DiffOptions {
  /** Objects that are equal on both sides, for questions about the surroundings of a change (budgets, policies, roles). */
  readonly context?: readonly SourceManifest[];
  /** Source files that changed between the two sides, to say which explain which entries. */
  readonly changedSources?: readonly string[];
  /** Paths of files whose objects are in neither tree: equal on both sides, or unreadable. Their placements are neither new nor gone. */
  readonly otherFiles?: () => Iterable<string>;
  /** The environment of each cluster and its place in the order of roll-out. Default: guessed from the cluster's name. */
  readonly stages?: Readonly<Record<string, ClusterStage>>;
  /** Default: {@link examplePrices}. */
  readonly prices?: PriceTable;
}

/** Compares two sets of objects: pure, deterministic, and symmetric in what it compares. */
export function diffManifests(base: Tree, head: Tree, options: DiffOptions = {}): DiffReport {
  const changes = pairObjects(base.manifests, head.manifests);
  const sides = sidesByCluster(base, head, options.context ?? []);
  const findings: Finding[] = [];
  for (const [cluster, group] of groupByCluster(changes)) {
    const both = sides(cluster);
    const effects = networkEffects(group, both);
    for (const change of group) findings.push(...classify(change, both, effects.get(change)));
  }
  const entries = toEntries(findings, options.changedSources);
  const clusters = unique(changes.map((each) => (each.after ?? each.before)?.cluster));
  const byClass = Object.fromEntries(
    changeClasses.map((each) => [each, entries.filter((entry) => entry.class === each).length]),
  ) as Record<ChangeClass, number>;
  const count = (...kinds: readonly string[]) => changes.filter((each) => kinds.includes(each.change)).length;
  const restarting = findings.filter((each) => each.code === 'pods-restart');
  return {
    version: 1,
    base: base.name,
    head: head.name,
    entries,
    summary: {
      byClass,
      objects: { added: count('added'), removed: count('removed'), modified: count('modified', 'renamed', 'moved') },
      clusters,
      restarts: { workloads: restarting.length, pods: restarting.reduce((sum, each) => sum + (each.pods ?? 0), 0) },
      capacity: capacityChange(changes, sides, options.prices ?? examplePrices),
      apps: unique(changes.map((each) => (each.after ?? each.before)?.app)),
      images: imageChanges(changes),
      placements: placementChanges(
        base.manifests,
        head.manifests,
        changes,
        options.otherFiles ?? (() => (options.context ?? []).map(({ file }) => file)),
      ),
      rollout: rolloutOrder(clusters, options.stages),
    },
  };
}

function groupByCluster(changes: readonly ObjectChange[]): Map<string | undefined, ObjectChange[]> {
  const groups = new Map<string | undefined, ObjectChange[]>();
  for (const change of changes) {
    const cluster = (change.after ?? change.before)?.cluster;
    const group = groups.get(cluster);
    if (group === undefined) groups.set(cluster, [change]);
    else group.push(change);
  }
  return groups;
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((each) => each !== undefined))].sort();
}

function sidesByCluster(
  base: Tree,
  head: Tree,
  context: readonly SourceManifest[],
): (cluster: string | undefined) => Sides {
  const split = (manifests: readonly SourceManifest[]): Map<string, SourceManifest[]> => {
    const groups = new Map<string, SourceManifest[]>();
    for (const each of manifests) {
      const key = each.cluster ?? '';
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [each]);
      else group.push(each);
    }
    return groups;
  };
  const before = split(base.manifests);
  const after = split(head.manifests);
  const around = split(context);
  const cache = new Map<string, Sides>();
  return (cluster = '') => {
    let sides = cache.get(cluster);
    if (sides === undefined) {
      const shared = around.get(cluster) ?? [];
      sides = {
        before: new View([...(before.get(cluster) ?? []), ...shared]),
        after: new View([...(after.get(cluster) ?? []), ...shared]),
      };
      cache.set(cluster, sides);
    }
    return sides;
  };
}
