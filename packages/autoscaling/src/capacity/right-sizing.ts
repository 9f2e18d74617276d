import type { Cluster } from '@fairlead/inventory';
import { quantityNumber } from '@fairlead/objects/quantity';
import { bytes, cores, percent } from './amounts.ts';
import type { QuotaUse } from './quota-use.ts';
import { isPlaced, type CapacityRow, type CapacitySummary } from './capacity-table.ts';

/** One thing to look at when nodes or requests are sized: what, and of whom. */
export interface SizingNote {
  readonly cluster: string;
  /** `app/workload` of each workload that it is about; empty where it is about the cluster. */
  readonly workloads: readonly string[];
  readonly note: string;
}

/** A node that holds one pod and leaves this share of itself to nobody is a bad fit. */
const wastedShare = 0.4;
/** Above this factor between limit and request, a node's memory is promised several times. */
const overcommit = 2;
/** Nodes and requests differ in shape by this factor before anybody buys other nodes. */
const mismatch = 2;

/** What stands out when requests are held against the nodes: hints, no findings. */
export function sizingNotes(
  rows: readonly CapacityRow[],
  summary: CapacitySummary,
  cluster: Cluster,
  quotas: readonly QuotaUse[] = [],
): SizingNote[] {
  const notes: SizingNote[] = [];
  const note = (text: string, about: readonly CapacityRow[] = []) =>
    notes.push({
      cluster: cluster.name,
      note: text,
      workloads: about.map(({ app, workload }) => `${app}/${workload}`),
    });

  const unstated = rows.filter((row) => row.unstated);
  if (unstated.length > 0) note('request no CPU or no memory: the scheduler takes them for free', unstated);

  const homeless = rows.filter((row) => row.replicas.max > 0 && !isPlaced(row));
  if (cluster.nodePools.length > 0 && homeless.length > 0) note('fit on no node of the cluster', homeless);

  for (const pool of cluster.nodePools) {
    const [cpu, memory] = [quantityNumber(pool.cpu) ?? 0, quantityNumber(pool.memory) ?? 0];
    const alone = rows.filter(
      ({ kind, requests, perNode, replicas }) =>
        kind !== 'DaemonSet' &&
        replicas.max > 1 &&
        perNode[pool.name] === 1 &&
        1 - Math.max(requests.cpu / cpu, requests.memory / memory) > wastedShare - 1e-9,
    );
    if (alone.length > 0)
      note(`need a ${pool.name} node each and leave ${percent(wastedShare)} or more of it to smaller pods`, alone);
    const perNodeOnly = rows.filter(({ kind, perNode }) => kind === 'DaemonSet' && (perNode[pool.name] ?? 0) > 0);
    const taken = Math.max(
      perNodeOnly.reduce((sum, { requests }) => sum + requests.cpu, 0) / cpu,
      perNodeOnly.reduce((sum, { requests }) => sum + requests.memory, 0) / memory,
    );
    if (taken > 0.1)
      note(`take ${percent(taken)} of every ${pool.name} node: larger nodes would carry them less often`, perNodeOnly);
  }

  const loose = rows.filter(
    ({ limits, requests }) =>
      limits.memory !== undefined && requests.memory > 0 && limits.memory > overcommit * requests.memory,
  );
  if (loose.length > 0)
    note(
      `may use more than ${overcommit} times the memory they request: under pressure the node ends them first`,
      loose,
    );

  const { most, nodes } = summary;
  if (nodes !== undefined && most.cpu > 0 && most.memory > 0) {
    const asked = most.memory / most.cpu;
    const has = nodes.memory / nodes.cpu;
    const shape = (value: number) => `${bytes(Math.round(value / 2 ** 20) * 2 ** 20)} a core`;
    if (has > asked * mismatch)
      note(
        `workloads ask for ${shape(asked)} and nodes have ${shape(has)}: CPU runs out first, and types with less memory cost less`,
      );
    else if (asked > has * mismatch)
      note(
        `workloads ask for ${shape(asked)} and nodes have ${shape(has)}: memory runs out first, and types with more memory fit better`,
      );
  }
  for (const [resource, of, write] of [
    ['requests.cpu', 'cpu', cores],
    ['requests.memory', 'memory', bytes],
  ] as const) {
    const promised = quotas.reduce((sum, each) => sum + (each.resource === resource ? each.hard : 0), 0);
    if (nodes !== undefined && promised > nodes[of])
      note(
        `quotas of all namespaces together promise ${write(promised)} of ${resource}, and nodes grow to ${write(nodes[of])}: they do not protect the cluster`,
      );
  }
  if (nodes !== undefined && summary.share !== undefined && summary.share < 0.25 && nodes.cpu > 0)
    note(
      `even at most only ${percent(summary.share)} of what the pools may grow to is asked for (${cores(most.cpu)} of ${cores(nodes.cpu)} CPU): their max may be lower`,
    );
  return notes;
}
