import type { Cluster } from '@fairlead/inventory';
import { ownershipLabels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';

export interface AzureStackProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
}

/**
 * The settings of Azure Monitor's metrics add-on, which reads them from a ConfigMap that does not exist otherwise: the label `cluster`
 * of every series, and pods that are found by annotation in every namespace. The add-on knows no external labels for its own
 * targets; `cloud_provider` and `environment` are set by the monitors of each workload.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/prometheus-metrics-scrape-configuration
 * @see https://github.com/Azure/prometheus-collector/blob/main/otelcollector/configmaps/ama-metrics-settings-configmap.yaml
 */
export class AzureStack extends Construct {
  constructor(scope: Construct, id: string, { cluster, ownership }: AzureStackProps) {
    super(scope, id);
    new KubernetesObject(this, 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'ama-metrics-settings-configmap',
        namespace: 'kube-system',
        labels: ownershipLabels(ownership),
      },
      data: {
        // At most ten characters.
        'config-version': 'fairlead-1',
        'pod-annotation-based-scraping': 'podannotationnamespaceregex = ".*"',
        'prometheus-collector-settings': `cluster_alias = "${cluster.name}"`,
        'schema-version': 'v1',
      },
    } satisfies IConfigMap);
  }
}
