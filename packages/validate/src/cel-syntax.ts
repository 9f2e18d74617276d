/** Strings of CEL, raw ones and those over several lines among them: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax */
const strings =
  /[rR]?[bB]?(?:'''[\s\S]*?'''|"""[\s\S]*?""")|[rR][bB]?(?:'[^'\n]*'|"[^"\n]*")|[bB]?(?:'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")/g;

const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Why a text cannot be an expression of CEL, or undefined: brackets that do not close, quotes, operators without an operand. No parser:
 * what it lets pass may still be wrong.
 */
export function celFault(text: string): string | undefined {
  const plain = text.replaceAll(strings, '0').replaceAll(/\/\/.*$/gm, '');
  if (plain.trim() === '') return 'is empty';
  if (/['"]/.test(plain)) return 'has a string that does not end';
  const open: string[] = [];
  for (const [each] of plain.matchAll(/[()[\]{}]/g)) {
    const opening = pairs[each];
    if (opening === undefined) open.push(each);
    else if (open.pop() !== opening) return `has a "${each}" too many`;
  }
  const last = open.pop();
  if (last !== undefined) return `has a "${last}" that is not closed`;
  if (/(?:[-+*/%<>=!&|?:.,]|\bin)\s*$/.test(plain)) return 'ends with an operator';
  if (/^\s*(?:[+*/%<>=&|?:,)]|in\b)/.test(plain)) return 'starts with an operator';
  return /(?<![=!<>])=(?!=)/.test(plain) ? 'compares with =, where CEL has ==' : undefined;
}
