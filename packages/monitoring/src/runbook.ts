import type { AlertIntent } from './intent.ts';
import type { AlertTemplate } from './rules/alert-template.ts';

/** What a runbook is made from: an alert of the library, or one of an app's own. */
export type RunbookAlert = Pick<AlertTemplate, 'name' | 'severity' | 'expression' | 'summary'> &
  Partial<Pick<AlertTemplate, 'for' | 'description' | 'meaning' | 'commands'>>;

/** The parts that people write; each stands between a pair of markers and survives. */
const parts = [
  ['causes', 'Causes seen so far', 'Write down what it was, each time it was something.'],
  ['mitigation', 'What to do', 'Write down what helped, and what made it worse.'],
  ['escalation', 'Whom to call', 'Write down who knows this, and when to wake them.'],
] as const;

/**
 * The text of `docs/runbooks/<alert>.md`: query, meaning and first commands from the library, and the hand-written parts of the
 * existing text. Text outside the markers is generated and replaced.
 */
export function runbook(alert: RunbookAlert, existingText?: string): string {
  const { name, severity, expression, summary, meaning, commands } = alert;
  const sections = parts.map(([part, heading, invitation]) => {
    const written = handWritten(part, existingText) ?? `\n_${invitation}_\n`;
    return `## ${heading}\n\n${begin(part)}${written}${end(part)}`;
  });
  return [
    `# ${name}`,
    `<!-- Generated from the rule library; only what stands between "begin" and "end" is kept. -->`,
    `${summary}. Severity: ${severity === 'page' ? 'page, somebody is woken' : 'ticket, within working hours'}.${alert.for === undefined ? '' : ` Holds for ${duration(alert.for)} before it fires.`}`,
    ...(meaning === undefined
      ? alert.description === undefined
        ? []
        : [`## Meaning\n\n${alert.description}`]
      : [`## Meaning\n\n${meaning}`]),
    `## Query\n\n\`\`\`promql\n${expression}\n\`\`\`\n\nWords in braces are the workload's own; the firing alert carries the filled query.`,
    ...(commands === undefined ? [] : [`## First three commands\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\``]),
    ...sections,
  ]
    .join('\n\n')
    .concat('\n');
}

function duration(hold: string): string {
  return hold.startsWith('{') ? 'the stated time' : hold;
}

function begin(part: string): string {
  return `<!-- begin ${part} -->`;
}

function end(part: string): string {
  return `<!-- end ${part} -->`;
}

/** What stands between the markers of a part; undefined where the text lacks them. */
function handWritten(part: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const from = text.indexOf(begin(part));
  if (from < 0) return undefined;
  const start = from + begin(part).length;
  const to = text.indexOf(end(part), start);
  return to < 0 ? undefined : text.slice(start, to);
}

/** The alerts of an app's own as runbooks take them. */
export function runbookAlert({
  name,
  severity,
  expression,
  summary,
  description,
  for: hold,
}: AlertIntent): RunbookAlert {
  return { name, severity, expression, summary, description, ...(hold === undefined ? {} : { for: hold }) };
}
