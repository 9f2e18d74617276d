import { checkExpression } from '@fairlead/monitoring/check-expression';
import type { Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { listAt, mapAt, step, textAt, textsAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { parsed } from './expression.ts';

/** Grafana dashboards in ConfigMaps (by the sidecar's label, or by what they hold) and in GrafanaDashboard objects. */
export function checkDashboards(set: ManifestSet, report: Report): void {
  for (const manifest of set.ofKind('', 'ConfigMap')) {
    const labelled = Object.keys(textsAt(manifest, 'metadata', 'labels')).some((each) => each === 'grafana_dashboard');
    for (const [key, value] of Object.entries(mapAt(manifest, 'data'))) {
      if (typeof value !== 'string' || !key.endsWith('.json')) continue;
      if (labelled || (/"panels"\s*:/.test(value) && /"schemaVersion"\s*:/.test(value)))
        checkDashboard(report, manifest, `/data/${step(key)}`, key, value);
    }
  }
  for (const manifest of set.ofKind('grafana.integreatly.org', 'GrafanaDashboard')) {
    const value = textAt(manifest, 'spec', 'json');
    if (value !== undefined) checkDashboard(report, manifest, '/spec/json', 'spec.json', value);
  }
}

function checkDashboard(report: Report, manifest: Manifest, pointer: string, key: string, text: string): void {
  let dashboard: unknown;
  try {
    dashboard = JSON.parse(text);
  } catch (error) {
    report(
      'monitoring/dashboard',
      manifest,
      pointer,
      `the dashboard ${key} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
      {
        hint: 'export it from Grafana again, or mend the JSON',
      },
    );
    return;
  }
  for (const panel of panelsOf(dashboard)) {
    for (const target of listAt(panel, 'targets')) {
      const expression = textAt(target, 'expr');
      if (expression === undefined || expression.trim() === '' || !isPrometheus(panel, target)) continue;
      // Dashboards of a fleet hold one query with a thousand names.
      if (checkExpression(expression, true) === undefined) continue;
      parsed(report, manifest, pointer, expression, `the query of panel "${textAt(panel, 'title') ?? ''}" in ${key}`, {
        grafana: true,
        severity: 'warning',
      });
    }
  }
}

/** Panels at any depth: rows hold panels of their own, old dashboards hold them in rows. */
function* panelsOf(value: unknown): Generator<unknown> {
  for (const field of ['panels', 'rows']) {
    for (const panel of listAt(value, field)) {
      yield panel;
      yield* panelsOf(panel);
    }
  }
}

/** Loki and others also write their queries in `expr`. */
function isPrometheus(panel: unknown, target: unknown): boolean {
  const source =
    mapAt(target, 'datasource')['type'] ??
    mapAt(panel, 'datasource')['type'] ??
    textAt(target, 'datasource') ??
    textAt(panel, 'datasource');
  return (
    typeof source !== 'string' ||
    !/loki|tempo|elastic|opensearch|influx|cloudwatch|stackdriver|graphite|postgres|mysql|mssql|jaeger|pyroscope|testdata/i.test(
      source,
    )
  );
}
