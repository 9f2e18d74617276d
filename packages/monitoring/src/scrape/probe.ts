import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import type { Ownership } from '@fairlead/objects';
import { joinName, ownershipLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { IProbe } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Probe';
import { Construct } from 'constructs';
import { cloudProvider } from '../cloud-provider.ts';
import { fillExpression, fillTemplate, type AlertTemplate } from '../rules/alert-template.ts';
import { endpointCertificateExpiring, endpointDown } from '../rules/platform-alerts.ts';
import { prometheusRule } from '../rules/rule-objects.ts';
import type { AlertingRule } from '../rules/rule.ts';
import { severityLabels } from '../rules/severity-labels.ts';

export interface RouteProbeProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  readonly namespace: string;
  /** `https://host/path` of each public route. */
  readonly urls: readonly string[];
}

/**
 * Watches the public routes of an app from the outside, through the cluster's blackbox exporter, and alerts when one does not answer
 * or its certificate nears its end.
 */
export class RouteProbe extends Construct {
  constructor(scope: Construct, id: string, { cluster, ownership, namespace, urls }: RouteProbeProps) {
    super(scope, id);
    if (urls.length === 0) return;
    const { implementation, labels: found } = cluster.capabilities.metrics;
    if (implementation !== 'prometheus-operator') {
      report(
        this,
        diagnostic('metrics/unsupported', {
          message: `${ownership.app}: its public routes are not probed there, because ${implementation} has no Probe object`,
          hint: 'only prometheus-operator has one; use the uptime checks of the cloud, or run a blackbox exporter that is configured by hand',
          severity: 'info',
          clusters: [cluster.name],
        }),
      );
      return;
    }
    const name = joinName(ownership.app, 'routes');
    const labels = ownershipLabels(ownership);
    new KubernetesObject(this, 'probe', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Probe',
      metadata: { name, namespace, labels: { ...labels, ...found } },
      spec: {
        jobName: name,
        module: 'http_2xx',
        prober: { url: prober(cluster) },
        targets: {
          staticConfig: {
            static: [...urls].sort(),
            // The operator sets `namespace` on the targets of a Probe, which routes of alerts are matched on.
            relabelingConfigs: [{ targetLabel: 'cloud_provider', replacement: cloudProvider(cluster.provider) }],
          },
        },
      },
    } satisfies IProbe);
    if (!cluster.environment.alerts.enabled) return;
    const values = { namespace, probe: name };
    const rules = [endpointDown, endpointCertificateExpiring].map((each) => toRule(each, values, cluster, ownership));
    new KubernetesObject(
      this,
      'rules',
      prometheusRule(cluster, { name, namespace, labels }, [{ name: `${name}.probe`, rules }]),
    );
  }
}

/** `host:port` of the blackbox exporter, without a scheme. The default is the Service that the community's chart makes. */
function prober({ capabilities: { metrics } }: Cluster): string {
  return metrics.blackbox ?? `prometheus-blackbox-exporter.${metrics.namespace}.svc:9115`;
}

function toRule(
  template: AlertTemplate,
  values: Readonly<Record<string, string>>,
  cluster: Cluster,
  { app, team }: Ownership,
): AlertingRule {
  const { name, expression, for: hold, severity, summary, description } = template;
  return {
    alert: name,
    expr: fillExpression(expression, values),
    ...(hold === undefined ? {} : { for: hold }),
    labels: { ...severityLabels(cluster.environment, severity), app, team },
    annotations: {
      summary,
      description: fillTemplate(description, values),
      runbook_url: `${cluster.capabilities.metrics.runbooks}/${name}.md`,
    },
  };
}
