import type { DashboardDefinition, PanelDefinition } from './dashboard.ts';

const by = 'service, cloud_provider';
const errors = 'status=~"5.."';
const legend = '{{service}} {{cloud_provider}}';

const requestRate: PanelDefinition = {
  title: 'Request Rate',
  unit: 'reqps',
  queries: [{ expression: `sum(rate(http_requests_total[$__rate_interval])) by (${by})`, legend }],
};

const errorRate: PanelDefinition = {
  title: 'Error Rate',
  unit: 'reqps',
  queries: [{ expression: `sum(rate(http_requests_total{${errors}}[$__rate_interval])) by (${by})`, legend }],
};

const errorRatio: PanelDefinition = {
  title: 'Error Ratio',
  unit: 'percentunit',
  queries: [
    {
      expression: `sum(rate(http_requests_total{${errors}}[$__rate_interval])) by (${by}) / sum(rate(http_requests_total[$__rate_interval])) by (${by})`,
      legend,
    },
  ],
};

function latency(quantile: number): PanelDefinition {
  return {
    title: `Latency p${quantile * 100}`,
    unit: 's',
    queries: [
      {
        expression: `histogram_quantile(${quantile}, sum(rate(http_request_duration_seconds_bucket[$__rate_interval])) by (le, ${by}))`,
        legend,
      },
    ],
  };
}

function one(
  title: string,
  expression: string,
  unit = 'short',
  kind: PanelDefinition['kind'] = 'timeseries',
  panelLegend?: string,
): PanelDefinition {
  return { title, unit, kind, queries: [{ expression, legend: panelLegend }] };
}

/**
 * The dashboards that the requirements of the Delivery Platform name, the one of requests by cloud, and the one of cost.
 * Metrics of Falco, Trivy, Kyverno and OpenCost are named as commonly documented; not verified against a version of each.
 */
