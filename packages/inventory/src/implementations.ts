/**
 * What an implementation means wherever it runs, per capability; in the shape of a cluster file. A provider's row may differ from it.
 * Facts: reference/clouds.md sections 1.1 and 1.4 (classes, health checkers), 2 (identity), 6 (FQDN policies).
 */
export const implementations: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
  ingress: {
    // AWS Security Hub (ELB.17) recommends it: TLS 1.3 and 1.2, forward secrecy only.
    alb: { class: 'alb', certificates: { source: 'acm' }, tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' },
    'alb-gateway': {
      class: 'alb',
      certificates: { source: 'acm' },
      tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    },
    'gke-gateway': {
      class: 'gke-l7-global-external-managed',
      internalClass: 'gke-l7-rilb',
      certificates: { source: 'google-managed' },
      sources: ['130.211.0.0/22', '35.191.0.0/16'],
    },
    'gke-ingress': {
      class: 'gce',
      internalClass: 'gce-internal',
      certificates: { source: 'google-managed' },
      sources: ['130.211.0.0/22', '35.191.0.0/16'],
    },
    'aks-approuting': {
      class: 'approuting-istio',
      certificates: { source: 'key-vault' },
    },
    'envoy-gateway': {
      class: 'envoy',
      certificates: { source: 'cert-manager' },
      proxyNamespace: 'envoy-gateway-system',
    },
    nginx: { class: 'nginx', certificates: { source: 'cert-manager' }, proxyNamespace: 'ingress-nginx' },
  },
  identity: {
    irsa: { pattern: 'arn:aws:iam::{account}:role/{cluster}-{app}-{workload}' },
    'pod-identity': { pattern: 'arn:aws:iam::{account}:role/{cluster}-{app}-{workload}' },
    'gke-workload-identity': { pattern: '{app}-{workload}@{account}.iam.gserviceaccount.com' },
    'gke-workload-identity-direct': {},
    'azure-workload-identity': {},
    none: {},
  },
  secrets: {
    vault: { authMount: 'kubernetes', mount: 'secret' },
    aws: {},
    // Secret Manager ids know no slash.
    gcp: { prefix: '{environment}-{app}' },
    // Key Vault names of secrets know letters, digits and hyphens only.
    azure: { prefix: '{environment}-{app}' },
    'external-secrets': { store: 'default' },
  },
  metrics: {
    'prometheus-operator': {
      namespace: 'monitoring',
      labels: { release: 'kube-prometheus-stack' },
      queryUrl: 'http://prometheus-operated.monitoring.svc:9090',
    },
    'google-managed': { namespace: 'gmp-system' },
    'azure-managed': { namespace: 'kube-system' },
    annotations: { namespace: 'monitoring' },
    none: { namespace: 'monitoring' },
  },
  networkPolicy: {
    'vpc-cni': { fqdn: 'none' },
    'dataplane-v2': { fqdn: 'gke' },
    // Azure offers FQDN policies only with Advanced Container Networking Services; a cluster that has them says so.
    'azure-cilium': { fqdn: 'none' },
    cilium: { fqdn: 'cilium' },
    calico: { fqdn: 'none' },
  },
};

/**
 * Namespaces that come with what a cluster runs, by the part of its file that says so; nobody declares them. Facts:
 * reference/clouds.md sections 6 and 8 (`gmp-system`, `gmp-public`) and 9 (`flux-system`), and Microsoft's guide of
 * `--enable-app-routing-istio` (`aks-istio-system`). A stack that somebody installs, such as kube-prometheus-stack, lies where they put it, so it is none of these.
 */
export const broughtNamespaces: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  delivery: { argocd: ['argocd'], flux: ['flux-system'] },
  ingress: { 'aks-approuting': ['aks-istio-system'] },
  metrics: { 'google-managed': ['gmp-public', 'gmp-system'] },
};
