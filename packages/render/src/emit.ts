import type { Manifest } from '@fairlead/objects/manifest';
import { isShared, sortedKeys } from '@fairlead/objects/plain';
import { flowText, literalBlock, numberText } from './scalar.ts';

type Map_ = Readonly<Record<string, unknown>>;

/** YAML readers look for the `:` of a key that is written on one line within this many characters. */
const maxSimpleKey = 1000;

/**
 * Writes a manifest as a YAML document, the same bytes for equal manifests whatever the order of their keys:
 * `apiVersion`, `kind`, `metadata`, then keys by UTF-16 code unit, in each map `name` first; block style, two spaces,
 * lists not indented under their key (as kubectl writes them), texts of several lines as literal blocks, no anchors, no folding.
 * Any reader of YAML 1.1 or 1.2 gets the manifest back.
 *
 * @param manifest plain JSON, as {@link renderTree} returns it
 * @param header lines of a comment at the top
 * @throws TypeError for a value that JSON cannot hold
 */
export function emit(manifest: Manifest, header = ''): string {
  const { apiVersion, kind, metadata } = manifest;
  used = 0;
  if (header !== '') pieces[used++] = comment(header);
  pieces[used++] = 'apiVersion:';
  pieces[used++] = scalar(apiVersion);
  pieces[used++] = 'kind:';
  pieces[used++] = scalar(kind);
  pieces[used++] = 'metadata:';
  value(metadata, 0);
  mapping(manifest, 0, '', identity);
  return text(0);
}

const identity: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * The pieces of the document at hand. Joined once, they make one text: what is put together with `+` V8 keeps as a tree of its
 * pieces, many times its size, which the garbage collector copies until somebody looks at a character.
 */
const pieces: string[] = [];
/** How many of them are of this document; what lies behind them is of earlier ones, so that the list need not grow again. */
let used = 0;

/** The pieces from one on, taken away, as one text. */
function text(from: number): string {
  const own = pieces.slice(from, used);
  used = from;
  return own.join('');
}

/** The last header with its comment: the files of an app have the same one. */
let lastHeader = '';
let lastComment = '';

function comment(header: string): string {
  if (header !== lastHeader) {
    lastHeader = header;
    lastComment = header
      .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
      .map((line) => (line.startsWith('#') || line === '' ? `${line}\n` : `# ${line}\n`))
      .join('');
  }
  return lastComment;
}

/** The entries of a map at a depth, one or more lines each; `lead` stands before the first instead of its indentation. */
function mapping(map: Map_, depth: number, lead: string | undefined, without?: ReadonlySet<string>): void {
  let first = lead;
  const hasName = map['name'] !== undefined && Object.hasOwn(map, 'name');
  if (hasName) {
    entry('name', depth, first);
    value(map['name'], depth);
    first = undefined;
  }
  const keys = sortedKeys(map);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    const item = map[key];
    if (item === undefined || (hasName && key === 'name') || without?.has(key) === true) continue;
    entry(key, depth, first);
    value(item, depth);
    first = undefined;
  }
}

/** A key with its colon, after `lead` or its indentation. */
function entry(key: string, depth: number, lead: string | undefined): void {
  if (lead === undefined) pieces[used++] = keyAt(key, depth);
  else {
    pieces[used++] = lead;
    pieces[used++] = keyText(key, depth);
  }
}

function keyText(key: string, depth: number): string {
  const name = flowText(key);
  return name.length <= maxSimpleKey ? `${name}:` : `? ${name}\n${indentation(depth)}:`;
}

/** The items of a list, under the same rule. */
function sequence(list: readonly unknown[], depth: number, lead: string | undefined): void {
  let before = lead ?? indentation(depth);
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (typeof item === 'object' && item !== null && !isEmpty(item)) {
      const start = `${before}- `;
      if (isList(item)) sequence(item, depth + 1, start);
      else mapping(item as Map_, depth + 1, start);
    } else {
      pieces[used++] = before;
      pieces[used++] = '-';
      value(item, depth);
    }
    before = indentation(depth);
  }
}

/** What follows the `:` of a key or the `-` of an item, to the end of its last line. */
function value(item: unknown, depth: number): void {
  switch (typeof item) {
    case 'string':
      pieces[used++] = scalars.get(item) ?? (item.includes('\n') ? lines(item, depth) : scalar(item));
      return;
    case 'number':
      pieces[used++] = ` ${numberText(item)}\n`;
      return;
    case 'boolean':
      pieces[used++] = item ? ' true\n' : ' false\n';
      return;
    case 'object':
      if (item === null) pieces[used++] = ' null\n';
      else if (isShared(item)) pieces[used++] = sharedText(item, depth);
      else structure(item, depth);
      return;
    default:
      throw new TypeError(`a manifest cannot hold a ${typeof item}`);
  }
}

function structure(item: object, depth: number): void {
  if (isList(item) ? item.length === 0 : isEmpty(item)) pieces[used++] = isList(item) ? ' []\n' : ' {}\n';
  else {
    pieces[used++] = '\n';
    if (isList(item)) sequence(item, depth, undefined);
    else mapping(item as Map_, depth + 1, undefined);
  }
}

/** The texts of parts that several manifests share, by depth. */
const sharedTexts = new WeakMap<object, string[]>();

function sharedText(part: object, depth: number): string {
  let texts = sharedTexts.get(part);
  if (texts === undefined) sharedTexts.set(part, (texts = []));
  let written = texts[depth];
  if (written === undefined) {
    const first = used;
    structure(part, depth);
    written = text(first);
    texts[depth] = written;
  }
  return written;
}

function lines(text: string, depth: number): string {
  const block = literalBlock(text, indentation(depth + 1));
  return block === undefined ? scalar(text) : ` ${block}`;
}

function isList(item: object): item is readonly unknown[] {
  return Array.isArray(item);
}

function isEmpty(item: object): boolean {
  for (const key in item) if (Object.hasOwn(item, key)) return false;
  return true;
}

const indentations: string[] = [''];

function indentation(depth: number): string {
  for (let known = indentations.length; known <= depth; known++) indentations.push('  '.repeat(known));
  return indentations[depth] ?? '';
}

/** Most texts and nearly all keys of a fleet repeat. */
const maxCachedLength = 80;
const maxCached = 20_000;
const scalars = new Map<string, string>();
const keysByDepth: Map<string, string>[] = [];

/** A text on one line, with the space before it and the end of its line. */
function scalar(text: string): string {
  const known = scalars.get(text);
  if (known !== undefined) return known;
  return remembered(scalars, text, ` ${flowText(text)}\n`);
}

/** A key with its indentation and its colon. */
function keyAt(key: string, depth: number): string {
  const keys = (keysByDepth[depth] ??= new Map<string, string>());
  return keys.get(key) ?? remembered(keys, key, `${indentation(depth)}${keyText(key, depth)}`);
}

function remembered(table: Map<string, string>, text: string, written: string): string {
  if (text.length <= maxCachedLength) {
    if (table.size >= maxCached) table.clear();
    table.set(text, written);
  }
  return written;
}
