import type {
  Dashboard as GrafanaDashboard,
  Panel as GrafanaPanel,
  VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import { checkExpression } from '../check-expression.ts';

/** One curve or number of a panel. */
export interface Query {
  readonly expression: string;
  /** `{{service}}` and the like; default: all labels. */
  readonly legend?: string | undefined;
}

/** One panel: a curve over time, or one number. */
export interface PanelDefinition {
  readonly title: string;
  readonly kind?: 'timeseries' | 'stat' | undefined;
  /** Unit as Grafana names it: `reqps`, `percentunit`, `s`, `bytes`, `short`. */
  readonly unit?: string | undefined;
  readonly queries: readonly Query[];
  readonly description?: string | undefined;
}

/** A dashboard as data: rows of panels, which share a row's width. */
export interface DashboardDefinition {
  /** Unique over the fleet's Grafana, at most 40 characters. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly { readonly title: string; readonly panels: readonly PanelDefinition[] }[];
}

/** Grafana's types with their enums as the plain values that stand in JSON. */
type Plain<T> = T extends string
  ? `${T}`
  : T extends number
    ? number
    : T extends boolean | null | undefined
      ? T
      : T extends readonly (infer Element)[]
        ? Plain<Element>[]
        : T extends object
          ? { [Key in keyof T]: Plain<T[Key]> }
          : T;

type PlainQuery = Plain<Omit<Dataquery, '_implementsDataqueryVariant'>>;
type PlainPanel = Plain<Omit<GrafanaPanel, 'targets' | 'options'>> & {
  targets?: PlainQuery[];
  options?: unknown;
};
type PlainDashboard = Plain<Omit<GrafanaDashboard, 'panels' | 'annotations' | 'templating'>> & {
  panels: PlainPanel[];
  annotations: { list: never[] };
  templating: { list: Plain<Omit<VariableModel, 'query'> & { query: string }>[] };
};

const datasource = { type: 'prometheus', uid: '${datasource}' };
const gridWidth = 24;
const panelHeight = 8;

/**
 * A dashboard as Grafana's classic JSON model, which every version since 9 loads. The type check against Grafana's own types is what
 * stands for schema validation; they are used at build time only, because loading their builders takes longer than a whole render.
 */
export function dashboardJson({ uid, title, description, rows }: DashboardDefinition): PlainDashboard {
  const panels: PlainPanel[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({ id: panels.length + 1, type: 'row', title: row.title, gridPos: { x: 0, y, w: gridWidth, h: 1 } });
    y += 1;
    const width = Math.floor(gridWidth / row.panels.length);
    row.panels.forEach((panel, index) => {
      panels.push({
        ...toPanel(panel),
        id: panels.length + 1,
        gridPos: { x: index * width, y, w: width, h: panelHeight },
      });
    });
    y += panelHeight;
  }
  return {
    uid,
    title,
    description,
    tags: ['fairlead'],
    timezone: 'utc',
    editable: false,
    graphTooltip: 1,
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    schemaVersion: 39,
    annotations: { list: [] },
    templating: { list: [{ type: 'datasource', name: 'datasource', label: 'Data source', query: 'prometheus' }] },
    panels,
  } satisfies PlainDashboard;
}

function toPanel({ title, kind = 'timeseries', unit = 'short', queries, description }: PanelDefinition): PlainPanel {
  return {
    type: kind,
    title,
    ...(description === undefined ? {} : { description }),
    datasource,
    fieldConfig: { defaults: { unit, ...(unit === 'percentunit' ? { min: 0 } : {}) }, overrides: [] },
    options:
      kind === 'stat'
        ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'value', graphMode: 'area' }
        : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
    targets: queries.map(({ expression, legend }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource,
      expr: expression,
      ...(legend === undefined ? {} : { legendFormat: legend }),
    })),
  };
}

/** The queries of a dashboard that are not PromQL: their panel's title and what is wrong. */
export function dashboardFaults({
  rows,
}: DashboardDefinition): { panel: string; expression: string; message: string }[] {
  return rows
    .flatMap(({ panels }) => panels)
    .flatMap(({ title, queries }) =>
      queries.flatMap(({ expression }) => {
        const fault = checkExpression(expression, true);
        return fault === undefined ? [] : [{ panel: title, expression, message: fault.message }];
      }),
    );
}
