import type { Claims, Finding, Sides } from '../finding.ts';
import type { SourceManifest } from '../model.ts';
import { generatedBase, type ObjectChange } from '../pair.ts';
import { dig, isWorkload, kindOf, list, maps, text } from '../workloads.ts';
import type { Code } from './codes.ts';

/** Custom resources whose operators remove the data together with the object. Groups and kinds by their projects' names; not each was looked up. */
const databases = new Set([
  'postgresql.cnpg.io/Cluster',
  'postgresql.cnpg.io/Database',
  'acid.zalan.do/postgresql',
  'postgres-operator.crunchydata.com/PostgresCluster',
  'kafka.strimzi.io/Kafka',
  'kafka.strimzi.io/KafkaTopic',
  'kafka.strimzi.io/KafkaNodePool',
  'redis.redis.opstreelabs.in/Redis',
  'redis.redis.opstreelabs.in/RedisCluster',
  'databases.spotahome.com/RedisFailover',
  'mongodbcommunity.mongodb.com/MongoDBCommunity',
  'psmdb.percona.com/PerconaServerMongoDB',
  'pxc.percona.com/PerconaXtraDBCluster',
  'pgv2.percona.com/PerconaPGCluster',
  'mysql.oracle.com/InnoDBCluster',
  'k8s.mariadb.com/MariaDB',
  'rabbitmq.com/RabbitmqCluster',
  'elasticsearch.k8s.elastic.co/Elasticsearch',
  'opensearch.opster.io/OpenSearchCluster',
  'cassandra.datastax.com/CassandraDatacenter',
  'k8ssandra.io/K8ssandraCluster',
  'minio.min.io/Tenant',
  'ceph.rook.io/CephCluster',
  'ceph.rook.io/CephBlockPool',
  'ceph.rook.io/CephFilesystem',
  'ceph.rook.io/CephObjectStore',
  'objectbucket.io/ObjectBucketClaim',
  'longhorn.io/Volume',
  'zookeeper.pravega.io/ZookeeperCluster',
  'clickhouse.altinity.com/ClickHouseInstallation',
  'crdb.cockroachlabs.com/CrdbCluster',
  'scylla.scylladb.com/ScyllaCluster',
  'storage.cnrm.cloud.google.com/StorageBucket',
  'sql.cnrm.cloud.google.com/SQLInstance',
  'rds.services.k8s.aws/DBInstance',
  's3.services.k8s.aws/Bucket',
]);

const backups = new Set([
  'snapshot.storage.k8s.io/VolumeSnapshot',
  'snapshot.storage.k8s.io/VolumeSnapshotContent',
  'velero.io/Backup',
  'postgresql.cnpg.io/Backup',
]);
const backupSchedules = new Set([
  'velero.io/Schedule',
  'postgresql.cnpg.io/ScheduledBackup',
  'k8up.io/Schedule',
  'longhorn.io/RecurringJob',
  'velero.io/BackupStorageLocation',
]);
const alerting = new Set([
  'monitoring.coreos.com/PrometheusRule',
  'monitoring.coreos.com/AlertmanagerConfig',
  'monitoring.googleapis.com/Rules',
  'monitoring.googleapis.com/ClusterRules',
  'monitoring.googleapis.com/GlobalRules',
  'alertsmanagement.azure.com/PrometheusRuleGroup',
  'operator.victoriametrics.com/VMRule',
]);
const scraping = new Set([
  'monitoring.coreos.com/ServiceMonitor',
  'monitoring.coreos.com/PodMonitor',
  'monitoring.coreos.com/Probe',
  'monitoring.googleapis.com/PodMonitoring',
  'monitoring.googleapis.com/ClusterPodMonitoring',
  'monitoring.googleapis.com/ClusterNodeMonitoring',
  'monitoring.coreos.com/ScrapeConfig',
]);
const scaling = new Set(['autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject']);
const admission = new Set([
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'kyverno.io/ClusterPolicy',
  'kyverno.io/Policy',
]);
const routing = new Set([
  'networking.k8s.io/Ingress',
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/TLSRoute',
  'gateway.networking.k8s.io/TCPRoute',
  'gateway.networking.k8s.io/Gateway',
  'networking.istio.io/VirtualService',
  'networking.istio.io/Gateway',
  'traefik.io/IngressRoute',
]);
const policies = new Set([
  'networking.k8s.io/NetworkPolicy',
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
  'projectcalico.org/NetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/PeerAuthentication',
  'security.istio.io/RequestAuthentication',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
]);

