import type { Leaf } from '../compare.ts';
import { duration, quantity } from '../meaning.ts';
import type { ObjectChange } from '../pair.ts';
import { dig, list, templateOf, text } from '../workloads.ts';
import type { Code } from './codes.ts';
import { fieldName } from './immutable.ts';

/** A rule about one field: where it stands and how it has to change. Rules are tried in order; the first that matches takes the leaf. */
export interface LeafRule {
  readonly code: Code;
  /** `group/Kind`; absent: every kind. */
  readonly kind?: RegExp;
  readonly path: RegExp;
  readonly when?: (leaf: Leaf, change: ObjectChange) => boolean;
  readonly words?: (leaf: Leaf, change: ObjectChange) => Readonly<Record<string, string>>;
  /** Words for all leaves of the rule together, in place of a finding for each wording. */
  readonly wordsOfAll?: (leaves: readonly Leaf[], change: ObjectChange) => Readonly<Record<string, string>>;
  /** True when the rule speaks of added objects and of parts that are added, too. */
  readonly onAdded?: boolean;
}

const pod = /^(?:spec\.(?:jobTemplate\.spec\.)?template\.)?spec\./.source;
const container = `${pod}(?:containers|initContainers|ephemeralContainers)\\.\\*\\.`;
const inPod = (rest: string) => new RegExp(`${pod}${rest}`);
const inContainer = (rest: string) => new RegExp(`${container}${rest}`);
const workload =
  /^(apps\/(Deployment|StatefulSet|DaemonSet|ReplicaSet)|batch\/(Job|CronJob)|\/(Pod|ReplicationController)|argoproj\.io\/Rollout)$/;
const ingress = /^networking\.k8s\.io\/Ingress$/;
const service = /^\/Service$/;

const plain = (value: unknown): string =>
  value === undefined ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value);
const fromTo = (leaf: Leaf, fallback?: unknown) => ({
  from: plain(leaf.before ?? fallback),
  to: plain(leaf.after ?? fallback),
  field: fieldName(leaf.path),
});
const what = (sentence: string) => () => ({ what: sentence });
const becomes = (value: unknown) => (leaf: Leaf) => leaf.after === value;
const leaves = (value: unknown) => (leaf: Leaf) => leaf.before === value;
const gone = (leaf: Leaf) => leaf.before !== undefined && leaf.after === undefined;
const lower = (fallback: number) => (leaf: Leaf) =>
  (quantity(leaf.after) ?? fallback) < (quantity(leaf.before) ?? fallback);
const higher = (fallback: number) => (leaf: Leaf) =>
  (quantity(leaf.after) ?? fallback) > (quantity(leaf.before) ?? fallback);
const last = (leaf: Leaf) => leaf.path.slice(leaf.path.lastIndexOf('.') + 1);
const containerField = (leaf: Leaf) => leaf.path.replace(new RegExp(container), '');

function bound(value: unknown): number | undefined {
  if (typeof value === 'string' && value.endsWith('%')) return Number.parseFloat(value);
  return quantity(value);
}
const boundLower = (leaf: Leaf) => (bound(leaf.after) ?? 0) < (bound(leaf.before) ?? 0);
const boundHigher = (leaf: Leaf) => (bound(leaf.after) ?? 0) > (bound(leaf.before) ?? 0);

const levels = ['restricted', 'baseline', 'privileged'];
const looser = (leaf: Leaf) =>
  levels.indexOf(text(leaf.after) ?? 'privileged') > levels.indexOf(text(leaf.before) ?? 'privileged');
const severities = ['none', 'info', 'warning', 'error', 'high', 'critical', 'page'];
const quieter = (leaf: Leaf) => severities.indexOf(String(leaf.after)) < severities.indexOf(String(leaf.before));

const annotation = (name: string) => new RegExp(`^metadata\\.annotations\\.${name}$`);

/** The number that an alert's expression compares with, and in which direction. */
function threshold(expression: unknown): { sign: string; value: number } | undefined {
  const match = /(>=|<=|>|<)\s*(?:bool\s+)?(-?[0-9.]+(?:e-?[0-9]+)?)\s*$/.exec(
    typeof expression === 'string' ? expression.trim() : '',
  );
  return match?.[1] === undefined ? undefined : { sign: match[1], value: Number(match[2]) };
}

function thresholdLoosened(leaf: Leaf): boolean {
  const before = threshold(leaf.before);
  const after = threshold(leaf.after);
  if (before === undefined || after === undefined || before.sign[0] !== after.sign[0]) return false;
  return before.sign.startsWith('>') ? after.value > before.value : after.value < before.value;
}

function alertOf(leaf: Leaf, change: ObjectChange): string {
  const match = /^\/spec\/groups\/([^/]+)\/rules\/([^/]+)/.exec(leaf.pointer);
  const find = (value: unknown, key: string | undefined): unknown =>
    key === undefined
      ? undefined
      : /^\d+$/.test(key)
        ? list(value)[Number(key)]
        : list(value).find((each) =>
            ['name', 'alert', 'record'].some((one) => key.includes(`${one}=${String(dig(each, one))}`)),
          );
  for (const side of [leaf.after === undefined ? change.before : change.after, change.before, change.after]) {
    const rule = find(dig(find(dig(side?.manifest, 'spec', 'groups'), match?.[1]), 'rules'), match?.[2]);
    const name = text(dig(rule, 'alert')) ?? text(dig(rule, 'record'));
    if (name !== undefined) return name;
  }
  return 'in it';
}
const alert = (leaf: Leaf, change: ObjectChange) => ({
  alert: alertOf(leaf, change),
  field: last(leaf) === '<order>' ? 'order' : last(leaf),
});

