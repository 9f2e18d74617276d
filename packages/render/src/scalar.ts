/**
 * How one scalar is written. The rule is stricter than either YAML: what any reader in use (YAML 1.1 or 1.2, Go, JavaScript,
 * Python, Ruby) might take for something else than text is quoted.
 */

/** Printable ASCII on one line, beginning like a word, a path, a number, a variable or a flag; no `: `, ` #`, or `:` at the end. */
const plainAscii = /^(?!.*(?:: | #|[: ]$))(?:[\w/$(]|--?[A-Za-z])[\x20-\x7e]*$/;

/** The same for every script. Left out: C1 controls with NEL, line and paragraph separators, the byte order mark, non-characters. */
const plainUnicode =
  /^(?!.*(?:: | #|[: ]$))(?:[\w/$(\p{L}]|--?\p{L})[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

const printableLine = /^[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

const printableLines = /^[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Booleans and null of YAML 1.1 and 1.2 in any case. */
const reservedWord = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/**
 * Decimal with underscores, commas and exponents, sexagesimals, versions, addresses; whatever begins like another base (Go reads
 * `0b-0` as a number) or like a date.
 */
const likeNumber = /^(?:[\d._,:eE+-]*|0[_xXoObB].*|\d{4}-\d\d?-\d\d?.*)$/;

/** An exponent alone: `e0` is a float to the `yaml` library in version 1.1. */
const likeExponent = /^-?[eE][-+]?[\d_]+$/;

/** What JSON leaves as it is and YAML does not take, or editors do not show. */
const unescaped = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** True when a text can stand without quotes and is still read as that text. */
function isPlain(text: string): boolean {
  if (!plainAscii.test(text) && !plainUnicode.test(text)) return false;
  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return !likeNumber.test(text);
  return (text.length > 5 || !reservedWord.test(text)) && !likeExponent.test(text);
}

/** A text on one line: plain, else in single quotes where that spares escapes, else in double quotes with JSON's escapes. */
export function flowText(text: string): string {
  if (isPlain(text)) return text;
  if ((text.includes('"') || text.includes('\\')) && printableLine.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const quoted = JSON.stringify(text);
  return quoted.replace(unescaped, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * A text of several lines as a literal block, header and lines included, or nothing where a literal cannot hold it:
 * without any visible line, with control characters, or ending in a line of blanks.
 */
export function literalBlock(text: string, indent: string): string | undefined {
  if (!printableLines.test(text) || /^\n*$/.test(text) || /(?:^|\n)[ \t]+\n*$/.test(text)) return undefined;
  const indentation = /^\n*[ \t]/.test(text) ? '2' : '';
  const chomping = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-';
  const body = text.replace(/^(?=[^\n])/gm, indent);
  return `|${indentation}${chomping}\n${body}${chomping === '-' ? '\n' : ''}`;
}

/** A number so that integers stay the very same integers and every reader takes an exponent for a float. */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  // Beyond 2^53 JavaScript writes the shortest digits that it reads back; a reader of 64-bit integers takes each at its word.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21)
    return BigInt(value).toString();
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
