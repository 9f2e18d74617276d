import type { AlertTemplate } from './alert-template.ts';

const pods =
  'kubectl -n {namespace} get pods -l app.kubernetes.io/name={app},app.kubernetes.io/component={component} -o wide';
const logs = 'kubectl -n {namespace} logs {kind}/{workload} --all-containers --since=15m --prefix';

/** Series of the workload's own scrape job. */
const own = 'namespace="{namespace}",job="{job}"';

/**
 * The share of connections that clients may use and do: `pg_stat_activity_count` by `pg_settings_max_connections`, less what is kept
 * for superusers. Metrics of postgres_exporter, in its default collectors.
 *
 * @see https://github.com/prometheus-community/postgres_exporter
 */
const postgresShare = `sum by (namespace, job, instance) (pg_stat_activity_count{${own}}) / max by (namespace, job, instance) (pg_settings_max_connections{${own}} - pg_settings_superuser_reserved_connections{${own}})`;

/** Needs `{limit}` and the same as `{percent}`. */
export const databaseConnectionsNearLimit: AlertTemplate = {
  name: 'DatabaseConnectionsNearLimit',
  severity: 'ticket',
  expression: `${postgresShare} > {limit}`,
  for: '10m',
  summary: 'Database is short of connections',
  description:
    'PostgreSQL behind {{ $labels.instance }} has {{ $value | humanizePercentage }} of its connections in use, more than {percent} %.',
  meaning:
    'Each replica of each service opens a pool. At the limit new ones are refused, and services that scale out make it worse.',
  commands: [
    pods,
    'kubectl -n {namespace} get hpa',
    'psql -c "select usename, application_name, state, count(*) from pg_stat_activity group by 1, 2, 3 order by 4 desc"',
  ],
};

export const databaseConnectionsExhausted: AlertTemplate = {
  name: 'DatabaseConnectionsExhausted',
  severity: 'page',
  expression: `${postgresShare} > 0.95`,
  for: '2m',
  summary: 'Database refuses connections soon',
  description:
    'PostgreSQL behind {{ $labels.instance }} has {{ $value | humanizePercentage }} of its connections in use.',
  meaning: 'What opens a connection now fails: pods that start, jobs, and every service whose pool grows.',
  commands: [
    'psql -c "select pid, usename, state, now() - state_change as since from pg_stat_activity order by since desc limit 20"',
    'kubectl -n {namespace} get hpa',
    pods,
  ],
};

/** Needs `{used}` and `{max}`, selectors of the pool's gauges, `{limit}` and the same as `{percent}`. */
export const connectionPoolNearLimit: AlertTemplate = {
  name: 'ConnectionPoolNearLimit',
  severity: 'ticket',
  expression: 'sum by (namespace, job) ({used}) / sum by (namespace, job) ({max}) > {limit}',
  for: '5m',
  summary: 'Connection pool is nearly used up',
  description:
    '{workload} uses {{ $value | humanizePercentage }} of the connections of its pools, more than {percent} %.',
  meaning:
    'Requests that need a connection will soon wait for one. Either queries became slow and hold theirs longer, or load grew past what the pools allow.',
  commands: [pods, logs, 'kubectl -n {namespace} get hpa'],
};