/** Names, the first three of many. */
function enumerate(names: readonly string[]): string {
  const each = [...new Set(names)];
  return each.length > 4 ? `${each.slice(0, 3).join(', ')} and ${each.length - 3} more` : each.join(', ');
}

/** How often a five-field cron expression runs in a day; undefined when it cannot be told simply. */
function runsPerDay(schedule: unknown): number | undefined {
  if (typeof schedule !== 'string') return undefined;
  const named: Record<string, number> = {
    '@hourly': 24,
    '@daily': 1,
    '@midnight': 1,
    '@weekly': 1 / 7,
    '@monthly': 1 / 30,
    '@yearly': 1 / 365,
  };
  if (named[schedule] !== undefined) return named[schedule];
  const parts = schedule.trim().split(/\s+/);
  const fields = parts.length === 6 ? parts.slice(1) : parts;
  if (fields.length !== 5) return undefined;
  const count = (field: string, size: number): number => {
    if (field === '*' || field === '?') return size;
    if (field.startsWith('*/')) return size / Number(field.slice(2));
    return field.split(',').reduce((sum, part) => {
      const range = /^(\d+)-(\d+)(?:\/(\d+))?$/.exec(part);
      return sum + (range === null ? 1 : (Number(range[2]) - Number(range[1]) + 1) / Number(range[3] ?? 1));
    }, 0);
  };
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = fields;
  return (
    count(minute, 60) *
    count(hour, 24) *
    (day === '*' ? 1 : count(day, 30) / 30) *
    (month === '*' ? 1 : count(month, 12) / 12) *
    (weekday === '*' ? 1 : count(weekday, 7) / 7)
  );
}
const rarer = (leaf: Leaf) => (runsPerDay(leaf.after) ?? 0) < (runsPerDay(leaf.before) ?? 0);

const isBackup = ({ after, before }: ObjectChange) =>
  /backup|dump|snapshot|velero/i.test((after ?? before)?.manifest.metadata.name ?? '');
const backupKinds =
  /^(velero\.io\/Schedule|postgresql\.cnpg\.io\/ScheduledBackup|k8up\.io\/Schedule|longhorn\.io\/RecurringJob)$/;

/** A CIDR with so many addresses, or none where the value is no CIDR. */
const wide = (value: unknown) => typeof value === 'string' && /\/0$/.test(value);

