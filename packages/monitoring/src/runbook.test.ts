import { expect, test } from 'vitest';
import { alertLibrary } from './rules/library.ts';
import { runbook } from './runbook.ts';

const alert = alertLibrary.get('JobFailed');
if (alert === undefined) throw new Error('the library has no JobFailed');

test('a skeleton with meaning, query, first commands and room for people', () => {
  expect(runbook(alert)).toBe(`# JobFailed

<!-- Generated from the rule library; only what stands between "begin" and "end" is kept. -->

Job failed. Severity: ticket, within working hours. Holds for 1m before it fires.

## Meaning

The job used up its retries or its deadline. What it was to do is not done.

## Query

\`\`\`promql
kube_job_failed{namespace="{namespace}",job_name=~"{jobs}",condition="true"} > 0
\`\`\`

Words in braces are the workload's own; the firing alert carries the filled query.

## First three commands

\`\`\`sh
kubectl -n {namespace} get jobs -l app.kubernetes.io/name={app},app.kubernetes.io/component={component}
kubectl -n {namespace} get events --field-selector type=Warning --sort-by=.lastTimestamp
kubectl -n {namespace} logs -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} --all-containers --tail=200 --prefix
\`\`\`

## Causes seen so far

<!-- begin causes -->
_Write down what it was, each time it was something._
<!-- end causes -->

## What to do

<!-- begin mitigation -->
_Write down what helped, and what made it worse._
<!-- end mitigation -->

## Whom to call

<!-- begin escalation -->
_Write down who knows this, and when to wake them._
<!-- end escalation -->
`);
});

test('what people wrote survives, what was generated is renewed', () => {
  const written = runbook(alert)
    .replace('_Write down what helped, and what made it worse._', '1. Look at the $1 quota.\n2. Run it again.')
    .replace('The job used up', 'An old sentence: the job used up');
  const renewed = runbook(alert, written);
  expect(renewed).toContain(
    '<!-- begin mitigation -->\n1. Look at the $1 quota.\n2. Run it again.\n<!-- end mitigation -->',
  );
  expect(renewed).not.toContain('An old sentence');
  expect(runbook(alert, renewed)).toBe(renewed);
});

test('a text that lost its markers gets a new skeleton', () => {
  expect(runbook(alert, '# JobFailed\n\nnothing else')).toBe(runbook(alert));
});
