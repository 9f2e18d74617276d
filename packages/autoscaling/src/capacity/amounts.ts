/** Cores: `250m` below one, else with at most two digits. */
export function cores(value: number): string {
  return value > 0 && value < 1 ? `${Math.round(value * 1000)}m` : `${Number(value.toFixed(2))}`;
}

/** Bytes in the largest binary unit that keeps at least one digit before the point. */
export function bytes(value: number): string {
  const units = ['Ti', 'Gi', 'Mi', 'Ki'] as const;
  for (const [index, unit] of units.entries()) {
    const size = 2 ** (10 * (4 - index));
    if (value >= size) return `${Number((value / size).toFixed(2))}${unit}`;
  }
  return `${value}`;
}

/** A share as whole percent, rounded up so that nothing full looks free. */
export function percent(share: number): string {
  return `${Math.ceil(share * 100 - 1e-9)} %`;
}
