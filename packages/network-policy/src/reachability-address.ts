/** A block of addresses: 4 or 6 bytes wide groups as one big integer, with the number of leading bits that count. */
export interface AddressBlock {
  readonly family: 4 | 6;
  readonly bits: bigint;
  readonly prefix: number;
  readonly text: string;
}

const width = { 4: 32, 6: 128 } as const;

/** What {@link parseBlock} has read: the subnets of load balancers stand in a rule of every workload. */
const known = new Map<string, AddressBlock | undefined>();
const maxKnown = 10_000;

/** Reads `10.0.0.0/8`, `fd00::/8` or a single address; undefined when it is neither. Host bits are cut off. */
export function parseBlock(text: string): AddressBlock | undefined {
  let block = known.get(text);
  if (block === undefined && !known.has(text)) {
    block = readBlock(text);
    if (known.size >= maxKnown) known.clear();
    known.set(text, block);
  }
  return block;
}

function readBlock(text: string): AddressBlock | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const family = address.includes(':') ? 6 : 4;
  const bits = family === 4 ? parseIpv4(address) : parseIpv6(address);
  if (bits === undefined) return undefined;
  const digits = slash < 0 ? String(width[family]) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(digits)) return undefined;
  const prefix = Number(digits);
  if (prefix > width[family]) return undefined;
  const rest = BigInt(width[family] - prefix);
  return { family, bits: (bits >> rest) << rest, prefix, text };
}

/** True when every address of `inner` lies in `outer`. */
export function contains(outer: AddressBlock, inner: AddressBlock): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
  const rest = BigInt(width[outer.family] - outer.prefix);
  return inner.bits >> rest === outer.bits >> rest;
}

/** True when the two blocks share an address; blocks are aligned, so one then contains the other. */
export function overlaps(a: AddressBlock, b: AddressBlock): boolean {
  return contains(a, b) || contains(b, a);
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let bits = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1)?.at(-1);
  if (last?.includes('.')) {
    const v4 = parseIpv4(last);
    if (v4 === undefined) return undefined;
    groups.at(-1)?.splice(-1, 1, (v4 >> 16n).toString(16), (v4 & 0xffffn).toString(16));
  }
  const [head = [], tail] = groups;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  let bits = 0n;
  for (const group of [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
    bits = (bits << 16n) | BigInt(`0x${group}`);
  }
  return bits;
}
