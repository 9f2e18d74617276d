import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePromql } from './promql.ts';

test('metrics, matchers, ranges, functions and groupings', () => {
  const parsed = parsePromql(
    'histogram_quantile(0.99, sum by (le, job) (rate(http_seconds_bucket{job="api", code=~"5.."}[5m]))) > 2 and on (job) up == 1',
  );
  expect(parsed.errors).toEqual([]);
  expect(parsed.metrics).toEqual(['http_seconds_bucket', 'up']);
  expect(parsed.selectors[0]?.matchers.map(({ label, operator, value }) => `${label}${operator}${value}`)).toEqual([
    'job=api',
    'code=~5..',
  ]);
  expect(parsed.ranges).toEqual(['5m']);
  expect(parsed.functions).toEqual(['rate', 'histogram_quantile']);
  expect(
    parsed.groupings.map(({ operator, modifier, labels, selectors }) => [
      operator,
      modifier,
      labels,
      selectors.map((each) => each.metric),
    ]),
  ).toEqual([
    ['sum', 'by', ['le', 'job'], ['http_seconds_bucket']],
    ['', 'on', ['job'], []],
  ]);
});

test.each([
  ['sum(rate(x[5m])', 15, 'the expression ends before "(" is closed'],
  ['rate(x[5m]) >', 13, 'the expression ends too early'],
  ['sum by (job rate(x[5m]))', 12, undefined],
  ['x{code="5..}', undefined, undefined],
  ['x{code=5}', 7, undefined],
  ['rate(x[5 minutes])', undefined, undefined],
  ['x + * y', undefined, undefined],
  ['', 0, 'the expression is empty'],
  ['rate(x)', 5, 'rate needs a range, such as x[5m]'],
  ['rate(sum(x))', 5, 'rate needs a range, such as sum(x)[5m]'],
  ['histogram_quantile(x)', 0, 'histogram_quantile takes 2 arguments, not 1'],
  ['foo_bar(x)', undefined, undefined],
  ['rate(x[$__rate_interval])', undefined, undefined],
])('%s is refused', (expression, from, message) => {
  const [error] = parsePromql(expression).errors;
  expect(error).toBeDefined();
  if (from !== undefined) expect(error?.from).toBe(from);
  if (message !== undefined) expect(error?.message).toBe(message);
});

test.each([
  'up == 0',
  '-x',
  '1',
  'vector(1)',
  'absent(up{job="x"})',
  'x offset 5m',
  'x @ end()',
  'rate(x[1h:5m])',
  'max_over_time(deriv(x[5m])[1h:])',
  '{__name__=~"job:.+"}',
  'job:x:rate5m / ignoring (code) group_left job:y:rate5m',
  'sum without (instance) (x) # comment',
  'sum(x) by (job)',
  'x unless y or z',
  'x > bool 1',
  'label_replace(x, "a", "$1", "b", "(.*)")',
  'count_values("version", build_info)',
  '1h30m * x',
  "x{a='b'}",
])('%s is accepted', (expression) => {
  expect(parsePromql(expression).errors).toEqual([]);
});

test.each([
  'rate(x[$__rate_interval])',
  'rate(x[$__interval:])',
  'sum by ($group) (rate(x{job=~"$job", y="${z:regex}"}[$interval]))',
  'rate(x[${window}m])',
  'topk($n, sum(x))',
  '$metric{job="a"}',
  'prefix_${kind}_total',
  'x > $threshold',
  'x offset $offset',
  'sum(increase(x[$__range]))',
  '[[metric]]{a="b"}',
])('%s is accepted in a dashboard', (expression) => {
  expect(parsePromql(expression, { grafana: true }).errors).toEqual([]);
});

test.each([
  ['sum by (job) (x) > 1', ['job']],
  ['sum(x) / sum(y)', []],
  ['(avg by (a, b) (x))', ['a', 'b']],
  ['x', undefined],
  ['topk(3, sum by (a) (x))', undefined],
  ['sum without (a) (x)', undefined],
])('%s has the labels %j', (expression, labels) => {
  expect(parsePromql(expression).resultLabels).toEqual(labels);
});

test('an expression whose shape was read before is read as if it were the first', () => {
  const value = fc.stringMatching(/^[a-z0-9.|*+()[\]{}=~!, -]{0,12}$/);
  const templates: ((a: string, b: string) => string)[] = [
    (a, b) => `sum by (job) (rate(x{job="${a}", code=~"${b}"}[5m])) / on (job) group_left y{z!="${a}"}`,
    (a, b) => `max_over_time(x{a="${a}"}[1h:1m] offset 5m) > 2 unless {b!~ "${b}"}`,
    (a, b) => `count_values("${a}", x{b="${b}"}) + label_replace(x, "a", "$1", "b", "${b}")`,
    (a, b) => `x{a="${a}" "${b}"}`,
  ];
  fc.assert(
    fc.property(fc.constantFrom(...templates), value, value, (template, a, b) => {
      const text = template(a, b);
      // With a comment an expression is read by itself.
      expect(parsePromql(text)).toEqual(parsePromql(`${text} #`));
    }),
    { numRuns: 300 },
  );
});
