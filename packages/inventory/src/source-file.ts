import { diagnostic, type Code, type Diagnostic, type Finding } from '@fairlead/diagnostics';
import { escapePointer } from '@fairlead/objects/plain';
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { quickRead } from './quick-read.ts';

/** A file as the program read it; `file` is relative to the working folder. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Why it cannot be read; its text is then empty. */
  readonly unreadable?: string | undefined;
}

/** Keys and indexes from the top of a document to a value. */
export type Path = readonly (string | number)[];

/** Stretch of a text, in UTF-16 code units. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const maximumLength = 512 * 1024;
const maximumDepth = 64;
const maximumValues = 50_000;
const shallower = 'take the levels out that nothing reads';
const tooDeep = `the file is nested deeper than ${maximumDepth} levels`;

/** A YAML file of the inventory: its plain value, where each part of it stands, and what is wrong with it as YAML. */
export class SourceFile {
  readonly file: string;
  readonly diagnostics: Diagnostic[] = [];
  /** The document as plain data, keys checked to be strings; undefined when it could not be read at all. */
  readonly value: Readonly<Record<string, unknown>> | undefined;
  readonly #text: string;
  #document: Document.Parsed | undefined;
  #lineStarts: number[] | undefined;
  #values = 0;
  /** The outermost alias that is being expanded. */
  #alias: Node | undefined;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  #targets: Map<Alias, Node> | undefined;

  constructor({ file, text, unreadable }: SourceText) {
    this.file = file;
    // A byte order mark is harmless, but it would shift the caret of the first line.
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    if (unreadable !== undefined) {
      const message = `${file} cannot be read: ${unreadable}`;
      this.diagnostics.push(
        diagnostic('inventory/unreadable', { file, message, hint: 'put a readable text file there, or remove it' }),
      );
    }
    this.value = unreadable === undefined ? this.#read() : undefined;
  }

