/** An IPv4 range as numbers: first and last address, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Why a text is no CIDR and what was probably meant. */
export interface CidrFault {
  readonly problem: string;
  readonly hint: string;
}

const shape = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,3}))?$/;

/** Reads an IPv4 range such as `10.40.0.0/16`; a fault says in words what is wrong with it. */
export function parseCidr(text: string): Range | CidrFault {
  if (text.includes(':'))
    return {
      problem: 'is no IPv4 range',
      hint: 'IPv6 ranges are not supported here; write an IPv4 range such as 10.0.0.0/16',
    };
  const match = shape.exec(text);
  if (match === null)
    return { problem: 'is no IPv4 range', hint: 'write four numbers and a prefix, such as 10.0.0.0/16' };
  const parts = match.slice(1, 5);
  if (parts.some((part) => Number(part) > 255))
    return { problem: 'is no IPv4 range', hint: 'each of the four numbers is at most 255' };
  if (parts.some((part) => part.length > 1 && part.startsWith('0'))) {
    return {
      problem: 'has a number with a leading zero',
      hint: `some readers take it for octal; write ${parts.map(Number).join('.')}`,
    };
  }
  const address = parts.reduce((sum, part) => sum * 256 + Number(part), 0);
  if (match[5] === undefined) return { problem: 'has no prefix length', hint: `for one address write ${text}/32` };
  const prefix = Number(match[5]);
  if (prefix > 32) return { problem: 'has a prefix length above 32', hint: 'the prefix length lies between 0 and 32' };
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  if (first !== address)
    return { problem: 'has bits set behind its prefix', hint: `write ${formatAddress(first)}/${prefix}` };
  return { first, last: first + size - 1 };
}

/** True when the two ranges share an address. */
export function overlaps(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** `10.0.0.1` of a number. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
