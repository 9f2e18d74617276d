import { duration } from './duration.ts';

const pattern =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*|\s+|\d[\d.]*(?:[eE][+-]?\d+)|[A-Za-z0-9_:.]+|[=!]~|[=!<>]=|[^\sA-Za-z0-9_:."'`#]/g;
const aggregators = new Set([
  'sum',
  'min',
  'max',
  'avg',
  'group',
  'stddev',
  'stdvar',
  'count',
  'count_values',
  'bottomk',
  'topk',
  'quantile',
  'limitk',
  'limit_ratio',
]);
const labelLists = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);

/**
 * A PromQL expression in one of the spellings that mean the same: without white space and comments, durations and numbers by value,
 * label lists and matchers sorted, and the grouping of an aggregation before its operand.
 */
export function plainPromql(expression: string): string {
  const tokens = (expression.match(pattern) ?? []).filter((each) => !/^[\s#]/.test(each)).map(plainToken);
  let text = '';
  for (const each of ordered(tokens)) text += /^[\w:.]/.test(each) && /[\w:.]$/.test(text) ? ` ${each}` : each;
  return text;
}

function plainToken(token: string): string {
  if (/^["'`]/.test(token)) {
    const inner = token.slice(1, -1);
    return inner.includes('\\') || inner.includes('"') ? token : `"${inner}"`;
  }
  if (!/^[\d.]/.test(token)) return token;
  const value = Number(token);
  if (!Number.isNaN(value)) return String(value);
  const seconds = duration(token);
  return seconds === undefined ? token : `${seconds}s`;
}

/** The tokens with lists sorted and groupings in front. */
function ordered(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    const next = tokens[index + 1];
    const word = token.toLowerCase();
    if (token === '{') {
      const end = closing(tokens, index);
      out.push('{', sorted(tokens.slice(index + 1, end)), '}');
      index = end;
    } else if (labelLists.has(word) && next === '(') {
      const end = closing(tokens, index + 1);
      out.push(word, '(', sorted(tokens.slice(index + 2, end)), ')');
      index = end;
    } else if (aggregators.has(word) && next === '(') {
      const end = closing(tokens, index + 1);
      const grouping = tokens[end + 1]?.toLowerCase() ?? '';
      const operand = ['(', ...ordered(tokens.slice(index + 2, end)), ')'];
      if ((grouping === 'by' || grouping === 'without') && tokens[end + 2] === '(') {
        const last = closing(tokens, end + 2);
        out.push(word, grouping, '(', sorted(tokens.slice(end + 3, last)), ')', ...operand);
        index = last;
      } else {
        out.push(word, ...operand);
        index = end;
      }
    } else out.push(token);
  }
  return out;
}

/** The index of the bracket that closes the one at an index; the end where none does. */
function closing(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    if (token === '(' || token === '{' || token === '[') depth++;
    else if (token === ')' || token === '}' || token === ']') {
      depth--;
      if (depth === 0) return index;
    }
  }
  return tokens.length;
}

/** A comma-separated list in one order; `{a="b",}` is `{a="b"}`. */
function sorted(tokens: readonly string[]): string {
  const items: string[] = [];
  let item = '';
  for (const token of [...tokens, ',']) {
    if (token !== ',') item += token;
    else if (item !== '') {
      items.push(item);
      item = '';
    }
  }
  return items.sort().join(',');
}
