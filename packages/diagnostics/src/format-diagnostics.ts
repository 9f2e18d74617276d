import pc from 'picocolors';
import type { Diagnostic } from './diagnostic.ts';
import { mergeAcrossClusters } from './merge-across-clusters.ts';
import { type Cell, cells, escapeControls } from './printable.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

export interface FormatOptions {
  /** Text of a file, for the excerpt with the caret; undefined: no excerpt. */
  readonly source: (file: string) => string | undefined;
  readonly color: boolean;
  /** Columns of the terminal; longer source lines are clipped around the caret. Default 120. */
  readonly width?: number | undefined;
}

/**
 * Prints diagnostics for people: sorted by file, line and code, equal findings of several clusters merged into one.
 *
 * Shape, entries apart by an empty line, no line end after the last one:
 *
 *     error inventory/unknown-environment: environment "prdo" does not exist
 *       clusters/eks-production.yaml:4:14
 *         4 │ environment: prdo
 *           │              ^^^^
 *       did you mean "production"? known: dev, sandbox, staging, production
 *
 * Control characters of user text are escaped; tabs and wide characters keep the caret in place.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions): string {
  const printer = new Printer(options);
  return mergeAcrossClusters(sortDiagnostics(diagnostics))
    .map((each) => printer.print(each))
    .join('\n\n');
}

class Printer {
  readonly #paint: ReturnType<typeof pc.createColors>;
  readonly #source: FormatOptions['source'];
  readonly #width: number;
  readonly #lines = new Map<string, readonly string[] | undefined>();

  constructor(options: FormatOptions) {
    this.#paint = pc.createColors(options.color);
    this.#source = options.source;
    this.#width = Math.max(40, options.width ?? 120);
  }

  print(each: Diagnostic): string {
    const paint = this.#paint;
    const severity = { error: paint.red, warning: paint.yellow, info: paint.blue }[each.severity](
      paint.bold(each.severity),
    );
    const lines = [`${severity} ${paint.dim(each.code)}: ${paint.bold(escapeControls(each.message))}`];
    if (each.file !== undefined) {
      const place = [escapeControls(each.file), each.line, each.line === undefined ? undefined : each.column];
      lines.push(`  ${paint.cyan(place.filter((part) => part !== undefined).join(':'))}`, ...this.#excerpt(each));
    }
    if (each.object !== undefined) lines.push(`  ${escapeControls(objectText(each))}`);
    if (each.origin !== undefined) {
      const line = each.origin.line === undefined ? '' : `:${each.origin.line}`;
      lines.push(`  ${escapeControls(`from ${each.origin.file}${line} (app ${each.origin.app})`)}`);
    }
    if (each.clusters.length > 0) {
      const many = each.clusters.length === 1 ? 'cluster' : `${each.clusters.length} clusters:`;
      lines.push(`  on ${many} ${escapeControls(each.clusters.join(', '))}`);
    }
    if (each.waiver !== undefined) {
      const { expires, owner, reason } = each.waiver;
      lines.push(`  ${paint.dim(escapeControls(`waived until ${expires} by ${owner}: ${reason}`))}`);
    }
    for (const line of (each.hint ?? '').split('\n'))
      if (line !== '') lines.push(`  ${paint.green(escapeControls(line))}`);
    return lines.join('\n');
  }

  #excerpt(each: Diagnostic): string[] {
    if (each.file === undefined || each.line === undefined) return [];
    const full = this.#linesOf(each.file)?.[each.line - 1];
    if (full === undefined) return [];
    const gutter = String(each.line);
    const room = this.#width - gutter.length - 7;
    // A line of a minified or binary file can be millions long; what is far from the caret is never shown.
    const column = Math.max(0, (each.column ?? 1) - 1);
    const skipped = Math.max(0, column - 1000);
    const line = full.slice(skipped, column + 1000);
    const start = column - skipped;
    const shown = clip(cells(line), start, start + Math.max(1, each.length ?? 1), room);
    const paint = this.#paint;
    const source = `    ${paint.dim(`${gutter} │`)} ${shown.text}`;
    if (each.column === undefined) return [source];
    const caret = `${' '.repeat(shown.caret)}${paint.red('^'.repeat(shown.length))}`;
    return [source, `    ${' '.repeat(gutter.length)} ${paint.dim('│')} ${caret}`];
  }

  #linesOf(file: string): readonly string[] | undefined {
    if (!this.#lines.has(file)) {
      this.#lines.set(
        file,
        this.#source(file)
          ?.replace(/^\uFEFF/, '')
          .split(/\r?\n/),
      );
    }
    return this.#lines.get(file);
  }
}

function objectText({ object, pointer }: Diagnostic): string {
  if (object === undefined) return '';
  const name = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
  return `${object.kind} ${name} (${object.apiVersion})${pointer === undefined || pointer === '' ? '' : ` at ${pointer}`}`;
}

/** The part of a line that fits in `room` columns around the code units `start`..`end`, and where the caret goes under it. */
function clip(
  line: readonly Cell[],
  start: number,
  end: number,
  room: number,
): { text: string; caret: number; length: number } {
  const width = (from: number, to: number): number => line.slice(from, to).reduce((sum, cell) => sum + cell.width, 0);
  const at = (index: number): number => {
    const found = line.findIndex((cell) => cell.index >= index);
    return found === -1 ? line.length : found;
  };
  const [first, last] = [at(start), Math.max(at(end), at(start))];
  if (width(0, line.length) <= room) {
    return { text: text(line), caret: width(0, first), length: Math.max(1, width(first, last)) };
  }
  // A third of the room goes before the caret, so that the key that it belongs to is usually seen.
  let from = first;
  for (let used = 0; from > 0 && used + (line[from - 1]?.width ?? 0) <= room / 3; from--)
    used += line[from - 1]?.width ?? 0;
  let to = from;
  for (let used = 2; to < line.length && used + (line[to]?.width ?? 0) <= room; to++) used += line[to]?.width ?? 0;
  const [head, tail] = [from > 0 ? '…' : '', to < line.length ? '…' : ''];
  return {
    text: `${head}${text(line.slice(from, to))}${tail}`,
    caret: head.length + width(from, first),
    length: Math.max(1, width(first, Math.min(last, to))),
  };
}

function text(line: readonly Cell[]): string {
  return line.map((cell) => cell.text).join('');
}
