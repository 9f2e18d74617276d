import { createColors } from 'picocolors';
import { changeClasses, type ChangeClass, type DiffReport } from '../model.ts';
import { entryLines, examples, ofClass, summaryLines, titles, visible } from './lines.ts';
import { toldEntries } from './placed.ts';

/** How the terminal is. */
export interface TextOptions {
  readonly color?: boolean;
  /** Columns. Default 100. */
  readonly width?: number;
  /** Entries shown of each class below the upper ones. Default 50. */
  readonly most?: number;
}

/** The report for a terminal: the summary, then every class, the worst first. */
export function formatText(report: DiffReport, options: TextOptions = {}): string {
  const { color = false, width = 100, most = 50 } = options;
  const paint = createColors(color);
  const tone: Readonly<Record<ChangeClass, (text: string) => string>> = {
    destroys: paint.red,
    rejected: paint.red,
    interrupts: paint.yellow,
    opens: paint.magenta,
    weakens: paint.yellow,
    behaves: paint.cyan,
    cosmetic: paint.gray,
  };
  const columns = Math.max(40, width);
  const out: string[] = [
    paint.bold(`${report.base} → ${report.head}`),
    ...summaryLines(report).flatMap((line) => wrap(line, columns, '')),
  ];
  const told = toldEntries(report);
  for (const each of changeClasses) {
    const entries = ofClass(told, each);
    if (entries.length === 0) continue;
    out.push('', paint.bold(tone[each](`${titles[each]} (${report.summary.byClass[each]})`)));
    const shown = each === 'weakens' || each === 'behaves' || each === 'cosmetic' ? entries.slice(0, most) : entries;
    for (const entry of shown) {
      const [first = '', ...rest] = wrap(visible(`${entry.sentence} [${entry.code}]`), columns - 4, '    ');
      out.push(`  ${tone[each]('•')} ${first}`, ...rest);
      const names = examples(entry);
      if (names !== undefined) out.push(...wrap(names, columns - 6, '      ', '      '));
      for (const line of entryLines(entry, 8, columns - 30))
        out.push(paint.dim(`      ${line.length > columns - 6 ? `${line.slice(0, columns - 7)}…` : line}`));
      if (entry.causes !== undefined)
        out.push(
          ...wrap(
            `because of ${entry.causes.slice(0, 3).join(', ')}${entry.causes.length > 3 ? ` and ${entry.causes.length - 3} more` : ''}`,
            columns - 6,
            '      ',
            '      ',
          ),
        );
    }
    if (entries.length > shown.length)
      out.push(`  … and ${entries.length - shown.length} more (--format html or json shows all)`);
  }
  return `${out.join('\n')}\n`;
}

/** Breaks a text at blanks; the first line without, the others with an indent. */
function wrap(text: string, width: number, indent: string, first = ''): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}
