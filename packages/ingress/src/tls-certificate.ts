import type { Manifest } from '@fairlead/objects';
import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { metadataOf } from './common.ts';
import type { IngressRequest } from './request.ts';

/** Name of the Secret with the certificate of a route, and of the Certificate that fills it. */
export function tlsSecretName({ name }: IngressRequest): string {
  return `${name}-tls`;
}

/**
 * A Certificate for all hosts of a route, stated rather than left to annotations: so it does not depend on cert-manager's
 * Gateway support, which is switched off by default, and a reviewer sees it.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export function tlsCertificate(request: IngressRequest): Manifest[] {
  const { source, name: issuer } = request.cluster.capabilities.ingress.certificates;
  if (source !== 'cert-manager' || issuer === undefined) return [];
  const secretName = tlsSecretName(request);
  return [
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadataOf(request, secretName),
      spec: {
        secretName,
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer },
        dnsNames: [...request.route.hosts],
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        usages: ['digital signature', 'key encipherment', 'server auth'],
      },
    } satisfies ICertificate,
  ];
}

/** The listener's side of {@link tlsCertificate}. */
export function terminateWithSecret(request: IngressRequest) {
  return { mode: 'Terminate' as const, certificateRefs: [{ kind: 'Secret', name: tlsSecretName(request) }] };
}
