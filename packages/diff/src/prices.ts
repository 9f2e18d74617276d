import table from './prices.json' with { type: 'json' };

/** What capacity costs in a month, for estimates. */
export interface PriceTable {
  readonly currency: string;
  readonly perMonth: { readonly vcpu: number; readonly gibMemory: number; readonly gibStorage: number };
}

/** Round figures of no provider in particular, to show the order of magnitude; `fairlead diff --prices <file>` takes your own. */
export const examplePrices: PriceTable = table;

/** A price table from parsed JSON. Throws a TypeError that names the field that is wrong. */
export function parsePrices(value: unknown): PriceTable {
  const fail = (field: string, wanted: string): never => {
    throw new TypeError(`price table: ${field} must be ${wanted}`);
  };
  if (typeof value !== 'object' || value === null) return fail('the file', 'a map');
  const currency =
    'currency' in value && typeof value.currency === 'string' ? value.currency : fail('currency', 'a text');
  const perMonth =
    'perMonth' in value && typeof value.perMonth === 'object' && value.perMonth !== null
      ? value.perMonth
      : fail('perMonth', 'a map');
  const amount = (field: 'vcpu' | 'gibMemory' | 'gibStorage'): number => {
    const found: unknown = Reflect.get(perMonth, field);
    return typeof found === 'number' && Number.isFinite(found) ? found : fail(`perMonth.${field}`, 'a number');
  };
  return {
    currency,
    perMonth: { vcpu: amount('vcpu'), gibMemory: amount('gibMemory'), gibStorage: amount('gibStorage') },
  };
}
