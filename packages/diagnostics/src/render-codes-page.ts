import { type CodeEntry, codes } from './codes/index.ts';

/** The text of `docs/diagnostics.md`: every registered code with its severity, its sentence and its examples, sorted by code. */
export function renderCodesPage(registry: Readonly<Record<string, CodeEntry>> = codes): string {
  const entries = Object.entries(registry).sort(([a], [b]) => (a < b ? -1 : 1));
  let area = '';
  const lines = [
    '# Diagnostics',
    '',
    'Generated from the registry in `packages/diagnostics/src/codes/`; do not edit.',
    '',
    'An `error` fails the run. An environment file may change the severity of a code (`strictness`), and a finding can be waived',
    'with an owner, a reason and a last day (`waivers`).',
  ];
  for (const [code, entry] of entries) {
    const next = code.slice(0, code.indexOf('/'));
    if (next !== area) lines.push('', `## ${next}`);
    area = next;
    lines.push('', `### ${code}`, '', `${entry.severity}. ${entry.sentence}`);
    lines.push('', 'Bad:', '', ...fenced(entry.bad), '', 'Good:', '', ...fenced(entry.good));
  }
  return `${lines.join('\n')}\n`;
}

function fenced(example: string): string[] {
  const language = /^(import|export|const|new |app\.|[\w.]+\()/m.test(example) ? 'ts' : 'yaml';
  return [`\`\`\`${language}`, example.trimEnd(), '```'];
}
