import { workloadRules, type MonitoringIntent } from '@fairlead/monitoring';
import { expect, test } from 'vitest';
import { cluster, workload } from '../../packages/monitoring/test/fixtures.ts';
import { testRules, type InputSeries } from './run-promtool.ts';

// Alerts that compare a workload with its past, and those on connections. Series are scraped every other minute, or once a minute.

const hour = 60;
const day = 24 * hour;
const week = 7 * day;
const job = 'namespace="hub",job="hub-api"';

interface Scene {
  readonly what: string;
  readonly alert: string;
  readonly intent?: MonitoringIntent;
  readonly series: readonly InputSeries[];
  /** Minutes between samples. */
  readonly every: number;
  readonly minute: number;
  /** The alert's labels beside those of every alert of the workload; false: it does not fire. */
  readonly fires: Readonly<Record<string, string>> | false;
}

/** A counter by phases: `[minutes, amount per minute]` each. */
function counter(every: number, ...phases: readonly (readonly [minutes: number, rate: number])[]): string {
  let value = 0;
  return phases
    .map(([minutes, rate]) => {
      const steps = minutes / every;
      const step = rate * every;
      const text = `${value}+${step}x${steps - 1}`;
      value += step * steps;
      return text;
    })
    .join(' ');
}

const requests = (values: string, status = '200'): InputSeries => ({
  series: `http_requests_total{${job},status="${status}"}`,
  values,
});
/** A request that is fast and one that is slow, by the buckets of a histogram. */
const buckets = (every: number, ...phases: readonly (readonly [minutes: number, fast: number, slow: number])[]) =>
  (['0.1', '1', '10', '+Inf'] as const).map((bound) => ({
    series: `http_request_duration_seconds_bucket{${job},le="${bound}"}`,
    values: counter(
      every,
      ...phases.map(([minutes, fast, slow]) => [minutes, bound === '0.1' ? fast : fast + slow] as const),
    ),
  }));

const ticket = { receiver: 'team', severity: 'warning' };
const page = { receiver: 'oncall', severity: 'critical' };
const ofJob = { job: 'hub-api', ...ticket };
const pool = (used: string): InputSeries[] => [
  { series: `db_client_connection_count{${job},db_client_connection_state="used",pod="a"}`, values: used },
  { series: `db_client_connection_count{${job},db_client_connection_state="idle",pod="a"}`, values: '20x60' },
  { series: `db_client_connection_max{${job},pod="a"}`, values: '20x60' },
];
const postgres = (connections: string): InputSeries[] => {
  const own = `${job},instance="database:5432"`;
  return [
    { series: `pg_stat_activity_count{${own},datname="orders",state="active"}`, values: connections },
    { series: `pg_stat_activity_count{${own},datname="orders",state="idle"}`, values: '5x60' },
    { series: `pg_settings_max_connections{${own}}`, values: '103x60' },
    { series: `pg_settings_superuser_reserved_connections{${own}}`, values: '3x60' },
  ];
};
const ofDatabase = { instance: 'database:5432', job: 'hub-api' };

const scenes: readonly Scene[] = [
  {
    what: 'a tenth of the requests of yesterday and of a week ago',
    alert: 'TrafficDropped',
    series: [requests(counter(2, [week + 2 * hour, 600], [2 * hour, 60]))],
    every: 2,
    minute: week + 3 * hour,
    fires: ofJob,
  },
  {
    what: 'a Sunday: quiet, as a week ago, not as yesterday',
    alert: 'TrafficDropped',
    series: [requests(counter(2, [2 * hour, 60], [week - 2 * hour, 600], [4 * hour, 60]))],
    every: 2,
    minute: week + 1.5 * hour,
    fires: false,
  },
  {
    what: 'a workload that began yesterday',
    alert: 'TrafficDropped',
    series: [requests(counter(2, [day, 600], [2 * hour, 1]))],
    every: 2,
    minute: day + 1.5 * hour,
    fires: false,
  },
  {
    what: 'four times as slow as all day',
    alert: 'LatencyAnomaly',
    series: buckets(2, [day + 2 * hour, 100, 0], [2 * hour, 50, 50]),
    every: 2,
    minute: day + 3.5 * hour,
    fires: ofJob,
  },
  {
    what: 'always slow',
    alert: 'LatencyAnomaly',
    series: buckets(2, [day + 4 * hour, 50, 50]),
    every: 2,
    minute: day + 3.5 * hour,
    fires: false,
  },
  {
    what: 'three of a hundred fail, where none did',
    alert: 'ErrorRateAnomaly',
    series: [
      requests(counter(2, [day + 4 * hour, 97])),
      requests(counter(2, [day + 2 * hour, 0], [2 * hour, 3]), '500'),
    ],
    every: 2,
    minute: day + 3 * hour,
    fires: ofJob,
  },
  {
    what: 'three of a hundred fail, as ever',
    alert: 'ErrorRateAnomaly',
    series: [requests(counter(2, [day + 4 * hour, 97])), requests(counter(2, [day + 4 * hour, 3]), '500')],
    every: 2,
    minute: day + 3 * hour,
    fires: false,
  },
  {
    what: 'nine tenths of a pool',
    alert: 'ConnectionPoolNearLimit',
    intent: { connectionPool: true },
    series: pool('18x60'),
    every: 1,
    minute: 10,
    fires: ofJob,
  },
  {
    what: 'half of a pool',
    alert: 'ConnectionPoolNearLimit',
    intent: { connectionPool: true },
    series: pool('10x60'),
    every: 1,
    minute: 10,
    fires: false,
  },
  {
    what: '85 of the hundred that clients may use',
    alert: 'DatabaseConnectionsNearLimit',
    intent: { exporter: 'postgresql' },
    series: postgres('80x60'),
    every: 1,
    minute: 15,
    fires: { ...ofDatabase, ...ticket },
  },
  {
    what: '85 of the hundred that clients may use',
    alert: 'DatabaseConnectionsExhausted',
    intent: { exporter: 'postgresql' },
    series: postgres('80x60'),
    every: 1,
    minute: 15,
    fires: false,
  },
  {
    what: 'the last connection',
    alert: 'DatabaseConnectionsExhausted',
    intent: { exporter: 'postgresql' },
    series: postgres('94x60'),
    every: 1,
    minute: 5,
    fires: { ...ofDatabase, ...page },
  },
];

test.each(scenes)('$alert: $what', ({ alert, intent = { requests: {} }, series, every, minute, fires }) => {
  const rules = workloadRules({
    cluster: cluster(),
    workload: workload(),
    intent: { scrape: { port: 'http' }, standardAlerts: false, ...intent },
  });
  const labels = { app: 'hub', component: 'api', namespace: 'hub', team: 'hub-team' };
  const { ok, output } = testRules(rules, {
    evaluationInterval: `${every * every}m`,
    interval: `${every}m`,
    series,
    moments: [
      {
        eval_time: `${minute}m`,
        alertname: alert,
        exp_alerts: fires === false ? [] : [{ exp_labels: { ...labels, ...fires } }],
      },
    ],
  });
  expect(ok, output).toBe(true);
});
