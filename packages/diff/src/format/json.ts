import type { DiffReport } from '../model.ts';

/** The report as JSON, by `schemas/diff.schema.json`. */
export function formatJson(report: DiffReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
