import type { Report } from '../../check.ts';
import { listAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { parsed } from './expression.ts';

/** Argo Rollouts replaces `{{args.x}}`, Flagger `{{ namespace }}` before anything reads the query. */
const filled = (query: string): string => query.replaceAll(/\{\{[^}]*\}\}/g, (match) => 'x'.repeat(match.length));

/** Queries of autoscalers and analyses. */
export function checkQueries(set: ManifestSet, report: Report): void {
  for (const kind of ['ScaledObject', 'ScaledJob']) {
    for (const manifest of set.ofKind('keda.sh', kind)) {
      for (const [index, trigger] of listAt(manifest, 'spec', 'triggers').entries()) {
        const query = textAt(trigger, 'metadata', 'query');
        if (textAt(trigger, 'type') !== 'prometheus' || query === undefined) continue;
        parsed(report, manifest, `/spec/triggers/${index}/metadata/query`, query, 'the query of the trigger');
      }
    }
  }
  for (const kind of ['AnalysisTemplate', 'ClusterAnalysisTemplate']) {
    for (const manifest of set.ofKind('argoproj.io', kind)) {
      for (const [index, metric] of listAt(manifest, 'spec', 'metrics').entries()) {
        const query = textAt(metric, 'provider', 'prometheus', 'query');
        if (query !== undefined)
          parsed(
            report,
            manifest,
            `/spec/metrics/${index}/provider/prometheus/query`,
            rangeFilled(query),
            `the query of metric "${textAt(metric, 'name') ?? index}"`,
          );
      }
    }
  }
  for (const manifest of set.ofKind('flagger.app', 'MetricTemplate')) {
    const query = textAt(manifest, 'spec', 'query');
    if (query !== undefined && (textAt(manifest, 'spec', 'provider', 'type') ?? 'prometheus') === 'prometheus') {
      parsed(report, manifest, '/spec/query', rangeFilled(query), 'the query');
    }
  }
}

/** Templates inside brackets stand for durations. */
const rangeFilled = (query: string): string =>
  filled(query.replaceAll(/\[\s*\{\{[^}]*\}\}\s*\]/g, (match) => `[5m${' '.repeat(Math.max(0, match.length - 4))}]`));
