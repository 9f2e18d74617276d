import type { CapacityRow, CapacitySummary } from './capacity-table.ts';

/** The capacity of a fleet as Markdown, which also reads well on a terminal: a table per cluster, then what fits. */
export function renderCapacity(rows: readonly CapacityRow[], summaries: readonly CapacitySummary[]): string {
  return summaries
    .map((summary) => {
      const own = rows.filter((row) => row.cluster === summary.cluster);
      const pools = [...new Set(own.flatMap(({ perNode }) => Object.keys(perNode)))];
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
      const lines = own.map((row) => [
        row.app,
        row.workload,
        row.kind,
        row.replicas.min === row.replicas.max ? `${row.replicas.max}` : `${row.replicas.min}–${row.replicas.max}`,
        cores(row.requests.cpu),
        bytes(row.requests.memory),
        row.limits.cpu === undefined ? 'none' : cores(row.limits.cpu),
        row.limits.memory === undefined ? 'none' : bytes(row.limits.memory),
        cores(row.total.cpu),
        bytes(row.total.memory),
        ...pools.map((pool) => `${row.perNode[pool] ?? 0}`),
      ]);
      return `## ${summary.cluster}\n\n${lines.length === 0 ? 'No workloads.' : table([header, ...lines])}\n\n${verdict(summary)}\n`;
    })
    .join('\n');
}

function verdict({ least, most, nodes, share }: CapacitySummary): string {
  const asked = `Asked for: ${cores(least.cpu)} CPU and ${bytes(least.memory)} at least, ${cores(most.cpu)} CPU and ${bytes(most.memory)} at most.`;
  if (nodes === undefined || share === undefined) return `${asked} The cluster file describes no node pools.`;
  const room = `Nodes grow to ${cores(nodes.cpu)} CPU and ${bytes(nodes.memory)}.`;
  return `${asked} ${room} ${share > 1 ? `It does not fit: ${percent(share)} of the nodes would be needed.` : `It fits: ${percent(share)} of the nodes at most.`}`;
}

/** Columns padded to equal width, so that the source is a table too. */
function table(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(3, ...lines.map((line) => (line[column] ?? '').length)));
  const text = (line: readonly string[]) =>
    `| ${widths.map((width, column) => (line[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [header = [], ...rest] = lines;
  return [text(header), text(widths.map((width) => '-'.repeat(width))), ...rest.map(text)].join('\n');
}

/** Cores: `250m` below one, else with at most two digits. */
export function cores(value: number): string {
  return value > 0 && value < 1 ? `${Math.round(value * 1000)}m` : `${Number(value.toFixed(2))}`;
}

/** Bytes in the largest binary unit that keeps at least one digit before the point. */
export function bytes(value: number): string {
  const units = ['Ti', 'Gi', 'Mi', 'Ki'] as const;
  for (const [index, unit] of units.entries()) {
    const size = 2 ** (10 * (4 - index));
    if (value >= size) return `${Number((value / size).toFixed(2))}${unit}`;
  }
  return `${value}`;
}

function percent(share: number): string {
  return `${Math.ceil(share * 100)} %`;
}
