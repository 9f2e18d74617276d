/** Text of an amount of a resource: `100m`, `1.5`, `256Mi`, `1e3`. */
export type QuantityText = string;

const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binaryExponents: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

const shape = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([eE])([+-]?\d{1,3})|([KMGTPE]i|[numkMGTPE]?))$/;

/**
 * The exact value of a quantity in billionths of its unit (of a core, of a byte), as Kubernetes computes it: fractions of a billionth
 * are rounded away from zero. Undefined for what is no quantity, such as `100Mb` or `1 Gi`.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(text: QuantityText | number): bigint | undefined {
  const match = shape.exec(String(text));
  if (match === null) return undefined;
  const [, sign = '', number = '', exponentMark, exponent = '0', suffix = ''] = match;
  const point = number.indexOf('.');
  const fraction = point < 0 ? '' : number.slice(point + 1);
  const digits = BigInt((point < 0 ? number : number.slice(0, point)) + fraction);
  const binary = binaryExponents[suffix] ?? 0n;
  const decimal = exponentMark === undefined ? (decimalExponents[suffix] ?? 0) : Number(exponent);
  const shift = 9 + decimal - fraction.length;
  const scaled = digits << binary;
  const value = shift >= 0 ? scaled * 10n ** BigInt(shift) : divideUp(scaled, 10n ** BigInt(-shift));
  return sign === '-' ? -value : value;
}

/** The value of a quantity in its unit (cores, bytes), as near as a number comes to it; undefined for what is no quantity. */
export function quantityNumber(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (numbers.has(value)) return numbers.get(value);
  const billionths = parseQuantity(value);
  const number = billionths === undefined ? undefined : Number(billionths) / 1e9;
  if (numbers.size >= 10_000) numbers.clear();
  numbers.set(value, number);
  return number;
}

/** A fleet has few sizes, and they are asked for by many rules. */
const numbers = new Map<string | number, number | undefined>();

/** Negative, zero or positive as the first quantity is smaller, equal or larger; undefined where one of them is none. */
export function compareQuantities(a: QuantityText | number, b: QuantityText | number): number | undefined {
  const [left, right] = [parseQuantity(a), parseQuantity(b)];
  if (left === undefined || right === undefined) return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The sum in the notation of its first term: binary suffixes for memory, decimal ones for cores. Undefined where one is no quantity. */
export function addQuantities(...quantities: readonly (QuantityText | number)[]): QuantityText | undefined {
  let sum = 0n;
  for (const quantity of quantities) {
    const value = parseQuantity(quantity);
    if (value === undefined) return undefined;
    sum += value;
  }
  return formatQuantity(sum, String(quantities[0]).endsWith('i') ? 'binary' : 'decimal');
}

/** Writes billionths as the shortest exact quantity: `100m`, `1500m`, `3Gi`. Binary notation falls back to decimal below one unit. */
export function formatQuantity(billionths: bigint, notation: 'decimal' | 'binary' = 'decimal'): QuantityText {
  if (billionths === 0n) return '0';
  const unit = 1_000_000_000n;
  if (notation === 'binary' && billionths % unit === 0n) {
    let value = billionths / unit;
    let suffix = '';
    for (const next of Object.keys(binaryExponents)) {
      if (value % 1024n !== 0n) break;
      value /= 1024n;
      suffix = next;
    }
    return `${value}${suffix}`;
  }
  let value = billionths;
  let suffix = 'n';
  for (const next of Object.keys(decimalExponents).slice(1)) {
    if (value % 1000n !== 0n) break;
    value /= 1000n;
    suffix = next;
  }
  return `${value}${suffix}`;
}

function divideUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}
