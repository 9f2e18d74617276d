/** Labels and annotations that name an object of the same namespace, or several with commas between. */
export const referringLabels: readonly {
  readonly label: string;
  /** Absent: `labels`. */
  readonly at?: 'annotations';
  /** Of the objects that state it; absent: of any. */
  readonly group?: string;
  /** `group/Kind` of what it may name. */
  readonly kinds: readonly string[];
}[] = [
  // Users, topics and node pools name their Kafka, connectors their KafkaConnect: https://strimzi.io/docs/operators/latest/configuring
  {
    label: 'strimzi.io/cluster',
    group: 'kafka.strimzi.io',
    kinds: ['kafka.strimzi.io/Kafka', 'kafka.strimzi.io/KafkaConnect', 'kafka.strimzi.io/KafkaMirrorMaker2'],
  },
  // https://pkg.go.dev/sigs.k8s.io/kueue/pkg/controller/constants: QueueLabel, WorkloadPriorityClassLabel
  { label: 'kueue.x-k8s.io/queue-name', kinds: ['kueue.x-k8s.io/LocalQueue'] },
  { label: 'kueue.x-k8s.io/priority-class', kinds: ['kueue.x-k8s.io/WorkloadPriorityClass'] },
  // https://cluster-api.sigs.k8s.io/reference/api/labels-and-annotations
  { label: 'cluster.x-k8s.io/cluster-name', kinds: ['cluster.x-k8s.io/Cluster'] },
  // https://developer.konghq.com/kubernetes-ingress-controller/reference/annotations/
  {
    label: 'konghq.com/plugins',
    at: 'annotations',
    kinds: ['configuration.konghq.com/KongPlugin', 'configuration.konghq.com/KongClusterPlugin'],
  },
];

/** Annotations of pods that name an object of their namespace, or `namespace/name`. */
export const referringAnnotations: readonly (readonly [pattern: RegExp, kinds: readonly string[]])[] = [
  // https://opentelemetry.io/docs/platforms/kubernetes/operator/automatic/
  [/^instrumentation\.opentelemetry\.io\/inject-/, ['opentelemetry.io/Instrumentation']],
  [/^sidecar\.opentelemetry\.io\/inject$/, ['opentelemetry.io/OpenTelemetryCollector']],
];
