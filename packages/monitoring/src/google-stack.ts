import type { Cluster } from '@fairlead/inventory';
import { ownershipLabels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import type { OperatorConfig } from '@fairlead/schemas/custom-resources/google-managed-prometheus';
import { Construct } from 'constructs';
import { externalLabels } from './external-labels.ts';

/** Where users configure Google's stack; its own parts run in `gmp-system`. */
export const googlePublicNamespace = 'gmp-public';

/** The one Secret, and key, that the managed Alertmanager reads its whole configuration from. */
export const googleAlertmanagerSecret = { secret: 'alertmanager', key: 'alertmanager.yaml' } as const;

export interface GoogleStackProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
}

/** How a delivery engine is kept from deleting an object. */
const kept = {
  argocd: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' },
  flux: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
} as const;

/**
 * The configuration of Google Cloud Managed Service for Prometheus on a cluster: external labels on what is collected and on what
 * rules make, and where the managed Alertmanager finds its file. `cluster`, `location` and `project_id` are set by Google on every
 * series, so external labels of these names would change nothing but rules' results; the GKE cluster must have the file's name.
 * GKE makes the object itself, and fields that are not stated here are left to it.
 *
 * @see https://github.com/GoogleCloudPlatform/prometheus-engine/blob/main/doc/api.md
 */
export class GoogleStack extends Construct {
  constructor(scope: Construct, id: string, { cluster, ownership }: GoogleStackProps) {
    super(scope, id);
    const { cluster: _setByGoogle, ...labels } = externalLabels(cluster);
    const { secret: name, key } = googleAlertmanagerSecret;
    const told = cluster.environment.alerts.enabled && cluster.environment.alerts.receivers !== undefined;
    new KubernetesObject(this, 'config', {
      apiVersion: 'monitoring.googleapis.com/v1',
      kind: 'OperatorConfig',
      metadata: {
        name: 'config',
        namespace: googlePublicNamespace,
        labels: ownershipLabels(ownership),
        // It belongs to the stack: without it the collectors of the cluster would stop.
        annotations: kept[cluster.delivery.engine],
      },
      collection: { externalLabels: labels },
      ...(told && { managedAlertmanager: { configSecret: { name, key } } }),
      rules: { externalLabels: labels },
    } satisfies OperatorConfig & { metadata: object });
  }
}
