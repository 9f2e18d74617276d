import { parsePromql } from './promql.ts';

/** Where an expression breaks, in UTF-16 code units, and why. */
export interface ExpressionFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

const known = new Map<string, ExpressionFault | undefined>();

/** String literals whose text cannot decide whether an expression is sound: names, and alternatives of names. */
const names = /"[a-z0-9.-]+(?:\|[a-z0-9.-]+)*"/g;

/**
 * The first place where a PromQL expression does not parse; undefined when it does. Answers are kept, for all expressions that
 * differ in names of namespaces and workloads only: a fleet states one expression a thousand times.
 * `grafana` reads the variables of dashboards (`$__rate_interval`) as what they stand for.
 */
export function checkExpression(text: string, grafana = false): ExpressionFault | undefined {
  const shape = text.replace(names, '"x"');
  const key = grafana ? `grafana ${shape}` : shape;
  if (!known.has(key)) known.set(key, fault(shape, grafana));
  // The place of a fault is that in its own text.
  return known.get(key) && fault(text, grafana);
}

function fault(text: string, grafana: boolean): ExpressionFault | undefined {
  const [first] = parsePromql(text, { grafana }).errors;
  return first;
}
