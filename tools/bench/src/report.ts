import type { Cost } from './measure.ts';

export interface Row {
  readonly name: string;
  readonly cost: Cost;
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
