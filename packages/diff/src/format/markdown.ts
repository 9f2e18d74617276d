import { changeClasses, type ChangeClass, type DiffReport, type Entry } from '../model.ts';
import { number } from '../report.ts';
import { entryLines, examples, ofClass, summaryLines, titles, upperClasses, visible } from './lines.ts';
import { byKind, isWholeApp, toldEntries } from './placed.ts';

/** How large a comment may be and where the whole report is. */
export interface MarkdownOptions {
  /** Most characters. Default 65,000, below GitHub's 65,536. */
  readonly maxChars?: number;
  /** Where the reader finds what did not fit. Default: how to make it. */
  readonly fullReport?: string;
}

/** How much of an entry is told. */
interface Detail {
  readonly fields: number;
  readonly examples: number;
  /** True: entries of one code are told together, counted. */
  readonly condensed: boolean;
}

const full: Detail = { fields: 8, examples: 3, condensed: false };
const upperDetails: readonly Detail[] = [
  full,
  { fields: 2, examples: 3, condensed: false },
  { fields: 0, examples: 3, condensed: false },
  { fields: 0, examples: 3, condensed: true },
  { fields: 0, examples: 0, condensed: true },
];

/** The report as a comment of a merge request: the upper classes always, the others folded, what does not fit counted. Never above the limit. */
export function formatMarkdown(report: DiffReport, options: MarkdownOptions = {}): string {
  const { maxChars = 65_000, fullReport = 'run `fairlead diff --format html --out diff.html` for the full report' } =
    options;
  const head = [
    `### Manifests: ${code(report.base)} → ${code(report.head)}`,
    '',
    counts(report),
    '',
    ...summaryLines(report).map((line) => `${escape(line)}  `),
    '',
  ].join('\n');
  const lower = changeClasses.filter((each) => !upperClasses.includes(each));
  const told = toldEntries(report);
  const reserve = 400 + fullReport.length;
  let upper = '';
  for (const detail of upperDetails) {
    upper = upperClasses.map((each) => section(report, ofClass(told, each), each, detail)).join('');
    if (head.length + upper.length + reserve <= maxChars) break;
  }
  let text = head + upper;
  let left = 0;
  for (const each of lower) {
    const entries = ofClass(told, each);
    if (entries.length === 0) continue;
    const open = `\n<details><summary>${titles[each]} (${number(report.summary.byClass[each])})</summary>\n\n`;
    const close = '\n</details>\n';
    const room = maxChars - text.length - reserve - open.length - close.length;
    const { body, count } = fill(entries, room);
    left += entries.length - count;
    if (count > 0) text += `${open}${body}${close}`;
  }
  if (left > 0)
    text += `\n${number(left)} more ${left === 1 ? 'entry does' : 'entries do'} not fit here: ${fullReport}.\n`;
  return text.length <= maxChars ? text : cut(text, maxChars, fullReport);
}

function cut(text: string, maxChars: number, fullReport: string): string {
  const end = `\n\n… the rest does not fit: ${fullReport}.\n`;
  if (end.length >= maxChars) return text.slice(0, maxChars);
  const room = text.slice(0, maxChars - end.length);
  return `${room.slice(0, Math.max(room.lastIndexOf('\n'), 0))}${end}`;
}

function counts(report: DiffReport): string {
  const parts = changeClasses
    .filter((each) => report.summary.byClass[each] > 0)
    .map(
      (each) =>
        `${upperClasses.includes(each) ? '**' : ''}${number(report.summary.byClass[each])} ${each}${upperClasses.includes(each) ? '**' : ''}`,
    );
  return parts.join(' · ');
}

function section(report: DiffReport, entries: readonly Entry[], wanted: ChangeClass, detail: Detail): string {
  if (entries.length === 0) return '';
  const body = detail.condensed
    ? condense(entries, detail.examples)
    : entries.map((each) => item(each, detail)).join('');
  return `\n#### ${titles[wanted]} (${number(report.summary.byClass[wanted])})\n\n${body}`;
}

function item(entry: Entry, detail: Detail): string {
  let text = `- ${escape(entry.sentence)} \`${entry.code}\`\n`;
  const names = examples(entry, detail.examples);
  if (names !== undefined) text += `  <sub>${escape(names)}</sub>\n`;
  const lines = detail.fields === 0 ? [] : entryLines(entry, detail.fields, 100);
  if (lines.length > 0) {
    // A fence longer than any run of backticks inside cannot be closed by the content.
    const fence = '`'.repeat(
      Math.max(
        3,
        ...lines.map((line) => (line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length + 1), 0)),
      ),
    );
    text += `  ${fence}diff\n${lines.map((line) => `  ${line}\n`).join('')}  ${fence}\n`;
  }
  if (isWholeApp(entry) && detail.fields > 0) text += kindsOf(entry);
  if (entry.causes !== undefined)
    text += `  <sub>because of ${escape(entry.causes.slice(0, 3).join(', '))}${entry.causes.length > 3 ? ` and ${entry.causes.length - 3} more` : ''}</sub>\n`;
  return text;
}

/** The names of what comes or goes with an app, by kind and folded. */
function kindsOf({ objects }: Entry): string {
  const lines = byKind(objects).map(
    ([kind, each]) => `  - ${escape(`${kind}: ${[...new Set(each.map(({ name }) => name))].sort().join(', ')}`)}\n`,
  );
  return `  <details><summary>${number(objects.length)} objects by kind</summary>\n\n${lines.join('')}\n  </details>\n`;
}

/** One line for all entries of a code. */
function condense(entries: readonly Entry[], count: number): string {
  const byCode = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = byCode.get(entry.code);
    if (group) group.push(entry);
    else byCode.set(entry.code, [entry]);
  }
  return [...byCode]
    .map(([name, group]) => {
      const objects = group.reduce((sum, each) => sum + each.objects.length, 0);
      const [first] = group;
      if (group.length === 1 && first !== undefined) return `- ${escape(cutWords(first.sentence))} \`${name}\`\n`;
      const shown = group.slice(0, count).map((each) => `  - ${escape(cutWords(each.sentence))}\n`);
      return `- ${number(objects)} objects: \`${name}\`${count > 0 ? ', among them' : ''}\n${shown.join('')}`;
    })
    .join('');
}

function cutWords(sentence: string): string {
  return sentence.length > 240 ? `${sentence.slice(0, 239)}…` : sentence;
}

/** As many entries as fit, with fields, without, or condensed. */
function fill(entries: readonly Entry[], room: number): { body: string; count: number } {
  for (const detail of [full, { ...full, fields: 0 }]) {
    const body = entries.map((each) => item(each, detail)).join('');
    if (body.length <= room) return { body, count: entries.length };
  }
  const body = condense(entries, 3);
  if (body.length <= room) return { body, count: entries.length };
  let text = '';
  let count = 0;
  for (const entry of entries) {
    const line = item(entry, { ...full, fields: 0 });
    if (text.length + line.length > room) break;
    text += line;
    count++;
  }
  return { body: text, count };
}

/** Text that Markdown and HTML leave as it is. */
function escape(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/([\\`*_[\]|~])/g, '\\$1')
    .replaceAll('@', '&#64;')
    .replaceAll('\n', ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
