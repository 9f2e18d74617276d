import type { ParsedPromql } from './promql.ts';

/** Strings of matchers. Other quotes are rare, and so are escapes. */
const matched = /([=~]\s*")([^"]*)"/g;
const emptied = /[=~]\s*""/g;

/** What else may stand around strings, or change what they mean. */
const otherwiseQuoted = /['`\\#]|__name__/;

/**
 * An expression with all strings of its matchers emptied, which leaves how it is read as it was. Undefined where there is something
 * quoted that is not a matcher's string.
 */
export function shapeOf(text: string): string | undefined {
  if (otherwiseQuoted.test(text)) return undefined;
  const shape = text.replace(matched, '$1"');
  return shape.replace(emptied, '').includes('"') ? undefined : shape;
}

/** What was read of a shape, as what would be read of the text that has it: the strings put back, and every place moved by them. */
export function withStrings(parsed: ParsedPromql, text: string): ParsedPromql {
  // In the shape, where each string would begin; and how long it is.
  const ends: number[] = [];
  const strings: string[] = [];
  let removed = 0;
  for (const { 1: before = '', 2: string = '', index } of text.matchAll(matched)) {
    ends.push(index + before.length - removed);
    strings.push(string);
    removed += string.length;
  }
  const place = (position: number): number => {
    let moved = position;
    for (let index = 0; index < ends.length && (ends[index] ?? 0) < position; index += 1)
      moved += strings[index]?.length ?? 0;
    return moved;
  };
  const span = ({ from, to }: { readonly from: number; readonly to: number }) => ({ from: place(from), to: place(to) });
  const selectors = new Map(
    parsed.selectors.map((selector) => {
      const matchers = selector.matchers.map((matcher) => ({
        ...matcher,
        ...span(matcher),
        value: strings[ends.indexOf(matcher.to - 1)] ?? '',
      }));
      return [selector, { ...selector, ...span(selector), matchers }];
    }),
  );
  return {
    ...parsed,
    selectors: [...selectors.values()],
    groupings: parsed.groupings.map((grouping) => ({
      ...grouping,
      ...span(grouping),
      selectors: grouping.selectors.map((selector) => selectors.get(selector) ?? selector),
    })),
  };
}
