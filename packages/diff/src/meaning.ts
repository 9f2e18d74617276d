/** How a scalar is compared: as a quantity (1000m is 1), a duration (60s is 1m), an int-or-string (80 is "80"), a PromQL expression, or text that varies only by case. */
export type ScalarKind = 'quantity' | 'duration' | 'int-or-string' | 'promql' | 'ignore-case';

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

/** The number that a Kubernetes quantity stands for; undefined when it is none. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export function quantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(
    value.trim(),
  );
  if (match === null) return undefined;
  const result = Number(match[1]) * (suffixes[match[2] ?? ''] ?? 1);
  return Number(result.toPrecision(15));
}

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

/** A PromQL expression without the white space and comments that carry no meaning. */
export function plainPromql(expression: string): string {
  const parts =
    expression.match(
      /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*|\s+|[A-Za-z0-9_:.]+|[^\sA-Za-z0-9_:."'`#]/g,
    ) ?? [];
  let text = '';
  let gap = false;
  for (const part of parts) {
    if (part.startsWith('#') || /^\s/.test(part)) {
      gap = true;
      continue;
    }
    const quoted = /^["'`]/.test(part);
    const word = !quoted && /^[A-Za-z0-9_:.]/.test(part);
    if (gap && word && /[A-Za-z0-9_:.]$/.test(text)) text += ' ';
    text += quoted ? plainQuotes(part) : part;
    gap = false;
  }
  // `{a="b",}` is `{a="b"}`.
  return text.replace(/,([})])/g, '$1');
}

function plainQuotes(part: string): string {
  const inner = part.slice(1, -1);
  return inner.includes('\\') || inner.includes('"') ? part : `"${inner}"`;
}

/** True when two scalars mean the same to Kubernetes. */
export function sameScalar(before: unknown, after: unknown, kind: ScalarKind | undefined): boolean {
  if (before === after) return true;
  if (kind === undefined) return typeof before === 'string' && typeof after === 'string' && sameText(before, after);
  return plainScalar(before, kind) === plainScalar(after, kind);
}

function sameText(before: string, after: string): boolean {
  return (
    before.includes('\r') !== after.includes('\r') && before.replaceAll('\r\n', '\n') === after.replaceAll('\r\n', '\n')
  );
}

/** One representative for all scalars that mean the same. */
export function plainScalar(value: unknown, kind: ScalarKind | undefined): unknown {
  switch (kind) {
    case 'quantity':
      return quantity(value) ?? value;
    case 'duration':
      return duration(value) ?? value;
    case 'int-or-string':
      return String(value);
    case 'promql':
      return typeof value === 'string' ? plainPromql(value) : String(value);
    case 'ignore-case':
      return typeof value === 'string' ? value.toLowerCase() : value;
    case undefined:
      return typeof value === 'string' && value.includes('\r') ? value.replaceAll('\r\n', '\n') : value;
  }
}
