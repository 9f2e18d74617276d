import { eastAsianWidth } from 'get-east-asian-width';

/** What one character of user text looks like on a terminal: harmless text and the number of columns it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** Index of the character in the original string, in UTF-16 code units. */
  readonly index: number;
}

const tabWidth = 4;
// Controls, invisible format characters (bidirectional overrides among them), line separators, lone surrogates and private use.
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
const combining = /\p{M}/u;

/** Splits text into terminal cells: tabs become spaces up to the next stop, what could steer a terminal is escaped. */
export function cells(text: string): Cell[] {
  const result: Cell[] = [];
  let column = 0;
  let index = 0;
  for (const character of text) {
    const cell = cellOf(character, column, index);
    result.push(cell);
    column += cell.width;
    index += character.length;
  }
  return result;
}

/** User text with everything escaped that could move the cursor, hide text or change colours. */
export function escapeControls(text: string): string {
  return unsafe.test(text)
    ? cells(text.replaceAll('\t', '\\t'))
        .map((cell) => cell.text)
        .join('')
    : text;
}

function cellOf(character: string, column: number, index: number): Cell {
  if (character === '\t') {
    const width = tabWidth - (column % tabWidth);
    return { text: ' '.repeat(width), width, index };
  }
  if (unsafe.test(character)) {
    const text = escapeOf(character);
    return { text, width: text.length, index };
  }
  if (combining.test(character)) return { text: character, width: 0, index };
  return { text: character, width: eastAsianWidth(character.codePointAt(0) ?? 0), index };
}

function escapeOf(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  const point = character.codePointAt(0) ?? 0;
  return point < 0x100 ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`;
}
