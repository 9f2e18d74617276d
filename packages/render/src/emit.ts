import type { Manifest } from '@fairlead/objects/manifest';
import { sortedKeys } from '@fairlead/objects/plain';
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
  const { apiVersion, kind, metadata, ...rest } = manifest;
  const identity = `apiVersion: ${flow(apiVersion)}\nkind: ${flow(kind)}\nmetadata:${value(metadata, '')}`;
  return flat(comment(header) + identity + mapping(rest, '', ''));
}

/**
 * V8 keeps a text that was put together as a tree of its pieces, many times its size, until somebody looks at a character.
 * Looking at once spares the garbage collector from copying the trees of a whole fleet: a third of the time of writing it.
 */
function flat(text: string): string {
  if (text.charCodeAt(text.length - 1) !== newline) throw new TypeError('a document ends with a line');
  return text;
}

const newline = 10;

function comment(header: string): string {
  if (header === '') return '';
  return header
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => (line.startsWith('#') || line === '' ? `${line}\n` : `# ${line}\n`))
    .join('');
}

/** The entries of a map, one or more lines each; `lead` stands before the first, `indent` before the others. */
function mapping(map: Map_, indent: string, lead: string): string {
  let text = '';
  let before = lead;
  const hasName = Object.hasOwn(map, 'name') && map['name'] !== undefined;
  if (hasName) {
    text = `${before}name:${value(map['name'], indent)}`;
    before = indent;
  }
  for (const key of sortedKeys(map)) {
    const item = map[key];
    if (item === undefined || (hasName && key === 'name')) continue;
    const name = flow(key);
    text += name.length <= maxSimpleKey ? `${before}${name}:` : `${before}? ${name}\n${indent}:`;
    text += value(item, indent);
    before = indent;
  }
  return text;
}

/** The items of a list, under the same rule. */
function sequence(list: readonly unknown[], indent: string, lead: string): string {
  let text = '';
  let before = lead;
  const deeper = `${indent}  `;
  for (const item of list) {
    if (typeof item === 'object' && item !== null && !isEmpty(item)) {
      const start = `${before}- `;
      text += isList(item) ? sequence(item, deeper, start) : mapping(item as Map_, deeper, start);
    } else {
      text += `${before}-${value(item, indent)}`;
    }
    before = indent;
  }
  return text;
}

/** What follows the `:` of a key or the `-` of an item, to the end of its last line. */
function value(item: unknown, indent: string): string {
  switch (typeof item) {
    case 'string':
      return ` ${item.includes('\n') ? (literalBlock(item, `${indent}  `) ?? `${flow(item)}\n`) : `${flow(item)}\n`}`;
    case 'number':
      return ` ${numberText(item)}\n`;
    case 'boolean':
      return item ? ' true\n' : ' false\n';
    case 'object': {
      if (item === null) return ' null\n';
      if (isList(item)) return item.length === 0 ? ' []\n' : `\n${sequence(item, indent, indent)}`;
      if (isEmpty(item)) return ' {}\n';
      const deeper = `${indent}  `;
      return `\n${mapping(item as Map_, deeper, deeper)}`;
    }
    default:
      throw new TypeError(`a manifest cannot hold a ${typeof item}`);
  }
}

function isList(item: object): item is readonly unknown[] {
  return Array.isArray(item);
}

function isEmpty(item: object): boolean {
  for (const key in item) if (Object.hasOwn(item, key)) return false;
  return true;
}

/** Most texts and nearly all keys of a fleet repeat. */
const maxCachedLength = 80;
const maxCached = 20_000;
const cache = new Map<string, string>();

function flow(text: string): string {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const written = flowText(text);
  if (text.length <= maxCachedLength) {
    if (cache.size >= maxCached) cache.clear();
    cache.set(text, written);
  }
  return written;
}
