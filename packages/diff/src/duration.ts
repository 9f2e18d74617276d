const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
  w: 604800,
  y: 31536000,
};

/** Seconds of a Go or Prometheus duration such as `1h30m`; undefined when it is none. A bare number is none, except 0. */
export function duration(value: unknown): number | undefined {
  if (value === 0 || value === '0') return 0;
  if (typeof value !== 'string' || !/^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w|y))+$/.test(value)) return undefined;
  let total = 0;
  for (const [, amount, unit] of value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w|y)/g))
    total += Number(amount) * (units[unit ?? ''] ?? 0);
  return Number((value.startsWith('-') ? -total : total).toPrecision(12));
}
