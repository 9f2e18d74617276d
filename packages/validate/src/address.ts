/** An address block: its numeric base and the number of leading bits that count. */
export interface Block {
  readonly version: 4 | 6;
  readonly base: bigint;
  readonly bits: number;
}

/** Reads an IPv4 or IPv6 address, or undefined where it is none. */
export function parseAddress(text: string): { readonly version: 4 | 6; readonly value: bigint } | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.');
    // Go refuses leading zeros, which C reads as octal.
    if (parts.some((each) => Number(each) > 255 || (each.length > 1 && each.startsWith('0')))) return undefined;
    return { version: 4, value: parts.reduce((sum, each) => sum * 256n + BigInt(each), 0n) };
  }
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return undefined;
  const [head, tail, ...rest] = text.split('::');
  if (rest.length > 0 || head === undefined) return undefined;
  const groups = (part: string | undefined): string[] => (part === undefined || part === '' ? [] : part.split(':'));
  const expand = (list: string[]): string[] | undefined => {
    const last = list.at(-1);
    if (last === undefined || !last.includes('.')) return list;
    const embedded = parseAddress(last);
    return embedded?.version === 4
      ? [...list.slice(0, -1), (embedded.value >> 16n).toString(16), (embedded.value & 0xffffn).toString(16)]
      : undefined;
  };
  const [left, right] = [expand(groups(head)), expand(groups(tail))];
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...left, ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'), ...right];
  if (all.some((each) => !/^[0-9a-fA-F]{1,4}$/.test(each))) return undefined;
  return { version: 6, value: all.reduce((sum, each) => sum * 65536n + BigInt(`0x${each}`), 0n) };
}

/** Reads a CIDR such as `10.0.0.0/8`, or undefined where it is none. */
export function parseBlock(text: string): Block | undefined {
  const match = /^(.+)\/(\d{1,3})$/.exec(text);
  const address = match?.[1] === undefined ? undefined : parseAddress(match[1]);
  const bits = Number(match?.[2]);
  if (
    address === undefined ||
    bits > (address.version === 4 ? 32 : 128) ||
    (match?.[2]?.length ?? 0) > `${bits}`.length
  )
    return undefined;
  return { version: address.version, base: address.value, bits };
}

/** Whether all addresses of the inner block lie in the outer one. */
export function contains(outer: Block, inner: Block): boolean {
  if (outer.version !== inner.version || inner.bits < outer.bits) return false;
  const shift = BigInt((outer.version === 4 ? 32 : 128) - outer.bits);
  return outer.base >> shift === inner.base >> shift;
}

/** Whether the address part has bits beyond the prefix, as in `10.0.0.1/8`. */
export function hasHostBits(block: Block): boolean {
  const shift = BigInt((block.version === 4 ? 32 : 128) - block.bits);
  return (block.base >> shift) << shift !== block.base;
}
