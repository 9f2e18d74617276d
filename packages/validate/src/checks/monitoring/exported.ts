import type { IngressImplementation } from '@fairlead/inventory';
import { parsePromql } from '@fairlead/monitoring/promql';
import type { Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { listAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

/**
 * Autoscalers on metrics that nothing on the cluster is known to export. Only where everything that the cluster gets is in the set, and
 * what its metrics stack scrapes besides is known: a folder says neither.
 */
export function checkExported(set: ManifestSet, report: Report): void {
  if (set.context !== 'fleet' || set.metrics === undefined) return;
  for (const manifest of set.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
    for (const [index, metric] of listAt(manifest, 'spec', 'metrics').entries()) {
      const field = { Pods: 'pods', Object: 'object', External: 'external' }[textAt(metric, 'type') ?? ''];
      const name = field && textAt(metric, field, 'metric', 'name');
      if (name === undefined || name === '') continue;
      const names = adapted(name);
      if (names !== undefined && !names.some((each) => set.memo(exported).has(each)))
        tell(set, report, manifest, `/spec/metrics/${index}/${field}/metric/name`, names[0] ?? name);
    }
  }
  for (const kind of ['ScaledObject', 'ScaledJob']) {
    for (const manifest of set.ofKind('keda.sh', kind)) {
      for (const [index, trigger] of listAt(manifest, 'spec', 'triggers').entries()) {
        const query = textAt(trigger, 'metadata', 'query');
        if (textAt(trigger, 'type') !== 'prometheus' || query === undefined) continue;
        // Another Prometheus, of a cloud or of a whole fleet, knows what no manifest here tells.
        const server = textAt(trigger, 'metadata', 'serverAddress');
        if (set.metrics.queryUrl !== undefined && server !== set.metrics.queryUrl) continue;
        const { errors, metrics } = parsePromql(query);
        if (errors.length > 0) continue;
        for (const name of metrics)
          if (!set.memo(exported).has(name))
            tell(set, report, manifest, `/spec/triggers/${index}/metadata/query`, name);
      }
    }
  }
}

function tell(set: ManifestSet, report: Report, manifest: Manifest, pointer: string, name: string): void {
  const known = set.memo(exported).names;
  report(
    'monitoring/unknown-metric',
    manifest,
    pointer,
    `${manifest.kind} "${manifest.metadata.name}" scales on ${name}, which nothing on the cluster is known to export`,
    {
      hint: hintFrom(
        name,
        known,
        `state metrics: { exports: ['${name}'] } on the workload that does, or capabilities.metrics.exports in the cluster file`,
      ),
    },
  );
}

/** What is known of the metrics of a cluster. */
interface Exported {
  has(metric: string): boolean;
  /** Whole names, for suggestions. */
  readonly names: readonly string[];
}

/** Where a workload or a monitor says what it exports, as names and `prefix_*`, separated by commas. */
const annotation = 'fairlead.dev/exports';

function exported(set: ManifestSet): Exported {
  const names = new Set<string>();
  const prefixes = new Set(always);
  const add = (name: string): void => {
    if (name.endsWith('*')) prefixes.add(name.slice(0, -1));
    else names.add(name);
  };
  for (const each of set.metrics?.exports ?? []) add(each);
  for (const [implementation, prefix] of proxies) if (set.metrics?.ingress === implementation) prefixes.add(prefix);
  if (set.metrics?.keda === true) prefixes.add('keda_');
  if (set.ofKind('postgresql.cnpg.io', 'Cluster').length > 0) prefixes.add('cnpg_');
  let scraped = false;
  for (const manifest of set.manifests) {
    const stated = textAt(manifest.metadata.annotations, annotation);
    for (const each of stated?.split(',') ?? []) if (each.trim() !== '') add(each.trim());
    if (ruleKinds.has(manifest.kind)) {
      for (const group of listAt(manifest, 'spec', 'groups')) {
        for (const rule of listAt(group, 'rules')) {
          const record = textAt(rule, 'record');
          if (record !== undefined) names.add(record);
        }
      }
    }
    scraped ||= monitorKinds.has(manifest.kind);
  }
  scraped ||= set.workloads.some(({ annotations }) => annotations['prometheus.io/scrape'] === 'true');
  // What the client libraries export by themselves, and the names that requests are counted by unless an app says otherwise.
  if (scraped) {
    for (const each of runtimes) prefixes.add(each);
    names.add('http_requests_total').add('http_request_duration_seconds');
  }
  return {
    names: [...names],
    has: (metric) => {
      if (names.has(metric)) return true;
      // A histogram or a summary is stated by its name alone.
      const base = metric.replace(/_(?:bucket|sum|count)$/, '');
      if (base !== metric && names.has(base)) return true;
      for (const prefix of prefixes) if (metric.startsWith(prefix)) return true;
      return false;
    },
  };
}

const ruleKinds = new Set(['PrometheusRule', 'Rules', 'ClusterRules', 'GlobalRules', 'VMRule']);
const monitorKinds = new Set(['ServiceMonitor', 'PodMonitor', 'PodMonitoring', 'ClusterPodMonitoring', 'ScrapeConfig']);

/**
 * What every metrics stack has of a cluster: Kubernetes' own components, kube-state-metrics, node-exporter, cAdvisor, the stack itself, and
 * the controllers that clusters commonly run.
 */
const always = [
  ...['up', 'scrape_', 'ALERTS', 'prometheus_', 'alertmanager_', 'probe_', 'kube_', 'node_', 'container_', 'machine_'],
  ...[
    'kubelet_',
    'kubeproxy_',
    'apiserver_',
    'aggregator_',
    'etcd_',
    'scheduler_',
    'workqueue_',
    'rest_client_',
    'coredns_',
  ],
  ...[
    'cadvisor_',
    'hubble_',
    'cilium_',
    'calico_',
    'cluster_autoscaler_',
    'karpenter_',
    'controller_runtime_',
    'opencost_',
  ],
  ...[
    'kubecost_',
    'certmanager_',
    'argocd_',
    'gotk_',
    'flux_',
    'externaldns_',
    'externalsecret_',
    'velero_',
    'otelcol_',
  ],
  ...['DCGM_', 'grafana_', 'loki_', 'thanos_', 'kyverno_', 'gatekeeper_', 'kubernetes_io:'],
];

const runtimes = ['process_', 'go_', 'python_', 'nodejs_', 'jvm_', 'dotnet_', 'promhttp_', 'ruby_', 'php_'];

/** The prefix of what the proxies of an ingress count; load balancers of clouds export nothing into the cluster. */
const proxies: readonly (readonly [IngressImplementation, string])[] = [
  ['nginx', 'nginx_ingress_controller_'],
  ['envoy-gateway', 'envoy_'],
  ['aks-approuting', 'istio_'],
  ['aks-approuting', 'envoy_'],
];

/**
 * The names under which a metric of an autoscaler may be exported: prometheus-adapter drops `_total` and writes rates as `_per_second`,
 * Google's adapter adds where the metric comes from. Undefined for metrics of clouds and of vendors, which are not exported here.
 */
function adapted(name: string): string[] | undefined {
  const google = /^prometheus\.googleapis\.com\|([^|]+)\|/.exec(name)?.[1];
  if (google !== undefined) return [google];
  if (/[|@./]/.test(name)) return undefined;
  const base = name.replace(/_(?:per_second|rate|per_minute)$/, '');
  return [name, `${name}_total`, `${name}_seconds_total`, base, `${base}_total`];
}