  /** Reports a finding at a path: at the key, at the value, or where the nearest parent stands. */
  report(
    code: Code,
    path: Path,
    part: 'key' | 'value',
    finding: Omit<Finding, 'file' | 'line' | 'column' | 'length'>,
  ): void {
    this.#reportSpan(code, this.#spanOf(path, part), {
      ...finding,
      ...(path.length > 0 ? { pointer: pointerOf(path) } : {}),
    });
  }

  /** What the author wrote for a value, such as `1.30` where YAML says 1.3; undefined for collections. */
  writtenAt(path: Path): string | undefined {
    const node = this.#find(path).node;
    return isScalar(node) && node.range ? this.#text.slice(node.range[0], node.range[1]) : undefined;
  }

  /** True when the file states a path. */
  has(path: Path): boolean {
    return this.#find(path).complete;
  }

  /** 1-based line where a path is stated. */
  lineOf(path: Path): number {
    return this.#place(this.#spanOf(path, 'key').start).line;
  }

  /** Where the key of a path is stated or, where it is not, the nearest thing above it. */
  placeOf(path: Path): { readonly line: number; readonly column: number; readonly length: number } {
    const { start, end } = this.#firstLine(this.#spanOf(path, 'key'));
    return { ...this.#place(start), length: Math.max(1, end - start) };
  }

  #read(): Readonly<Record<string, unknown>> | undefined {
    if (this.#text.length > maximumLength) {
      this.#reportSpan(
        'inventory/too-large',
        { start: 0, end: 1 },
        {
          message: `the file has ${this.#text.length} characters, more than ${maximumLength}`,
          hint: 'a file of the inventory describes one cluster, environment or app',
        },
      );
      return undefined;
    }
    const unreadable =
      /[\uFFFD\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(
        this.#text,
      );
    if (unreadable !== null) {
      const replaced = unreadable[0] === '\uFFFD';
      this.#reportSpan(
        'inventory/syntax',
        { start: unreadable.index, end: unreadable.index + 1 },
        {
          message: replaced ? 'the file is not valid UTF-8' : 'the file holds a control character',
          hint: 'save it as plain UTF-8 text',
        },
      );
      return undefined;
    }
    if (isHopelesslyDeep(this.#text)) {
      this.#reportSpan('inventory/too-large', { start: 0, end: 1 }, { message: tooDeep, hint: shallower });
      return undefined;
    }
    return quickRead(this.#text) ?? this.#readCarefully();
  }

  /** Reads with positions, and says what is wrong. */
  #readCarefully(): Readonly<Record<string, unknown>> | undefined {
    try {
      this.#document = parse(this.#text);
    } catch (fault) {
      // The composer of `yaml` is recursive: a document of ten thousand brackets ends in a RangeError.
      const deep = fault instanceof RangeError;
      this.#reportSpan(
        deep ? 'inventory/too-large' : 'inventory/syntax',
        { start: 0, end: 1 },
        {
          message: deep ? tooDeep : `the file is not readable YAML: ${String(fault)}`,
          hint: deep ? shallower : 'write it as plain YAML: keys, values, indentation with spaces',
        },
      );
      return undefined;
    }
    if (this.#syntaxErrors(this.#document)) return undefined;
    const top = this.#document.contents;
    if (!isMap(top)) {
      const nothing = top === null || (isScalar(top) && top.value === null);
      this.#reportSpan('inventory/empty', nothing ? { start: 0, end: 1 } : spanOfNode(top), {
        message: nothing ? 'the file is empty' : `the file is ${describeNode(top)}, not a mapping of keys to values`,
        hint: 'begin with a line such as "provider: eks"',
      });
      return undefined;
    }
    const value = this.#plain(top, [], new Set());
    // Of a file that is too large only a part was read; what it lacks is no fault.
    return isRecord(value) && this.#values <= maximumValues ? value : undefined;
  }

  #syntaxErrors(document: Document.Parsed): boolean {
    let last = -1;
    for (const fault of document.errors) {
      const [start, end] = this.#startOfUnclosed(document, fault.code, fault.pos);
      const line = this.#place(start).line;
      // One slip often makes the parser stumble several times in the same line.
      if (line === last) continue;
      last = line;
      if (fault.code === 'MULTIPLE_DOCS') {
        this.#reportSpan(
          'inventory/several-documents',
          { start, end: start + 3 },
          {
            message: 'the file holds more than one YAML document',
            hint: 'one file describes one thing; move the second document to a file of its own',
          },
        );
      } else if (fault.message.includes('call stack')) {
        this.#reportSpan('inventory/too-large', { start, end: start + 1 }, { message: tooDeep, hint: shallower });
      } else {
        this.#reportSpan(
          'inventory/syntax',
          { start, end },
          { message: firstLine(fault.message), hint: hintFor(fault.code, this.#lineAt(start)) },
        );
      }
    }
    return document.errors.length > 0;
  }

  #lineAt(offset: number): string {
    const [line = ''] = this.#text.slice(this.#text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1);
    return line;
  }

  // An unclosed quote is noticed where the text ends; what helps is where it begins.
  #startOfUnclosed(document: Document.Parsed, code: string, pos: readonly [number, number]): readonly [number, number] {
    if (code !== 'MISSING_CHAR') return pos;
    let opened: readonly [number, number] = pos;
    visit(document, {
      Scalar: (_key, { type, range }) => {
        const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
        if (quoted && range && range[0] < pos[0] && pos[0] <= range[2]) opened = [range[0], pos[0]];
      },
    });
    return opened;
  }

  /** The plain value of a node; reports what plain data cannot hold and leaves it out. */
  #plain(node: unknown, path: Path, open: Set<unknown>): unknown {
    if (++this.#values > maximumValues || path.length > maximumDepth) {
      if (this.#values !== Number.POSITIVE_INFINITY) {
        const deep = path.length > maximumDepth;
        const place = this.#alias ?? (isNode(node) ? node : undefined);
        this.#reportSpan('inventory/too-large', place === undefined ? { start: 0, end: 1 } : spanOfNode(place), {
          message: deep ? tooDeep : `the file has more than ${maximumValues} values once its aliases are expanded`,
          hint: deep ? shallower : 'write values out instead of repeating aliases of aliases',
        });
      }
      this.#values = Number.POSITIVE_INFINITY;
      return undefined;
    }
    if (isAlias(node)) {
      const target = this.#targetOf(node);
      if (target === undefined || open.has(target)) {
        this.#reportSpan('inventory/alias', spanOfNode(node), {
          message:
            target === undefined
              ? `no anchor "${node.source}" stands before this alias`
              : `the alias "${node.source}" stands inside its own anchor`,
          hint: 'write the value out',
        });
        return undefined;
      }
      const outermost = this.#alias;
      this.#alias ??= node;
      const value = this.#plain(target, path, open);
      this.#alias = outermost;
      return value;
    }
    if (isMap(node)) return this.#plainMap(node, path, open);
    if (isSeq(node)) {
      open.add(node);
      const items = node.items.map((item, index) => this.#plain(item, [...path, index], open));
      open.delete(node);
      return items;
    }
    return isScalar(node) ? node.value : null;
  }

  #plainMap(node: YAMLMap, path: Path, open: Set<unknown>): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const seen = new Map<string, Node>();
    open.add(node);
    for (const { key, value } of node.items) {
      if (!isScalar(key) || key.value === null || typeof key.value === 'object') {
        this.#reportSpan('inventory/wrong-type', isNode(key) ? spanOfNode(key) : spanOfNode(node), {
          message: 'a key must be a plain word',
          hint: 'write the key as text, such as name: value',
        });
        continue;
      }
      const name = this.#keyText(key);
      const first = seen.get(name);
      if (first !== undefined) {
        this.#reportSpan('inventory/duplicate-key', spanOfNode(key), {
          message: `the key "${name}" is stated twice`,
          hint: `first stated in line ${this.#place(spanOfNode(first).start).line}; keep one of them`,
          pointer: pointerOf([...path, name]),
        });
        continue;
      }
      seen.set(name, key);
      if (name === '<<') {
        this.#reportSpan('inventory/alias', spanOfNode(key), {
          message: 'merge keys are not part of YAML 1.2',
          hint: 'write the keys out',
        });
      } else if (name === '__proto__') {
        this.#reportSpan('inventory/unknown-key', spanOfNode(key), {
          message: 'the key "__proto__" is not allowed',
          hint: 'remove it',
        });
      } else {
        result[name] = this.#plain(value, [...path, name], open);
      }
    }
    open.delete(node);
    return result;
  }

  /** The node that an alias stands for. `Alias.resolve` of the library walks the whole document for each alias; this walks it once. */
  #targetOf(alias: Alias): Node | undefined {
    if (this.#targets === undefined) {
      const targets = new Map<Alias, Node>();
      const anchors = new Map<string, Node>();
      visit(this.#document ?? null, {
        Alias: (_key, node) => {
          const target = anchors.get(node.source);
          if (target !== undefined) targets.set(node, target);
        },
        Value: (_key, node) => {
          if (node.anchor !== undefined) anchors.set(node.anchor, node);
        },
      });
      this.#targets = targets;
    }
    return this.#targets.get(alias);
  }

  #find(path: Path): { key: Node | undefined; node: unknown; complete: boolean } {
    this.#document ??= parse(this.#text);
    let node: unknown = this.#document.contents;
    let key: Node | undefined;
    for (const part of path) {
      if (isAlias(node)) node = this.#targetOf(node);
      if (isMap(node)) {
        const pair = this.#pairsOf(node).get(String(part));
        if (pair === undefined || !isNode(pair.key)) return { key, node, complete: false };
        key = pair.key;
        node = pair.value;
      } else if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
        key = undefined;
        node = node.items[part];
      } else {
        return { key, node, complete: false };
      }
    }
    return { key, node, complete: true };
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map);
    if (known !== undefined) return known;
    const pairs = new Map<string, Pair>();
    for (const pair of map.items) {
      if (!isScalar(pair.key)) continue;
      const name = this.#keyText(pair.key);
      if (!pairs.has(name)) pairs.set(name, pair);
    }
    this.#pairs.set(map, pairs);
    return pairs;
  }

  /** A key as text; what YAML takes for a number or a boolean counts as it is written. */
  #keyText(key: Scalar): string {
    return typeof key.value === 'string' ? key.value : this.#text.slice(...rangeOf(key));
  }

  #spanOf(path: Path, part: 'key' | 'value'): Span {
    const { key, node, complete } = this.#find(path);
    const valued = isNode(node) && !(isScalar(node) && node.range?.[0] === node.range?.[1]);
    if (key !== undefined && (part === 'key' || !complete || !valued)) return spanOfNode(key);
    return valued && path.length > 0 ? this.#firstLine(spanOfNode(node)) : { start: 0, end: 1 };
  }

  // A caret marks one line; of a block that goes on, the first line is enough.
  #firstLine({ start, end }: Span): Span {
    const line = this.#text.slice(start, end).split('\n', 1)[0] ?? '';
    return { start, end: start + Math.max(1, line.trimEnd().length) };
  }

  #reportSpan(code: Code, span: Span, finding: Omit<Finding, 'file' | 'line' | 'column' | 'length'>): void {
    const { start, end } = this.#firstLine(span);
    this.diagnostics.push(
      diagnostic(code, { ...finding, file: this.file, ...this.#place(start), length: Math.max(1, end - start) }),
    );
  }

  #place(offset: number): { line: number; column: number } {
    this.#lineStarts ??= [0, ...[...this.#text.matchAll(/\n/g)].map((match) => match.index + 1)];
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}

