import { quantity } from '../../meaning.ts';
import { dig } from '../../workloads.ts';
import { annotation, becomes, fromTo, gone, last, leaves, lower, type LeafRule } from './leaf-rule.ts';

const kafka = /^kafka\.strimzi\.io\/Kafka(NodePool)?$/;
const custom = /^[^/]+\.[^/]+\/(?!CustomResourceDefinition)/;
const off = (value: unknown) => value === undefined || value === false || value === 'false';

/**
 * Fields by which operators keep, protect, stop or restart what they run. That Strimzi rolls brokers for changes of `listeners` and
 * `config`, and which fields of the other databases restart their pods, is from memory of their documentation: not verified here.
 */
export const operatorRules: readonly LeafRule[] = [
  {
    code: 'cascade-enabled',
    kind: kafka,
    path: /(^|\.)deleteClaim$/,
    when: becomes(true),
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'storage-ephemeral',
    kind: kafka,
    path: /(^|\.)storage(\.volumes\.\*)?\.type$/,
    when: becomes('ephemeral'),
    words: (leaf) => ({ volume: leaf.path.replace(/\.type$/, '') }),
  },
  {
    code: 'claim-shrunk',
    kind: custom,
    path: /(^|\.)(size|storageSize|requests\.storage)$/,
    when: (leaf) =>
      typeof leaf.before === 'string' &&
      /[KMGTP]i?$/.test(leaf.before) &&
      (quantity(leaf.after) ?? Infinity) < (quantity(leaf.before) ?? 0),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'deletion-protection-removed',
    path: /(^|\.)(deletionProtection(Enabled)?|enableDeletionProtection|terminationProtection)$/,
    when: (leaf) => (leaf.before === true || leaf.before === 'true') && off(leaf.after),
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'deletion-protection-removed',
    path: annotation('.*load-balancer-attributes'),
    when: (leaf) =>
      /deletion_protection\.enabled=true/.test(String(leaf.before)) &&
      !/deletion_protection\.enabled=true/.test(String(leaf.after)),
    words: (leaf) => ({ field: leaf.path.replace('metadata.annotations.', '') }),
  },
  {
    code: 'suspended',
    kind: /^batch\/(CronJob|Job)$/,
    path: /^spec\.suspend$/,
    when: (leaf, { after, before }) =>
      leaf.after === true && !/backup|dump|snapshot|velero/i.test((after ?? before)?.manifest.metadata.name ?? ''),
  },
  {
    code: 'suspended',
    kind: /^postgresql\.cnpg\.io\/Cluster$/,
    path: annotation('cnpg\\.io/hibernation'),
    when: becomes('on'),
  },
  {
    code: 'exposed',
    kind: /^postgresql\.cnpg\.io\/Cluster$/,
    path: /^spec\.enableSuperuserAccess$/,
    when: becomes(true),
    words: () => ({ what: 'lets the superuser of the database log in over the network' }),
  },
  {
    code: 'database-restarts',
    kind: kafka,
    path: /^spec\.((kafka\.)?(version|image|config\..*|resources\b.*|jvmOptions\b.*|metadataVersion|listeners\b.*))$/,
  },
  {
    code: 'database-restarts',
    kind: /^(rabbitmq\.com\/RabbitmqCluster|(elasticsearch|kibana)\.k8s\.elastic\.co\/\w+|mongodbcommunity\.mongodb\.com\/\w+|k8s\.mariadb\.com\/MariaDB|acid\.zalan\.do\/postgresql|pgv2\.percona\.com\/\w+|pxc\.percona\.com\/\w+|monitoring\.coreos\.com\/(Prometheus|Alertmanager|ThanosRuler))$/,
    path: /^spec\.(.*\.)?(version|image|resources\b.*)$/,
  },
  {
    code: 'scaling-paused',
    kind: /^keda\.sh\/Scaled(Object|Job)$/,
    path: annotation('autoscaling\\.keda\\.sh/paused(-replicas|-scale-in|-scale-out)?'),
    when: (leaf) => leaf.after !== undefined && leaf.after !== 'false',
  },
  {
    code: 'scaling-lowered',
    kind: /^keda\.sh\/Scaled(Object|Job)$/,
    path: /^spec\.triggers\.\*\.type$/,
    when: gone,
    words: (leaf) => ({ ...fromTo(leaf), field: 'a trigger' }),
  },
  {
    code: 'scaling-retargeted',
    kind: /^(autoscaling\/HorizontalPodAutoscaler|keda\.sh\/ScaledObject)$/,
    path: /^spec\.scaleTargetRef\.(kind|name)$/,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    path: /^metadata\.(labels\.velero\.io\/exclude-from-backup|annotations\.backup\.velero\.io\/backup-volumes-excludes)$/,
    when: (leaf) => leaf.after !== undefined && leaf.after !== 'false',
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'secret-key-removed',
    kind: /^external-secrets\.io\/(Cluster)?ExternalSecret$/,
    path: /^spec\.(externalSecretSpec\.)?data\.\*\.secretKey$/,
    when: (leaf) => leaf.before !== undefined,
    words: (leaf) => ({ key: String(leaf.before) }),
  },
  {
    code: 'quota-lowered',
    kind: /^karpenter\.sh\/NodePool$/,
    path: /^spec\.limits\.[^.]+$/,
    when: (leaf) => leaf.after !== undefined && (leaf.before === undefined || lower(0)(leaf)),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'admission-weakened',
    kind: /^constraints\.gatekeeper\.sh\//,
    path: /^spec\.enforcementAction$/,
    when: (leaf) => leaf.before === 'deny' || (leaf.before === undefined && leaf.after !== 'deny'),
    words: () => ({ what: 'violations are reported, not refused' }),
  },
  {
    code: 'admission-weakened',
    kind: /^(constraints\.gatekeeper\.sh|kyverno\.io)\//,
    path: /(^|\.)(match|exclude|excludedNamespaces)\b.*$/,
    when: (leaf) => (/excluded?/i.test(leaf.path) ? leaf.after !== undefined : leaf.before !== undefined),
    words: () => ({ what: 'it looks at fewer or other objects' }),
  },
  {
    code: 'admission-weakened',
    kind: /^admissionregistration\.k8s\.io\//,
    path: /(^|\.)(namespaceSelector|objectSelector|matchConditions|excludeResourceRules)\b.*$/,
    when: (leaf) => leaf.after !== undefined,
    words: () => ({ what: 'it looks at fewer or other objects' }),
  },
  {
    code: 'notifications-removed',
    kind: /^monitoring\.coreos\.com\/AlertmanagerConfig$/,
    path: /^spec\.receivers\.\*\..*$/,
    when: gone,
  },
  {
    code: 'metrics-retargeted',
    kind: /^monitoring\.coreos\.com\/(ServiceMonitor|PodMonitor)$/,
    path: /^spec\.(selector|namespaceSelector)\b.*$/,
  },
  {
    code: 'crd-field-removed',
    kind: /^apiextensions\.k8s\.io\/CustomResourceDefinition$/,
    path: /^spec\.versions\.\*\.schema\.openAPIV3Schema\.(.*\.)?properties\.[^.]+\.(type|x-kubernetes-.*)$/,
    when: (leaf, { before, after }) => gone(leaf) && isPropertyGone(leaf.pointer, before?.manifest, after?.manifest),
    wordsOfAll: (all) => ({
      fields: all
        .map((leaf) => /\.properties\.([^.]+)\.[^.]+$/.exec(leaf.path)?.[1] ?? '')
        .filter((name, index, names) => names.indexOf(name) === index)
        .slice(0, 4)
        .join(', '),
    }),
  },
  {
    code: 'deletion-protection-removed',
    path: /^metadata\.annotations\.(.*\/)?(prevent-deletion|deletion-protection|delete-protection)$/,
    when: (leaf) => leaves('true')(leaf) || leaves('enabled')(leaf),
    words: (leaf) => ({ field: last(leaf) }),
  },
];

/** True when a property of a schema went with everything below it, and its version stayed. */
function isPropertyGone(pointer: string, before: unknown, after: unknown): boolean {
  const steps = pointer.split('/').slice(1, -1);
  const version = steps[2] ?? '';
  const find = (side: unknown): unknown => {
    const versions = dig(side, 'spec', 'versions');
    if (!Array.isArray(versions)) return undefined;
    const named = /^\[name=(.+)\]$/.exec(version)?.[1];
    return named === undefined ? versions[Number(version)] : versions.find((each) => dig(each, 'name') === named);
  };
  const [old, now] = [find(before), find(after)];
  if (dig(old, 'name') !== dig(now, 'name') || now === undefined) return false;
  return dig(now, ...steps.slice(3)) === undefined && dig(now, ...steps.slice(3, -2)) !== undefined;
}
