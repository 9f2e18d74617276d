import { checkExpression } from '../check-expression.ts';
import type { AlertSeverity } from '../intent.ts';

/**
 * An alert of the library, before it is filled in for a workload: data, so that rules, runbooks and documentation come from one place.
 *
 * `{word}` stands for a value of the workload: `namespace`, `workload` (its name), `pods` (regular expression of its pods' names),
 * `job` (its scrape job), and what the alert's own row says. Go templates (`{{ $labels.pod }}`) are left to Prometheus.
 */
export interface AlertTemplate {
  /** CamelCase; also the name of its runbook. */
  readonly name: string;
  readonly severity: AlertSeverity;
  readonly expression: string;
  readonly for?: string;
  readonly summary: string;
  readonly description: string;
  /** For the runbook: what it means when this fires, in a few sentences. */
  readonly meaning: string;
  /** For the runbook: the first three commands. */
  readonly commands: readonly [string, string, string];
}

const placeholder = /\{([a-z]+)\}/;
const pieces = new Map<string, readonly string[]>();

/** Fills the `{word}`s of a template. A word without a value is a fault of the library and throws. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  let parts = pieces.get(template);
  if (parts === undefined) {
    parts = template.split(placeholder); // text, word, text, word, …, text
    pieces.set(template, parts);
  }
  let text = parts[0] ?? '';
  for (let index = 1; index < parts.length; index += 2) {
    const word = parts[index] ?? '';
    const value = values[word];
    if (value === undefined) throw new Error(`no value for {${word}} in: ${template}`);
    text += value + (parts[index + 1] ?? '');
  }
  return text;
}

/** Samples of what stands for a word where it is not inside quotes. */
const samples: Readonly<Record<string, string>> = {
  by: 'by (a) ',
  bybucket: 'by (le) ',
  byservice: 'by (a) ',
  byservicebucket: 'by (le) ',
  bucket: 'le="1"',
  duration: 'm',
  errors: 'a="b"',
  limit: '0.1',
  max: 'm',
  replicas: 'm',
  selector: 'a="b"',
  total: 'm',
  used: 'm',
  window: '5m',
};

const sampleValues = new Proxy(samples, { get: (target, word) => target[String(word)] ?? 'x' });
const verified = new Set<string>();

/** An expression of the library with samples in the place of a workload's own words, so that it parses. */
export function sampleExpression(template: string): string {
  return fillTemplate(template, sampleValues);
}

/**
 * Fills an expression of the library. Expressions differ by names only, so each template is parsed once, filled with samples;
 * one that does not parse is a fault of the library and throws.
 */
export function fillExpression(template: string, values: Readonly<Record<string, string>>): string {
  if (!verified.has(template)) {
    const sample = sampleExpression(template);
    if (checkExpression(sample) !== undefined) throw new Error(`the rule library has a broken expression: ${sample}`);
    verified.add(template);
  }
  return fillTemplate(template, values);
}