/** Rules about single fields, the first that matches takes the leaf. */
export const leafRules: readonly LeafRule[] = [
  // ── destroys ──
  {
    code: 'reclaim-policy-delete',
    kind: /^\/PersistentVolume$/,
    path: /^spec\.persistentVolumeReclaimPolicy$/,
    when: becomes('Delete'),
  },
  {
    code: 'claims-deleted-with-set',
    kind: /^apps\/StatefulSet$/,
    path: /^spec\.persistentVolumeClaimRetentionPolicy\.(whenDeleted|whenScaled)$/,
    when: becomes('Delete'),
    words: (leaf) => ({ when: last(leaf) === 'whenScaled' ? 'when it is scaled down' : 'when it is deleted' }),
  },
  {
    code: 'deletion-policy-delete',
    path: /^(spec\.)?(target\.)?(deletionPolicy|reclaimPolicy|databaseReclaimPolicy)$/i,
    kind: /^(?!storage\.k8s\.io\/StorageClass|\/PersistentVolume$)/,
    when: (leaf) => String(leaf.after).toLowerCase() === 'delete',
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'prune-everything',
    kind: /^kustomize\.toolkit\.fluxcd\.io\/Kustomization$/,
    path: /^spec\.(path|sourceRef\.(kind|name|namespace)|targetNamespace)$/,
    when: (_, { after }) => dig(after?.manifest, 'spec', 'prune') === true,
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'prune-everything',
    kind: /^argoproj\.io\/Application$/,
    path: /^spec\.(destination\.(server|name|namespace)|source\.(path|repoURL|chart))$/,
    when: (leaf, { after }) =>
      leaf.before !== undefined && dig(after?.manifest, 'spec', 'syncPolicy', 'automated', 'prune') === true,
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'storage-ephemeral',
    kind: workload,
    path: inPod('volumes\\.\\*\\.(persistentVolumeClaim|nfs|iscsi)\\b.*$'),
    when: (leaf, change) => gone(leaf) && volumeName(leaf, change) !== undefined,
    words: (leaf, change) => ({ volume: volumeName(leaf, change) ?? '' }),
  },
  // ── opens: what a pod may do ──
  {
    code: 'container-loosened',
    kind: workload,
    path: inContainer('securityContext\\.privileged$'),
    when: becomes(true),
    words: what('a container runs privileged, with all rights on its node'),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inContainer('securityContext\\.allowPrivilegeEscalation$'),
    when: (leaf) => leaf.after !== false && (leaf.after === true || leaf.before === false),
    words: what('a container may gain more privileges than its parent process'),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('(?:.*\\.)?securityContext\\.runAsNonRoot$'),
    when: (leaf) => leaf.before === true || leaf.after === false,
    words: what('a container may run as root'),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('(?:.*\\.)?securityContext\\.runAsUser$'),
    when: (leaf) => leaf.after === 0,
    words: what('a container runs as root'),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('(?:.*\\.)?securityContext\\.runAsGroup$'),
    when: (leaf) => leaf.after === 0,
    words: what('a container runs in the root group'),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inContainer('securityContext\\.readOnlyRootFilesystem$'),
    when: leaves(true),
    words: what('a container may write to its root file system'),
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inContainer('securityContext\\.capabilities\\.add\\.\\*$'),
    when: (leaf) => leaf.after !== undefined && leaf.after !== 'NET_BIND_SERVICE',
    words: (leaf) => ({ what: `a container gains the capability ${plain(leaf.after)}` }),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inContainer('securityContext\\.capabilities\\.drop\\.\\*$'),
    when: (leaf) => leaf.before !== undefined,
    words: (leaf) => ({ what: `a container no longer drops the capability ${plain(leaf.before)}` }),
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('(?:.*\\.)?securityContext\\.(seccompProfile|appArmorProfile)\\.type$'),
    when: (leaf) => leaf.after === 'Unconfined' || (leaf.after === undefined && leaf.before !== 'Unconfined'),
    words: (leaf) => ({
      what: `a container runs without the ${leaf.path.includes('seccomp') ? 'seccomp' : 'AppArmor'} profile`,
    }),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inContainer('securityContext\\.procMount$'),
    when: becomes('Unmasked'),
    words: what('a container sees the whole of /proc'),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('(hostNetwork|hostPID|hostIPC)$'),
    when: becomes(true),
    words: (leaf) => ({
      what: `its pods share the node's ${{ hostNetwork: 'network', hostPID: 'processes', hostIPC: 'inter-process communication' }[last(leaf)] ?? 'namespaces'}`,
    }),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('volumes\\.\\*\\.hostPath(\\..*)?$'),
    when: (leaf) => leaf.after !== undefined,
    words: what('its pods mount a path of the node'),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inContainer('ports\\.\\*\\.hostPort$'),
    when: (leaf) => leaf.after !== undefined && leaf.after !== 0,
    words: what("its pods take a port of the node's address"),
    onAdded: true,
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('securityContext\\.sysctls\\.\\*\\..*$'),
    when: (leaf) => leaf.after !== undefined,
    words: what('its pods set kernel parameters'),
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('automountServiceAccountToken$'),
    when: (leaf) => leaf.before === false,
    words: what('its pods hold a token of the API server'),
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('hostUsers$'),
    when: leaves(false),
    words: what('its pods share the user ids of the node'),
  },
  {
    code: 'container-loosened',
    kind: /^\/ServiceAccount$/,
    path: /^automountServiceAccountToken$/,
    when: leaves(false),
    words: what('pods under it hold a token of the API server'),
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: /^(spec\.(jobTemplate\.spec\.)?template\.)?metadata\.annotations\.container\.apparmor\.security\.beta\.kubernetes\.io\/.*$/,
    when: (leaf) => leaf.after === 'unconfined' || leaf.after === undefined,
    words: what('a container runs without the AppArmor profile'),
  },
  {
    code: 'pod-security-loosened',
    kind: /^\/Namespace$/,
    path: /^metadata\.labels\.pod-security\.kubernetes\.io\/(enforce|audit|warn)$/,
    when: looser,
    words: (leaf) => ({
      mode: leaf.path.slice(leaf.path.lastIndexOf('/') + 1),
      from: plain(leaf.before ?? 'privileged'),
      to: plain(leaf.after ?? 'privileged'),
    }),
  },
  {
    code: 'mesh-opened',
    kind: /^\/Namespace$/,
    path: /^metadata\.labels\.(istio-injection|istio\.io\/rev|istio\.io\/dataplane-mode|linkerd\.io\/inject)$/,
    when: (leaf) => leaf.after === undefined || leaf.after === 'disabled',
    words: what('its pods leave the service mesh and its encryption'),
  },
  {
    code: 'mesh-opened',
    kind: /^security\.istio\.io\/PeerAuthentication$/,
    path: /mode$/,
    when: leaves('STRICT'),
    words: what('traffic without mutual TLS is accepted'),
    onAdded: true,
  },
  {
    code: 'mesh-opened',
    kind: /^networking\.istio\.io\/DestinationRule$/,
    path: /tls\.mode$/,
    when: becomes('DISABLE'),
    words: what('traffic is sent without TLS'),
  },
  {
    code: 'policy-opened',
    kind: /^security\.istio\.io\/AuthorizationPolicy$/,
    path: /^spec\.(rules\b.*|action)$/,
    when: (leaf, { after }) =>
      leaf.after !== undefined && (dig(after?.manifest, 'spec', 'action') ?? 'ALLOW') === 'ALLOW',
  },
  {
    code: 'policy-opened',
    kind: /^(cilium\.io\/|crd\.projectcalico\.org\/|projectcalico\.org\/)/,
    path: /^spec\.(ingress|egress)\b.*$/,
    when: (leaf) => leaf.after !== undefined,
  },
  {
    code: 'aggregated',
    kind: /^rbac\.authorization\.k8s\.io\/ClusterRole$/,
    path: /^metadata\.labels\.rbac\.authorization\.k8s\.io\/aggregate-to-.*$/,
    when: (leaf) => leaf.after === 'true' || leaf.after === true,
    words: (leaf) => ({ role: leaf.path.slice(leaf.path.indexOf('aggregate-to-') + 13) }),
    onAdded: true,
  },
  {
    code: 'cloud-identity',
    kind: /^\/ServiceAccount$/,
    path: annotation(
      '(eks\\.amazonaws\\.com/role-arn|iam\\.gke\\.io/gcp-service-account|azure\\.workload\\.identity/client-id|azure\\.workload\\.identity/tenant-id)',
    ),
    when: (leaf) => leaf.after !== undefined,
  },
  {
    code: 'delivery-opened',
    kind: /^argoproj\.io\/AppProject$/,
    path: /^spec\.(sourceRepos|destinations|clusterResourceWhitelist|namespaceResourceWhitelist|sourceNamespaces)\b.*$/,
    when: (leaf) => leaf.after !== undefined,
  },
  {
    code: 'delivery-opened',
    kind: /^argoproj\.io\/AppProject$/,
    path: /^spec\.(clusterResourceBlacklist|namespaceResourceBlacklist|signatureKeys)\b.*$/,
    when: gone,
  },
  // ── opens: who may reach it ──
  {
    code: 'exposed',
    kind: service,
    path: /^spec\.type$/,
    when: (leaf) => leaf.before !== 'LoadBalancer' && (leaf.after === 'LoadBalancer' || leaf.after === 'NodePort'),
    words: (leaf) => ({
      what:
        leaf.after === 'LoadBalancer'
          ? 'gets a load balancer of its own: it is reachable from outside the cluster'
          : 'opens a port on every node',
    }),
    onAdded: true,
  },
  {
    code: 'exposed',
    kind: service,
    path: /^spec\.externalIPs\.\*$/,
    when: (leaf) => leaf.after !== undefined,
    words: what('answers on an external address'),
    onAdded: true,
  },
  {
    code: 'exposed',
    kind: service,
    path: annotation(
      '(service\\.beta\\.kubernetes\\.io/aws-load-balancer-scheme|alb\\.ingress\\.kubernetes\\.io/scheme)',
    ),
    when: (leaf) => leaf.after === 'internet-facing' || leaf.before === 'internal',
    words: what('is reachable from the internet'),
    onAdded: true,
  },
  {
    code: 'exposed',
    kind: ingress,
    path: annotation('alb\\.ingress\\.kubernetes\\.io/scheme'),
    when: becomes('internet-facing'),
    words: what('is reachable from the internet'),
    onAdded: true,
  },
  {
    code: 'exposed',
    kind: service,
    path: annotation(
      '(service\\.beta\\.kubernetes\\.io/(aws-load-balancer-internal|azure-load-balancer-internal)|networking\\.gke\\.io/load-balancer-type|cloud\\.google\\.com/load-balancer-type)',
    ),
    when: (leaf) => /^(true|internal)$/i.test(String(leaf.before)) && !/^(true|internal)$/i.test(String(leaf.after)),
    words: what('is reachable from the internet'),
  },
  {
    code: 'exposed',
    kind: ingress,
    path: annotation('(kubernetes\\.io/ingress\\.class)'),
    when: (leaf) => /internal|private/.test(String(leaf.before)) && !/internal|private/.test(String(leaf.after)),
    words: what('moves to a public ingress controller'),
  },
  {
    code: 'exposed',
    kind: ingress,
    path: /^spec\.ingressClassName$/,
    when: (leaf) => /internal|private/.test(String(leaf.before)) && !/internal|private/.test(String(leaf.after)),
    words: what('moves to a public ingress controller'),
  },
  {
    code: 'source-ranges',
    kind: service,
    path: /^spec\.loadBalancerSourceRanges\.\*$/,
    when: (leaf, { before, after }) => {
      const ranges = (side: ObjectChange['before']) => list(dig(side?.manifest, 'spec', 'loadBalancerSourceRanges'));
      // Without a range every address is admitted.
      return ranges(before).length > 0 && (leaf.after !== undefined || ranges(after).length === 0);
    },
  },
  {
    code: 'source-ranges',
    path: annotation(
      '(nginx\\.ingress\\.kubernetes\\.io/(whitelist-source-range|allowlist-source-range)|alb\\.ingress\\.kubernetes\\.io/inbound-cidrs|service\\.beta\\.kubernetes\\.io/(load-balancer-source-ranges|aws-load-balancer-source-ranges))',
    ),
    when: (leaf) => widened(leaf),
  },
  {
    code: 'firewall-removed',
    path: annotation(
      '(alb\\.ingress\\.kubernetes\\.io/(wafv2-acl-arn|wafv2-acl-name|waf-acl-id|shield-advanced-protection)|appgw\\.ingress\\.kubernetes\\.io/waf-policy-for-path|nginx\\.ingress\\.kubernetes\\.io/(enable-modsecurity|enable-owasp-core-rules|enable-owasp-modsecurity-crs)|cloud\\.google\\.com/backend-config)',
    ),
    when: (leaf) =>
      leaf.before !== undefined && (leaf.after === undefined || leaf.after === 'false' || leaf.after === ''),
  },
  {
    code: 'firewall-removed',
    kind: /^cloud\.google\.com\/BackendConfig$|^networking\.gke\.io\/GCPBackendPolicy$/,
    path: /securityPolicy(\.name)?$/,
    when: gone,
  },
  {
    code: 'authentication-removed',
    path: annotation(
      '(nginx\\.ingress\\.kubernetes\\.io/(auth-url|auth-type|auth-secret|auth-signin|auth-tls-secret|auth-tls-verify-client)|alb\\.ingress\\.kubernetes\\.io/(auth-type|auth-idp-oidc|auth-idp-cognito|auth-on-unauthenticated-request)|traefik\\.ingress\\.kubernetes\\.io/router\\.middlewares)',
    ),
    when: (leaf) =>
      leaf.after === undefined || leaf.after === 'none' || leaf.after === 'off' || leaf.after === 'optional',
    words: (leaf) => ({ field: leaf.path.replace('metadata.annotations.', '') }),
  },
  {
    code: 'tls-weakened',
    path: annotation('(nginx\\.ingress\\.kubernetes\\.io/(ssl-redirect|force-ssl-redirect))'),
    when: (leaf) => leaf.after === 'false' || (leaf.after === undefined && leaf.before === 'true'),
    words: what('plain HTTP is no longer redirected to HTTPS'),
  },
  {
    code: 'tls-weakened',
    path: annotation(
      '(alb\\.ingress\\.kubernetes\\.io/ssl-redirect|traefik\\.ingress\\.kubernetes\\.io/router\\.tls|kubernetes\\.io/ingress\\.allow-http)',
    ),
    when: (leaf) =>
      leaf.after === undefined || leaf.after === 'false' || (leaf.after === 'true' && leaf.path.endsWith('allow-http')),
    words: what('plain HTTP is admitted'),
  },
  {
    code: 'tls-weakened',
    path: annotation('alb\\.ingress\\.kubernetes\\.io/listen-ports'),
    when: (leaf) => !String(leaf.after).includes('HTTPS') && String(leaf.before).includes('HTTPS'),
    words: what('HTTPS is no longer served'),
  },
  {
    code: 'tls-weakened',
    path: annotation(
      '(alb\\.ingress\\.kubernetes\\.io/ssl-policy|service\\.beta\\.kubernetes\\.io/aws-load-balancer-ssl-negotiation-policy)',
    ),
    when: (leaf) => tlsVersion(leaf.after) < tlsVersion(leaf.before),
    words: what('older TLS versions are accepted'),
  },
  {
    code: 'tls-weakened',
    path: annotation(
      '(service\\.beta\\.kubernetes\\.io/aws-load-balancer-ssl-cert|alb\\.ingress\\.kubernetes\\.io/certificate-arn)',
    ),
    when: gone,
    words: what('its certificate is removed'),
  },
  {
    code: 'tls-weakened',
    path: annotation('nginx\\.ingress\\.kubernetes\\.io/(ssl-protocols|proxy-ssl-verify|backend-protocol|hsts)'),
    when: (leaf) =>
      /TLSv1(\.[01])?\b(?!\.)/.test(String(leaf.after)) ||
      leaf.after === 'off' ||
      leaf.after === 'false' ||
      leaf.before === 'HTTPS' ||
      leaf.before === 'GRPCS',
    words: what('TLS is weaker than before'),
  },
  {
    code: 'tls-weakened',
    kind: ingress,
    path: /^spec\.tls\.\*(\..*)?$/,
    when: (leaf, { after }) => leaf.after === undefined && list(dig(after?.manifest, 'spec', 'tls')).length === 0,
    words: what('it is served without TLS'),
  },
  {
    code: 'tls-weakened',
    kind: /^gateway\.networking\.k8s\.io\/Gateway$/,
    path: /^spec\.listeners\.\*\.protocol$/,
    when: (leaf) =>
      (leaf.before === 'HTTPS' || leaf.before === 'TLS') &&
      leaf.after !== undefined &&
      leaf.after !== 'HTTPS' &&
      leaf.after !== 'TLS',
    words: what('a listener serves without TLS'),
  },
  {
    code: 'tls-weakened',
    path: /(^|\.)(insecureSkipVerify|insecureSkipTLSVerify|insecure|skipTLSVerify|tlsInsecureSkipVerify)$/,
    when: becomes(true),
    words: what('certificates are no longer verified'),
  },
  {
    code: 'tls-weakened',
    path: /(^|\.)scheme$/,
    kind: /^monitoring\.coreos\.com\//,
    when: (leaf) => /^https$/i.test(String(leaf.before)) && !/^https$/i.test(String(leaf.after)),
    words: what('metrics are read without TLS'),
  },
  {
    code: 'exposed',
    kind: /^gateway\.networking\.k8s\.io\/Gateway$/,
    path: /^spec\.listeners\.\*\.allowedRoutes\.namespaces\.from$/,
    when: (leaf) => leaf.after === 'All',
    words: what('admits routes from every namespace'),
  },
  {
    code: 'exposed',
    kind: ingress,
    path: annotation(
      'nginx\\.ingress\\.kubernetes\\.io/(cors-allow-origin|enable-cors|configuration-snippet|server-snippet)',
    ),
    when: (leaf) =>
      leaf.after === '*' || leaf.after === 'true' || (leaf.path.endsWith('snippet') && leaf.after !== undefined),
    words: (leaf) => ({
      what: leaf.path.endsWith('snippet')
        ? 'passes raw configuration to the ingress controller'
        : 'answers to more origins',
    }),
  },
  // ── weakens ──
  {
    code: 'workload-stopped',
    kind: /^(apps\/(Deployment|StatefulSet|ReplicaSet)|argoproj\.io\/Rollout|\/ReplicationController)$/,
    path: /^spec\.replicas$/,
    when: (leaf) => leaf.after === 0,
  },
  {
    code: 'replicas-lowered',
    kind: /^(apps\/|argoproj\.io\/Rollout|\/ReplicationController)/,
    path: /^spec\.replicas$/,
    when: lower(1),
    words: (leaf) => fromTo(leaf, 1),
  },
  {
    code: 'replicas-raised',
    kind: /^(apps\/|argoproj\.io\/Rollout|\/ReplicationController)/,
    path: /^spec\.replicas$/,
    words: (leaf) => fromTo(leaf, 1),
  },
  {
    code: 'scaling-lowered',
    kind: /^(autoscaling\/HorizontalPodAutoscaler|keda\.sh\/ScaledObject)$/,
    path: /^spec\.(minReplicas|maxReplicas|minReplicaCount|maxReplicaCount)$/,
    when: (leaf) =>
      lower(leaf.path.endsWith('minReplicas') ? 1 : leaf.path.endsWith('minReplicaCount') ? 0 : 100)(leaf),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'scaling-lowered',
    kind: /^autoscaling\/HorizontalPodAutoscaler$/,
    path: /^spec\.(metrics\..*\.(averageUtilization|averageValue|value)|targetCPUUtilizationPercentage)$/,
    when: (leaf) => leaf.before !== undefined && leaf.after !== undefined && higher(0)(leaf),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'scaling-lowered',
    kind: /^autoscaling\/HorizontalPodAutoscaler$/,
    path: /^spec\.metrics\.\*\..*$/,
    when: gone,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'budget-lowered',
    kind: /^policy\/PodDisruptionBudget$/,
    path: /^spec\.minAvailable$/,
    when: (leaf) => boundLower(leaf) || bound(leaf.after) === 0,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'budget-lowered',
    kind: /^policy\/PodDisruptionBudget$/,
    path: /^spec\.maxUnavailable$/,
    when: boundHigher,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'budget-lowered',
    kind: /^policy\/PodDisruptionBudget$/,
    path: /^spec\.selector\b.*$/,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'requests-lowered',
    kind: workload,
    path: inContainer('resources\\.requests\\.[^.]+$'),
    when: (leaf) => leaf.before !== undefined && lower(0)(leaf),
    words: (leaf) => ({ ...fromTo(leaf), field: `the ${last(leaf)} request` }),
  },
  {
    code: 'limits-lowered',
    kind: workload,
    path: inContainer('resources\\.limits\\.[^.]+$'),
    when: (leaf) => leaf.before !== undefined && (leaf.after === undefined || lower(0)(leaf)),
    words: (leaf) => ({ ...fromTo(leaf), field: `the ${last(leaf)} limit` }),
  },
  { code: 'shutdown-shortened', kind: workload, path: inPod('terminationGracePeriodSeconds$'), when: lower(30) },
  { code: 'shutdown-shortened', kind: workload, path: inContainer('lifecycle\\.preStop\\b.*$'), when: gone },
  {
    code: 'spread-removed',
    kind: workload,
    path: inPod('(topologySpreadConstraints\\.\\*\\..*|affinity\\.podAntiAffinity\\b.*)$'),
    when: gone,
  },
  {
    code: 'spread-removed',
    kind: workload,
    path: inPod('topologySpreadConstraints\\.\\*\\.whenUnsatisfiable$'),
    when: becomes('ScheduleAnyway'),
  },
  { code: 'priority-removed', kind: workload, path: inPod('priorityClassName$'), when: gone },
  { code: 'priority-lowered', kind: /^scheduling\.k8s\.io\/PriorityClass$/, path: /^value$/, when: lower(0) },
  {
    code: 'isolation-lost',
    kind: workload,
    path: inPod('runtimeClassName$'),
    when: gone,
    words: what('its pods no longer run in the sandboxed runtime'),
  },
  { code: 'rollouts-interrupt', kind: /^apps\/Deployment$/, path: /^spec\.strategy\.type$/, when: becomes('Recreate') },
  {
    code: 'rollout-weakened',
    kind: /^apps\//,
    path: /^spec\.(strategy|updateStrategy)\.rollingUpdate\.maxUnavailable$/,
    when: boundHigher,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'rollout-weakened',
    kind: /^apps\/Deployment$/,
    path: /^spec\.strategy\.rollingUpdate\.maxSurge$/,
    when: (leaf) => leaf.after === 0 || leaf.after === '0%',
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'rollout-weakened',
    kind: /^apps\//,
    path: /^spec\.minReadySeconds$/,
    when: lower(0),
    words: (leaf) => fromTo(leaf, 0),
  },
  { code: 'history-lost', kind: /^apps\//, path: /^spec\.revisionHistoryLimit$/, when: (leaf) => leaf.after === 0 },
  {
    code: 'alert-removed',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.(alert|record)$/,
    when: gone,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.(for|keep_firing_for)$/,
    when: (leaf) => (last(leaf) === 'for') === (duration(leaf.after) ?? 0) > (duration(leaf.before) ?? 0),
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.labels\.severity$/,
    when: quieter,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.expr$/,
    when: thresholdLoosened,
    words: alert,
  },
  {
    code: 'alert-weakened',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.interval$/,
    when: (leaf) => (duration(leaf.after) ?? 0) > (duration(leaf.before) ?? 0),
    words: alert,
  },
  {
    code: 'metrics-deleted',
    kind: /^monitoring\.coreos\.com\/(ServiceMonitor|PodMonitor)$/,
    path: /^spec\.(endpoints|podMetricsEndpoints)\.\*\.(port|targetPort)$/,
    when: gone,
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /^spec\.(schedule|cron)$/,
    when: rarer,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /^spec\.(suspend|paused)$/,
    when: becomes(true),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /(ttl|retain|retention)$/i,
    when: (leaf) =>
      (duration(leaf.after) ?? quantity(leaf.after) ?? 0) < (duration(leaf.before) ?? quantity(leaf.before) ?? 0),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /^spec\.template\.(includedNamespaces|includedResources|snapshotVolumes)\b.*$/,
    when: (leaf) => gone(leaf) || leaf.after === false,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: backupKinds,
    path: /^spec\.template\.(excludedNamespaces|excludedResources)\b.*$/,
    when: (leaf) => leaf.after !== undefined,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: /^batch\/CronJob$/,
    path: /^spec\.suspend$/,
    when: (leaf, change) => leaf.after === true && isBackup(change),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: /^batch\/CronJob$/,
    path: /^spec\.schedule$/,
    when: (leaf, change) => isBackup(change) && rarer(leaf),
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'backup-weakened',
    kind: /^postgresql\.cnpg\.io\/Cluster$/,
    path: /^spec\.backup\b.*$/,
    when: (leaf) =>
      gone(leaf) ||
      (leaf.path.endsWith('retentionPolicy') &&
        (duration(String(leaf.after)) ?? 0) < (duration(String(leaf.before)) ?? 0)),
    words: (leaf) => fromTo(leaf),
  },
  { code: 'quota-changed', kind: /^\/(ResourceQuota|LimitRange)$/, path: /^spec\./, words: (leaf) => fromTo(leaf) },
  {
    code: 'admission-weakened',
    kind: /^admissionregistration\.k8s\.io\//,
    path: /failurePolicy$/,
    when: becomes('Ignore'),
    words: what('what it cannot judge is admitted'),
  },
  {
    code: 'admission-weakened',
    kind: /^admissionregistration\.k8s\.io\/ValidatingAdmissionPolicyBinding$/,
    path: /^spec\.validationActions\.\*$/,
    when: leaves('Deny'),
    words: what('violations are no longer denied'),
  },
  {
    code: 'admission-weakened',
    kind: /^admissionregistration\.k8s\.io\//,
    path: /^(webhooks\.\*\.(name|rules\b.*)|spec\.(validations\.\*\.expression|matchConstraints\b.*))$/,
    when: gone,
    words: what('a check is removed'),
  },
  {
    code: 'admission-weakened',
    kind: /^kyverno\.io\//,
    path: /(validationFailureAction|failureAction)$/,
    when: (leaf) => /^enforce$/i.test(String(leaf.before)) && !/^enforce$/i.test(String(leaf.after)),
    words: what('violations are reported, not refused'),
  },
  {
    code: 'admission-weakened',
    kind: /^kyverno\.io\//,
    path: /^spec\.rules\.\*\.name$/,
    when: gone,
    words: what('a check is removed'),
  },
  {
    code: 'protection-removed',
    path: annotation(
      '(argocd\\.argoproj\\.io/sync-options|kustomize\\.toolkit\\.fluxcd\\.io/prune|helm\\.sh/resource-policy)',
    ),
    when: (leaf) =>
      /Prune=false|Delete=false|Prune=confirm|disabled|keep/.test(String(leaf.before)) &&
      !/Prune=false|Delete=false|Prune=confirm|disabled|keep/.test(String(leaf.after)),
    words: (leaf) => ({ field: leaf.path.replace('metadata.annotations.', '') }),
  },
  { code: 'finalizer-removed', path: /^metadata\.finalizers\.\*$/, when: (leaf) => leaf.before !== undefined },
  {
    code: 'instances-lowered',
    kind: /\.(io|com|in|dev)\//,
    path: /^spec\.(instances|replicas|size|nodeCount|kafka\.replicas)$/,
    when: (leaf) => typeof leaf.before === 'number' && lower(1)(leaf),
    words: (leaf) => fromTo(leaf),
  },
  // ── interrupts ──
  {
    code: 'service-port',
    kind: service,
    path: /^spec\.ports\.\*\.(port|targetPort|nodePort|protocol)$/,
    when: (leaf) => leaf.before !== undefined || last(leaf) === 'targetPort',
  },
  { code: 'service-selector', kind: service, path: /^spec\.selector\b.*$/ },
  {
    code: 'service-type',
    kind: service,
    path: /^spec\.type$/,
    when: (leaf) =>
      leaf.before === 'LoadBalancer' ||
      leaf.before === 'NodePort' ||
      leaf.after === 'ExternalName' ||
      leaf.before === 'ExternalName',
    words: (leaf) => fromTo(leaf, 'ClusterIP'),
  },
  { code: 'host-changed', kind: ingress, path: /^spec\.rules\.\*\.host$/, when: (leaf) => leaf.before !== undefined },
  {
    code: 'exposed',
    kind: ingress,
    path: /^spec\.rules\.\*\.host$/,
    when: (leaf) => leaf.before === undefined,
    words: (leaf) => ({ what: `answers for a new host, ${plain(leaf.after)}` }),
    onAdded: true,
  },
  {
    code: 'host-changed',
    kind: /^gateway\.networking\.k8s\.io\/\w+Route$|^networking\.istio\.io\/VirtualService$/,
    path: /^spec\.(hostnames|hosts)\.\*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'exposed',
    kind: /^gateway\.networking\.k8s\.io\/\w+Route$|^networking\.istio\.io\/VirtualService$/,
    path: /^spec\.(hostnames|hosts)\.\*$/,
    when: (leaf) => leaf.before === undefined,
    words: (leaf) => ({ what: `answers for a new host, ${plain(leaf.after)}` }),
    onAdded: true,
  },
  {
    code: 'tls-added',
    kind: ingress,
    path: /^spec\.tls\b.*$/,
    when: (_, { before }) => list(dig(before?.manifest, 'spec', 'tls')).length === 0,
  },
  { code: 'tls-changed', kind: ingress, path: /^spec\.tls\b.*$/ },
  {
    code: 'tls-changed',
    path: annotation(
      '(alb\\.ingress\\.kubernetes\\.io/(certificate-arn|ssl-policy|listen-ports)|cert-manager\\.io/(cluster-issuer|issuer)|service\\.beta\\.kubernetes\\.io/aws-load-balancer-ssl-.*)',
    ),
  },
  {
    code: 'tls-changed',
    kind: /^cert-manager\.io\/Certificate$/,
    path: /^spec\.(dnsNames\.\*|secretName|issuerRef\..*|commonName|privateKey\..*)$/,
  },
  {
    code: 'tls-changed',
    kind: /^gateway\.networking\.k8s\.io\/Gateway$/,
    path: /^spec\.listeners\.\*\.tls\b.*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'listener-changed',
    kind: /^(gateway\.networking\.k8s\.io|networking\.istio\.io)\/Gateway$/,
    path: /^spec\.(listeners|servers)\.\*(\..*)?$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'exposed',
    kind: /^(gateway\.networking\.k8s\.io|networking\.istio\.io)\/Gateway$/,
    path: /^spec\.(listeners|servers)\.\*\..*$/,
    when: (leaf) => leaf.before === undefined,
    words: what('gets a new listener'),
    onAdded: true,
  },
  {
    code: 'route-changed',
    kind: ingress,
    path: /^spec\.(rules\.\*\.http\b.*|defaultBackend\b.*|ingressClassName)$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'route-changed',
    kind: /^gateway\.networking\.k8s\.io\/(\w+Route|Gateway)$/,
    path: /^spec\.(parentRefs|rules|gatewayClassName)\b.*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'route-changed',
    kind: /^networking\.istio\.io\/VirtualService$/,
    path: /^spec\.(http|tcp|tls|gateways)\b.*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'route-changed',
    kind: /^(\/Endpoints|discovery\.k8s\.io\/EndpointSlice)$/,
    path: /^(subsets|endpoints|ports)\b.*$/,
  },
  {
    code: 'probe-removed',
    kind: workload,
    path: inContainer('(livenessProbe|readinessProbe|startupProbe)\\b.*$'),
    when: (leaf, change) => gone(leaf) && probeGone(leaf, change),
    words: (leaf) => ({ field: `the ${(containerField(leaf).split('.')[0] ?? '').replace('Probe', ' probe')}` }),
  },
  { code: 'probe-changed', kind: workload, path: inContainer('(livenessProbe|readinessProbe|startupProbe)\\b.*$') },
  {
    code: 'container-port',
    kind: workload,
    path: inContainer('ports\\.\\*\\.(containerPort|protocol)$'),
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'nodes-replaced',
    kind: /^karpenter\.(sh|k8s\.aws|azure\.com)\//,
    path: /^spec\.(template\b.*|amiFamily|amiSelectorTerms\b.*|userData|blockDeviceMappings\b.*|metadataOptions\b.*|subnetSelectorTerms\b.*|securityGroupSelectorTerms\b.*|role|imageFamily)$/,
  },
  {
    code: 'database-restarts',
    kind: /^postgresql\.cnpg\.io\/Cluster$/,
    path: /^spec\.(imageName|imageCatalogRef\b.*|postgresql\b.*|resources\b.*|primaryUpdateStrategy|env\b.*)$/,
  },
  {
    code: 'version-unserved',
    kind: /^apiextensions\.k8s\.io\/CustomResourceDefinition$/,
    path: /^spec\.versions\.\*\.served$/,
    when: becomes(false),
  },
  // ── behaves ──
  {
    code: 'claim-grown',
    kind: /^\/PersistentVolumeClaim$/,
    path: /^spec\.resources\.requests\.storage$/,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'schedule-changed',
    kind: /^batch\/CronJob$/,
    path: /^spec\.(schedule|timeZone)$/,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'description-changed',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\.annotations\b.*$/,
  },
  {
    code: 'alert-changed',
    kind: /^monitoring\.coreos\.com\/PrometheusRule$/,
    path: /^spec\.groups\.\*\.rules\.\*\..*$/,
    wordsOfAll: (all, change) => ({ alert: enumerate(all.map((leaf) => alertOf(leaf, change))) }),
  },
  {
    code: 'description-changed',
    kind: /^apiextensions\.k8s\.io\/CustomResourceDefinition$/,
    path: /(\.description|\.additionalPrinterColumns\b.*|names\.(shortNames|categories)\b.*)$/,
  },
  {
    code: 'description-changed',
    kind: /^(scheduling\.k8s\.io\/PriorityClass|argoproj\.io\/AppProject)$/,
    path: /^(spec\.)?description$/,
  },
];

/** The volume of a leaf, where it turned into one that is lost with the pod. */
function volumeName(leaf: Leaf, change: ObjectChange): string | undefined {
  const spec = (side: ObjectChange['before']) =>
    dig(side === undefined ? undefined : templateOf(side), 'spec', 'volumes');
  const step = /\/volumes\/([^/]+)\//.exec(leaf.pointer)?.[1] ?? '';
  const before = list(spec(change.before)).find(
    (each, index) => String(index) === step || step === `[name=${String(dig(each, 'name'))}]`,
  );
  const name = text(dig(before, 'name'));
  const after = list(spec(change.after)).find((each) => dig(each, 'name') === name);
  if (name === undefined || after === undefined) return undefined;
  const persistent = ['persistentVolumeClaim', 'ephemeral', 'csi', 'nfs', 'iscsi', 'cephfs', 'hostPath'];
  return persistent.some((each) => dig(after, each) !== undefined) ? undefined : name;
}

function widened(leaf: Leaf): boolean {
  if (leaf.after === undefined) return true;
  if (leaf.before === undefined) return false;
  const before = new Set(String(leaf.before).split(/[\s,]+/));
  return (
    String(leaf.after)
      .split(/[\s,]+/)
      .some((each) => !before.has(each)) || wide(leaf.after)
  );
}

function tlsVersion(policy: unknown): number {
  const match = /TLS-?1-?([0-3])/i.exec(String(policy ?? ''));
  return match === null ? 1 : Number(match[1]);
}

/** True when the whole probe went, and its container stayed. */
function probeGone(leaf: Leaf, change: ObjectChange): boolean {
  const match = /^(.*\.)(livenessProbe|readinessProbe|startupProbe)\b/.exec(leaf.path);
  if (match === null) return false;
  const start = leaf.pointer.slice(0, leaf.pointer.indexOf(`/${match[2]}`));
  return (
    !change.leaves.some((each) => each.pointer.startsWith(`${start}/${match[2]}/`) && each.after !== undefined) &&
    !isProbePresent(start, match[2] ?? '', change)
  );
}

function isProbePresent(pointer: string, probe: string, change: ObjectChange): boolean {
  let value: unknown = change.after?.manifest;
  for (const step of pointer.split('/').slice(1)) {
    const named = /^\[name=([^\]]+)\]$/.exec(step);
    if (Array.isArray(value))
      value = named === null ? value[Number(step)] : value.find((each) => dig(each, 'name') === named[1]);
    else value = dig(value, step);
  }
  return dig(value, probe) !== undefined;
}
