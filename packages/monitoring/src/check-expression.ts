import { parsePromql } from './promql.ts';

/** Where an expression breaks, in UTF-16 code units, and why. */
export interface ExpressionFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

const known = new Map<string, ExpressionFault | undefined>();

/**
 * The first place where a PromQL expression does not parse; undefined when it does. Answers are kept by text.
 * `grafana` reads the variables of dashboards (`$__rate_interval`) as what they stand for.
 */
export function checkExpression(text: string, grafana = false): ExpressionFault | undefined {
  const key = grafana ? `grafana ${text}` : text;
  if (known.has(key)) return known.get(key);
  const [fault] = parsePromql(text, { grafana }).errors;
  known.set(key, fault);
  return fault;
}