function parse(text: string): Document.Parsed {
  return parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    strict: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
}

/** JSON pointer of a path. */
export function pointerOf(path: Path): string {
  return path.map((part) => `/${escapePointer(String(part))}`).join('');
}

/** True for a mapping read from YAML. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function spanOfNode(node: Node): Span {
  const [start, end] = rangeOf(node);
  return { start, end };
}

function rangeOf(node: Node): [number, number] {
  return node.range ? [node.range[0], node.range[1]] : [0, 1];
}

function describeNode(node: unknown): string {
  return isSeq(node) ? 'a list' : isScalar(node) ? 'a single value' : 'no mapping';
}

/**
 * True when a text opens far more collections than it closes. The parser is recursive, and a few hundred thousand brackets do not end
 * in an exception but in the death of the process. Brackets in quotes and comments are counted too, hence the generous limit.
 */
function isHopelesslyDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (open > 500) return true;
  }
  return /(?:[-?][ \t]+){500}/.test(text);
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

function hintFor(code: string, line: string): string {
  if (/^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/.test(line))
    return 'git left both sides of a merge: keep one, and remove the lines with <<<<<<<, ======= and >>>>>>>';
  if (code === 'TAB_AS_INDENT') return 'YAML forbids tabs as indentation; use spaces';
  if (code === 'MISSING_CHAR' || code === 'UNEXPECTED_TOKEN')
    return 'look for a missing colon, quote or bracket in this line or the one before';
  if (code === 'MULTILINE_IMPLICIT_KEY') return 'write "key: value", with a colon and a plain space behind it';
  return 'keys of one mapping begin in the same column, below a key that has no value on its own line';
}
