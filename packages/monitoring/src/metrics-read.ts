import { dashboards } from './dashboards/library.ts';
import { parsePromql } from './promql.ts';
import { sampleExpression } from './rules/alert-template.ts';
import { businessRecordings } from './rules/business-metrics.ts';
import { alertLibrary } from './rules/library.ts';
import { platformRecordings } from './rules/platform-recordings.ts';
import { replicaAlertsOf } from './rules/workload-alerts.ts';

let known: readonly string[] | undefined;

/**
 * The metrics with a prefix that a rule of the library or one of its dashboards reads, in alphabetical order: what must be scraped, and
 * all that is worth paying for.
 */
export function metricsRead(prefix: string): string[] {
  known ??= [...new Set(expressions().flatMap((text) => parsePromql(text, { grafana: true }).metrics))].sort();
  return known.filter((name) => name.startsWith(prefix));
}

function expressions(): string[] {
  const replicas = Object.values(replicaAlertsOf).flatMap((each) => each ?? []);
  return [
    ...[...alertLibrary.values(), ...replicas].map(({ expression }) => sampleExpression(expression)),
    ...[...businessRecordings, ...platformRecordings].map(({ expression }) => expression),
    ...Object.values(dashboards).flatMap(({ rows }) =>
      rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(({ expression }) => expression))),
    ),
  ];
}
