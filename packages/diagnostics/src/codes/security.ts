import type { CodeEntry } from './index.ts';

/** Faults that open a cluster to more people, pods or permissions than meant. */
export const securityCodes = {
  'security/pod-security': {
    severity: 'error',
    sentence:
      'A pod breaks the Pod Security Standard of its namespace or environment, so admission refuses its pods and none starts.',
    bad: 'containers: [{ name: web, securityContext: { privileged: true } }]',
    good: 'containers: [{ name: web, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }]',
  },
  'security/namespace-level': {
    severity: 'error',
    sentence:
      'A namespace does not enforce the Pod Security level of its environment, or names a level or version that does not exist.',
    bad: 'labels: { pod-security.kubernetes.io/enforce: privileged }',
    good: 'labels: { pod-security.kubernetes.io/enforce: restricted }',
  },
  'security/escalation': {
    severity: 'error',
    sentence:
      'A role lets its holder get more permissions than it names: by wildcards, escalate, bind, impersonate, Secrets, pods, tokens or nodes.',
    bad: 'rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]',
    good: 'rules: [{ apiGroups: [""], resources: [configmaps], verbs: [get, list, watch] }]',
  },
  'security/powerful-binding': {
    severity: 'error',
    sentence:
      'A binding gives cluster-admin, or gives anything to everybody: system:masters, anonymous, unauthenticated or all authenticated users.',
    bad: 'subjects: [{ kind: Group, name: system:unauthenticated }]',
    good: 'subjects: [{ kind: Group, name: shop-team }]',
  },
  'security/default-service-account': {
    severity: 'error',
    sentence:
      'Pods run with the default service account and its token, or permissions are bound to it, so every pod of the namespace has them.',
    bad: 'spec: { containers: [...] }  # neither serviceAccountName nor automountServiceAccountToken',
    good: 'spec: { serviceAccountName: web, automountServiceAccountToken: false }',
  },
  'security/needless-token': {
    severity: 'warning',
    sentence: 'Pods mount a token of a service account to which nothing is bound, so it only serves an intruder.',
    bad: 'automountServiceAccountToken: true',
    good: 'automountServiceAccountToken: false',
  },
  'security/plaintext-secret': {
    severity: 'error',
    sentence: 'A secret value stands in plain text where everybody who reads the repository sees it.',
    bad: 'kind: Secret\nstringData: { password: correct-horse }',
    good: 'kind: ExternalSecret\nspec: { data: [{ secretKey: password, remoteRef: { key: shop/database } }] }',
  },
  'security/image-latest': {
    severity: 'error',
    sentence: 'An image has the tag latest or none, so what runs changes without a change in the repository.',
    bad: 'image: registry.example.com/shop/web:latest',
    good: 'image: registry.example.com/shop/web:1.4.2@sha256:4f4f…',
  },
  'security/image-tag': {
    severity: 'error',
    sentence:
      'An image is named by a tag where the environment demands digests, so someone may replace what the tag means.',
    bad: 'image: registry.example.com/shop/web:1.4.2',
    good: 'image: registry.example.com/shop/web:1.4.2@sha256:4f4f…',
  },
  'security/open-load-balancer': {
    severity: 'error',
    sentence: 'A Service gets a public load balancer that admits every address.',
    bad: 'spec: { type: LoadBalancer }',
    good: 'spec: { type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24] }',
  },
  'security/node-port': {
    severity: 'warning',
    sentence:
      'A Service is open on a port of every node, or on addresses that anybody can claim, past load balancer and firewall.',
    bad: 'spec: { type: NodePort }',
    good: 'spec: { type: ClusterIP }',
  },
  'security/writable-root': {
    severity: 'info',
    sentence: 'A container may write to its own image, so that whoever breaks in can leave programs there.',
    bad: 'securityContext: { readOnlyRootFilesystem: false }',
    good: 'securityContext: { readOnlyRootFilesystem: true }',
  },
  'security/no-tls': {
    severity: 'error',
    sentence: 'An Ingress or Gateway serves plain HTTP only, so passwords and sessions can be read on the way.',
    bad: 'kind: Ingress\nspec: { rules: [{ host: shop.example.com }] }',
    good: 'kind: Ingress\nspec: { tls: [{ hosts: [shop.example.com], secretName: shop-tls }], rules: [{ host: shop.example.com }] }',
  },
} as const satisfies Record<string, CodeEntry>;
