import type {
  BusinessCounterName,
  DashboardDefinition,
  PanelDefinition,
  Query,
  RequestMetrics,
} from '@fairlead/monitoring';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import type { ServerOptions } from './workload-options.ts';

/** Longest uid that Grafana takes. */
const maxUidLength = 40;

/** The dashboard of an app: its requests and error budgets, what it counts for the business, its replicas and resources. */
export function appDashboard({ definition, workloads }: AppGraph): DashboardDefinition {
  const { name } = definition;
  const namespaces = [...new Set(workloads.map(({ reference }) => reference.namespace))].sort().join('|');
  const servers = workloads.flatMap((each) => (isServer(each) ? [each] : []));
  const watched = servers.filter(({ options }) => options.metrics !== undefined || options.requests !== undefined);
  const promised = servers.filter(({ options }) => options.objective !== undefined);
  const counted = servers.flatMap((each) => (each.options.counts ?? []).map((counter) => [each, counter] as const));
  return {
    uid: `app-${name}`.slice(0, maxUidLength),
    title: `App ${name}`,
    description: `Requests, error budgets, replicas and resources of ${name}.`,
    rows: [
      ...(watched.length > 0 ? [{ title: 'Requests', panels: requestPanels(watched) }] : []),
      ...(promised.length > 0 ? [{ title: 'Error budget', panels: budgetPanels(promised) }] : []),
      ...(counted.length > 0 ? [{ title: 'Business', panels: counted.map(counterPanel) }] : []),
      { title: 'Replicas', panels: replicaPanels(namespaces) },
      { title: 'Resources', panels: resourcePanels(namespaces) },
    ],
  };
}

type Server = WorkloadDeclaration & { readonly options: ServerOptions };

function isServer(workload: WorkloadDeclaration): workload is Server {
  return workload.kind === 'Deployment' || workload.kind === 'StatefulSet';
}

function requestPanels(servers: readonly Server[]): PanelDefinition[] {
  const panel = (
    title: string,
    unit: string,
    expression: (metrics: Required<{ [Key in keyof RequestMetrics]: string }>) => string,
  ): PanelDefinition => ({
    title,
    unit,
    queries: servers.map((server): Query => ({ expression: expression(requestMetrics(server)), legend: server.name })),
  });
  return [
    panel('Requests', 'reqps', ({ total, selector }) => `sum(rate(${total}{${selector}}[$__rate_interval]))`),
    panel(
      'Failed requests',
      'percentunit',
      ({ total, selector, errors }) =>
        `sum(rate(${total}{${selector},${errors}}[$__rate_interval])) / sum(rate(${total}{${selector}}[$__rate_interval]))`,
    ),
    panel(
      'Latency p95',
      's',
      ({ duration, selector }) =>
        `histogram_quantile(0.95, sum by (le) (rate(${duration}_bucket{${selector}}[$__rate_interval])))`,
    ),
  ];
}

/** The request metrics of a workload, with the defaults of the monitoring capability. */
function requestMetrics({ reference, options: { requests } }: Server) {
  return {
    total: requests?.total ?? 'http_requests_total',
    errors: requests?.errors ?? 'status=~"5.."',
    duration: requests?.duration ?? 'http_request_duration_seconds',
    selector: requests?.selector ?? `namespace="${reference.namespace}",job="${reference.name}"`,
  };
}

function budgetPanels(servers: readonly Server[]): PanelDefinition[] {
  return (['availability', 'latency'] as const).flatMap((part): PanelDefinition[] => {
    const promised = servers.filter(({ options }) => options.objective?.[part] !== undefined);
    if (promised.length === 0) return [];
    const queries = promised.map(({ name, reference }): Query => ({
      expression: `workload:${part}_errors:ratio_rate1h{namespace="${reference.namespace}",job="${reference.name}"}`,
      legend: name,
    }));
    const title = part === 'availability' ? 'Failed in the last hour' : 'Slow in the last hour';
    return [{ title, unit: 'percentunit', queries }];
  });
}

function counterPanel([{ name, reference }, counter]: readonly [Server, BusinessCounterName]): PanelDefinition {
  const selector = `namespace="${reference.namespace}",job="${reference.name}"`;
  const by = { revenue_total: 'currency', orders_cancelled_total: 'reason', user_actions_total: 'action' };
  const label = Object.entries(by).find(([each]) => each === counter)?.[1];
  return {
    title: `${counter} per minute`,
    unit: 'short',
    queries: [
      {
        expression: `sum ${label === undefined ? '' : `by (${label}) `}(rate(${counter}{${selector}}[$__rate_interval])) * 60`,
        legend: label === undefined ? name : `{{${label}}}`,
      },
    ],
  };
}

function replicaPanels(namespaces: string): PanelDefinition[] {
  const selector = `namespace=~"${namespaces}"`;
  return [
    {
      title: 'Ready pods',
      unit: 'short',
      queries: [
        { expression: `kube_deployment_status_replicas_ready{${selector}}`, legend: '{{deployment}}' },
        { expression: `kube_statefulset_status_replicas_ready{${selector}}`, legend: '{{statefulset}}' },
      ],
    },
    {
      title: 'Restarts per hour',
      unit: 'short',
      queries: [
        {
          expression: `sum by (pod) (increase(kube_pod_container_status_restarts_total{${selector}}[1h]))`,
          legend: '{{pod}}',
        },
      ],
    },
  ];
}

function resourcePanels(namespaces: string): PanelDefinition[] {
  const selector = `namespace=~"${namespaces}",container!=""`;
  const panel = (title: string, unit: string, expression: string): PanelDefinition => ({
    title,
    unit,
    queries: [{ expression, legend: '{{pod}}' }],
  });
  return [
    panel('CPU', 'short', `sum by (pod) (rate(container_cpu_usage_seconds_total{${selector}}[$__rate_interval]))`),
    panel('Memory', 'bytes', `sum by (pod) (container_memory_working_set_bytes{${selector}})`),
    panel(
      'Throttled periods',
      'percentunit',
      `sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{${selector}}[$__rate_interval])) / sum by (pod) (rate(container_cpu_cfs_periods_total{${selector}}[$__rate_interval]))`,
    ),
  ];
}
