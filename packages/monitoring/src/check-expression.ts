import { parser } from '@prometheus-io/lezer-promql';

/** Where an expression breaks, in UTF-16 code units. */
export interface ExpressionFault {
  readonly from: number;
  readonly to: number;
}

const known = new Map<string, ExpressionFault | undefined>();

/** The first place where a PromQL expression does not parse; undefined when it does. Answers are kept by text. */
export function checkExpression(text: string): ExpressionFault | undefined {
  if (known.has(text)) return known.get(text);
  const fault = parse(text);
  known.set(text, fault);
  return fault;
}

function parse(text: string): ExpressionFault | undefined {
  if (text.trim() === '') return { from: 0, to: 0 };
  let fault: ExpressionFault | undefined;
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) fault ??= { from, to };
      return fault === undefined;
    },
  });
  return fault;
}