/** The field that keeps an object on the cluster when it leaves git; undefined when nothing does. */
export function protection(source: SourceManifest): string | undefined {
  const annotations = source.manifest.metadata.annotations;
  const sync = text(annotations?.['argocd.argoproj.io/sync-options']) ?? '';
  const options = sync.split(',').map((each) => each.trim());
  if (options.includes('Prune=false') || options.includes('Prune=confirm') || options.includes('Delete=false'))
    return `argocd.argoproj.io/sync-options: ${sync}`;
  if (annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled')
    return 'kustomize.toolkit.fluxcd.io/prune: disabled';
  if (annotations?.['helm.sh/resource-policy'] === 'keep') return 'helm.sh/resource-policy: keep';
  return undefined;
}

interface Loss {
  readonly code: Code;
  readonly words?: Readonly<Record<string, string>>;
}

/** What data or identity goes when an object is deleted; undefined when it can be created again as it was. */
function lostForGood(source: SourceManifest): Loss | undefined {
  const { manifest } = source;
  const kind = kindOf(source);
  switch (kind) {
    case '/Namespace':
      return { code: 'namespace-deleted' };
    case 'apiextensions.k8s.io/CustomResourceDefinition':
      return { code: 'crd-deleted' };
    case '/PersistentVolumeClaim':
      return { code: 'claim-deleted' };
    case '/PersistentVolume':
      return {
        code: 'volume-deleted',
        words: {
          how:
            dig(manifest, 'spec', 'persistentVolumeReclaimPolicy') === 'Delete'
              ? ' and its disk with it'
              : '; its disk stays, but nothing points to it any more',
        },
      };
    case 'apps/StatefulSet': {
      const claims = maps(dig(manifest, 'spec', 'volumeClaimTemplates')).length;
      const deleted = dig(manifest, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';
      return {
        code: 'stateful-set-deleted',
        words: {
          claims:
            claims === 0
              ? ''
              : deleted
                ? ', and its volume claims go with it'
                : '; its volume claims stay behind, unowned',
        },
      };
    }
    case 'argoproj.io/Application':
      return list(manifest.metadata['finalizers']).some((each) =>
        String(each).startsWith('resources-finalizer.argocd.argoproj.io'),
      )
        ? { code: 'delivery-deleted', words: { engine: 'Argo CD' } }
        : undefined;
    case 'argoproj.io/ApplicationSet':
      return dig(manifest, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion') === true
        ? undefined
        : { code: 'delivery-deleted', words: { engine: 'Argo CD' } };
    case 'kustomize.toolkit.fluxcd.io/Kustomization':
      return dig(manifest, 'spec', 'prune') === true && dig(manifest, 'spec', 'deletionPolicy') !== 'Orphan'
        ? { code: 'delivery-deleted', words: { engine: 'Flux' } }
        : undefined;
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return { code: 'delivery-deleted', words: { engine: 'Flux' } };
    default:
      if (databases.has(kind)) return { code: 'database-deleted' };
      return backups.has(kind) ? { code: 'backup-deleted' } : undefined;
  }
}

/** What else the deletion does, beside the object being gone. */
function effectOf(source: SourceManifest): Code | undefined {
  const kind = kindOf(source);
  if (isWorkload(source) && kind !== 'batch/Job') return 'workload-deleted';
  if (kind === '/Service') return 'service-deleted';
  if (routing.has(kind)) return 'route-deleted';
  if (policies.has(kind)) return 'policy-deleted';
  if (kind === 'policy/PodDisruptionBudget') return 'budget-deleted';
  if (scaling.has(kind)) return 'scaling-deleted';
  if (alerting.has(kind)) return 'alerts-deleted';
  if (scraping.has(kind)) return 'metrics-deleted';
  if (
    backupSchedules.has(kind) ||
    (kind === 'batch/CronJob' && /backup|dump|snapshot/i.test(source.manifest.metadata.name))
  )
    return 'backup-schedule-deleted';
  if (kind === '/ResourceQuota' || kind === '/LimitRange') return 'quota-deleted';
  if (admission.has(kind) || kind.startsWith('constraints.gatekeeper.sh/')) return 'admission-deleted';
  return undefined;
}

/** What a removed object means. */
export function removed(change: ObjectChange, claims: Claims): Finding[] {
  const { before } = change;
  if (before === undefined) return [];
  const field = protection(before);
  if (field !== undefined) return [{ code: 'kept-when-pruned', change, leaves: claims.rest(), words: { field } }];
  const loss = lostForGood(before) ?? { code: 'object-pruned' as const };
  const findings: Finding[] = [
    { code: loss.code, change, leaves: claims.rest(), ...(loss.words === undefined ? {} : { words: loss.words }) },
  ];
  const effect = effectOf(before);
  if (effect !== undefined) findings.push({ code: effect, change, leaves: [] });
  return findings;
}

/** What an object means that lives on under another name or in another namespace: deleted and created to the cluster. */
export function replaced(change: ObjectChange, claims: Claims, sides: Sides): Finding[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const { name, namespace } = after.manifest.metadata;
  const to =
    change.change === 'moved'
      ? `${name} in namespace ${namespace ?? '(none)'}`
      : namespace === before.manifest.metadata.namespace
        ? name
        : `${name} in namespace ${namespace ?? '(none)'}`;
  const words = { to };
  const leaves = claims.rest();
  if (generatedBase(before.manifest) !== undefined && generatedBase(before.manifest) === generatedBase(after.manifest))
    return [{ code: 'generated-name', change, leaves, words }];
  if (lostForGood(before) !== undefined) return [{ code: 'identity-replaced', change, leaves, words }];
  if (isWorkload(before) && kindOf(before) !== 'batch/Job')
    return [{ code: 'workload-replaced', change, leaves, words, pods: sides.before.replicas(before).min }];
  if (kindOf(before) === '/Service') return [{ code: 'service-replaced', change, leaves, words }];
  if (routing.has(kindOf(before))) return [{ code: 'route-replaced', change, leaves, words }];
  return [{ code: 'object-replaced', change, leaves, words }];
}
