import type { FleetSize } from './fleet.ts';
import { measure, type Contender, type Cost } from './measure.ts';
import type { FleetObject } from './objects.ts';

/** What was measured under which name. */
export interface Row {
  readonly name: string;
  readonly cost: Cost;
}

export interface BenchOptions {
  readonly size: FleetSize;
  readonly rounds: number;
  /** Only rows whose name contains this. */
  readonly only: string;
  /** Leaves the folder. */
  readonly keep: boolean;
}

/** The outcome of one benchmark. */
export interface Bench {
  readonly folder: string;
  readonly objects: number;
  readonly bytes: number;
  readonly floor: Row;
  /** The floor first. */
  readonly rows: readonly Row[];
}

/** Measures the floor and the other contenders. */
export async function measureRows(
  folder: string,
  objects: readonly FleetObject[],
  [name, contender]: readonly [string, Contender],
  others: readonly (readonly [string, Contender])[],
  only: string,
): Promise<Bench> {
  const measured: (readonly [string, Contender])[] = [
    [name, contender],
    ...others.filter(([other]) => other.includes(only)),
  ];
  const [cost, ...costs] = await measure(measured.map(([, each]) => each));
  if (cost === undefined) throw new Error('the floor was not measured');
  const floor: Row = { name, cost };
  const rows = [floor, ...costs.map((each, index): Row => ({ name: measured[index + 1]?.[0] ?? '', cost: each }))];
  const bytes = objects.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return { folder, objects: objects.length, bytes, floor, rows };
}

/** One line per row: wall, CPU, memory, and the ratio of wall to the row that is the floor. */
export function table(rows: readonly Row[], floor: Row): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const head = `${''.padEnd(width)}     wall      CPU     memory   × floor\n`;
  return (
    head +
    rows
      .map(({ name, cost: { wall, cpu, memory } }) => {
        const figures = [
          seconds(wall),
          cpu === undefined ? '–' : seconds(cpu),
          memory === undefined ? '–' : `${memory.toFixed(0)} MiB`,
        ];
        return `${name.padEnd(width)} ${figures.map((each, index) => each.padStart(index === 2 ? 10 : 8)).join(' ')} ${(wall / floor.cost.wall).toFixed(2).padStart(9)}\n`;
      })
      .join('')
  );
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}
