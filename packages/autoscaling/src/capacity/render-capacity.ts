import type { Requests } from '../pod-requests.ts';
import { bytes, cores, percent } from './amounts.ts';
import type { CapacityReport } from './capacity-report.ts';
import type { CapacityRow, CapacitySummary } from './capacity-table.ts';
import { writeAmount, type QuotaUse } from './quota-use.ts';
import type { SizingNote } from './right-sizing.ts';

export interface CapacityView {
  /** A line per workload, or one per app with the sums of its workloads. Default: per workload. */
  readonly by?: 'workload' | 'app' | undefined;
  /** Only the lines of these apps; sums of clusters and quotas stay what they are. */
  readonly apps?: readonly string[] | undefined;
}

/**
 * The capacity of a fleet as Markdown, which also reads well on a terminal: the clusters side by side, then for each its workloads,
 * quotas, and what stands out.
 */
export function renderCapacity(report: CapacityReport, { by = 'workload', apps }: CapacityView = {}): string {
  const shown = report.workloads.filter(({ app }) => apps === undefined || apps.includes(app));
  const sections = report.clusters.map((summary) => {
    const own = <Item extends { readonly cluster: string }>(items: readonly Item[]) =>
      items.filter(({ cluster }) => cluster === summary.cluster);
    const rows = own(shown);
    const parts = [
      `## ${summary.cluster}`,
      rows.length === 0 ? 'No workloads.' : by === 'app' ? appTable(rows) : workloadTable(rows),
      verdict(summary),
      quotaTable(own(report.quotas), new Set(apps === undefined ? undefined : rows.map(({ namespace }) => namespace))),
      notesList(own(report.notes), apps),
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  });
  return [...(report.clusters.length > 1 ? [fleetTable(report.clusters)] : []), ...sections].join('\n');
}

function fleetTable(clusters: readonly CapacitySummary[]): string {
  const header = ['cluster', 'workloads', 'pods', 'CPU asked for', 'memory asked for', 'nodes at most', 'full at most'];
  const lines = clusters.map(({ cluster, workloads, pods, least, most, nodes, share, unplaced, bottleneck }) => [
    cluster,
    `${workloads}`,
    range(pods.min, pods.max, String),
    range(least.cpu, most.cpu, cores),
    range(least.memory, most.memory, bytes),
    nodes === undefined ? 'not stated' : `${cores(nodes.cpu)} CPU, ${bytes(nodes.memory)}`,
    share === undefined
      ? ''
      : `${percent(share)} of ${resourceName(bottleneck)}${share > 1 ? ': does not fit' : ''}${unplaced > 0 ? `; ${unplaced} fit nowhere` : ''}`,
  ]);
  return `## The clusters\n\n${table([header, ...lines])}\n`;
}

function workloadTable(rows: readonly CapacityRow[]): string {
  const pools = [...new Set(rows.flatMap(({ perNode }) => Object.keys(perNode)))];
  const header = [
    'app',
    'workload',
    'kind',
    'pods',
    'CPU',
    'memory',
    'CPU limit',
    'memory limit',
    'CPU at most',
    'memory at most',
    ...pools.map((pool) => `per ${pool} node`),
  ];
  const lines = rows.map((row) => [
    row.app,
    row.workload,
    row.kind,
    range(row.replicas.min, row.replicas.max, String),
    cores(row.requests.cpu),
    bytes(row.requests.memory),
    row.limits.cpu === undefined ? 'none' : cores(row.limits.cpu),
    row.limits.memory === undefined ? 'none' : bytes(row.limits.memory),
    cores(row.total.cpu),
    bytes(row.total.memory),
    ...pools.map((pool) => `${row.perNode[pool] ?? '–'}`),
  ]);
  return table([header, ...lines]);
}

function appTable(rows: readonly CapacityRow[]): string {
  const byApp = new Map<string, CapacityRow[]>();
  for (const row of rows) byApp.set(row.app, [...(byApp.get(row.app) ?? []), row]);
  const lines = [...byApp].map(([app, own]) => {
    const sum = (of: (row: CapacityRow) => number) => own.reduce((total, row) => total + of(row), 0);
    const asked = (of: keyof Requests, write: (value: number) => string) =>
      range(
        sum(({ requests, replicas }) => requests[of] * replicas.min),
        sum(({ total }) => total[of]),
        write,
      );
    const pods = range(
      sum(({ replicas }) => replicas.min),
      sum(({ replicas }) => replicas.max),
      String,
    );
    return [app, `${own.length}`, pods, asked('cpu', cores), asked('memory', bytes)];
  });
  return table([['app', 'workloads', 'pods', 'CPU', 'memory'], ...lines]);
}

function verdict({ least, most, nodes, share, unplaced, bottleneck }: CapacitySummary): string {
  const asked = `Asked for: ${cores(least.cpu)} CPU and ${bytes(least.memory)} at least, ${cores(most.cpu)} CPU and ${bytes(most.memory)} at most.`;
  if (nodes === undefined || share === undefined) return `${asked} The cluster file describes no node pools.`;
  const room = `Nodes grow to ${cores(nodes.cpu)} CPU and ${bytes(nodes.memory)}.`;
  const of = `${resourceName(bottleneck)} of ${bottleneck?.pools.join(', ') ?? 'the nodes'}`;
  const left = unplaced === 0 ? '' : ` ${unplaced} workload${unplaced === 1 ? ' fits' : 's fit'} on no node at all.`;
  return `${asked} ${room} ${share > 1 ? `It does not fit: ${percent(share)} of the ${of} would be needed.` : `It fits: ${percent(share)} of the ${of} at most.`}${left}`;
}

/** Namespaces are given where only those of some apps are to be shown. */
function quotaTable(quotas: readonly QuotaUse[], namespaces: ReadonlySet<string>): string {
  const shown = quotas.filter(({ namespace }) => namespaces.size === 0 || namespaces.has(namespace));
  if (shown.length === 0) return '';
  const header = ['namespace', 'quota of', 'hard', 'asked for', 'full at most'];
  const lines = shown.map(({ namespace, resource, hard, least, most }) => [
    namespace,
    resource,
    writeAmount(resource, hard),
    range(least, most, (value) => writeAmount(resource, value)),
    most > hard ? `over: ${percent(most / hard)}` : percent(most / hard),
  ]);
  return table([header, ...lines]);
}

function notesList(notes: readonly SizingNote[], apps: readonly string[] | undefined): string {
  return notes
    .flatMap(({ note, workloads }) => {
      const own = workloads.filter((each) => apps === undefined || apps.includes(each.slice(0, each.indexOf('/'))));
      if (workloads.length === 0) return [`- ${note}`];
      if (own.length === 0) return [];
      const named = own.slice(0, 5).join(', ');
      return [`- ${named}${own.length > 5 ? ` and ${own.length - 5} more` : ''} ${note}`];
    })
    .join('\n');
}

function resourceName(bottleneck: CapacitySummary['bottleneck']): string {
  return bottleneck?.resource === 'memory' ? 'memory' : 'CPU';
}

function range(least: number, most: number, write: (value: number) => string): string {
  const [from, to] = [write(least), write(most)];
  return from === to ? to : `${from}–${to}`;
}

/** Columns padded to equal width, so that the source is a table too. */
function table(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(3, ...lines.map((line) => (line[column] ?? '').length)));
  const text = (line: readonly string[]) =>
    `| ${widths.map((width, column) => (line[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [header = [], ...rest] = lines;
  return [text(header), text(widths.map((width) => '-'.repeat(width))), ...rest.map(text)].join('\n');
}
