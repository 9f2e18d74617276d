import { CORE_SCHEMA, load } from 'js-yaml';

const key = '[A-Za-z][-\\w./]*';
const quoted = `"[^"\\\\\\t]*"|'[^'\\t]*'`;
const word = '[A-Za-z0-9./](?:[^\\s,[\\]{}:#"\'_]|:(?=[^\\s,\\]}]))*';
const list = (item: string): string => `\\[ *(?:(?:${item})(?: *, *(?:${item}))*)? *\\]`;
const mapping = (item: string): string => `\\{ *(?:${key}: +(?:${item})(?: *, +${key}: +(?:${item}))*)? *\\}`;
const atom = `${quoted}|${word}`;
const inner = `${atom}|${list(atom)}|${mapping(atom)}`;
const value = `${quoted}|${word}(?: ${word})*|${list(inner)}|${mapping(inner)}`;
/** One line of unremarkable YAML: `key: value` or `- value`, closed on that line, keys that are plain words. Readers agree on these. */
const content = `(?:- )?${key}:(?: (?:${value}))?|- (?:${value})`;
const line = new RegExp(`^ *(?:#[^\\t]*)?$|^ *(?:${content})(?: +#[^\\t]*)? *$`);
const longestLine = 2000;
/** Keys and numbers that readers spell differently. */
const unusual = /\b(?:true|false|null)\b *:|\b0[bo]|[\s[{,][\d.]+e[-+]?\d/i;
const maximumDepth = 32;

/**
 * The plain value of an unremarkable YAML mapping, several times faster than the reader that knows positions; undefined whenever the
 * text is broken or in any way unusual, so that the careful reader decides.
 */
export function quickRead(text: string): Readonly<Record<string, unknown>> | undefined {
  if (unusual.test(text) || !text.split('\n').every((each) => each.length <= longestLine && line.test(each)))
    return undefined;
  try {
    const value = load(text, { schema: CORE_SCHEMA });
    return isMapping(value) && isPlain(value, 0) ? value : undefined;
  } catch {
    // Whatever is wrong, the careful reader says it with a place.
    return undefined;
  }
}

function isPlain(value: unknown, depth: number): boolean {
  if (depth > maximumDepth) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (!isMapping(value)) return true;
  return Object.keys(value).every((key) => key !== '__proto__' && isPlain(value[key], depth + 1));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
