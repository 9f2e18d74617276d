import { duration } from './duration.ts';
import { plainPromql } from './promql.ts';

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
