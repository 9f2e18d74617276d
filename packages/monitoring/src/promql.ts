import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { shapeOf, withStrings } from './promql-shape.ts';
import { withoutVariables } from './promql-variables.ts';

/** A place where an expression is not PromQL, in UTF-16 code units from its start. */
export interface PromqlError {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** A label matcher of a selector: `code=~"5.."`. */
export interface PromqlMatcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** A vector selector. `metric` is empty where only matchers are given. */
export interface PromqlSelector {
  readonly metric: string;
  readonly matchers: readonly PromqlMatcher[];
  /** Labels by which enclosing aggregations and matchings read it. */
  readonly from: number;
  readonly to: number;
}

/** An aggregation, or the labels of `on` and `ignoring` (their operator is the binary one). */
export interface PromqlGrouping {
  readonly operator: string;
  readonly modifier: 'by' | 'without' | 'on' | 'ignoring' | 'group_left' | 'group_right';
  readonly labels: readonly string[];
  readonly from: number;
  readonly to: number;
  /** The selectors underneath. */
  readonly selectors: readonly PromqlSelector[];
}

export interface ParsedPromql {
  readonly errors: readonly PromqlError[];
  readonly selectors: readonly PromqlSelector[];
  /** Names of the metrics, each once, in order. */
  readonly metrics: readonly string[];
  /** Ranges of matrix selectors and subqueries as written: `5m`, `1h:1m`. */
  readonly ranges: readonly string[];
  readonly functions: readonly string[];
  readonly groupings: readonly PromqlGrouping[];
  /**
   * Labels that the result has, where the expression says so: the outermost aggregation's `by` (none for an aggregation without
   * labels). Undefined: those of the metrics, as far as known.
   */
  readonly resultLabels: readonly string[] | undefined;
}

export interface PromqlOptions {
  /** Reads Grafana's variables (`$__rate_interval`, `$job`, `${job:regex}`, `[[job]]`) as what they stand for. Default false. */
  readonly grafana?: boolean | undefined;
}

/** Expressions that were read, by their text; those of a fleet differ in the strings of their matchers, and so share a shape. */
const byText = new Map<string, ParsedPromql>();
const byShape = new Map<string, ParsedPromql>();

/** Reads PromQL with Prometheus' own grammar. Never throws. */
export function parsePromql(expression: string, options: PromqlOptions = {}): ParsedPromql {
  const text = options.grafana ? withoutVariables(expression) : expression;
  if (text.trim() === '')
    return { ...nothing, errors: [{ from: 0, to: expression.length, message: 'the expression is empty' }] };
  return remembered(byText, text, () => {
    const shape = shapeOf(text);
    if (shape === undefined) return parse(text);
    const parsed = remembered(byShape, shape, () => parse(shape));
    // What is wrong with it is told in its own words.
    return parsed.errors.length > 0 ? parse(text) : withStrings(parsed, text);
  });
}

function parse(text: string): ParsedPromql {
  return collect(parser.parse(text), text);
}

/** Entries after which a table is begun anew, so that it cannot grow without bound. */
const most = 10_000;

function remembered(table: Map<string, ParsedPromql>, key: string, make: () => ParsedPromql): ParsedPromql {
  let found = table.get(key);
  if (found === undefined) {
    if (table.size >= most) table.clear();
    table.set(key, (found = make()));
  }
  return found;
}

const nothing: ParsedPromql = {
  errors: [],
  selectors: [],
  metrics: [],
  ranges: [],
  functions: [],
  groupings: [],
  resultLabels: undefined,
};

const modifiers: Readonly<Record<string, PromqlGrouping['modifier']>> = {
  By: 'by',
  Without: 'without',
  On: 'on',
  Ignoring: 'ignoring',
  GroupLeft: 'group_left',
  GroupRight: 'group_right',
};

/** Functions whose number of arguments is fixed or bounded: `[fewest, most]`. Others take any. */
const argumentCounts: Readonly<Record<string, readonly [number, number]>> = {
  absent: [1, 1],
  absent_over_time: [1, 1],
  avg_over_time: [1, 1],
  changes: [1, 1],
  clamp: [3, 3],
  clamp_max: [2, 2],
  clamp_min: [2, 2],
  count_over_time: [1, 1],
  delta: [1, 1],
  deriv: [1, 1],
  histogram_quantile: [2, 2],
  idelta: [1, 1],
  increase: [1, 1],
  irate: [1, 1],
  label_replace: [5, 5],
  last_over_time: [1, 1],
  max_over_time: [1, 1],
  min_over_time: [1, 1],
  predict_linear: [2, 2],
  quantile_over_time: [2, 2],
  rate: [1, 1],
  resets: [1, 1],
  scalar: [1, 1],
  sum_over_time: [1, 1],
  time: [0, 0],
  vector: [1, 1],
};

/** Functions of a range vector, by the position of that argument. */
const rangeArgument: Readonly<Record<string, number>> = {
  absent_over_time: 0,
  avg_over_time: 0,
  changes: 0,
  count_over_time: 0,
  delta: 0,
  deriv: 0,
  idelta: 0,
  increase: 0,
  irate: 0,
  last_over_time: 0,
  max_over_time: 0,
  min_over_time: 0,
  predict_linear: 0,
  present_over_time: 0,
  quantile_over_time: 1,
  rate: 0,
  resets: 0,
  stddev_over_time: 0,
  stdvar_over_time: 0,
  sum_over_time: 0,
};

function collect(tree: Tree, text: string): ParsedPromql {
  const errors: PromqlError[] = [];
  const selectors: PromqlSelector[] = [];
  const ranges: string[] = [];
  const functions: string[] = [];
  const groupings: PromqlGrouping[] = [];
  const at = (node: SyntaxNode) => text.slice(node.from, node.to);

  /** Visits a node; returns the selectors underneath. */
  const visit = (node: SyntaxNode): PromqlSelector[] => {
    const before = selectors.length;
    if (node.type.isError) {
      const broken = at(node).trim();
      errors.push({
        from: node.from,
        to: node.to,
        message: broken === '' ? expected(node, text) : `unexpected "${broken.slice(0, 40)}"`,
      });
    }
    const name = node.type.name;
    if (name === 'VectorSelector') selectors.push(selectorOf(node, at));
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
    const below = selectors.slice(before);
    if (name === 'FunctionCall') checkCall(node, at, functions, errors);
    else if (name === 'MatrixSelector' || name === 'SubqueryExpr')
      ranges.push(at(node).slice(at(node).lastIndexOf('[') + 1, -1));
    else if (name === 'GroupingLabels') {
      const labels = node.getChildren('LabelName').map(at);
      for (const quoted of node.getChildren('QuotedLabelName')) labels.push(at(quoted).slice(1, -1));
      const previous = node.prevSibling;
      const modifier = modifiers[previous?.type.name ?? ''];
      const owner = node.parent?.parent;
      if (modifier && owner) {
        const operator = owner.type.name === 'AggregateExpr' ? at(owner.firstChild ?? owner) : '';
        groupings.push({ operator, modifier, labels, from: node.from, to: node.to, selectors: [] });
      }
    } else if (name === 'AggregateExpr') {
      const index = groupings.findIndex(
        (each) => each.from >= node.from && each.to <= node.to && each.selectors.length === 0 && isDirect(each, node),
      );
      const grouping = groupings[index];
      if (grouping) groupings[index] = { ...grouping, selectors: below };
    }
    return below;
  };
  visit(tree.topNode);
  const metrics = [...new Set(selectors.map((each) => each.metric).filter((each) => each !== ''))];
  return {
    errors: errors.slice(0, 5),
    selectors,
    metrics,
    ranges,
    functions,
    groupings,
    resultLabels: resultLabels(tree.topNode, at),
  };
}

/** True when the grouping belongs to this aggregation and not to one inside it. */
function isDirect(grouping: PromqlGrouping, aggregate: SyntaxNode): boolean {
  const labels = aggregate.getChild('AggregateModifier')?.getChild('GroupingLabels');
  return labels?.from === grouping.from;
}

function selectorOf(node: SyntaxNode, at: (node: SyntaxNode) => string): PromqlSelector {
  const identifier = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers');
  const found: PromqlMatcher[] = [];
  let metric = identifier ? at(identifier) : '';
  for (let child = matchers?.firstChild; child; child = child.nextSibling) {
    const kind = child.type.name;
    if (kind === 'QuotedLabelName') metric = at(child).slice(1, -1);
    if (kind !== 'UnquotedLabelMatcher' && kind !== 'QuotedLabelMatcher') continue;
    const label = child.getChild('LabelName') ?? child.getChild('QuotedLabelName');
    const operator = child.getChild('MatchOp');
    const value = child.getChild('StringLiteral');
    if (!label || !operator || !value) continue;
    const entry: PromqlMatcher = {
      label: at(label).replace(/^["'`]|["'`]$/g, ''),
      operator: at(operator) as PromqlMatcher['operator'],
      value: at(value).slice(1, -1),
      from: child.from,
      to: child.to,
    };
    if (entry.label === '__name__' && entry.operator === '=') metric = entry.value;
    else found.push(entry);
  }
  return { metric, matchers: found, from: node.from, to: node.to };
}

/** What the grammar does not say: how many arguments a function takes, and which are ranges. */
function checkCall(
  node: SyntaxNode,
  at: (node: SyntaxNode) => string,
  functions: string[],
  errors: PromqlError[],
): void {
  const identifier = node.getChild('FunctionIdentifier');
  const body = node.getChild('FunctionCallBody');
  if (!identifier || !body) return;
  const name = at(identifier);
  functions.push(name);
  const given: SyntaxNode[] = [];
  for (let child = body.firstChild; child; child = child.nextSibling) {
    if (child.type.isError) return;
    if (child.type.name !== 'LineComment' && !/^[(),]$/.test(at(child))) given.push(child);
  }
  const count = argumentCounts[name];
  if (count && (given.length < count[0] || given.length > count[1])) {
    errors.push({
      from: node.from,
      to: node.to,
      message: `${name} takes ${count[0]} argument${count[0] === 1 ? '' : 's'}, not ${given.length}`,
    });
    return;
  }
  const range = given[rangeArgument[name] ?? -1];
  if (range && valueType(range) === 'vector') {
    errors.push({
      from: range.from,
      to: range.to,
      message: `${name} needs a range, such as ${at(range).slice(0, 40)}[5m]`,
    });
  }
}

/** `vector` and `range` where that is certain. */
function valueType(node: SyntaxNode): 'vector' | 'range' | 'other' {
  switch (node.type.name) {
    case 'VectorSelector':
    case 'AggregateExpr':
      return 'vector';
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return 'range';
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return node.firstChild ? valueType(node.firstChild) : 'other';
    default:
      return 'other';
  }
}

/** The labels that remain after the outermost aggregation; through comparisons and arithmetic with what has none. */
function resultLabels(node: SyntaxNode | null, at: (node: SyntaxNode) => string): readonly string[] | undefined {
  if (!node) return undefined;
  switch (node.type.name) {
    case 'PromQL':
    case 'ParenExpr':
    case 'UnaryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr': {
      let inner = node.firstChild;
      while (inner && (inner.type.name === 'UnaryOp' || inner.type.name === 'LineComment' || at(inner) === '('))
        inner = inner.nextSibling;
      return resultLabels(inner, at);
    }
    case 'BinaryExpr': {
      if (node.getChild('MatchingModifierClause') || node.getChild('Or')) return undefined;
      const [first, last] = [resultLabels(node.firstChild, at), resultLabels(node.lastChild, at)];
      if (node.lastChild?.type.name === 'NumberDurationLiteral') return first;
      if (node.firstChild?.type.name === 'NumberDurationLiteral') return last;
      return first && last ? first : undefined;
    }
    case 'AggregateExpr': {
      const operator = node.firstChild ? at(node.firstChild) : '';
      if (/^(topk|bottomk|limitk|limit_ratio|count_values)$/i.test(operator)) return undefined;
      const modifier = node.getChild('AggregateModifier');
      if (!modifier) return [];
      if (!modifier.getChild('By')) return undefined;
      return modifier.getChild('GroupingLabels')?.getChildren('LabelName').map(at) ?? [];
    }
    default:
      return undefined;
  }
}

/** What a gap in the text lacks; the grammar itself does not say. */
function expected(node: SyntaxNode, text: string): string {
  const open = openBrackets(text.slice(0, node.from));
  if (node.from >= text.trimEnd().length)
    return open === '' ? 'the expression ends too early' : `the expression ends before "${open}" is closed`;
  return `something is missing before "${text.slice(node.from).trimStart().slice(0, 20)}"`;
}

/** The innermost bracket that is not closed, outside strings. */
function openBrackets(text: string): string {
  const stack: string[] = [];
  for (const token of text.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|[()[\]{}]/g) ?? []) {
    if ('([{'.includes(token)) stack.push(token);
    else if (')]}'.includes(token)) stack.pop();
  }
  return stack.at(-1) ?? '';
}
