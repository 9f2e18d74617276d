import { markdownTable } from '@fairlead/diagnostics/markdown-table';
import { no, some, type Support, supportText, yes } from '@fairlead/diagnostics/support';
/** The clusters by provider, because identity and managed parts differ by it. */
export const scalingColumns = { eks: 'EKS', gke: 'GKE', aks: 'AKS', onprem: 'on-premises' } as const;

export type ScalingColumn = keyof typeof scalingColumns;

/** What a workload, or a cluster's nodes, can scale on. */
export const scalingIntents = {
  resource: 'CPU or memory of pods (`cpu`, `memory`)',
  container: 'CPU or memory of one container (`containers`)',
  pods: 'a metric of the pods (`pods`)',
  object: 'a metric of an object (`object`)',
  external: 'a metric from outside (`external`)',
  behavior: 'speed per direction (`behavior`)',
  cron: 'the clock (`events: cron`)',
  prometheus: 'a PromQL query (`events: prometheus`)',
  redis: 'Redis lists and streams (`events: redis-list, redis-stream`)',
  kafka: 'lag of Kafka consumers (`events: kafka`)',
  sqs: 'an SQS queue (`events: sqs`)',
  pubsub: 'a Pub/Sub subscription (`events: pubsub`)',
  serviceBus: 'a Service Bus queue or topic (`events: service-bus`)',
  zero: 'down to zero (`min: 0`)',
  job: 'one Job per piece of work (`startedBy`)',
  recommend: 'recommended requests (`vertical: recommend`)',
  update: 'requests that follow use (`vertical: initial, update`)',
  nodes: 'nodes',
} as const;

export type ScalingIntent = keyof typeof scalingIntents;

type Row = Readonly<Record<ScalingColumn, Support>>;

function everywhere(support: Support): Row {
  return { eks: support, gke: support, aks: support, onprem: support };
}

/** A source of one cloud: its own identity signs in there, no other can without keys. */
function only(column: ScalingColumn, how: string): Row {
  return { ...everywhere(no('the identity of the cluster cannot sign in there without keys')), [column]: yes(how) };
}

const adapter =
  'HorizontalPodAutoscaler; needs a metrics adapter (`customMetrics: true`); a metric that nothing is known to export is a warning (`metrics.exports`)';
const keda = 'ScaledObject; needs `keda: true`';

/** Intent × provider: documentation is rendered from it, and the feature tests hold it true. */
export const scalingSupport: Readonly<Record<ScalingIntent, Row>> = {
  resource: everywhere(yes('HorizontalPodAutoscaler `Resource`; needs metrics-server')),
  container: everywhere(yes('HorizontalPodAutoscaler `ContainerResource`; needs metrics-server')),
  pods: everywhere(yes(`${adapter}, and that something reads the pods' metrics`)),
  object: everywhere(yes(adapter)),
  external: everywhere(yes(adapter)),
  behavior: everywhere(some('`behavior`; `tolerance` from Kubernetes 1.35')),
  cron: everywhere(yes(keda)),
  prometheus: everywhere(
    yes(
      `${keda} and \`metrics.queryUrl\`; a metric that nothing is known to export is a warning (\`metrics.exports\`)`,
    ),
  ),
  redis: everywhere(yes(`${keda}; the password by reference`)),
  kafka: everywhere(some(`${keda}; brokers without a login`)),
  sqs: only('eks', `${keda}; IRSA or Pod Identity`),
  pubsub: only('gke', `${keda}; workload identity of KEDA itself`),
  serviceBus: only('aks', `${keda}; workload identity`),
  zero: everywhere(some('with an event source that wakes it: not CPU, memory or pending entries')),
  job: everywhere(yes('ScaledJob; needs `keda: true`')),
  recommend: everywhere(yes('VerticalPodAutoscaler `Off`; needs `vpa: true`')),
  update: everywhere(some('VerticalPodAutoscaler of what no horizontal one measures; needs `vpa: true`')),
  nodes: {
    eks: yes('Karpenter NodePool and EC2NodeClass per pool, or the priorities of the Cluster Autoscaler'),
    gke: some(
      'ComputeClass per pool with `nodes: auto-provisioning`, without a highest number of nodes; else node pools are the cloud’s, and the cluster file describes them',
    ),
    aks: yes(
      'NodePool and AKSNodeClass per pool with `nodes: auto-provisioning`; else node pools are the cloud’s, and the cluster file describes them',
    ),
    onprem: some('the priorities of the Cluster Autoscaler, where one runs'),
  },
};

/** The table of scaling as a Markdown page. */
export function renderScalingPage(): string {
  const rows = Object.entries(scalingSupport).map(([intent, supports]) => {
    const words = Object.entries(scalingIntents).find(([name]) => name === intent)?.[1] ?? intent;
    return [words, ...Object.values(supports).map(supportText)];
  });
  const columns = ['intent', ...Object.values(scalingColumns)];
  return `# Scaling\n\n${markdownTable(columns, rows)}`;
}
