/** Names of what an operator makes for each object of a kind: the object's own name and these endings. */
interface MadeNames {
  readonly secrets?: readonly string[];
  readonly services?: readonly string[];
}

/** What operators make under names that their documentation promises, by `group/Kind`. */
export const madeNames: Readonly<Record<string, MadeNames>> = {
  // https://cloudnative-pg.io/documentation/current/applications/ and /certificates/
  'postgresql.cnpg.io/Cluster': {
    secrets: ['-app', '-superuser', '-ca', '-server', '-replication'],
    services: ['-rw', '-ro', '-r'],
  },
  'postgresql.cnpg.io/Pooler': { services: [''] },
  // https://strimzi.io/docs/operators/latest/deploying#con-cluster-secrets-str
  'kafka.strimzi.io/Kafka': {
    secrets: ['-cluster-ca', '-cluster-ca-cert', '-clients-ca', '-clients-ca-cert'],
    services: ['-kafka-bootstrap', '-kafka-brokers'],
  },
  // https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/accessing-services
  'elasticsearch.k8s.elastic.co/Elasticsearch': {
    secrets: ['-es-elastic-user', '-es-http-certs-public', '-es-http-ca-internal'],
    services: ['-es-http'],
  },
  'kibana.k8s.elastic.co/Kibana': { secrets: ['-kb-http-certs-public'], services: ['-kb-http'] },
  // https://www.rabbitmq.com/kubernetes/operator/using-operator
  'rabbitmq.com/RabbitmqCluster': { secrets: ['-default-user'], services: ['', '-nodes'] },
};
