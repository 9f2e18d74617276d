import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { IngressCapability, IngressImplementation } from '@fairlead/inventory/model';
import type { IngressRequest } from './request.ts';

type Source = IngressCapability['certificates']['source'];

interface CertificateSupport {
  /** The field or object that carries the certificate; undefined: the implementation cannot read it. */
  readonly how?: string;
  /** What `certificates.name` is; undefined: it may be left out. */
  readonly needs?: string;
}

/** Certificate source × implementation. */
export const certificateSupport: Readonly<Record<IngressImplementation, Readonly<Record<Source, CertificateSupport>>>> =
  {
    alb: {
      acm: { how: '`certificate-arn`, or found by host name' },
      // An ALB cannot use a Kubernetes TLS Secret.
      'cert-manager': {},
      'google-managed': {},
      'key-vault': {},
    },
    'alb-gateway': {
      acm: { how: 'LoadBalancerConfiguration `defaultCertificate`, or found by host name' },
      'cert-manager': {},
      'google-managed': {},
      'key-vault': {},
    },
    'gke-gateway': {
      acm: {},
      'cert-manager': { how: '`certificateRefs`', needs: 'the ClusterIssuer' },
      'google-managed': { how: '`networking.gke.io/certmap`', needs: 'the certificate map' },
      'key-vault': {},
    },
    'gke-ingress': {
      acm: {},
      'cert-manager': { how: '`tls[].secretName`', needs: 'the ClusterIssuer' },
      'google-managed': { how: 'ManagedCertificate, or `pre-shared-cert` where a name is given' },
      'key-vault': {},
    },
    'aks-approuting': {
      acm: {},
      'cert-manager': { how: '`certificateRefs`', needs: 'the ClusterIssuer' },
      'google-managed': {},
      'key-vault': { how: '`tls-cert-keyvault-uri`', needs: 'the Key Vault certificate URI' },
    },
    'envoy-gateway': {
      acm: {},
      'cert-manager': { how: '`certificateRefs`', needs: 'the ClusterIssuer' },
      'google-managed': {},
      'key-vault': {},
    },
    nginx: {
      acm: {},
      'cert-manager': { how: '`tls[].secretName`', needs: 'the ClusterIssuer' },
      'google-managed': {},
      'key-vault': {},
    },
  };

/** Whether the cluster's certificates can reach its ingress implementation. */
export function checkCertificates({ cluster }: IngressRequest): Diagnostic[] {
  const { implementation, certificates } = cluster.capabilities.ingress;
  const { how, needs } = certificateSupport[implementation][certificates.source];
  if (how === undefined) {
    const readable = Object.entries(certificateSupport[implementation]).filter(([, each]) => each.how !== undefined);
    return [
      diagnostic('ingress/certificate-source', {
        message: `cluster ${cluster.name}: ${implementation} cannot read certificates from ${certificates.source}`,
        hint: `set capabilities.ingress.certificates.source to ${readable.map(([source]) => source).join(' or ')}`,
        clusters: [cluster.name],
      }),
    ];
  }
  if (needs !== undefined && certificates.name === undefined) {
    return [
      diagnostic('ingress/missing-setting', {
        message: `cluster ${cluster.name}: certificates from ${certificates.source} need ${needs}`,
        hint: `set capabilities.ingress.certificates.name to ${needs}`,
        clusters: [cluster.name],
      }),
    ];
  }
  return [];
}