export const dashboards = {
  requests: {
    uid: 'fairlead-requests',
    title: 'Multi-Cloud Delivery Platform',
    description: 'Requests, errors and latency by service and cloud.',
    rows: [
      { title: 'Requests', panels: [requestRate, errorRate] },
      { title: 'Quality', panels: [errorRatio, latency(0.5), latency(0.95), latency(0.99)] },
    ],
  },
  executive: {
    uid: 'fairlead-executive',
    title: 'Executive',
    description:
      'The business at a glance. Orders, revenue and users come from the recorded business metrics; see docs for the counters behind them.',
    rows: [
      {
        title: 'Business',
        panels: [
          one('Orders per minute', 'sum(business:orders_created:rate1m)', 'short', 'stat'),
          one('Revenue per hour', 'sum by (currency) (business:revenue:rate1h)', 'short', 'stat', '{{currency}}'),
          one('User actions per minute', 'sum(business:user_actions:rate1m)', 'short', 'stat'),
        ],
      },
      {
        title: 'Promise',
        panels: [
          one(
            'Availability over three days',
            '1 - max(workload:availability_errors:ratio_rate3d)',
            'percentunit',
            'stat',
          ),
          one(
            'Orders',
            'sum by (cloud_provider) (business:orders_created:rate1m)',
            'short',
            'timeseries',
            '{{cloud_provider}}',
          ),
          one('Cost per hour', 'sum(node_total_hourly_cost)', 'short', 'timeseries', 'all nodes'),
        ],
      },
    ],
  },
  operations: {
    uid: 'fairlead-operations',
    title: 'Operations',
    description: 'What fires, what is scarce, what is not ready.',
    rows: [
      {
        title: 'Alerts',
        panels: [
          one(
            'Firing alerts',
            'sum by (alertname, severity) (ALERTS{alertstate="firing"})',
            'short',
            'timeseries',
            '{{alertname}} {{severity}}',
          ),
          one(
            'Pods that are not ready',
            'sum by (namespace) (kube_pod_status_ready{condition="false"})',
            'short',
            'timeseries',
            '{{namespace}}',
          ),
          one(
            'Restarts per hour',
            'sum by (namespace) (increase(kube_pod_container_status_restarts_total[1h]))',
            'short',
            'timeseries',
            '{{namespace}}',
          ),
        ],
      },
      {
        title: 'Capacity',
        panels: [
          one(
            'CPU in use by request',
            'sum(rate(container_cpu_usage_seconds_total{container!=""}[$__rate_interval])) / sum(kube_pod_container_resource_requests{resource="cpu"})',
            'percentunit',
          ),
          one(
            'Memory in use by request',
            'sum(container_memory_working_set_bytes{container!=""}) / sum(kube_pod_container_resource_requests{resource="memory"})',
            'percentunit',
          ),
          one(
            'Volumes by use',
            '1 - kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes',
            'percentunit',
            'timeseries',
            '{{namespace}} {{persistentvolumeclaim}}',
          ),
          one(
            'Network received',
            'sum by (namespace) (rate(container_network_receive_bytes_total[$__rate_interval]))',
            'Bps',
            'timeseries',
            '{{namespace}}',
          ),
        ],
      },
      {
        title: 'Nodes',
        panels: [
          one(
            'CPU busy',
            '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))',
            'percentunit',
            'timeseries',
            '{{instance}}',
          ),
          one(
            'Memory in use',
            '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes',
            'percentunit',
            'timeseries',
            '{{instance}}',
          ),
          one(
            'Disk in use',
            '1 - node_filesystem_avail_bytes{fstype!~"tmpfs|overlay"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay"}',
            'percentunit',
            'timeseries',
            '{{instance}} {{mountpoint}}',
          ),
          one(
            'Network',
            'sum by (instance) (rate(node_network_receive_bytes_total{device!="lo"}[$__rate_interval]) + rate(node_network_transmit_bytes_total{device!="lo"}[$__rate_interval]))',
            'Bps',
            'timeseries',
            '{{instance}}',
          ),
        ],
      },
      {
        title: 'Autoscaling',
        panels: [
          one(
            'Autoscalers near their maximum',
            'kube_horizontalpodautoscaler_status_current_replicas / kube_horizontalpodautoscaler_spec_max_replicas',
            'percentunit',
            'timeseries',
            '{{namespace}} {{horizontalpodautoscaler}}',
          ),
          one('Nodes', 'count(kube_node_info)', 'short', 'timeseries', 'nodes'),
        ],
      },
    ],
  },
  development: {
    uid: 'fairlead-development',
    title: 'Development',
    description: 'How the application behaves: latency, errors, budget, resources.',
    rows: [
      { title: 'Requests', panels: [requestRate, errorRatio, latency(0.95)] },
      {
        title: 'Error budget',
        panels: [
          one(
            'Share of failed requests',
            'workload:availability_errors:ratio_rate1h',
            'percentunit',
            'timeseries',
            '{{namespace}} {{job}}',
          ),
          one(
            'Share of slow requests',
            'workload:latency_errors:ratio_rate1h',
            'percentunit',
            'timeseries',
            '{{namespace}} {{job}}',
          ),
        ],
      },
      {
        title: 'Resources',
        panels: [
          one(
            'CPU by pod',
            'sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{container!=""}[$__rate_interval]))',
            'short',
            'timeseries',
            '{{namespace}} {{pod}}',
          ),
          one(
            'Memory by pod',
            'sum by (namespace, pod) (container_memory_working_set_bytes{container!=""})',
            'bytes',
            'timeseries',
            '{{namespace}} {{pod}}',
          ),
          one(
            'Throttled periods',
            'sum by (namespace, pod) (rate(container_cpu_cfs_throttled_periods_total[$__rate_interval])) / sum by (namespace, pod) (rate(container_cpu_cfs_periods_total[$__rate_interval]))',
            'percentunit',
            'timeseries',
            '{{namespace}} {{pod}}',
          ),
        ],
      },
    ],
  },
  cost: {
    uid: 'fairlead-cost',
    title: 'Cost and right-sizing',
    description:
      'What the cluster costs by namespace and team, and which containers ask for more, or less, than they use. Cost is OpenCost’s; teams are labels of namespaces.',
    rows: [
      {
        title: 'Cost',
        panels: [
          one('Nodes per hour', 'cluster:cost:hourly', 'short', 'stat', 'all nodes'),
          one('Nodes per month', 'cluster:cost:hourly * 730', 'short', 'stat', 'at this hour’s price'),
          one('By namespace, per hour', 'namespace:cost:hourly', 'short', 'timeseries', '{{namespace}}'),
          one('By team, per hour', 'team:cost:hourly', 'short', 'timeseries', '{{label_team}}'),
        ],
      },
      {
        title: 'Asked for and not used',
        panels: [
          {
            ...one(
              'CPU to give back',
              'topk(20, container:cpu_requests:max - container:cpu_usage:p95_7d)',
              'short',
              'timeseries',
              '{{namespace}} {{container}}',
            ),
            description: 'Cores that a pod asks for beyond what it used in 95 % of the last week.',
          },
          {
            ...one(
              'Memory to give back',
              'topk(20, container:memory_requests:max - container:memory_working_set:max_7d)',
              'bytes',
              'timeseries',
              '{{namespace}} {{container}}',
            ),
            description: 'Bytes that a pod asks for beyond the most that it used in the last week.',
          },
        ],
      },
      {
        title: 'Used and not asked for',
        panels: [
          one(
            'CPU by request',
            'topk(20, container:cpu_usage:p95_7d / container:cpu_requests:max)',
            'percentunit',
            'timeseries',
            '{{namespace}} {{container}}',
          ),
          one(
            'Memory by request',
            'topk(20, container:memory_working_set:max_7d / container:memory_requests:max)',
            'percentunit',
            'timeseries',
            '{{namespace}} {{container}}',
          ),
          {
            ...one(
              'Recommended by the vertical autoscaler',
              'kube_customresource_verticalpodautoscaler_status_recommendation_containerrecommendations_target',
              'short',
              'timeseries',
              '{{namespace}} {{target_name}} {{container}} {{resource}}',
            ),
            description:
              'From kube-state-metrics with a custom resource state of VerticalPodAutoscalers; empty where it has none.',
          },
        ],
      },
      {
        title: 'Growth',
        panels: [
          {
            title: 'CPU asked for, and in two weeks',
            unit: 'short',
            queries: [
              { expression: 'cluster:cpu_requests:sum', legend: 'now' },
              { expression: 'predict_linear(cluster:cpu_requests:sum[7d], 1209600)', legend: 'in two weeks' },
            ],
          },
          {
            title: 'Memory asked for, and in two weeks',
            unit: 'bytes',
            queries: [
              { expression: 'cluster:memory_requests:sum', legend: 'now' },
              { expression: 'predict_linear(cluster:memory_requests:sum[7d], 1209600)', legend: 'in two weeks' },
            ],
          },
        ],
      },
    ],
  },
  security: {
    uid: 'fairlead-security',
    title: 'Security',
    description:
      'Events and compliance: failed logins, runtime events, vulnerabilities, policy results. Panels of tools that a cluster does not run stay empty.',
    rows: [
      {
        title: 'Events',
        panels: [
          one(
            'Failed logins per minute',
            'sum by (cloud_provider) (security:logins_failed:rate1m)',
            'short',
            'timeseries',
            '{{cloud_provider}}',
          ),
          one(
            'Denied requests',
            'sum by (service) (rate(http_requests_total{status=~"401|403"}[$__rate_interval]))',
            'reqps',
            'timeseries',
            '{{service}}',
          ),
          one(
            'Runtime events (Falco)',
            'sum by (rule, priority) (rate(falcosecurity_falcosidekick_falco_events_total[$__rate_interval]))',
            'short',
            'timeseries',
            '{{priority}} {{rule}}',
          ),
        ],
      },
      {
        title: 'Compliance',
        panels: [
          one(
            'Vulnerabilities (Trivy)',
            'sum by (severity) (trivy_image_vulnerabilities)',
            'short',
            'stat',
            '{{severity}}',
          ),
          one(
            'Policy results (Kyverno)',
            'sum by (policy_name, rule_result) (increase(kyverno_policy_results_total[1h]))',
            'short',
            'timeseries',
            '{{policy_name}} {{rule_result}}',
          ),
          one(
            'Certificates by days left',
            '(certmanager_certificate_expiration_timestamp_seconds - time()) / 86400',
            'd',
            'timeseries',
            '{{namespace}} {{name}}',
          ),
        ],
      },
    ],
  },
} as const satisfies Readonly<Record<string, DashboardDefinition>>;
