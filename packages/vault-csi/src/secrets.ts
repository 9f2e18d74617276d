import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { SecretsImplementation } from '@fairlead/inventory/model';
import { type Manifest, ownershipLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { SecretProviderClass } from '@fairlead/schemas/custom-resources/secret-provider-class';
import { Construct } from 'constructs';
import { checkKeys, undeclaredKey } from './check-keys.ts';
import { consumptionOf, type SecretConsumption, secretKeyRef } from './consumption.ts';
import { externalSecret } from './external-secret.ts';
import {
  awsParameters,
  azureParameters,
  gcpParameters,
  type ProviderParameters,
  vaultParameters,
} from './provider-class.ts';
import { keysOf, type Secret } from './secret.ts';

type CsiImplementation = Exclude<SecretsImplementation, 'external-secrets'>;

const providers: Readonly<Record<CsiImplementation, (secret: Secret) => ProviderParameters>> = {
  vault: vaultParameters,
  aws: awsParameters,
  gcp: gcpParameters,
  azure: azureParameters,
};

/** The objects of a secret on its cluster, and everything that is wrong with it there. */
export function renderSecret(secret: Secret): { objects: Manifest[]; diagnostics: Diagnostic[] } {
  const { implementation } = secret.cluster.capabilities.secrets;
  const faults = checkKeys(secret);
  if (implementation === 'external-secrets') {
    const { object, diagnostics } = externalSecret(secret);
    return { objects: [object], diagnostics: [...faults, ...diagnostics] };
  }
  const { provider, parameters, diagnostics } = providers[implementation](secret);
  const { name, namespace, owner } = secret;
  const labels = ownershipLabels(owner);
  const synced = secret.sync !== false;
  const data = keysOf(secret).map(({ key }) => ({ objectName: key, key }));
  const secretObjects = [{ secretName: name, type: 'Opaque', labels, data }];
  const object = {
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    metadata: { name, namespace, labels },
    spec: { provider, parameters, ...(synced && provider !== 'gke' ? { secretObjects } : {}) },
  } satisfies SecretProviderClass;
  const objects: Manifest[] = [object];
  if (!synced || provider !== 'gke') return { objects, diagnostics: [...faults, ...diagnostics] };

  const sync = secretSync(secret);
  return { objects: [...objects, ...sync.objects], diagnostics: [...faults, ...diagnostics, ...sync.diagnostics] };
}

/**
 * GKE's managed add-on ignores `secretObjects`; a SecretSync makes the Secret, from GKE 1.34 on.
 *
 * @see https://cloud.google.com/secret-manager/docs/sync-k8-secrets
 */
function secretSync(secret: Secret): { objects: Manifest[]; diagnostics: Diagnostic[] } {
  const { cluster, name, namespace, owner, serviceAccount } = secret;
  const missing = (message: string, hint: string) =>
    diagnostic('secrets/missing-setting', {
      message: `secret ${namespace}/${name}: ${message}`,
      hint,
      clusters: [cluster.name],
    });
  const diagnostics: Diagnostic[] = [];
  if (Number(cluster.kubernetes.split('.')[1]) < 34) {
    diagnostics.push(
      missing(
        `GKE syncs Secrets from 1.34 on, and ${cluster.name} runs ${cluster.kubernetes}`,
        'mount files with `sync: false`',
      ),
    );
  }
  if (serviceAccount === undefined) {
    diagnostics.push(missing('a SecretSync needs the ServiceAccount that may read it', 'state `serviceAccount`'));
    return { objects: [], diagnostics };
  }
  const object: Manifest = {
    apiVersion: 'secret-sync.gke.io/v1',
    kind: 'SecretSync',
    metadata: { name, namespace, labels: ownershipLabels(owner) },
    spec: {
      secretProviderClassName: name,
      serviceAccountName: serviceAccount,
      secretObject: { type: 'Opaque', data: keysOf(secret).map(({ key }) => ({ sourcePath: key, targetKey: key })) },
    },
  };
  return { objects: [object], diagnostics };
}

/**
 * A logical secret of an app, as the objects of the cluster's secrets provider: a SecretProviderClass or an ExternalSecret.
 *
 * `consumption` and `key` are data for whoever builds the pods.
 */
export class Secrets extends Construct {
  readonly consumption: SecretConsumption;
  readonly #secret: Secret;

  constructor(scope: Construct, id: string, secret: Secret) {
    super(scope, id);
    this.#secret = secret;
    this.consumption = consumptionOf(secret);
    const { objects, diagnostics } = renderSecret(secret);
    for (const object of objects) new KubernetesObject(this, `${object.kind}-${object.metadata.name}`, object);
    for (const each of diagnostics) report(this, each);
  }

  /** The source of an environment variable of `consumer`; a key that is not declared is reported here. */
  key(key: string, consumer?: string): { secretKeyRef: { name: string; key: string } } {
    const fault = undeclaredKey(this.#secret, key, consumer);
    if (fault !== undefined) report(this, fault);
    return secretKeyRef(this.consumption, key);
  }
}
