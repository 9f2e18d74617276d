import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { stepsOf } from './json.ts';
import type { Source } from './source.ts';

/** A place in a file, 1-based; `length` is the width of the caret. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

interface Located {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

let last: { readonly text: string; readonly located: Located | undefined } | undefined;

/**
 * The place of a JSON pointer inside a manifest: of its value where that is a scalar, else of its key, else of the nearest parent that
 * exists. Undefined where the manifest was never text. Parses the one document again, with positions; the last one is kept.
 */
export function locate(source: Source, pointer: string): Place | Record<string, never> {
  if (source.text === undefined) return {};
  if (last?.text !== source.text) last = { text: source.text, located: parseWithPositions(source.text) };
  const { located } = last;
  if (located === undefined) return { line: source.line + 1, column: 1, length: 1 };
  const range = rangeOf(located.document, stepsOf(source.prefix + pointer));
  const { line, col } = located.lines.linePos(range[0]);
  const end = located.lines.linePos(range[1]);
  return { line: source.line + line, column: col, length: end.line === line ? Math.max(1, end.col - col) : 1 };
}

function parseWithPositions(text: string): Located | undefined {
  const lines = new LineCounter();
  try {
    return {
      document: parseDocument(text, {
        lineCounter: lines,
        version: '1.1',
        uniqueKeys: false,
        strict: false,
        logLevel: 'silent',
      }),
      lines,
    };
  } catch {
    return undefined; // nested too deeply for this parser's recursion
  }
}

type Range = readonly [start: number, end: number];

function rangeOf(document: Document.Parsed, steps: readonly string[]): Range {
  let node: unknown = document.contents;
  let best: Range = startOf(node) ?? [0, 1];
  for (const step of steps) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(
        (each) => isPair(each) && isScalar(each.key) && `${String(each.key.source ?? each.key.value)}` === step,
      );
      if (pair === undefined) return best;
      best = startOf(pair.key) ?? best;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined) return best;
      best = startOf(item) ?? best;
      node = item;
    } else return best;
  }
  if (isScalar(node) && node.range && node.range[1] > node.range[0]) return [node.range[0], node.range[1]];
  return best;
}

function startOf(node: unknown): Range | undefined {
  if (isMap(node) && !node.flow) {
    const first = node.items[0];
    return first === undefined ? undefined : startOf(first.key);
  }
  const range = (node as Node | null | undefined)?.range;
  if (!range) return undefined;
  return isScalar(node) ? [range[0], range[1]] : [range[0], range[0] + 1];
}
