import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { capacitySummary, capacityTable, type CapacityRow, type CapacitySummary } from './capacity-table.ts';
import { quotaUse, type QuotaUse } from './quota-use.ts';
import { sizingNotes, type SizingNote } from './right-sizing.ts';

/** Everything that is known of the capacity of a fleet; its JSON is what `fairlead capacity --json` prints. */
export interface CapacityReport {
  readonly workloads: readonly CapacityRow[];
  readonly clusters: readonly CapacitySummary[];
  readonly quotas: readonly QuotaUse[];
  readonly notes: readonly SizingNote[];
}

/** Reads what is rendered for each cluster and holds it against the cluster's nodes and quotas. */
export function capacityReport(
  manifests: ReadonlyMap<string, readonly Manifest[]>,
  clusters: readonly Cluster[],
): CapacityReport {
  const workloads = capacityTable(manifests, clusters);
  const summaries = capacitySummary(workloads, clusters);
  const own = (name: string) => workloads.filter(({ cluster }) => cluster === name);
  const quotas = clusters.flatMap(({ name }) => quotaUse(manifests.get(name) ?? [], own(name), name));
  return {
    workloads,
    clusters: summaries,
    quotas,
    notes: summaries.flatMap((summary) => {
      const cluster = clusters.find(({ name }) => name === summary.cluster);
      return cluster === undefined
        ? []
        : sizingNotes(
            own(summary.cluster),
            summary,
            cluster,
            quotas.filter((each) => each.cluster === cluster.name),
          );
    }),
  };
}
