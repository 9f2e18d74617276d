import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import { type Manifest, ownershipLabels } from '@fairlead/objects';
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import { remotePath } from './remote-path.ts';
import { keysOf, type Secret } from './secret.ts';

/**
 * An ExternalSecret that reads one remote secret, a JSON object whose properties are the keys.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export function externalSecret(secret: Secret): { object: Manifest; diagnostics: Diagnostic[] } {
  const { cluster, name, namespace, owner } = secret;
  const { provider } = cluster;
  const { store, rotation } = cluster.capabilities.secrets;
  // Google's and Azure's names are flat; AWS and Vault know paths.
  const { path, diagnostics } = remotePath(secret, provider === 'gke' || provider === 'aks' ? '-' : '/');
  if (store === undefined) {
    diagnostics.push(
      diagnostic('secrets/missing-setting', {
        message: `secret ${namespace}/${name}: External Secrets needs a store`,
        hint: 'set capabilities.secrets.store to the name of a ClusterSecretStore',
        clusters: [cluster.name],
      }),
    );
  }
  const labels = ownershipLabels(owner);
  const object = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels },
    spec: {
      ...(rotation ? { refreshPolicy: 'Periodic', refreshInterval: '1h' } : { refreshPolicy: 'CreatedOnce' }),
      ...(store === undefined ? {} : { secretStoreRef: { kind: 'ClusterSecretStore', name: store } }),
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain', template: { metadata: { labels } } },
      data: keysOf(secret).map(({ key, remote }) => ({ secretKey: key, remoteRef: { key: path, property: remote } })),
    },
  } satisfies IExternalSecret;
  return { object, diagnostics };
}
