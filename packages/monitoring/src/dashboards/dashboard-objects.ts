import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import { joinName, ownershipLabels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { dashboardFaults, dashboardJson, type DashboardDefinition } from './dashboard.ts';

export interface DashboardsProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  readonly namespace: string;
  /** By a name that becomes part of the ConfigMap's. */
  readonly dashboards: Readonly<Record<string, DashboardDefinition>>;
  /** Folder in Grafana; the sidecar reads it from an annotation where it is told to (`folderAnnotation`). */
  readonly folder?: string | undefined;
}

/**
 * Dashboards as ConfigMaps that the sidecar of Grafana's chart loads, one each. A Grafana that runs in the cluster reads Google's and
 * Azure's stacks through their query API, so the same objects serve there; a managed Grafana outside imports the JSON instead.
 */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, { cluster, ownership, namespace, dashboards, folder }: DashboardsProps) {
    super(scope, id);
    for (const [name, definition] of Object.entries(dashboards)) {
      const faults = dashboardFaults(definition);
      for (const { panel, expression, message } of faults) {
        report(
          this,
          diagnostic('metrics/expression', {
            message: `${ownership.app}: panel "${panel}" of dashboard ${name}: ${message}`,
            hint: expression,
            clusters: [cluster.name],
          }),
        );
      }
      if (faults.length > 0) continue;
      new KubernetesObject(this, name, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: joinName(ownership.app, 'dashboard', name),
          namespace,
          labels: { ...ownershipLabels(ownership), grafana_dashboard: '1' },
          ...(folder === undefined ? {} : { annotations: { grafana_folder: folder } }),
        },
        data: { [`${name}.json`]: `${JSON.stringify(dashboardJson(definition), undefined, 2)}\n` },
      } satisfies IConfigMap);
    }
  }
}
