const factors: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Bytes of a size such as `20Gi`; undefined where it is no positive quantity. */
export function bytesOf(size: string): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kMGTP]|[KMGTP]i)?$/.exec(size) ?? [];
  if (digits === undefined) return undefined;
  const bytes = Number(digits) * (factors[unit ?? ''] ?? 1);
  return bytes > 0 ? bytes : undefined;
}
