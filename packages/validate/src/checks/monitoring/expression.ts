import { parsePromql, type ParsedPromql } from '@fairlead/monitoring/promql';
import type { Manifest } from '@fairlead/objects';
import type { Report, ReportOptions } from '../../check.ts';

/** Parses an expression and reports where it is none, by line and column within it. */
export function parsed(
  report: Report,
  manifest: Manifest,
  pointer: string,
  expression: string,
  what: string,
  options: ReportOptions & { readonly grafana?: boolean } = {},
): ParsedPromql {
  const { grafana, ...reported } = options;
  const result = parsePromql(expression, { grafana });
  const [error] = result.errors;
  if (error) {
    report(
      'monitoring/expression',
      manifest,
      pointer,
      `${what} is not PromQL: ${error.message}${placeOf(expression, error.from)}`,
      {
        hint: excerpt(expression, error.from),
        ...reported,
      },
    );
  }
  return result;
}

/** ` at character 7`, or ` at line 2, character 7` of an expression of several lines. */
function placeOf(expression: string, offset: number): string {
  const before = expression.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return expression.trimEnd().includes('\n')
    ? ` at line ${before.length}, character ${column}`
    : ` at character ${column}`;
}

/** The line with the fault and a mark below it. */
function excerpt(expression: string, offset: number): string {
  const start = expression.lastIndexOf('\n', offset - 1) + 1;
  const end = expression.indexOf('\n', offset);
  const line = expression.slice(start, end < 0 ? undefined : end);
  const column = offset - start;
  const cut = column > 60 ? column - 40 : 0;
  return `${cut > 0 ? '…' : ''}${line.slice(cut, cut + 100)}\n${' '.repeat(column - cut + (cut > 0 ? 1 : 0))}^`;
}
