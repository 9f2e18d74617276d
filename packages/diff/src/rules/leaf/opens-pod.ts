import { dig, list } from '../../workloads.ts';
import {
  inPod,
  inTemplate,
  inContainer,
  workload,
  plain,
  what,
  becomes,
  leaves,
  gone,
  last,
  looser,
  annotation,
  type LeafRule,
} from './leaf-rule.ts';
import { breaks } from '../pod-standard.ts';

/** Fields that let a pod, an identity or a peer do more than before. */
export const opensPodRules: readonly LeafRule[] = [
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
    when: (leaf, { after }) => (leaf.before === true || leaf.after === false) && breaks(after, 'runAsNonRoot', leaf),
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
    when: (leaf, { after }) => leaf.before !== undefined && breaks(after, 'capabilities_restricted', leaf),
    words: (leaf) => ({ what: `a container no longer drops the capability ${plain(leaf.before)}` }),
  },
  {
    code: 'container-loosened',
    kind: workload,
    path: inPod('(?:.*\\.)?securityContext\\.(seccompProfile|appArmorProfile)\\.type$'),
    when: (leaf, { after }) =>
      leaf.after === 'Unconfined' ||
      (leaf.after === undefined &&
        leaf.before !== 'Unconfined' &&
        (leaf.path.includes('appArmor') || breaks(after, 'seccompProfile_restricted', leaf))),
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
    path: inTemplate('metadata\\.annotations\\.container\\.apparmor\\.security\\.beta\\.kubernetes\\.io/.*$'),
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
    when: (leaf, { after }) => {
      const action = dig(after?.manifest, 'spec', 'action') ?? 'ALLOW';
      // A rule of a DENY policy that goes, or a condition of an ALLOW rule that stays, admits more.
      if (action !== 'ALLOW') return leaf.before !== undefined;
      return leaf.after !== undefined || isConditionGone(leaf.pointer, after?.manifest);
    },
  },
  {
    code: 'policy-opened',
    kind: /^(cilium\.io\/|crd\.projectcalico\.org\/|projectcalico\.org\/)/,
    path: /^specs?(\.\*)?\.(ingress|egress)\b.*$/,
    when: (leaf, { after }) =>
      leaf.after !== undefined || dig(after?.manifest, 'spec', leaf.path.split('.')[1] ?? '') === undefined,
  },
  {
    code: 'policy-opened',
    kind: /^cilium\.io\//,
    path: /^specs?(\.\*)?\.(ingressDeny|egressDeny)\b.*$/,
    when: (leaf) => leaf.before !== undefined,
  },
  {
    code: 'policy-opened',
    kind: /^(cilium\.io\/|crd\.projectcalico\.org\/|projectcalico\.org\/)/,
    path: /^spec\.(endpointSelector|nodeSelector|selector|types|order)\b.*$/,
  },
  {
    code: 'policy-opened',
    kind: /^policy\.networking\.k8s\.io\//,
    path: /^spec\.(ingress|egress)\.\*\.action$/,
    when: (leaf) => leaf.before === 'Deny' || leaf.after === 'Allow',
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
];

/** True when `from`, `to` or `when` of a rule that stays is gone: the rule admits whatever it named and the rest. */
function isConditionGone(pointer: string, manifest: unknown): boolean {
  const match = /^\/spec\/rules\/(\d+)\/(from|to|when)\//.exec(pointer);
  if (match === null) return false;
  const rule = list(dig(manifest, 'spec', 'rules'))[Number(match[1])];
  return rule !== undefined && dig(rule, match[2] ?? '') === undefined;
}
